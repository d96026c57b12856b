"""Putting sources into their store, and taking them out, so that no text is ever half there.

A new text and its record are written whole beside the old ones, then each takes the old one's place
in one step: the text first. Until the record follows, it stands beside it as `source.toml.new`, and
fits; so whenever a writer is killed, a reader finds either the old source or the new one.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path

from corpus.blocks import Block, Extracted, SourceError, cleaned
from corpus.cards import normalised
from corpus.extract import MOST_BYTES, extract
from corpus.references import Reference, References
from corpus.sources import NEXT_RECORD, RECORD, TEXT, SourceRecord
from settings import Settings

MEDIA_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
    ".nxml": "application/xml",
    ".pdf": "application/pdf",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
}
"""What an operator's file is, by the end of its name."""


def add_source(
    settings: Settings, references: References, number: int, file: Path, permission: str
) -> SourceRecord:
    """Stores the operator's own copy of a source, with the right to use it; gives its record.

    Raises `SourceError` for a number without a reference, a permission that says nothing, and a
    file that cannot be read as what its name says. What was stored then stays.
    """
    reference = listed(references, number)
    if not (permission := cleaned(permission)):
        raise SourceError('the permission says nothing; write "who, when"')
    media_type = MEDIA_TYPES.get(file.suffix.casefold())
    if not media_type:
        known = ", ".join(MEDIA_TYPES)
        raise SourceError(f"{file.name} is of no known kind; name it by what it is: {known}")
    try:
        told = extract(_bytes(file), media_type)
    except SourceError as error:
        raise SourceError(f"{file.name}: {error}") from error
    return store(settings.sources, reference, told, cleaned(file.name), media_type, permission)


def remove_source(settings: Settings, references: References, number: int) -> None:
    """Takes a stored source away; raises `SourceError` when there is none or it cannot be."""
    listed(references, number)
    place = _place(settings.sources, number)
    if not place.exists():
        raise SourceError(f"nothing is stored of reference {number}; there is nothing to remove")
    folder = settings.sources
    with _writing(folder), tempfile.TemporaryDirectory(prefix=".removed-", dir=folder) as aside:
        place.rename(Path(aside) / place.name)


def store(
    folder: Path,
    reference: Reference,
    told: Extracted,
    origin: str,
    media_type: str,
    permission: str = "",
) -> SourceRecord:
    """Writes the text and its record for `reference`; gives the record.

    Raises `SourceError`, with what was there left as it was, when it cannot be written.
    """
    title = told.title or reference.title or reference.citation
    raw = _text(title, told.blocks).encode("utf-8")
    record = SourceRecord(
        number=reference.number,
        title=title,
        origin=origin,
        date=date.today().isoformat(),
        licence=cleaned(told.licence),
        permission=permission,
        media_type=media_type,
        sha256=hashlib.sha256(raw).hexdigest(),
    )
    place = _place(folder, reference.number)
    with _writing(folder):
        place.mkdir(exist_ok=True)
        (place / f"{TEXT}.new").write_bytes(raw)
        (place / NEXT_RECORD).write_text(_toml(record), "utf-8")
        os.replace(place / f"{TEXT}.new", place / TEXT)
        os.replace(place / NEXT_RECORD, place / RECORD)
    return record


def listed(references: References, number: int) -> Reference:
    """The reference of that number; raises `SourceError` when the list has none."""
    if number not in references.numbers:
        known = ", ".join(map(str, sorted(references.numbers)))
        raise SourceError(f"there is no reference {number}; use one of {known}")
    return references[number]


def _place(folder: Path, number: int) -> Path:
    return folder / f"ref-{number}"


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """The folder, made if need be, for one writer at a time."""
    from filelock import FileLock

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock"):
            yield
    except OSError as error:
        fault = f"{folder} cannot be written ({error.strerror or error})"
        raise SourceError(f"{fault}; make room there or free it for writing") from error


def _bytes(file: Path) -> bytes:
    """The file's bytes, no more than can be used. Raises `SourceError` if there is no such file."""
    if not file.is_file():
        fault = (
            "is a folder" if file.is_dir() else "is no file" if file.exists() else "is not there"
        )
        raise SourceError(f"it {fault}; name the file of the document")
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise SourceError(f"it cannot be read ({error.strerror}); free it for reading") from error


def _text(title: str, blocks: tuple[Block, ...]) -> str:
    """The text as it is stored: a title, headings and paragraphs, each on a line of its own."""
    if blocks and normalised(blocks[0].text) == normalised(title):
        blocks = blocks[1:]
    lines = [("## " if block.heading else "") + block.text for block in blocks]
    return "\n\n".join([f"# {cleaned(title)}", *lines]) + "\n"


def _toml(record: SourceRecord) -> str:
    """The record as TOML, whose strings are written like those of JSON."""
    rows = (
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
        for key, value in asdict(record).items()
    )
    return "".join(rows)
