"""Passages and sources as the index stores them, with all that an answer needs of them."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from langchain_core.documents import Document

from corpus import Corpus, Passage, Reference

_LISTS = ("references", "sentence_starts", "sentence_words")
"""Fields that hold several numbers, which Chroma stores as one text."""


@dataclass(frozen=True)
class Record:
    """A stored passage. Offsets are as in the file; `path` is relative to the project's root."""

    id: str
    text: str
    document: str
    layer: Literal["article", "note", "source"]
    section: str
    kind: str
    """The kind of paragraph it stands in: body, byline, summary or reference."""
    path: str
    start: int
    end: int
    focus_start: int
    focus_end: int
    sha256: str
    """Of the file's bytes when the index was built."""
    references: tuple[int, ...]
    sentence_starts: tuple[int, ...]
    """Where each of its sentences starts in the file."""
    sentence_words: tuple[int, ...]
    """How many words each of its sentences has."""
    question: str = ""
    """The question of its card; empty without one."""
    in_short: str = ""
    """The card's line in plain words; empty when there is none for these very words."""
    line_approved: bool = False
    """Whether a person approved the line for the sentence, although it says more."""
    gives_way: str = ""
    """The passage that says the same and is quoted instead."""
    starting: bool = False
    in_general: bool = False
    """Whether it may stand, as what holds in general, beside a question about one's own case."""
    only_when_asked: bool = False
    """Whether it is quoted only to who asks for just this, because it can frighten."""
    support: tuple[tuple[int, str], ...] = ()
    """Of the sentence that answers: what was found of it in which source."""
    adds: str = ""
    """The passage of a note that is quoted beside it, because no printed number supports it."""
    restates: str = ""
    """The passage of the article that a passage of a note says again."""

    @property
    def carded(self) -> bool:
        """Whether a person wrote a card for it."""
        return bool(self.question)

    @classmethod
    def of(cls, passage: Passage, root: Path) -> "Record":
        """The record of a passage of the corpus."""
        document, card = passage.document, passage.card
        return cls(
            id=passage.id,
            text=passage.text,
            document=document.name,
            layer=document.layer,
            section=passage.section,
            kind=passage.kind,
            path=document.path.resolve().relative_to(root.resolve()).as_posix(),
            start=passage.start,
            end=passage.end,
            focus_start=passage.focus[0],
            focus_end=passage.focus[1],
            sha256=document.sha256,
            references=passage.numbers,
            sentence_starts=tuple(sentence.start for sentence in passage.sentences),
            sentence_words=tuple(len(sentence.text.split()) for sentence in passage.sentences),
            question=card.question if card else "",
            in_short=passage.in_short or "",
            line_approved=passage.line_approved,
            gives_way=passage.gives_way or "",
            starting=card.starting if card else False,
            in_general=card.in_general if card else False,
            only_when_asked=card.only_when_asked if card else False,
            support=passage.support,
            adds=passage.adds or "",
            restates=passage.restates or "",
        )

    def to_document(self) -> Document:
        """For Chroma, whose metadata holds plain values only."""
        metadata: dict[str, Any] = asdict(self)
        del metadata["text"]
        for name in _LISTS:
            metadata[name] = " ".join(str(number) for number in metadata[name])
        metadata["support"] = json.dumps(self.support)
        metadata["carded"] = self.carded
        return Document(id=self.id, page_content=self.text, metadata=metadata)

    @classmethod
    def from_stored(cls, text: str, metadata: dict[str, Any]) -> "Record":
        """The record that `to_document` stored."""
        fields = {name: value for name, value in metadata.items() if name != "carded"}
        for name in _LISTS:
            fields[name] = tuple(int(number) for number in str(fields[name]).split())
        fields["support"] = tuple(
            (number, found) for number, found in json.loads(fields["support"])
        )
        return cls(text=text, **fields)


@dataclass(frozen=True)
class Source:
    """A numbered source of the article, as a build knows it."""

    citation: str
    url: str
    written_from: str
    """What our note was written from: "written from its summary only"; empty without a note."""
    partly_read: bool
    """Whether our note was written from a part of it only."""
    review_due: str
    """The day on which it is to be looked at again (ISO); empty when nobody has looked yet."""

    @classmethod
    def of(cls, corpus: Corpus, reference: Reference) -> "Source":
        """The source with that reference of the corpus."""
        note, due = corpus.note(reference.number), corpus.review_due(reference.number)
        return cls(
            citation=reference.citation,
            url=reference.url,
            written_from=note.written_from if note else "",
            partly_read=note is not None and not note.whole,
            review_due=due.isoformat() if due else "",
        )
