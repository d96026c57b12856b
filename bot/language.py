"""Whether a message is in English, told by its script and its small words.

A language model for this would cost more than the whole answer (0.8 s and 130 MB, measured). The
stop-word lists of the BM25 library tell the common cases; where they cannot tell, the message
counts as English and the gate judges it like any other.
"""

import re
import unicodedata

from bm25s import stopwords

ENGLISH = frozenset(stopwords.STOPWORDS_EN_PLUS)
OTHERS = tuple(
    frozenset(word for word in words if len(word) > 1)
    for words in (
        stopwords.STOPWORDS_DANISH,
        stopwords.STOPWORDS_DUTCH,
        stopwords.STOPWORDS_FRENCH,
        stopwords.STOPWORDS_GERMAN,
        stopwords.STOPWORDS_ITALIAN,
        stopwords.STOPWORDS_NORWEGIAN,
        stopwords.STOPWORDS_PORTUGUESE,
        stopwords.STOPWORDS_SPANISH,
        stopwords.STOPWORDS_SWEDISH,
        stopwords.STOPWORDS_TURKISH,
    )
)
FEWEST_WORDS = 3
"""Of fewer words too little is known: a name and a slip would be half of it."""


def is_english(message: str, unknown: int, words: int) -> bool:
    """Whether `message`, of whose longer `words` that many are `unknown` to us, is in English.

    It is not when most letters are not Latin, when another language's small words are clearly more
    than the English ones, or when half of its words are unknown and fewer are English. Pure.
    """
    letters = [letter for letter in message if letter.isalpha()]
    latin = sum("LATIN" in unicodedata.name(letter, "") for letter in letters)
    if letters and latin < len(letters) / 2:
        return False
    said = re.findall(r"[^\W\d_]+", message.casefold())
    english = sum(word in ENGLISH for word in said)
    other = max(sum(word in small for word in said) for small in OTHERS)
    # Two small words may be chance ("op", "ned"); beside an accent, "¿" or an unknown word not.
    enough = 3 if message.isascii() and not unknown else 2
    if other - english >= enough:
        return False
    # Half of the words unknown is enough beside another language's small words.
    strange = words / 2 if other > english else (words + 1) / 2
    return words < FEWEST_WORDS or other < english or unknown < strange
