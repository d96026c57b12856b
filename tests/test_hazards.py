"""The hazard log, and the tests it rests on."""

from pathlib import Path

import pytest

from eval.hazards import HAZARDS, Hazard, HazardError, load_hazards, never_skipped, safety_case


def test_every_hazard_of_ours_has_tests_that_are_there() -> None:
    hazards = load_hazards()
    assert len(hazards) >= 15
    assert all(hazard.tests for hazard in hazards)


@pytest.mark.parametrize("hazard", load_hazards(), ids=lambda hazard: hazard.id)
def test_no_hazard_rests_on_tests_that_may_all_be_skipped(hazard: Hazard) -> None:
    assert any(map(never_skipped, hazard.tests))


def test_a_test_that_needs_a_browser_may_be_skipped() -> None:
    assert not never_skipped(
        "tests/page/test_trouble.py::test_losing_the_server_and_getting_it_back"
    )
    assert not never_skipped("tests/test_young.py::test_gone")
    assert never_skipped("tests/test_young.py::test_the_young_are_noticed")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("test_the_way_it_is_typed_does_not_matter", "test_gone", "there is no test"),
        ('severity = "minor"', 'severity = "tiny"', "severity is 'tiny'"),
        ('id = "H02"', 'id = "H01"', "is given twice"),
        ('residual = "Low"', 'residual = ""', "none of them empty"),
    ],
)
def test_a_fault_in_the_log_is_named(old: str, new: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "hazards.toml"
    path.write_text(HAZARDS.read_text("utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(HazardError, match=fault):
        load_hazards(path)


def test_the_safety_case_says_what_only_an_officer_can_sign() -> None:
    text = safety_case(load_hazards(), "- noticed: 9 of 10")
    assert "Only a clinical safety officer can sign" in text
    assert "- noticed: 9 of 10" in text
    assert "H01" in text
