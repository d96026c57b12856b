"""The first screen: notices a message that cannot wait, before anything is searched.

The rules stand in `red_flags.toml`, which a nurse can read and change; how they are written
is told at its top. They are read, checked and compiled once. A sign sets off an alarm unless
a saying, an old story or a question about a word (`not_signs`) covers it: one real sign beside
those is enough.
"""

import re
import tomllib
import unicodedata
from collections import deque
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

Kind = Literal["urgent", "suicidal"]


class ScreenError(ValueError):
    """The rule file cannot be used; the message names the file, the group and the fault."""


@dataclass(frozen=True)
class Alarm:
    """What a message was stopped for."""

    kind: Kind
    """`urgent`: someone has to be called now. `suicidal`: thoughts of it, nothing at hand."""
    group: str
    """The rule group's id, such as `RF-01`, or `call` for a bare call for help."""
    words: str
    """The patient's words that set it off: lower case, no punctuation, spelling mended."""


@dataclass(frozen=True)
class Screen:
    """All rules, ready to be held against a message: `screen(message)`."""

    groups: tuple["_Group", ...]
    """Most pressing first; those of kind `suicidal` after all others."""
    whole_message: tuple[re.Pattern[str], ...]
    """Calls for help that count only when they are the whole message."""
    not_signs: "_Index"
    """Old stories and questions about a word, covered in every group."""
    present: frozenset[str]
    """An old story with one of these words is none: it is going on now."""
    spelling: "_Spelling"

    @classmethod
    def load(cls, path: Path) -> "Screen":
        """The screen that the rule file at `path` describes. Reads that file.

        Raises `ScreenError` when the file cannot be read, or when a field of it is missing,
        empty, unknown or holds a pattern outside the pattern language.
        """
        file = _Table(f"{path}", _toml(path)).checked(_TOP)
        lists = _lists(_Table(f"{path}: words", file.table("words")))
        groups = _groups(path, file.tables("group"), lists)
        return cls(
            groups=tuple(sorted(groups, key=lambda group: group.kind == "suicidal")),
            whole_message=tuple(file.patterns("whole_message", lists)),
            not_signs=file.index("not_signs", lists),
            present=frozenset(file.texts("present")),
            spelling=_spelling(_Table(f"{path}: spelling", file.table("spelling"))),
        )

    def __call__(self, message: str) -> Alarm | None:
        """The most pressing alarm of `message`, or None when it can wait. Pure."""
        return next(self._alarms(message), None)

    def all_alarms(self, message: str) -> tuple[Alarm, ...]:
        """One alarm for each group that `message` sets off, most pressing first. Pure."""
        return tuple(self._alarms(message))

    def _alarms(self, message: str) -> Iterator[Alarm]:
        text = _Text.of(self.spelling.mend(plain_words(message)))
        if any(pattern.fullmatch(text.words) for pattern in self.whole_message):
            yield Alarm("urgent", "call", text.words.strip())
        open_text = text.without(self.not_signs, self.present)
        for group in self.groups:
            words = group.sign_in(open_text.without(group.not_signs), text)
            if words:
                yield Alarm(group.kind, group.id, words)


# --- the message ------------------------------------------------------------------------

_DROPPED = dict.fromkeys(
    map(ord, "'\u2019\u2018\u201b\u02bc`\u00b4\u2032\uff07\u200b\u200c\u200d\ufeff\u00ad")
)
"""Apostrophes and what cannot be seen: they leave no gap."""
_DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
_NOT_A_WORD = re.compile(r"[^a-z0-9.]+|\.(?![0-9])|(?<![0-9])\.")


def plain_words(message: str) -> list[str]:
    """The message's words in small letters without accents, apostrophes and punctuation.

    `38,6` becomes `38.6`. Empty for a message without a Latin letter or a digit. Pure.
    """
    letters = unicodedata.normalize("NFKD", message.translate(_DROPPED)).lower()
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NOT_A_WORD.sub(" ", _DECIMAL_COMMA.sub(".", bare)).split()


class _Spelling(NamedTuple):
    """Mends misspelt words, so that the rules need to hold the right spelling only."""

    known: Mapping[str, str]
    """From a slip of one word or two to what is meant."""
    near: Mapping[str, str]
    """From a long word, and from that word with one letter left out, to that word."""

    def mend(self, words: list[str]) -> str:
        """The words, each followed by a space; known slips and slips of one letter mended."""
        mended: list[str] = []
        for word in words:
            right = self.known.get(word) or self._nearest(word)
            pair = self.known.get(f"{mended[-1]} {word}") if mended else None
            mended[-1:] = [pair] if pair else [*mended[-1:], right]
        return "".join(f"{word} " for word in mended)

    def _nearest(self, word: str) -> str:
        if word in self.near or not 6 <= len(word) <= 20:
            return self.near.get(word, word)
        meant = (self.near.get(shorter, "") for shorter in _one_letter_less(word))
        return next((right for right in meant if right[:1] == word[0]), word)


def _one_letter_less(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


class _Text(NamedTuple):
    """A message's words, each followed by a space."""

    words: str
    begins: tuple[tuple[int, str], ...]
    """Where each word begins, and its first two letters."""

    @classmethod
    def of(cls, words: str) -> "_Text":
        starts = (match.start() for match in re.finditer(r"[^ ]+", words))
        return cls(words, tuple((start, words[start : start + 2]) for start in starts))

    def matches(self, index: "_Index") -> Iterator[re.Match[str]]:
        """Every place where a pattern of `index` matches, in the order of the text."""
        for start, letters in self.begins:
            for pattern in index.get(letters, ()):
                if match := pattern.compiled.match(self.words, start):
                    yield match

    def without(self, not_signs: "_Index", unless: Set[str] = frozenset()) -> "_Text":
        """The text with the words that `not_signs` cover made unreadable.

        Words that hold one of `unless` stay as they are.
        """
        words = self.words
        for match in self.matches(not_signs):
            if unless.isdisjoint(match[0].split()):
                hidden = re.sub(r"[^ ]", "_", match[0])
                words = words[: match.start()] + hidden + words[match.end() :]
        return self._replace(words=words)


# --- the rules --------------------------------------------------------------------------


class _Pattern:
    """A regular expression, compiled when a message first comes near it.

    Compiling all of them would take a tenth of the time in which a question is answered.
    """

    def __init__(self, regex: str) -> None:
        self._regex = regex

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self._regex)


_Index = Mapping[str, tuple[_Pattern, ...]]
"""Patterns by the first two letters that they can begin with."""


class _Group(NamedTuple):
    id: str
    kind: Kind
    signs: _Index
    together: tuple[tuple[_Index, _Index], ...]
    not_signs: _Index

    def sign_in(self, open_text: _Text, text: _Text) -> str:
        """The words of the first sign in `open_text`, or "" when there is none.

        The word that has to stand beside a sign may be anywhere in `text`, covered or not.
        """
        pairs = (signs for signs, beside in self.together if any(text.matches(beside)))
        for signs in (self.signs, *pairs):
            if match := next(open_text.matches(signs), None):
                return match[0].strip()
        return ""


# --- the pattern language ---------------------------------------------------------------


class _PatternError(ValueError):
    """Says what is wrong with a pattern."""


class _Piece(NamedTuple):
    """A part of a pattern as a regular expression in which every word ends with a space."""

    regex: str
    begins: frozenset[str]
    optional: bool


_Lists = Mapping[str, _Piece]
_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]*)?\*?")
_TOKEN = re.compile(rf"\.\.\.|<[a-z ]+>|{_WORD.pattern}|\S")
_GAP = _Piece("(?:[^ ]+ ){0,4}?", frozenset(), True)


def _read_pattern(pattern: str, lists: _Lists) -> _Piece:
    """The pattern as a regular expression; raises `_PatternError` when it is none."""
    tokens = deque(_TOKEN.findall(pattern))
    first = tokens[0]
    piece = _choice(tokens, lists)
    if tokens:
        raise _PatternError(f"{pattern!r} closes a bracket that was not opened")
    if first == "..." or piece.optional:
        raise _PatternError(f"{pattern!r} needs a first word that cannot be left out")
    return piece


def _choice(tokens: deque[str], lists: _Lists) -> _Piece:
    options = [_row(tokens, lists)]
    while tokens and tokens[0] == "|":
        tokens.popleft()
        options.append(_row(tokens, lists))
    return _either(options)


def _either(options: list[_Piece]) -> _Piece:
    return _Piece(
        f"(?:{'|'.join(option.regex for option in options)})",
        frozenset().union(*(option.begins for option in options)),
        any(option.optional for option in options),
    )


def _row(tokens: deque[str], lists: _Lists) -> _Piece:
    row = _Piece("", frozenset(), True)
    while tokens and tokens[0] not in "|)":
        item = _item(tokens, lists)
        begins = row.begins | item.begins if row.optional else row.begins
        row = _Piece(row.regex + item.regex, begins, row.optional and item.optional)
    if not row.regex:
        raise _PatternError("a pattern, or one side of a |, is empty")
    return row


def _item(tokens: deque[str], lists: _Lists) -> _Piece:
    token = tokens.popleft()
    item = _bracket(tokens, lists) if token == "(" else _word(token, lists)
    if tokens and tokens[0] == "?":
        tokens.popleft()
        return _Piece(f"(?:{item.regex})?", item.begins, True)
    return item


def _bracket(tokens: deque[str], lists: _Lists) -> _Piece:
    inside = _choice(tokens, lists)
    if not tokens:
        raise _PatternError("a bracket is not closed")
    tokens.popleft()
    return inside


def _word(token: str, lists: _Lists) -> _Piece:
    if token == "...":
        return _GAP
    if token[0] == "<" and token[1:-1] in lists:
        return lists[token[1:-1]]
    if token[0] == "<":
        raise _PatternError(f"there is no list {token} above this place")
    if not _WORD.fullmatch(token):
        raise _PatternError(f"{token!r} is not part of the pattern language")
    stem = token.removesuffix("*")
    if stem != token and len(stem) < 2:
        raise _PatternError(f"{token!r} needs two letters before its star")
    ending = "" if stem == token else "[^ ]*"
    return _Piece(f"{re.escape(stem)}{ending} ", frozenset({f"{stem} "[:2]}), False)


# --- the file ---------------------------------------------------------------------------

_TOP = {"present", "whole_message", "not_signs", "spelling", "words", "group"}


@dataclass(frozen=True)
class _Table:
    """A table of the rule file, and the place to name when something in it is wrong."""

    place: str
    fields: Mapping[str, Any]

    def fault(self, what: str) -> ScreenError:
        return ScreenError(f"{self.place}: {what}")

    def checked(self, required: Set[str], optional: Set[str] = frozenset()) -> "_Table":
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

    def patterns(self, name: str, lists: _Lists) -> list[re.Pattern[str]]:
        """The field's patterns; raises `ScreenError` for one outside the language."""
        return [re.compile(piece.regex) for piece in self.pieces(name, lists)]

    def pieces(self, name: str, lists: _Lists) -> list[_Piece]:
        try:
            return [_read_pattern(text, lists) for text in self.texts(name)]
        except _PatternError as error:
            raise self.fault(f"the field {name!r}: {error}") from error

    def index(self, name: str, lists: _Lists) -> _Index:
        """The field's patterns, indexed; raises `ScreenError` for one outside the language."""
        index: dict[str, tuple[_Pattern, ...]] = {}
        for piece in self.pieces(name, lists):
            pattern = _Pattern(piece.regex)
            for letters in piece.begins:
                index[letters] = (*index.get(letters, ()), pattern)
        return index


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ScreenError(f"{path}: cannot be read: {error}") from error


def _lists(table: _Table) -> _Lists:
    lists: dict[str, _Piece] = {}
    for name in table.fields:
        lists[name] = _either(table.pieces(name, lists))
    return lists


def _spelling(table: _Table) -> _Spelling:
    table.checked({"near", "leave", "known"})
    known = _Table(f"{table.place}.known", table.table("known"))
    slips = {slip: right for right in known.fields for slip in known.texts(right)}
    near = {word: word for word in (*table.texts("near"), *table.texts("leave"))}
    for word in table.texts("near"):
        for shorter in _one_letter_less(word):
            near.setdefault(shorter, word)
    return _Spelling(slips, near)


def _groups(path: Path, tables: list[dict[str, Any]], lists: _Lists) -> list[_Group]:
    groups: list[_Group] = []
    for fields in tables:
        group = _group(_Table(f"{path}: group {fields.get('id', 'without an id')}", fields), lists)
        if group.id in {other.id for other in groups}:
            raise ScreenError(f"{path}: group {group.id}: the id stands there twice")
        groups.append(group)
    return groups


def _group(table: _Table, lists: _Lists) -> _Group:
    table.checked({"id", "name", "kind", "signs"}, {"together", "not_signs"})
    table.text("name")
    return _Group(
        id=table.text("id"),
        kind=_kind(table),
        signs=table.index("signs", lists),
        together=_together(table, lists) if "together" in table.fields else (),
        not_signs=table.index("not_signs", lists) if "not_signs" in table.fields else {},
    )


def _kind(table: _Table) -> Kind:
    match table.text("kind"):
        case "urgent":
            return "urgent"
        case "suicidal":
            return "suicidal"
        case other:
            raise table.fault(f"the field 'kind' is {other!r}, not 'urgent' or 'suicidal'")


def _together(table: _Table, lists: _Lists) -> tuple[tuple[_Index, _Index], ...]:
    pairs = [_Table(table.place, fields) for fields in table.tables("together")]
    checked = [pair.checked({"signs", "with"}) for pair in pairs]
    return tuple((pair.index("signs", lists), pair.index("with", lists)) for pair in checked)
