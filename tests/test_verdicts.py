"""Verdicts are tied to the exact answer, added whole or not at all, and never edited."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.verdict_report import verdicts_report
from eval.verdicts import (
    Placed,
    Verdict,
    VerdictError,
    add_entries,
    by_answer,
    load_verdicts,
    new_entries,
)
from tests.verdicts_given import OTHER, ROWS, RUN, placed, verdict

TODAY = date(2026, 1, 3)
UNSAFE: dict[str, Any] = {"decision": "unsafe", "safe": "no", "reason": "It frightens."}


def test_what_is_added_is_read_again_and_more_is_added(tmp_path: Path) -> None:
    store = tmp_path / "verdicts.jsonl"
    first = new_entries(placed(verdict(0), verdict(1)), [RUN], (), TODAY)
    add_entries(first, store)
    before = store.read_bytes()
    more = new_entries(placed(verdict(2)), [OTHER, RUN], load_verdicts(store), TODAY)
    add_entries(more, store)
    assert load_verdicts(store) == (*first, *more)
    assert store.read_bytes().startswith(before)
    assert first[0].conversation == ("a?",)
    assert first[0].reply == ROWS[0].answer.reply


def test_a_store_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert load_verdicts(tmp_path / "none.jsonl") == ()


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"run": "0" * 64}, r"file:2: is of another run \(00000000\.\.\.\); name its folder"),
        ({"answer": "0" * 64}, r"file:2: the run has no such answer \('a', 00000000"),
        ({"id": "z"}, r"file:2: the run has no such answer \('z'"),
        ({"id": "b"}, r"file:2: the run has no such answer \('b'"),
        ({"date": "2026-01-04"}, r"file:2: 2026-01-04 is still to come"),
    ],
    ids=["another run", "another answer", "no such id", "the id of another", "to come"],
)
def test_a_verdict_that_belongs_to_nothing_is_refused(told: dict[str, Any], fault: str) -> None:
    with pytest.raises(VerdictError, match=fault):
        new_entries(placed(verdict(0, **told)), [RUN], (), TODAY)


def test_a_second_verdict_by_the_same_nurse_is_refused() -> None:
    known = new_entries(placed(verdict(0)), [RUN], (), TODAY)
    again = placed(verdict(0, **UNSAFE))
    with pytest.raises(VerdictError, match=r"N1 has judged this answer already \(imported before"):
        new_entries(again, [RUN], known, TODAY)
    with pytest.raises(VerdictError, match=r"file:3: N1 .* already \(file:2\)"):
        new_entries(placed(verdict(0), verdict(0, **UNSAFE)), [RUN], (), TODAY)


def test_another_nurse_may_judge_the_same_answer() -> None:
    known = new_entries(placed(verdict(0)), [RUN], (), TODAY)
    assert len(new_entries(placed(verdict(0, reviewer="N2")), [RUN], known, TODAY)) == 1


def test_every_fault_is_told_at_once() -> None:
    wrong = placed(verdict(0, id="z"), verdict(1), verdict(1))
    with pytest.raises(VerdictError) as told:
        new_entries(wrong, [RUN], (), TODAY)
    assert [line.partition(":")[2][:1] for line in str(told.value).splitlines()] == ["2", "4"]


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"decision": "unsafe"}, "there is no reason"),
        ({"decision": "needs change", "reason": " "}, "there is no reason"),
        ({"safe": "no"}, "the decision is 'safe', but safe is 'no'"),
        ({"plain": "perhaps"}, "plain"),
        ({"reviewer": "Ann Smith"}, "reviewer"),
        ({"date": "03/01/2026"}, "written as 2026-11-24"),
        ({"date": "20260103"}, "written as 2026-11-24"),
        ({"colour": "red"}, "colour"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_verdict_that_cannot_be_is_refused(told: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        verdict(0, **told)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"decision":"unsafe"', '"decision":"needs change"', "was edited after it was added"),
        ("It frightens.", "It comforts.", "was edited after it was added"),
        ("Not covered.", "Covered.", "was edited after it was added"),
        ('"sha256"', '"sha"', "restore the line"),
    ],
)
def test_an_edited_line_is_noticed(old: str, new: str, fault: str, tmp_path: Path) -> None:
    store = tmp_path / "verdicts.jsonl"
    add_entries(new_entries(placed(verdict(0), verdict(1, **UNSAFE)), [RUN], (), TODAY), store)
    lines = store.read_text("utf-8").split("\n")
    lines[1] = lines[1].replace(old, new)
    store.write_text("\n".join(lines), "utf-8")
    with pytest.raises(VerdictError, match=rf"verdicts\.jsonl:2: .*{fault}"):
        load_verdicts(store)


def test_a_last_line_that_lost_its_end_is_noticed(tmp_path: Path) -> None:
    store = tmp_path / "verdicts.jsonl"
    add_entries(new_entries(placed(verdict(0), verdict(1, **UNSAFE)), [RUN], (), TODAY), store)
    whole = store.read_bytes()
    for cut in (1, 20):
        store.write_bytes(whole[:-cut])
        with pytest.raises(VerdictError, match=r"verdicts\.jsonl:2: .* restore the line"):
            load_verdicts(store)
    store.write_bytes(b"")
    assert load_verdicts(store) == ()


def given(*told: tuple[int, str, dict[str, Any]]) -> list[Placed]:
    return placed(*(verdict(at, reviewer=nurse, **more) for at, nurse, more in told))


def test_the_report_has_coverage_disagreements_and_what_is_unsafe() -> None:
    told = given((0, "N1", {}), (0, "N2", UNSAFE), (1, "N1", {}), (1, "N2", {}), (2, "N1", {}))
    report = verdicts_report(new_entries(told, [RUN], (), TODAY), [RUN, OTHER])
    assert "5 verdicts by 2 reviewers on 3 answers." in report
    assert "| one | all | 4 | 3 | 2 |" in report
    assert "| two | all | 1 | 0 | 0 |" in report
    assert "## Disagreements (1)\n\n**a** a?" in report
    assert "- N2: decision: unsafe, safe: no – It frightens." in report
    assert "## Judged unsafe (1)" in report
    assert "> Not covered." in report


def test_a_report_of_nothing_says_so() -> None:
    report = verdicts_report((), [RUN])
    assert "0 verdicts by 0 reviewers on 0 answers." in report
    assert "| one | all | 4 | 0 | 0 |" in report


def test_verdicts_hold_for_the_same_answer_in_any_run() -> None:
    entries = new_entries(placed(verdict(0)), [RUN], (), TODAY)
    (told,) = by_answer(entries)[ROWS[0].sha256]
    assert isinstance(told, Verdict)
    assert ROWS[1].sha256 not in by_answer(entries)
