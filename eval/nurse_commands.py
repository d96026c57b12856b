"""The commands of `python -m eval` for nurses' verdicts: each gives the exit code."""

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from corpus import load_corpus
from eval.runs import RUN, Run, RunError, load_run
from eval.sheet import sheet_csv, sheet_page, shown
from eval.verdict_files import read_verdicts
from eval.verdict_report import verdicts_report
from eval.verdicts import add_entries, load_verdicts, new_entries
from settings import Settings


def sheet_command(told: argparse.Namespace) -> int:
    """Writes the answers of a run for nurses to judge: a page, and the same as a table."""
    settings = Settings.from_environment(os.environ)
    run = load_run(told.run_folder)
    corpus = load_corpus(settings.corpus, settings.sources)
    answers = shown(run, corpus, told.kind, told.sample)
    page, table = sheet_page(run, answers), sheet_csv(run, answers)
    told.out.mkdir(parents=True, exist_ok=True)
    (told.out / "sheet.html").write_text(page, encoding="utf-8")
    # The mark at its beginning tells spreadsheets that it is UTF-8.
    (told.out / "sheet.csv").write_text(table, encoding="utf-8-sig", newline="")
    _say(f"written: {len(answers)} answers, {told.out}/sheet.html and {told.out}/sheet.csv")
    return 0


def import_command(told: argparse.Namespace) -> int:
    """Checks files that nurses sent back, and adds all their verdicts or none."""
    placed = [one for path in told.files for one in read_verdicts(path)]
    known = load_verdicts(told.store)
    entries = new_entries(placed, _runs(told.run_folders), known, date.today())
    add_entries(entries, told.store)
    _say(f"added: {len(entries)} verdicts to the {len(known)} in {told.store.name}")
    return 0


def report_command(told: argparse.Namespace) -> int:
    """Prints coverage, agreement, disagreements and what was judged unsafe."""
    print(verdicts_report(load_verdicts(told.store), _runs(told.run_folders)))
    return 0


def _runs(folders: list[Path] | None) -> tuple[Run, ...]:
    """The runs in `folders`, and those in `var/runs`; one there that cannot be used is told."""
    runs = {folder.resolve(): load_run(folder) for folder in folders or ()}
    for path in sorted((Settings.from_environment(os.environ).var / "runs").glob(f"*/{RUN}")):
        try:
            runs.setdefault(path.parent.resolve(), load_run(path.parent))
        except RunError as error:
            _say(f"left out: {error}")
    return tuple(runs.values())


def _say(step: str) -> None:
    print(step, file=sys.stderr)
