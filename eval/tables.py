"""What was judged, as tables: to print in Markdown, or to put on a page."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from eval import measures
from eval.measures import Bin, Figure
from eval.misspelt import LETTERS
from eval.understanding import Judged

Read = Callable[[Judged], float | bool | None]
"""Reads something from a judged question; None where it does not apply."""

NOTHING = "-"


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
    """A row for each kind: shares with 95 % interval (Wilson) and n."""
    rows = []
    for kind in [*sorted({one.golden.kind for one in judged}), "all"]:
        mine = [one for one in judged if kind in ("all", one.golden.kind)]
        shares = (_share(mine, read) for read in (_outcome_right, _first, _among))
        cells = [
            f"{_value(one, 2)} ({_between(one, 2)}, n={one.n})" if one else NOTHING
            for one in shares
        ]
        rows.append((kind, str(len(mine)), *cells))
    heads = ("kind", "n", "outcome right", "right sentence first", "right sentence quoted")
    return Table(heads, tuple(rows))


def figures_table(judged: Sequence[Judged], typed: Sequence[Judged]) -> Table:
    """The figures of all kinds together, `typed` being the judged questions with typing errors."""
    answerable = [one for one in judged if one.answerable]
    others = [one for one in judged if not one.answerable]
    rows = (
        _row("right sentence first", _share(judged, _first)),
        _row("right sentence quoted", _share(judged, _among)),
        _row("answerable questions that are answered", _share(answerable, _answered)),
        _row("unanswerable ones that are declined", _share(others, _declined)),
        *_confidence_rows(judged),
        _row("quoted sentences an answer", _clustered(measures.mean, judged, _sentences)),
        *_typing_rows(judged, typed),
    )
    return Table(("figure", "value", "95 % interval", "n"), rows)


def _confidence_rows(judged: Sequence[Judged]) -> tuple[tuple[str, ...], ...]:
    """What the confidence tells, and nothing else: of the questions that were searched."""
    searched = [one for one in judged if one.confidence is not None]
    answerable = sum(one.answerable for one in searched)
    sides = f"{answerable} answerable, {len(searched) - answerable} not; {_unsearched(judged)}"
    gate = (_confidence, _answerable)
    declined = f"{measures.DECLINED * 100:.0f} %"
    return (
        _row(
            "AUROC of confidence, answerable against unanswerable",
            _clustered(measures.auroc, judged, *gate),
            sides,
        ),
        _row(
            f"answerable ones above the confidence that declines {declined} of the others",
            _clustered(measures.coverage, judged, *gate),
            sides,
        ),
        _row(
            "expected calibration error of confidence",
            _clustered(measures.calibration_error, judged, _confidence, _best_right),
        ),
    )


def _typing_rows(judged: Sequence[Judged], typed: Sequence[Judged]) -> tuple[tuple[str, ...], ...]:
    """The same questions without and with typing errors."""
    clean = {one.golden.id: one for one in judged}
    pairs = [(clean[one.golden.id], one) for one in typed if one.first is not None]
    changed = sum(one.golden.question != other.golden.question for one, other in pairs)
    n = f"{len(pairs)}, {changed} of them with a word of {LETTERS} or more letters"
    lost = {one.golden.id: float(bool(one.first)) - bool(other.first) for one, other in pairs}
    before = [one for one, _ in pairs]
    return (
        _row("right sentence first, typed without errors", _share(before, _first), n),
        _row("the same, an error in each long word", _share(typed, _first), n),
        _row(
            "lost by the errors",
            _clustered(measures.mean, before, lambda one: lost[one.golden.id]),
            n,
        ),
    )


def confusion_table(judged: Sequence[Judged]) -> Table:
    """How many questions of each expected outcome (rows) were given which (columns)."""
    counts = Counter[tuple[str, str]]((one.golden.outcome, one.outcome) for one in judged)
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


def misses_table(judged: Sequence[Judged]) -> Table:
    """Every question with a wrong outcome, or with another sentence first."""
    rows = (
        (
            one.golden.id,
            " / ".join((*one.golden.history, one.golden.question)),
            one.golden.outcome,
            one.outcome,
            {True: "yes", False: "no", None: NOTHING}[one.first],
            NOTHING if one.confidence is None else f"{one.confidence:.2f}",
        )
        for one in judged
        if one.missed
    )
    heads = ("id", "question, earlier messages first", "expected", "given")
    return Table((*heads, "right sentence first", "confidence"), tuple(rows))


def gate_columns(judged: Sequence[Judged]) -> tuple[np.ndarray, np.ndarray]:
    """Confidence, and whether it is answerable, of the questions that were searched."""
    _, (scores, answerable) = _columns(judged, _confidence, _answerable)
    return np.array(scores, float), np.array(answerable, bool)


def calibration_columns(judged: Sequence[Judged]) -> tuple[np.ndarray, np.ndarray]:
    """Confidence, and whether the best quote is right, of the questions that were searched."""
    _, (scores, right) = _columns(judged, _confidence, _best_right)
    return np.array(scores, float), np.array(right, bool)


def operating_point(judged: Sequence[Judged]) -> tuple[float, float] | None:
    """Share of the unanswerable and of the answerable that the chatbot answered."""
    shares = [
        _share([one for one in judged if one.answerable is side], _answered)
        for side in (False, True)
    ]
    unanswerable, answerable = shares
    return (unanswerable.value, answerable.value) if unanswerable and answerable else None


def _columns(judged: Sequence[Judged], *reads: Read) -> tuple[list[str], list[list[float | bool]]]:
    """The conversation, and a column for each reading, of the questions to which all apply."""
    conversations: list[str] = []
    columns: list[list[float | bool]] = [[] for _ in reads]
    for one in judged:
        values = [value for read in reads if (value := read(one)) is not None]
        if len(values) == len(reads):
            conversations.append(one.conversation)
            for column, value in zip(columns, values, strict=True):
                column.append(value)
    return conversations, columns


def _clustered(
    measure: Callable[..., float | None], judged: Sequence[Judged], *reads: Read
) -> Figure | None:
    conversations, columns = _columns(judged, *reads)
    return measures.clustered(measure, conversations, *columns)


def _share(judged: Sequence[Judged], read: Read) -> Figure | None:
    _, (told,) = _columns(judged, read)
    return measures.share([bool(one) for one in told])


def _row(name: str, figure: Figure | None, n: str = "") -> tuple[str, ...]:
    if not figure:
        return (name, NOTHING, NOTHING, n or "0")
    return (name, _value(figure, 3), _between(figure, 3), n or str(figure.n))


def _value(figure: Figure, digits: int) -> str:
    return f"{figure.value:.{digits}f}"


def _between(figure: Figure, digits: int) -> str:
    return f"{figure.low:.{digits}f} to {figure.high:.{digits}f}"


def _unsearched(judged: Sequence[Judged]) -> str:
    left = [one.answerable for one in judged if one.confidence is None]
    return f"never searched: {sum(left)} and {len(left) - sum(left)}"


def _outcome_right(one: Judged) -> bool:
    return one.outcome_right


def _first(one: Judged) -> bool | None:
    return one.first


def _among(one: Judged) -> bool | None:
    return one.among


def _answerable(one: Judged) -> bool:
    return one.answerable


def _answered(one: Judged) -> bool:
    return one.outcome == "answered"


def _declined(one: Judged) -> bool:
    return one.outcome != "answered"


def _confidence(one: Judged) -> float | None:
    return one.confidence


def _best_right(one: Judged) -> bool | None:
    return one.best_right


def _sentences(one: Judged) -> int | None:
    return one.sentences
