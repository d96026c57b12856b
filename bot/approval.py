"""How much of what a patient can read has been approved, and by whom.

Wording, cards and notes: an approval stands in `docs/safety/approvals.toml`, by hash, so that a
changed word is unapproved again; `python -m bot approve` writes down what a named person says. Red
flags, helplines and the glossary need more: first `confirmed_by` and `confirmed_on` (a date), which
stand beside each in its file, and then an approval by hash, too.
"""

import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.errors import BadFile
from bot.helplines import load_helplines
from bot.rule_table import read_rules
from bot.wording import wording_entries
from corpus import Corpus, load_glossary
from settings import ROOT, Settings

HERE = Path(__file__).resolve().parent
APPROVALS = ROOT / "docs" / "safety" / "approvals.toml"
SIGNED = ("wording", "card", "note")
"""What needs an approval by hash, and no more."""
CONFIRMED = ("red flags", "helpline", "glossary")
"""What has to be confirmed in its own file first."""
BESIDE = ("confirmed_by", "confirmed_on")
"""The fields that say so: no words that are confirmed."""
SORTS = (*SIGNED, *CONFIRMED)
FIELDS = {"thing", "sha256", "by", "on"}


class ApprovalError(BadFile):
    """The approvals cannot be used; the message names the file, the row and what to do."""


@dataclass(frozen=True)
class Thing:
    """Something that a person has to approve before patients meet it."""

    sort: str
    """One of `SORTS`."""
    name: str
    sha256: str
    """Of its words, and of the words it was written for."""
    confirmed: bool = True
    """Whether its own file names who confirmed it and on which day, where that is asked for."""

    @property
    def key(self) -> str:
        """What it is called in the approvals: "card A07"."""
        return f"{self.sort} {self.name}"


@dataclass(frozen=True)
class Approval:
    """A person's word that one thing, in just these words, may be shown to patients."""

    thing: str
    sha256: str
    by: str
    on: date


@dataclass(frozen=True)
class Status:
    """How much is approved."""

    things: tuple[Thing, ...]
    approved: frozenset[str]
    """The keys of what is approved as it stands now."""
    changed: tuple[str, ...]
    """The keys of what was approved in other words than it has now."""

    @property
    def complete(self) -> bool:
        """Whether everything is approved. Until then nothing is for patients."""
        return len(self.approved) == len(self.things)

    def counts(self) -> dict[str, tuple[int, int]]:
        """For each sort: how many are approved, and how many there are."""
        every = Counter(thing.sort for thing in self.things)
        mine = Counter(thing.sort for thing in self.things if thing.key in self.approved)
        return {sort: (mine[sort], every[sort]) for sort in SORTS}


def approvable(settings: Settings, corpus: Corpus) -> tuple[Thing, ...]:
    """Everything a person has to approve, in the order of `SORTS`.

    Reads the wording, the red flags, the helplines and the glossary. Raises `BadFile` or
    `CorpusError` for one that cannot be used.
    """
    things = [
        Thing("wording", name, _hash(text))
        for name, text in wording_entries(HERE / "wording.toml").items()
    ]
    for passage in corpus.passages:
        if card := passage.card:
            words = [card.question, card.in_short, passage.text]
            things.append(Thing("card", passage.id, _hash(words)))
    for note in corpus.notes:
        for number, (_, part) in enumerate(note.document.paragraphs(), start=1):
            name = f"{note.document.name} paragraph {number}"
            things.append(Thing("note", name, _hash(note.document.text[part.start : part.end])))
    for group in read_rules(HERE / "red_flags.toml").get("group", []):
        things.append(_confirmable("red flags", str(group.get("id", "")), group))
    for language in read_rules(HERE / "other_languages.toml").get("language", []):
        things.append(_confirmable("red flags", f"in {language.get('name', '')}", language))
    for row in load_helplines(HERE / "helplines.toml"):
        name = f"{row.country} {row.use} {row.name}"
        things.append(_confirmable("helpline", name, asdict(row)))
    for term in load_glossary(settings.corpus / "glossary.toml"):
        things.append(_confirmable("glossary", term.name, asdict(term)))
    return tuple(things)


def load_approvals(path: Path = APPROVALS) -> tuple[Approval, ...]:
    """The approvals in `path`; none without that file.

    Raises `ApprovalError` for a row with a missing, empty or unknown field, and for a bad date.
    """
    if not path.exists():
        return ()
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("approval", [])
    except (OSError, ValueError) as error:
        raise ApprovalError(f"{path.name}: {error}; put the file back or mend it") from error
    approvals = []
    for number, row in enumerate(rows, start=1):
        if set(row) != FIELDS or not all(row.values()) or type(row["on"]) is not date:
            needs = "thing, sha256, by and on (a date such as 2026-11-24)"
            raise ApprovalError(f"{path.name}: approval {number} needs {needs}; mend it")
        approvals.append(Approval(row["thing"], row["sha256"], row["by"], row["on"]))
    return tuple(approvals)


def status(things: Sequence[Thing], approvals: Iterable[Approval]) -> Status:
    """How much of `things` is approved. Pure."""
    given = {(approval.thing, approval.sha256) for approval in approvals}
    known = {thing for thing, _ in given}
    approved = {
        thing.key for thing in things if thing.confirmed and (thing.key, thing.sha256) in given
    }
    changed = [thing.key for thing in things if thing.key in known - approved]
    return Status(tuple(things), frozenset(approved), tuple(changed))


def approve(
    things: Sequence[Thing], keys: Iterable[str], by: str, on: date, path: Path = APPROVALS
) -> tuple[Thing, ...]:
    """Adds to `path` that `by` approved the things with these keys; gives back those things.

    A key may be the name of a sort, for all of it. Nothing is written unless every key is known,
    and confirmed where that is needed: raises `ApprovalError` otherwise, and when `by` is empty.
    """
    if not by.strip():
        raise ApprovalError("nobody is named; say who approves with --by")
    chosen: dict[str, Thing] = {}
    for key in keys:
        meant = [thing for thing in things if key in (thing.key, thing.sort)]
        if not meant:
            known = ", ".join(SORTS)
            raise ApprovalError(
                f"{key!r} is nothing to approve; name one thing, or all of: {known}"
            )
        if open_ones := [thing.key for thing in meant if not thing.confirmed]:
            remedy = "first fill in confirmed_by and confirmed_on (as 2026-11-24) in its own file"
            raise ApprovalError(f"{open_ones[0]!r} is not confirmed; {remedy}")
        chosen.update((thing.key, thing) for thing in meant)
    rows = "".join(
        f"\n[[approval]]\nthing = {json.dumps(thing.key, ensure_ascii=False)}\n"
        f'sha256 = "{thing.sha256}"\nby = {json.dumps(by, ensure_ascii=False)}\non = {on}\n'
        for thing in chosen.values()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(rows)
    return tuple(chosen.values())


def _confirmable(sort: str, name: str, fields: Mapping[str, Any]) -> Thing:
    """What its own file has to confirm; the hash is of all that the file says of it beside that."""
    words = {key: value for key, value in fields.items() if key not in BESIDE}
    confirmed = bool(fields.get("confirmed_by")) and day_of(fields.get("confirmed_on")) is not None
    return Thing(sort, name, _hash(words), confirmed)


def day_of(written: object) -> date | None:
    """The day that `written` tells, as 2026-11-24; None when it tells none. Pure."""
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None


def _hash(told: object) -> str:
    """The sha256 of `told`, written as JSON."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
