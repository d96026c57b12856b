"""A table of the rule file, read with care: what is missing, empty or unknown is named."""

import re
import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import BadFile
from bot.patterns import Index, Lists, Pattern, PatternError, Piece, read_pattern


class ScreenError(BadFile):
    """The rule file cannot be used; the message names the file, the group and the fault."""


@dataclass(frozen=True)
class RuleTable:
    """A table of the rule file, and the place to name when something in it is wrong."""

    place: str
    fields: Mapping[str, Any]

    def fault(self, what: str) -> ScreenError:
        """The error that says `what` is wrong here."""
        return ScreenError(f"{self.place}: {what}")

    def checked(self, required: Set[str], optional: Set[str] = frozenset()) -> "RuleTable":
        """The table itself; raises `ScreenError` when a field is missing or unknown."""
        for name in sorted(required - self.fields.keys()):
            raise self.fault(f"the field {name!r} is missing")
        for name in sorted(self.fields.keys() - required - optional):
            raise self.fault(f"the field {name!r} is unknown")
        return self

    def text(self, name: str) -> str:
        """The field's text; raises `ScreenError` when it is empty or no text."""
        value = self.fields[name]
        if not isinstance(value, str) or not value.strip():
            raise self.fault(f"the field {name!r} has to be a text that is not empty")
        return value

    def texts(self, name: str) -> list[str]:
        """The field's texts; raises `ScreenError` when it is empty or anything else."""
        value = self.fields[name]
        if not isinstance(value, list) or not value:
            raise self.fault(f"the field {name!r} has to be a list that is not empty")
        if not all(isinstance(text, str) and text.strip() for text in value):
            raise self.fault(f"the field {name!r} holds an empty text, or something else")
        return value

    def table(self, name: str) -> dict[str, Any]:
        """The table in the field; raises `ScreenError` when it is empty or no table."""
        value = self.fields[name]
        if not isinstance(value, dict) or not value:
            raise self.fault(f"the field {name!r} has to be a table that is not empty")
        return value

    def tables(self, name: str) -> list[dict[str, Any]]:
        """The tables in the field; raises `ScreenError` when it holds none."""
        value = self.fields[name]
        if not isinstance(value, list) or not value or any(type(row) is not dict for row in value):
            raise self.fault(f"the field {name!r} has to hold [[{name}]] tables")
        return value

    def patterns(self, name: str, lists: Lists) -> list[re.Pattern[str]]:
        """The field's patterns; raises `ScreenError` for one outside the language."""
        return [re.compile(piece.regex) for piece in self.pieces(name, lists)]

    def pieces(self, name: str, lists: Lists) -> list[Piece]:
        """The field's patterns, read; raises `ScreenError` for one outside the language."""
        try:
            return [read_pattern(text, lists) for text in self.texts(name)]
        except PatternError as error:
            raise self.fault(f"the field {name!r}: {error}") from error

    def index(self, name: str, lists: Lists) -> Index:
        """The field's patterns, indexed; raises `ScreenError` for one outside the language."""
        index: dict[str, tuple[Pattern, ...]] = {}
        for piece in self.pieces(name, lists):
            pattern = Pattern(piece.regex)
            for letters in piece.begins:
                index[letters] = (*index.get(letters, ()), pattern)
        return index


def read_rules(path: Path) -> dict[str, Any]:
    """The tables of the rule file. Raises `ScreenError` when it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ScreenError(f"{path}: cannot be read: {error}") from error
