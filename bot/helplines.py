"""Whom to call, by country: emergency numbers, crisis lines, support lines."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import BadFile
from settings import Settings

PLACES = {"GB": "Britain", "IE": "Ireland", "US": "the United States"}
USES = ("emergency", "team", "urgent", "crisis", "young", "cancer", "poison")
NEEDED = ("emergency", "crisis", "young", "cancer", "poison")
"""Uses that every country must have a number for."""


class HelplineError(BadFile):
    """The helplines cannot be used; the message names the row and what to do."""


@dataclass(frozen=True)
class Helpline:
    """One number to call or text."""

    country: str
    use: str
    name: str
    for_whom: str
    number: str
    """As it is dialled or texted; empty where it differs from hospital to hospital."""
    how: str
    hours: str
    web: str
    seen: str
    """The page on which the number was read."""
    read: str
    confirmed_by: str
    """Who rang it or read its live page; empty until somebody has."""
    confirmed_on: str

    @property
    def short(self) -> str:
        """Name and number in a few words: "Shout (text SHOUT to 85258)"; "NHS 111" holds both."""
        if self.name.endswith(f" {self.number}"):
            return self.name
        return f"{self.name} ({self.how if self._in_how else self.number})"

    @property
    def how_to(self) -> str:
        """What to do, with the number in it: "call 116 123; or write to ..."."""
        if self._in_how:
            return self.how
        if re.match(r"call(?=$|[;,] (?!either))", self.how):
            return f"call {self.number}{self.how.removeprefix('call')}"
        return f"{self.number} ({self.how})"

    @property
    def _in_how(self) -> bool:
        """Whether `how` holds the number itself; that of its text phone is another one."""
        number = rf"(?<!18001 )(?<!\d){re.escape(self.number)}(?!\d)"
        return bool(re.search(number, self.how))


def load_helplines(path: Path) -> tuple[Helpline, ...]:
    """Every helpline in `path`.

    Raises `HelplineError` when the file or a field of a row is missing or unknown, and when a
    country lacks a number that replies need.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise HelplineError(f"{path.name}: {error}; put the file back or mend it") from error
    rows = [_row(path, country, row) for country, rows in tables.items() for row in rows]
    for country in PLACES:
        for use in NEEDED:
            if not any(row.number for row in rows if (row.country, row.use) == (country, use)):
                raise HelplineError(f"{path.name}: {country} has no {use} number; add one")
    return tuple(rows)


def country_values(path: Path, settings: Settings) -> dict[str, str]:
    """The numbers that the wording fills in: of each country, and which country is set.

    `crisis_gb` is the first crisis line of Britain, `second_crisis_gb` the next. Raises
    `HelplineError` as `load_helplines` does.
    """
    rows = load_helplines(path)
    values = {"country": settings.country, "service_number": settings.service_number}
    for place in PLACES:
        for use in NEEDED:
            line = "helpline" if use == "cancer" else use
            of = [row for row in rows if (row.country, row.use) == (place, use) and row.number]
            values[f"{line}_{place.lower()}"] = _named(of[0])
            if use == "crisis" and len(of) > 1:
                values[f"second_{line}_{place.lower()}"] = _named(of[1])
    return values


def _named(row: Helpline) -> str:
    """How a reply names it: an emergency number by itself, another one with its name."""
    return row.number if row.use == "emergency" else row.short


def _row(path: Path, country: str, row: dict[str, Any]) -> Helpline:
    name = row.get("name", "a row")
    if country not in PLACES or row.get("use") not in USES:
        raise HelplineError(f"{path.name}: {name} is of {country} {row.get('use')!r}; mend it")
    try:
        return Helpline(country=country, **row)
    except TypeError as error:
        raise HelplineError(
            f"{path.name}: {name}: {error}; give it every field, no other"
        ) from error
