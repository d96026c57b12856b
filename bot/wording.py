"""The fixed wording: every sentence a patient can read that is not from the corpus."""

import re
import tomllib
from collections.abc import Mapping, Sequence, Set
from pathlib import Path

from bot.errors import BadFile
from bot.wording_entries import COUNTRIES, KNOWN, LINES, MUST_HOLD, REQUIRED
from corpus import normalised


class WordingError(BadFile):
    """The wording file cannot be used; the message names the file, the entry and what to do."""


class Wording:
    """The entries of `wording.toml` by dotted name, filled in for one country.

    `wording("urgent.text")` is the text; values that differ from answer to answer are given with
    the call: `wording("reply.reference", number=3)`.
    """

    def __init__(self, path: Path, values: Mapping[str, str]) -> None:
        """Reads `path` and fills in `values`.

        Raises `WordingError` for an entry that is empty or missing, for a {name} that nothing fills
        in, and where one that has to stand in an entry does not.
        """
        self._path = path
        self._texts: dict[str, str] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        for name, value in wording_entries(path).items():
            if isinstance(value, list):
                self._words[name] = tuple(normalised(str(words)) for words in value)
                whole = bool(value) and all(self._words[name])
            else:
                self._texts[name] = str(value).strip()
                whole = bool(self._texts[name])
            if not whole:
                raise WordingError(f"{path.name}: {name} is empty; write it")
        if missing := [name for name in REQUIRED if name not in {**self._texts, **self._words}]:
            raise WordingError(f"{path.name}: {', '.join(missing)} missing; write it")
        for name, text in self._texts.items():
            _check_names(f"{path.name}: {name}", set(_NAME.findall(text)), MUST_HOLD.get(name, ()))
        filling = _with_lines(values, self._texts)
        self._texts = {name: _filled(text, filling) for name, text in self._texts.items()}

    def __call__(self, name: str, **values: object) -> str:
        """The text called `name`. Raises `KeyError` when there is none."""
        return _filled(self._texts[name], {key: str(value) for key, value in values.items()})

    def filled_with(self, values: Mapping[str, str]) -> "Wording":
        """The same wording with other values. Reads the file again."""
        return Wording(self._path, values)

    def has_words(self, name: str, message: str) -> bool:
        """Whether `message` holds one of the words or phrases that the list `name` gives."""
        return self.words_in(name, message) > 0

    def words_in(self, name: str, message: str) -> int:
        """How many of the words and phrases that the list `name` gives stand in `message`."""
        said = f" {normalised(message)} "
        return sum(f" {words} " in said for words in self._words[name])

    def is_listed(self, name: str, entry: str) -> bool:
        """Whether `entry` is one of the list `name`."""
        return normalised(entry) in self._words[name]


def wording_entries(path: Path) -> dict[str, object]:
    """Each entry of the file by its dotted name, a text or a list of words.

    Raises `WordingError` when the file cannot be read.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WordingError(f"{path.name}: {error}; put the file back or mend it") from error
    return dict(_entries("", tables))


def _entries(prefix: str, table: Mapping[str, object]) -> list[tuple[str, object]]:
    entries: list[tuple[str, object]] = []
    for key, value in table.items():
        name = f"{prefix}{key}"
        entries += _entries(f"{name}.", value) if isinstance(value, dict) else [(name, value)]
    return entries


def _filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with each {name} that `values` knows replaced; others stay for a later call."""
    return _NAME.sub(lambda match: values.get(match[1], match[0]), text)


def _check_names(place: str, names: Set[str], needed: Sequence[str]) -> None:
    if unknown := sorted(names - KNOWN):
        known = ", ".join(sorted(KNOWN))
        raise WordingError(f"{place}: nothing fills in {{{unknown[0]}}}; use one of {known}")
    if missing := [name for name in needed if name not in names]:
        raise WordingError(f"{place}: has to hold {{{missing[0]}}}; put it in")


def _with_lines(values: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, str]:
    """`values`, and what is put together from them: whom to call in one country, or in all."""
    made = dict(values)
    for line in LINES:
        for country in COUNTRIES:
            first, second = values[f"{line}_{country}"], values.get(f"second_{line}_{country}", "")
            either = _filled(texts["everywhere.either"], {"one": first, "other": second})
            made[f"{line}_of_{country}"] = either if second else first
        country = values["country"].lower()
        everywhere = _filled(texts[f"everywhere.{line}"], values)
        made[line] = made[f"{line}_of_{country}"] if country else everywhere
    known = "known" if values["service_number"] else "unknown"
    made["service"] = _filled(texts[f"urgent.service_{known}"], values)
    return made


_NAME = re.compile(r"\{(\w+)\}")
