"""Vectors of texts, each embedded once: what a build has embedded, the next takes over."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from index.features import Features
from index.model import OnnxEmbeddings
from index.store import VECTORS, export_folder, last_build
from settings import Settings


class Vectors(Embeddings):
    """The model's vectors; those that the last build holds are read from it."""

    def __init__(self, embeddings: OnnxEmbeddings, settings: Settings) -> None:
        self._embeddings = embeddings
        self.dimension = embeddings.dimension
        self._model = export_folder(settings).name
        self._known: dict[bytes, np.ndarray] = {}
        self._used: dict[bytes, np.ndarray] = {}
        if (build := last_build(settings)) and (build / VECTORS).is_file():
            with np.load(build / VECTORS, allow_pickle=False) as saved:
                if str(saved["model"]) == self._model:
                    self._known = dict(zip(saved["keys"].tolist(), saved["rows"], strict=True))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The unit vector of each text."""
        return [[float(value) for value in row] for row in self.vectors(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The unit vector of `text`."""
        return self.embed_documents([text])[0]

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """What `OnnxEmbeddings.vectors` gives, each text embedded once."""
        keys = [_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if new:
            self._known.update(zip(new, self._embeddings.vectors(list(new.values())), strict=True))
        self._used.update((key, self._known[key]) for key in keys)
        return np.stack([self._known[key] for key in keys])

    def features(self, texts: Sequence[str]) -> Features:
        """What the head is trained on. It is not kept: every word of it would be half a GB."""
        features = self._embeddings.features(texts)
        own = features.whole[:, : self.dimension]
        self._known.update(zip(map(_key, texts), own, strict=True))
        return features

    def save(self, path: Path) -> None:
        """Writes the vectors that were used to `path` (.npz)."""
        keys = sorted(self._used)
        rows = np.stack([self._used[key] for key in keys])
        np.savez(path, keys=np.array(keys), rows=rows, model=np.array(self._model))


def known_vectors(settings: Settings) -> Vectors:
    """The model's vectors, those of the current build read from it.

    Raises `UnusableIndex` when no model has been exported.
    """
    return Vectors(OnnxEmbeddings(export_folder(settings)), settings)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8")).hexdigest().encode()
