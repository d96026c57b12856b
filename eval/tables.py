"""What was judged, as tables: to print in Markdown, or to put on a page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from eval.figures import OF_A_KIND, QUANTITIES
from eval.measures import Bin, Figure, exact
from eval.scoring import Judged

NOTHING = "-"
HARM = frozenset({"missed_urgent", "answered_wrongly", "needless_alarm"})
"""Figures beside whose interval the exact one is shown."""


@dataclass(frozen=True)
class Table:
    """A table: the names of its columns, and its rows."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """The table in Markdown."""
        lines = [f"| {' | '.join(row)} |" for row in (self.heads, *self.rows)]
        return "\n".join([lines[0], "|---" * len(self.heads) + "|", *lines[1:]])


def kinds_table(judged: Sequence[Judged]) -> Table:
    """A row for each kind: figures with 95 % interval and n."""
    rows = []
    for kind, mine in by_kind(judged).items():
        cells = [
            f"{shown(one, 2)} ({between(one, 2)}, n={one.n})" if one else NOTHING
            for one in (quantity.figure(mine) for quantity in OF_A_KIND)
        ]
        rows.append((kind, str(len(mine)), *cells))
    heads = ("kind", "n", *(one.label for one in OF_A_KIND))
    return Table(heads, tuple(rows))


def by_kind(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    """The judged questions of each kind, and "all" last."""
    kinds = sorted({one.golden.kind for one in judged})
    return {
        **{kind: [one for one in judged if one.golden.kind == kind] for kind in kinds},
        "all": list(judged),
    }


def figures_table(judged: Sequence[Judged]) -> Table:
    """The figures of all kinds together."""
    rows = []
    for one in QUANTITIES:
        figure = one.figure(judged)
        label, value, interval, n = row(one.label, figure)
        rows.append((label, value, interval + exactly(one.name, figure, 3), n))
    return Table(("figure", "value", "95 % interval", "n"), tuple(rows))


def confusion_table(judged: Sequence[Judged]) -> Table:
    """How many questions of each expected outcome (rows) were given which (columns)."""
    counts = Counter[tuple[str, str]]((one.golden.outcome, one.answer.outcome) for one in judged)
    given = sorted({outcome for pair in counts for outcome in pair})
    rows = (
        (
            expected,
            *(str(counts[expected, one]) for one in given),
            str(sum(counts[expected, one] for one in given)),
        )
        for expected in given
    )
    return Table(("expected", *given, "n"), tuple(rows))


def bins_table(bins: Sequence[Bin]) -> Table:
    """A row for each bin of confidence."""
    rows = (
        (
            f"{one.low:.1f} to {one.high:.1f}",
            str(one.n),
            f"{one.score:.2f}",
            f"{one.right:.2f}",
        )
        for one in bins
    )
    return Table(("confidence", "n", "mean confidence", "best quote right"), tuple(rows))


def row(label: str, figure: Figure | None, n: str = "") -> tuple[str, str, str, str]:
    """The cells of one figure."""
    if not figure:
        return (label, NOTHING, NOTHING, n or "0")
    return (label, shown(figure, 3), between(figure, 3), n or str(figure.n))


def exactly(name: str, figure: Figure | None, digits: int) -> str:
    """Of a share of harm, the exact interval (Clopper and Pearson) in words; "" of any other.

    Harm is rare, and of few events a bootstrap knows too little. Each question counts by itself.
    """
    if figure is None or name not in HARM:
        return ""
    told = exact(round(figure.value * figure.n), figure.n)
    return f"; exact {between(told, digits)}"


def shown(figure: Figure, digits: int) -> str:
    """The value."""
    return f"{figure.value:.{digits}f}"


def between(figure: Figure, digits: int) -> str:
    """The interval."""
    return f"{figure.low:.{digits}f} to {figure.high:.{digits}f}"
