"""How far nurses agree who judged the same answers: Krippendorff's alpha (NLTK), with interval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval import measures
from eval.measures import Figure
from eval.verdicts import ASPECTS, DECISIONS, Verdict


@dataclass(frozen=True)
class Agreement:
    """On one question of the sheet."""

    name: str
    answers: int
    """How many were judged by two nurses or more."""
    same: Figure | None
    """The share of answers on which all who judged it say the same."""
    alpha: Figure | None
    """None where all verdicts are one and the same: then alpha is not defined."""


def agreements(judged: Mapping[str, Sequence[Verdict]]) -> tuple[Agreement, ...]:
    """For the decision and each aspect; () when no answer was judged by two nurses.

    `judged`: the verdicts on each answer. The decision counts as steps of one scale, from safe over
    needs change to unsafe, the aspects as names. Intervals: 95 %, a bootstrap that draws answers.
    """
    twice = [verdicts for verdicts in judged.values() if len(verdicts) > 1]
    if not twice:
        return ()
    return tuple(_agreement(name, twice) for name in ("decision", *ASPECTS))


def alpha(units: Sequence[Mapping[str, str | int]], steps: bool) -> float | None:
    """Krippendorff's alpha of what each coder (key) said of each unit; None if all say the same.

    `steps`: whether values are steps of a scale, whose squared distance counts, or names. See
    K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
    """
    from nltk.metrics.agreement import AnnotationTask  # takes two seconds to import
    from nltk.metrics.distance import binary_distance, interval_distance

    if len({value for unit in units for value in unit.values()}) < 2:
        return None
    data = [(coder, at, value) for at, unit in enumerate(units) for coder, value in unit.items()]
    return float(AnnotationTask(data, interval_distance if steps else binary_distance).alpha())


def _agreement(name: str, twice: Sequence[Sequence[Verdict]]) -> Agreement:
    units = [{one.reviewer: _value(one, name) for one in verdicts} for verdicts in twice]

    def of_drawn(drawn: np.ndarray) -> float | None:
        return alpha([units[at] for at in drawn], steps=name == "decision")

    places = range(len(units))
    names = [str(at) for at in places]
    equal = [len(set(unit.values())) == 1 for unit in units]
    same = measures.clustered_share(names, equal)
    return Agreement(name, len(units), same, measures.clustered(of_drawn, names, places))


def _value(verdict: Verdict, name: str) -> str | int:
    return DECISIONS.index(verdict.decision) if name == "decision" else str(getattr(verdict, name))
