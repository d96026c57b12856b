"""Golden questions, answers and judgements made up for a test."""

from typing import Any

from bot import Answer, Outcome, Quote, ShownReference
from eval.cases import Case, Shown
from eval.golden import Golden
from eval.metrics import scores_of
from eval.runs import Row, row_of
from eval.scoring import Judged


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


def quote(text: str, *references: int) -> Quote:
    """A quote of one sentence that no file holds."""
    return Quote(
        text=text,
        path="corpus/content/article.txt",
        start=0,
        end=len(text),
        sha256="0" * 64,
        focus=(0, len(text)),
        document="article",
        layer="article",
        section="",
        references=references,
    )


def answered(golden: Golden, *texts: str, numbers: tuple[int, ...] = (), **told: Any) -> Row:
    """The row of an answer with a quote for each text, the first of which has those numbers."""
    quotes = tuple(quote(text, *(() if at else numbers)) for at, text in enumerate(texts))
    shown = tuple(ShownReference(number=one, citation=f"C{one}", url="u") for one in numbers)
    fields: dict[str, Any] = {"reply": "\n\n".join(texts), "elapsed_ms": 1.0, **told}
    given = Answer(
        question=golden.question, outcome="answered", quotes=quotes, references=shown, **fields
    )
    return row_of(golden, given)


def case(row: Row, faults: tuple[str, ...] = ()) -> Case:
    """The case of such a row: each quote is one sentence and its own focus."""
    shown = tuple(
        Shown(one.text, one.text, (one.text,), frozenset(), one.references, ())
        for one in row.answer.quotes
    )
    return Case(row.golden, row.answer, shown, faults)


def judged(row: Row, faults: tuple[str, ...] = ()) -> Judged:
    """The row with the score of every metric."""
    return Judged(row, scores_of(case(row, faults)))
