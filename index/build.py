"""Building the index: embed the passages into Chroma, fit the head, publish the folder."""

import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus import load_corpus, right_words, short_forms
from index.errors import UnusableIndex
from index.learning import learn
from index.manifest import check_files, write_manifest
from index.model import OnnxEmbeddings, export_model
from index.records import Record, Source
from index.search import SPELLING, open_store
from index.spelling import save_spelling
from index.store import (
    MANIFEST,
    VECTORS,
    fresh_manifest,
    inputs,
    lock_path,
    new_build,
    publish,
)
from index.vectors import Vectors
from index.words import save_words
from settings import Settings

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
    vectors = Vectors(embeddings, settings)
    records = [Record.of(passage, settings.root) for passage in corpus.passages]
    _store_passages(build / "chroma", records, vectors)
    save_words(build / "words", [record.text for record in records])
    said = [*(phrasing.text for phrasing in corpus.phrasings), *(record.text for record in records)]
    save_spelling(
        build / SPELLING, said, right_words(settings.corpus), short_forms(settings.corpus)
    )
    progress(STEPS[3])
    figures = learn(build, corpus, records, vectors, settings)
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


def _store_passages(folder: Path, records: list[Record], vectors: Vectors) -> None:
    client, store = open_store(folder, vectors, create=True)
    store.add_documents([record.to_document() for record in records])
    client.close()
