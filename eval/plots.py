"""Plots as SVG to put into a page: the same from run to run, naming no address."""

import io
import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from eval.measures import Bin

if TYPE_CHECKING:  # matplotlib takes a second to import: _figure does, when something is drawn
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Points = Sequence[tuple[float, float]]

BLUE, ORANGE, GREY = "#1f5f99", "#b3541e", "#767676"
INCHES = (6.0, 4.4)


def risk_coverage_plot(golden: Points, build: Points, now: tuple[float, float] | None) -> str:
    """Share of the answerable answered over share of the unanswerable answered.

    `golden` by thresholding confidence; `build` from the build's manifest; `now` is the chatbot.
    """
    figure, axes = _figure()
    if golden:
        axes.step(*_axes_of(golden), where="post", color=BLUE, label="golden, by confidence")
    if build:
        axes.plot(*_axes_of(build), "o--", color=ORANGE, label="phrasings, out of fold")
    if now:
        axes.plot(*_axes_of([now]), "D", color="black", label="golden, as answered")
    axes.axvline(0.05, color=GREY, linewidth=1, linestyle=":", label="5 %")
    axes.set(xlabel="share of the unanswerable answered", ylabel="share of the answerable answered")
    axes.legend(loc="lower right")
    return _svg(figure, "risk-coverage")


def reliability_plot(bins: Sequence[Bin]) -> str:
    """Share of best quotes that are right over confidence, with the number of questions."""
    figure, axes = _figure()
    axes.plot([0, 1], [0, 1], ":", color=GREY, label="calibrated")
    axes.plot(*_axes_of([(one.score, one.right) for one in bins]), "o-", color=BLUE, label="golden")
    for one in bins:
        place = (one.score, one.right)
        axes.annotate(f"{one.n}", place, (5, -12), textcoords="offset points", fontsize=9)
    axes.set(xlabel="confidence", ylabel="share of best quotes that are right")
    axes.legend(loc="upper left")
    return _svg(figure, "reliability")


def _figure() -> tuple["Figure", "Axes"]:
    from matplotlib.figure import Figure

    with _style(""):
        figure = Figure(INCHES, layout="constrained")
        axes = figure.add_subplot()
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02))
    axes.grid(color="#e4e4e4", linewidth=0.8)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _style(name: str) -> AbstractContextManager[None]:
    """Letters as text, and ids that are drawn from `name` alone."""
    from matplotlib import rc_context

    return rc_context({"font.size": 11, "svg.fonttype": "none", "svg.hashsalt": name})


def _axes_of(points: Points) -> tuple[list[float], list[float]]:
    return [x for x, _ in points], [y for _, y in points]


def _svg(figure: "Figure", name: str) -> str:
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
