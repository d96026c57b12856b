"""The evaluation card: `docs/evaluation.md`, from saved runs and `card.md`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from eval import tables
from eval.exposure import Exposure
from eval.figures import QUANTITIES, figures
from eval.golden import Golden
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
) -> str:
    """The whole page, in Markdown. The first run is ours. Reads `card.md`.

    `counts`: the golden questions by kind. Raises `RunError` when the runs were not asked the same
    questions, or only one kind.
    """
    ours = runs[0]
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
        figures=tables.figures_table(ours.judged).markdown(),
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
    rows = tuple((labels[name], *(_cell(one[name]) for one in told)) for name in SHORT)
    return Table(("figure", *(one.setup.system for one in runs)), rows)


def _failures(told: dict[str, Figure | None]) -> str:
    return (
        f"Answered though unanswerable: {_cell(told['answered_wrongly'])}. Urgent messages missed: "
        f"{_cell(told['missed_urgent'])}. Refused though answerable: "
        f"{_cell(told['refused_wrongly'])}. Called urgent needlessly: "
        f"{_cell(told['needless_alarm'])}."
    )


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return tables.NOTHING
    return f"{tables.shown(figure, 3)} ({tables.between(figure, 3)}, n={figure.n})"
