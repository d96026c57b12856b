"""The embedding model: found in its package, checked, exported once, run without torch.

The build loads the model through sentence-transformers and exports all of it, pooling and
normalisation included, to ONNX. Answering needs only onnxruntime and tokenizers: ready in a fifth
of a second instead of five. Both give the same vectors (tests hold them to 1e-4).
"""

import importlib.util
import json
import os
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from index.errors import UnusableIndex
from index.features import Features
from index.manifest import check_files, file_hash, write_manifest
from index.store import EXPORT_MANIFEST, export_folder
from settings import Settings

LOWER_LAYERS = (-3, -5)
"""Which hidden states of the model follow its vector, counted from the last."""
WORDS_LAYER = -3
"""From which each word is read, one by one: those around it are in it, and it is still itself."""


class OnnxEmbeddings(Embeddings):
    """The exported model as LangChain embeddings: unit vectors of `dimension` numbers.

    `features` adds, from the same run, what two lower layers make of a text and one makes of each
    of its words: that keeps more of the very words, which the trained head is better for
    (docs/understanding.md).

    Safe to share between threads. One thread runs each text, so that a vector never depends on how
    many cores a machine has.
    """

    def __init__(self, folder: Path) -> None:
        """Opens the export in `folder`. Raises `UnusableIndex` when a file is gone or damaged."""
        import onnxruntime
        from tokenizers import Tokenizer

        check_files(folder, EXPORT_MANIFEST)
        told = json.loads((folder / EXPORT_MANIFEST).read_text(encoding="utf-8"))
        self.dimension: int = told["dimension"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(told["longest"])
        self._tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def embed_query(self, text: str) -> list[float]:
        """The unit vector of `text`."""
        return [float(value) for value in self.vectors([text])[0]]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The unit vector of each text."""
        return [[float(value) for value in row] for row in self.vectors(texts)]

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """The unit vectors of `texts`: float32, one row each, in their order."""
        return self.features(texts).whole[:, : self.dimension]

    def features(self, texts: Sequence[str]) -> Features:
        """The unit vectors of `texts`, each followed by those of the lower layers, and their words.

        Each text is run by itself: in a batch, its neighbours would change the last digits.
        """
        if len(texts) == 1:
            made = [self._run(texts[0])]
        else:
            with ThreadPoolExecutor(os.cpu_count()) as workers:
                made = list(workers.map(self._run, texts))
        whole = np.stack([one for one, _ in made]) if made else np.zeros((0, self.dimension))
        return Features(whole, tuple(words for _, words in made))

    def _run(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        whole, words = self._session.run(None, inputs)
        return whole[0], words[0].astype(np.float16)


def export_model(settings: Settings) -> Path:
    """Exports the configured model unless that is done already; returns its folder.

    Raises `UnusableIndex` when the model is missing or its weights are not the expected ones. The
    folder appears whole. Only a build calls this, one at a time: what others left unfinished goes.
    """
    folder = export_folder(settings)
    if folder.exists():
        try:
            check_files(folder, EXPORT_MANIFEST)
        except UnusableIndex:
            shutil.rmtree(folder)
        else:
            return folder
    source = _checked_source(settings)
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in folder.parent.glob("exporting-*"):
        shutil.rmtree(left)
    scratch = Path(tempfile.mkdtemp(prefix="exporting-", dir=folder.parent))
    _export(source, scratch)
    for path in (scratch, *scratch.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)  # another user may serve it
    write_manifest(scratch, EXPORT_MANIFEST, _described(source))
    scratch.rename(folder)
    return folder


def _checked_source(settings: Settings) -> Path:
    """The folder that holds the configured model, its weights as expected."""
    folder = Path(settings.model)
    if not folder.is_dir():
        found = importlib.util.find_spec(settings.model) if settings.model.isidentifier() else None
        if found is None or found.origin is None:
            raise UnusableIndex(
                f"the model {settings.model!r} is neither an installed package nor a folder",
                "install requirements.txt or set CHATBOT_MODEL",
            )
        folder = Path(found.origin).parent / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise UnusableIndex(f"{weights} is missing", "install the model again")
    if (digest := file_hash(weights)) != settings.model_sha256:
        raise UnusableIndex(
            f"{weights} has the checksum {digest[:12]}..., not {settings.model_sha256[:12]}...",
            "install the model again, or set CHATBOT_MODEL_SHA256 if you mean another one",
        )
    return folder


def _described(source: Path) -> dict[str, Any]:
    told = json.loads((source / "sentence_bert_config.json").read_text(encoding="utf-8"))
    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    return {"longest": told["max_seq_length"], "dimension": config["hidden_size"]}


def _export(source: Path, folder: Path) -> None:
    """Writes the model and its tokenizer to `folder`. Imports torch: some seconds.

    The weights go to a file of their own, which onnxruntime maps into memory: of the 30,000 word
    vectors only those of the question are then ever read (102 MB instead of 187, measured).
    """
    import onnx
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]

    class Encoder(torch.nn.Module):
        """All modules of the model, its lower layers and words, as one function of ids and mask."""

        def __init__(self, model: SentenceTransformer) -> None:
            super().__init__()
            self.transformer: Any = model[0].auto_model
            self.rest = torch.nn.Sequential(*list(model)[1:])

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
            states = self.transformer(
                input_ids, attention_mask=attention_mask, output_hidden_states=True
            ).hidden_states
            pooled = [self.pooled(states[at], attention_mask) for at in (-1, *LOWER_LAYERS)]
            return torch.cat(pooled, dim=1), states[WORDS_LAYER]

        def pooled(self, tokens: torch.Tensor, attention_mask: torch.Tensor) -> Any:
            features = {"token_embeddings": tokens, "attention_mask": attention_mask}
            return self.rest(features)["sentence_embedding"]

    model = SentenceTransformer(str(source), device="cpu")
    example = torch.ones(2, 8, dtype=torch.long)
    free = {0: "texts", 1: "tokens"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the older exporter announces its retirement
        torch.onnx.export(
            Encoder(model).eval(),
            (example, example),
            str(folder / "model.onnx"),
            input_names=["input_ids", "attention_mask"],
            output_names=["whole", "words"],
            dynamic_axes={
                "input_ids": free,
                "attention_mask": free,
                "whole": {0: "texts"},
                "words": free,
            },
            opset_version=17,
            dynamo=False,
        )
    onnx.save_model(
        onnx.load(str(folder / "model.onnx")),
        str(folder / "model.onnx"),
        save_as_external_data=True,
        location="weights.bin",
    )
    shutil.copyfile(source / "tokenizer.json", folder / "tokenizer.json")
