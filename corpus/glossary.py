"""The glossary: technical words, each explained in one plain sentence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError, read_toml, refuse_unknown, table_rows, wanted

FIELDS = {"words", "meaning", "seen", "confirmed_by", "confirmed_on"}


@dataclass(frozen=True)
class Term:
    """A technical word and what it means."""

    words: tuple[str, ...]
    """How it may stand in a text: the word itself first, then its other forms."""
    meaning: str
    """One plain sentence of our own."""
    seen: str
    """The page on which the meaning was read."""
    confirmed_by: str
    """Who checked the sentence; empty until somebody has."""
    confirmed_on: str

    @property
    def name(self) -> str:
        """The word itself."""
        return self.words[0]


@dataclass(frozen=True)
class Found:
    """A term where it stands in a text: `text[start:end]`."""

    term: Term
    start: int
    end: int


def load_glossary(path: Path) -> tuple[Term, ...]:
    """The terms in `path`.

    Raises `CorpusError` for a missing, malformed or unknown field, and for words of two terms.
    """
    table, text = read_toml(path)
    refuse_unknown(table, {"term"}, path, text)
    terms: list[Term] = []
    seen: set[str] = set()
    for row, line in table_rows(table, "term", FIELDS, path, text):
        words = tuple(str(one) for one in wanted(row, "words", list, path, line))
        if twice := seen.intersection(word.casefold() for word in words):
            fault = f"{min(twice)!r} belongs to two terms"
            raise CorpusError(path, line, fault, "leave it with one of them")
        seen.update(word.casefold() for word in words)
        terms.append(
            Term(
                words,
                wanted(row, "meaning", str, path, line),
                wanted(row, "seen", str, path, line),
                str(row.get("confirmed_by", "")),
                str(row.get("confirmed_on", "")),
            )
        )
    return tuple(terms)


def terms_in(text: str, terms: Iterable[Term]) -> tuple[Found, ...]:
    """Where the terms stand in `text`, whole words only, in its order; the longest wins. Pure."""
    by_word = {word.casefold(): term for term in terms for word in term.words}
    longest_first = sorted(by_word, key=len, reverse=True)
    if not longest_first:
        return ()
    any_word = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.I)
    return tuple(
        Found(by_word[match[0].casefold()], match.start(), match.end())
        for match in any_word.finditer(text)
    )
