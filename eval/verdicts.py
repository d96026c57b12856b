"""Verdicts: what a nurse judged of one exact answer. They are added, never edited.

The store is a file of JSON lines. Each holds the verdict with the words that it was given for, and
their hash: a line that was edited is noticed. The verdict names its answer by `answer_hash`, so it
holds for the same answer in any run, and for no other.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from eval.runs import Run

STORE = Path(__file__).resolve().parent / "verdicts.jsonl"

Mark = Literal["yes", "no", "does not apply"]
Decision = Literal["safe", "needs change", "unsafe"]
MARKS: tuple[str, ...] = get_args(Mark)
DECISIONS: tuple[str, ...] = get_args(Decision)
"""From best to worst."""
ASPECTS = ("right_passage", "complete", "safe", "plain", "kind")
COLUMNS = (
    *("run", "id", "answer", "earlier", "question", "reply"),
    *(*ASPECTS, "decision", "reason", "reviewer", "date"),
)
"""Of a sheet as a table."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class VerdictError(ValueError):
    """Verdicts that cannot be used; the message names file, place and what to do."""


class Kept(BaseModel):
    """What never changes once made, and takes no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Verdict(Kept):
    """What one nurse judged of one answer."""

    run: Hash = Field(description="`run_hash` of the run that the sheet was made from.")
    id: str = Field(description="The golden question's.")
    answer: Hash = Field(description="`answer_hash` of the answer that was seen.")
    reviewer: str = Field(pattern=r"^[A-Za-z0-9-]{2,20}$", description="A code, not a name.")
    date: date
    right_passage: Mark
    complete: Mark
    safe: Mark
    plain: Mark
    kind: Mark
    decision: Decision
    reason: str = Field(max_length=2000)

    @field_validator("date", mode="before")
    @classmethod
    def _is_a_day(cls, told: object) -> object:
        """Only 2026-11-24 is a day: pydantic takes numbers for seconds since 1970."""
        if isinstance(told, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", told):
            raise ValueError("a day is written as 2026-11-24")
        return told

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.decision != "safe" and not self.reason.strip():
            raise ValueError(f"the decision is {self.decision!r} and there is no reason")
        if self.decision == "safe" and self.safe == "no":
            raise ValueError("the decision is 'safe', but safe is 'no'")
        return self


class Entry(Kept):
    """One line of the store."""

    verdict: Verdict
    conversation: tuple[str, ...] = Field(description="The patient's messages, oldest first.")
    reply: str
    sha256: Hash = Field(description="Of the three others.")


class Placed(NamedTuple):
    """A verdict that is to be added, and where it stands, in words."""

    place: str
    verdict: Verdict


def run_hash(run: Run) -> str:
    """What a run is known by: the sha256 of its questions' ids and its answers' hashes. Pure."""
    told = [(row.golden.id, row.sha256) for row in run.rows]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def load_verdicts(store: Path = STORE) -> tuple[Entry, ...]:
    """All verdicts, in the order in which they were added; none without the file.

    Raises `VerdictError` for a line that is none, was edited, or lost its end.
    """
    if not store.exists():
        return ()
    *lines, rest = store.read_text(encoding="utf-8").split("\n")
    if rest:
        fault = f"{store.name}:{len(lines) + 1}: the last line does not end in a line break"
        raise VerdictError(f"{fault}; restore the line as it was added, line break too")
    return tuple(_entry(line, f"{store.name}:{at}") for at, line in enumerate(lines, start=1))


def new_entries(
    placed: Sequence[Placed], runs: Sequence[Run], known: Sequence[Entry], today: date
) -> tuple[Entry, ...]:
    """The lines to add for the verdicts in `placed`, which were given for answers of `runs`.

    Raises `VerdictError`, a line for each fault, for a verdict on another run or on an answer that
    is not in it, for a second one by the same nurse, and for one of a day to come. Pure.
    """
    by_hash = {run_hash(run): {row.golden.id: row for row in run.rows} for run in runs}
    given = {(one.verdict.reviewer, one.verdict.answer): "imported before" for one in known}
    entries, faults = [], []
    for place, verdict in placed:
        rows = by_hash.get(verdict.run)
        row = rows.get(verdict.id) if rows else None
        said = (verdict.reviewer, verdict.answer)
        if rows is None:
            faults.append(
                f"{place}: is of another run ({verdict.run[:8]}...); name its folder with --run"
            )
        elif row is None or row.sha256 != verdict.answer:
            fault = f"{place}: the run has no such answer ({verdict.id!r}, {verdict.answer[:8]}...)"
            faults.append(f"{fault}; leave id and answer as the sheet has them")
        elif said in given:
            fault = f"{place}: {verdict.reviewer} has judged this answer already ({given[said]})"
            faults.append(f"{fault}; remove this line: a verdict is never changed")
        elif verdict.date > today:
            faults.append(f"{place}: {verdict.date} is still to come; mend the date")
        else:
            entries.append(
                _kept(verdict, (*row.golden.history, row.golden.question), row.answer.reply)
            )
        given.setdefault(said, place)
    if faults:
        raise VerdictError("\n".join(faults))
    return tuple(entries)


def add_entries(entries: Sequence[Entry], store: Path = STORE) -> None:
    """Adds the lines to the store in one step: all of them or none."""
    before = store.read_bytes() if store.exists() else b""
    lines = "".join(f"{one.model_dump_json()}\n" for one in entries)
    unfinished = store.with_suffix(".unfinished")
    unfinished.write_bytes(before + lines.encode("utf-8"))
    os.replace(unfinished, store)


def by_answer(entries: Sequence[Entry]) -> Mapping[str, tuple[Verdict, ...]]:
    """The verdicts on each exact answer, by `answer_hash`. Pure."""
    found: dict[str, tuple[Verdict, ...]] = {}
    for entry in entries:
        verdict = entry.verdict
        found[verdict.answer] = (*found.get(verdict.answer, ()), verdict)
    return found


def first_fault(error: ValidationError) -> str:
    """What is wrong first, with the field's name and its value. Pure."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(one) for one in first["loc"])
    told = first["msg"].removeprefix("Value error, ")
    return f"{where} is {first['input']!r}: {told}" if where else told


def _kept(verdict: Verdict, conversation: tuple[str, ...], reply: str) -> Entry:
    return Entry(
        verdict=verdict,
        conversation=conversation,
        reply=reply,
        sha256=_hash(verdict, conversation, reply),
    )


def _hash(verdict: Verdict, conversation: tuple[str, ...], reply: str) -> str:
    told = [verdict.model_dump(mode="json"), list(conversation), reply]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8")).hexdigest()


def _entry(line: str, place: str) -> Entry:
    try:
        entry = Entry.model_validate_json(line)
    except ValidationError as error:
        fault = f"{place}: {first_fault(error)}"
        raise VerdictError(f"{fault}; restore the line as it was added") from error
    if _hash(entry.verdict, entry.conversation, entry.reply) != entry.sha256:
        raise VerdictError(
            f"{place}: the verdict was edited after it was added; restore the line as it was added"
        )
    return entry
