"""What a personal matter gets: questions for the care team, and what holds in general if close."""

from bot.wording import Wording
from index import Record, Understanding

CLOSE = 0.2
"""A passage with this share of all passages is close to what was asked."""
MATTERS = {
    "ask_family.words": "ask_family.questions",
    "ask_follow_up.words": "ask_follow_up.questions",
    "ask_cause.words": "ask_cause.questions",
    "ask_blame.words": "ask_blame.questions",
    "ask_worked.words": "ask_worked.questions",
    "ask_chances.words": "ask_chances.questions",
    "ask_results.words": "ask_results.questions",
    "ask_medicine.words": "ask_medicine.questions",
    "ask_symptom.words": "ask_symptom.questions",
    "ask_living.words": "ask_living.questions",
    "ask_choices.words": "ask_choices.questions",
}
"""The words that tell a matter, and the questions to ask about it. The most words win, and of two
with as many the first."""


def questions_to_ask(message: str, wording: Wording) -> str:
    """Two or three questions for the care team, fitted to what `message` is about. Pure."""
    found = {words: wording.words_in(words, message) for words in MATTERS}
    most = max(found, key=lambda words: found[words])
    return wording(MATTERS[most] if found[most] else "ask_any.questions")


def said_in_general(understanding: Understanding) -> tuple[Record, ...]:
    """The likeliest passage whose card lets it stand beside a personal matter, if close. Pure.

    Most may not: "the treatment beat most of the cancer" would read as a verdict on one's own.
    """
    close = (record for record, share in understanding.passages if share >= CLOSE)
    return tuple(record for record in close if record.in_general)[:1]
