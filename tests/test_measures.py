"""The figures, on small made-up scores whose values were worked out by hand."""

from dataclasses import astuple

import numpy as np
import pytest
from scipy.stats import binomtest

from eval import measures
from eval.measures import Figure

SCORES = np.array([0.9, 0.8, 0.4, 0.6, 0.3, 0.4])
ANSWERABLE = np.array([True, True, True, False, False, False])
ONE_SIDE = np.array([True] * 6)


def test_auroc_counts_pairs_and_half_of_a_tie() -> None:
    # 0.9 and 0.8 beat all three; 0.4 loses to 0.6, beats 0.3 and ties with 0.4: 7.5 of 9.
    assert measures.auroc(SCORES, ANSWERABLE) == pytest.approx(7.5 / 9)


@pytest.mark.parametrize(
    ("declined", "expected"), [(0.0, 1.0), (1 / 3, 1.0), (2 / 3, 2 / 3), (0.9, 2 / 3), (1.0, 2 / 3)]
)
def test_coverage_counts_what_is_above_the_declined(declined: float, expected: float) -> None:
    assert measures.coverage(SCORES, ANSWERABLE, declined) == pytest.approx(expected)


def test_with_95_percent_declined_one_of_twenty_may_be_above() -> None:
    others = np.arange(20) / 20
    scores = np.array([0.92, 0.9, 0.1, *others])
    answerable = np.arange(23) < 3
    assert measures.coverage(scores, answerable) == pytest.approx(1 / 3)


def test_the_curve_goes_from_none_to_all() -> None:
    points = np.array(measures.gate_curve(SCORES, ANSWERABLE))
    thirds = [(0, 0), (0, 1), (0, 2), (1, 2), (2, 3), (3, 3)]
    assert points * 3 == pytest.approx(np.array(thirds))


@pytest.mark.parametrize("answerable", [ONE_SIDE, ~ONE_SIDE, np.array([], bool)])
def test_one_side_alone_has_no_gate(answerable: np.ndarray) -> None:
    scores = SCORES[: len(answerable)]
    assert measures.auroc(scores, answerable) is None
    assert measures.coverage(scores, answerable) is None
    assert measures.gate_curve(scores, answerable) == ()


def test_calibration_error_weighs_the_bins_by_their_questions() -> None:
    scores = np.array([0.12, 0.18, 0.95, 1.0])
    right = np.array([False, True, True, True])
    # Bin 0.1: mean 0.15, right 0.5, two of four. Bin 0.9: mean 0.975, right 1, two of four.
    assert measures.calibration_error(scores, right) == pytest.approx(0.35 / 2 + 0.025 / 2)
    low, high = measures.reliability(scores, right)
    assert astuple(low) == pytest.approx((0.1, 0.2, 2, 0.15, 0.5))
    assert astuple(high) == pytest.approx((0.9, 1.0, 2, 0.975, 1.0))


def test_a_score_on_a_border_is_in_the_upper_bin() -> None:
    borders = np.arange(10) / 10
    assert [one.n for one in measures.reliability(borders, borders > 0)] == [1] * 10


def test_nothing_has_no_calibration() -> None:
    empty = np.array([])
    assert measures.calibration_error(empty, empty) is None
    assert measures.reliability(empty, empty) == ()
    assert measures.mean(empty) is None
    assert measures.clustered(measures.mean, [], []) is None


def test_a_share_that_is_all_right_has_wilsons_interval() -> None:
    clusters = [str(at) for at in range(10)]
    expected = binomtest(10, 10).proportion_ci(method="wilson")
    figure = measures.clustered_share(clusters, [1.0] * 10)
    assert figure == Figure(1.0, expected.low, expected.high, 10)
    none = measures.clustered_share(clusters, [0.0] * 10)
    assert none
    assert (none.low, none.high) == pytest.approx((0, 1 - expected.low))
    together = measures.clustered_share(["a"] * 10, [1.0] * 10)
    assert together
    assert together.low < figure.low  # one conversation of ten questions tells less
    assert measures.clustered_share([], []) is None


def test_a_mean_drawn_at_once_has_the_interval_of_one_drawn_in_turn() -> None:
    clusters = [str(at // 3) for at in range(60)]
    values = [float(at % 7 == 0) for at in range(60)]
    at_once = measures.clustered_mean(clusters, values)
    in_turn = measures.clustered(measures.mean, clusters, values)
    assert at_once
    assert in_turn
    assert astuple(at_once) == pytest.approx(astuple(in_turn), abs=0.01)


def test_risk_is_of_what_is_answered_and_coverage_of_what_is_answerable() -> None:
    scores = np.array([0.9, 0.8, 0.8, 0.7, 0.6, 0.95])
    answered = np.array([True, True, True, True, True, False])
    right = np.array([True, True, False, True, False, False])
    answerable = np.array([True, True, True, True, False, True])
    told = (scores, answered, right, answerable)
    # 0.9: one of five answerable, right. 0.8: both at once, one wrong. 0.6: what nothing answers.
    points = np.array([(0.2, 0), (0.6, 1 / 3), (0.8, 1 / 4), (0.8, 2 / 5)])
    assert np.array(measures.selective_risk(*told)) == pytest.approx(points)
    assert measures.coverage_at(0.01, *told) == pytest.approx(0.2)
    assert measures.coverage_at(0.25, *told) == pytest.approx(0.8)
    area = (0.4 * (1 / 3) / 2 + 0.2 * (1 / 3 + 1 / 4) / 2) / 0.6
    assert measures.risk_area(*told) == pytest.approx(area)


def test_what_answers_nothing_has_no_risk() -> None:
    told = (SCORES, ~ONE_SIDE, ONE_SIDE, ANSWERABLE)
    assert measures.selective_risk(*told) == ()
    assert measures.risk_area(*told) is None
    assert measures.coverage_at(0.05, *told) is None


def test_no_coverage_has_so_little_risk_when_the_surest_answer_is_wrong() -> None:
    told = (SCORES, ONE_SIDE, SCORES < 0.9, ANSWERABLE)
    assert measures.coverage_at(0.05, *told) == 0


def test_the_reading_age_is_that_of_all_texts_together() -> None:
    words, sentences, syllables = np.array([10, 10]), np.array([1, 3]), np.array([12, 18])
    age = measures.reading_age(words, sentences, syllables)
    assert age == pytest.approx(0.39 * 20 / 4 + 11.8 * 30 / 20 - 15.59 + 5)
    assert measures.reading_age(words * 0, sentences * 0, syllables * 0) is None


def test_the_bootstrap_repeats_itself() -> None:
    clusters = ["a", "b", "c", "d", "e", "f"]
    one = measures.clustered(measures.auroc, clusters, SCORES.tolist(), ANSWERABLE.tolist())
    again = measures.clustered(measures.auroc, clusters, SCORES.tolist(), ANSWERABLE.tolist())
    assert one == again
    assert one
    assert one.low <= one.value <= one.high
    assert one.n == 6


def test_the_bootstrap_draws_whole_clusters() -> None:
    values = [0.0, 1.0] * 10
    apart = measures.clustered(measures.mean, [str(at) for at in range(20)], values)
    together = measures.clustered(measures.mean, [str(at // 2) for at in range(20)], values)
    assert together == Figure(0.5, 0.5, 0.5, 20)  # each pair has the same mean
    assert apart
    assert apart.low < 0.4
    assert apart.high > 0.6
