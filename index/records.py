"""A passage as the index stores it: one LangChain document, with all that an answer needs of it."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from langchain_core.documents import Document

from corpus import Passage

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
    gives_way: str = ""
    """The passage that says the same and is quoted instead."""
    starting: bool = False

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
            gives_way=passage.gives_way or "",
            starting=card.starting if card else False,
        )

    def to_document(self) -> Document:
        """For Chroma, whose metadata holds plain values only."""
        metadata: dict[str, Any] = asdict(self)
        del metadata["text"]
        for name in _LISTS:
            metadata[name] = " ".join(str(number) for number in metadata[name])
        metadata["carded"] = self.carded
        return Document(id=self.id, page_content=self.text, metadata=metadata)

    @classmethod
    def from_stored(cls, text: str, metadata: dict[str, Any]) -> "Record":
        """The record that `to_document` stored."""
        fields = {name: value for name, value in metadata.items() if name != "carded"}
        for name in _LISTS:
            fields[name] = tuple(int(number) for number in str(fields[name]).split())
        return cls(text=text, **fields)
