"""Two runs beside each other: paired, with an interval and a permutation test."""

from dataclasses import replace

import pytest

from eval.comparison import Comparison, compare, turned
from eval.report_tables import relabelled, setups_table
from eval.scoring import Judged
from tests.golden_questions import answered, judged, made, unanswered
from tests.test_runs import setup


def told(right: str, asked: str = "abcdefgh") -> tuple[Judged, ...]:
    """Answers to a question for each letter of `asked`; those in `right` are right."""
    golden = [made(id=id, question=f"What is {id}?") for id in asked]
    return tuple(judged(answered(one, "Words." if one.id in right else "Else.")) for one in golden)


def change(comparison: Comparison, name: str) -> tuple[float, float, float, float | None, int]:
    one = next(one for one in comparison.differences if one.quantity.name == name)
    return one.one, one.other, one.change.value, one.p, one.change.n


def test_differences_are_paired() -> None:
    one, other, difference, p, n = change(compare(told("ab"), told("bcdefgh")), "right_first")
    assert (one, other, difference, n) == (0.25, 0.875, 0.625, 8)
    # Of the 2^7 ways in which seven changes can turn round, those with one or none against.
    assert p == pytest.approx(2 * 8 / 2**7)


def test_the_same_run_differs_in_nothing() -> None:
    comparison = compare(told("abc"), told("abc"))
    assert comparison.changed == ()
    for one in comparison.differences:
        assert (one.change.value, one.change.low, one.change.high) == (0, 0, 0)
        assert one.p in (None, 1)


def test_changed_verdicts_stand_side_by_side() -> None:
    comparison = compare(told("ab"), told("bc"))
    assert [(old.golden.id, bool(new.misses)) for old, new in comparison.changed] == [
        ("a", True),
        ("c", False),
    ]


def test_another_reason_for_a_miss_is_a_change() -> None:
    golden = made(id="a", question="What is a?")
    one, other = (judged(answered(golden, words)) for words in ("Else.", "Other."))
    assert compare([one], [other]).changed == ((one, other),)
    assert turned(one, other) == "missed otherwise"
    assert compare([one], [one]).changed == ()


def test_what_is_expected_otherwise_is_named() -> None:
    golden = made(id="a", question="What is a?")
    now = replace(golden, evidence=("Else.",), why="Asked again.")
    found = compare([judged(answered(golden, "Words."))], [judged(answered(now, "Words."))])
    assert found.relabelled == (("a", ("evidence", "why")),)
    assert relabelled(found.relabelled).endswith("of 1 questions: a (evidence, why).")
    assert compare(told("a"), told("b")).relabelled == ()


def test_what_two_runs_were_made_from_is_told_where_it_differs() -> None:
    one, other = setup(settings={"a": 1, "b": 2}), setup(settings={"a": 1, "b": 3}, commit="f" * 40)
    assert setups_table(one, other).rows == (
        ("settings: b", "2", "3"),
        ("commit", "-", "f" * 12),
    )


def test_only_the_same_questions_are_compared() -> None:
    comparison = compare(told("ab", "abc"), told("ab", "bcd"))
    assert (comparison.paired, comparison.unpaired) == (2, ("a", "d"))
    with pytest.raises(ValueError, match="no question in common"):
        compare(told("a", "a"), told("b", "b"))


def test_a_figure_that_applies_in_one_run_only_is_left_out() -> None:
    declined = tuple(judged(unanswered(one.golden)) for one in told("a"))
    names = {one.quantity.name for one in compare(declined, told("a")).differences}
    assert "right_first" in names
    assert not names & {"quoted_sentences", "auroc", "must_say"}


def test_the_same_comparison_gives_the_same_figures() -> None:
    assert compare(told("ab"), told("bcd")) == compare(told("ab"), told("bcd"))
