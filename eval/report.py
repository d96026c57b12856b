"""The report of a run as one page: figures, plots, bars, what changed, and every miss."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eval import page, report_entries, report_plots, report_tables, tables
from eval.bars import Verdict
from eval.comparison import Comparison
from eval.exposure import Exposure
from eval.runs import Setup
from eval.scoring import Judged
from eval.verdict_report import judged_table
from eval.verdicts import Verdict as NurseVerdict

FIGURES = (
    "All kinds together, each with a 95 % interval from a bootstrap that draws whole "
    "conversations; a share that is all 0 or all 1 has Wilson's. Answerable: the expected outcome "
    'is "answered". docs/evaluation.md says how each is measured.'
)
KINDS = (
    "The right sentence is judged by the one that the quote answers with, its focus, on the "
    "questions that have evidence."
)
BARS = "What this version must clear (eval/thresholds.toml)."
LOWERED = "Thresholds that were lowered, with the reason that was given."
COMPARED = (
    "Paired: the same questions in both runs, to which the figure applies in both. The change has "
    "a bootstrap interval, p is of a permutation test; conversations stay together in both."
)

SEVERE = (
    ", what harms most first: alarms and distress missed, words that must not be said, what is not "
    "true to its source, answers to what must not be answered, then the others."
)
PARTS = (
    *("Figures", "Bars", "Kinds", "Outcomes", "Risk and coverage", "Reliability", "Time"),
    *("Judged by nurses", "Misses"),
)
"""The headings, but for that of what changed, which follows the first."""
CHANGED = "questions are a miss in one of the two only, or missed for other reasons."


@dataclass(frozen=True)
class Against:
    """Another run, and what changed since."""

    setup: Setup
    comparison: Comparison


@dataclass(frozen=True)
class Report:
    """All that the report of a run shows."""

    setup: Setup
    judged: tuple[Judged, ...]
    verdicts: tuple[Verdict, ...]
    exposures: tuple[Exposure, ...]
    """The runs of the `test` split so far."""
    against: Against | None = None
    nurses: Mapping[str, Sequence[NurseVerdict]] = field(default_factory=dict)
    """What nurses judged, by the hash of the exact answer."""


def report_page(report: Report) -> str:
    """The whole page. Pure: the same report gives the same page."""
    setup, judged = report.setup, report.judged
    missed = sorted((one for one in judged if one.misses), key=report_entries.severity)
    changed = ("What changed",) if report.against else ()
    failed = sum(not one.cleared for one in report.verdicts)
    parts = (
        page.paragraph(report_tables.gated(report.verdicts), failed=failed > 0),
        page.contents((PARTS[0], *changed, *PARTS[1:])),
        page.table(report_tables.setup_table(setup), "What the run was made from."),
        page.paragraph(report_tables.exposed(report.exposures)),
        page.heading("Figures"),
        page.table(tables.figures_table(judged), FIGURES),
        *_against(report.against, setup),
        page.heading("Bars"),
        page.table(
            report_tables.bars_table(report.verdicts), BARS, lambda row: row[-1].startswith("fails")
        ),
        *_lowered(report.verdicts),
        page.heading("Kinds"),
        *(report_plots.kinds_plot(judged, at) for at in range(2)),
        page.table(tables.kinds_table(judged), KINDS),
        page.heading("Outcomes"),
        *report_plots.confusion(judged),
        page.heading("Risk and coverage"),
        *report_plots.confidence(judged),
        page.heading("Reliability"),
        *report_plots.reliability(judged),
        page.heading("Time"),
        report_plots.latency(judged),
        page.heading("Judged by nurses"),
        *_nurses(report),
        page.heading("Misses"),
        page.paragraph(f"{len(missed)} of {len(judged)}{SEVERE}"),
        *(report_entries.miss(one) for one in missed),
    )
    return page.page(f"Golden questions: {setup.system}, split {setup.split}", parts)


def _against(against: Against | None, now: Setup) -> tuple[str, ...]:
    if against is None:
        return ()
    setup, comparison = against.setup, against.comparison
    lone = f" In one of them only: {', '.join(comparison.unpaired)}." if comparison.unpaired else ""
    told = (
        f"Before: {setup.system}, {setup.started}, commit {setup.commit or tables.NOTHING}. "
        f"{comparison.paired} questions in both.{lone}"
    )
    return (
        page.heading("What changed"),
        page.paragraph(told),
        page.table(report_tables.setups_table(setup, now), "In what the two runs differ."),
        page.paragraph(report_tables.relabelled(comparison.relabelled)),
        page.table(report_tables.changes_table(comparison.differences), COMPARED),
        page.paragraph(f"{len(comparison.changed)} {CHANGED}"),
        *(report_entries.changed(before, now) for before, now in comparison.changed),
    )


def _lowered(verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    told = report_tables.lowered_table(verdicts)
    return (page.table(told, LOWERED),) if told.rows else ()


def _nurses(report: Report) -> tuple[str, ...]:
    told = page.paragraph(report_tables.nursed(report.judged, report.nurses))
    table = judged_table([one.row for one in report.judged], report.nurses)
    return (told, page.table(table, "Every verdict on them.")) if table.rows else (told,)
