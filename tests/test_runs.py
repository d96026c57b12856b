"""A run's folder: what is written is read again, and what cannot be used is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from eval.runs import (
    ANSWERS,
    RUN,
    RunError,
    Setup,
    add_row,
    answer_hash,
    answers_hash,
    differences,
    golden_hash,
    load_run,
    read_rows,
    write_rows,
    write_setup,
)
from tests.golden_questions import made, unanswered

ROWS = tuple(unanswered(made(id=id, question=f"{id}?")) for id in "abc")


def setup(**told: object) -> Setup:
    fields: dict[str, object] = {
        "system": "ours",
        "split": "dev",
        "kind": None,
        "url": None,
        "questions": len(ROWS),
        "golden": golden_hash([row.golden for row in ROWS]),
        "index": "1",
        "documents": {},
        "settings": {},
        "commit": None,
        "dirty": None,
        "versions": {},
        "seeds": {},
        "started": "2026-01-01T00:00:00+00:00",
        "finished": "2026-01-01T00:01:00+00:00",
    }
    return Setup.model_validate({**fields, **told})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_setup(tmp_path, setup())
    for row in ROWS:
        add_row(tmp_path, row)
    return tmp_path


def test_what_was_written_is_read_again(folder: Path) -> None:
    run = load_run(folder)
    assert (run.setup, run.rows) == (setup(), ROWS)


def test_a_line_that_was_cut_off_does_not_count(folder: Path) -> None:
    whole = (folder / ANSWERS).read_bytes()
    (folder / ANSWERS).write_bytes(whole[:-20])
    assert read_rows(folder) == ROWS[:2]
    with pytest.raises(RunError, match=r"unfinished \(2 of 3 answers\); go on with .*--out"):
        load_run(folder)
    write_rows(folder, read_rows(folder))
    add_row(folder, ROWS[2])
    assert (folder / ANSWERS).read_bytes() == whole


def test_a_run_that_did_not_finish_is_named(folder: Path) -> None:
    write_setup(folder, setup(finished=None))
    with pytest.raises(RunError, match="is unfinished"):
        load_run(folder)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ((b'"format": 1', b'"format": 2'), r"run\.json: format: .*run it again"),
        ((b'"seeds"', b'"seed"'), r"run\.json: seed"),
        ((b"{", b""), r"run\.json: Invalid JSON"),
    ],
    ids=["another format", "another field", "no JSON"],
)
def test_a_run_of_another_version_is_named(
    change: tuple[bytes, bytes], fault: str, folder: Path
) -> None:
    (folder / RUN).write_bytes((folder / RUN).read_bytes().replace(*change, 1))
    with pytest.raises(RunError, match=fault):
        load_run(folder)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ((b"Not covered.", b"Covered."), r"answers\.jsonl:1: the answer to 'a' was changed"),
        ((b'"contract":1', b'"contract":2'), r"answers\.jsonl:1: answer\.contract"),
        ((b"{", b""), r"answers\.jsonl:1: Invalid JSON"),
    ],
    ids=["another reply", "another contract", "no JSON"],
)
def test_an_answer_that_was_changed_is_named(
    change: tuple[bytes, bytes], fault: str, folder: Path
) -> None:
    (folder / ANSWERS).write_bytes((folder / ANSWERS).read_bytes().replace(*change, 1))
    with pytest.raises(RunError, match=fault):
        load_run(folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [lines[0].replace(b'"must_say":[]', b'"must_say":["x"]'), *lines[1:]],
        lambda lines: [lines[0], lines[0], lines[2]],
        lambda lines: lines[::-1],
    ],
    ids=["another must-say", "a line twice for another", "another order"],
)
def test_questions_that_were_changed_are_noticed(
    change: Callable[[list[bytes]], list[bytes]], folder: Path
) -> None:
    lines = (folder / ANSWERS).read_bytes().splitlines(keepends=True)
    assert change(lines) != lines
    (folder / ANSWERS).write_bytes(b"".join(change(lines)))
    with pytest.raises(RunError, match=r"holds other questions than run\.json.*run it again"):
        load_run(folder)


def test_what_a_reader_does_not_see_may_not_be_changed_either(folder: Path) -> None:
    write_setup(folder, setup(answers=answers_hash(folder)))
    assert load_run(folder).rows == ROWS
    told = (folder / ANSWERS).read_bytes()
    (folder / ANSWERS).write_bytes(told.replace(b'"elapsed_ms":1.0', b'"elapsed_ms":0.5', 1))
    with pytest.raises(RunError, match=r"answers\.jsonl was changed after the run; run it again"):
        load_run(folder)


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="holds no run"):
        load_run(tmp_path)


def test_the_hash_is_of_what_a_person_saw() -> None:
    answer = ROWS[0].answer
    same = answer.model_copy(update={"id": "x", "elapsed_ms": 9.0, "confidence": 0.5, "index": "i"})
    other = answer.model_copy(update={"reply": "Not covered!"})
    assert answer_hash((), same) == answer_hash((), answer)
    assert answer_hash((), other) != answer_hash((), answer)
    assert answer_hash(("earlier",), answer) != answer_hash((), answer)


def test_only_what_decides_the_answers_must_be_the_same() -> None:
    assert differences(setup(), setup(started="later", finished=None, dirty=True)) == ()
    assert differences(setup(), setup(index="2", questions=1)) == ("questions", "index")
