"""The numbered references of the article: corrected, with what the article printed beside."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError, read_toml, refuse_unknown, table_rows, wanted

FETCHING = {"title", "fetch", "doi", "licence_page"}
KNOWN = {
    "reference": {"number", "citation", "printed", "url", "faults", "licence", "read", "checked"}
    | FETCHING,
    "glued_mark": {"words", "mark", "number"},
}
"""The tables of the references file, and the fields of each."""


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
    """How much of the source could be read; empty where a note says it."""
    checked: str
    """The day on which a person opened the publisher's page; empty when nobody has."""
    line: int
    """Where it stands in the file that lists it."""
    title: str = ""
    """What the document itself is called; without it the document cannot be fetched."""
    fetch: str = ""
    """How its text is fetched: html, europepmc, or not at all."""
    doi: str = ""
    licence_page: str = ""
    """The publisher's page that states the licence, where the document's own page does not."""

    @property
    def checked_on(self) -> date | None:
        """`checked` as a date; None when nobody has."""
        return date.fromisoformat(self.checked) if self.checked else None


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
        return {entry.number: entry for entry in self.entries}[number]


def load_references(path: Path) -> References:
    """The references in `path`, in order of their numbers.

    Raises `CorpusError` for a missing, malformed or unknown field, a number given twice or other
    than the entry prints, and a glued mark that is not in its words or names no reference.
    """
    table, text = read_toml(path)
    refuse_unknown(table, set(KNOWN), path, text)
    entries = tuple(
        _reference(row, path, line)
        for row, line in table_rows(table, "reference", KNOWN["reference"], path, text)
    )
    numbers = [entry.number for entry in entries]
    for entry in entries:
        if numbers.count(entry.number) > 1:
            raise CorpusError(
                path,
                max(one.line for one in entries if one.number == entry.number),
                f"reference {entry.number} is given twice",
                "give each reference a number of its own",
            )
    glued = tuple(
        _glued(row, set(numbers), path, line)
        for row, line in table_rows(table, "glued_mark", KNOWN["glued_mark"], path, text)
    )
    return References(tuple(sorted(entries, key=lambda entry: entry.number)), glued)


def _reference(row: dict[str, Any], path: Path, line: int) -> Reference:
    def field(key: str) -> str:
        return str(wanted(row, key, str, path, line))

    number: int = wanted(row, "number", int, path, line)
    if (printed := re.match(r"\W*(\d{1,2})\b", field("printed"))) and int(printed[1]) != number:
        fault = f"reference {number} is printed with the number {printed[1]}"
        raise CorpusError(path, line, fault, "mend the number or copy the right entry")
    checked = str(row.get("checked", ""))
    _check_day(checked, path, line)
    return Reference(
        number=number,
        citation=field("citation"),
        printed=field("printed"),
        url=field("url"),
        faults=tuple(wanted(row, "faults", list, path, line)) if row.get("faults") else (),
        licence=field("licence"),
        read=field("read") if "read" in row else "",
        checked=checked,
        line=line,
        **_fetching(row, path, line),
    )


def _fetching(row: dict[str, Any], path: Path, line: int) -> dict[str, str]:
    """The fields that say how the text is fetched, those given."""
    told = {key: str(wanted(row, key, str, path, line)) for key in FETCHING & row.keys()}
    match told.get("fetch", ""):
        case "html" | "europepmc" if "title" not in told:
            raise CorpusError(path, line, "fetch without a title", "give the document's title")
        case "europepmc" if "doi" not in told:
            raise CorpusError(path, line, "fetch from europepmc without a doi", "give its doi")
        case "" | "html" | "europepmc":
            return told
    fault = f"fetch is {told['fetch']!r}"
    raise CorpusError(path, line, fault, "use html or europepmc, or remove the field")


def _check_day(checked: str, path: Path, line: int) -> None:
    """Raises `CorpusError` unless `checked` is empty or a day that has come somewhere on earth."""
    remedy = "give the day as 2026-05-31, or nothing"
    try:
        future = bool(checked) and date.fromisoformat(checked) > date.today() + timedelta(days=1)
    except ValueError as error:
        raise CorpusError(path, line, f"checked is {checked!r}", remedy) from error
    if future:
        raise CorpusError(path, line, f"checked is {checked!r}, which has not come yet", remedy)


def _glued(row: dict[str, Any], numbers: set[int], path: Path, line: int) -> GluedMark:
    words = wanted(row, "words", str, path, line)
    mark = wanted(row, "mark", str, path, line)
    number = wanted(row, "number", int, path, line)
    if mark not in words:
        raise CorpusError(path, line, f"the mark {mark!r} is not in {words!r}", "mend the words")
    if unicodedata.normalize("NFKC", mark) != str(number):
        raise CorpusError(path, line, f"the mark {mark!r} is not {number}", "mend the number")
    if number not in numbers:
        raise CorpusError(path, line, f"there is no reference {number}", "mend the number")
    return GluedMark(words, mark, number)
