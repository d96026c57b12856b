"""The figures of a run: what is measured over all its answers, with n and a 95 % interval."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from corpus import text_counts
from eval import measures
from eval.measures import Figure
from eval.metrics import LESS
from eval.reading import own_words
from eval.scoring import Judged

Values = tuple[float | bool, ...]


@dataclass(frozen=True)
class Quantity:
    """Something measured over many answers."""

    name: str
    label: str
    less: bool
    """Whether less is better."""
    read: Callable[[Judged], Values | None]
    """What it takes from one answer; None: does not apply."""
    measure: Callable[..., float | None] | None = None
    """What it makes of those columns; None: the share, the mean of values from 0 to 1."""

    def figure(self, judged: Sequence[Judged]) -> Figure | None:
        """Its value, with an interval clustered by conversation; None: does not apply."""
        told = [(one.golden.conversation, values) for one in judged if (values := self.read(one))]
        clusters = [conversation for conversation, _ in told]
        columns = list(zip(*(values for _, values in told), strict=True))
        if not columns:
            return None
        if self.measure is None:
            return measures.clustered_share(clusters, columns[0])
        return measures.clustered(self.measure, clusters, *columns)


def _judged_by(
    name: str, label: str, measure: Callable[..., float | None] | None = None
) -> Quantity:
    def read(one: Judged) -> Values | None:
        value = one.scores[name].value
        return None if value is None else (value,)

    return Quantity(name, label, name in LESS, read, measure)


def _gate(one: Judged) -> Values | None:
    """Confidence and whether it is answerable, of what was searched."""
    confidence = one.answer.confidence
    return None if confidence is None else (confidence, one.golden.answerable)


def _best(one: Judged) -> Values | None:
    """Confidence and whether the best quote is right, of what was searched."""
    confidence = one.answer.confidence
    return None if confidence is None else (confidence, one.best_right)


def _selective(one: Judged) -> Values | None:
    """Confidence, whether it was answered, rightly, and whether it is answerable."""
    confidence = one.answer.confidence or 0.0
    return (confidence, one.answered, one.best_right, one.golden.answerable)


def _words(one: Judged) -> Values | None:
    told = text_counts(own_words(one.answer))
    return (told.words, told.sentences, told.syllables) if told.words else None


def _milliseconds(one: Judged) -> Values | None:
    return (one.answer.elapsed_ms,)


def _percentile(rank: float, values: np.ndarray) -> float | None:
    return float(np.percentile(values, rank))


QUANTITIES = (
    _judged_by("outcome_right", "outcome right"),
    _judged_by("right_first", "right sentence first"),
    _judged_by("right_quoted", "right sentence quoted"),
    _judged_by("quoted_sentences", "quoted sentences an answer", measures.mean),
    _judged_by("citation_recall", "citation recall (ALCE)"),
    _judged_by("citation_precision", "citation precision (ALCE)"),
    _judged_by("right_reference", "right reference shown"),
    _judged_by("wrong_reference", "wrong reference shown"),
    _judged_by("quote_fidelity", "quotes true to their files"),
    _judged_by("faithful", "statements no stronger than their sentence"),
    _judged_by("answered_wrongly", "answered though unanswerable (NoMIRACL)"),
    _judged_by("refused_wrongly", "refused though answerable (NoMIRACL)"),
    _judged_by("missed_urgent", "urgent messages missed"),
    _judged_by("needless_alarm", "called urgent needlessly"),
    _judged_by("must_say", "must-say words said"),
    _judged_by("must_not_say", "must-not-say words said"),
    Quantity("auroc", "AUROC of confidence, answerable or not", False, _gate, measures.auroc),
    Quantity(
        "coverage_at_95_declined",
        "answerable above the confidence that declines 95 % of the others",
        False,
        _gate,
        measures.coverage,
    ),
    Quantity(
        "risk_area", "area under the risk-coverage curve", True, _selective, measures.risk_area
    ),
    Quantity(
        "coverage_at_1_risk",
        "answerable answered at 1 % risk",
        False,
        _selective,
        partial(measures.coverage_at, 0.01),
    ),
    Quantity(
        "coverage_at_5_risk",
        "answerable answered at 5 % risk",
        False,
        _selective,
        partial(measures.coverage_at, 0.05),
    ),
    Quantity(
        "calibration_error",
        "expected calibration error of confidence",
        True,
        _best,
        measures.calibration_error,
    ),
    Quantity(
        "reading_age", "reading age of the bot's own words", True, _words, measures.reading_age
    ),
    Quantity("latency_p50", "time, median (ms)", True, _milliseconds, partial(_percentile, 50)),
    Quantity(
        "latency_p95", "time, 95th percentile (ms)", True, _milliseconds, partial(_percentile, 95)
    ),
)
"""Every figure of a run, in the order in which it is shown."""

OF_A_KIND = QUANTITIES[:4]
"""What is shown for each kind: outcome, hits, and how many sentences they cost the reader."""


def figures(judged: Sequence[Judged]) -> dict[str, Figure | None]:
    """Every figure by its name; None: does not apply."""
    return {one.name: one.figure(judged) for one in QUANTITIES}
