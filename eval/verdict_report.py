"""What nurses judged, in Markdown: coverage, agreement, disagreements, every unsafe answer."""

from collections.abc import Mapping, Sequence

from eval.agreement import Agreement, agreements
from eval.measures import Figure
from eval.runs import Row, Run
from eval.tables import NOTHING, Table
from eval.verdicts import ASPECTS, Entry, Verdict, by_answer


def verdicts_report(entries: Sequence[Entry], runs: Sequence[Run]) -> str:
    """The whole report. `runs`: those whose coverage is to be told. Pure."""
    judged = by_answer(entries)
    asked = {one.verdict.answer: one for one in entries}
    apart = [(asked[answer], told) for answer, told in judged.items() if _differ(told)]
    unsafe = [
        (asked[answer], told)
        for answer, told in judged.items()
        if any(one.decision == "unsafe" for one in told)
    ]
    nurses = len({one.verdict.reviewer for one in entries})
    parts = [
        "# Nurses' verdicts",
        f"{len(entries)} verdicts by {nurses} reviewers on {len(judged)} answers.",
        "## Coverage",
        coverage_table(runs, judged).markdown(),
        "## Agreement",
        "On the answers that more than one nurse has judged, in exactly the same form.",
        agreement_table(agreements(judged)).markdown(),
        f"## Disagreements ({len(apart)})",
        *(_disagreement(entry, told) for entry, told in apart),
        f"## Judged unsafe ({len(unsafe)})",
        *(_unsafe(entry, told) for entry, told in unsafe),
    ]
    return "\n\n".join(parts)


def coverage_table(runs: Sequence[Run], judged: Mapping[str, Sequence[Verdict]]) -> Table:
    """A row for each run and kind: how many of its answers were judged in exactly this form."""
    rows = []
    for run in runs:
        for kind in ("all", *sorted({row.golden.kind for row in run.rows})):
            told = [
                len(judged.get(row.sha256, ()))
                for row in run.rows
                if kind in ("all", row.golden.kind)
            ]
            one, two = (sum(count >= least for count in told) for least in (1, 2))
            if one or kind == "all":
                rows.append((run.folder.name, kind, str(len(told)), str(one), str(two)))
    return Table(("run", "kind", "answers", "judged", "by two or more"), tuple(rows))


def judged_table(rows: Sequence[Row], judged: Mapping[str, Sequence[Verdict]]) -> Table:
    """A row for each verdict on an answer of `rows`, given for exactly this form of it. Pure."""
    told = (
        (row.golden.id, one.reviewer, one.date.isoformat(), one.decision, one.reason)
        for row in rows
        for one in judged.get(row.sha256, ())
    )
    return Table(("question", "reviewer", "date", "decision", "reason"), tuple(told))


def agreement_table(told: Sequence[Agreement]) -> Table:
    """A row for the decision and each aspect."""
    rows = (
        (one.name.replace("_", " "), str(one.answers), _cell(one.same), _cell(one.alpha))
        for one in told
    )
    heads = ("question", "answers", "all say the same", "Krippendorff's alpha (95 %)")
    return Table(heads, tuple(rows))


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return f"{NOTHING} (all verdicts are the same)"
    return f"{figure.value:.2f} ({figure.low:.2f} to {figure.high:.2f})"


def _differ(told: Sequence[Verdict]) -> bool:
    return len({(one.decision, *(getattr(one, name) for name in ASPECTS)) for one in told}) > 1


def _disagreement(entry: Entry, told: Sequence[Verdict]) -> str:
    differing = [
        name for name in ("decision", *ASPECTS) if len({getattr(one, name) for one in told}) > 1
    ]
    lines = [
        f"- {one.reviewer}: "
        + ", ".join(f"{name.replace('_', ' ')}: {getattr(one, name)}" for name in differing)
        + (f" – {one.reason}" if one.reason else "")
        for one in told
    ]
    return "\n".join([f"**{entry.verdict.id}** {_asked(entry)}", "", *lines])


def _unsafe(entry: Entry, told: Sequence[Verdict]) -> str:
    quoted = "\n".join(f"> {line}".rstrip() for line in entry.reply.splitlines())
    lines = [
        f"- {one.reviewer}, {one.date}: {one.decision} – {one.reason or NOTHING}" for one in told
    ]
    return "\n".join([f"**{entry.verdict.id}** {_asked(entry)}", "", quoted, "", *lines])


def _asked(entry: Entry) -> str:
    return " / ".join(" ".join(message.split()) for message in entry.conversation)
