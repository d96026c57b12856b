"""From a run to a nurse's sheet, back into the store, and into the report: by the commands."""

import csv
import sys
from pathlib import Path

import pytest

from bot import Chatbot
from eval.__main__ import main
from eval.runs import add_row, golden_hash, row_of, write_setup
from eval.verdicts import load_verdicts
from tests.golden_questions import made
from tests.test_runs import setup

QUESTIONS = ("Why can cancer come back after surgery?", "what is reference 2", "hello")


@pytest.fixture(scope="module")
def run_folder(chatbot: Chatbot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "one"
    folder.mkdir()
    golden = [made(id=f"q{at}", question=question) for at, question in enumerate(QUESTIONS)]
    write_setup(folder, setup(questions=len(golden), golden=golden_hash(golden)))
    for one in golden:
        add_row(folder, row_of(one, chatbot.ask(one.question)))
    return folder


def command(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["eval", *map(str, arguments)])
    return main()


def filled(sheet: Path, to: Path, *decisions: str, reviewer: str = "N1") -> Path:
    """The table with its first lines filled in, as a spreadsheet saves it."""
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, decision in zip(rows, decisions, strict=False):
        row |= dict.fromkeys(("right_passage", "complete", "safe", "plain", "kind"), "yes")
        row |= {"decision": decision, "reviewer": reviewer, "date": "2026-01-02"}
        row["reason"] = "" if decision == "safe" else "It frightens."
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return to


def test_a_sheet_goes_out_and_comes_back(
    run_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store, told = tmp_path / "verdicts.jsonl", ("--run", run_folder, "--store")
    assert command(monkeypatch, "sheet", run_folder, "--out", tmp_path / "out") == 0
    assert (tmp_path / "out" / "sheet.html").is_file()
    sheet = tmp_path / "out" / "sheet.csv"
    one = filled(sheet, tmp_path / "one.csv", "safe", "unsafe")
    other = filled(sheet, tmp_path / "other.csv", "safe", "safe", "safe", reviewer="N2")
    assert command(monkeypatch, "verdicts", "import", one, other, *told, store) == 0
    assert len(load_verdicts(store)) == 5
    capsys.readouterr()
    assert command(monkeypatch, "verdicts", "report", *told, store) == 0
    report = capsys.readouterr().out
    assert "5 verdicts by 2 reviewers on 3 answers." in report
    assert "| one | all | 3 | 3 | 2 |" in report
    assert "## Judged unsafe (1)" in report


def test_nothing_is_half_imported(
    run_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store, told = tmp_path / "verdicts.jsonl", ("--run", run_folder, "--store")
    assert command(monkeypatch, "sheet", run_folder, "--out", tmp_path) == 0
    good = filled(tmp_path / "sheet.csv", tmp_path / "good.csv", "safe")
    assert command(monkeypatch, "verdicts", "import", good, *told, store) == 0
    before = store.read_bytes()
    both = filled(tmp_path / "sheet.csv", tmp_path / "both.csv", "safe", "safe")
    capsys.readouterr()
    assert command(monkeypatch, "verdicts", "import", both, *told, store) == 2
    error = capsys.readouterr().err.splitlines()[-1]
    assert "both.csv:2 (" in error
    assert error.endswith("a verdict is never changed")
    assert "N1 has judged this answer already (imported before)" in error
    assert store.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("sheet", "nowhere", "--out", "out"), "nowhere holds no run; give the folder"),
        (("verdicts", "import", "nowhere.csv"), "nowhere.csv: No such file or directory"),
        (("verdicts", "report", "--run", "nowhere"), "nowhere holds no run"),
    ],
    ids=["sheet", "import", "report"],
)
def test_what_is_not_there_is_named(
    arguments: tuple[str, ...],
    fault: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command(monkeypatch, *arguments) == 2
    assert fault in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
