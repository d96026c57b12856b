"""Plots as SVG to put into a page: the same from run to run, naming no address."""

import io
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import numpy as np

from eval.measures import Bin, Figure

if TYPE_CHECKING:  # matplotlib takes a second to import: _figure does, when something is drawn
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

Points = Sequence[tuple[float, float]]

BLUE, ORANGE, GREY = "#1f5f99", "#b3541e", "#767676"
INCHES = (6.0, 4.4)


def gate_plot(golden: Points, now: tuple[float, float] | None) -> str:
    """Share of the answerable answered over share of the unanswerable answered.

    `golden` by thresholding confidence; `now` is the chatbot.
    """
    figure, axes = _figure()
    if golden:
        axes.step(*_axes_of(golden), where="post", color=BLUE, label="by confidence")
    if now:
        axes.plot(*_axes_of([now]), "D", color="black", label="as answered")
    axes.axvline(0.05, color=GREY, linewidth=1, linestyle=":", label="5 %")
    axes.set(xlabel="share of the unanswerable answered", ylabel="share of the answerable answered")
    axes.legend(loc="lower right")
    return _svg(figure, "gate")


def risk_coverage_plot(points: Points) -> str:
    """Share of the answers that is wrong over share of the answerable that is answered."""
    figure, axes = _figure()
    if points:
        axes.step(*_axes_of(points), where="post", color=BLUE)
    for risk in (0.01, 0.05):
        axes.axhline(risk, color=GREY, linewidth=1, linestyle=":")
    highest = max((risk for _, risk in points), default=0.0)
    axes.set(xlabel="share of the answerable answered", ylabel="share of the answers that is wrong")
    axes.set_ylim(-0.01, max(0.2, 1.1 * highest))
    return _svg(figure, "risk-coverage")


def bars_plot(kinds: Mapping[str, Figure | None], label: str, name: str) -> str:
    """A bar with its interval for each kind to which the figure applies."""
    told = {kind: one for kind, one in kinds.items() if one}
    figure, axes = _figure()
    places = range(len(told))
    axes.barh(places, [one.value for one in told.values()], color=BLUE, height=0.6)
    middles = [(one.low + one.high) / 2 for one in told.values()]
    reaches = [(one.high - one.low) / 2 for one in told.values()]
    axes.errorbar(middles, places, xerr=reaches, fmt="none", ecolor="black", capsize=3)
    axes.set_yticks(places, [f"{kind} ({one.n})" for kind, one in told.items()])
    axes.set_ylim(len(told) - 0.5, -0.5)
    axes.set_xlabel(f"{label}, with 95 % interval")
    return _svg(figure, name)


def confusion_plot(names: Sequence[str], counts: Sequence[Sequence[int]]) -> str:
    """Expected outcomes (rows) by given ones (columns); the darker, the more of its row."""
    figure, axes = _figure()
    table, places = np.array(counts, float), range(len(names))
    shares = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    axes.pcolormesh(places, places, shares, cmap="Blues", vmax=1.4)  # imshow would draw a bitmap
    for row, column in np.argwhere(table > 0):
        axes.text(column, row, f"{counts[row][column]}", ha="center", va="center", fontsize=9)
    axes.grid(False)
    axes.set_xticks(places, names, rotation=35, ha="right")
    axes.set_yticks(places, names)
    edges = (-0.5, len(names) - 0.5)
    axes.set(xlabel="given", ylabel="expected", xlim=edges, ylim=edges[::-1])
    return _svg(figure, "confusion")


def latency_plot(milliseconds: Sequence[float]) -> str:
    """The share of the answers that took no longer than so many milliseconds."""
    figure, axes = _figure()
    axes.ecdf(list(milliseconds), color=BLUE)
    for rank in (50, 95):
        axes.axvline(float(np.percentile(milliseconds, rank)), color=GREY, linestyle=":")
    axes.set(xlabel="milliseconds (dotted: p50, p95)", ylabel="share of the answers")
    axes.set_xlim(0, 1.05 * max(milliseconds))
    return _svg(figure, "latency")


def reliability_plot(bins: Sequence[Bin]) -> str:
    """Share of best quotes that are right over confidence, with the number of questions."""
    figure, axes = _figure()
    axes.plot([0, 1], [0, 1], ":", color=GREY, label="calibrated")
    axes.plot(
        *_axes_of([(one.score, one.right) for one in bins]), "o-", color=BLUE, label="best quotes"
    )
    for one in bins:
        place = (one.score, one.right)
        axes.annotate(f"{one.n}", place, (5, -12), textcoords="offset points", fontsize=9)
    axes.set(xlabel="confidence", ylabel="share of best quotes that are right")
    axes.legend(loc="upper left")
    return _svg(figure, "reliability")


def _figure() -> tuple["Drawing", "Axes"]:
    from matplotlib.figure import Figure as Drawing

    with _style(""):
        figure = Drawing(INCHES, layout="constrained")
        axes = figure.add_subplot()
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02))
    axes.grid(color="#e4e4e4", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _style(name: str) -> AbstractContextManager[None]:
    """Letters as text, and ids that are drawn from `name` alone."""
    from matplotlib import rc_context

    return rc_context({"font.size": 11, "svg.fonttype": "none", "svg.hashsalt": name})


def _axes_of(points: Points) -> tuple[list[float], list[float]]:
    return [x for x, _ in points], [y for _, y in points]


def _svg(figure: "Drawing", name: str) -> str:
    """The drawing as an element for HTML: no declarations, and ids that only it has."""
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    buffer = io.StringIO()
    with _style(name):
        figure.savefig(buffer, format="svg", metadata=nothing)
    drawing = buffer.getvalue()
    drawing = drawing[drawing.index("<svg") :]
    drawing = re.sub(r'\sxmlns(?::\w+)?="[^"]*"', "", drawing)
    drawing = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", drawing)
    return drawing.replace("<svg", f'<svg role="img" aria-labelledby="{name}"', 1).strip()
