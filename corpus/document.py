"""A text of the corpus as sections, paragraphs and sentences, each with its place in the file.

Offsets count characters (code points) of the file's text, so that `text[start:end]` is always the
thing itself. Nothing here knows the article.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sentencex import segment

PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")


@dataclass(frozen=True)
class Sentence:
    """One sentence: where it stands, and the reference numbers printed in it."""

    id: str
    """What it is called everywhere: "A21" in the article, "N4-root.1" in the note on source 4."""
    text: str
    start: int
    end: int
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """Sentences that stand together. `kind`: title, byline, heading, body, summary, reference."""

    kind: str
    start: int
    end: int
    sentences: tuple[Sentence, ...]
    facts: tuple[int, ...] = ()
    """In a note, the numbers of the facts that it was written from."""


@dataclass(frozen=True)
class Section:
    """A heading and the paragraphs under it."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Document:
    """One text of the corpus."""

    name: str
    """"article", or "ref-1" ... for what belongs to a reference."""
    layer: Literal["article", "note", "source"]
    path: Path
    text: str
    sha256: str
    sections: tuple[Section, ...]

    def paragraphs(self) -> Iterator[tuple[Section, Paragraph]]:
        """Every paragraph with its section, in the order of the text."""
        return ((section, part) for section in self.sections for part in section.paragraphs)

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence, in the order of the text."""
        return (one for _, paragraph in self.paragraphs() for one in paragraph.sentences)


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each sentence of the paragraph `text[start:end]` stands in `text`: (start, end)."""
    # Other white space than the plain space makes sentencex stop with a panic now and then.
    whole, at = re.sub(r"\s", " ", text[start:end]), start
    for piece in segment("en", whole):
        if words := piece.strip():
            first = at + piece.index(words)
            yield first, first + len(words)
        at += len(piece)
