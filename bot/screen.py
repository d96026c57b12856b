"""The first screen: notices a message that cannot wait, before anything is searched.

The rules stand in `red_flags.toml`, which a nurse can read and change; how they are written
is told at its top. They are read, checked and compiled once. A sign sets off an alarm unless
a saying, an old story or a question about a word (`not_signs`) covers it: one real sign beside
those is enough.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from bot.patterns import Index, Lists, Piece, either
from bot.rule_table import RuleTable, ScreenError, read_rules

Kind = Literal["urgent", "suicidal"]


@dataclass(frozen=True)
class Alarm:
    """What a message was stopped for."""

    kind: Kind
    """`urgent`: someone has to be called now. `suicidal`: thoughts of it, nothing at hand."""
    group: str
    """The rule group's id, such as `RF-01`, or `call` for a bare call for help."""
    words: str
    """The patient's words that set it off: lower case, no punctuation, spelling mended.

    Of a sign that counts only beside another word, both, with ` ... ` between: two things said.
    """
    story: bool = False
    """Whether it may be nobody's now: it stands only in sentences that name a time past, or a
    course, a leaflet, a book or a film."""


@dataclass(frozen=True)
class Screen:
    """All rules, ready to be held against a message: `screen(message)`."""

    groups: tuple["_Group", ...]
    """Most pressing first; those of kind `suicidal` after all others."""
    whole_message: tuple[re.Pattern[str], ...]
    """Calls for help that count only when they are the whole message."""
    not_signs: "Index"
    """Old stories and questions about a word, covered in every group."""
    present: frozenset[str]
    """An old story with one of these words is none: it is going on now."""
    long_ago: "_LongAgo"
    """Tells the sentences of a story that is long over."""
    perhaps_over: "Index"
    """A time past: a sign in a sentence with one may be over."""
    told_about: "Index"
    """A course, a leaflet, a book or a film: a sign in a sentence with one may be nobody's."""
    spelling: "_Spelling"

    @classmethod
    def load(cls, path: Path) -> "Screen":
        """The screen that the rule file at `path` describes. Reads that file.

        Raises `ScreenError` when the file cannot be read, or when a field of it is missing,
        empty, unknown or holds a pattern outside the pattern language.
        """
        file = RuleTable(f"{path}", read_rules(path)).checked(_TOP)
        lists = _lists(RuleTable(f"{path}: words", file.table("words")))
        groups = _groups(path, file.tables("group"), lists)
        return cls(
            groups=tuple(sorted(groups, key=lambda group: group.kind == "suicidal")),
            whole_message=tuple(file.patterns("whole_message", lists)),
            not_signs=file.index("not_signs", lists),
            present=frozenset(file.texts("present")),
            long_ago=_LongAgo(file.index("long_ago", lists), frozenset(file.texts("going_on"))),
            perhaps_over=file.index("perhaps_over", lists),
            told_about=file.index("told_about", lists),
            spelling=_spelling(RuleTable(f"{path}: spelling", file.table("spelling"))),
        )

    def __call__(self, message: str) -> Alarm | None:
        """The most pressing alarm of `message`, or None when it can wait. Pure."""
        return next(self._alarms(message), None)

    def all_alarms(self, message: str) -> tuple[Alarm, ...]:
        """One alarm for each group that `message` sets off, most pressing first. Pure."""
        return tuple(self._alarms(message))

    def _alarms(self, message: str) -> Iterator[Alarm]:
        said = [self.spelling.mend(plain_words(one)) for one in _SENTENCE.split(message)]
        text = _Text.of("".join(said))
        if any(pattern.fullmatch(text.words) for pattern in self.whole_message):
            yield Alarm("urgent", "call", text.words.strip())
        recent, told_of_now = (
            _Text.of("".join(_hidden(one) if over(one) else one for one in said)).without(
                self.not_signs, self.present
            )
            for over in (self.long_ago, self._may_be_nobodys)
        )
        for group in self.groups:
            words = group.sign_in(recent.without(group.not_signs), text)
            if words:
                now = group.sign_in(told_of_now.without(group.not_signs), text)
                yield Alarm(group.kind, group.id, words, story=not now)

    def _may_be_nobodys(self, sentence: str) -> bool:
        """Whether what `sentence` tells may be over, or of no one: the trained head has to say."""
        return self.long_ago.named_in(sentence) or any(
            any(_Text.of(sentence).matches(index)) for index in (self.perhaps_over, self.told_about)
        )


# --- the message ------------------------------------------------------------------------

_DROPPED = dict.fromkeys(
    map(ord, "'\u2019\u2018\u201b\u02bc`\u00b4\u2032\uff07\u200b\u200c\u200d\ufeff\u00ad")
)
"""Apostrophes and what cannot be seen: they leave no gap."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n\s*\n|;")
_OLD_YEAR = re.compile(r"\b(?:19\d\d|20[01]\d|202[0-4])s? ")
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


def _hidden(words: str) -> str:
    """`words` made unreadable, as long as they were."""
    return re.sub(r"[^ ]", "_", words)


class _Text(NamedTuple):
    """A message's words, each followed by a space."""

    words: str
    begins: tuple[tuple[int, str], ...]
    """Where each word begins, and its first two letters."""

    @classmethod
    def of(cls, words: str) -> "_Text":
        starts = (match.start() for match in re.finditer(r"[^ ]+", words))
        return cls(words, tuple((start, words[start : start + 2]) for start in starts))

    def matches(self, index: "Index") -> Iterator[re.Match[str]]:
        """Every place where a pattern of `index` matches, in the order of the text."""
        for start, letters in self.begins:
            for pattern in index.get(letters, ()):
                if match := pattern.compiled.match(self.words, start):
                    yield match

    def without(self, not_signs: "Index", unless: Set[str] = frozenset()) -> "_Text":
        """The text with the words that `not_signs` cover made unreadable.

        Words that hold one of `unless` stay as they are.
        """
        words = self.words
        for match in self.matches(not_signs):
            if unless.isdisjoint(match[0].split()):
                words = words[: match.start()] + _hidden(match[0]) + words[match.end() :]
        return self._replace(words=words)


class _LongAgo(NamedTuple):
    """Tells a sentence that is over: it names a time long past and nothing that goes on.

    A year that has only just passed does not count: an illness of last year may not be over.
    """

    times: "Index"
    going_on: Set[str]

    def __call__(self, sentence: str) -> bool:
        return self.going_on.isdisjoint(sentence.split()) and self.named_in(sentence)

    def named_in(self, sentence: str) -> bool:
        """Whether `sentence` names a time long past, whatever else it says."""
        return bool(_OLD_YEAR.search(sentence)) or any(_Text.of(sentence).matches(self.times))


# --- the rules --------------------------------------------------------------------------


class _Group(NamedTuple):
    id: str
    kind: Kind
    signs: Index
    together: tuple[tuple[Index, Index], ...]
    not_signs: Index

    def sign_in(self, open_text: _Text, text: _Text) -> str:
        """The words of the first sign in `open_text`, or "" when there is none.

        The word that has to stand beside a sign may be anywhere in `text`, covered or not. A sign
        with such a word goes before the same sign by itself: it says more.
        """
        alone = next(open_text.matches(self.signs), None)
        for signs, others in self.together:
            beside = next(text.matches(others), None)
            sign = next(open_text.matches(signs), None) if beside else None
            if beside and sign and (not alone or alone[0] == sign[0]):
                return f"{sign[0].strip()} ... {beside[0].strip()}"
        return alone[0].strip() if alone else ""


# --- the file ---------------------------------------------------------------------------

_TOP = {
    *("present", "long_ago", "perhaps_over", "going_on", "told_about", "whole_message"),
    *("not_signs", "spelling", "words", "group"),
}


def _lists(table: RuleTable) -> Lists:
    lists: dict[str, Piece] = {}
    for name in table.fields:
        lists[name] = either(table.pieces(name, lists))
    return lists


def _spelling(table: RuleTable) -> _Spelling:
    table.checked({"near", "leave", "known"})
    known = RuleTable(f"{table.place}.known", table.table("known"))
    slips = {slip: right for right in known.fields for slip in known.texts(right)}
    near = {word: word for word in (*table.texts("near"), *table.texts("leave"))}
    for word in table.texts("near"):
        for shorter in _one_letter_less(word):
            near.setdefault(shorter, word)
    return _Spelling(slips, near)


def _groups(path: Path, tables: list[dict[str, Any]], lists: Lists) -> list[_Group]:
    groups: list[_Group] = []
    for fields in tables:
        group = _group(
            RuleTable(f"{path}: group {fields.get('id', 'without an id')}", fields), lists
        )
        if group.id in {other.id for other in groups}:
            raise ScreenError(f"{path}: group {group.id}: the id stands there twice")
        groups.append(group)
    return groups


def _group(table: RuleTable, lists: Lists) -> _Group:
    beside = {"sources", "confirmed_by", "confirmed_on"}
    table.checked({"id", "name", "kind", "signs"}, {"together", "not_signs"} | beside)
    table.text("name")
    return _Group(
        id=table.text("id"),
        kind=_kind(table),
        signs=table.index("signs", lists),
        together=_together(table, lists) if "together" in table.fields else (),
        not_signs=table.index("not_signs", lists) if "not_signs" in table.fields else {},
    )


def _kind(table: RuleTable) -> Kind:
    match table.text("kind"):
        case "urgent":
            return "urgent"
        case "suicidal":
            return "suicidal"
        case other:
            raise table.fault(f"the field 'kind' is {other!r}, not 'urgent' or 'suicidal'")


def _together(table: RuleTable, lists: Lists) -> tuple[tuple[Index, Index], ...]:
    pairs = [RuleTable(table.place, fields) for fields in table.tables("together")]
    checked = [pair.checked({"signs", "with"}) for pair in pairs]
    return tuple((pair.index("signs", lists), pair.index("with", lists)) for pair in checked)
