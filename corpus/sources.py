"""The sources' own texts, as the operator fetched or added them, read from their store.

`<sources>/ref-3/text.txt` is the text; `source.toml` beside it says where it is from and why it may
be kept. The record that fits the text counts (`corpus/store.py` says why there can be two). What is
not sound is left out and told.
"""

import hashlib
import re
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from corpus.blocks import SourceError
from corpus.document import Document, Paragraph, Section, Sentence, sentence_spans
from corpus.errors import CorpusError, line_of_key, read_text, read_toml, refuse_unknown, wanted
from corpus.licences import allowing
from corpus.references import References

TEXT, RECORD, NEXT_RECORD = "text.txt", "source.toml", "source.toml.new"
LINE = re.compile(r"^(#{1,2} )?(\S.*)$", re.MULTILINE)
KINDS = {"# ": "title", "## ": "heading", None: "body"}


@dataclass(frozen=True)
class SourceRecord:
    """Where a stored text is from, and why it may be kept."""

    number: int
    title: str
    origin: str
    """The address it was fetched from, or the name of the file that was added."""
    date: str
    """The day it was stored: "2024-05-06"."""
    licence: str
    """As the document states it; empty when it states none."""
    permission: str
    """Who gave the right to use an added file, and when; empty for a fetched text."""
    media_type: str
    sha256: str
    """Of the bytes of its text."""


def load_sources(
    folder: Path, references: References
) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """The stored texts in order of their numbers, and what is wrong with those left out.

    Nothing when there is no folder. Reads files, writes none.
    """
    documents, faults = [], []
    for place in _places(folder):
        try:
            record, text = read_source(place, references)
            documents.append(_document(place / TEXT, record, text))
        except CorpusError as error:
            faults.append(f"{place.name}/{error}")
    return tuple(documents), tuple(faults)


def load_records(folder: Path, references: References) -> dict[int, SourceRecord]:
    """The records of the sound stored texts by number, in order. Reads files, writes none."""
    records = {}
    for place in _places(folder):
        try:
            record, _ = read_source(place, references)
            records[record.number] = record
        except CorpusError:
            continue  # load_sources tells it
    return records


def read_source(place: Path, references: References) -> tuple[SourceRecord, str]:
    """The record and the text in the folder `place`. Raises `CorpusError` if they are not sound."""
    told, number = place / RECORD, _number(place)
    if number not in references.numbers:
        fault = f"{place.name} is no folder of a reference in the list"
        raise CorpusError(told, 1, fault, "remove it, or add the reference to the list")
    text = read_text(place / TEXT)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    for path in [one for one in (told, place / NEXT_RECORD) if one.exists()] or [told]:
        record = _record(path, number)
        if record.sha256 == digest:
            return record, text
    fault = f"the text of reference {number} is not the one that was stored"
    raise CorpusError(place / TEXT, 1, fault, f"fetch or add reference {number} again")


def _places(folder: Path) -> list[Path]:
    """The folders that hold a source, in order of their numbers."""
    if not folder.is_dir():
        return []
    found = (one for one in folder.iterdir() if not one.name.startswith("."))
    return sorted(
        (one for one in found if (one / TEXT).exists() or (one / RECORD).exists()),
        key=lambda place: (_number(place), place.name),
    )


def _number(place: Path) -> int:
    """The number that the folder is named for; 0 when for none."""
    named = re.fullmatch(r"ref-([1-9][0-9]*)", place.name)
    return int(named[1]) if named else 0


def _record(path: Path, number: int) -> SourceRecord:
    """The record in `path`. Raises `CorpusError` unless it is whole and the text may be kept."""
    table, toml = read_toml(path)
    refuse_unknown(table, {field.name for field in fields(SourceRecord)}, path, toml)

    def text(key: str) -> str:
        if key in ("licence", "permission") and table.get(key) == "":
            return ""
        return str(wanted(table, key, str, path, line_of_key(toml, key)))

    texts = {field.name: text(field.name) for field in fields(SourceRecord)[1:]}
    if wanted(table, "number", int, path, line_of_key(toml, "number")) != number:
        fault = f"this is the record of reference {table['number']}, not {number}"
        raise CorpusError(path, line_of_key(toml, "number"), fault, "fetch or add it again")
    try:
        date.fromisoformat(texts["date"])
    except ValueError as error:
        line = line_of_key(toml, "date")
        raise CorpusError(path, line, str(error), "write it as 2024-05-06") from error
    if not texts["permission"]:
        _check_licence(texts["licence"], number, path, line_of_key(toml, "licence"))
    return SourceRecord(number=number, **texts)


def _check_licence(licence: str, number: int, path: Path, line: int) -> None:
    try:
        allowing(licence, number)
    except SourceError as error:
        what, _, remedy = str(error).rpartition("; ")
        raise CorpusError(path, line, what, remedy) from error


def _document(path: Path, record: SourceRecord, text: str) -> Document:
    sections: list[tuple[str, list[Paragraph]]] = [("", [])]
    count = 0
    for line in LINE.finditer(text):
        kind, (start, end) = KINDS[line[1]], line.span(2)
        if kind != "body":
            sections.append((line[2], []))
        spans = sentence_spans(text, start, end) if kind == "body" else [(start, end)]
        sentences = []
        for begin, stop in spans:
            count += 1
            id = f"S{record.number}.{count:04}"
            sentences.append(Sentence(id, text[begin:stop], begin, stop, (record.number,)))
        sections[-1][1].append(Paragraph(kind, start, end, tuple(sentences)))
    return Document(
        name=f"ref-{record.number}",
        layer="source",
        path=path,
        text=text,
        sha256=record.sha256,
        sections=tuple(Section(heading, tuple(parts)) for heading, parts in sections if parts),
    )
