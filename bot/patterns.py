"""The pattern language of `red_flags.toml`, told at its top: from a pattern to an expression.

A pattern is read once and becomes a regular expression in which every word ends with a space. What
it can begin with is kept beside it, so that a message is held only against patterns that could
match there.
"""

import re
from collections import deque
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple


class Pattern:
    """A regular expression, compiled when a message first comes near it.

    Compiling all of them would take a tenth of the time in which a question is answered.
    """

    def __init__(self, regex: str) -> None:
        self._regex = regex

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The regular expression, ready to match."""
        return re.compile(self._regex)


Index = Mapping[str, tuple[Pattern, ...]]
"""Patterns by the first two letters that they can begin with."""


class PatternError(ValueError):
    """Says what is wrong with a pattern."""


class Piece(NamedTuple):
    """A part of a pattern as a regular expression in which every word ends with a space."""

    regex: str
    begins: frozenset[str]
    optional: bool


Lists = Mapping[str, Piece]
_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]*)?\*?")
_TOKEN = re.compile(rf"\.\.\.|<[a-z ]+>|{_WORD.pattern}|\S")
_GAP = Piece("(?:[^ ]+ ){0,4}?", frozenset(), True)


def read_pattern(pattern: str, lists: Lists) -> Piece:
    """The pattern as a regular expression; raises `PatternError` when it is none."""
    tokens = deque(_TOKEN.findall(pattern))
    first = tokens[0]
    piece = _choice(tokens, lists)
    if tokens:
        raise PatternError(f"{pattern!r} closes a bracket that was not opened")
    if first == "..." or piece.optional:
        raise PatternError(f"{pattern!r} needs a first word that cannot be left out")
    return piece


def _choice(tokens: deque[str], lists: Lists) -> Piece:
    options = [_row(tokens, lists)]
    while tokens and tokens[0] == "|":
        tokens.popleft()
        options.append(_row(tokens, lists))
    return either(options)


def either(options: list[Piece]) -> Piece:
    """A piece that matches what any of `options` matches."""
    return Piece(
        f"(?:{'|'.join(option.regex for option in options)})",
        frozenset().union(*(option.begins for option in options)),
        any(option.optional for option in options),
    )


def _row(tokens: deque[str], lists: Lists) -> Piece:
    row = Piece("", frozenset(), True)
    while tokens and tokens[0] not in "|)":
        item = _item(tokens, lists)
        begins = row.begins | item.begins if row.optional else row.begins
        row = Piece(row.regex + item.regex, begins, row.optional and item.optional)
    if not row.regex:
        raise PatternError("a pattern, or one side of a |, is empty")
    return row


def _item(tokens: deque[str], lists: Lists) -> Piece:
    token = tokens.popleft()
    item = _bracket(tokens, lists) if token == "(" else _word(token, lists)
    if tokens and tokens[0] == "?":
        tokens.popleft()
        return Piece(f"(?:{item.regex})?", item.begins, True)
    return item


def _bracket(tokens: deque[str], lists: Lists) -> Piece:
    inside = _choice(tokens, lists)
    if not tokens:
        raise PatternError("a bracket is not closed")
    tokens.popleft()
    return inside


def _word(token: str, lists: Lists) -> Piece:
    if token == "...":
        return _GAP
    if token[0] == "<" and token[1:-1] in lists:
        return lists[token[1:-1]]
    if token[0] == "<":
        raise PatternError(f"there is no list {token} above this place")
    if not _WORD.fullmatch(token):
        raise PatternError(f"{token!r} is not part of the pattern language")
    stem = token.removesuffix("*")
    if stem != token and len(stem) < 2:
        raise PatternError(f"{token!r} needs two letters before its star")
    ending = "" if stem == token else "[^ ]*"
    return Piece(f"{re.escape(stem)}{ending} ", frozenset({f"{stem} "[:2]}), False)
