"""The helplines: no number that was not read, and each named so that it can be used."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.helplines import Helpline, country_values, load_helplines
from settings import ROOT, Settings

HELPLINES = ROOT / "bot" / "helplines.toml"
READ = Path(__file__).parent / "data" / "numbers_that_were_read.txt"
NUMBER = re.compile(r"(?<![\w-])\d[\d -]*\d(?!\w)")
ROWS = load_helplines(HELPLINES)


def numbers_that_were_read() -> set[tuple[str, str]]:
    lines = [line for line in READ.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {(line[:2], line[3:]) for line in lines}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.country} {row.use} {row.name}")
def test_every_number_stands_in_the_list_of_those_that_were_read(row: Helpline) -> None:
    told = [*NUMBER.findall(row.number), *NUMBER.findall(row.how.partition("(")[0])]
    unread = {(row.country, number) for number in told} - numbers_that_were_read()
    assert not unread


def test_every_number_that_was_read_is_one_of_a_helpline() -> None:
    told = {(row.country, n) for row in ROWS for n in NUMBER.findall(f"{row.number}; {row.how}")}
    assert numbers_that_were_read() <= told


def test_a_slip_in_a_number_is_noticed() -> None:
    slip = replace(ROWS[0], number="998")
    with pytest.raises(AssertionError):
        test_every_number_stands_in_the_list_of_those_that_were_read(slip)


def test_a_name_that_holds_the_number_does_not_say_it_twice() -> None:
    values = country_values(HELPLINES, Settings())
    assert values["poison_gb"] == "NHS 111"
    assert values["crisis_gb"] == "Samaritans (116 123)"
    assert values["second_crisis_gb"] == "Shout (text SHOUT to 85258)"


def test_the_head_of_the_file_says_that_it_is_not_for_patients_yet() -> None:
    assert "to patients; in testing they are shown" in HELPLINES.read_text("utf-8")
