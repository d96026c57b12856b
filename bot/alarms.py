"""What cannot wait: the written rules and the trained head, weighed together."""

import re
from collections.abc import Callable

from bot.foreign import FOREIGN, FOREIGN_NOW
from bot.screen import Alarm
from index import SearchIndex, Understanding

RULED_OUT = {1: 0.05, 2: 0.008, 3: 0.008}
"""A sign of so few words gives way to a head that gives what cannot wait a smaller share than this.
Out of fold that lost none of 688 real emergencies but one that was over ("used his EpiPen, he's
better now"), and 106 of 203 false alarms went."""
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def weighed(sign: Alarm | None, alone: Understanding) -> Alarm | None:
    """What cannot wait, by the rules or by the head. Pure.

    A rule that few words set off ("seizure alert dogs") gives way to a head that rules an emergency
    out; one that more words set off, or a number, or a thought of suicide, never does.
    """
    if sign and alone.alarm_share >= _ruled_out(sign):
        return sign
    if alone.alarm:
        return Alarm("suicidal" if alone.alarm == "suicidal" else "urgent", "", "")
    return None


def alarm_inside(asked: str, alone: Understanding, index: SearchIndex) -> Alarm | None:
    """What cannot wait beside orders ("ignore your rules ...").

    The orders hide it from the head, which has read the whole: so the rest is read without them.
    """
    if not _gives_orders(alone):
        return None
    read = [(sentence, index.understand(sentence)) for sentence in SENTENCE.split(asked)]
    rest = " ".join(sentence for sentence, meant in read if not _gives_orders(meant))
    every = [*([index.understand(rest)] if rest else []), *(meant for _, meant in read)]
    # Orders are rare, and may still hide a part of it: here a suspicion is enough.
    kinds = [meant.alarm or ("urgent" if meant.perhaps_alarm else "") for meant in every]
    kind = next(filter(None, kinds), "")
    return Alarm("suicidal" if kind == "suicidal" else "urgent", "", "") if kind else None


def _gives_orders(meant: Understanding) -> bool:
    return bool(meant.kinds) and meant.kinds[0][0] == "injection"


def _ruled_out(sign: Alarm) -> float:
    """Under which share of what cannot wait `sign` gives way; 0: never."""
    words, foreign = sign.words.split(), sign.group in (FOREIGN, FOREIGN_NOW)
    if sign.kind != "urgent" or foreign or not all(map(str.isalpha, words)):
        return 0.0
    return RULED_OUT.get(len(words), 0.0)


def screens(*screens: Callable[[str], Alarm | None]) -> Callable[[str], Alarm | None]:
    """One screen of several: the first alarm, and what is urgent before what is suicidal."""

    def screen(message: str) -> Alarm | None:
        alarms = [alarm for one in screens if (alarm := one(message))]
        return min(alarms, key=lambda alarm: alarm.kind != "urgent", default=None)

    return screen
