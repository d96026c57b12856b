"""From what a question means to what is done about it: the outcome, and the passages to quote."""

import re
from dataclasses import dataclass, replace

from bot.answer import Outcome
from bot.care_team import said_in_general
from bot.followups import Understood
from bot.proof import MOST_WORDS_TOGETHER
from index import ALARMS, Hit, Record, SearchIndex, Understanding
from settings import Settings

OUTCOMES: dict[str, tuple[Outcome, str]] = {
    "distress": ("support", "support.text"),
    "injection": ("not_covered", "not_covered.injection"),
    "medicine_mistake": ("urgent", "urgent_poison.text"),
    "meta": ("not_covered", "not_covered.meta"),
    "near_miss": ("not_covered", "not_covered.near_miss"),
    "off_topic": ("not_covered", "not_covered.off_topic"),
    "out_of_scope_medical": ("not_covered", "not_covered.out_of_scope_medical"),
    "personal_medical": ("care_team", "care_team.text"),
    "smalltalk": ("conversation", "conversation.smalltalk"),
    "suicidal": ("support", "crisis.text"),
    "suicidal_now": ("urgent", "crisis_now.text"),
    "urgent": ("urgent", "urgent.unclear"),
}
"""What a kind of message gets, and the wording it gets it in."""

MAY_BE_ANSWERED = ("meta", "near_miss", "out_of_scope_medical")
"""Kinds for which an unsure head asks "did you mean" instead of only declining."""
PERHAPS_PERSONAL = 0.2
"""On messages nothing was fitted to, this took half of the personal matters out of those answered,
and one in two hundred questions to answer (docs/safety/README.md)."""
PERHAPS_DISTRESS = 0.15
"""Small talk with a word of feeling that is so likely to be distress is met as that. Without such a
word it would be wrong in seven of ten (docs/safety/README.md)."""
MOVED = ("distress", *ALARMS)
LEAST_MOVED = 0.35
"""A kind of these that is less likely is only the first of many (of distress, where a passage may
well answer): "I'm dying to know ..." asks something. Whom to call if it is now stands before it
even so."""
ENOUGH = 0.5
"""A passage that only search found, or that can frighten, is quoted when it is at least this likely
to answer."""
MOST_SUGGESTIONS = 3
LIKELY = 0.02
"""A passage with at least this share counts as likely when questions are suggested."""
NAMED_REFERENCE = re.compile(
    r"\b(?:reference|ref|source|number|no|citation|footnote|entry)\W{0,3}(\d{1,2})\b"
    r"|[(\[](\d{1,2})[)\]]",
    re.IGNORECASE,
)


CANNOT_WAIT = tuple(OUTCOMES[kind][1] for kind in ALARMS)
"""The wording of what cannot wait."""


@dataclass(frozen=True)
class Decision:
    """What is done about a question."""

    outcome: Outcome
    wording: str
    """The entry of the fixed wording; empty when passages answer."""
    passages: tuple[Record, ...]
    """To quote, best first."""
    suggestions: tuple[str, ...]
    confidence: float | None

    @property
    def cannot_wait(self) -> bool:
        """Whether the likeliest kind of all is one that cannot wait, if not likely enough alone."""
        return self.wording in CANNOT_WAIT


def decide(
    message: str,
    understood: Understood,
    index: SearchIndex,
    settings: Settings,
    names_person: bool = False,
    names_feeling: bool = False,
) -> Decision:
    """What is done about a message that was searched for. Pure but for looking up a passage.

    `names_person`: whether it names the patient or somebody close. Then a fair chance that it asks
    what holds for that person is enough for the care team: a wrong reassurance is worse than none.
    `names_feeling`: whether it holds a word such as "frightened". Then less tells of distress.
    """
    understanding, question = understood.understanding, understood.question or message
    if understood.quoted:
        return Decision("answered", "", understood.quoted, (), understanding.confidence)
    if _names_no_reference(question, understanding):
        wording = "not_covered.no_such_reference"
        return Decision("not_covered", wording, (), (), understanding.confidence)
    passages, confidence = _answering(question, understanding, index, settings)
    passages = _completed(passages, understanding, index)
    suggestions = _suggestions(understanding, passages)
    kinds = dict(understanding.kinds)
    own = names_person and kinds.get("personal_medical", 0.0) >= PERHAPS_PERSONAL
    if passages and not own:
        return Decision("answered", "", passages, suggestions, confidence)
    kind = "personal_medical" if passages else _likeliest_kind(understanding, names_feeling)
    outcome, wording = OUTCOMES[kind]
    if understanding.unsure and kind in MAY_BE_ANSWERED:
        wording = "not_covered.did_you_mean"
    if outcome == "care_team":
        passages = said_in_general(understanding)
        suggestions = _suggestions(understanding, passages, personal=True)
    elif outcome in ("urgent", "support"):
        suggestions = ()
    elif outcome == "conversation":
        suggestions = starting_questions(index)
    return Decision(outcome, wording, passages, suggestions, confidence)


def beside_a_crisis(decision: Decision) -> Decision:
    """The same without questions to choose from: beside a crisis line they would read coldly."""
    if decision.outcome not in ("not_covered", "conversation"):
        return decision
    unsure = decision.wording == "not_covered.did_you_mean"
    wording = "not_covered.near_miss" if unsure else decision.wording
    return replace(decision, wording=wording, suggestions=())


def _likeliest_kind(understanding: Understanding, names_feeling: bool) -> str:
    """The kind of a message that no passage answers."""
    distress = dict(understanding.kinds).get("distress", 0.0)
    kind, share = understanding.kinds[0] if understanding.kinds else ("near_miss", 1.0)
    if names_feeling and (
        kind == "distress" or (kind == "smalltalk" and distress >= PERHAPS_DISTRESS)
    ):
        return "distress"
    if kind in MOVED and share < LEAST_MOVED and (understanding.unsure or kind != "distress"):
        return "near_miss"
    return kind


def starting_questions(index: SearchIndex) -> tuple[str, ...]:
    """Up to three questions to begin with: those whose cards say so, in the order of the text."""
    starting = [record.question for record in index.carded if record.starting]
    return tuple(starting[:MOST_SUGGESTIONS])


def _answering(
    question: str, understanding: Understanding, index: SearchIndex, settings: Settings
) -> tuple[tuple[Record, ...], float]:
    """The passages that answer, best first (or none), and how likely the best one does."""
    found = _found(understanding)
    if found and not (understanding.answered and understanding.confidence >= found.confidence):
        instead = found.record.gives_way
        return (index.passage(instead) if instead else found.record,), found.confidence
    if not understanding.answered:
        return (), understanding.confidence
    (best, share), *others = _ranked(question, understanding)
    if best.only_when_asked and understanding.confidence < ENOUGH:
        return (), understanding.confidence
    second = [
        record
        for record, other in others[:1]
        if other >= settings.second_passage * share and record.kind == best.kind == "body"
        if not record.only_when_asked
    ]
    return (best, *second), understanding.confidence


def _completed(
    passages: tuple[Record, ...], understanding: Understanding, index: SearchIndex
) -> tuple[Record, ...]:
    """`passages` as they are shown: where article and note both answer, the article comes first.

    A note stands beside a sentence that no printed number supports, and the nearest sentence of the
    source's own text beside our note on it, when it is likely to answer too.
    """
    if not passages:
        return ()
    best, *others = passages
    beside: list[Record] = []
    if best.restates:
        beside = [index.passage(best.restates)]
    elif best.adds:
        beside = [index.passage(best.adds)]
    elif best.layer == "note":
        own = [hit.record for hit in understanding.hits if hit.confidence >= ENOUGH]
        beside = [one for one in own if one.layer == "source" and one.document == best.document][:1]
    every = _once(best, *beside, *others)
    # Too much for one answer: then what does not fit must not be the best.
    if not best.restates and sum(map(_words, every)) > MOST_WORDS_TOGETHER:
        return every
    return tuple(sorted(every, key=lambda passage: passage.layer != "article"))


def _words(passage: Record) -> int:
    return sum(passage.sentence_words)


def _once(*passages: Record) -> tuple[Record, ...]:
    return tuple({passage.id: passage for passage in passages}.values())


def _found(understanding: Understanding) -> Hit | None:
    """The nearest passage, if search alone found it: what a card covers, the head has judged."""
    nearest = understanding.hits[0] if understanding.hits else None
    likely = nearest is not None and nearest.confidence >= ENOUGH
    return nearest if nearest and likely and not nearest.record.carded else None


def _ranked(question: str, understanding: Understanding) -> list[tuple[Record, float]]:
    """The passages, best first; an entry of the list whose number the question names leads."""
    passages = list(understanding.passages)
    about_the_list = understanding.answered and _listed(understanding) >= 0.5
    named = _named(question) if about_the_list else set()
    for one in passages:
        if named and one[0].kind == "reference" and set(one[0].references) == named:
            return [one, *(other for other in passages if other != one)]
    return passages


def _names_no_reference(question: str, understanding: Understanding) -> bool:
    """Whether the question asks for an entry of the list that is not there.

    It does when the entries together are likelier than any other passage: no passage is near a
    number that the head has never met.
    """
    numbers = {number for record, _ in understanding.passages for number in record.references}
    others = [share for record, share in understanding.passages if record.kind != "reference"]
    about_the_list = understanding.answered and _listed(understanding) > max(others, default=0)
    return about_the_list and not _named(question) <= numbers


def _listed(understanding: Understanding) -> float:
    """The share of the entries of the list of references together."""
    return sum(share for record, share in understanding.passages if record.kind == "reference")


def _named(question: str) -> set[int]:
    """The reference numbers that the question names."""
    return {int(one or other) for one, other in NAMED_REFERENCE.findall(question)}


def _suggestions(
    understanding: Understanding, quoted: tuple[Record, ...], personal: bool = False
) -> tuple[str, ...]:
    """The questions of other cards whose sentences are not quoted: the likely, then the near.

    Beside a `personal` matter only those whose answers may stand there: "How often does it come
    back?" would frighten whoever asked whether theirs will.
    """
    likely = [record for record, share in understanding.passages if share >= LIKELY]
    near = [hit.record for hit in understanding.hits if hit.record.carded]
    suggestions = [
        record.question
        for record in (*likely, *near)
        if record.kind == "body" and not record.only_when_asked
        if record.in_general or not personal
        if not any(_overlap(record, other) for other in quoted)
    ]
    return tuple(dict.fromkeys(suggestions))[:MOST_SUGGESTIONS]


def _overlap(one: Record, other: Record) -> bool:
    return one.path == other.path and one.start < other.end and other.start < one.end
