"""The numbered references of the article: corrected, with what the article printed beside."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError, line_of, read_toml, wanted


@dataclass(frozen=True)
class Reference:
    """One numbered source of the article."""

    number: int
    citation: str
    """The corrected entry, as patients see it."""
    printed: str
    """The entry exactly as the article prints it."""
    url: str
    faults: tuple[str, ...]
    """What is wrong or missing in the printed entry."""
    licence: str
    read: str
    """How much of the source could be read when the facts were taken from it."""
    checked: str
    """The day on which a person opened the publisher's page; empty when nobody has."""


@dataclass(frozen=True)
class GluedMark:
    """A reference number that the article prints stuck to a word ("cancer1."), by exact words."""

    words: str
    mark: str
    number: int


@dataclass(frozen=True)
class References:
    """All references by number, and the glued marks that point to them."""

    entries: tuple[Reference, ...]
    glued: tuple[GluedMark, ...]

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers that exist."""
        return frozenset(entry.number for entry in self.entries)

    def __getitem__(self, number: int) -> Reference:
        return next(entry for entry in self.entries if entry.number == number)


def load_references(path: Path) -> References:
    """The references in `path`, in order of their numbers.

    Raises `CorpusError` for a missing or malformed field, a number given twice, and a glued mark
    that does not end its words or names no reference.
    """
    table, text = read_toml(path)
    entries = tuple(_reference(row, path, text) for row in table.get("reference", []))
    numbers = [entry.number for entry in entries]
    for entry in entries:
        if numbers.count(entry.number) > 1:
            line = text.rfind(f"number = {entry.number}\n")
            raise CorpusError(
                path,
                text.count("\n", 0, line) + 1,
                f"reference {entry.number} is given twice",
                "give each reference a number of its own",
            )
    glued = tuple(_glued(row, set(numbers), path, text) for row in table.get("glued_mark", []))
    return References(tuple(sorted(entries, key=lambda entry: entry.number)), glued)


def _reference(row: dict[str, Any], path: Path, text: str) -> Reference:
    line = line_of(text, f"\nnumber = {row.get('number')}\n") + 1

    def field(key: str) -> str:
        return str(wanted(row, key, str, path, line))

    return Reference(
        number=wanted(row, "number", int, path, line),
        citation=field("citation"),
        printed=field("printed"),
        url=field("url"),
        faults=tuple(row.get("faults", [])),
        licence=field("licence"),
        read=field("read"),
        checked=str(row.get("checked", "")),
    )


def _glued(row: dict[str, Any], numbers: set[int], path: Path, text: str) -> GluedMark:
    line = line_of(text, str(row.get("words")))
    words = wanted(row, "words", str, path, line)
    mark = wanted(row, "mark", str, path, line)
    number = wanted(row, "number", int, path, line)
    if mark not in words:
        raise CorpusError(path, line, f"the mark {mark!r} is not in {words!r}", "mend the words")
    if number not in numbers:
        raise CorpusError(path, line, f"there is no reference {number}", "mend the number")
    return GluedMark(words, mark, number)
