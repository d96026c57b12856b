"""The numbers that a reply names, as buttons to dial: whom each reaches, and where."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.helplines import PLACES, Helpline
from bot.page_text import PHONE, dial_address
from bot.wording import Wording


@dataclass(frozen=True)
class Call:
    """One number to call or text."""

    href: str
    label: str
    """What to do: "Call 999"."""
    whom: str
    """Who answers, or where the number holds; empty when the label says it all."""
    emergency: bool
    """Whether it is a country's emergency number."""


def calls(text: str, helplines: Sequence[Helpline], wording: Wording) -> tuple[Call, ...]:
    """Each number of `text` once, in its order. `helplines`: those its wording was made from."""
    made: dict[str, Call] = {}
    for found in PHONE.finditer(text):
        href = dial_address(found)
        if href and href not in made:
            rows = [row for row in helplines if _digits(found["number"]) in _numbers(row)]
            several = len({row.country for row in helplines}) > 1
            emergency = any(row.use == "emergency" for row in rows)
            whom = _whom(rows, several, wording)
            made[href] = Call(href, _label(found, wording), whom, emergency)
    return tuple(made.values())


def split_at_calls(text: str) -> tuple[str, str]:
    """What has to be read before the buttons, and the rest. Pure.

    Nothing when the first paragraph names a number; else all up to the one that does, since it
    says when to call.
    """
    paragraphs = text.split("\n\n")
    first = next((at for at, one in enumerate(paragraphs) if _named(one)), 0)
    before = first + 1 if first else 0
    return "\n\n".join(paragraphs[:before]), "\n\n".join(paragraphs[before:])


def _named(paragraph: str) -> bool:
    return any(dial_address(found) for found in PHONE.finditer(paragraph))


def _label(found: re.Match[str], wording: Wording) -> str:
    if found["word"]:
        return wording("page.text_to", text=found["word"], number=found["number"])
    return wording("page.call", number=found["number"])


def _whom(rows: Sequence[Helpline], several: bool, wording: Wording) -> str:
    """`several`: whether the numbers of more than one country stand beside each other."""
    if not rows:
        return wording("helplines.use_team")  # the service's own number
    places = list(dict.fromkeys(PLACES[row.country] for row in rows))
    where = wording("page.call_in", text=" and ".join(places)) if several else ""
    if rows[0].use == "emergency":
        return where
    name = rows[0].name
    return name if not where or any(place in name for place in places) else f"{name} {where}"


def _numbers(row: Helpline) -> set[str]:
    return {_digits(found["number"]) for found in PHONE.finditer(row.number)}


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)
