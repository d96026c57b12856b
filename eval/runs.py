"""One folder a run: `run.json` (what it was made from) and `answers.jsonl` (question and answer).

`run.json` is written first, without `finished`; then one line of `answers.jsonl` for each golden
question, in their order; at the end `run.json` again, with `finished`. A run that was stopped is
therefore whole, but for its last line perhaps, and can go on.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from bot import Answer
from eval.golden import Golden, Kind, Split

RUN, ANSWERS = "run.json", "answers.jsonl"
FORMAT: Literal[1] = 1
System = Literal["ours", "bm25", "minilm", "hybrid"]
UNSEEN = frozenset({"id", "index", "confidence", "elapsed_ms"})
"""Fields of an answer that a reader does not judge: the same words may differ in them."""
SAME = ("system", "split", "kind", "url", "questions", "golden", "index", "documents")
"""Fields of a setup that must not change while a run goes on."""


class RunError(ValueError):
    """A run folder that cannot be used; the message names file, line and what to do."""


class Setup(BaseModel):
    """What a run was made from: `run.json`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = FORMAT
    system: System
    split: Split
    kind: Kind | None = Field(description="The one kind that was asked; null: all.")
    url: str | None = Field(description="Where the API was asked; null: in this process.")
    questions: int = Field(description="How many golden questions a finished run answers.")
    golden: str = Field(description="sha256 of those questions.")
    index: str | None = Field(description="Fingerprint that the answers carry.")
    documents: dict[str, str] = Field(description="sha256 of every file that can be quoted.")
    settings: dict[str, str | int | float]
    commit: str | None
    dirty: bool | None = Field(description="Whether files in git had changes; null: no git.")
    versions: dict[str, str]
    seeds: dict[str, int]
    started: str
    finished: str | None = None
    answers: str | None = Field(
        default=None, description="sha256 of `answers.jsonl`, once finished; null: an older run."
    )


@dataclass(frozen=True)
class Row:
    """One line of `answers.jsonl`. `sha256` is `answer_hash` of the two others."""

    golden: Golden
    sha256: str
    answer: Answer


ROW = TypeAdapter(Row)


class Run(NamedTuple):
    """A finished run."""

    folder: Path
    setup: Setup
    rows: tuple[Row, ...]


def answer_hash(history: Sequence[str], answer: Answer) -> str:
    """The sha256 of an answer as a person saw it: all but `id`, `index`, `confidence`, time. Pure.

    What was said before it counts as well. The same hash in two runs is the same answer.
    """
    seen = {"history": list(history), "answer": answer.model_dump(mode="json", exclude=set(UNSEEN))}
    text = json.dumps(seen, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def golden_hash(golden: Sequence[Golden]) -> str:
    """The sha256 of the questions with all that is expected of their answers. Pure."""
    return hashlib.sha256(TypeAdapter(tuple[Golden, ...]).dump_json(tuple(golden))).hexdigest()


def answers_hash(folder: Path) -> str:
    """The sha256 of `answers.jsonl` as it stands."""
    return hashlib.sha256((folder / ANSWERS).read_bytes()).hexdigest()


def row_of(golden: Golden, answer: Answer) -> Row:
    """The line for `golden` and its answer."""
    return Row(golden, answer_hash(golden.history, answer), answer)


def load_run(folder: Path) -> Run:
    """The finished run in `folder`.

    Raises `RunError` for a folder without one, a run of another format, an unfinished one, a line
    that is no answer, and for questions or answers that were changed, doubled or dropped since.
    """
    setup = read_setup(folder)
    if setup is None:
        raise RunError(f"{folder} holds no run; give the folder that `python -m eval run` wrote")
    rows = read_rows(folder)
    if not setup.finished or len(rows) != setup.questions:
        raise RunError(
            f"{folder} is unfinished ({len(rows)} of {setup.questions} answers); go on with "
            f"`python -m eval run --system {setup.system} --split {setup.split}"
            f"{f' --kind {setup.kind}' if setup.kind else ''}"
            f"{f' --url {setup.url}' if setup.url else ''} --out {folder}`"
        )
    if golden_hash([row.golden for row in rows]) != setup.golden:
        fault = f"{folder / ANSWERS} holds other questions than {RUN} tells of"
        raise RunError(f"{fault}: it was changed after the run; run it again in another folder")
    if setup.answers not in (None, answers_hash(folder)):
        fault = f"{folder / ANSWERS} was changed after the run"
        raise RunError(f"{fault}; run it again in another folder")
    return Run(folder, setup, rows)


def read_setup(folder: Path) -> Setup | None:
    """What stands in `run.json`; None when there is none. Raises `RunError` as `load_run` does."""
    path = folder / RUN
    if not path.is_file():
        return None
    try:
        return Setup.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise RunError(
            f"{path}: {_first(error)}; this program reads runs of format {FORMAT}: run it again"
        ) from error


def read_rows(folder: Path) -> tuple[Row, ...]:
    """The whole lines of `answers.jsonl`; a last one that was cut off does not count.

    Raises `RunError` for a line that is no answer, or was changed since it was written.
    """
    path = folder / ANSWERS
    lines = path.read_bytes().split(b"\n")[:-1] if path.is_file() else []
    return tuple(_row(line, f"{path}:{number}") for number, line in enumerate(lines, start=1))


def write_setup(folder: Path, setup: Setup) -> None:
    """Writes `run.json` in one step."""
    unfinished = folder / f"{RUN}.unfinished"
    unfinished.write_text(setup.model_dump_json(indent=1) + "\n", encoding="utf-8")
    os.replace(unfinished, folder / RUN)


def write_rows(folder: Path, rows: Sequence[Row]) -> None:
    """Writes `answers.jsonl` with these lines alone: what was cut off goes."""
    (folder / ANSWERS).write_bytes(b"".join(_line(row) for row in rows))


def add_row(folder: Path, row: Row) -> None:
    """Adds one line to `answers.jsonl`."""
    with (folder / ANSWERS).open("ab") as file:
        file.write(_line(row))


def differences(one: Setup, other: Setup) -> tuple[str, ...]:
    """What of the two differs that may not differ within one run, by name. Pure."""
    return tuple(name for name in SAME if getattr(one, name) != getattr(other, name))


def _line(row: Row) -> bytes:
    return ROW.dump_json(row) + b"\n"


def _row(line: bytes, place: str) -> Row:
    try:
        row = ROW.validate_json(line)
    except ValidationError as error:
        raise RunError(f"{place}: {_first(error)}; run it again in another folder") from error
    if answer_hash(row.golden.history, row.answer) != row.sha256:
        fault = f"{place}: the answer to {row.golden.id!r} was changed after the run"
        raise RunError(f"{fault}; run it again in another folder")
    return row


def _first(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    where = ".".join(str(one) for one in first["loc"])
    return f"{where}: {first['msg']}" if where else first["msg"]
