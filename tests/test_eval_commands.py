"""`python -m eval`: what a person types, and what comes back."""

import json
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus import Corpus
from eval.__main__ import main
from eval.asking import run, setup_of
from eval.golden import GOLDEN, Golden
from eval.runs import RUN, Run, golden_hash, write_rows, write_setup
from eval.scoring import SCORES, score
from eval.systems import ApiError, opened
from settings import ROOT, Settings
from tests.serving import served


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


Typed = Callable[..., Done]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Runs a command as it is typed, in this process: a new one imports for seconds."""

    def run_it(*told: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["eval", *map(str, told)])
        code = main()
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    return run_it


def refused(done: Done, *words: str) -> None:
    """One line says what is wrong; nothing else is printed."""
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    for word in words:
        assert word in done.stderr


@pytest.mark.usefixtures("settings")
def test_a_run_is_asked_scored_and_kept(typed: Typed, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    done = typed("run", "--kind", "small_talk", "--out", folder)
    assert done.returncode == 0, done.stderr
    asked = len((GOLDEN / "dev" / "small_talk.jsonl").read_text("utf-8").splitlines())
    assert f"| small_talk | {asked} | 1.00" in done.stdout
    assert {path.name for path in folder.iterdir()} == {"run.json", "answers.jsonl", "scores.json"}
    again = typed("run", "--kind", "small_talk", "--out", folder)
    assert again.stdout == done.stdout
    refused(typed("gate", folder), "one kind only")
    refused(typed("run", "--out", folder), "holds another run", "kind, questions, golden differ")


def test_saved_answers_are_scored_again_compared_and_reported(
    typed: Typed, dev_run: Run, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    first = typed("score", dev_run.folder)
    assert "| outcome right |" in first.stdout
    told = typed("compare", dev_run.folder, dev_run.folder)
    assert told.stdout.endswith("questions in both, 0 verdicts changed\n")
    assert typed("report", dev_run.folder, "--against", dev_run.folder, "--out", page).stdout == ""
    assert "What changed" in page.read_text("utf-8")


def test_the_gate_opens_and_judges_again(typed: Typed, dev_run: Run, tmp_path: Path) -> None:
    told = typed("gate", dev_run.folder)
    assert told.returncode == 0, told.stdout
    assert told.stdout.endswith("every bar is cleared\n")
    folder = tmp_path / "run"
    shutil.copytree(dev_run.folder, folder)
    scores = folder / SCORES
    scores.write_text(re.sub(r'"value": [0-9.]+', '"value": 0.0', scores.read_text("utf-8")))
    assert typed("gate", folder) == told


def test_the_gate_refuses_what_is_stale(typed: Typed, dev_run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    shutil.copytree(dev_run.folder, folder)
    write_setup(folder, dev_run.setup.model_copy(update={"index": "0" * 64}))
    refused(typed("gate", folder), "another index (000000000000, now ", "run it again")
    rows = dev_run.rows[1:]
    asked = {"questions": len(rows), "golden": golden_hash([one.golden for one in rows])}
    write_rows(folder, rows)
    write_setup(folder, dev_run.setup.model_copy(update={**asked, "answers": None}))
    refused(typed("gate", folder), "another set of golden questions", "run it again")


def test_a_baseline_does_not_clear_the_gate(
    typed: Typed,
    dev: tuple[Golden, ...],
    corpus: Corpus,
    settings: Settings,
    tmp_path: Path,
) -> None:
    system = opened("bm25", corpus, settings, None)
    setup = setup_of("bm25", "dev", None, None, dev, system.index, corpus, settings)
    score(run(tmp_path / "run", setup, dev, system), corpus, settings)
    told = typed("gate", tmp_path / "run")
    assert told.returncode == 1
    assert "fails by 0.94: answered_wrongly is 1, at most 0.06" in told.stdout


def test_our_chatbot_can_be_asked_over_its_api(
    dev: tuple[Golden, ...], corpus: Corpus, settings: Settings, tmp_path: Path
) -> None:
    follow_up = next(one for one in dev if one.history)
    here = opened("ours", corpus, settings, None)
    with served(tmp_path / "log") as address:
        there = opened("ours", corpus, settings, address)
        assert there.index == here.index
        ours, theirs = (one.ask(follow_up).model_dump() for one in (here, there))
    assert {**ours, "elapsed_ms": 0} == {**theirs, "elapsed_ms": 0}


def test_an_address_where_nothing_answers_is_named(corpus: Corpus, settings: Settings) -> None:
    with pytest.raises(ApiError, match=r"127\.0\.0\.1:9/ready: .*start it with `make chat`"):
        opened("ours", corpus, settings, "http://127.0.0.1:9")
    with pytest.raises(ValueError, match="leave out --system bm25"):
        opened("bm25", corpus, settings, "http://127.0.0.1:9")


def test_what_cannot_be_done_is_said_in_a_line(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(typed("score", tmp_path), "holds no run")
    refused(typed("run", "--out", ROOT / "docs"), "holds other files")
    (tmp_path / RUN).write_text(json.dumps({"format": 9}))
    refused(typed("report", tmp_path), "run.json: format", "run it again")
    monkeypatch.setenv("CHATBOT_VAR", str(tmp_path / "var"))
    refused(typed("run"), "python -m index build")
    monkeypatch.setenv("CHATBOT_COLOUR", "red")
    refused(typed("run"), "CHATBOT_COLOUR is not a setting")
