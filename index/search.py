"""An opened index: what a question means, and which passages are near it.

Two ways to a passage. The trained head knows the passages that have a card. Search, by meaning
(Chroma) and words (BM25) together, finds the others.
"""

import math
import shutil
import threading
import weakref
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from langchain_core.embeddings import Embeddings
from threadpoolctl import threadpool_limits

from corpus import normalised
from index.context import Context, Places, evidence, in_context
from index.errors import UnusableIndex
from index.features import Features
from index.head import ALARMS, LEAST_CONFIDENCE, Head, Reading
from index.model import OnnxEmbeddings
from index.records import Record, Source
from index.spelling import Spelling
from index.store import current_name, export_folder, private_copy
from index.words import Words
from settings import Settings

if TYPE_CHECKING:  # Chroma takes most of a second to import: open_store does, when it is needed
    from chromadb.api.client import Client
    from langchain_chroma import Chroma

COLLECTION = "passages"
SPELLING = "spelling.json"
HEAD = "head.npz"
CONTEXT = "context.json"
ENOUGH_IN_CONTEXT = 0.5
"""A follow-up is answered when a passage is likelier than not to answer it."""
CANDIDATES = 50
"""How many of the nearest passages are ranked by meaning and words together."""
SEARCH_SLOPE, SEARCH_CONSTANT = 3.35, -2.47
"""Platt calibration of search alone: how likely the nearest passage answers, by its score. Fitted
on all phrasings and messages, none of which search has learnt from (docs/understanding.md)."""


@dataclass(frozen=True)
class Hit:
    """A passage that search found. `score`: 0 to 1, cosine similarity and BM25 together."""

    record: Record
    score: float

    @property
    def confidence(self) -> float:
        """Calibrated probability, 0 to 1, that the passage answers."""
        return 1 / (1 + math.exp(-(SEARCH_SLOPE * self.score + SEARCH_CONSTANT)))


@dataclass(frozen=True)
class Understanding:
    """What the index makes of a question."""

    passages: tuple[tuple[Record, float], ...]
    """Passages with a card and their share of the passages' probability, best first."""
    kinds: tuple[tuple[str, float], ...]
    """Kinds of messages not to answer and their probability, best first."""
    answered: bool
    """Whether the head says that a passage with a card answers."""
    unsure: bool
    """Whether one may well answer although the head does not say so."""
    confidence: float
    """Calibrated probability, 0 to 1, that the best passage answers."""
    hits: tuple[Hit, ...]
    """All passages near the question, nearest first."""
    alarm: str = ""
    """The kind of message that cannot wait which the head takes it for; "" for none."""
    alarm_share: float | None = None
    """The head's share, 0 to 1, of the kinds that cannot wait; None where it has learnt none."""
    perhaps_alarm: bool = False
    """Whether it may well be of such a kind although the head does not say so."""


class SearchIndex:
    """One build of the index, opened in a private copy. Safe to share between threads."""

    def __init__(self, settings: Settings, embeddings: OnnxEmbeddings) -> None:
        """Opens the current build. Raises `UnusableIndex` when it cannot be used."""
        self._settings, self._embeddings = settings, embeddings
        self.name, folder, self.manifest = private_copy(settings)
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        client, self._store = open_store(folder / "chroma", embeddings, create=False)
        weakref.finalize(self, client.close)  # runs before the folder goes
        self._words = Words(folder / "words")
        self._spelling = Spelling(folder / SPELLING)
        head = folder / HEAD
        self._head = Head.load(head) if head.is_file() else None
        self._context = Context.load(folder / CONTEXT) if (folder / CONTEXT).is_file() else None
        self._carded = self._stored(where={"carded": True})
        self._questions = {normalised(one.question): one for one in self._carded.values()}
        self._rows = {id: row for row, id in enumerate(self.manifest["passages"])}

    @property
    def fingerprint(self) -> str:
        """The fingerprint of all that the build was made from."""
        return str(self.manifest["inputs"])

    @property
    def carded(self) -> tuple[Record, ...]:
        """Every passage with a card, in the order of the text."""
        return tuple(sorted(self._carded.values(), key=lambda one: (one.document, one.start)))

    @property
    def sources(self) -> dict[int, Source]:
        """The numbered sources of the article, as they were when the index was built."""
        return {int(number): Source(**told) for number, told in self.manifest["sources"].items()}

    def passage(self, id: str) -> Record:
        """The passage of that id. Raises `KeyError` when there is none."""
        return self._carded.get(id) or self._stored(ids=[id])[id]

    @cached_property
    def _places(self) -> Places:
        """Read from Chroma when the first follow-up is asked."""
        got = self._store.get(where={"carded": True}, include=["embeddings"])
        records = [self._carded[id] for id in got["ids"]]
        return Places.of(records, np.asarray(got["embeddings"]), cast("Head", self._head))

    def unknown_words(self, question: str) -> tuple[int, int]:
        """How many longer words of `question` we do not know, and how many it has."""
        return self._spelling.unknown(question)

    def understand(self, question: str) -> Understanding:
        """What `question` means, its misspelt words mended. Embeds it once."""
        asked, question = question, self._spelling.mended(question)
        features = self._embeddings.features([question])
        hits = self._near(question, self._own(features), CANDIDATES)
        if self._head is None:
            return Understanding((), (), False, False, 0.0, hits)
        understanding = self._understanding(self._head.read(features), hits)
        own = self._questions.get(normalised(asked))
        return _settled(understanding, own) if own else understanding

    def _understanding(
        self, reading: Reading, hits: tuple[Hit, ...], answerable: bool | None = None
    ) -> Understanding:
        head = cast("Head", self._head)
        if answerable is None:
            answerable = reading.answerable >= head.threshold
        answered = answerable and reading.confidence >= LEAST_CONFIDENCE
        likeliest = next((kind for kind, _ in reading.kinds if kind in ALARMS), "")
        alarm = likeliest if reading.alarm >= head.alarmed else ""
        return Understanding(
            passages=tuple((self._carded[id], share) for id, share in reading.passages),
            kinds=reading.kinds,
            answered=answered,
            unsure=not answered and reading.answerable >= head.unsure,
            confidence=reading.confidence,
            hits=hits,
            alarm=alarm,
            alarm_share=reading.alarm if head.knows_alarms else None,
            perhaps_alarm=not alarm and reading.alarm >= head.perhaps_alarmed,
        )

    def understand_after(
        self, message: str, question: str, passage: Record, quoted: Collection[str] = ()
    ) -> Understanding:
        """What `message` means after `question`, which `passage` answered. Embeds three texts.

        `quoted` are the passages that were quoted before. How it is weighed: `context.py`.
        """
        if self._head is None:
            return self.understand(f"{question} {message}")
        texts = in_context(message, question, passage.question)
        mended = [self._spelling.mended(text) for text in texts]
        features = self._embeddings.features(mended)
        hits = self._near(mended[-1], self._own(features), CANDIDATES)
        if self._context is None:
            return self._understanding(self._head.read_together(features), hits)
        found = evidence(self._head, self._places, features, passage.id, quoted)
        reading = self._context.read(self._head, found)
        return self._understanding(reading, hits, reading.answerable >= ENOUGH_IN_CONTEXT)

    def search(self, question: str, most: int = 5) -> tuple[Hit, ...]:
        """The `most` passages nearest to `question`, by meaning and words, nearest first."""
        question = self._spelling.mended(question)
        return self._near(question, self._embeddings.vectors([question])[0], most)

    def _own(self, features: Features) -> np.ndarray:
        """The model's own vector of the last text."""
        return features.whole[-1, : self._embeddings.dimension]

    def _near(self, question: str, vector: np.ndarray, most: int) -> tuple[Hit, ...]:
        found = self._store.similarity_search_by_vector_with_relevance_scores(
            vector.tolist(), k=min(max(most, CANDIDATES), len(self._rows))
        )
        words = self._words.scores(question)
        weight = self._settings.word_weight
        hits = []
        for document, distance in found:
            record = Record.from_stored(document.page_content, document.metadata)
            meaning = 1 - distance  # Chroma's cosine distance
            score = (1 - weight) * meaning + weight * float(words[self._rows[record.id]])
            hits.append(Hit(record, round(min(max(score, 0.0), 1.0), 6)))
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.record.id))[:most])

    def _stored(self, **which: Any) -> dict[str, Record]:
        got = self._store.get(**which)
        return {
            id: Record.from_stored(text, metadata)
            for id, text, metadata in zip(
                got["ids"], got["documents"], got["metadatas"], strict=True
            )
        }


def _settled(understanding: Understanding, record: Record) -> Understanding:
    """The same for a card's own question: a person has written which passage answers it. Pure.

    The others' shares are halved, so that none comes near it.
    """
    others = tuple((one, share / 2) for one, share in understanding.passages if one.id != record.id)
    return replace(
        understanding,
        passages=((record, 1.0), *others),
        answered=True,
        confidence=1.0,
        alarm="",
        alarm_share=0.0,
        perhaps_alarm=False,
    )


class LiveIndex:
    """The current build, whichever that is: a new one is opened when `current` names it.

    Calling it gives the `SearchIndex` to use for one question. Threads that still use the build
    before it are not disturbed.
    """

    def __init__(self, settings: Settings) -> None:
        """Opens the current build. Raises `UnusableIndex` if it, or its model, cannot be used."""
        self._settings = settings
        self._lock = threading.Lock()
        # The head's products are small: two threads for each of many questions at once only wait
        # for each other (15 ms a question instead of 0.3, measured with 16 questions at once).
        threadpool_limits(1, user_api="blas")
        with ThreadPoolExecutor(1) as worker:  # the model is read while Chroma is imported
            embeddings = worker.submit(OnnxEmbeddings, export_folder(settings))
            import langchain_chroma  # noqa: F401

            self._embeddings = embeddings.result()
        self._opened = SearchIndex(settings, self._embeddings)

    def __call__(self) -> SearchIndex:
        """The current build. Raises `UnusableIndex` when a new one cannot be used."""
        opened = self._opened
        if current_name(self._settings) == opened.name:
            return opened
        with self._lock:
            if current_name(self._settings) != self._opened.name:
                self._opened = SearchIndex(self._settings, self._embeddings)
            return self._opened


def open_store(folder: Path, embeddings: Embeddings, create: bool) -> tuple["Client", "Chroma"]:
    """The Chroma store in `folder` and its client, which the caller closes.

    Raises `UnusableIndex` when it holds no collection and `create` is false.
    """
    if not create and not (folder / "chroma.sqlite3").is_file():
        raise UnusableIndex(f"{folder} is no Chroma store")  # Chroma would make an empty one
    import chromadb
    from chromadb.config import Settings as ChromaSettings
    from langchain_chroma import Chroma

    private = ChromaSettings(anonymized_telemetry=False)
    client = cast("Client", chromadb.PersistentClient(str(folder), private))
    store = Chroma(
        client=client,
        collection_name=COLLECTION,
        embedding_function=embeddings,
        collection_configuration={"hnsw": {"space": "cosine"}},
        create_collection_if_not_exists=create,
    )
    return client, store
