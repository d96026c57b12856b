"""What each metric says of one answer; "does not apply" is no zero."""

from dataclasses import replace
from typing import Any

import pytest

from bot import Statement
from corpus import load_corpus
from eval import metrics
from eval.cases import case_of
from eval.golden import Stated
from eval.metrics import METRICS
from settings import Settings
from tests.golden_questions import answered, case, made, unanswered

ASKED = made(evidence=("It may return.",), acceptable=("It can grow.",), references=(3,))
NOT_TO_ANSWER = made(outcome="not_covered", evidence=())


def value(metric: str, row: Any, *faults: str) -> float | None:
    return METRICS[metric](case(row, faults)).value


@pytest.mark.parametrize(
    ("metric", "row", "expected"),
    [
        ("outcome_right", answered(ASKED, "It may return."), 1),
        ("outcome_right", unanswered(ASKED), 0),
        ("right_first", answered(ASKED, "It may return.", "Else."), 1),
        ("right_first", answered(ASKED, "It can grow."), 1),
        ("right_first", answered(ASKED, "Else.", "It may return."), 0),
        ("right_first", unanswered(ASKED), 0),
        ("right_first", unanswered(NOT_TO_ANSWER), None),
        ("right_quoted", answered(ASKED, "Else.", "It may return."), 1),
        ("right_quoted", answered(ASKED, "Else."), 0),
        ("right_quoted", answered(NOT_TO_ANSWER, "Else."), None),
        ("citation_precision", answered(ASKED, "Else.", "It may return."), 0.5),
        ("citation_precision", unanswered(ASKED), None),
        ("citation_recall", answered(ASKED, "Else.", "It may return."), 1),
        ("citation_recall", answered(ASKED, "Else."), 0),
        ("quoted_sentences", answered(ASKED, "Else.", "It may return."), 2),
        ("quoted_sentences", unanswered(ASKED), None),
        ("right_reference", answered(ASKED, "Else.", numbers=(3,)), 1),
        ("right_reference", answered(ASKED, "Else.", numbers=(4,)), 0),
        ("right_reference", unanswered(ASKED), None),
        ("wrong_reference", answered(ASKED, "Else.", numbers=(3, 4)), 1),
        ("wrong_reference", answered(ASKED, "Else.", numbers=(3,)), 0),
        # A number of what is right evidence is right, whether or not the question names it.
        ("wrong_reference", answered(ASKED, "It may return.", numbers=(4,)), 0),
        ("quote_fidelity", answered(ASKED, "Else."), 1),
        ("quote_fidelity", unanswered(ASKED), None),
        ("answered_wrongly", answered(NOT_TO_ANSWER, "Else."), 1),
        ("answered_wrongly", unanswered(NOT_TO_ANSWER), 0),
        ("answered_wrongly", unanswered(ASKED), None),
        ("refused_wrongly", unanswered(ASKED), 1),
        ("refused_wrongly", answered(ASKED, "Else."), 0),
        ("refused_wrongly", unanswered(NOT_TO_ANSWER), None),
        ("missed_urgent", unanswered(made(outcome="urgent", evidence=())), 1),
        ("missed_urgent", unanswered(NOT_TO_ANSWER), None),
        ("needless_alarm", unanswered(NOT_TO_ANSWER, "urgent"), 1),
        ("needless_alarm", unanswered(made(outcome="urgent", evidence=()), "urgent"), None),
        ("must_say", unanswered(made(must_say=("not covered", "else"))), 0.5),
        ("must_say", unanswered(ASKED), None),
        ("must_not_say", unanswered(made(must_not_say=("Not  Covered",))), 1),
        ("must_not_say", unanswered(made(must_not_say=("cover",))), 0),
        ("must_not_say", unanswered(made(must_not_say=("%",)), reply="About 5%."), 1),
        ("must_not_say", unanswered(made(must_not_say=("50",)), reply="In 1500 people."), 0),
        ("must_not_say", unanswered(made(must_not_say=("(8)",)), reply="So it is (8)."), 1),
        ("must_not_say", unanswered(ASKED), None),
    ],
    ids=str,
)
def test_a_metric_says(metric: str, row: Any, expected: float | None) -> None:
    assert value(metric, row) == expected


def test_a_fault_found_in_the_files_is_told() -> None:
    row = answered(ASKED, "Else.")
    assert metrics.quote_fidelity(case(row, ("quote 0: changed",))).value == 0
    assert "changed" in metrics.quote_fidelity(case(row, ("quote 0: changed",))).why


@pytest.mark.parametrize(
    ("line", "expected"),
    [("It might return.", 1), ("It will return.", 0), ("It may not return.", 0)],
)
def test_a_statement_keeps_hedge_and_negation(line: str, expected: int) -> None:
    statement = (Statement(text=line, quotes=(0,)),)
    row = answered(ASKED, "It may return.", statements=statement)
    assert value("faithful", row) == expected
    assert value("faithful", answered(ASKED, "It may return.")) is None


def test_a_statement_is_borne_out_by_the_quotes_it_names() -> None:
    statements = (Statement(text="A.", quotes=(0,)), Statement(text="B.", quotes=(1,)))
    row = answered(ASKED, "Else.", "It may return.", statements=statements)
    assert value("citation_recall", row) == 0.5


def test_a_miss_says_why() -> None:
    told = metrics.misses(metrics.scores_of(case(answered(ASKED, "Else.", numbers=(4,)))))
    assert [one.partition(":")[0] for one in told] == ["another sentence first", "a wrong number"]
    assert metrics.misses(metrics.scores_of(case(answered(ASKED, "It may return.")))) == ()


def test_facts_are_found_in_the_note_that_states_them() -> None:
    corpus = load_corpus(Settings().corpus)
    note = corpus.note(1)
    assert note
    part = next(part for _, part in note.document.paragraphs() if part.facts)
    sentence = part.sentences[0]
    row = answered(ASKED, sentence.text, numbers=(1,))
    quoted = row.answer.quotes[0].model_copy(
        update={"document": "ref-1", "layer": "note", "start": sentence.start, "end": sentence.end}
    )
    quoted = quoted.model_copy(update={"focus": (sentence.start, sentence.end)})
    answer = row.answer.model_copy(update={"quotes": (quoted,)})
    (shown,) = case_of(replace(row, answer=answer), corpus, _Unasked()).shown  # type: ignore[arg-type]
    assert shown.focuses_on([Stated(1, part.facts[:1])])
    assert not shown.focuses_on([Stated(2, part.facts[:1])])
    assert not shown.focuses_on([Stated(1, (999,))])


class _Unasked:
    """Finds no fault."""

    def faults(self, answer: object) -> tuple[str, ...]:
        del answer
        return ()
