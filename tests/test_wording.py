"""The fixed wording and the helplines: nothing missing, nothing made up."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.helplines import PLACES, USES, HelplineError, country_values, load_helplines
from bot.wording import REQUIRED, Wording, WordingError
from settings import ROOT, Settings

WORDING = ROOT / "bot" / "wording.toml"
HELPLINES = ROOT / "bot" / "helplines.toml"
VALUES = country_values(HELPLINES, Settings())


@pytest.mark.parametrize("country", ["GB", "IE", "US", ""])
def test_every_text_is_filled_in(country: str) -> None:
    wording = Wording(WORDING, country_values(HELPLINES, replace(Settings(), country=country)))
    for name in REQUIRED:
        if not name.endswith((".words", ".groups")):
            left = set(re.findall(r"\{(\w+)\}", wording(name)))
            given_later = {"number", "numbers", "question", "service_number", "written_from"}
            given_later |= {"questions"}
            given_later |= {"address", "day", "index", "layer", "text"}
            given_later |= {"approved", "every"}
            assert left <= given_later, name


def test_the_list_of_entries_is_what_the_code_reads() -> None:
    files = [*(ROOT / "bot").glob("*.py"), *(ROOT / "bot" / "templates").glob("*.html")]
    code = "".join(path.read_text() for path in files)
    read = set(re.findall(r'"((?:[a-z_]+)\.[a-z_]+)"', code))
    read |= {f"notices.{kind}" for kind in ("acknowledgement", "no_reference", "general_only")}
    read |= {"notices.earlier_urgent", "notices.language"}
    read |= {f"layers.{layer}" for layer in ("article", "note", "source")}
    read |= {"conversation.too_long", "conversation.ask_something"}
    read |= {f"reply.{entry}" for entry in ("no_number", "printed_one", "printed_more")}
    read |= {f"helplines.{place.lower()}" for place in PLACES}
    read |= {f"helplines.use_{use}" for use in USES}
    read |= {f"feedback.row_{row}" for row in ("helpful", "why", "question", "outcome")}
    read |= {f"feedback.row_{row}" for row in ("quotes", "index", "day")}
    read |= {"urgent.service_known", "urgent.service_unknown"}
    assert set(REQUIRED) <= read
    present = {f"{table}.{key}" for table, key in entries()}
    assert set(REQUIRED) <= present
    assert present - set(REQUIRED) == set(), "wording that nothing shows"


def entries() -> list[tuple[str, str]]:
    import tomllib

    tables = tomllib.loads(WORDING.read_text("utf-8"))
    return [(table, key) for table, values in tables.items() for key in values]


@pytest.mark.parametrize("entry", ['text = ""', "words = []", 'words = [""]'])
def test_an_empty_entry_stops_the_start(entry: str, tmp_path: Path) -> None:
    path = tmp_path / "wording.toml"
    path.write_text(WORDING.read_text("utf-8") + f"\n[new]\n{entry}\n", "utf-8")
    with pytest.raises(WordingError, match=r"wording.toml: new.\w+ is empty; write it"):
        Wording(path, VALUES)


def test_a_missing_entry_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "wording.toml"
    path.write_text(WORDING.read_text("utf-8").replace("[support]", "[supper]"), "utf-8")
    with pytest.raises(WordingError, match=r"support.text missing"):
        Wording(path, VALUES)


def test_every_number_says_where_it_was_read() -> None:
    for row in load_helplines(HELPLINES):
        assert row.read == "code only" or row.seen.startswith("http"), row.name
        assert row.read in ("page", "code only"), row.name


def test_a_country_without_an_emergency_number_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "helplines.toml"
    text = HELPLINES.read_text("utf-8")
    path.write_text(text.replace('number = "911"', 'number = ""'), "utf-8")
    with pytest.raises(HelplineError, match="US has no emergency number"):
        load_helplines(path)


def test_no_number_stands_in_the_wording_itself() -> None:
    # Numbers come from helplines.toml, where each says where it was read.
    raw = Wording(WORDING, {name: f"<{name}>" for name in VALUES})
    texts = [raw(name) for name in REQUIRED if not name.endswith((".words", ".groups"))]
    assert not re.search(r"\d{3}", " ".join(texts).replace("20,000", ""))


@pytest.mark.parametrize(
    ("message", "expected"),
    [("I'm terrified", True), ("it is scary", False), ("SCARED!", True), ("scaredy cat", False)],
)
def test_words_are_found_whole(message: str, expected: bool) -> None:
    assert Wording(WORDING, VALUES).has_words("feelings.words", message) is expected
