"""A text of the corpus as sections, paragraphs and sentences, each with its place in the file.

Offsets count characters (code points) of the file's text, so that `text[start:end]` is always the
thing itself. Nothing here knows the article: what its file does not mark is told by `article.toml`.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sentencex import segment

from corpus.errors import (
    CorpusError,
    line_of,
    line_of_key,
    read_text,
    read_toml,
    refuse_unknown,
    wanted,
)
from corpus.references import References

REFERENCES = "References"
"""The heading under which the entries stand, whether the article prints one or not."""

PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
PRINTED_NUMBERS = re.compile(r"\((\d{1,2}(?:\s*,\s*\d{1,2})*)\)")


@dataclass(frozen=True)
class Sentence:
    """One sentence: where it stands, and the reference numbers printed in it."""

    id: str
    """A letter for the document and the count of the sentence in it: "A21"."""
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


def load_article(folder: Path, references: References) -> tuple[Document, dict[str, str]]:
    """The article described by `folder/article.toml`, and which sentences give way to which.

    Raises `CorpusError` when a paragraph that is described does not stand in the article, a printed
    number has no reference, a reference is never cited or its entry is not printed, something among
    the entries belongs to none of them, or a glued mark does not stand there exactly once.
    """
    described = folder / "article.toml"
    table, toml = read_toml(described)
    known = {"file", "title", "byline", "headings", "summary", "summary_section", "gives_way"}
    refuse_unknown(table, known, described, toml)
    path = folder / wanted(table, "file", str, described, line_of_key(toml, "file"))
    text = read_text(path)
    listed = folder / "references.toml"
    entries = _entries(references, listed, text, path)
    marks = _marks(references, listed, text, path)
    blocks = [*_blocks(text, entries, _described(table, toml, described, text, path)), *entries]
    sections = _sections(text, sorted(blocks, key=lambda block: block.start), marks)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    document = Document("article", "article", path, text, digest, sections)
    _check_listed(document, listed)
    _check_cited(document, references, listed)
    line = line_of_key(toml, "gives_way")
    return document, wanted({"gives_way": {}} | table, "gives_way", dict, described, line)


@dataclass(frozen=True)
class _Block:
    """A paragraph before it is split. `heading`: of the section it opens; None: it goes on."""

    start: int
    end: int
    kind: str
    heading: str | None = None
    number: int = 0


def _described(
    table: dict[str, Any], toml: str, told: Path, text: str, path: Path
) -> dict[str, tuple[str, str | None]]:
    """Kind and section heading of each paragraph that `article.toml` describes, by its words."""
    described: dict[str, tuple[str, str | None]] = {}
    paragraphs = [one[0].rstrip() for one in PARAGRAPH.finditer(text)]
    for kind in ("title", "byline", "headings", "summary"):
        value = table.get(kind, [])
        for words in map(str, value if isinstance(value, list) else [value]):
            if not any(_is_described(one, words, kind) for one in paragraphs):
                raise CorpusError(
                    told,
                    line_of(toml, words) if words else line_of_key(toml, kind),
                    f"{kind} {words!r} {'opens' if kind == 'summary' else 'is'} no paragraph"
                    f" of {path.name}",
                    "copy it exactly as the article prints it",
                )
            heading = {"byline": None, "summary": str(table.get("summary_section", ""))}
            described[words] = kind.removesuffix("s"), heading.get(kind, words)
    return described


def _is_described(paragraph: str, words: str, kind: str) -> bool:
    """Whether `words` are the paragraph, or, of the summary, open it."""
    return paragraph == words or (kind == "summary" and bool(words) and paragraph.startswith(words))


def _entries(references: References, told: Path, text: str, path: Path) -> list[_Block]:
    """The entries of the reference list, found by their exact words."""
    blocks = []
    for reference in references.entries:
        whole_lines = rf"^[^\S\n]*({re.escape(reference.printed)})[^\S\n]*$"
        found = list(re.finditer(whole_lines, text, re.MULTILINE))
        if len(found) != 1:
            raise CorpusError(
                told,
                reference.line,
                f"the printed entry of reference {reference.number} stands"
                f" {'more than once' if found else 'nowhere'} in {path.name}",
                "copy it, to the end of its line, exactly as the article prints it",
            )
        start, end = found[0].span(1)
        blocks.append(_Block(start, end, "reference", REFERENCES, reference.number))
    return blocks


def _marks(references: References, told: Path, text: str, path: Path) -> list[tuple[int, int]]:
    """Every printed reference number of the whole text as (offset, number), in order."""
    marks = []
    for match in PRINTED_NUMBERS.finditer(text):
        for digits in re.finditer(r"\d+", match[1]):
            marks.append((match.start(1) + digits.start(), int(digits[0])))
    for glued in references.glued:
        times = text.count(glued.words)
        if times != 1:
            raise CorpusError(
                told,
                line_of(read_text(told), glued.words),
                f"the glued mark {glued.words!r} stands"
                f" {'more than once' if times else 'nowhere'} in {path.name}",
                "copy its words exactly as the article prints them, and enough of them",
            )
        marks.append((text.find(glued.words) + glued.words.rfind(glued.mark), glued.number))
    return sorted(marks)


def _blocks(
    text: str, taken: list[_Block], described: dict[str, tuple[str, str | None]]
) -> list[_Block]:
    """The paragraphs of `text` (parted by blank lines) outside the blocks already taken."""
    blocks, edges = [], [0]
    for block in sorted(taken, key=lambda block: block.start):
        edges += [block.start, block.end]
    for begin, end in zip(edges[::2], [*edges[1::2], len(text)], strict=True):
        for match in PARAGRAPH.finditer(text[begin:end]):
            words = match[0].rstrip()
            told = (
                (kind, heading)
                for opening, (kind, heading) in described.items()
                if _is_described(words, opening, kind)
            )
            kind, heading = next(told, ("body", None))
            start = begin + match.start()
            blocks.append(_Block(start, start + len(words), kind, heading))
    return blocks


def _sections(text: str, blocks: list[_Block], marks: list[tuple[int, int]]) -> tuple[Section, ...]:
    sections: list[tuple[str, list[Paragraph]]] = [("", [])]
    count = 0
    for block in blocks:
        if block.heading is not None and block.heading != sections[-1][0]:
            sections.append((block.heading, []))
        sentences = tuple(_sentences(text, block, marks, count))
        count += len(sentences)
        sections[-1][1].append(Paragraph(block.kind, block.start, block.end, sentences))
    return tuple(Section(heading, tuple(parts)) for heading, parts in sections if parts)


def _sentences(
    text: str, block: _Block, marks: list[tuple[int, int]], count: int
) -> Iterator[Sentence]:
    """The sentences of one block; only running text is split, anything else is one sentence.

    An entry of the reference list is named by its number ("R4"), and that is its number.
    """
    if block.kind == "reference":
        words = text[block.start : block.end]
        yield Sentence(f"R{block.number}", words, block.start, block.end, (block.number,))
        return
    running = block.kind in ("body", "summary")
    whole = [(block.start, block.end)]
    for start, end in sentence_spans(text, *whole[0]) if running else whole:
        count += 1
        inside = dict.fromkeys(number for place, number in marks if start <= place < end)
        yield Sentence(f"A{count:02}", text[start:end], start, end, tuple(inside))


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each sentence of the running text `text[start:end]` stands in `text`. Pure."""
    # Other white space than the plain space makes sentencex stop with a panic now and then.
    at = start
    for piece in segment("en", re.sub(r"\s", " ", text[start:end])):
        if words := piece.strip():
            begin = at + piece.index(words)
            yield begin, begin + len(words)
        at += len(piece)


def _check_listed(document: Document, told: Path) -> None:
    for section, paragraph in document.paragraphs():
        if section.heading == REFERENCES and paragraph.kind not in ("reference", "heading"):
            words = document.text[paragraph.start : paragraph.end]
            raise CorpusError(
                document.path,
                document.text.count("\n", 0, paragraph.start) + 1,
                f"{words!r} stands among the references but belongs to no entry",
                f"copy it into {told.name}",
            )


def _check_cited(document: Document, references: References, told: Path) -> None:
    cited: set[int] = set()
    running = (part for _, part in document.paragraphs() if part.kind != "reference")
    for sentence in (one for part in running for one in part.sentences):
        for number in sentence.numbers:
            if number not in references.numbers:
                raise CorpusError(
                    document.path,
                    document.text.count("\n", 0, sentence.start) + 1,
                    f"({number}) has no reference",
                    f"add reference {number} to {told.name} or mend the number",
                )
        cited.update(sentence.numbers)
    for number in sorted(references.numbers - cited):
        raise CorpusError(
            told,
            references[number].line,
            f"reference {number} is cited nowhere in {document.path.name}",
            "remove it or cite it",
        )
