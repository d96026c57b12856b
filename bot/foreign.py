"""Notices a cry for help in another language, by a few words of each (`other_languages.toml`)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bot.rule_table import RuleTable, read_rules
from bot.screen import Alarm

FOREIGN = "foreign"
"""The group of its alarms."""
FOREIGN_NOW = "foreign-now"
"""That of what needs an ambulance."""
LISTS = ("now", "fever", "blood", "illness", "suicide")
NUMBERS = re.compile(r"\b(?:999|112|911)\b")
"""The emergency numbers of the countries whose helplines we have."""
_DROPPED = re.compile("['\u2019\u2018`\u00b4\u200b-\u200d\u00ad\ufeff]")
_ALONE = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d"}
    | {
        "\u0649": "\u064a",
        "\u06cc": "\u064a",
        "\u0629": "\u0647",
        "\u06c1": "\u0647",
        "\u06be": "\u0647",
    }
    | {"\u06a9": "\u0643", "\u0901": "\u0902"}
)
"""Letters that do not come apart into a plain one and an accent; those of Arabic script that other
keyboards write otherwise (yeh, heh, kaf); and the two signs for a nasal vowel in Hindi."""


class _Language(NamedTuple):
    now: re.Pattern[str]
    fever: re.Pattern[str]
    blood: re.Pattern[str]
    illness: re.Pattern[str]
    suicide: re.Pattern[str]


FEW_WORDS = 4
"""In a message of so few words ("mam gorączkę") a fever or blood counts without the illness:
whoever writes here has or had cancer."""


@dataclass(frozen=True)
class ForeignSigns:
    """The words of all languages, ready to be held against a message: `signs(message)`."""

    languages: tuple[_Language, ...]

    @classmethod
    def load(cls, path: Path) -> "ForeignSigns":
        """The words in the file at `path`. Reads that file.

        Raises `ScreenError` when it cannot be read, or a field is missing, empty or unknown.
        """
        file = RuleTable(f"{path}", read_rules(path)).checked({"language"})
        return cls(tuple(_language(path, fields) for fields in file.tables("language")))

    def __call__(self, message: str) -> Alarm | None:
        """What cannot wait in `message`, what needs an ambulance first; None without it. Pure."""
        said = _plain(message)
        few = len(said.split()) <= FEW_WORDS
        for one in self.languages:
            if found := one.now.search(said):
                return Alarm("urgent", FOREIGN_NOW, found[0])
        for one in self.languages:
            found = one.fever.search(said) or one.blood.search(said)
            if found and (few or one.illness.search(said)):
                return Alarm("urgent", FOREIGN, found[0])
        for one in self.languages:
            if found := one.suicide.search(said):
                return Alarm("suicidal", FOREIGN, found[0])
        return None


def names_emergency_number(message: str) -> bool:
    """Whether `message` holds an emergency number: a call for help, if it is not English. Pure."""
    return bool(NUMBERS.search(message))


def _language(path: Path, fields: dict[str, object]) -> _Language:
    table = RuleTable(f"{path}: {fields.get('name', 'a language without a name')}", fields)
    table.checked({"name", *LISTS, "confirmed_by", "confirmed_on"})
    table.text("name")
    return _Language(*(_any_of(table.texts(name)) for name in LISTS))


def _any_of(entries: Sequence[str]) -> re.Pattern[str]:
    """Finds any entry. One in Latin letters has to begin a word: other scripts write words on."""
    plain = [_plain(entry) for entry in entries]
    return re.compile(
        "|".join(rf"\b{re.escape(one)}" if one[0].isascii() else one for one in plain)
    )


def _plain(text: str) -> str:
    """`text` in small letters, without accents and apostrophes, its words one space apart."""
    parts = unicodedata.normalize("NFKD", _DROPPED.sub("", text).casefold().translate(_ALONE))
    letters = (part for part in parts if not unicodedata.combining(part))
    return " ".join("".join(" " if _is_mark(one) else one for one in letters).split())


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PSZC"
