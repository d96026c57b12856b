"""Leaves out how people begin and end a question, before it is understood."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.patterns import either
from bot.rule_table import RuleTable, read_rules
from bot.screen import plain_words

FEWEST_WORDS = 2
"""What is left has to be at least so many words: "hi doctor" is a greeting, no question."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Courtesy:
    """The greetings, excuses and thanks of `courtesy.toml`."""

    opening: re.Pattern[str]
    closing: re.Pattern[str]

    @classmethod
    def load(cls, path: Path) -> "Courtesy":
        """The words in the file at `path`. Reads that file.

        Raises `ScreenError` when it cannot be read, or a list is missing or holds a bad pattern.
        """
        file = RuleTable(f"{path}", read_rules(path)).checked({"opening", "closing"})
        opening, closing = (either(file.pieces(name, {})).regex for name in ("opening", "closing"))
        return cls(re.compile(f"(?:{opening})+"), re.compile(f"(?<![^ ])(?:{closing})+$"))

    def without(self, message: str) -> str:
        """`message` without its greeting and thanks; all of it when nothing else is left. Pure."""
        places = list(_WORD.finditer(message))
        words = ["".join(f"{word} " for word in plain_words(place[0])) for place in places]
        said = "".join(words)
        begin = self.opening.match(said)
        end = self.closing.search(said, begin.end() if begin else 0)
        first = _at(words, begin.end() if begin else 0)
        last = _at(words, end.start()) if end else len(words)
        if len("".join(words[first:last]).split()) < FEWEST_WORDS:
            return message
        return message[places[first].start() : places[last - 1].end()]


def _at(words: Sequence[str], length: int) -> int:
    """How many of `words` make up the first `length` characters."""
    at = 0
    while length > 0:
        length -= len(words[at])
        at += 1
    return at
