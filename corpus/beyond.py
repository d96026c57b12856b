"""Whether a line that no person wrote says more than its sentence.

A language model may put a sentence in fewer and plainer words, and do nothing else. So beside what
`faithful.py` asks of every line, each word has to be borne out by the sentence or by plain English
for it, in the sentence's order. A number keeps the word that says what it is ("to 9.4"), and what
another word leans on is not left out ("deaths from lung cancer" are no "deaths"). Much that is
faithful is refused by this: the line that a person wrote is then shown instead.
"""

import re
from functools import cache

from bm25s import stopwords

from corpus.faithful import COUNTED, HEDGES, NEGATION, NUMBER, STRONGER, WORD, lowered, strengthened

PLAIN = (
    (
        "eliminate",
        "eliminated",
        "clear",
        "cleared",
        "clear away",
        "get rid of",
        "remove",
        "removed",
    ),
    ("defeat", "defeated", "defeating", "beat", "beaten", "killed", "destroyed"),
    ("detect", "detected", "found", "find", "seen", "noticed", "picked", "spotted", "see"),
    ("occur", "occurs", "happen", "happens"),
    ("recurrence", "recur", "return", "returns", "returned", "comes", "come", "came", "coming"),
    ("relapse", "recurrence"),
    ("treatment", "treatments", "treated", "therapy", "medicine", "care"),
    ("surgery", "operation", "surgeon", "operated"),
    ("chemotherapy", "chemo", "drugs", "drug", "medicines"),
    ("radiotherapy", "radiation"),
    ("tumour", "tumours", "growth", "lump"),
    ("resistant", "resist", "resists", "withstand", "survive", "survived", "escape", "avoid"),
    ("avoid", "avoided", "escape", "escaped", "missed"),
    ("survive", "survived", "survives", "live", "lived", "remain", "left", "stay", "stayed"),
    ("particular", "certain", "specific"),
    ("identify", "identified", "identification", "find", "finding", "found", "recognise", "know"),
    ("initiate", "start", "starts", "begin", "begins", "began"),
    ("proliferate", "grow", "grows", "growing", "multiply"),
    ("microscopic", "tiny", "small"),
    ("period", "time", "while"),
    ("noticeable", "noticed", "seen", "found"),
    ("scientists", "researchers", "experts"),
    ("doctor", "doctors", "team"),
    ("understand", "understood", "learn", "see", "know"),
    ("people", "person", "patients", "patient", "someone"),
    ("type", "types", "kind", "kinds", "sort", "sorts"),
    ("original", "first"),
    ("later", "afterwards", "after"),
    ("large", "big"),
    ("place", "places", "part", "parts", "spot"),
    ("metastasis", "spread", "spreads", "spreading"),
    ("help", "helps", "helped", "aid"),
    ("article", "page", "text"),
    ("paper", "study", "review", "article"),
    ("tell", "say", "says", "said", "told", "state", "states"),
)
"""Rings of words of which each may stand for another, so that a line can be plain."""

WEAKER = ("may", "might", "could", "can", "perhaps", "possibly", "sometimes", "some")
"""Words that make a statement weaker: it may always have them."""
HARMLESS = ("also", "still", "called", "like", "another", "even", "back", "things", "way", "ways")
"""Words that add nothing by themselves."""

TELLING = (
    *("after", "again", "against", "before", "between", "both", "during", "each", "few", "further"),
    *("less", "more", "now", "other", "own", "same", "should", "than", "until", "very"),
    *("you", "your"),
)
"""Small words that tell when, how much or whom, and so can make a statement say more."""
SMALL = frozenset(
    {*stopwords.STOPWORDS_EN_PLUS, *WEAKER, *HARMLESS} - {*STRONGER, *COUNTED, *TELLING}
)
"""Words that say nothing by themselves: a line may have them, and leave them out."""
LEANING = (
    *("to", "in", "into", "from", "with", "of", "for", "on", "by", "among", "after", "before"),
    *("within", "without", "during", "at", "near", "that", "who", "whose", "when"),
)
"""Small words after which a word narrows the one before: "cells *in* mice"."""
MEASURING = (
    *("by", "to", "from", "of", "under", "over", "above", "below", "within", "after", "than"),
    *("least", "most", "every", "about"),
)
"""Words that say what a number is."""
HEDGING = frozenset({"if", *HEDGES, *(word for kept in HEDGES.values() for word in kept)} - {"not"})
"""Words that make a statement weaker; of a phrase, none."""
_TOKEN = re.compile(rf"{NUMBER.pattern}|{WORD.pattern}|[^\w\s]")


def beyond(statement: str, sentence: str) -> tuple[str, ...]:
    """As `strengthened`, and what `statement` does beside shortening `sentence`. Pure."""
    said, told = _TOKEN.findall(lowered(statement)), _TOKEN.findall(lowered(sentence))
    return (
        *strengthened(statement, sentence),
        *_not_borne_out(said, told),
        *_numbers_moved(said, told),
        *_negations_moved(said, told),
        *_fewer_hedges(said, told),
        *_left_out(said, told),
    )


def _not_borne_out(said: list[str], told: list[str]) -> list[str]:
    """The words that `told` does not bear out, or not after what comes before them in `said`."""
    faults = []
    stems, place = [_stem(word) if WORD.fullmatch(word) else "" for word in told], -1
    for word in filter(_tells, dict.fromkeys(said)):
        places = [at for at, stem in enumerate(stems) if stem in _borne_by(word)]
        later = [at for at in places if at > place]
        if not places:
            faults.append(f"has the word {word!r}, which its sentence does not bear out")
        elif not later:
            faults.append(f"has the word {word!r} after what follows it in its sentence")
        else:
            place = later[0]
    return faults


def _numbers_moved(said: list[str], told: list[str]) -> list[str]:
    """The numbers that stand in another order than in `told`, or are another measure."""
    there = iter(_measured(told))
    return [
        f"has the number {number} elsewhere than its sentence"
        for number, measure in _measured(said)
        if not any(number == other and (measure == its or not its) for other, its in there)
    ]


def _negations_moved(said: list[str], told: list[str]) -> list[str]:
    """What is denied in `said` and not in `told`."""
    denied = {stem for word in _denied(told) for stem in _borne_by(word)}
    return [f"denies {word!r}" for word in _denied(said) if _stem(word) not in denied]


def _denied(words: list[str]) -> list[str]:
    """The word that tells something after each negation."""
    after = (words[at + 1 :] for at, word in enumerate(words) if NEGATION.fullmatch(word))
    return [told for rest in after if (told := next(filter(_tells, rest), ""))]


def _fewer_hedges(said: list[str], told: list[str]) -> list[str]:
    """Whether `said` has fewer words that make weaker than `told` has."""
    if sum(word in HEDGING for word in said) < sum(word in HEDGING for word in told):
        return ["has fewer hedges than its sentence"]
    return []


def _measured(words: list[str]) -> list[tuple[str, str]]:
    """Each number with the word before it that says what it is, or nothing."""
    words = [word for word in words if word not in ("a", "an", "the")]
    pairs = zip(["", *words], words, strict=False)
    return [
        (word, before if before in MEASURING else "")
        for before, word in pairs
        if NUMBER.fullmatch(word) or word in COUNTED
    ]


def _left_out(said: list[str], told: list[str]) -> list[str]:
    """The words of `told` that are gone from `said` although a word that is kept leans on them."""
    borne = {stem for word in said if WORD.fullmatch(word) for stem in _borne_by(word)}
    faults, kept, leans = [], False, False
    for before, word in zip(["", *told], told, strict=False):
        if not _tells(word):
            leans = (leans or word in LEANING) if WORD.fullmatch(word) else False
            kept = kept and bool(WORD.fullmatch(word))
            continue
        here = bool(_borne_by(word) & borne)
        if kept and leans and not here:
            faults.append(f"leaves out {word!r}, on which the word before leans")
        if here and _tells(before) and before != "very" and not _borne_by(before) & borne:
            faults.append(f"leaves out {before!r}, which narrows {word!r}")
        kept, leans = here, False
    return faults


def _tells(word: str) -> bool:
    """Whether `word` says something by itself."""
    return bool(WORD.fullmatch(word)) and word not in SMALL


@cache
def _borne_by(word: str) -> frozenset[str]:
    """The stems of the words in a sentence that bear `word` out: its own, and its ring's."""
    words = {word, *(other for ring in PLAIN if word in ring for other in ring)}
    return frozenset(_stem(one) for one in words)


@cache
def _stem(word: str) -> str:
    from nltk.stem.snowball import SnowballStemmer

    return str(SnowballStemmer("english").stem(word.removesuffix("'s")))
