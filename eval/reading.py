"""How easily the bot's own words are read: its reply without quotes, references, suggestions."""

import re
from dataclasses import dataclass
from functools import cache

from bot import Answer

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
MARKUP = re.compile(r"<[^>]*>|[*_`#]|^- ", re.MULTILINE)


@dataclass(frozen=True)
class Counts:
    """What the formula of `measures.reading_age` counts."""

    words: int
    sentences: int
    syllables: int


def own_words(answer: Answer) -> str:
    """What the bot says itself, as plain text: no quote, no entry of the list, no suggestion. Pure.

    Quotes are the words of others, and never changed.
    """
    said = []
    for paragraph in answer.reply.split("\n\n"):
        lines = [line for line in paragraph.splitlines() if not line.startswith(">")]
        lines = [line for line in lines if line.removeprefix("- ") not in answer.suggestions]
        text = "\n".join(lines)
        if text and not any(one.citation in text for one in answer.references):
            said.append(text)
    return MARKUP.sub("", "\n\n".join(said)).strip()


@cache
def counts(text: str) -> Counts:
    """The words, sentences and syllables of `text`. Each line is a sentence at least. Pure.

    Syllables are counted as places of hyphenation, as textstat 0.7 does: now and then one is missed
    ("area" has one), so the age comes out a little low.
    """
    from pyphen import Pyphen
    from sentencex import segment

    places = Pyphen(lang="en_US").positions
    words = WORD.findall(text)
    sentences = (one for line in text.splitlines() for one in segment("en", line))
    return Counts(
        words=len(words),
        sentences=sum(WORD.search(one) is not None for one in sentences),
        syllables=sum(len(places(word)) + 1 for word in words),
    )
