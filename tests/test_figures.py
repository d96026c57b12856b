"""Figures of a handful of judged answers, whose values were worked out by hand."""

import pytest

from corpus import text_counts
from eval.figures import figures
from eval.reading import own_words
from eval.scoring import Judged
from eval.tables import Table, confusion_table, figures_table, kinds_table
from tests.golden_questions import answered, judged, made, unanswered


def right(id: str, sure: float) -> Judged:
    return judged(answered(made(id=id, question=f"{id}?"), "Words.", confidence=sure))


def wrong(id: str, sure: float) -> Judged:
    return judged(answered(made(id=id, question=f"{id}?"), "Else.", confidence=sure))


def other(id: str, expected: str, sure: float | None, given: str = "not_covered") -> Judged:
    golden = made(id=id, question=f"{id}?", outcome=expected, evidence=(), kind="near_miss")
    if given == "answered":
        return judged(answered(golden, "Else.", confidence=sure))
    return judged(unanswered(golden, given, confidence=sure))  # type: ignore[arg-type]


JUDGED = (
    right("a", 0.95),
    wrong("b", 0.85),
    judged(unanswered(made(id="c", question="c?"), confidence=0.25)),
    other("d", "not_covered", 0.15),
    other("e", "not_covered", 0.55, "answered"),
    other("f", "urgent", None, "urgent"),
)


@pytest.mark.parametrize(
    ("name", "value", "n"),
    [
        ("outcome_right", 4 / 6, 6),
        ("right_first", 1 / 3, 3),
        ("refused_wrongly", 1 / 3, 3),
        ("answered_wrongly", 1 / 3, 3),
        ("quoted_sentences", 1, 3),
        ("missed_urgent", 0, 1),
        ("auroc", 5 / 6, 5),  # of six pairs only c and e stand the wrong way round
        ("coverage_at_95_declined", 2 / 3, 5),
        ("coverage_at_1_risk", 1 / 3, 6),
        # Risk 0 at a coverage of 1/3, 1/2 at 2/3, then 2/3 at 2/3.
        ("risk_area", (1 / 3 * 1 / 4) / (1 / 3), 6),
        # Each in a bin of its own: (0.05 + 0.85 + 0.25 + 0.15 + 0.55) / 5.
        ("calibration_error", 0.37, 5),
        ("latency_p50", 1, 6),
    ],
)
def test_a_figure_is_the_one_worked_out_by_hand(name: str, value: float, n: int) -> None:
    figure = figures(JUDGED)[name]
    assert figure
    assert figure.value == pytest.approx(value)
    assert figure.n == n
    assert figure.low <= figure.value <= figure.high


def test_the_figures_are_the_same_every_time() -> None:
    assert figures(JUDGED) == figures(JUDGED)


def test_what_does_not_apply_is_no_zero() -> None:
    told = figures(JUDGED[5:])
    assert told["right_first"] is None
    assert told["auroc"] is None
    assert told["must_say"] is None
    rows = {row[0]: row for row in figures_table(JUDGED[5:]).rows}
    assert rows["right sentence first"][1:] == ("-", "-", "0")


def test_questions_of_one_conversation_belong_together() -> None:
    opening = made(question="What are CSCs?")
    going_on = made(id="b", history=("what are cscs",), question="why?", kind="follow_up")
    assert opening.conversation == going_on.conversation


def test_the_kinds_stand_by_themselves_and_all_together() -> None:
    rows = kinds_table(JUDGED).rows
    assert [row[:2] for row in rows] == [("article", "3"), ("near_miss", "3"), ("all", "6")]
    assert rows[1][3] == "-"


def test_the_confusion_table_counts_expected_by_given() -> None:
    table = confusion_table(JUDGED)
    assert table.heads == ("expected", "answered", "not_covered", "urgent", "n")
    assert table.rows == (
        ("answered", "2", "1", "0", "3"),
        ("not_covered", "1", "1", "0", "2"),
        ("urgent", "0", "0", "1", "1"),
    )


def test_beside_a_share_of_harm_stands_its_exact_interval() -> None:
    rows = {row[0]: row[2] for row in figures_table(JUDGED).rows}
    assert rows["urgent messages missed"].endswith("; exact 0.000 to 0.975")
    assert rows["answered though unanswerable (NoMIRACL)"].endswith("; exact 0.008 to 0.906")
    assert sum("exact" in told for told in rows.values()) == 3


def test_a_table_in_markdown() -> None:
    assert Table(("a", "b"), (("1", "2"),)).markdown() == "| a | b |\n|---|---|\n| 1 | 2 |"


def test_only_the_bots_own_words_are_read() -> None:
    reply = (
        "A line of ours.\n\n> Quoted words.\n>\n> — the article\n\n**Reference 3:** C3 <u>\n\n"
        "*No number stands here.*\n\nYou could also ask:\n\n- What is it?\n- Why?"
    )
    row = answered(
        made(), "Quoted words.", numbers=(3,), reply=reply, suggestions=("What is it?", "Why?")
    )
    assert own_words(row.answer) == (
        "A line of ours.\n\nNo number stands here.\n\nYou could also ask:"
    )
    told = text_counts("Cancer came back. It may.")
    assert (told.words, told.sentences, told.syllables) == (5, 2, 6)
