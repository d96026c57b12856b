"""What each source states, fact by fact, in our own words: what the notes are written from."""

from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError, read_toml, refuse_unknown, table_rows, wanted

SEEN = ("read", "older version", "third-party copy", "background")
"""How a fact is known: in the source itself, elsewhere, or not read at all ("background")."""
ELSEWHERE = {"older version": "older version", "third-party copy": "unofficial"}
"""What a note says beside a fact that was not read in the source as it is now."""


@dataclass(frozen=True)
class Fact:
    """One thing that a source states. `section`: where in the source it does."""

    number: int
    text: str
    section: str
    seen: str


def load_facts(path: Path) -> dict[int, Fact]:
    """The facts in `path` by number.

    Raises `CorpusError` for a missing, malformed or unknown field and for a number given twice.
    """
    table, text = read_toml(path)
    refuse_unknown(table, {"fact"}, path, text)
    facts: dict[int, Fact] = {}
    known = {"number", "text", "section", "seen", "remark"}
    for row, line in table_rows(table, "fact", known, path, text):
        fact = Fact(
            wanted(row, "number", int, path, line),
            wanted(row, "text", str, path, line),
            wanted(row, "section", str, path, line),
            wanted(row, "seen", str, path, line),
        )
        if fact.seen not in SEEN:
            fault = f"fact {fact.number} was seen as {fact.seen!r}"
            raise CorpusError(path, line, fault, f"use one of {', '.join(SEEN)}")
        if fact.number in facts:
            fault = f"fact {fact.number} is given twice"
            raise CorpusError(path, line, fault, "give each fact a number of its own")
        facts[fact.number] = fact
    return facts
