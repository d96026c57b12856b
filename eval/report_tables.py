"""The tables and sentences of a run's report, and of the evaluation card."""

import re
from collections.abc import Mapping, Sequence

from eval import tables
from eval.bars import Verdict
from eval.comparison import Difference
from eval.exposure import Exposure
from eval.figures import QUANTITIES
from eval.runs import Setup
from eval.scoring import Judged
from eval.tables import Table
from eval.verdicts import Verdict as NurseVerdict


def setup_table(setup: Setup) -> Table:
    """What the run was made from."""
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


def setups_table(one: Setup, other: Setup) -> Table:
    """A row for each field in which the two runs differ; of what has parts, for each such part."""
    rows: list[tuple[str, ...]] = []
    for name in Setup.model_fields:
        before, now = getattr(one, name), getattr(other, name)
        if before == now or name == "answers":
            continue
        if not isinstance(before, dict):
            rows.append((name, _told(before), _told(now)))
            continue
        for part in sorted({*before, *now}):
            old, new = before.get(part), now.get(part)
            if old != new:
                rows.append((f"{name}: {part}", _told(old), _told(new)))
    return Table(("made from", "before", "now"), tuple(rows))


def relabelled(told: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Of how many questions other things are expected now, and which, in a sentence."""
    if not told:
        return "The same is expected of every question in both."
    ids = "; ".join(f"{id} ({', '.join(names)})" for id, names in told)
    return f"Other things are expected now of {len(told)} questions: {ids}."


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


def gated(verdicts: Sequence[Verdict]) -> str:
    """Whether the gate is open, and which bars keep it shut, in a sentence."""
    failed = [one.bar.figure for one in verdicts if not one.cleared]
    if not failed:
        return f"The gate is open: all {len(verdicts)} bars are cleared."
    return f"The gate is shut: {len(failed)} of {len(verdicts)} bars failed ({', '.join(failed)})."


def lowered_table(verdicts: Sequence[Verdict]) -> Table:
    """A row for each threshold that was lowered."""
    rows = (
        (
            one.bar.figure,
            f"{before.threshold:g}",
            f"{after.threshold:g}",
            after.on.isoformat(),
            after.reason,
        )
        for one in verdicts
        for before, after in one.bar.lowered()
    )
    return Table(("figure", "from", "to", "on", "reason"), tuple(rows))


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


def _told(value: object) -> str:
    """A value of a setup; of a sha256, as much as tells it from another."""
    told = tables.NOTHING if value is None else str(value)
    return told[:12] if re.fullmatch("[0-9a-f]{40,}", told) else told


def _p(p: float | None) -> str:
    if p is None:
        return tables.NOTHING
    return "< 0.001" if p < 0.001 else f"{p:.3f}"
