"""The fixed wording and the helplines: nothing missing, nothing made up."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.helplines import PLACES, USES, HelplineError, country_values, load_helplines
from bot.wording import Wording, WordingError, wording_entries
from bot.wording_entries import LINES, REQUIRED
from settings import ROOT, Settings

WORDING = ROOT / "bot" / "wording.toml"
HELPLINES = ROOT / "bot" / "helplines.toml"
VALUES = country_values(HELPLINES, Settings())


COUNTRIES = ["GB", "IE", "US", ""]
GIVEN_LATER = {"number", "numbers", "question", "questions", "written_from", "address", "day"}
GIVEN_LATER |= {"index", "layer", "text", "approved", "every", "kind"}
TEXTS = [name for name in REQUIRED if not name.endswith((".words", ".groups"))]
URGENT = [name for name in (*TEXTS,) if name.startswith(("urgent", "crisis_now"))]
SERVICE_NUMBER = "01632 960 001"


def wording(country: str, service_number: str = "") -> Wording:
    settings = replace(Settings(), country=country, service_number=service_number)
    return Wording(WORDING, country_values(HELPLINES, settings))


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_text_is_filled_in(country: str) -> None:
    filled = wording(country)
    for name in TEXTS:
        left = set(re.findall(r"\{(\w+)\}", filled(name)))
        unfilled = {"service_number", "one", "other"} if name in UNUSED_ALONE else set()
        assert left <= GIVEN_LATER | unfilled, name


UNUSED_ALONE = ("urgent.service_known", "everywhere.either")


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("service_number", ["", SERVICE_NUMBER])
@pytest.mark.parametrize("name", URGENT)
def test_an_urgent_reply_is_short(name: str, country: str, service_number: str) -> None:
    assert len(wording(country, service_number)(name).replace("**", "").split()) <= 60


@pytest.mark.parametrize(
    ("country", "number"),
    [("GB", "999"), ("IE", "112 or 999"), ("US", "911"), ("", "elsewhere your local emergency")],
)
def test_the_emergency_number_is_the_countrys(country: str, number: str) -> None:
    for name in (*URGENT, "crisis.text", "unavailable.text", "page.about", "help_me.text"):
        if not name.startswith("urgent.service"):
            assert number in wording(country)(name), name


def test_without_a_country_each_number_stands_with_its_own() -> None:
    text = wording("")("urgent_life.text")
    assert "999 (Britain), 112 or 999 (Ireland), 911 (US), elsewhere" in text
    poison = wording("")("urgent_poison.text")
    assert "Public Poisons Line (01 809 2166) in Ireland" in poison
    assert "Poison Help (1-800-222-1222) in the US" in poison


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_page_says_that_it_is_no_emergency_service(country: str) -> None:
    about = wording(country)("page.about")
    assert "It is no emergency service. In an emergency, call " in about
    assert "{" not in about


def test_whatever_fails_says_whom_to_call() -> None:
    for name in ("unavailable.text", "page.offline"):
        assert "999" in wording("GB")(name)


def test_a_line_that_is_texted_is_not_to_be_called() -> None:
    assert "call Samaritans" not in wording("GB")("crisis.text").lower()
    assert "Shout (text SHOUT to 85258)" in wording("GB")("crisis.text")


HOW_MANY = ("one", "more")


def test_the_list_of_entries_is_what_the_code_reads() -> None:
    files = [*(ROOT / "bot").glob("*.py"), *(ROOT / "bot" / "templates").glob("*.html")]
    files.remove(ROOT / "bot" / "wording_entries.py")  # the list itself reads nothing
    code = "".join(path.read_text() for path in files)
    read = set(re.findall(r"""["']((?:[a-z_]+)\.[a-z_]+)["']""", code))
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
    read |= {f"everywhere.{line}" for line in LINES}
    read |= {f"notices.{kind}_{how}" for kind in ("partly_read", "review_due") for how in HOW_MANY}
    read |= {f"{entry}_{how}" for entry in read if ".support_" in entry for how in HOW_MANY}
    assert set(REQUIRED) <= read
    present = {f"{table}.{key}" for table, key in entries()}
    assert set(REQUIRED) <= present
    assert present - set(REQUIRED) == set(), "wording that nothing shows"


def entries() -> list[tuple[str, str]]:
    import tomllib

    tables = tomllib.loads(WORDING.read_text("utf-8"))
    return [(table, key) for table, values in tables.items() for key in values]


@pytest.mark.parametrize(
    "entry", ['text = ""', 'text = "  "', "words = []", 'words = [""]', 'words = ["im", " "]']
)
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


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "Call {emergency} if nobody answers, or for chest pain",
            "Ring {emergancy} for chest pain",
            "fills in {emergancy}",
        ),
        (
            "Call {emergency} if nobody answers, or for chest pain",
            "Ring them for chest pain",
            r"urgent.text: has to hold {emergency}",
        ),
        ("**Call now.** {service}\n", "**Call now.**\n", "has to hold {service}"),
        (
            "For support: {helpline}.",
            "For support: anyone.",
            "support.text: has to hold {helpline}",
        ),
        ("It is {young}.", "Call it.", "young.text: has to hold {young}"),
    ],
)
def test_a_number_that_is_left_out_of_the_wording_stops_the_start(
    old: str, new: str, fault: str, tmp_path: Path
) -> None:
    path, text = tmp_path / "wording.toml", WORDING.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(WordingError, match=fault):
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
    raw = wording_entries(WORDING)
    texts = [str(raw[name]) for name in TEXTS]
    assert not re.search(r"\d{3}", " ".join(texts).replace("20,000", ""))


@pytest.mark.parametrize(
    ("message", "expected"),
    [("I'm terrified", True), ("it is scary", False), ("SCARED!", True), ("scaredy cat", False)],
)
def test_words_are_found_whole(message: str, expected: bool) -> None:
    assert Wording(WORDING, VALUES).has_words("feelings.words", message) is expected
