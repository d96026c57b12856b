"""Whether a question is also full of fear or grief: a kind word then comes before the answer."""

import re
from collections.abc import Callable

from bot.answer import Outcome
from bot.wording import Wording
from index import Understanding

ACKNOWLEDGED: tuple[Outcome, ...] = ("answered", "not_covered", "care_team")
"""The outcomes that begin kindly then. What is urgent begins with whom to call, and `support` is
kind throughout."""
WHOLE = 0.03
"""A message that is so likely to be one of distress alone is also full of it beside a question."""
FEWEST_WORDS = 8
"""A shorter message says too little to tell that from its words."""
CLAUSE = 0.7
"""A clause about oneself or somebody close that is so likely to be one of distress, read by itself,
tells a feeling that the question beside it hides (docs/safety/README.md has what it costs)."""
FEWEST_WORDS_OF_A_CLAUSE = 4
CLAUSES = re.compile(
    r"(?<=[.!?;,–—])\s+|\n+|\s+(?:but|because|cos|and|since|after|when)\s+", re.IGNORECASE
)
"""Where one clause ends and the next begins, near enough."""


def feels(
    message: str,
    alone: Understanding,
    understand: Callable[[str], Understanding],
    wording: Wording,
) -> bool:
    """Whether `message`, understood as `alone`, tells a strong feeling beside what it asks.

    Reads its clauses one by one with `understand` only where its words and the whole do not tell.
    """
    if wording.has_words("feelings.words", message):
        return True
    if len(message.split()) < FEWEST_WORDS:
        return False
    if _distress(alone) >= WHOLE:
        return True
    return any(
        _distress(understand(clause)) >= CLAUSE
        for clause in CLAUSES.split(message)
        if clause != message and len(clause.split()) >= FEWEST_WORDS_OF_A_CLAUSE
        if wording.has_words("about_me.words", clause)
    )


def _distress(understood: Understanding) -> float:
    return dict(understood.kinds).get("distress", 0.0)
