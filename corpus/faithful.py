"""Whether a statement says more than the sentence it rests on.

Compares words only, and judges strictly: a number that the sentence lacks, a hedge or a limit that
is dropped, a negation that is added or lost, a stronger word. Every line has to pass it, whoever
wrote it: in the corpus, in an answer, and when answers are measured. It cannot tell that a
statement follows from its sentence; people and golden questions watch that. `beyond.py` is stricter
still, for lines that no person wrote.
"""

import re

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
    "should": ("should", "ought to", "need", "needs"),
    "advised": ("advised", "advise", "advice", "suggest"),
    "recommended": ("recommended", "recommend", "advised", "advice"),
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
    "type": ("type", "types", "kind", "kinds", "sort", "form"),
    "only": ("only", "just", "nothing but"),
    "or longer": ("or longer", "or more", "at least"),
    "or more": ("or more", "at least"),
    "or less": ("or less", "at most", "up to"),
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

NEGATION = re.compile(
    r"\b(?:not|no|never|none|nor|neither|without|cannot|nobody|nothing|lack(?:s|ed|ing)?|\w+n't)\b"
)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
COUNTED = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"),
    *("thousand", "million", "half", "third", "quarter", "fifth", "tenth", "fiftieth", "dozen"),
    *("once", "twice", "double", "single"),
)
"""Numbers that are written as words."""
WORD = re.compile(r"[a-z][a-z'-]*[a-z]|[a-z]")


def strengthened(statement: str, sentence: str) -> tuple[str, ...]:
    """What `statement` says beyond `sentence`, each fault as a clause; () when nothing. Pure."""
    said, told = lowered(statement), lowered(sentence)
    faults = [
        f"has the number {number}, which its sentence has not"
        for number in numbers_in(said)
        if number not in numbers_in(told)
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


def dropped_hedges(statement: str, told: str) -> tuple[str, ...]:
    """The hedges of `told` of which `statement` keeps no trace. Pure."""
    return _dropped(HEDGES, lowered(statement), lowered(told))


def _dropped(kept_by: dict[str, tuple[str, ...]], said: str, told: str) -> tuple[str, ...]:
    return tuple(
        words
        for words, kept in kept_by.items()
        if _has(told, lowered(words)) and not any(_has(said, one) for one in kept)
    )


def numbers_in(text: str) -> list[str]:
    """The numbers of a lowered `text`, in figures and in words."""
    return [*NUMBER.findall(text), *(word for word in WORD.findall(text) if word in COUNTED)]


def lowered(text: str) -> str:
    """`text` in small letters, with plain apostrophes. Pure."""
    return text.casefold().replace("’", "'")


def _has(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None
