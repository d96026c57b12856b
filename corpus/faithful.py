"""Whether a statement says more than the sentence it rests on.

Compares words only, and judges strictly. `strengthened`: a number that the sentence lacks, a hedge
or a limit that is dropped, a negation that is added or lost, a stronger word. Every line has to
pass it, whoever wrote it: in the corpus, in an answer, and when answers are measured. `beyond` is
stricter still: a line that no person wrote may have no word besides that neither its sentence nor
plain English for it bears out. Neither can tell that a statement follows from its sentence; people
and golden questions watch that.
"""

import re
from functools import cache

from bm25s import stopwords

HEDGES = {
    "may": ("may", "might", "could", "can", "perhaps", "possibly", "possible"),
    "might": ("may", "might", "could", "perhaps", "possibly", "possible"),
    "can": ("can", "could", "may", "might", "able to"),
    "could": ("may", "might", "could", "can", "possibly", "possible"),
    "couldn't": ("couldn't", "could not", "can't", "cannot", "unable"),
    "usually": ("usually", "often", "mostly", "most often", "in most cases"),
    "often": ("often", "sometimes", "commonly"),
    "sometimes": ("sometimes", "at times", "may", "can", "now and then"),
    "some": ("some", "certain", "a few", "not all"),
    "many": ("many", "a lot"),
    "most": ("most", "often", "usually"),
    "a few": ("a few", "very few"),
    "very small": ("very small", "tiny", "very few"),
    "vast majority": ("vast majority",),
    "much of": ("much", "a lot"),
    "likely": ("likely", "probably", "chance"),
    "probably": ("probably", "likely"),
    "seem": ("seem", "seems", "appear", "looks"),
    "thought to": ("thought to", "scientists think", "believed to", "think"),
    "suggests": ("suggests", "may", "might"),
    "such as": ("such as", "like", "for example"),
    "almost": ("almost", "nearly"),
    "nearly": ("almost", "nearly"),
    "mostly": ("mostly", "mainly", "usually"),
    "mainly": ("mostly", "mainly"),
    "partly": ("partly", "in part"),
    "generally": ("generally", "in general", "usually"),
    "rarely": ("rarely", "seldom", "not often"),
    "at least": ("at least",),
    "up to": ("up to",),
    "appear to": ("appear to", "seem", "look"),
    "appears to": ("appears to", "seems", "looks"),
    "suggest": ("suggest", "may", "might", "could"),
    "think": ("think", "thought", "believe"),
    "thought": ("think", "thought", "believe"),
    "believe": ("think", "thought", "believe"),
    "hope": ("hope", "hopes", "may", "might", "could"),
    "try": ("try", "tries", "trying", "aim"),
    "tries": ("try", "tries", "trying", "aims"),
    "helping to": ("help", "helps", "helping", "may", "might", "could"),
    "tend to": ("tend to", "often", "usually"),
    "tends to": ("tends to", "often", "usually"),
}
"""A hedge in a sentence, and the words by which a statement may keep it."""

LIMITS = {
    "expected": ("expected", "expect"),
    "possible": ("possible", "possibly", "may", "might", "could"),
    "breast": ("breast",),
    "prostate": ("prostate",),
    "women": ("women", "woman"),
    "United States": ("united states", "american", "america"),
    "laboratory": ("laboratory", "lab"),
    "models": ("models", "model", "lab", "laboratory"),
    "mice": ("mice", "mouse", "animals"),
    "early": ("early", "soon"),
    "older version": ("older version", "old version", "earlier version"),
    "unofficial": ("unofficial",),
    "title": ("title", "name"),
    "ideas": ("ideas", "idea"),
    "in general": ("in general", "generally"),
}
"""What a sentence is limited to, and the words by which a statement may keep it."""

STRONGER = (
    *("all", "always", "every", "everyone", "everything", "any", "only", "completely", "entirely"),
    *(
        "never",
        "will",
        "must",
        "certain",
        "certainly",
        "sure",
        "definitely",
        "guaranteed",
        "proven",
    ),
    *("prove", "proves", "proved", "known", "cure", "cures", "cured", "cause", "causes", "caused"),
    *("because", "why", "due", "force", "forces", "discovered", "safe", "impossible", "permanent"),
    *("most", "best", "biggest", "greatest", "worst", "strongest", "main", "top", "important"),
)
"""Words that a statement may have only when its sentence has them."""

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

NEGATION = re.compile(r"\b(?:not|no|never|none|nor|neither|without|cannot|nobody|nothing|\w+n't)\b")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
COUNTED = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"),
    *("thousand", "million", "half", "third", "quarter", "fifth", "tenth", "fiftieth", "dozen"),
    *("once", "twice", "double", "single"),
)
"""Numbers that are written as words."""
_WORD = re.compile(r"[a-z][a-z'-]*[a-z]|[a-z]")
_TELLING = (
    *("after", "again", "against", "before", "between", "both", "during", "each", "few", "further"),
    *("less", "more", "now", "other", "own", "same", "should", "than", "until", "very"),
    *("you", "your"),
)
"""Small words that tell when, how much or whom, and so can make a statement say more."""
_SMALL = frozenset(
    {*stopwords.STOPWORDS_EN_PLUS, *WEAKER, *HARMLESS} - {*STRONGER, *COUNTED, *_TELLING}
)


def strengthened(statement: str, sentence: str) -> tuple[str, ...]:
    """What `statement` says beyond `sentence`, each fault as a clause; () when nothing. Pure."""
    said, told = _plain(statement), _plain(sentence)
    faults = [
        f"has the number {number}, which its sentence has not"
        for number in _numbers(said)
        if number not in _numbers(told)
    ]
    faults += [f"drops the hedge {hedge!r}" for hedge in dropped_hedges(said, told)]
    faults += [f"drops the limit {limit!r}" for limit in _dropped(LIMITS, said, told)]
    faults += [
        f"is stronger: {word!r}" for word in STRONGER if _has(said, word) and not _has(told, word)
    ]
    # Counted: "it didn't work" drops one of "this isn't to say that it didn't work".
    if len(NEGATION.findall(said)) != len(NEGATION.findall(told)):
        faults.append("adds or drops a negation")
    return tuple(faults)


def beyond(statement: str, sentence: str) -> tuple[str, ...]:
    """As `strengthened`, and every word besides that the sentence does not bear out. Pure."""
    said, told = _plain(statement), _plain(sentence)
    faults = [*strengthened(statement, sentence)]
    stems = {_stem(word) for word in _WORD.findall(told)}
    for word in dict.fromkeys(_WORD.findall(said)):
        if word not in _SMALL and not stems & _borne_by(word):
            faults.append(f"has the word {word!r}, which its sentence does not bear out")
    return tuple(faults)


def dropped_hedges(statement: str, told: str) -> tuple[str, ...]:
    """The hedges of `told` of which `statement` keeps no trace. Pure."""
    return _dropped(HEDGES, _plain(statement), _plain(told))


def _dropped(kept_by: dict[str, tuple[str, ...]], said: str, told: str) -> tuple[str, ...]:
    return tuple(
        words
        for words, kept in kept_by.items()
        if _has(told, _plain(words)) and not any(_has(said, one) for one in kept)
    )


def _numbers(text: str) -> list[str]:
    return [*NUMBER.findall(text), *(word for word in _WORD.findall(text) if word in COUNTED)]


@cache
def _borne_by(word: str) -> frozenset[str]:
    """The stems of the words in a sentence that bear `word` out: its own, and its ring's."""
    words = {word, *(other for ring in PLAIN if word in ring for other in ring)}
    return frozenset(_stem(one) for one in words)


@cache
def _stem(word: str) -> str:
    from nltk.stem.snowball import SnowballStemmer

    return str(SnowballStemmer("english").stem(word.removesuffix("'s")))


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'")


def _has(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None
