"""Mending misspelt words before a question is read: "wots the usual cuase of a relaps".

A short form ("wots") becomes the words it stands for. A word that no dictionary has becomes the
nearest word that people use on the cards, if one is near enough. What is mended is only read; the
question stays as the patient wrote it.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’][^\W\d_]+)*(?!\w)")
"""Letters that stand by themselves: the name of a gene, "BRCA1", is no word."""
TOKEN = re.compile(r"(?<!\w)[^\W_]+(?:['’][^\W\d_]+)*(?!\w)")
"""A word that may hold digits, as short forms do: "b4"."""
FEWEST_LETTERS = 4
"""Shorter words are left: almost anything is near to them."""
LONG = 7
"""From so many letters on a word may be two letters wrong, else one."""
COMMON = 4
"""A word that stands so often on the cards is one, whatever the dictionary says ..."""
FAR_COMMONER = 20
"""... unless one that is a letter away stands there so many times as often: "canser"."""
FIRST_LETTER = math.log(10)
"""The first letter is seldom wrong: another must be said ten times as often to make up for it."""


def save_spelling(
    path: Path,
    texts: Iterable[str],
    right: Iterable[str] = (),
    short_forms: Mapping[str, str] | None = None,
) -> None:
    """Writes what words of `texts` a word is mended to, to `path`; beside it a dictionary.

    `right` are words that are none of the dictionary's and not to be mended; `short_forms` are read
    as the words they stand for.
    """
    from spellchecker import SpellChecker

    dictionary = set(SpellChecker().word_frequency.words())
    said = Counter(_plain(word) for text in texts for word in WORD.findall(text))
    known = {*map(_plain, right), *(word for word in said if _in(dictionary, word))}
    mended_to = {word: said[word] for word in said if len(word) >= FEWEST_LETTERS and word in known}
    common = {word for word, count in said.items() if count >= COMMON and word not in known}
    mistakes = set(_mistakes(common, said, mended_to))
    table = {
        "common": sorted({*map(_plain, right), *common} - mistakes),
        "mended_to": dict(sorted(mended_to.items(), key=lambda item: (-item[1], item[0]))),
        "short_forms": dict(short_forms or {}),
    }
    path.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    path.with_suffix(".txt").write_text("\n".join(sorted(dictionary)), encoding="utf-8")


def _mistakes(
    common: Iterable[str], said: Mapping[str, int], right: Iterable[str]
) -> Iterator[str]:
    """The words of `common` that are a letter away from a far commoner right one."""
    often = [word for word in right if said[word] >= COMMON * FAR_COMMONER]
    for word in common:
        near = process.extract(word, often, scorer=DamerauLevenshtein.distance, score_cutoff=1)
        if any(said[other] >= FAR_COMMONER * said[word] for other, _, _ in near):
            yield word


class _Said(NamedTuple):
    """What people say on the cards."""

    known: frozenset[str]
    mended_to: Mapping[str, int]
    """What a word may be mended to, and how often it is said, commonest first."""
    short_forms: Mapping[str, str]


class Spelling:
    """The words that `save_spelling` wrote."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def mended(self, text: str) -> str:
        """`text` with short forms written out, and each misspelt word as the nearest right one.

        A word that none is near enough to stays.
        """
        forms = self._said.short_forms
        written_out = TOKEN.sub(lambda match: forms.get(_plain(match[0]), match[0]), text)
        return WORD.sub(lambda match: self._mended(match[0]), written_out)

    def unknown(self, text: str) -> tuple[int, int]:
        """How many words of three letters or more stay strange when mended, and how many there are.

        Strange is what neither the cards nor the dictionary have.
        """
        words = [_plain(word) for word in WORD.findall(self.mended(text)) if len(word) > 2]
        strange = [word for word in words if not self._is_right(word)]
        return len(strange), len(words)

    def _mended(self, word: str) -> str:
        plain = _plain(word)
        if len(plain) < FEWEST_LETTERS or self._is_right(plain):
            return word
        mended_to = self._said.mended_to
        near = process.extract(
            plain,
            mended_to.keys(),
            scorer=DamerauLevenshtein.distance,
            score_cutoff=2 if len(plain) >= LONG else 1,
            limit=20,
        )
        # Among equally near words: the one that only lacks its apostrophe ("wasnt"), then the one
        # that is said most often, the first letter weighed.
        ranked = [
            (
                distance,
                other.replace("'", "") != plain,
                FIRST_LETTER * (other[0] != plain[0]) - math.log(mended_to[other]),
                other,
            )
            for other, distance, _ in near
        ]
        return min(ranked)[-1] if ranked else word

    def _is_right(self, plain: str) -> bool:
        """Whether the cards have it or the dictionary does."""
        return plain in self._said.known or _in(self._dictionary, plain)

    @cached_property
    def _said(self) -> _Said:
        table = json.loads(self._path.read_text(encoding="utf-8"))
        known = frozenset(table["common"]).union(table["mended_to"])
        return _Said(known, table["mended_to"], table["short_forms"])

    @cached_property
    def _dictionary(self) -> frozenset[str]:
        """Most questions hold only words that stand on the cards, and never need it."""
        return frozenset(self._path.with_suffix(".txt").read_text(encoding="utf-8").split("\n"))


def _plain(word: str) -> str:
    """`word` as it is compared: in lower case, with the straight apostrophe. Pure."""
    return word.casefold().replace("’", "'")


def _in(dictionary: Set[str], plain: str) -> bool:
    """Whether the dictionary has a word, in its American spelling if not in the British one."""
    return plain in dictionary or _american(plain) in dictionary


def _american(plain: str) -> str:
    """A British spelling as the Americans have it: "metastasised", "tumour", "fibre". Pure."""
    word = re.sub(r"([iy])s(e|ed|es|er|ing|ation)$", r"\1z\2", plain)
    word = re.sub(r"our", "or", word)
    word = re.sub(r"([tb])re(s?)$", r"\1er\2", word)
    return re.sub(r"[ao]e", "e", word)
