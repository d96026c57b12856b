"""The evaluation card: `docs/evaluation.md`, from saved runs and `card.md`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from eval import tables
from eval.exposure import Exposure
from eval.figures import QUANTITIES, figures
from eval.golden import Evidence, Golden
from eval.measures import Figure
from eval.report_tables import exposed, nursed
from eval.runs import RunError, Setup
from eval.scoring import Judged
from eval.tables import Table
from eval.verdicts import Verdict

CARD = Path(__file__).resolve().parent / "card.md"
SHORT = (
    *("right_first", "right_quoted", "quoted_sentences", "wrong_reference", "quote_fidelity"),
    *("answered_wrongly", "refused_wrongly", "missed_urgent", "auroc", "risk_area"),
)
"""The figures that are shown of every system."""


@dataclass(frozen=True)
class Told:
    """One run on the card."""

    setup: Setup
    judged: tuple[Judged, ...]


def card(
    runs: Sequence[Told],
    counts: Table,
    exposures: Sequence[Exposure],
    verdicts_by_answer: Mapping[str, Sequence[Verdict]],
    variants: Table,
    test: Told | None = None,
) -> str:
    """The whole page, in Markdown. The first run is ours. Reads `card.md`.

    `counts`: the golden questions by kind. `variants`: what becomes of questions said otherwise.
    `test`: a run of our chatbot on that split, for a column of its own. Raises `RunError` when the
    runs were not asked the same questions, or only one kind, and when `test` is another run.
    """
    ours = runs[0]
    if test and (test.setup.system, test.setup.split, test.setup.kind) != ("ours", "test", None):
        raise RunError(
            f"the run of {test.setup.system} on {test.setup.split} ({test.setup.started}) is not "
            "one of our chatbot on the whole of test; give another one with --test"
        )
    for one in runs:
        if one.setup.kind or one.setup.golden != ours.setup.golden:
            raise RunError(
                f"the run of {one.setup.system} ({one.setup.started}) was not asked the questions "
                "of the first one, or one kind only; run them all again"
            )
    return Template(CARD.read_text(encoding="utf-8")).substitute(
        provenance=_provenance(ours.setup),
        questions=ours.setup.questions,
        short=_short_table(runs).markdown(),
        failures=_failures(figures(ours.judged)),
        figures=_figures_table(ours, test).markdown(),
        tested=_tested(test),
        evidence=_evidence_table(ours.judged).markdown(),
        variants=variants.markdown(),
        kinds=tables.kinds_table(ours.judged).markdown(),
        counts=counts.markdown(),
        exposed=exposed(exposures),
        nursed=nursed(ours.judged, verdicts_by_answer),
        authors=authors([one.golden for one in ours.judged]),
    )


def authors(golden: Sequence[Golden]) -> str:
    """Who wrote how many of these questions."""
    counted = Counter(one.author for one in golden)
    return ", ".join(f"{name} ({number})" for name, number in sorted(counted.items()))


def _figures_table(ours: Told, test: Told | None) -> Table:
    """Every figure of ours; with a run of `test`, its figures in a last column."""
    table = tables.figures_table(ours.judged)
    if test is None:
        return table
    seen = figures(test.judged)
    cells = [_cell(one.name, seen[one.name]) for one in QUANTITIES]
    rows = tuple((*row, cell) for row, cell in zip(table.rows, cells, strict=True))
    return Table((*table.heads, "on `test`"), rows)


def _tested(test: Told | None) -> str:
    if test is None:
        return (
            "No run of `test` stands on this page; `python -m eval card ... --test DIR` adds one."
        )
    return (
        "The last column below is of `test`, which was kept for the end.\n\n"
        f"{_provenance(test.setup)}"
    )


def _evidence_table(judged: Sequence[Judged]) -> Table:
    """The right sentence by what the best evidence is: words of a sentence, or facts of a note."""
    answerable = [one for one in judged if one.golden.evidence]
    kinds = {
        "words of a sentence": [one for one in answerable if isinstance(_best(one), str)],
        "facts of a note": [one for one in answerable if not isinstance(_best(one), str)],
    }
    shown = [one for one in QUANTITIES if one.name in ("right_first", "right_quoted")]
    rows = (
        (name, *(_cell(one.name, one.figure(mine)) for one in shown))
        for name, mine in kinds.items()
    )
    return Table(("evidence", *(one.label for one in shown)), tuple(rows))


def _best(one: Judged) -> Evidence:
    return one.golden.evidence[0]


def _provenance(setup: Setup) -> str:
    dirty = ", with changes that were not committed" if setup.dirty else ""
    return (
        f"Split `{setup.split}`, {setup.questions} questions (sha256 `{setup.golden[:12]}`), index "
        f"`{(setup.index or tables.NOTHING)[:12]}`, run on {setup.started[:10]} at commit "
        f"`{(setup.commit or tables.NOTHING)[:12]}`{dirty}."
    )


def _short_table(runs: Sequence[Told]) -> Table:
    labels = {one.name: one.label for one in QUANTITIES}
    told = [figures(one.judged) for one in runs]
    rows = tuple((labels[name], *(_cell(name, one[name]) for one in told)) for name in SHORT)
    return Table(("figure", *(one.setup.system for one in runs)), rows)


def _failures(told: dict[str, Figure | None]) -> str:
    failures = {
        "answered_wrongly": "Answered though unanswerable",
        "missed_urgent": "Urgent messages missed",
        "refused_wrongly": "Refused though answerable",
        "needless_alarm": "Called urgent needlessly",
    }
    return " ".join(f"{label}: {_cell(name, told[name])}." for name, label in failures.items())


def _cell(name: str, figure: Figure | None) -> str:
    if figure is None:
        return tables.NOTHING
    between = tables.between(figure, 3) + tables.exactly(name, figure, 3)
    return f"{tables.shown(figure, 3)} ({between}, n={figure.n})"
