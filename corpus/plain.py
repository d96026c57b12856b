"""How plain our own words are: short sentences, an easy grade, technical words in the glossary.

Quotes are the words of others and are never judged. Syllables are counted as places of hyphenation,
as textstat 0.7 does: now and then one is missed ("area" has one), so a grade comes out a bit low.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from corpus.cards import listed_words
from corpus.corpus import Corpus
from corpus.glossary import Term, load_glossary, terms_in
from settings import Settings

LONGEST_SENTENCE = 20
"""Words. What a reader of ten still holds together."""
HARDEST_GRADE = 6.0
FEWEST_WORDS = 100
"""A grade means something from so many words on."""
TERM_SYLLABLES = 2
"""What a word of the glossary counts as: its meaning is a tap away."""
RARE = 200
"""A word that pyspellchecker's list of English texts has less often is a technical one."""
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class Counts:
    """What the formula counts."""

    words: int
    sentences: int
    syllables: int


@cache
def text_counts(text: str, terms: tuple[Term, ...] = ()) -> Counts:
    """The words, sentences and syllables of `text`; a term counts as one word of two. Pure.

    Each line is a sentence at least.
    """
    from pyphen import Pyphen

    places = Pyphen(lang="en_US").positions
    others, found = _apart(text, terms)
    syllables = sum(len(places(word)) + 1 for word in others)
    return Counts(
        words=len(others) + found,
        sentences=sum(WORD.search(one) is not None for one in _sentences(text)),
        syllables=syllables + TERM_SYLLABLES * found,
    )


def grade(words: float, sentences: float, syllables: float) -> float:
    """The school grade that reads a text with so many of each (Flesch-Kincaid, 1975). Pure."""
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def plain_faults(texts: Mapping[str, str], terms: tuple[Term, ...], known: set[str]) -> list[str]:
    """What is not plain in `texts` (by their place), a clause each that names place and words.

    `known` are words that are rare and yet plain. Texts of 100 words or more have to be easy to
    read together, each by itself has to have short sentences and no technical word that `terms`
    lacks. Reads pyspellchecker's word list.
    """
    faults = []
    for place, text in texts.items():
        for sentence in _sentences(text):
            if (length := len(WORD.findall(sentence))) > LONGEST_SENTENCE:
                what = f"a sentence of {length} words, more than {LONGEST_SENTENCE}"
                faults.append(f"{place}: {what}: {sentence.strip()!r}; make it two")
        for word in dict.fromkeys(map(_plain, _apart(text, terms)[0])):
            if word not in known and not _is_common(word):
                remedy = "say it plainly, or put it in the glossary"
                faults.append(f"{place}: {word!r} is a technical word; {remedy}")
    told = [text_counts(text, terms) for text in texts.values()]
    words, sentences, syllables = (
        sum(getattr(one, name) for one in told) for name in ("words", "sentences", "syllables")
    )
    if words >= FEWEST_WORDS and (found := grade(words, sentences, syllables)) > HARDEST_GRADE:
        place = next(iter(texts)).partition(":")[0]
        remedy = "shorten words and sentences"
        faults.append(f"{place}: grade {found:.1f}, harder than {HARDEST_GRADE:.0f}; {remedy}")
    return faults


def corpus_plain_faults(corpus: Corpus, settings: Settings) -> Iterator[str]:
    """What is not plain in the notes, the cards' lines and questions, and the glossary.

    Raises `CorpusError` for a glossary that cannot be used.
    """
    glossary = settings.corpus / "glossary.toml"
    known, terms = plain_words(settings), load_glossary(glossary) if glossary.exists() else ()
    for note in corpus.notes:
        text = note.document.text
        paragraphs = {
            f"{note.document.path.name}:{text.count(chr(10), 0, part.start) + 1}": text[
                part.start : part.end
            ]
            for _, part in note.document.paragraphs()
        }
        yield from plain_faults(paragraphs, terms, known)
    cards = [passage.card for passage in corpus.passages if passage.card]
    lines = {card.path.name: card.in_short for card in cards if card.in_short}
    yield from plain_faults(lines, terms, known)
    yield from plain_faults({card.path.name: card.question for card in cards}, terms, known)
    meanings = {f"glossary.toml: {term.name}": term.meaning for term in terms}
    yield from plain_faults(meanings, terms, known)


def plain_words(settings: Settings) -> set[str]:
    """The words of `plain_words.txt`: rare, and yet no reader stumbles over them."""
    return {_plain(word) for word in listed_words(settings.corpus / "plain_words.txt")}


def _apart(text: str, terms: Iterable[Term]) -> tuple[list[str], int]:
    """The words of `text` that are no terms, and how many terms there are."""
    found = terms_in(text, terms)
    rest = text
    for one in reversed(found):
        rest = f"{rest[: one.start]} {rest[one.end :]}"
    return WORD.findall(rest), len(found)


def _sentences(text: str) -> Iterator[str]:
    from sentencex import segment

    return (one for line in text.splitlines() for one in segment("en", line))


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s")


def _is_common(word: str) -> bool:
    """Whether the word, or each part of one with a hyphen, stands often in the list.

    A letter by itself ("a small r", "x-rays") is no word.
    """
    parts = (part for part in word.split("-") if len(part) > 1)
    return all(_frequencies().get(part, 0) >= RARE for part in parts)


@cache
def _frequencies() -> Mapping[str, int]:
    from spellchecker import SpellChecker

    found: Mapping[str, int] = SpellChecker().word_frequency.dictionary
    return found
