"""Whether a question is also full of fear or grief: a kind word then comes before the answer."""

from collections.abc import Callable

from bot.alarms import SENTENCE
from bot.answer import Outcome
from bot.wording import Wording
from index import Understanding

ACKNOWLEDGED: tuple[Outcome, ...] = ("answered", "not_covered", "care_team")
"""The outcomes that begin kindly then. What is urgent begins with whom to call, and `support` is
kind throughout."""
WHOLE = 0.05
"""A message that is so likely to be one of distress alone is also full of it beside a question."""
FEWEST_WORDS = 8
"""A shorter message says too little to tell that from its words."""
SENTENCE_ALONE = 0.85
"""A sentence about oneself or somebody close that is so likely to be one of distress, read by
itself, tells a feeling that the question after it hides."""


def feels(
    message: str,
    alone: Understanding,
    understand: Callable[[str], Understanding],
    wording: Wording,
) -> bool:
    """Whether `message`, understood as `alone`, tells a strong feeling beside what it asks.

    Reads its sentences one by one with `understand` only where its words and the whole do not tell.
    """
    if wording.has_words("feelings.words", message):
        return True
    if len(message.split()) < FEWEST_WORDS:
        return False
    if _distress(alone) >= WHOLE:
        return True
    told = [one for one in SENTENCE.split(message) if one.strip() and not one.strip().endswith("?")]
    return any(
        _distress(understand(sentence)) >= SENTENCE_ALONE
        for sentence in told
        if sentence != message and wording.has_words("about_me.words", sentence)
    )


def _distress(understood: Understanding) -> float:
    return dict(understood.kinds).get("distress", 0.0)
