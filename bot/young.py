"""Whether a child or a teenager writes, or somebody who worries about one."""

import re
from collections.abc import Iterable

from bot.wording import Wording
from corpus import normalised

WORDS = "nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
AGE = rf"(?:8|9|1[0-8]|eight|{WORDS.replace(' ', '|')})"
"""Up to 18: the lines for young people that we have are for people up to 18 or 19."""
CHILD = "son|daughter|brother|sister|child|kid|boy|girl|lad|grandson|granddaughter|nephew|niece"
NO_AGE = (
    r"(?! (?:months?|weeks?|days?|hours?|minutes?|mins|years? (?!old)|years?$|stone|kilos?|kg"
    r"|cycles?|sessions?|rounds?|tablets?|percent|out of|miles|of|in|into|down|and a half|cm|mm))"
)
"""What makes a number no age: "im 12 weeks on"."""
TOLD = re.compile(
    rf"(?:^am|\b(?:im|i am|(?:ive |i )(?:just )?turned|aged|age)) (?:only |just |nearly )?"
    rf"{AGE}\b{NO_AGE}"
    rf"|\b{AGE} ?(?:yo|yr old|yrs old|year old|years old)\b|^{AGE} ?(?:f|m|here)\b"
    r"|\bin (?:y|yr|year) ?(?:[7-9]|1[0-3])\b(?! of)"
    rf"|\b(?:{CHILD}) (?:\w+ )?(?:is |whos |who is |hes |shes |aged |turned )?(?:only |just )?"
    rf"{AGE}\b{NO_AGE}"
)


def is_young(messages: Iterable[str], wording: Wording) -> bool:
    """Whether one of `messages` tells an age of 8 to 18, or holds a word of the young. Pure."""
    return any(
        wording.has_words("young.words", message) or TOLD.search(normalised(message)) is not None
        for message in messages
    )
