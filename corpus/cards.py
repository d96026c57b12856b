"""Cards: what a person wrote about one passage; and the messages that must not be answered.

A card says with which sentences a passage is quoted, which question it answers, one line in plain
words, and the many ways in which patients ask. A message file holds, one a line, what patients
write that no passage answers, by kind. Both are content: nothing in the code knows one by name.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError, line_of_key, read_text, read_toml, refuse_unknown, wanted

KINDS = (
    "distress",
    "injection",
    "medicine_mistake",
    "meta",
    "near_miss",
    "off_topic",
    "out_of_scope_medical",
    "personal_medical",
    "smalltalk",
    "suicidal",
    "suicidal_now",
    "urgent",
)
"""The kinds of messages that no passage answers; each has a file of its own."""


@dataclass(frozen=True)
class Phrasing:
    """One way in which patients ask something, where it stands, and what answers it."""

    text: str
    labels: tuple[str, ...]
    """Passages that answer it, best first; or the one kind of a message not to answer."""
    path: Path
    line: int


@dataclass(frozen=True)
class Card:
    """What a person wrote about one passage."""

    path: Path
    document: str
    """The document it belongs to, by its folder: "ref-4"; directly in `cards`, the article."""
    passage: str
    """The sentence that answers ("A21"), or a name for all of what is quoted ("R")."""
    quote: tuple[str, ...]
    """The sentences it is quoted with, in the order of the text."""
    sha256: str
    """Of the quoted words that the card was written for."""
    question: str
    in_short: str
    """One line in plain words; empty where the quote is as plain, as it is in a note."""
    starting: bool
    """Whether the page offers the question to start with."""
    only_when_asked: bool
    """Whether it is quoted only to who asks for just this, because it can frighten."""
    in_general: bool
    """Whether it may stand, as what holds in general, beside a question about one's own case."""
    phrasings: tuple[Phrasing, ...]
    approval: str = ""
    """The hash of the line and the sentence that a named person approved together; else empty."""


def words_hash(words: str) -> str:
    """The sha256, in hexadecimal, of `words` in UTF-8."""
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


def line_hash(line: str, sentence: str) -> str:
    """What an approval of `line` for `sentence` is recorded under: it ends when either changes."""
    return words_hash(f"{line}\n{sentence}")


def normalised(text: str) -> str:
    """`text` as it is compared with others: lower case, words only, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("’", "").replace("'", "")
    return " ".join(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


def load_cards(folder: Path) -> tuple[Card, ...]:
    """The cards in `folder` and the folders under it, by file name.

    Raises `CorpusError` for a missing, malformed or unknown field and for a passage with two cards.
    """
    cards = tuple(_card(path, folder) for path in sorted(folder.rglob("*.toml")))
    seen: dict[str, Card] = {}
    for card in cards:
        if card.passage in seen:
            fault = f"{card.passage} has a card already ({seen[card.passage].path.name})"
            line = line_of_key(read_text(card.path), "passage")
            raise CorpusError(card.path, line, fault, "join the two cards")
        seen[card.passage] = card
    return cards


def load_messages(folder: Path) -> tuple[Phrasing, ...]:
    """The messages that no passage answers: `folder/<kind>.txt`, one a line, # opens a comment.

    Raises `CorpusError` for a file whose name is no kind.
    """
    messages: list[Phrasing] = []
    for path in sorted(folder.glob("*.txt")):
        if path.stem not in KINDS:
            fault = f"{path.stem!r} is no kind of message"
            raise CorpusError(path, 1, fault, f"use one of {', '.join(KINDS)}")
        messages.extend(_lines(read_text(path), 1, (path.stem,), path))
    return tuple(messages)


def right_words(folder: Path) -> tuple[str, ...]:
    """The words of `folder/words.txt`; none without that file."""
    return listed_words(folder / "words.txt")


def short_forms(folder: Path) -> dict[str, str]:
    """From each short form of `folder/short_forms.txt` to its words; {} without that file.

    Raises `CorpusError` for a line that is no `form = words`, or a form that stands there twice.
    """
    path, forms = folder / "short_forms.txt", dict[str, str]()
    for at, line in enumerate(read_text(path).splitlines() if path.exists() else [], 1):
        form, equals, words = (part.strip() for part in line.partition("="))
        if not line.strip() or line.startswith("#"):
            continue
        if not (equals and words and form.isalnum() and form == form.casefold()):
            raise CorpusError(path, at, f"{line!r} is no short form", "write it as: form = words")
        if form in forms:
            raise CorpusError(path, at, f"{form!r} stands there twice", "keep one")
        forms[form] = words
    return forms


def listed_words(path: Path) -> tuple[str, ...]:
    """The words in the file at `path`, one a line, # opens a comment; none without that file."""
    lines = read_text(path).splitlines() if path.exists() else []
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def asked(card: Card) -> tuple[Phrasing, ...]:
    """The card's phrasings, its own question among them."""
    line = line_of_key(read_text(card.path), "question")
    question = Phrasing(card.question, (card.passage,), card.path, line)
    same = normalised(question.text)
    known = any(normalised(phrasing.text) == same for phrasing in card.phrasings)
    return card.phrasings if known else (question, *card.phrasings)


def check_phrasings(phrasings: Iterable[Phrasing]) -> None:
    """Raises `CorpusError` when the same words stand twice."""
    seen: dict[str, Phrasing] = {}
    for phrasing in phrasings:
        first = seen.setdefault(normalised(phrasing.text) or phrasing.text, phrasing)
        if first is not phrasing:
            raise CorpusError(
                phrasing.path,
                phrasing.line,
                f"{phrasing.text!r} stands already in {first.path.name}:{first.line}",
                "keep it where the best answer is",
            )


def _card(path: Path, folder: Path) -> Card:
    table, text = read_toml(path)
    optional = {
        "phrasings": " ",
        "also": {},
        "starting": False,
        "only_when_asked": False,
        "in_general": False,
        "in_short": " ",
        "approval": {},
    }
    needed = {"passage", "quote", "sha256", "question"}
    refuse_unknown(table, needed | optional.keys(), path, text)

    def field(key: str, kind: type = str) -> Any:
        return wanted(optional | table, key, kind, path, line_of_key(text, key))

    passage = field("passage")
    blocks = [("", field("phrasings")), *field("also", dict).items()]
    return Card(
        path=path,
        document="article" if path.parent == folder else path.parent.name,
        passage=passage,
        quote=tuple(str(sentence) for sentence in field("quote", list)),
        sha256=field("sha256"),
        question=field("question"),
        in_short=field("in_short").strip(),
        starting=field("starting", bool),
        only_when_asked=field("only_when_asked", bool),
        in_general=field("in_general", bool),
        phrasings=tuple(_phrasings(passage, blocks, path, text)),
        approval=_approval(field("approval", dict), path, line_of_key(text, "approval")),
    )


def _approval(table: dict[str, Any], path: Path, line: int) -> str:
    """The hash that an approval is for; empty without one. It names who gave it, and when."""
    if not table:
        return ""
    given = (table.get("by"), table.get("on"), table.get("sha256"))
    if set(table) != {"by", "on", "sha256"} or not all(given) or type(table["on"]) is not date:
        needs = "by, on (a date such as 2026-11-24) and sha256, and nothing else"
        raise CorpusError(path, line, "the approval is incomplete", f"give it {needs}")
    return str(table["sha256"])


def _phrasings(
    passage: str, blocks: Iterable[tuple[str, Any]], path: Path, text: str
) -> Iterator[Phrasing]:
    """The lines of each block, which names the other passages that answer them."""
    at = 0
    for others, block in blocks:
        if not isinstance(block, str):
            fault = f"{others} is {block!r}"
            raise CorpusError(path, line_of_key(text, others), fault, "give it lines of text")
        # Looked for after the block before: the same words may stand in both.
        start = max(text.find(block, at), at)
        yield from _lines(block, text.count("\n", 0, start) + 1, (passage, *others.split()), path)
        at = start + len(block)


def _lines(block: str, first: int, labels: tuple[str, ...], path: Path) -> Iterator[Phrasing]:
    for line, words in enumerate(block.splitlines(), start=first):
        if words.strip() and not words.startswith("#"):
            yield Phrasing(words.strip(), labels, path, line)
