"""How much of what a patient can read has been approved, and by whom.

Wording, cards and notes: an approval stands in `docs/safety/approvals.toml`, by hash, so that a
changed word is unapproved again; `python -m bot approve` writes down what a named person says. Red
flags, helplines and the glossary: `confirmed_by` and `confirmed_on` stand beside each, in its file.
"""

import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.errors import BadFile
from bot.helplines import load_helplines
from bot.rule_table import read_rules
from bot.wording import wording_entries
from corpus import Corpus, load_glossary
from settings import ROOT, Settings

HERE = Path(__file__).resolve().parent
APPROVALS = ROOT / "docs" / "safety" / "approvals.toml"
SIGNED = ("wording", "card", "note")
"""What is approved by hash, in the file of approvals."""
CONFIRMED = ("red flags", "helpline", "glossary")
"""What is confirmed in its own file."""
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
    sha256: str = ""
    """Of what is approved by hash: of its words, and of the words it was written for."""
    confirmed: bool = False
    """Whether its own file names who confirmed it, and when."""

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
        confirmed = bool(group.get("confirmed_by") and group.get("confirmed_on"))
        things.append(Thing("red flags", str(group.get("id", "")), confirmed=confirmed))
    for language in read_rules(HERE / "other_languages.toml").get("language", []):
        confirmed = bool(language.get("confirmed_by") and language.get("confirmed_on"))
        name = f"in {language.get('name', '')}"
        things.append(Thing("red flags", name, confirmed=confirmed))
    for row in load_helplines(HERE / "helplines.toml"):
        confirmed = bool(row.confirmed_by and row.confirmed_on)
        name = f"{row.country} {row.use} {row.name}"
        things.append(Thing("helpline", name, confirmed=confirmed))
    for term in load_glossary(settings.corpus / "glossary.toml"):
        confirmed = bool(term.confirmed_by and term.confirmed_on)
        things.append(Thing("glossary", term.name, confirmed=confirmed))
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
        thing.key for thing in things if thing.confirmed or (thing.key, thing.sha256) in given
    }
    changed = [thing.key for thing in things if thing.key in known - approved]
    return Status(tuple(things), frozenset(approved), tuple(changed))


def approve(
    things: Sequence[Thing], keys: Iterable[str], by: str, on: date, path: Path = APPROVALS
) -> tuple[Thing, ...]:
    """Adds to `path` that `by` approved the things with these keys; gives back those things.

    A key may be the name of a sort, for all of it. Nothing is written unless every key is known:
    raises `ApprovalError` otherwise, and when `by` is empty.
    """
    if not by.strip():
        raise ApprovalError("nobody is named; say who approves with --by")
    chosen: dict[str, Thing] = {}
    for key in keys:
        meant = [thing for thing in things if key in (thing.key, thing.sort)]
        if not meant:
            known = ", ".join(SIGNED)
            raise ApprovalError(
                f"{key!r} is nothing to approve; name one thing, or all of: {known}"
            )
        if meant[0].sort not in SIGNED:
            remedy = "fill in confirmed_by and confirmed_on in its own file"
            raise ApprovalError(f"{key!r} is not approved here; {remedy}")
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


def _hash(told: object) -> str:
    """The sha256 of `told`, written as JSON."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
