"""Searching passages by their words: BM25, stored beside Chroma."""

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np

HALF = 5.0
"""The BM25 score that counts half: scores have no upper end, so they are squeezed to 0..1."""


def save_words(folder: Path, texts: Sequence[str]) -> None:
    """Writes the BM25 index of `texts` to `folder`."""
    model = bm25s.BM25()
    model.index(_tokens(texts), show_progress=False)
    model.save(str(folder))


class Words:
    """An opened BM25 index."""

    def __init__(self, folder: Path) -> None:
        self._model = bm25s.BM25.load(str(folder))

    def scores(self, question: str) -> np.ndarray:
        """How well the words of each text fit the question's: 0 (not at all) to 1, in order."""
        tokens = _tokens([question])[0]
        raw = np.asarray(self._model.get_scores(tokens)) if tokens else np.zeros(self._size)
        return raw / (raw + HALF)

    @property
    def _size(self) -> int:
        return int(self._model.scores["num_docs"])


def _tokens(texts: Sequence[str]) -> list[list[str]]:
    split = bm25s.tokenize(list(texts), stopwords="en", return_ids=False, show_progress=False)
    return [list(words) for words in split]
