"""The plots of a run's report, each with its caption and its numbers."""

from collections.abc import Sequence

import numpy as np

from eval import measures, page, plots, tables
from eval.figures import QUANTITIES
from eval.scoring import Judged

CONFUSION = "Questions by the outcome that is expected (rows) and the one that was given (columns)."
RISK_COVERAGE = (
    "Were only the answers given that are surer than a threshold: how many of the answerable "
    "questions would be answered, and how many of the answers would be wrong. Dotted: 1 % and 5 %."
)
GATE = (
    "At each threshold of confidence: how many of the unanswerable questions would be answered, "
    "and how many of the answerable. Diamond: what was answered."
)
RELIABILITY = (
    "In ten bins of confidence of equal width, how often the best quote is right. The "
    "numbers are questions. What nothing answers, and what got no quote, counts as not right."
)
LATENCY = "How long the answers took, as each answer tells; not the same from run to run."


def kinds_plot(judged: Sequence[Judged], at: int) -> str:
    """A bar for each kind of the figure at that place of `QUANTITIES`."""
    quantity = QUANTITIES[at]
    kinds = {kind: quantity.figure(mine) for kind, mine in tables.by_kind(judged).items()}
    name = quantity.name.replace("_", "-")
    drawing = plots.bars_plot(kinds, quantity.label, name)
    return page.plot(name, drawing, f"{quantity.label.capitalize()}, by kind (n).")


def confusion(judged: Sequence[Judged]) -> tuple[str, str]:
    """Outcomes expected and given, drawn and in numbers."""
    table = tables.confusion_table(judged)
    counts = [[int(cell) for cell in row[1:-1]] for row in table.rows]
    drawing = plots.confusion_plot(table.heads[1:-1], counts)
    return (
        page.plot("confusion", drawing, f"{CONFUSION} n = {len(judged)}."),
        page.table(table, "The same in numbers."),
    )


def confidence(judged: Sequence[Judged]) -> tuple[str, str]:
    """What thresholds of confidence would do: risk and coverage, and the gate."""
    sure = [one.answer.confidence or 0.0 for one in judged]
    answered, right, answerable = (
        np.array(told, bool)
        for told in zip(
            *((one.answered, one.best_right, one.golden.answerable) for one in judged), strict=True
        )
    )
    points = measures.selective_risk(np.array(sure), answered, right, answerable)
    searched = np.array([one.answer.confidence is not None for one in judged])
    curve = measures.gate_curve(np.array(sure)[searched], answerable[searched])
    now, wanted, others = None, searched & answerable, searched & ~answerable
    if wanted.any() and others.any():
        now = (float(answered[others].mean()), float(answered[wanted].mean()))
    told = f"n = {wanted.sum()} answerable, {others.sum()} not"
    return (
        page.plot("risk-coverage", plots.risk_coverage_plot(points), RISK_COVERAGE),
        page.plot("gate", plots.gate_plot(curve, now), f"{GATE} Of what was searched, {told}."),
    )


def reliability(judged: Sequence[Judged]) -> tuple[str, str]:
    """How often the best quote is right, by confidence, drawn and in numbers."""
    told = [
        (one.answer.confidence, one.best_right)
        for one in judged
        if one.answer.confidence is not None
    ]
    bins = measures.reliability(
        np.array([sure for sure, _ in told]), np.array([right for _, right in told])
    )
    return (
        page.plot("reliability", plots.reliability_plot(bins), f"{RELIABILITY} n = {len(told)}."),
        page.table(tables.bins_table(bins), "The same in numbers."),
    )


def latency(judged: Sequence[Judged]) -> str:
    """How long the answers took."""
    drawing = plots.latency_plot([one.answer.elapsed_ms for one in judged])
    return page.plot("latency", drawing, LATENCY)
