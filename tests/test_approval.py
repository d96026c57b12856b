"""How much of what a patient can read is approved, and by whom."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.approval import (
    SORTS,
    Approval,
    ApprovalError,
    Thing,
    _confirmable,
    approvable,
    approve,
    load_approvals,
    status,
)
from corpus import load_corpus
from settings import Settings

DAY = date(2026, 11, 24)
LINE = Thing("card", "A07", sha256="abc")
RULE = Thing("red flags", "RF-01", sha256="rule", confirmed=False)


def test_every_sort_of_thing_a_patient_reads_waits_for_approval() -> None:
    things = approvable(Settings(), load_corpus(Settings().corpus))
    assert {thing.sort for thing in things} == set(SORTS)
    assert len({thing.key for thing in things}) == len(things)


def test_our_own_installation_claims_no_approval_that_nobody_gave() -> None:
    things = approvable(Settings(), load_corpus(Settings().corpus))
    assert not status(things, load_approvals()).complete


def test_an_approval_holds_for_the_words_it_was_given_for() -> None:
    found = status([LINE], [Approval("card A07", "abc", "A. Nurse", DAY)])
    assert found.complete
    assert found.counts()["card"] == (1, 1)


def test_a_changed_word_is_unapproved_again() -> None:
    found = status([LINE], [Approval("card A07", "of other words", "A. Nurse", DAY)])
    assert not found.complete
    assert found.changed == ("card A07",)


def test_what_is_confirmed_needs_its_own_file_and_a_hash_of_its_words() -> None:
    given = [Approval("red flags RF-01", "rule", "Dr A", DAY)]
    assert not status([RULE], given).complete  # nobody is named in its file
    rule = replace(RULE, confirmed=True)
    assert not status([rule], []).complete
    assert status([rule], given).complete
    changed = status([replace(rule, sha256="other words")], given)
    assert not changed.complete
    assert changed.changed == ("red flags RF-01",)


@pytest.mark.parametrize(
    ("by", "on", "confirmed"),
    [
        ("A. Nurse", "2026-11-24", True),
        ("A. Nurse", "last week", False),
        ("A. Nurse", "", False),
        ("", "2026-11-24", False),
    ],
)
def test_a_confirmation_has_a_name_and_a_day(by: str, on: str, confirmed: bool) -> None:
    fields = {"number": "116 123", "confirmed_by": by, "confirmed_on": on}
    assert _confirmable("helpline", "GB crisis", fields).confirmed is confirmed


def test_a_confirmation_holds_for_the_words_it_was_given_for() -> None:
    row = {"number": "116 123", "confirmed_by": "", "confirmed_on": ""}
    told = _confirmable("helpline", "GB crisis", row)
    later = {**row, "confirmed_by": "A. Nurse", "confirmed_on": "2026-11-24"}
    assert _confirmable("helpline", "GB crisis", later).sha256 == told.sha256
    assert _confirmable("helpline", "GB crisis", {**row, "number": "116"}).sha256 != told.sha256


def test_approving_adds_and_keeps_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "approvals.toml"
    other = Thing("wording", "support.text", sha256="def")
    approve([LINE, other], ["card A07"], 'Ann "Nan" Nurse', DAY, path)
    approve([LINE, other], ["wording"], "B. Nurse", DAY, path)
    assert load_approvals(path) == (
        Approval("card A07", "abc", 'Ann "Nan" Nurse', DAY),
        Approval("wording support.text", "def", "B. Nurse", DAY),
    )
    assert status([LINE, other], load_approvals(path)).complete


@pytest.mark.parametrize(
    ("key", "by", "fault"),
    [
        ("card A99", "A. Nurse", "is nothing to approve"),
        ("red flags", "A. Nurse", "fill in confirmed_by"),
        ("card A07", " ", "nobody is named"),
    ],
)
def test_what_cannot_be_approved_is_told_and_nothing_is_written(
    key: str, by: str, fault: str, tmp_path: Path
) -> None:
    path = tmp_path / "approvals.toml"
    with pytest.raises(ApprovalError, match=fault):
        approve([LINE, RULE], ["card A07", key], by, DAY, path)
    assert not path.exists()


@pytest.mark.parametrize(
    "row",
    [
        'thing = "card A07"\nsha256 = "a"\nby = "A"',
        'thing = "card A07"\nsha256 = "a"\nby = ""\non = 2026-11-24',
        'thing = "card A07"\nsha256 = "a"\nby = "A"\non = "yesterday"',
        'thing = "card A07"\nsha256 = "a"\nby = "A"\non = 2026-11-24\nwhy = "so"',
        "thing =",
    ],
)
def test_a_malformed_approval_is_an_error(row: str, tmp_path: Path) -> None:
    path = tmp_path / "approvals.toml"
    path.write_text(f"[[approval]]\n{row}\n", encoding="utf-8")
    with pytest.raises(ApprovalError, match=r"approvals.toml: .*mend it"):
        load_approvals(path)


def test_without_the_file_nothing_is_approved(tmp_path: Path) -> None:
    assert load_approvals(tmp_path / "none.toml") == ()
