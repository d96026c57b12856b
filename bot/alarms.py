"""What cannot wait: the written rules and the trained head, weighed together."""

import re
from collections.abc import Callable

from bot.foreign import FOREIGN, FOREIGN_NOW
from bot.screen import Alarm
from index import SearchIndex, Understanding

RULED_OUT = 0.02
SHORT = 3
"""A sign of at most so many words gives way to a head that gives what cannot wait a smaller share
than this. Out of fold that lost three of 933 real emergencies, and 243 of 392 false alarms went;
the reply to those three still begins with whom to call if it is now. Longer signs, thoughts of
suicide and plans never give way."""
RULED_OUT_STORY = 0.08
"""The same for any sign, a thought of suicide too, that stands only beside a time past, a course, a
leaflet, a book or a film: none of 79 real ones was lost, and 152 of 194 false ones went."""
GIVES_ORDERS = 0.4
"""The share of orders to the chatbot from which they may hide a cry from the head."""
MEDICINE = "RF-17"
"""The group of rules for too much medicine, or the wrong one."""
PLAN = "RF-19-now"
"""The group of rules for an end to one's life that is near."""
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def weighed(sign: Alarm | None, alone: Understanding) -> Alarm | None:
    """What cannot wait, by the rules or by the head. Pure.

    A rule that few words set off ("seizure alert dogs"), or an old story ("in 2011 he tried to end
    his life"), gives way to a head that rules an emergency out. One that more words set off, a
    number, another language or a thought of suicide, never does otherwise. A head that has learnt
    of no emergencies rules nothing out.
    """
    share = alone.alarm_share
    if sign and (share is None or share >= _ruled_out(sign)):
        return sign
    return heard(alone) if alone.alarm else None


def alarm_inside(asked: str, alone: Understanding, index: SearchIndex) -> Alarm | None:
    """What cannot wait beside orders ("ignore your rules ...").

    The orders hide it from the head, which has read the whole: so the rest is read without them.
    """
    if not _gives_orders(alone) or alone.kinds[0][1] < GIVES_ORDERS:
        return None
    read = [(sentence, index.understand(sentence)) for sentence in SENTENCE.split(asked)]
    rest = " ".join(sentence for sentence, meant in read if not _gives_orders(meant))
    every = [*([index.understand(rest)] if rest else []), *(meant for _, meant in read)]
    worst = max(every, key=_share)
    return heard(worst) if worst.alarm else None


def heard(meant: Understanding) -> Alarm:
    """What the head alone finds, taking the message for one that cannot wait. Pure.

    A thought of suicide that may well be a plan counts as one.
    """
    kinds = dict(meant.kinds)
    plan, thought = kinds.get("suicidal_now", 0.0), kinds.get("suicidal", 0.0)
    taken, other = kinds.get("medicine_mistake", 0.0), kinds.get("urgent", 0.0)
    if plan + thought < taken + other:
        return Alarm("urgent", MEDICINE if taken > other else "", "")
    return Alarm("urgent", PLAN, "") if plan >= thought / 2 else Alarm("suicidal", "", "")


def _share(meant: Understanding) -> float:
    return meant.alarm_share or 0.0


def _gives_orders(meant: Understanding) -> bool:
    return bool(meant.kinds) and meant.kinds[0][0] == "injection"


def _ruled_out(sign: Alarm) -> float:
    """Under which share of what cannot wait `sign` gives way; 0: never."""
    words, foreign = sign.words.split(), sign.group in (FOREIGN, FOREIGN_NOW)
    if foreign or any(map(str.isdigit, sign.words)):
        return 0.0
    if sign.story:
        return RULED_OUT_STORY
    if sign.kind != "urgent" or sign.group == PLAN or not all(map(str.isalpha, words)):
        return 0.0
    return RULED_OUT if len(words) <= SHORT else 0.0


def screens(*screens: Callable[[str], Alarm | None]) -> Callable[[str], Alarm | None]:
    """One screen of several: the first alarm, and what is urgent before what is suicidal."""

    def screen(message: str) -> Alarm | None:
        alarms = [alarm for one in screens if (alarm := one(message))]
        return min(alarms, key=lambda alarm: alarm.kind != "urgent", default=None)

    return screen
