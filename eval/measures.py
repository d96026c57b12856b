"""Figures from judgements: small and pure. None: a figure that does not apply.

A "score" is a confidence from 0 to 1. Whatever is drawn at random is drawn from a fixed seed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.stats import binomtest, rankdata

from corpus import grade

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


def exact(true: int, n: int) -> Figure:
    """The share `true` of `n`, with the exact interval (Clopper and Pearson, 1934).

    It says something of 0 and of 1, too.
    """
    interval = binomtest(true, n).proportion_ci(LEVEL, method="exact")
    return Figure(true / n, float(interval.low), float(interval.high), n)


def auroc(scores: np.ndarray, answerable: np.ndarray) -> float | None:
    """How often an answerable question scores above an unanswerable one; ties count half.

    The rank-sum form of the area under the ROC curve (Hanley and McNeil 1982): scikit-learn's own
    is ten times slower, too slow for a bootstrap.
    """
    many = int(answerable.sum())
    others = len(answerable) - many
    if not many or not others:
        return None
    ranks = rankdata(scores)[answerable].sum()
    return float((ranks - many * (many + 1) / 2) / (many * others))


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


def gate_curve(scores: np.ndarray, answerable: np.ndarray) -> tuple[tuple[float, float], ...]:
    """Share of the unanswerable and of the answerable that score at least a threshold, for each."""
    if answerable.all() or not answerable.any():
        return ()
    above = [scores >= threshold for threshold in sorted(set(scores.tolist()), reverse=True)]
    points = [(float(one[~answerable].mean()), float(one[answerable].mean())) for one in above]
    return ((0.0, 0.0), *points)


def selective_risk(
    scores: np.ndarray, answered: np.ndarray, right: np.ndarray, answerable: np.ndarray
) -> tuple[tuple[float, float], ...]:
    """Coverage and risk at each threshold, the highest first, were only surer answers given.

    Coverage: the share of the answerable questions that is answered. Risk: the share of the answers
    that is wrong, also because nothing answers the question (El-Yaniv and Wiener 2010). What was
    not answered is no risk, however sure.
    """
    if not answered.any() or not answerable.any():
        return ()
    order = np.argsort(-scores[answered], kind="stable")
    sure, good, wanted = (one[answered][order] for one in (scores, right, answerable))
    last = np.flatnonzero(np.append(np.diff(sure) != 0, True))  # of each group of equal scores
    coverages = np.cumsum(wanted)[last] / answerable.sum()
    risks = np.cumsum(~good)[last] / (last + 1)
    return tuple(zip(coverages.tolist(), risks.tolist(), strict=True))


def risk_area(
    scores: np.ndarray, answered: np.ndarray, right: np.ndarray, answerable: np.ndarray
) -> float | None:
    """Area under the risk-coverage curve: the risk's mean over its coverages; lower is better.

    By trapezoids, from the first answer on, over the coverage that is reached.
    """
    points = np.array(selective_risk(scores, answered, right, answerable))
    if not len(points):
        return None
    coverages, risks = points.T
    if coverages[-1] == coverages[0]:
        return float(risks.mean())
    return float(np.trapezoid(risks, coverages) / (coverages[-1] - coverages[0]))


def coverage_at(
    risk: float,
    scores: np.ndarray,
    answered: np.ndarray,
    right: np.ndarray,
    answerable: np.ndarray,
) -> float | None:
    """The greatest coverage at which the risk is no greater than `risk`; 0 when it always is."""
    points = selective_risk(scores, answered, right, answerable)
    if not points:
        return None
    return max((covered for covered, wrong in points if wrong <= risk), default=0.0)


def reading_age(words: np.ndarray, sentences: np.ndarray, syllables: np.ndarray) -> float | None:
    """The age at which texts are read easily: the Flesch-Kincaid grade plus 5.

    Of all texts together: the formula means nothing on single lines.
    """
    if not sentences.sum():
        return None
    return float(grade(words.sum(), sentences.sum(), syllables.sum()) + 5)


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
    drawn = (measure(*(array[rows] for array in arrays)) for rows in _draws(tuple(clusters)))
    applied = [one for one in drawn if one is not None]
    low, high = np.quantile(applied, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Figure(value, float(low), float(high), len(clusters))


def clustered_mean(clusters: Sequence[str], values: Sequence[float]) -> Figure | None:
    """The mean with the interval of `clustered`, drawn all at once."""
    if not values:
        return None
    names, at = np.unique(np.array(clusters), return_inverse=True)
    sums, sizes = np.bincount(at, weights=values), np.bincount(at)
    picked = np.random.default_rng(SEED).integers(len(names), size=(RESAMPLES, len(names)))
    drawn = sums[picked].sum(axis=1) / sizes[picked].sum(axis=1)
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Figure(float(np.mean(values)), float(low), float(high), len(values))


def clustered_share(clusters: Sequence[str], values: Sequence[float]) -> Figure | None:
    """The mean of values from 0 to 1 as `clustered_mean` has it; of all 0 or all 1, Wilson's.

    Draws from what is all alike are all alike: their interval would have no width, however few
    there are. Wilson's is taken over the clusters.
    """
    if not values or not (max(values) == 0 or min(values) == 1):
        return clustered_mean(clusters, values)
    count = len(set(clusters))
    right = count if values[0] else 0
    interval = binomtest(right, count).proportion_ci(LEVEL, method="wilson")
    return Figure(float(values[0]), float(interval.low), float(interval.high), len(values))


@lru_cache(maxsize=4)
def _draws(clusters: tuple[str, ...]) -> tuple[np.ndarray, ...]:
    """For each draw the rows of the clusters that were drawn, with replacement.

    Kept, since many figures are taken from the same questions.
    """
    names = np.array(clusters)
    members = [np.flatnonzero(names == name) for name in dict.fromkeys(clusters)]
    random = np.random.default_rng(SEED)
    picked = (random.integers(len(members), size=len(members)) for _ in range(RESAMPLES))
    return tuple(np.concatenate([members[at] for at in one]) for one in picked)


def _bins(scores: np.ndarray) -> np.ndarray:
    return np.asarray(np.minimum((scores * BINS).astype(int), BINS - 1))
