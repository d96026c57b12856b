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
    points = np.array(measures.risk_coverage(SCORES, ANSWERABLE))
    thirds = [(0, 0), (0, 1), (0, 2), (1, 2), (2, 3), (3, 3)]
    assert points * 3 == pytest.approx(np.array(thirds))


@pytest.mark.parametrize("answerable", [ONE_SIDE, ~ONE_SIDE, np.array([], bool)])
def test_one_side_alone_has_no_gate(answerable: np.ndarray) -> None:
    scores = SCORES[: len(answerable)]
    assert measures.auroc(scores, answerable) is None
    assert measures.coverage(scores, answerable) is None
    assert measures.risk_coverage(scores, answerable) == ()


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


def test_a_share_has_wilsons_interval() -> None:
    figure = measures.share([True] * 8 + [False] * 2)
    expected = binomtest(8, 10).proportion_ci(method="wilson")
    assert figure == Figure(0.8, expected.low, expected.high, 10)
    assert (figure.low, figure.high) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert measures.share([]) is None


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
