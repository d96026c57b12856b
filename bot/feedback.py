"""What a patient tells about an answer: kept only if they agree, no more than they were shown."""

import json
import os
import threading
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from limits import RateLimitItemPerDay, RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from pydantic import Field, model_validator

from bot.answer import Frozen, Outcome

Reason = Literal["wrong_answer", "wrong_passage", "hard_to_understand", "worrying"]
EACH = RateLimitItemPerHour(20)
"""How many one address may send; the address is counted in memory and written nowhere."""
ALL = RateLimitItemPerDay(2000)
"""How many are taken in all, so that nobody can fill the disk."""


class QuotedPlace(Frozen):
    """A place that an answer quoted."""

    path: str = Field(max_length=200)
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Feedback(Frozen):
    """What is sent: all of it stands in the preview that the patient agreed to."""

    consent: Literal[True]
    helpful: bool
    reason: Reason | None = None
    """What was wrong; told exactly when it was not helpful."""
    question: str | None = Field(default=None, max_length=2000)
    """The patient's own words, if they chose to send them."""
    outcome: Outcome
    quotes: Annotated[tuple[QuotedPlace, ...], Field(max_length=10)] = ()
    index: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if self.helpful == (self.reason is not None):
            raise ValueError("a reason is for an answer that was not helpful")
        return self


class TooMany(Exception):
    """No more is taken for now."""


class FeedbackStore:
    """A JSON-lines file for each month. Lines are added, never changed."""

    def __init__(self, folder: Path) -> None:
        """Makes `folder` when the first is kept, not before."""
        self._folder, self._lock = folder, threading.Lock()
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def keep(self, feedback: Feedback, sender: str, day: date) -> None:
        """Adds one line. Raises `TooMany` when this sender, or all together, sent enough."""
        if not (self._limiter.hit(EACH, sender) and self._limiter.hit(ALL)):
            raise TooMany
        line = json.dumps(
            {"day": day.isoformat(), **feedback.model_dump(mode="json")}, ensure_ascii=False
        )
        with self._lock:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._folder / f"{day:%Y-%m}.jsonl"
            # Only the service's own account may read what patients sent.
            with os.fdopen(
                os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600), "a"
            ) as file:
                file.write(line + "\n")
