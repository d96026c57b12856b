"""Answers that break a promise cannot be built."""

from typing import Any

import pytest
from pydantic import ValidationError

from bot import Answer, Quote, ShownReference, Statement

QUOTE = Quote(
    text="Cells may stay (3).",
    path="corpus/content/article.txt",
    start=10,
    end=29,
    sha256="0" * 64,
    focus=(10, 29),
    document="article",
    layer="article",
    section="Why",
    references=(3,),
)
REFERENCE = ShownReference(number=3, citation="Somebody. Something.", url="https://example.org")


def answer(**changes: Any) -> Answer:
    fields = {
        "question": "why?",
        "outcome": "answered",
        "reply": "because",
        "quotes": (QUOTE,),
        "references": (REFERENCE,),
        "elapsed_ms": 1.0,
    }
    return Answer(**{**fields, **changes})


def test_a_whole_answer_can_be_built() -> None:
    assert answer().contract == 1


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"quotes": (), "references": ()}, id="answered without a quote"),
        pytest.param({"references": ()}, id="a number without its reference"),
        pytest.param({"quotes": (), "outcome": "not_covered"}, id="a reference without a quote"),
        pytest.param(
            {"statements": (Statement(text="It stays.", quotes=(1,)),)}, id="a quote not there"
        ),
        pytest.param({"confidence": 1.2}, id="more than certain"),
        pytest.param({"suggestions": ("a", "b", "c", "d")}, id="four suggestions"),
        pytest.param({"mood": "good"}, id="an unknown field"),
    ],
)
def test_an_answer_that_breaks_a_promise_cannot_be_built(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        answer(**changes)


def test_a_statement_without_a_quote_cannot_be_built() -> None:
    with pytest.raises(ValidationError):
        Statement(text="It stays.", quotes=())


def test_a_focus_outside_its_quote_cannot_be_built() -> None:
    with pytest.raises(ValidationError):
        Quote(**{**QUOTE.model_dump(), "focus": (5, 12)})


def test_an_answer_never_changes() -> None:
    with pytest.raises(ValidationError):
        answer().outcome = "urgent"
