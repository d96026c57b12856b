"""Files that nurses send back are read whole or refused with file, line and remedy."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from eval.verdict_files import read_verdicts
from eval.verdicts import COLUMNS, VerdictError
from tests.verdicts_given import ROWS, fields, saved, verdict

REPLY = 'A reply,\nof two lines; with "marks"'


def table(path: Path, *rows: dict[str, Any], delimiter: str = ",", mark: str = "\ufeff") -> Path:
    """The table as a spreadsheet saves it."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows({"reply": REPLY, **row} for row in rows)
    path.write_text(mark + file.getvalue(), "utf-8", newline="")
    return path


def empty(at: int) -> dict[str, Any]:
    """A line that nobody has filled in."""
    return {name: fields(at)[name] for name in ("run", "id", "answer")}


def test_what_the_page_saved_is_read(tmp_path: Path) -> None:
    (told,) = read_verdicts(saved(tmp_path / "v.json", fields(1)))
    assert told == ("v.json (answer 'b')", verdict(1))


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
def test_a_table_is_read_with_its_lines(delimiter: str, mark: str, tmp_path: Path) -> None:
    path = table(tmp_path / "v.csv", fields(0), empty(1), fields(2), delimiter=delimiter, mark=mark)
    assert read_verdicts(path) == (
        ("v.csv:2 (answer 'a')", verdict(0)),
        ("v.csv:6 (answer 'c')", verdict(2)),
    )


def test_words_to_choose_from_may_be_capitals(tmp_path: Path) -> None:
    path = table(tmp_path / "v.csv", fields(0, plain=" Yes", decision="SAFE", safe="Yes"))
    assert read_verdicts(path)[0].verdict == verdict(0)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (
            {"reason": "=1+1"},
            r"v\.csv:4 \(answer 'b'\): reason is '=1\+1', which a spreadsheet takes for a form",
        ),
        ({"reply": "@SUM(A1)"}, r"v\.csv:4 \(answer 'b'\): reply is '@SUM"),
        ({"reviewer": "+N1"}, r"v\.csv:4 \(answer 'b'\): reviewer is '\+N1'"),
        ({"decision": "good"}, r"v\.csv:4 \(answer 'b'\): decision is 'good'"),
        ({"complete": ""}, r"v\.csv:4 \(answer 'b'\): complete is ''"),
        ({"decision": "unsafe"}, r"v\.csv:4 \(answer 'b'\): .*there is no reason"),
        ({"date": "2/1/2026"}, r"v\.csv:4 \(answer 'b'\): date is '2/1/2026': a day is written as"),
        ({"answer": ""}, r"v\.csv:4 \(answer 'b'\): answer is ''"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_line_that_is_wrong_is_named(row: dict[str, Any], fault: str, tmp_path: Path) -> None:
    with pytest.raises(VerdictError, match=fault):
        read_verdicts(table(tmp_path / "v.csv", fields(0), {"reply": REPLY, **fields(1), **row}))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "there is no column"),
        (b"a,b\n1,2\n", r"v\.csv:1: there is no column run, id"),
        (b"caf\xe9", 'is not UTF-8; save the table as "CSV UTF-8"'),
        (b'run,id\n"', "there is no column"),
        (b"{", "is not what a sheet saves"),
        (b"{}", r"is not what a sheet saves \('format'\)"),
        (b'{"format": 2}', "format is 2, not 1"),
        (b'{"format": 1, "run": "0", "reviewer": "N1", "verdicts": []}', "holds no verdict"),
        (b'{"format": 1, "run": "0", "reviewer": "N1", "verdicts": [{"id": "a"}]}', "answer 'a'"),
        (b'{"format": 1, "run": "0", "reviewer": "N1", "verdicts": [1]}', "is not what a sheet"),
        (b"[" * 100_000, "there is no column"),
        (b'{"a":' * 100_000, "is not what a sheet saves"),
    ],
    ids=range(12),
)
def test_what_is_no_sheet_is_refused(content: bytes, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_bytes(content)
    with pytest.raises(VerdictError, match=fault):
        read_verdicts(path)


def test_a_table_that_nobody_filled_in_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VerdictError, match="holds no verdict; fill in the sheet"):
        read_verdicts(table(tmp_path / "v.csv", *(empty(at) for at in range(len(ROWS)))))


def test_a_table_cut_off_within_a_cell_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path / "v.csv", fields(0))
    whole = path.read_text("utf-8")
    path.write_text(whole[: whole.index("of two")], "utf-8")
    with pytest.raises(VerdictError, match=r"v\.csv:\d: is no CSV"):
        read_verdicts(path)
