"""What the usual chains answer, as the same answer object, so that the same metrics judge them.

`bm25`: the sentence whose words fit best. `minilm`: the usual tutorial chain, the three chunks of
500 characters nearest to the question. `hybrid`: the same chunks, the orders of both fused. None of
them declines, looks at earlier messages or writes a word of its own. Which sentence of a chunk
answers no chain says: the one nearest to the question, by the same vectors, is taken.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Literal

import bm25s
import numpy as np
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from bot import Answer, Quote, ShownReference
from corpus import Corpus, Document, References
from eval.golden import Golden

CHUNK, OVERLAP, NEAREST = 500, 50, 3
"""Characters of a chunk, those it shares with the next one, and how many chunks are shown."""
FUSED = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)."""
HALF = 5.0
"""The BM25 score that counts half: a confidence must lie between 0 and 1."""

Rated = Callable[[str], np.ndarray]
"""Rates every piece for a question, from 0 to 1."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a document that a chain can show."""

    document: Document
    section: str
    start: int
    end: int
    numbers: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    """Its sentences, as far as it holds them."""

    @property
    def text(self) -> str:
        """Its words."""
        return self.document.text[self.start : self.end]


def baseline(
    system: Literal["bm25", "minilm", "hybrid"],
    corpus: Corpus,
    embeddings: Embeddings,
    root: Path,
) -> Callable[[Golden], Answer]:
    """The chain of that name over `corpus`. Embeds every chunk."""
    if system == "bm25":
        pieces = tuple(_sentences(corpus))
        return Chain(pieces, _by_words(pieces), 1, embeddings, corpus.references, root)
    pieces = tuple(_chunks(corpus))
    rated = _by_meaning(pieces, embeddings)
    if system == "hybrid":
        rated = _fused(rated, _by_words(pieces))
    return Chain(pieces, rated, NEAREST, embeddings, corpus.references, root)


@dataclass(frozen=True)
class Chain:
    """Shows the best pieces for a question, whatever it is."""

    pieces: Sequence[Piece]
    rated: Rated
    most: int
    embeddings: Embeddings
    references: References
    root: Path

    def __call__(self, golden: Golden) -> Answer:
        """The answer to the question by itself."""
        begin = time.perf_counter()
        ratings = self.rated(golden.question)
        best = [int(at) for at in np.argsort(-ratings, kind="stable")[: self.most]]
        quotes = tuple(self._quote(golden.question, self.pieces[at]) for at in best)
        numbers = sorted({number for quote in quotes for number in quote.references})
        return Answer(
            id=golden.id,
            question=golden.question,
            outcome="answered",
            reply="\n\n".join(indent(quote.text, "> ", lambda line: True) for quote in quotes),
            quotes=quotes,
            references=tuple(self._reference(number) for number in numbers),
            confidence=round(float(np.clip(ratings[best[0]], 0, 1)), 4),
            elapsed_ms=round((time.perf_counter() - begin) * 1000, 3),
        )

    def _quote(self, question: str, piece: Piece) -> Quote:
        document = piece.document
        return Quote(
            text=piece.text,
            path=document.path.resolve().relative_to(self.root.resolve()).as_posix(),
            start=piece.start,
            end=piece.end,
            sha256=document.sha256,
            focus=self._focus(question, piece),
            document=document.name,
            layer=document.layer,
            section=piece.section,
            references=piece.numbers,
        )

    def _focus(self, question: str, piece: Piece) -> tuple[int, int]:
        if len(piece.spans) == 1:
            return piece.spans[0]
        texts = [piece.document.text[slice(*span)] for span in piece.spans]
        vectors = np.array(self.embeddings.embed_documents([question, *texts]))
        return piece.spans[int((vectors[1:] @ vectors[0]).argmax())]

    def _reference(self, number: int) -> ShownReference:
        entry = self.references[number]
        return ShownReference(number=number, citation=entry.citation, url=entry.url)


def _sentences(corpus: Corpus) -> Iterator[Piece]:
    """Every sentence of the corpus that is no heading; an entry of the list is one."""
    for document in corpus.documents:
        for _, part in document.paragraphs():
            if part.kind == "reference":
                yield _piece(document, part.start, part.end)
            elif part.kind not in ("title", "heading"):
                yield from (_piece(document, one.start, one.end) for one in part.sentences)


def _chunks(corpus: Corpus) -> Iterator[Piece]:
    """Every text of the corpus, cut as LangChain's tutorial does it.

    Of a note each paragraph is a text: between them stands what no patient reads.
    """
    cut = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK, chunk_overlap=OVERLAP, add_start_index=True
    )
    for document in corpus.documents:
        whole = [(0, len(document.text))]
        parts = [(part.start, part.end) for _, part in document.paragraphs()]
        for first, last in parts if document.layer == "note" else whole:
            for one in cut.create_documents([document.text[first:last]]):
                start = first + int(one.metadata["start_index"])
                piece = _piece(document, start, start + len(one.page_content))
                if piece.spans:
                    yield piece


def _piece(document: Document, start: int, end: int) -> Piece:
    inside = [
        (section, one)
        for section, part in document.paragraphs()
        for one in part.sentences
        if one.start < end and start < one.end
    ]
    return Piece(
        document=document,
        section=inside[0][0].heading if inside else "",
        start=start,
        end=end,
        numbers=tuple(sorted({number for _, one in inside for number in one.numbers})),
        spans=tuple((max(one.start, start), min(one.end, end)) for _, one in inside),
    )


def _by_words(pieces: Sequence[Piece]) -> Rated:
    model = bm25s.BM25()
    model.index(_tokens([piece.text for piece in pieces]), show_progress=False)

    def rated(question: str) -> np.ndarray:
        words = _tokens([question])[0]
        raw = np.asarray(model.get_scores(words)) if words else np.zeros(len(pieces))
        return raw / (raw + HALF)

    return rated


def _by_meaning(pieces: Sequence[Piece], embeddings: Embeddings) -> Rated:
    vectors = np.array(embeddings.embed_documents([piece.text for piece in pieces]))

    def rated(question: str) -> np.ndarray:
        return np.asarray(vectors @ np.array(embeddings.embed_query(question)))

    return rated


def _fused(*ways: Rated) -> Rated:
    """By the sum of each way's 1 / (60 + rank), so that a piece first in all of them has 1."""

    def rated(question: str) -> np.ndarray:
        orders = [np.argsort(-way(question), kind="stable") for way in ways]
        ranks = [np.argsort(order) + 1 for order in orders]
        return np.asarray(sum((FUSED + 1) / (FUSED + one) for one in ranks) / len(ways))

    return rated


def _tokens(texts: Sequence[str]) -> list[list[str]]:
    split = bm25s.tokenize(list(texts), stopwords="en", return_ids=False, show_progress=False)
    return [list(words) for words in split]
