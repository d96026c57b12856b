"""Figures from judgements: small and pure. None: a figure that does not apply.

A "score" is a confidence from 0 to 1. Whatever is drawn at random is drawn from a fixed seed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest

BINS = 10
RESAMPLES = 2000
SEED = 20
LEVEL = 0.95
DECLINED = 0.95
"""The share of the unanswerable that `coverage` declines."""


@dataclass(frozen=True)
class Figure:
    """A value with its 95 % interval. `n`: how many questions it was taken from."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Bin:
    """The `n` scores from `low` to below `high` (the last bin holds 1).

    `score`: their mean; `right`: the share of their questions that is right.
    """

    low: float
    high: float
    n: int
    score: float
    right: float


def share(told: Sequence[bool]) -> Figure | None:
    """The share that is true, with Wilson's interval."""
    if not told:
        return None
    interval = binomtest(sum(told), len(told)).proportion_ci(LEVEL, method="wilson")
    value = sum(told) / len(told)
    return Figure(value, float(interval.low), float(interval.high), len(told))


def auroc(scores: np.ndarray, answerable: np.ndarray) -> float | None:
    """How often an answerable question scores above an unanswerable one; ties count half."""
    from sklearn.metrics import roc_auc_score

    if answerable.all() or not answerable.any():
        return None
    return float(roc_auc_score(answerable, scores))


def coverage(
    scores: np.ndarray, answerable: np.ndarray, declined: float = DECLINED
) -> float | None:
    """The share of the answerable above the lowest threshold that declines enough.

    That is: at least the share `declined` of the unanswerable scores no higher than the threshold.
    """
    if answerable.all() or not answerable.any():
        return None
    others = np.sort(scores[~answerable])
    # The small step keeps a share such as 0.95 of 20 from being rounded up to the next question.
    needed = int(np.ceil(declined * len(others) - 1e-9))
    threshold = others[needed - 1] if needed else -np.inf
    return float((scores[answerable] > threshold).mean())


def risk_coverage(scores: np.ndarray, answerable: np.ndarray) -> tuple[tuple[float, float], ...]:
    """Share of the unanswerable and of the answerable that score at least a threshold, for each."""
    if answerable.all() or not answerable.any():
        return ()
    above = [scores >= threshold for threshold in sorted(set(scores.tolist()), reverse=True)]
    points = [(float(one[~answerable].mean()), float(one[answerable].mean())) for one in above]
    return ((0.0, 0.0), *points)


def reliability(scores: np.ndarray, right: np.ndarray) -> tuple[Bin, ...]:
    """Ten bins of equal width; those without a question are left out."""
    at = _bins(scores)
    return tuple(
        Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            n=int((at == number).sum()),
            score=float(scores[at == number].mean()),
            right=float(right[at == number].mean()),
        )
        for number in np.unique(at).tolist()
    )


def calibration_error(scores: np.ndarray, right: np.ndarray) -> float | None:
    """The expected calibration error: mean distance of score and share right, over the bins."""
    if not len(scores):
        return None
    gaps = np.bincount(_bins(scores), weights=scores - right, minlength=BINS)
    return float(np.abs(gaps).sum() / len(scores))


def mean(values: np.ndarray) -> float | None:
    """The mean."""
    return float(values.mean()) if len(values) else None


def clustered(
    measure: Callable[..., float | None], clusters: Sequence[str], *columns: Sequence[float | bool]
) -> Figure | None:
    """What `measure` makes of the `columns`, with a bootstrap interval (percentiles).

    Whole clusters are drawn, with replacement: what belongs together is not taken for independent.
    Draws to which the measure does not apply are left out.
    """
    arrays = [np.array(column) for column in columns]
    value = measure(*arrays)
    if value is None:
        return None
    names = np.array(clusters)
    members = [np.flatnonzero(names == name) for name in dict.fromkeys(clusters)]
    random = np.random.default_rng(SEED)
    drawn = []
    for _ in range(RESAMPLES):
        picked = random.integers(len(members), size=len(members))
        rows = np.concatenate([members[at] for at in picked])
        drawn.append(measure(*(array[rows] for array in arrays)))
    applied = [one for one in drawn if one is not None]
    low, high = np.quantile(applied, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Figure(value, float(low), float(high), len(clusters))


def _bins(scores: np.ndarray) -> np.ndarray:
    return np.asarray(np.minimum((scores * BINS).astype(int), BINS - 1))
