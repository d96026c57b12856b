"""Golden questions and rows made up for a test."""

from typing import Any

from bot import Answer, Outcome
from eval.golden import Golden
from eval.runs import Row, row_of


def made(**told: Any) -> Golden:
    """A golden question with these fields; the others are those of a plain article question."""
    plain: dict[str, Any] = {
        "id": "a",
        "history": (),
        "question": "Why?",
        "kind": "article",
        "outcome": "answered",
        "evidence": ("Words.",),
        "acceptable": (),
        "references": (),
        "must_say": (),
        "must_not_say": (),
        "why": "",
        "author": "writer",
        "date": "2026-01-01",
    }
    return Golden(**{**plain, **told})


def unanswered(golden: Golden, outcome: Outcome = "not_covered", **told: Any) -> Row:
    """The row of an answer without a quote."""
    fields: dict[str, Any] = {"reply": "Not covered.", "elapsed_ms": 1.0, **told}
    return row_of(golden, Answer(question=golden.question, outcome=outcome, **fields))
