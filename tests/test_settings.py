"""The knobs of fetching: what the environment may set them to."""

from pathlib import Path

import pytest

from settings import Settings, SettingsError


def test_sources_are_stored_with_everything_that_is_written(tmp_path: Path) -> None:
    assert Settings(var=tmp_path).sources == tmp_path / "sources"


def test_the_environment_sets_how_sources_are_fetched() -> None:
    told = {"CHATBOT_EUROPE_PMC": "http://127.0.0.1/rest", "CHATBOT_FETCH_WAIT": "0.5"}
    settings = Settings.from_environment(told)
    assert (settings.europe_pmc, settings.fetch_wait) == ("http://127.0.0.1/rest", 0.5)


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        pytest.param("FETCH_WAIT", "-1", "fetch_wait is -1.0; use 0 to 3600 seconds", id="less"),
        pytest.param("FETCH_WAIT", "nan", "fetch_wait is nan; use 0 to 3600", id="not a number"),
        pytest.param("FETCH_WAIT", "inf", "fetch_wait is inf; use 0 to 3600", id="for ever"),
        pytest.param("FETCH_WAIT", "soon", "CHATBOT_FETCH_WAIT is 'soon'; use a value", id="words"),
        pytest.param(
            "EUROPE_PMC",
            "www.ebi.ac.uk",
            "europe_pmc is 'www.ebi.ac.uk'; use an address that starts with https://",
            id="no address",
        ),
    ],
)
def test_a_value_that_makes_no_sense_is_an_error(name: str, value: str, error: str) -> None:
    with pytest.raises(SettingsError, match=f"^{error}"):
        Settings.from_environment({f"CHATBOT_{name}": value})


@pytest.mark.parametrize("number", ["01632 960 001", "+44 (0)1632 960001", "111", ""])
def test_a_number_to_call_is_accepted(number: str) -> None:
    found = Settings.from_environment({"CHATBOT_SERVICE_NUMBER": number})
    assert found.service_number == number


@pytest.mark.parametrize("number", ["11", "the ward", "01632 960 001 or ask", "<b>999</b>", "9 9"])
def test_what_is_no_number_to_call_is_refused(number: str) -> None:
    with pytest.raises(SettingsError, match="CHATBOT_SERVICE_NUMBER"):
        Settings.from_environment({"CHATBOT_SERVICE_NUMBER": number})
