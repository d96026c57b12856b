"""One question from top to bottom: screen, understand, decide, write, prove, answer."""

import copy
import hashlib
import json
import logging
import re
import time
import traceback
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from bot.alarms import alarm_inside, heard, screens, weighed
from bot.answer import (
    Answer,
    Identifier,
    Notice,
    Outcome,
    Quote,
    ShownReference,
    Statement,
    Turn,
)
from bot.courtesy import Courtesy
from bot.decide import Decision, beside_a_crisis, decide, starting_questions
from bot.feelings import ACKNOWLEDGED, feels
from bot.fixed_replies import chatting, if_now, supporting, to_the_care_team, whom_to_call
from bot.followups import FollowUps
from bot.foreign import ForeignSigns, names_emergency_number
from bot.helplines import country_values
from bot.language import is_english
from bot.notices import (
    acknowledgement,
    after_the_call,
    fixed_notice,
    how_far,
    overdue,
    reminder,
)
from bot.proof import Proposal, prove
from bot.render import render
from bot.screen import Alarm, Screen
from bot.wording import Wording
from bot.young import is_young
from index import LiveIndex, Record, SearchIndex, Source, Understanding, UnusableIndex
from settings import ROOT, Settings

LONGEST = 2000
"""Characters that are searched for; a longer message is screened and sent back."""
LOG = logging.getLogger("bot")
HERE = Path(__file__).resolve().parent

Write = Callable[[str, Sequence[Record]], Sequence[Proposal]]


def extractive(question: str, passages: Sequence[Record]) -> tuple[Proposal, ...]:
    """The writer that needs no model: each passage with its card's line. Pure."""
    del question
    return tuple(Proposal(passage, passage.in_short) for passage in passages)


@dataclass(frozen=True)
class _Reply:
    """What a question gets, before it is put together."""

    outcome: Outcome
    text: str = ""
    quotes: tuple[Quote, ...] = ()
    references: tuple[ShownReference, ...] = ()
    statements: tuple[Statement, ...] = ()
    notices: tuple[Notice, ...] = ()
    suggestions: tuple[str, ...] = ()
    confidence: float | None = None
    written_from: Mapping[int, str] = field(default_factory=dict)
    understood_as: str | None = None


class Chatbot:
    """Answers questions. Safe to share between threads; keeps nothing between two questions."""

    def __init__(
        self,
        index: Callable[[], SearchIndex],
        screen: Callable[[str], Alarm | None],
        wording: Wording,
        follow_ups: FollowUps,
        courtesy: Courtesy,
        settings: Settings,
        write: Write = extractive,
        today: Callable[[], date] = date.today,
    ) -> None:
        """`index` gives the build to search in; `write` proposes passages and lines about them."""
        self._index, self._screen, self._write, self._today = index, screen, write, today
        self._settings, self.wording = settings, wording
        self._follow_ups, self._courtesy = follow_ups, courtesy
        self._made_from = _made_from(settings)

    @classmethod
    def open(cls, settings: Settings) -> "Chatbot":
        """The chatbot with these settings.

        Raises `UnusableIndex` or `BadFile`, each saying what to do, when something it needs is
        missing, damaged or stale.
        """
        return cls(
            LiveIndex(settings),
            screens(
                Screen.load(HERE / "red_flags.toml"),
                ForeignSigns.load(HERE / "other_languages.toml"),
            ),
            Wording(HERE / "wording.toml", country_values(HERE / "helplines.toml", settings)),
            FollowUps(HERE / "followups.toml"),
            Courtesy.load(HERE / "courtesy.toml"),
            settings,
        )

    def ask(self, question: str, turns: Sequence[Turn] = (), id: Identifier = None) -> Answer:
        """The answer to `question`, after the earlier `turns` of the conversation.

        Never raises for what a patient writes. What goes wrong inside makes the outcome
        `unavailable`, and is logged without the patient's words.
        """
        begin = time.perf_counter()
        message = _readable(question)
        reply, fingerprint = self._replied(message, turns)
        return Answer(
            id=id,
            question=message,
            outcome=reply.outcome,
            reply=render(
                self.wording,
                reply.text,
                reply.statements,
                reply.quotes,
                reply.references,
                reply.notices,
                reply.suggestions,
                reply.written_from,
                reply.understood_as,
            ),
            understood_as=reply.understood_as,
            statements=reply.statements,
            notices=reply.notices,
            quotes=reply.quotes,
            references=reply.references,
            confidence=reply.confidence,
            suggestions=reply.suggestions,
            index=fingerprint,
            elapsed_ms=round((time.perf_counter() - begin) * 1000, 3),
        )

    def for_country(self, country: str) -> "Chatbot":
        """The same chatbot with the numbers of `country`: GB, IE or US; "" gives all of them.

        Shares the index. Reads the wording and the helplines again. Raises `SettingsError` for
        another country.
        """
        if country == self._settings.country:
            return self
        settings = replace(self._settings, country=country).checked()
        values = country_values(HERE / "helplines.toml", settings)
        wording = self.wording.filled_with(values)
        other = copy.copy(self)
        other.wording, other._settings, other._made_from = wording, settings, _made_from(settings)
        return other

    def fingerprint(self) -> str:
        """The fingerprint that answers carry now. Raises `UnusableIndex` when there is no index."""
        return self._fingerprint(self._index())

    def starting_questions(self) -> tuple[str, ...]:
        """Up to three questions to begin with. Raises `UnusableIndex` when there is no index."""
        return starting_questions(self._index())

    def written_from(self) -> Mapping[int, str]:
        """What our note on each source was written from, by number; {} without an index."""
        try:
            return {number: source.written_from for number, source in self._index().sources.items()}
        except (UnusableIndex, OSError):
            return {}

    def _replied(self, message: str, turns: Sequence[Turn]) -> tuple[_Reply, str | None]:
        """The reply and the fingerprint of what it was made from: None when nothing opened.

        What cannot wait is noticed first, whether or not the index works.
        """
        sign, fingerprint = self._screen(message), None
        broken = _Reply("unavailable", self.wording("unavailable.text"))
        reply = self._alarmed(message, turns, sign) if sign else broken
        try:
            index = self._index()
            fingerprint = self._fingerprint(index)
            reply = self._reply(message, sign, turns, index)
        except Exception as failure:  # the one place where "it broke" becomes an outcome
            _report(failure)
        return reply, fingerprint

    def _reply(
        self, message: str, sign: Alarm | None, turns: Sequence[Turn], index: SearchIndex
    ) -> _Reply:
        leading = reminder(message, turns[-1].answer, self.wording) if turns else ()
        if sendback := _cannot_search(message):
            if sign:
                return self._alarmed(message, turns, sign)
            text = self.wording(f"conversation.{sendback}")
            return _Reply(
                "conversation", text, notices=leading, suggestions=starting_questions(index)
            )
        asked = self._courtesy.without(message)
        alone = index.understand(asked)
        if not is_english(message, *index.unknown_words(message)):
            return self._foreign(message, turns, sign, alone, leading)
        if turns and not sign:
            last = turns[-1].answer
            if told := after_the_call(message, last, self.wording, alone.alarm):
                return _Reply(*told)
        if alarm := weighed(sign, alone) or alarm_inside(asked, alone, index):
            return self._alarmed(message, turns, alarm)
        understood = self._follow_ups.understand(asked, alone, turns, index)
        personal = self._follow_ups.names_person(asked)
        feeling = self.wording.has_words("feelings.words", asked)
        decision = decide(asked, understood, index, self._settings, personal, feeling)
        if decision.cannot_wait:
            return self._alarmed(message, turns, heard(understood.understanding))
        proposals = self._write(asked, decision.passages)
        quotes, statements = prove(proposals, self._settings.root)
        sources = index.sources
        perhaps_now = (bool(sign) or alone.perhaps_alarm) and not leading
        first = if_now(sign, alone) if perhaps_now else ""
        if crisis := first == "crisis.if_now":
            decision = beside_a_crisis(decision)
        kind: tuple[Notice, ...] = ()
        if decision.outcome in ACKNOWLEDGED and feels(
            message, alone, index.understand, self.wording
        ):
            before = self.wording(first) if first else ""
            kind, first = (acknowledgement(self.wording, before),), ""
        return _Reply(
            outcome=decision.outcome,
            text=self._text(message, turns, decision, first, bool(leading) or crisis),
            quotes=quotes,
            references=_shown(quotes, sources),
            written_from={number: source.written_from for number, source in sources.items()},
            statements=statements,
            notices=(
                *leading,
                *kind,
                *how_far(
                    asked,
                    decision.passages,
                    quotes,
                    sources,
                    self.wording,
                    self._today(),
                    personal=decision.outcome == "care_team",
                ),
            ),
            suggestions=decision.suggestions,
            understood_as=understood.question,
            confidence=round(decision.confidence, 4) if decision.confidence is not None else None,
        )

    def _foreign(
        self,
        message: str,
        turns: Sequence[Turn],
        sign: Alarm | None,
        alone: Understanding,
        leading: tuple[Notice, ...],
    ) -> _Reply:
        """What a message in another language gets. The head has learnt English only.

        What it takes for an alarm may be of any sort there: then whom to call for each comes first.
        """
        if sign is None and names_emergency_number(message):
            sign = Alarm("urgent", "call", "")
        if sign:
            return self._alarmed(message, turns, sign)
        perhaps_now = (alone.alarm or alone.perhaps_alarm) and not leading
        texts = [self.wording("not_covered.language_now")] if perhaps_now else []
        texts.append(self.wording("not_covered.language"))
        notices = (*leading, fixed_notice("language", self.wording))
        return _Reply("not_covered", "\n\n".join(texts), notices=notices)

    def _text(
        self,
        message: str,
        turns: Sequence[Turn],
        decision: Decision,
        first: str,
        after_alarm: bool,
    ) -> str:
        """The fixed wording, after whom to call if it is happening now.

        `first`: the entry that says so, or "". Kind words for distress stand before it; a crisis
        line stands before them.
        """
        match decision.outcome:
            case "support":
                young, named = self._is_young(message, turns), first == "crisis.if_now"
                said = [turn.answer.reply for turn in turns]
                text = supporting(message, said, young, named, self.wording)
            case "conversation":
                text = chatting(message, after_alarm, self.wording)
            case "care_team":
                text = to_the_care_team(message, self.wording)
            case _:
                text = self.wording(decision.wording) if decision.wording else ""
        texts = [self.wording(first) if first else "", text]
        if decision.outcome == "support" and first == "urgent.if_now":
            texts.reverse()
        return "\n\n".join(filter(None, texts))

    def _alarmed(self, message: str, turns: Sequence[Turn], alarm: Alarm) -> _Reply:
        young = self._is_young(message, turns)
        return _Reply(*whom_to_call(alarm, message, young, self.wording))

    def _is_young(self, message: str, turns: Sequence[Turn]) -> bool:
        return is_young((*(turn.question for turn in turns), message), self.wording)

    def _fingerprint(self, index: SearchIndex) -> str:
        """Of all that can change an answer: every file and setting, and which reviews are late."""
        late = overdue(index.sources, self._today())
        return hashlib.sha256(f"{index.fingerprint} {self._made_from} {late}".encode()).hexdigest()


def _shown(quotes: Sequence[Quote], sources: Mapping[int, Source]) -> tuple[ShownReference, ...]:
    """Every number of the quotes, with the entry of the build they came from."""
    numbers = sorted({number for quote in quotes for number in quote.references})
    return tuple(
        ShownReference(number=number, citation=sources[number].citation, url=sources[number].url)
        for number in numbers
    )


def _made_from(settings: Settings) -> str:
    """What can change an answer beside the index, as it is when the chatbot is made."""
    files = [ROOT / "settings.py", *sorted(HERE.glob("*.py")), *sorted(HERE.glob("*.toml"))]
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    answering = (
        settings.country,
        settings.service_number,
        settings.second_passage,
        settings.word_weight,
    )
    return json.dumps([hashes, answering], sort_keys=True)


def _readable(question: str) -> str:
    """`question` as text that can be stored and sent: broken characters become U+FFFD."""
    return re.sub("[\ud800-\udfff]", "\ufffd", question)


def _cannot_search(message: str) -> str | None:
    """Which wording sends the message back unsearched, if any: too long, or nothing asked."""
    if len(message) > LONGEST:
        return "too_long"
    said = [character for character in message if unicodedata.category(character)[0] in "LNS"]
    letters = sum(unicodedata.category(character)[0] in "LN" for character in said)
    pictures = any(unicodedata.category(character) == "So" for character in said)
    return "ask_something" if letters <= 1 and not pictures else None


def _report(failure: Exception) -> None:
    """Logs where it broke, never what was said: an error's own text may hold it."""
    places = traceback.extract_tb(failure.__traceback__)
    where = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(places[-4:]))
    LOG.error("unavailable: %s at %s", type(failure).__name__, where)
