"""What the commands of `python -m eval` do: each takes what was typed, gives the exit code."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from corpus import Corpus, load_corpus
from eval import exposure
from eval.asking import of_kind, run, setup_of
from eval.bars import Verdict, judge, load_bars
from eval.benches import bench_figures
from eval.comparison import compare, turned
from eval.figures import figures
from eval.golden import GOLDEN, Golden, GoldenError, Split, load_golden, placed_golden
from eval.report import Against, Report, report_page
from eval.report_tables import changes_table, exposed, relabelled, setups_table
from eval.runs import Run, RunError, Setup, golden_hash, load_run, read_setup, row_of
from eval.scoring import Judged, judged, judged_again, score, scored
from eval.systems import asked, opened
from eval.tables import Table, between, figures_table, kinds_table, shown
from eval.verdicts import by_answer, load_verdicts
from index import known_vectors
from settings import Settings

if TYPE_CHECKING:
    from eval.variants import Changed

Step = TypeVar("Step")


def run_command(told: argparse.Namespace) -> int:
    """Asks a system the golden questions of a split, and judges the answers."""
    settings, corpus = _content()
    golden = of_kind(_golden(told.split, corpus, settings), told.kind)
    system = opened(told.system, corpus, settings, told.url)
    setup = setup_of(
        told.system, told.split, told.kind, told.url, golden, system.index, corpus, settings
    )
    folder = told.out or _new_folder(setup, settings)
    if told.split == "test" and read_setup(folder) is None:
        exposure.expose(setup)
    finished = run(folder, setup, golden, system, _bar)
    _print_figures(score(finished, corpus, settings))
    _say(f"written: {folder}")
    return 0


def score_command(told: argparse.Namespace) -> int:
    """Judges the saved answers of a run again."""
    settings, corpus = _content()
    _print_figures(score(load_run(told.run_folder), corpus, settings))
    return 0


def gate_command(told: argparse.Namespace) -> int:
    """Holds a run against the bars: 1 when one is not cleared.

    It judges the answers again, whatever `scores.json` says, and refuses a run that was made with
    other questions or another index than there are now.
    """
    finished = load_run(told.run_folder)
    if finished.setup.kind:
        raise RunError(f"{told.run_folder} holds one kind only; the gate needs a whole split")
    settings, corpus = _content()
    _check_today(finished, corpus, settings)
    verdicts = _verdicts(judged_again(finished, corpus, settings))
    for one in verdicts:
        print(one)
    failed = sum(not one.cleared for one in verdicts)
    print(f"{failed} of {len(verdicts)} bars failed" if failed else "every bar is cleared")
    return 1 if failed else 0


def compare_command(told: argparse.Namespace) -> int:
    """What changed from one run to another."""
    runs = [load_run(folder) for folder in (told.before, told.now)]
    found = compare(*map(scored, runs))
    print(setups_table(*(one.setup for one in runs)).markdown(), "", sep="\n")
    print(relabelled(found.relabelled), "", sep="\n")
    print(changes_table(found.differences).markdown(), "", sep="\n")
    for before, now in found.changed:
        golden = now.golden
        print(f"{golden.id} ({golden.kind}) is {turned(before, now)}: ", end="")
        print(*golden.history, golden.question, sep=" / ")
        for when, told_one in (("before", before), ("now", now)):
            best = told_one.answer.quotes[0].text if told_one.answer.quotes else "no quote"
            why = "; ".join(told_one.misses) or "right"
            print(f"  {when}: {told_one.answer.outcome}, {best!r}\n    {why}")
    lone = f"; in one of them only: {', '.join(found.unpaired)}" if found.unpaired else ""
    print(f"{found.paired} questions in both, {len(found.changed)} verdicts changed{lone}")
    return 0


def report_command(told: argparse.Namespace) -> int:
    """Writes the report of a run as one page."""
    finished = load_run(told.run_folder)
    against = None
    now = scored(finished)
    if told.against:
        before = load_run(told.against)
        against = Against(before.setup, compare(scored(before), now))
    _write_report(finished.setup, now, against, told.out or told.run_folder / "report.html")
    return 0


def card_command(told: argparse.Namespace) -> int:
    """Writes the evaluation card from saved runs, ours first."""
    from eval.card import Told, card
    from eval.stats import stats_table

    settings, corpus = _content()
    dev, test = (_golden(split, corpus, settings) for split in ("dev", "test"))
    runs = [load_run(folder) for folder in told.runs]
    tested = load_run(told.test) if told.test else None
    page = card(
        [Told(one.setup, scored(one)) for one in runs],
        stats_table(dev, test, corpus),
        exposure.exposures(),
        by_answer(load_verdicts()),
        _variants(dev, corpus, settings)[0],
        Told(tested.setup, scored(tested)) if tested else None,
    )
    told.out.write_text(page, encoding="utf-8")
    _say(f"written: {told.out}")
    return 0


def golden_check_command(told: argparse.Namespace) -> int:
    """Reads every golden question, as each run does; none of `dev` may stand in `test`, too."""
    from eval.leaks import leaks

    del told
    settings, corpus = _content()
    vectors = known_vectors(settings)
    dev, test = (placed_golden(GOLDEN / split, corpus, vectors) for split in ("dev", "test"))
    if found := leaks(dev, test, vectors):
        raise GoldenError("\n".join(found))
    print(f"{len(dev) + len(test)} golden questions can be used")
    print("none of dev stands in test")
    return 0


def golden_stats_command(told: argparse.Namespace) -> int:
    """How many golden questions there are of each kind and split, and what they need."""
    del told
    from eval.stats import stats_table

    settings, corpus = _content()
    dev, test = (_golden(split, corpus, settings) for split in ("dev", "test"))
    print(stats_table(dev, test, corpus).markdown())
    print(f"\n{exposed(exposure.exposures())}")
    return 0


def understanding_command(told: argparse.Namespace) -> int:
    """Asks our chatbot a split, typed well and with errors, and keeps nothing."""
    from eval.understanding import mistyped, typing_table

    settings, corpus = _content()
    golden = _golden(told.split, corpus, settings)
    system = opened("ours", corpus, settings, None)
    setup = setup_of("ours", told.split, None, None, golden, system.index, corpus, settings)
    if told.split == "test":
        exposure.expose(setup)
    now, typed = (
        judged([row_of(one, system.ask(one)) for one in _bar(each)], corpus, settings)
        for each in (golden, mistyped(golden))
    )
    _print_figures(now)
    print("", typing_table(now, typed).markdown(), sep="\n")
    for one in now if told.misses else ():
        expected, given = one.golden.outcome, one.answer.outcome
        if one.misses:
            print(f"{one.golden.id}\t{expected} -> {given}\t{one.golden.question}")
    if told.out:
        _write_report(setup, now, None, told.out)
    return 0


def mutations_command(told: argparse.Namespace) -> int:
    """What the proof, or another checker, lets through of edited quotes."""
    from eval.checkers import Proof, checker_named
    from eval.mutations import Mutant, make_cases, results_table
    from eval.mutations import judge as judge_mutants

    settings, corpus = _content()
    cases = make_cases(corpus, settings.root)
    proof = Proof(settings)
    checkers: dict[str, Callable[[Mutant], bool]] = {
        "Words that name sentences: found, copied, verified": proof.shows,
        "Words saved as they are: not a character may differ": proof.passes_saved,
    }
    if told.checker:
        checkers = {told.checker: checker_named(told.checker)}
    for name, checker in checkers.items():
        print(f"## {name}\n\n{results_table(judge_mutants(cases, checker)).markdown()}\n")
    return 0


def variants_command(told: argparse.Namespace) -> int:
    """How the answers to `dev` hold when the same question is said otherwise."""
    from eval.variants import changes_table as variant_changes

    settings, corpus = _content()
    table, changed = _variants(_golden("dev", corpus, settings), corpus, settings)
    print(table.markdown())
    if told.changes:
        print("", variant_changes(changed).markdown(), sep="\n")
    return 0


def removal_command(told: argparse.Namespace) -> int:
    """Whether questions of `dev` are still answered once what answers them is gone."""
    from eval.removal import gaps, removal_table, removed, still_answered_table

    del told
    settings, corpus = _content()
    batches = _bar(gaps(corpus, _golden("dev", corpus, settings)))
    found = tuple(removed(batches, settings, _say))
    print(removal_table(found).markdown(), "", still_answered_table(found).markdown(), sep="\n")
    return 0


def bench_command(told: argparse.Namespace) -> int:
    """Time and memory of one question beside the peer."""
    from eval.bench import compare as compare_costs
    from eval.bench import table

    print(table(compare_costs(told.peer, told.peer_python, told.rounds, _say)))
    return 0


def _content() -> tuple[Settings, Corpus]:
    settings = Settings.from_environment(os.environ)
    return settings, load_corpus(settings.corpus, settings.sources)


def _golden(split: Split, corpus: Corpus, settings: Settings) -> tuple[Golden, ...]:
    return load_golden(GOLDEN / split, corpus, known_vectors(settings))


def _variants(
    golden: Sequence[Golden], corpus: Corpus, settings: Settings
) -> tuple[Table, Sequence["Changed"]]:
    """The table of the variants of all these questions, and each variant with its answers."""
    from bot import Chatbot
    from eval.variants import compared, variants_table

    chatbot = Chatbot.open(settings)
    changed = [pair for one in _bar(golden) for pair in compared(chatbot, one)]
    by_hand = [one for one in golden if one.kind == "negated"]
    negated = judged([row_of(one, asked(chatbot, one)) for one in by_hand], corpus, settings)
    return variants_table(changed, negated), changed


def _check_today(run: Run, corpus: Corpus, settings: Settings) -> None:
    """Raises `RunError` when questions or index are others than those that `run` was made with."""
    setup = run.setup
    now = {
        "set of golden questions": (
            setup.golden,
            golden_hash(_golden(setup.split, corpus, settings)),
        ),
        "index": (setup.index, opened(setup.system, corpus, settings, None).index),
    }
    for what, (then, today) in now.items():
        if then != today:
            raise RunError(
                f"{run.folder} was made with another {what} ({str(then)[:12]}, now "
                f"{str(today)[:12]}); run it again: `python -m eval run --system {setup.system} "
                f"--split {setup.split}`"
            )


def _new_folder(setup: Setup, settings: Settings) -> Path:
    now = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    return settings.var / "runs" / f"{now}-{setup.system}-{setup.split}"


def _print_figures(told: Sequence[Judged]) -> None:
    print(kinds_table(told).markdown(), figures_table(told).markdown(), sep="\n\n")


def _write_report(
    setup: Setup, told: tuple[Judged, ...], against: Against | None, out: Path
) -> None:
    nurses = by_answer(load_verdicts())
    report = Report(setup, told, _verdicts(told), exposure.exposures(), against, nurses)
    out.write_text(report_page(report), encoding="utf-8")
    _say(f"written: {out}")


def _verdicts(told: Sequence[Judged]) -> tuple[Verdict, ...]:
    settings, corpus = _content()
    dev = _golden("dev", corpus, settings)
    return judge(load_bars(), {**figures(told), **bench_figures(corpus, settings, dev)})


def _bar(steps: Sequence[Step]) -> Sequence[Step]:
    from tqdm import tqdm

    bar: Sequence[Step] = tqdm(steps, unit=" steps", delay=1, file=sys.stderr)
    return bar


def _say(step: str) -> None:
    print(step, file=sys.stderr)


def safety_command(told: argparse.Namespace) -> int:
    """Tries the safety sets, prints the figures and each miss, and keeps the figures."""
    from bot import Chatbot, Verifier
    from eval.safety import MESSAGE_SETS, figures, load_messages, try_messages

    settings = Settings.from_environment(os.environ)
    chatbot, verifier = Chatbot.open(settings), Verifier(settings)
    tried = {
        name: try_messages(chatbot, verifier, _bar(load_messages(told.split, name)))
        for name in MESSAGE_SETS
    }
    lines = [
        f"- {name}: {share.value * share.n:.0f} of {share.n}"
        f" ({shown(share, 3)}; {between(share, 3)})"
        for name, share in figures(tried, told.split)
    ]
    text = "\n".join([f"On the `{told.split}` part (share; exact 95 % interval):", "", *lines])
    print(text)
    if told.misses:
        for name in MESSAGE_SETS:
            for one in tried[name]:
                for fault in one.faults:
                    print(f"{name} {one.message.id}\t{fault}\t{one.message.message}")
    settings.var.mkdir(parents=True, exist_ok=True)
    (settings.var / "safety.md").write_text(f"{text}\n", encoding="utf-8")
    return 0


def safety_case_command(told: argparse.Namespace) -> int:
    """Prints the hazard log with the figures of the last `eval safety`."""
    del told
    from eval.hazards import load_hazards, safety_case

    last = Settings.from_environment(os.environ).var / "safety.md"
    print(safety_case(load_hazards(), last.read_text("utf-8") if last.exists() else ""))
    return 0
