"""Whether a statement says more than the sentence it rests on.

Compares words only and judges strictly: a number that the sentence lacks, a hedge that is dropped,
a negation that is added or lost. It cannot tell that a statement follows from its sentence; people
and golden questions watch that.
"""

import re

HEDGES = {
    "may": ("may", "might", "could", "can", "perhaps", "possibly", "possible"),
    "might": ("may", "might", "could", "perhaps", "possibly", "possible"),
    "can": ("can", "could", "may", "might", "able to"),
    "could": ("may", "might", "could", "can", "possibly", "possible"),
    "usually": ("usually", "often", "mostly", "most often", "in most cases"),
    "often": ("often", "sometimes", "commonly"),
    "sometimes": ("sometimes", "at times", "may", "can"),
    "some": ("some", "certain", "a few", "not all"),
    "very small": ("very small", "tiny", "very few"),
    "vast majority": ("vast majority", "most", "almost all"),
    "much of": ("much", "a lot"),
    "likely": ("likely", "probably"),
    "thought to": ("thought to", "scientists think", "believed to"),
    "suggests": ("suggests", "may", "might"),
}
"""A hedge in a sentence, and the words by which a statement may keep it."""

NEGATION = re.compile(r"\b(?:not|no|never|none|nor|neither|without|cannot|nobody|nothing|\w+n't)\b")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def strengthened(statement: str, sentence: str) -> tuple[str, ...]:
    """What `statement` says beyond `sentence`, each fault as a clause; () when nothing. Pure."""
    said, told = _plain(statement), _plain(sentence)
    faults = [
        f"has the number {number}, which its sentence has not"
        for number in NUMBER.findall(said)
        if number not in NUMBER.findall(told)
    ]
    faults += [f"drops the hedge {hedge!r}" for hedge in dropped_hedges(said, told)]
    # Counted: "it didn't work" drops one of "this isn't to say that it didn't work".
    if len(NEGATION.findall(said)) != len(NEGATION.findall(told)):
        faults.append("adds or drops a negation")
    return tuple(faults)


def dropped_hedges(statement: str, told: str) -> tuple[str, ...]:
    """The hedges of `told` of which `statement` keeps no trace. Pure."""
    said, told = _plain(statement), _plain(told)
    return tuple(
        hedge
        for hedge, kept in HEDGES.items()
        if _has(told, hedge) and not any(_has(said, words) for words in kept)
    )


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'")


def _has(text: str, words: str) -> bool:
    return re.search(rf"\b{re.escape(words)}\b", text) is not None
