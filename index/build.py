"""Building the index: embed the passages into Chroma, fit the head, publish the folder."""

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from corpus import Corpus, CorpusError, FollowUp, Phrasing, load_corpus, right_words, short_forms
from index.context import Places, evidence, fit_context, in_context
from index.errors import UnusableIndex
from index.head import Head, fit_head
from index.manifest import check_files, write_manifest
from index.model import OnnxEmbeddings, export_model
from index.records import Record, Source
from index.search import CONTEXT, SPELLING, open_store
from index.spelling import Spelling, save_spelling
from index.store import (
    MANIFEST,
    VECTORS,
    export_folder,
    fresh_manifest,
    inputs,
    last_build,
    lock_path,
    new_build,
    publish,
)
from index.words import save_words
from settings import Settings

NEARLY_THE_SAME = 0.98
"""The cosine from which on two phrasings count as one."""
CHUNK = 1000
STEPS = (
    "reading the corpus",
    "exporting the embedding model (first time)",
    "embedding passages and phrasings",
    "fitting the head",
    "publishing",
)
"""What a build does, in order, as `progress` is told."""


def build_index(
    settings: Settings,
    again: bool = False,
    progress: Callable[[str], None] = lambda step: None,
) -> dict[str, Any]:
    """Builds the index unless the current one is fresh, and returns the current manifest.

    `again` builds in any case. `progress` is told each step before it begins. One build runs at a
    time; another waits, then finds the work done. Writes to `settings.var` only. Raises
    `CorpusError` for content that cannot be used, `UnusableIndex` for the model, `OSError` when
    `settings.var` cannot be written to.
    """
    from filelock import FileLock

    _check_below_root(settings, settings.corpus, settings.sources)
    with FileLock(lock_path(settings)):
        if not again and (fresh := fresh_manifest(settings)):
            return fresh
        build = new_build(settings)
        try:
            manifest = _fill(build, settings, progress)
            publish(settings, build)
        except BaseException:
            shutil.rmtree(build, ignore_errors=True)
            raise
        return manifest


def _check_below_root(settings: Settings, *places: Path) -> None:
    """Raises `UnusableIndex` for a place outside, also one that a link leads to."""
    for place in places:
        if place.exists() and not place.resolve().is_relative_to(settings.root.resolve()):
            raise UnusableIndex(
                f"the content in {place} is not below the project's root {settings.root}",
                "set CHATBOT_ROOT as well",
            )


def _fill(build: Path, settings: Settings, progress: Callable[[str], None]) -> dict[str, Any]:
    made_from = inputs(settings)
    progress(STEPS[0])
    corpus = load_corpus(settings.corpus, settings.sources)
    _check_below_root(settings, *(document.path for document in corpus.documents))
    progress(STEPS[1])
    embeddings = OnnxEmbeddings(export_model(settings))
    progress(STEPS[2])
    vectors = _Vectors(embeddings, settings)
    records = [Record.of(passage, settings.root) for passage in corpus.passages]
    _store_passages(build / "chroma", records, vectors)
    save_words(build / "words", [record.text for record in records])
    said = [*(phrasing.text for phrasing in corpus.phrasings), *(record.text for record in records)]
    save_spelling(
        build / SPELLING, said, right_words(settings.corpus), short_forms(settings.corpus)
    )
    progress(STEPS[3])
    figures = _fit(build, corpus, vectors, records)
    vectors.save(build / VECTORS)
    progress(STEPS[4])
    manifest = {
        "inputs": made_from,
        "passages": [record.id for record in records],
        "faults": list(corpus.faults),
        "head": figures,
        "sources": {
            str(entry.number): asdict(Source.of(corpus, entry))
            for entry in corpus.references.entries
        },
    }
    write_manifest(build, MANIFEST, manifest)
    return check_files(build, MANIFEST)


def _check_near(phrasings: Sequence[Phrasing], vectors: np.ndarray) -> None:
    """Raises `CorpusError` when phrasings of different passages or kinds are nearly the same."""
    for first in range(0, len(phrasings), CHUNK):
        cosines = vectors[first : first + CHUNK] @ vectors.T
        for row, column in np.argwhere(cosines >= NEARLY_THE_SAME):
            one, other = phrasings[first + row], phrasings[column]
            if column > first + row and one.labels[0] != other.labels[0]:
                cosine = cosines[row, column]
                raise CorpusError(
                    other.path,
                    other.line,
                    f"{other.text!r} nearly stands already in {one.path.name}:{one.line}"
                    f" (cosine {cosine:.3f})",
                    "keep it where the best answer is",
                )


class _Vectors(Embeddings):
    """Embeddings that take over from the current build what it has embedded already."""

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
        rows = self.features(texts)[:, : self._embeddings.dimension]
        return [[float(value) for value in row] for row in rows]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]

    def features(self, texts: Sequence[str]) -> np.ndarray:
        """What the head is trained on: `OnnxEmbeddings.features`, each text embedded once."""
        keys = [_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if new:
            self._known.update(zip(new, self._embeddings.features(list(new.values())), strict=True))
        self._used.update((key, self._known[key]) for key in keys)
        return np.stack([self._known[key] for key in keys])

    def save(self, path: Path) -> None:
        """Writes the vectors that were used to `path` (.npz)."""
        keys = sorted(self._used)
        rows = np.stack([self._used[key] for key in keys])
        np.savez(path, keys=np.array(keys), rows=rows, model=np.array(self._model))


def known_vectors(settings: Settings) -> Embeddings:
    """The model's vectors, those of the current build read from it.

    Raises `UnusableIndex` when no model has been exported.
    """
    return _Vectors(OnnxEmbeddings(export_folder(settings)), settings)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8")).hexdigest().encode()


def _store_passages(folder: Path, records: list[Record], vectors: _Vectors) -> None:
    client, store = open_store(folder, vectors, create=True)
    store.add_documents([record.to_document() for record in records])
    client.close()


def _fit(
    build: Path, corpus: Corpus, vectors: _Vectors, records: Sequence[Record]
) -> dict[str, Any]:
    """Fits and saves the head; a corpus with too few phrasings has none, and says so.

    The head learns phrasings as it will read questions: their misspelt words mended.
    """
    if not corpus.phrasings:
        return {"phrasings": 0}
    said = [phrasing.text for phrasing in corpus.phrasings]
    _check_near(corpus.phrasings, vectors.features(said)[:, : vectors.dimension])
    spelling = Spelling(build / SPELLING)
    rows = vectors.features([spelling.mended(text) for text in said])
    again = {one.id: (one.restates,) if one.restates else () for one in corpus.passages}
    labels = [
        tuple(
            dict.fromkeys(same for label in one.labels for same in (label, *again.get(label, ())))
        )
        for one in corpus.phrasings
    ]
    carded = frozenset(passage.id for passage in corpus.passages if passage.card)
    try:
        head, figures = fit_head(rows, labels, carded)
    except ValueError as error:
        return {"phrasings": len(labels), "none": str(error)}
    head.save(build / "head.npz")
    with_cards = [record for record in records if record.carded]
    _fit_context(build / CONTEXT, corpus.follow_ups, with_cards, head, vectors, spelling)
    return figures


def _fit_context(
    path: Path,
    follow_ups: Sequence[FollowUp],
    carded: Sequence[Record],
    head: Head,
    vectors: _Vectors,
    spelling: Spelling,
) -> None:
    """Fits and saves what weighs a follow-up; nothing when none of `follow_ups` fits the corpus."""
    rows = vectors.features([record.text for record in carded])[:, : vectors.dimension]
    places = Places.of(carded, rows, head)
    question = {record.id: record.question for record in carded}
    found, right = [], []
    for one in follow_ups:
        rightly = np.isin(head.classes, one.labels)
        if one.after not in question or not rightly.any():
            continue
        asked = in_context(one.message, one.earlier, question[one.after])
        features = vectors.features([spelling.mended(text) for text in asked])
        found.append(evidence(head, places, features, one.after, one.quoted))
        right.append(rightly)
    if found:
        fit_context(np.stack(found), np.stack(right)).save(path)
