"""Mending misspelt words before a question is read: "wots the usual cuase of a relaps".

A word that no dictionary has becomes the nearest word that people use on the cards, if one is near
enough. What is mended is only read; the question stays as the patient wrote it.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’][^\W\d_]+)*(?!\w)")
"""Letters that stand by themselves: the name of a gene, "BRCA1", is no word."""
FEWEST_LETTERS = 4
"""Shorter words are left: almost anything is near to them."""
LONG = 7
"""From so many letters on a word may be two letters wrong, else one."""
COMMON = 4
"""A word that stands so often on the cards is one, whatever the dictionary says."""


def save_spelling(path: Path, texts: Iterable[str], right: Iterable[str] = ()) -> None:
    """Writes what words of `texts` a word is mended to, to `path`; beside it a dictionary.

    `right` are words that are none of the dictionary's and not to be mended.
    """
    from spellchecker import SpellChecker

    dictionary = set(SpellChecker().word_frequency.words())
    said = Counter(_plain(word) for text in texts for word in WORD.findall(text))
    common = {word for word, count in said.items() if count >= COMMON}
    mended_to = [word for word in said if len(word) >= FEWEST_LETTERS and word in dictionary]
    table = {
        "common": sorted(common.union(map(_plain, right))),
        "mended_to": sorted(mended_to, key=lambda word: (-said[word], word)),
    }
    path.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    path.with_suffix(".txt").write_text("\n".join(sorted(dictionary)), encoding="utf-8")


class Spelling:
    """The words that `save_spelling` wrote."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def mended(self, text: str) -> str:
        """`text` with each misspelt word replaced by the nearest one, if any is near enough."""
        return WORD.sub(lambda match: self._mended(match[0]), text)

    def unknown(self, text: str) -> tuple[int, int]:
        """How many words of three letters or more stay strange when mended, and how many there are.

        Strange is what neither the cards nor the dictionary have.
        """
        words = [_plain(word) for word in WORD.findall(self.mended(text)) if len(word) > 2]
        known, _ = self._said
        strange = [word for word in words if word not in known and not self._is_right(word)]
        return len(strange), len(words)

    def _mended(self, word: str) -> str:
        plain = _plain(word)
        known, mended_to = self._said
        if len(plain) < FEWEST_LETTERS or plain in known or self._is_right(plain):
            return word
        near = process.extract(
            plain,
            mended_to,
            scorer=DamerauLevenshtein.distance,
            score_cutoff=2 if len(plain) >= LONG else 1,
            limit=10,
        )
        # Among equally near words: the one that only lacks its apostrophe ("wasnt"), the same first
        # letter, then the one said most often.
        ranked = [
            (distance, other.replace("'", "") != plain, other[0] != plain[0], at, other)
            for other, distance, at in near
        ]
        return min(ranked)[-1] if ranked else word

    def _is_right(self, plain: str) -> bool:
        """Whether the dictionary has it, in its American spelling if not in the British one."""
        return any(word in self._dictionary for word in (plain, _american(plain)))

    @cached_property
    def _said(self) -> tuple[frozenset[str], list[str]]:
        table = json.loads(self._path.read_text(encoding="utf-8"))
        return frozenset(table["common"]).union(table["mended_to"]), table["mended_to"]

    @cached_property
    def _dictionary(self) -> frozenset[str]:
        """Most questions hold only words that stand on the cards, and never need it."""
        return frozenset(self._path.with_suffix(".txt").read_text(encoding="utf-8").split("\n"))


def _plain(word: str) -> str:
    """`word` as it is compared: in lower case, with the straight apostrophe. Pure."""
    return word.casefold().replace("’", "'")


def _american(plain: str) -> str:
    """A British spelling as the Americans have it: "metastasised", "tumour", "fibre". Pure."""
    word = re.sub(r"([iy])s(e|ed|es|er|ing|ation)$", r"\1z\2", plain)
    word = re.sub(r"our", "or", word)
    word = re.sub(r"([tb])re(s?)$", r"\1er\2", word)
    return re.sub(r"[ao]e", "e", word)
