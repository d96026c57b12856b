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
NEEDED = ("emergency", "crisis", "young", "cancer")
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
        """Name and number in a few words: "Shout (text SHOUT to 85258)"."""
        return f"{self.name} ({self.how if self.number in self.how else self.number})"

    @property
    def how_to(self) -> str:
        """What to do, with the number in it: "call 116 123; or write to ..."."""
        if self.number in self.how:
            return self.how
        if re.match(r"call(?=$|[;,] (?!either))", self.how):
            return f"call {self.number}{self.how.removeprefix('call')}"
        return f"{self.number} ({self.how})"


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
    """What the wording fills in for the country of `settings`; without one, for all of them.

    Raises `HelplineError` as `load_helplines` does.
    """
    rows = load_helplines(path)

    def of(use: str, country: str) -> list[Helpline]:
        return [row for row in rows if (row.country, row.use) == (country, use) and row.number]

    if country := settings.country:
        emergency = of("emergency", country)[0].number
        crisis = " or ".join(row.short for row in of("crisis", country)[:2])
        helpline, young = (of(use, country)[0].short for use in ("cancer", "young"))
    else:
        emergency = ", ".join(
            f"{of('emergency', one)[0].number} in {PLACES[one]}" for one in PLACES
        )
        crisis = ", ".join(f"{of('crisis', one)[0].short} in {PLACES[one]}" for one in PLACES)
        helpline, young = (
            ", ".join(f"{of(use, one)[0].short} in {PLACES[one]}" for one in PLACES)
            for use in ("cancer", "young")
        )
    return {
        "emergency": emergency,
        "crisis": crisis,
        "helpline": helpline,
        "young": young,
        "service_number": settings.service_number,
    }


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
