"""Our own notes on the sources: what each paragraph says, and the facts it was written from.

A note is Markdown that people write. It begins with a few lines of TOML between +++, then come
headings (##) and paragraphs, each followed by its name, its facts and their section:

    Cells can be too small to see.

    [too-small: facts 12, 13; Why Cancer Comes Back]
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.document import PARAGRAPH, Document, Paragraph, Section, Sentence, sentence_spans
from corpus.errors import (
    CorpusError,
    line_of_key,
    parse_toml,
    read_text,
    refuse_unknown,
    wanted,
)
from corpus.facts import ELSEWHERE, Fact, load_facts
from corpus.faithful import NUMBER, dropped_hedges
from corpus.passages import MOST_SENTENCES, MOST_WORDS
from corpus.references import References

FRONT = re.compile(r"\+\+\+\n(.*?)^\+\+\+$", re.DOTALL | re.MULTILINE)
LABEL = re.compile(r"\[([a-z0-9-]+): facts (\d+(?:, \d+)*); ([^\]]+)\]")
HEADING = "## "


@dataclass(frozen=True)
class Note:
    """Our note on one source."""

    document: Document
    number: int
    """Of the source in the list of references."""
    read: str
    """How much of the source could be read: "about half"."""
    written_from: str
    """The same as a reply says it: "written from about the first half of the page"."""
    whole: bool
    """Whether all of the source was read."""
    written: date


def load_notes(folder: Path, references: References) -> tuple[Note, ...]:
    """The notes in `folder/notes`, by the number of their source; none without that folder.

    Raises `CorpusError` for a note that cannot be read as one: no such reference, a missing or
    unknown field, a paragraph without its label, a name given twice.
    """
    notes = (_note(path, references) for path in sorted((folder / "notes").glob("*.md")))
    return tuple(sorted(notes, key=lambda note: note.number))


def note_faults(note: Note, folder: Path, references: References) -> Iterator[str]:
    """What a person must mend: facts that a note may not state, or states as more than they are.

    A number of a note stands in its facts or, as a year, in the citation of its source. Reads
    `folder/facts`. Raises `CorpusError` for a file of facts that cannot be read.
    """
    facts = load_facts(folder / "facts" / f"{note.document.name}.toml")
    document, cited = note.document, references[note.number].citation
    for _, paragraph in document.paragraphs():
        if paragraph.kind == "body":
            label = next(LABEL.finditer(document.text, paragraph.end))
            line = document.text.count("\n", 0, paragraph.start) + 1
            for fault in _paragraph_faults(paragraph, document, label, facts, cited):
                what = f"{label[1]}: {fault}"
                yield str(CorpusError(document.path, line, what, "word it anew or mend its facts"))


def _note(path: Path, references: References) -> Note:
    text = read_text(path)
    number = _number(path, references)
    front = FRONT.match(text)
    if not front:
        raise CorpusError(path, 1, "does not begin with fields between +++", "add them")
    table = parse_toml(front[1], path, before=1)
    known = {"read", "written_from", "whole", "written"}
    refuse_unknown(table, known, path, text)

    def field(key: str, kind: type) -> Any:
        return wanted(table, key, kind, path, line_of_key(text, key))

    sections = tuple(_sections(text, front.end(), number, path))
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Note(
        document=Document(f"ref-{number}", "note", path, text, digest, sections),
        number=number,
        read=field("read", str),
        written_from=field("written_from", str),
        whole=field("whole", bool),
        written=field("written", date),
    )


def _number(path: Path, references: References) -> int:
    """The reference that the note is on, by the name of its file: ref-4.md."""
    told = re.fullmatch(r"ref-([1-9]\d?)", path.stem)
    if not told or int(told[1]) not in references.numbers:
        fault = f"{path.stem!r} names no reference of the list"
        raise CorpusError(path, 1, fault, "call it ref-N.md, with the number of its source")
    return int(told[1])


def _sections(text: str, begin: int, number: int, path: Path) -> Iterator[Section]:
    heading, paragraphs, names = "", list[Paragraph](), set[str]()
    blocks = [*PARAGRAPH.finditer(text, begin)]
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        words = block[0].rstrip()
        start, end = block.start(), block.start() + len(words)
        line = text.count("\n", 0, start) + 1
        if words.startswith(HEADING):
            if paragraphs:
                yield Section(heading, tuple(paragraphs))
            heading, paragraphs = words.removeprefix(HEADING).strip(), []
        elif not LABEL.fullmatch(words):
            label = LABEL.fullmatch(after[0].rstrip()) if after else None
            if not label:
                fault = f"the paragraph {words[:40]!r}... has no label"
                remedy = "add [name: facts 1, 2; Section of the source]"
                raise CorpusError(path, line, fault, remedy)
            if label[1] in names:
                raise CorpusError(path, line, f"{label[1]} is given twice", "name it otherwise")
            names.add(label[1])
            paragraphs.append(_paragraph(text, start, end, number, label))
        elif not paragraphs or text[paragraphs[-1].end : start].strip():
            raise CorpusError(path, line, f"{words} follows no paragraph", "remove it")
    if paragraphs:
        yield Section(heading, tuple(paragraphs))


def _paragraph(text: str, start: int, end: int, number: int, label: re.Match[str]) -> Paragraph:
    sentences = tuple(
        Sentence(f"N{number}-{label[1]}.{count}", text[first:last], first, last, (number,))
        for count, (first, last) in enumerate(sentence_spans(text, start, end), start=1)
    )
    facts = tuple(int(fact) for fact in label[2].split(", "))
    return Paragraph("body", start, end, sentences, facts)


def _paragraph_faults(
    paragraph: Paragraph,
    document: Document,
    label: re.Match[str],
    facts: Mapping[int, Fact],
    cited: str,
) -> Iterator[str]:
    text = document.text[paragraph.start : paragraph.end]
    words = len(text.split())
    if len(paragraph.sentences) > MOST_SENTENCES or words > MOST_WORDS:
        yield f"has {len(paragraph.sentences)} sentences with {words} words"
    unknown = [number for number in paragraph.facts if number not in facts]
    if unknown:
        yield f"names facts that are not listed: {unknown}"
        return
    stated = [facts[number] for number in paragraph.facts]
    for fact in stated:
        if fact.seen == "background":
            yield f"states fact {fact.number}, which was not read in the source"
        beside = ELSEWHERE.get(fact.seen, "")
        if beside not in text.casefold():
            yield f"does not say {beside!r} of fact {fact.number} ({fact.seen})"
    sections = {fact.section for fact in stated}
    if sections != set(label[3].split("; ")):
        yield f"names the section {label[3]!r}, its facts have {'; '.join(sorted(sections))!r}"
    told = " ".join(fact.text for fact in stated)
    for number in NUMBER.findall(text):
        if number not in NUMBER.findall(f"{told} {cited}"):
            yield f"has the number {number}, which its facts have not"
    for hedge in dropped_hedges(text, told):
        yield f"drops the hedge {hedge!r}"
