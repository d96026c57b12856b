"""What a message means in its conversation: by itself, or leaning on what was said before.

No language model is needed. Lists of words tell who asks for the same again, for more, or for the
source; of the rest, what is short or points back is read together with the earlier question. A
message that stands alone inherits nothing.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answer import Quote, Turn
from bot.errors import BadFile
from corpus import normalised
from index import Record, SearchIndex, Understanding

LISTS = ("again", "more", "source", "goes_on", "points")
LONGEST = 16
"""Words. A longer message says for itself what it is about."""
LONGEST_REQUEST = 12
"""Words of a request to say it again, to go on, or for the source."""
BARE = 2
"""Words beside a request that leave it one: "I really don't get it"."""
FRAGMENT = 4
"""A message of so few words is no whole question."""
SURE = 0.7
"""A message that the head is so sure of stands alone, unless it opens as one that goes on."""
THEIR_OWN = ("distress", "personal_medical", "suicidal", "urgent")
"""Kinds of messages about the person, whatever else they say: "I'm confused, did mine work?"."""
LIKELY_THEIR_OWN = 0.5
PERHAPS_THEIR_OWN = 0.1
"""A message that may be about the person is read by itself: what was asked before must not turn
"will she die" into a question about treatment."""
TURNS_BACK = 3


@dataclass(frozen=True)
class Understood:
    """What a message means. `question`: the one that stands alone, when it differs; else None."""

    understanding: Understanding
    question: str | None = None
    quoted: tuple[Record, ...] = ()
    """What answers a request for the same again, for more, or for the source; else empty."""


@dataclass(frozen=True)
class _Earlier:
    """What a message may lean on: an answered question, its quotes and the passage of the first."""

    question: str
    quotes: tuple[Quote, ...]
    passage: Record
    shown: tuple[Quote, ...]
    """The quotes of all the last turns, which "more" does not give again."""


class FollowUps:
    """Understands messages in their conversation. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Reads the lists in `path`. Raises `BadFile` when one is missing or empty."""
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
            told = {name: [str(one) for one in tables[name]["words"]] for name in LISTS}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BadFile(f"{path.name}: {error}; put the file back or mend it") from error
        if empty := [name for name, words in told.items() if not words]:
            raise BadFile(f"{path.name}: {empty[0]} is empty; write it")
        self._words = {name: tuple(map(normalised, words)) for name, words in told.items()}

    def understand(
        self, message: str, alone: Understanding, turns: Sequence[Turn], index: SearchIndex
    ) -> Understood:
        """What `message`, which means `alone` by itself, means after the earlier `turns`."""
        said = normalised(message)
        before = _earlier(turns, index)
        if not before or _is_own_question(said, alone):
            return Understood(alone)
        requested = self._requested(said, alone, before, _earlier(turns, index, "body"), index)
        if requested:
            questions = " ".join(passage.question for passage in requested)
            return Understood(alone, questions, requested)
        if not self._leans(said, alone):
            return Understood(alone)
        together = index.understand_after(message, before.question, before.passage)
        if _adds_nothing(said, together, alone):
            return Understood(alone)
        best = together.passages[0][0] if together.passages else before.passage
        question = best.question if together.answered else f"{before.passage.question} {message}"
        return Understood(together, question)

    def _requested(
        self,
        said: str,
        alone: Understanding,
        before: _Earlier,
        matter: _Earlier | None,
        index: SearchIndex,
    ) -> tuple[Record, ...]:
        """What answers a request for the source, for the same again, or for more; else ().

        `matter` is the last answer that was no entry of the list: who asked for the source in
        between still means that by "again" and "more".
        """
        bare = any(self._has(name, said, BARE) for name in ("again", "more", "source"))
        their_own = not bare and _their_own(alone) >= LIKELY_THEIR_OWN
        if their_own or len(said.split()) > LONGEST_REQUEST:
            return ()
        if self._has("source", said):
            return _entries(before.quotes, index)
        if self._has("again", said):
            return ((matter or before).passage,)
        return _next(matter or before, index) if self._has("more", said) else ()

    def _has(self, name: str, said: str, most_beside: int = LONGEST_REQUEST) -> bool:
        """Whether `said` holds one of the phrases, and at most so many words beside it.

        A phrase of a single word must be all of it.
        """
        count = len(said.split())
        return any(
            said == words
            or (
                " " in words
                and f" {words} " in f" {said} "
                and count - len(words.split()) <= most_beside
            )
            for words in self._words[name]
        )

    def _leans(self, said: str, alone: Understanding) -> bool:
        """Whether it needs what was said before."""
        opens = any(f"{said} ".startswith(f"{word} ") for word in self._words["goes_on"])
        points = any(f" {word} " in f" {said} " for word in self._words["points"])
        count = len(said.split())
        if count > LONGEST or not (opens or points or count <= FRAGMENT):
            return False
        if said in self._words["goes_on"]:  # "why?" says nothing by itself
            return True
        other = [share for kind, share in alone.kinds if kind not in ("near_miss", "meta")]
        if _their_own(alone) >= PERHAPS_THEIR_OWN or (other and other[0] >= SURE):
            return False
        return opens or alone.confidence < SURE


def _their_own(alone: Understanding) -> float:
    """How likely the message is about the person. Pure."""
    return sum(share for kind, share in alone.kinds if kind in THEIR_OWN)


def _is_own_question(said: str, alone: Understanding) -> bool:
    """Whether it is the very question of a card, which says all: a suggestion that was taken up."""
    return bool(alone.passages) and normalised(alone.passages[0][0].question) == said


def _adds_nothing(said: str, together: Understanding, alone: Understanding) -> bool:
    """Whether a message that is answered by itself gets nothing from what came before.

    A fragment ("and after surgery?") shows how it was read, also where that is the same.
    """
    fragment = len(said.split()) <= FRAGMENT
    if together.answered and together.passages[0][0].id == alone.passages[0][0].id:
        return alone.answered and not fragment
    surer = not together.answered or alone.confidence >= together.confidence
    return alone.answered and surer and (not fragment or alone.confidence >= SURE)


def _earlier(turns: Sequence[Turn], index: SearchIndex, kind: str = "") -> _Earlier | None:
    """The last of the last turns that quoted a passage with a card (of that kind, if told)."""
    shown = tuple(quote for turn in turns[-TURNS_BACK:] for quote in turn.answer.quotes)
    for turn in reversed(turns[-TURNS_BACK:]):
        for quote in turn.answer.quotes:
            passage = _passage(quote, index)
            if passage and kind in ("", passage.kind):
                question = turn.answer.understood_as or turn.question
                return _Earlier(question, turn.answer.quotes, passage, shown)
    return None


def _passage(quote: Quote, index: SearchIndex) -> Record | None:
    """The passage with a card that the quote was made of, by the sentence that answers."""
    for record in index.carded:
        if record.path == quote.path and record.focus_start == quote.focus[0]:
            return record
    return None


def _entries(quotes: Sequence[Quote], index: SearchIndex) -> tuple[Record, ...]:
    """The entries of the reference list behind the first quote that has numbers."""
    numbers = next((quote.references for quote in quotes if quote.references), ())
    entries = {one.references: one for one in index.carded if one.kind == "reference"}
    return tuple(entries[number,] for number in numbers if (number,) in entries)


def _next(before: _Earlier, index: SearchIndex) -> tuple[Record, ...]:
    """The best passage for the earlier question that was not quoted lately."""
    seen = [(quote.path, quote.start, quote.end) for quote in before.shown]
    for record, _ in index.understand(before.question).passages:
        quoted = any(
            record.path == path and record.start < end and start < record.end
            for path, start, end in seen
        )
        if record.kind == "body" and not quoted and not record.only_when_asked:
            return (record,)
    return ()
