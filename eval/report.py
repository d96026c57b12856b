"""The report of a run as one page: figures, plots, bars, what changed, and every miss."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from eval import measures, page, plots, tables
from eval.bars import Verdict
from eval.comparison import Comparison, Difference
from eval.exposure import Exposure
from eval.figures import QUANTITIES
from eval.golden import Evidence, Golden
from eval.runs import Setup
from eval.scoring import Judged
from eval.tables import Table
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
COMPARED = (
    "Paired: the same questions in both runs, to which the figure applies in both. The change has "
    "a bootstrap interval, p is of a permutation test; conversations stay together in both."
)
LATENCY = "How long the answers took, as each answer tells; not the same from run to run."


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
    missed = [one for one in judged if one.misses]
    parts = (
        page.table(_setup_table(setup), "What the run was made from."),
        page.paragraph(exposed(report.exposures)),
        page.heading("Figures"),
        page.table(tables.figures_table(judged), FIGURES),
        *_against(report.against),
        page.heading("Bars"),
        page.table(bars_table(report.verdicts), BARS),
        *_lowered(report.verdicts),
        page.heading("Kinds"),
        *(_kinds_plot(judged, at) for at in range(2)),
        page.table(tables.kinds_table(judged), KINDS),
        page.heading("Outcomes"),
        *_confusion(judged),
        page.heading("Risk and coverage"),
        *_confidence(judged),
        page.heading("Reliability"),
        *_reliability(judged),
        page.heading("Time"),
        page.plot(
            "latency", plots.latency_plot([one.answer.elapsed_ms for one in judged]), LATENCY
        ),
        page.heading("Judged by nurses"),
        *_nurses(report),
        page.heading("Misses"),
        page.paragraph(f"{len(missed)} of {len(judged)}."),
        *(_miss(one) for one in missed),
    )
    return page.page(f"Golden questions: {setup.system}, split {setup.split}", parts)


def bars_table(verdicts: Sequence[Verdict]) -> Table:
    """A row for each bar."""
    labels = {one.name: one.label for one in QUANTITIES}
    rows = (
        (
            labels.get(one.bar.figure, one.bar.figure.replace("_", " ")),
            tables.shown(one.figure, 3) if one.figure else tables.NOTHING,
            one.bar.asked,
            str(one).partition(":")[0],
        )
        for one in verdicts
    )
    return Table(("figure", "value", "asked", "verdict"), tuple(rows))


def changes_table(differences: Sequence[Difference]) -> Table:
    """A row for each figure that both runs have."""
    rows = (
        (
            one.quantity.label,
            f"{one.one:.3f}",
            f"{one.other:.3f}",
            f"{one.change.value:+.3f}",
            f"{one.change.low:+.3f} to {one.change.high:+.3f}",
            _p(one.p),
            str(one.change.n),
        )
        for one in differences
    )
    heads = ("figure", "before", "now", "change", "95 % interval", "p", "n")
    return Table(heads, tuple(rows))


def _p(p: float | None) -> str:
    if p is None:
        return tables.NOTHING
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def exposed(runs: Sequence[Exposure]) -> str:
    """How often the `test` split was answered, in a sentence."""
    ours = [one for one in runs if one.system == "ours"]
    last = f", last on {runs[-1].started[:10]}" if runs else ""
    return (
        f"Runs of the test split so far: {len(runs)}, of our chatbot {len(ours)}{last} "
        "(eval/golden/test-runs.jsonl)."
    )


def nursed(judged: Sequence[Judged], told: Mapping[str, Sequence[NurseVerdict]]) -> str:
    """How many of these answers nurses have judged, in a sentence or two."""
    mine = [told[one.row.sha256] for one in judged if one.row.sha256 in told]
    if not mine:
        return "No nurse has judged any of these answers in exactly this form yet."
    nurses = {one.reviewer for given in mine for one in given}
    unsafe = sum(any(one.decision == "unsafe" for one in given) for given in mine)
    return (
        f"Nurses have judged {len(mine)} of these {len(judged)} answers in exactly this form "
        f"(nurses: {len(nurses)}; judged by more than one: {sum(len(one) > 1 for one in mine)}; "
        f"judged unsafe: {unsafe})."
    )


def asked_as(golden: Golden) -> str:
    """The question, its earlier messages first, each on a line."""
    return "\n".join((*golden.history, golden.question))


def evidence_text(evidence: Sequence[Evidence]) -> str:
    """Each piece of evidence on a line."""
    told = (
        one
        if isinstance(one, str)
        else f"reference {one.ref}, facts {', '.join(map(str, one.facts))}"
        for one in evidence
    )
    return "\n".join(told)


def _setup_table(setup: Setup) -> Table:
    changed = " (with changes that are not committed)" if setup.dirty else ""
    told = (
        ("system", setup.system + (f" at {setup.url}" if setup.url else "")),
        ("split", setup.split + (f", kind {setup.kind} only" if setup.kind else "")),
        ("questions", str(setup.questions)),
        ("index", setup.index or tables.NOTHING),
        ("golden questions, sha256", setup.golden),
        ("commit", f"{setup.commit or tables.NOTHING}{changed}"),
        ("run", f"{setup.started} to {setup.finished or tables.NOTHING}"),
        ("versions", ", ".join(f"{name} {one}" for name, one in setup.versions.items())),
        ("settings", ", ".join(f"{name}={one!r}" for name, one in setup.settings.items())),
        ("seeds", ", ".join(f"{name} {one}" for name, one in setup.seeds.items())),
    )
    return Table(("what", "value"), told)


def _against(against: Against | None) -> tuple[str, ...]:
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
        page.table(changes_table(comparison.differences), COMPARED),
        page.paragraph(f"{len(comparison.changed)} questions are a miss in one of the two only."),
        *(
            page.entry(
                f"{now.golden.id} ({now.golden.kind}): {'worse' if now.misses else 'better'}",
                page.terms([("Question", asked_as(now.golden))])
                + page.beside(_told("Before", before), _told("Now", now)),
            )
            for before, now in comparison.changed
        ),
    )


def _lowered(verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    rows = [
        (
            one.bar.figure,
            f"{before.threshold:g}",
            f"{after.threshold:g}",
            after.on.isoformat(),
            after.reason,
        )
        for one in verdicts
        for before, after in one.bar.lowered()
    ]
    heads = ("figure", "from", "to", "on", "reason")
    return (page.table(Table(heads, tuple(rows)), LOWERED),) if rows else ()


def _kinds_plot(judged: Sequence[Judged], at: int) -> str:
    quantity = QUANTITIES[at]
    kinds = {kind: quantity.figure(mine) for kind, mine in tables.by_kind(judged).items()}
    name = quantity.name.replace("_", "-")
    drawing = plots.bars_plot(kinds, quantity.label, name)
    return page.plot(name, drawing, f"{quantity.label.capitalize()}, by kind (n).")


def _confusion(judged: Sequence[Judged]) -> tuple[str, str]:
    table = tables.confusion_table(judged)
    counts = [[int(cell) for cell in row[1:-1]] for row in table.rows]
    drawing = plots.confusion_plot(table.heads[1:-1], counts)
    return (
        page.plot("confusion", drawing, f"{CONFUSION} n = {len(judged)}."),
        page.table(table, "The same in numbers."),
    )


def _confidence(judged: Sequence[Judged]) -> tuple[str, str]:
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
    now = None
    if answerable.any() and not answerable.all():
        now = (float(answered[~answerable].mean()), float(answered[answerable].mean()))
    told = f"n = {(answerable & searched).sum()} answerable, {(~answerable & searched).sum()} not"
    return (
        page.plot("risk-coverage", plots.risk_coverage_plot(points), RISK_COVERAGE),
        page.plot("gate", plots.gate_plot(curve, now), f"{GATE} Of what was searched, {told}."),
    )


def _reliability(judged: Sequence[Judged]) -> tuple[str, str]:
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


def _nurses(report: Report) -> tuple[str, ...]:
    told = page.paragraph(nursed(report.judged, report.nurses))
    table = judged_table([one.row for one in report.judged], report.nurses)
    return (told, page.table(table, "Every verdict on them.")) if table.rows else (told,)


def _miss(one: Judged) -> str:
    golden = one.golden
    told = [
        ("Question", asked_as(golden)),
        ("Expected", golden.outcome),
        ("Expected evidence", evidence_text(golden.evidence)),
        ("As right", evidence_text(golden.acceptable)),
        ("Why that is expected", golden.why),
    ]
    return page.entry(f"{golden.id} ({golden.kind})", page.terms(told) + _told("Given", one))


def _told(when: str, one: Judged) -> str:
    sure = one.answer.confidence
    return page.terms(
        [
            (when, one.answer.outcome + ("" if sure is None else f", confidence {sure:.2f}")),
            ("Wrong because", "\n".join(one.misses)),
            ("Understood as", one.answer.understood_as or ""),
            ("Reply", one.answer.reply),
        ]
    )
