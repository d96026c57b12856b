"""What a message means in its conversation: by itself, or leaning on what was said before.

No language model is needed. Lists of words tell who asks for the same again, for more, or for the
source; of the rest, what is short or points back is read together with the earlier question. A
message that stands alone inherits nothing.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answer import Quote, Turn
from bot.errors import BadFile
from corpus import normalised
from index import ALARMS, Record, SearchIndex, Understanding, is_bare

LISTS = (
    *("again", "more", "source", "goes_on", "points", "own", "asks", "begins", "frames"),
    *("next_entry", "entry_before", "last_entry", "of_entry"),
)
LONGEST = 16
"""Words. A longer message says for itself what it is about."""
FEW = 7
"""Words of a message about the entry of the reference list that was just quoted."""
LIKELY = 0.4
"""A message that is answered so surely by itself keeps its answer when nothing comes of the two."""
CERTAIN = 0.9
"""A message that the head is so sure of stands alone however it opens."""
WHOLE = 0.6
"""A message that looks whole leans on what was answered only if that answers it so surely."""
LONGEST_REQUEST = 12
"""Words of a request to say it again, to go on, or for the source."""
BARE = 2
"""Words beside a request that leave it one: "I really don't get it"."""
FRAGMENT = 4
"""A message of so few words is no whole question."""
SURE = 0.7
"""A message that the head is so sure of stands alone, unless it opens as one that goes on."""
THEIR_OWN = ("distress", "personal_medical", *ALARMS)
"""Kinds of messages about the person, whatever else they say: "I'm confused, did mine work?"."""
ELSEWHERE = ("off_topic", "injection", "smalltalk")
"""Kinds of messages that have nothing to do with what was answered."""
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
    passages_before: tuple[str, ...]
    """The ids of the passages that these quotes were made of."""


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
        asked = self._without_frame(message)
        if asked != message and not _alarming(alone):
            said, alone = asked, index.understand(asked)
        if self._stands_alone(said, alone):
            return Understood(alone)
        together = index.understand_after(
            asked, before.question, before.passage, before.passages_before
        )
        if is_bare(asked) and self._asks(said) and together.passages:
            together = replace(together, answered=True)  # "how so?" asks about what was answered
        return self._chosen(said, alone, together, before)

    def names_person(self, message: str) -> bool:
        """Whether `message` names the patient or somebody close: "my", "mum", "him"."""
        return not set(normalised(message).split()).isdisjoint(self._words["own"])

    def _chosen(
        self, said: str, alone: Understanding, together: Understanding, before: _Earlier
    ) -> Understood:
        """What holds: what it means by itself, or with what was said before."""
        leans = self._leans(said)
        own = alone.passages[0][0].question if alone.answered else None
        shown = own if len(said.split()) <= FRAGMENT else None  # a fragment shows how it was read
        if not together.answered:
            if leans and alone.answered and alone.confidence < LIKELY:
                return Understood(together, f"{before.passage.question} {said}")
            return Understood(alone, shown)
        best = together.passages[0][0]
        if alone.answered and alone.passages[0][0].id == best.id:
            return Understood(alone, shown)
        surer = not alone.answered or together.confidence > alone.confidence
        if not leans and (not surer or together.confidence < WHOLE):
            return Understood(alone)
        return Understood(together, best.question)

    def _without_frame(self, message: str) -> str:
        """`message` without how it goes back ("the bit about"), if anything else is left."""
        said = f" {normalised(message)} "
        for words in sorted(self._words["frames"], key=len, reverse=True):
            said = said.replace(f" {words} ", " ")
        return said.strip() if len(said) < len(message) - 3 and said.strip() else message

    def _asks(self, said: str) -> bool:
        return not set(said.split()).isdisjoint(self._words["asks"])

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
        another = alone.answered and alone.passages[0][0].kind == "body"
        listed = before.passage.kind == "reference" and not (another and alone.confidence >= LIKELY)
        if listed and (entry := self._entry(said, before, index)):
            return (entry,)
        if self._has("source", said):
            return _entries(before.quotes, index)
        if self._has("again", said):
            return ((matter or before).passage,)
        return _next(matter or before, index) if self._has("more", said) else ()

    def _entry(self, said: str, before: _Earlier, index: SearchIndex) -> Record | None:
        """The entry of the reference list that is asked for after another one, if any is."""
        if len(said.split()) > FEW:
            return None
        entries = _by_number(index)
        (number, *_), last = before.passage.references, max(entries)
        steps = {"next_entry": number + 1, "entry_before": number - 1, "last_entry": last}
        for name, to in {**steps, "of_entry": number}.items():
            if any(f" {words} " in f" {said} " for words in self._words[name]):
                return entries.get(to)
        return None

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

    def _stands_alone(self, said: str, alone: Understanding) -> bool:
        """Whether it is to be read by itself, whatever was said before."""
        if said in self._words["goes_on"]:  # "why?" says nothing by itself
            return False
        shares, feeling = dict(alone.kinds), _their_own(alone)
        about_them = feeling >= PERHAPS_THEIR_OWN and self.names_person(said)
        said_enough = len(said.split()) > FRAGMENT
        if _alarming(alone) or about_them or (feeling >= SURE and said_enough):
            return True
        other = max((shares.get(kind, 0) for kind in ELSEWHERE), default=0)
        opens, whole = self._opens(said), self._is_whole(said)
        enough = LIKELY if whole else CERTAIN if opens else SURE
        surely = alone.answered and alone.confidence >= enough and not is_bare(said)
        sure = surely and (whole or said_enough or not (opens or self._points(said)))
        elsewhere = other >= SURE and (said_enough or not is_bare(said))
        return len(said.split()) > LONGEST or elsewhere or sure

    def _is_whole(self, said: str) -> bool:
        """Whether it is built as a question that needs no other: "how does radiotherapy work"."""
        first, count = said.partition(" ")[0], len(said.split())
        asks = first in self._words["asks"] or first in self._words["begins"]
        return asks and count >= FRAGMENT and not self._points(said) and not self._opens(said)

    def _leans(self, said: str) -> bool:
        """Whether it says itself that it goes on from what was said before."""
        return self._opens(said) or self._points(said) or len(said.split()) <= FRAGMENT

    def _points(self, said: str) -> bool:
        return any(f" {word} " in f" {said} " for word in self._words["points"])

    def _opens(self, said: str) -> bool:
        # "How do tests work" is whole: of the words that ask, none says that a message goes on.
        goes_on = set(self._words["goes_on"]) - set(self._words["asks"])
        return any(f"{said} ".startswith(f"{word} ") for word in goes_on)


def _their_own(alone: Understanding) -> float:
    """How likely the message is about the person. Pure."""
    return sum(share for kind, share in alone.kinds if kind in THEIR_OWN)


def _alarming(alone: Understanding) -> bool:
    """Whether the message may be one that cannot wait. Pure."""
    return sum(share for kind, share in alone.kinds if kind in ALARMS) >= PERHAPS_THEIR_OWN


def _is_own_question(said: str, alone: Understanding) -> bool:
    """Whether it is the very question of a card, which says all: a suggestion that was taken up."""
    return bool(alone.passages) and normalised(alone.passages[0][0].question) == said


def _earlier(turns: Sequence[Turn], index: SearchIndex, kind: str = "") -> _Earlier | None:
    """The last of the last turns that quoted a passage with a card (of that kind, if told)."""
    shown = tuple(quote for turn in turns[-TURNS_BACK:] for quote in turn.answer.quotes)
    for turn in reversed(turns[-TURNS_BACK:]):
        if turn.answer.outcome != "answered":  # what stands beside a personal matter is no answer
            continue
        for quote in turn.answer.quotes:
            passage = _passage(quote, index)
            if passage and kind in ("", passage.kind):
                question = turn.answer.understood_as or turn.answer.question
                every = [one.id for quote in shown if (one := _passage(quote, index))]
                return _Earlier(question, turn.answer.quotes, passage, shown, tuple(every))
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
    entries = _by_number(index)
    return tuple(entries[number] for number in numbers if number in entries)


def _by_number(index: SearchIndex) -> dict[int, Record]:
    """The entries of the reference list, each by its number."""
    entries = [one for one in index.carded if one.kind == "reference"]
    return {one.references[0]: one for one in entries if len(one.references) == 1}


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
