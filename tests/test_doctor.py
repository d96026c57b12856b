"""The check of the whole installation."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot import doctor
from bot.doctor import NOT_FOR_PATIENTS, examine
from settings import Settings

TODAY = date(2026, 11, 24)


def texts(settings: Settings, level: str) -> list[str]:
    return [finding.text for finding in examine(settings, TODAY) if finding.level == level]


def test_what_works_is_told_and_what_is_left_to_do_is_warned_about() -> None:
    findings = list(examine(Settings(), TODAY))
    assert not [finding for finding in findings if finding.level == "broken"]
    warnings = " ".join(one.text for one in findings if one.level == "warning")
    assert NOT_FOR_PATIENTS in warnings
    assert "CHATBOT_SERVICE_NUMBER" in warnings
    assert "CHATBOT_COUNTRY" in warnings
    assert "helpline: 0 of" in warnings


def test_settings_that_are_made_are_not_warned_about() -> None:
    warned = " ".join(
        texts(replace(Settings(), country="IE", service_number="01 555 0100"), "warning")
    )
    assert "CHATBOT_COUNTRY" not in warned
    assert "CHATBOT_SERVICE_NUMBER" not in warned


def test_without_an_index_it_says_how_to_build_one(tmp_path: Path) -> None:
    (broken,) = texts(replace(Settings(), var=tmp_path), "broken")
    assert "python -m index build" in broken


def test_without_content_it_says_what_is_missing(tmp_path: Path) -> None:
    (broken,) = texts(replace(Settings(), corpus=tmp_path), "broken")
    assert "references.toml" in broken


@pytest.mark.parametrize("year", [2026, 2040])
def test_a_late_review_is_warned_about(year: int) -> None:
    warned = [
        one.text for one in examine(Settings(), date(year, 11, 24)) if "looked at" in one.text
    ]
    assert bool(warned) == (year == 2040)


@pytest.mark.parametrize(
    ("day", "warned"), [("2026-08-20", True), ("2026-09-20", False), ("", False)]
)
def test_a_helpline_that_nobody_rang_for_long_is_warned_about(
    day: str, warned: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = doctor.HELPLINES.read_text("utf-8")
    path = tmp_path / "helplines.toml"
    path.write_text(text.replace('confirmed_on = ""', f'confirmed_on = "{day}"', 1), "utf-8")
    monkeypatch.setattr(doctor, "HELPLINES", path)
    found = [one.text for one in doctor._rung_again(TODAY)]
    assert [text.startswith("GB Emergency: ambulance was confirmed") for text in found] == (
        [True] if warned else []
    )
