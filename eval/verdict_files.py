"""Files that nurses send back: what the page saved, or the table as a spreadsheet saved it."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from eval.verdicts import ASPECTS, COLUMNS, FORMULA, Placed, Verdict, VerdictError, first_fault

FORMAT = 1
FILLED = (*ASPECTS, "decision", "reason")
"""Columns of the table that are empty until an answer is judged."""
GIVEN = tuple(name for name in COLUMNS if name not in ("earlier", "question", "reply"))


def read_verdicts(path: Path) -> tuple[Placed, ...]:
    """Every verdict in a file with its place: "verdicts.csv:7 (answer 'art-1')".

    Lines of a table that nobody has filled in are left out. Raises `OSError` for a file that cannot
    be read, `VerdictError` for one that holds anything else, or nothing.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        fault = f"{path.name}: is not UTF-8"
        raise VerdictError(f'{fault}; save the table as "CSV UTF-8"') from error
    told = _saved(text, path) if text.lstrip().startswith("{") else _table(text, path)
    if not (placed := tuple(told)):
        raise VerdictError(f"{path.name}: holds no verdict; fill in the sheet, save it, give that")
    return placed


def _saved(text: str, path: Path) -> Iterator[Placed]:
    """What the page saved."""
    try:
        saved = json.loads(text)
        if saved["format"] != FORMAT:
            raise ValueError(f"format is {saved['format']!r}, not {FORMAT}")
        verdicts = [dict(one) for one in saved["verdicts"]]
        shared = {"run": saved["run"], "reviewer": saved["reviewer"]}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        fault = f"{path.name}: is not what a sheet saves ({error})"
        raise VerdictError(f"{fault}; give the file as it was downloaded") from error
    for told in verdicts:
        place = f"{path.name} (answer {told.get('id')!r})"
        yield Placed(place, _verdict({**told, **shared}, place))


def _table(text: str, path: Path) -> Iterator[Placed]:
    """The lines of a table that are filled in. A spreadsheet may part cells with semicolons."""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        heads = tuple(next(rows, ()))
        end = rows.line_num
        if missing := [name for name in GIVEN if name not in heads]:
            fault = f"{path.name}:1: there is no column {', '.join(missing)}"
            raise VerdictError(f"{fault}; give a sheet with the columns it was made with")
        for cells in rows:
            row = dict(zip(heads, cells, strict=False))
            # Spreadsheets count rows, not lines: the id is what can be found in both.
            place = f"{path.name}:{end + 1} (answer {row.get('id', '')!r})"
            end = rows.line_num
            _refuse_formulas(row, place)
            if any(row.get(name, "").strip() for name in FILLED):
                yield Placed(place, _verdict(_tidied(row), place))
    except csv.Error as error:
        fault = f"{path.name}:{rows.line_num}: is no CSV ({error})"
        raise VerdictError(f'{fault}; save the table as "CSV UTF-8"') from error


def _refuse_formulas(row: Mapping[str, str], place: str) -> None:
    for name, cell in row.items():
        if cell.startswith(FORMULA):
            fault = f"{place}: {name} is {cell[:30]!r}, which a spreadsheet takes for a formula"
            raise VerdictError(f"{fault}; begin it with a letter")


def _tidied(row: Mapping[str, str]) -> dict[str, str]:
    """The cells of a verdict; the words to choose from may be written in capitals."""
    cells = {name: row.get(name, "").strip() for name in GIVEN}
    chosen = {name: cells[name].casefold() for name in (*ASPECTS, "decision")}
    return cells | chosen


def _verdict(told: Mapping[str, Any], place: str) -> Verdict:
    try:
        return Verdict.model_validate(told)
    except ValidationError as error:
        raise VerdictError(f"{place}: {first_fault(error)}; mend it") from error
