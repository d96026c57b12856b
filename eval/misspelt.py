"""Typing errors, the same for the same text: one in each long word."""

import re
from random import Random
from string import ascii_lowercase

LETTERS = 6
LONG_WORD = re.compile(rf"[^\W\d_]{{{LETTERS},}}")
SEED = 20


def misspelt(text: str) -> str:
    """`text` with one typing error in each word of six or more letters."""
    random = Random(f"{SEED} {text}")
    return LONG_WORD.sub(lambda match: _misspelt(match[0], random), text)


def _misspelt(word: str, random: Random) -> str:
    """`word` with two neighbours swapped, or one letter dropped, doubled or replaced."""
    at = random.randrange(len(word))
    letter = word[at]
    how = random.choice(("swap", "drop", "double", "replace"))
    differ = [place for place in range(len(word) - 1) if word[place] != word[place + 1]]
    if how == "swap" and differ:
        at = random.choice(differ)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if how == "double":
        return word[: at + 1] + word[at:]
    if how == "replace":
        other = random.choice([one for one in ascii_lowercase if one != letter.casefold()])
        return word[:at] + (other.upper() if letter.isupper() else other) + word[at + 1 :]
    return word[:at] + word[at + 1 :]
