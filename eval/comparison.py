"""Two runs beside each other, question by question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np

from eval import measures
from eval.figures import QUANTITIES, Quantity
from eval.golden import Golden
from eval.measures import Figure
from eval.scoring import Judged

RESAMPLES = 9999


@dataclass(frozen=True)
class Difference:
    """One figure of both runs, over the questions to which it applies in both.

    `p`: of a permutation test in which each conversation's two answers change places; only for
    means. None: does not apply.
    """

    quantity: Quantity
    one: float
    other: float
    change: Figure
    p: float | None


@dataclass(frozen=True)
class Comparison:
    """What differs between a run and another."""

    differences: tuple[Difference, ...]
    changed: tuple[tuple[Judged, Judged], ...]
    """Questions that are a miss in one of them only, or missed for other reasons."""
    paired: int
    unpaired: tuple[str, ...]
    """Ids of questions that only one of them was asked, or that were worded otherwise."""
    relabelled: tuple[tuple[str, tuple[str, ...]], ...]
    """Ids of the paired questions of which other things are expected now, with those fields."""


def compare(one: Sequence[Judged], other: Sequence[Judged]) -> Comparison:
    """What changed from `one` to `other`. Raises `ValueError` when no question is in both."""
    before = {_question(told): told for told in one}
    pairs = [(before[_question(told)], told) for told in other if _question(told) in before]
    if not pairs:
        raise ValueError("the two runs have no question in common; compare runs of one split")
    met = {_question(told) for _, told in pairs}
    lone = [told.golden.id for told in (*one, *other) if _question(told) not in met]
    return Comparison(
        differences=tuple(
            told for quantity in QUANTITIES if (told := _difference(quantity, pairs))
        ),
        changed=tuple(pair for pair in pairs if pair[0].misses != pair[1].misses),
        paired=len(pairs),
        unpaired=tuple(dict.fromkeys(lone)),
        relabelled=tuple(
            (after.golden.id, _differing(before.golden, after.golden))
            for before, after in pairs
            if before.golden != after.golden
        ),
    )


def turned(before: Judged, now: Judged) -> str:
    """How a changed verdict turned: "better", "worse", or "missed otherwise". Pure."""
    if before.misses and now.misses:
        return "missed otherwise"
    return "worse" if now.misses else "better"


def _differing(one: Golden, other: Golden) -> tuple[str, ...]:
    names = (field.name for field in fields(one))
    return tuple(name for name in names if getattr(one, name) != getattr(other, name))


def _question(one: Judged) -> tuple[object, ...]:
    return (one.golden.id, one.golden.history, one.golden.question)


def _difference(quantity: Quantity, pairs: Sequence[tuple[Judged, Judged]]) -> Difference | None:
    told = [
        (after.golden.conversation, old, new)
        for earlier, after in pairs
        if (old := quantity.read(earlier)) and (new := quantity.read(after))
    ]
    if not told:
        return None
    clusters = [conversation for conversation, _, _ in told]
    before = [list(column) for column in zip(*(old for _, old, _ in told), strict=True)]
    now = [list(column) for column in zip(*(new for _, _, new in told), strict=True)]
    measure = quantity.measure or measures.mean
    one, other = (measure(*map(np.array, columns)) for columns in (before, now))
    if measure is measures.mean:
        changes = np.subtract(now[0], before[0], dtype=float)
        change = measures.clustered_mean(clusters, changes.tolist())
        p = _p(clusters, changes)
    else:
        change = measures.clustered(_change_of(measure, len(before)), clusters, *before, *now)
        p = None
    if one is None or other is None or change is None:
        return None
    return Difference(quantity, one, other, change, p)


def _change_of(measure: Callable[..., float | None], width: int) -> Callable[..., float | None]:
    """`measure` of the later columns less that of the first `width`."""

    def change(*columns: np.ndarray) -> float | None:
        one, other = measure(*columns[:width]), measure(*columns[width:])
        return None if one is None or other is None else other - one

    return change


def _p(clusters: Sequence[str], changes: np.ndarray) -> float:
    """Of the two-sided paired permutation test on the conversations' sums of changes."""
    from scipy.stats import permutation_test

    _, at = np.unique(np.array(clusters), return_inverse=True)
    sums = np.bincount(at, weights=changes)
    sums = sums[sums != 0]
    if len(sums) < 2:
        return 1.0
    result = permutation_test(
        (sums, np.zeros_like(sums)),
        lambda one, other, axis: (one - other).mean(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES,
        rng=np.random.default_rng(measures.SEED),
    )
    return float(result.pvalue)
