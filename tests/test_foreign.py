"""A cry for help in another language gets the numbers to call; a question in one does not."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.chatbot import Chatbot
from bot.foreign import ForeignSigns
from bot.rule_table import ScreenError

FILE = Path("bot/other_languages.toml")
SIGNS = ForeignSigns.load(FILE)
NAMES = [one["name"] for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["language"]]
CRIES = Path("tests/other_languages.tsv")


@pytest.mark.parametrize(
    "message",
    [
        "Mi marido NO PUEDE RESPIRAR bien desde anoche",
        "elle n’arrive plus à respirer",
        "meine Mutter bekommt keine Luft!!",
        "Fieber seit heute früh, letzte Chemo war am Montag",
        "mam gorączkę 39 i byłam w piątek na chemii",
        "муж без сознания",
        "他化疗后发烧了",
        "أمي لا تتنفس",
        "पापा बेहोश हैं",
        "mae gen i dwymyn, na: twymyn ar ôl cemo",
    ],
)
def test_what_cannot_wait_is_urgent(message: str, chatbot: Chatbot) -> None:
    found = SIGNS(message)
    assert found
    assert found.kind == "urgent"
    assert chatbot.ask(message).outcome == "urgent"


@pytest.mark.parametrize(
    ("message", "group"),
    [
        ("nie moge oddychac", "foreign-now"),
        ("no puedo respirar, ayuda", "foreign-now"),
        ("昏倒了", "foreign-now"),
        ("Fieber seit der Chemo", "foreign"),
        ("sangre en la orina desde la quimio", "foreign"),
        ("nach der Chemo habe ich Blut im Stuhl", "foreign"),
        ("po chemii mam krwawienie z nosa", "foreign"),
        ("после химии кровотечение из носа", "foreign"),
        ("化疗后便血", "foreign"),
    ],
)
def test_what_needs_an_ambulance_has_a_group_of_its_own(message: str, group: str) -> None:
    found = SIGNS(message)
    assert found
    assert found.group == group


@pytest.mark.parametrize("message", ["cáncer de sangre, ¿vuelve?", "Blutkrebs und Chemo", "血癌"])
def test_cancer_of_the_blood_is_no_bleeding(message: str) -> None:
    assert SIGNS(message) is None


@pytest.mark.parametrize(
    "message",
    ["ich will nicht mehr leben", "je veux mourir", "quiero morir", "मैं मरना चाहती हूँ", "我不想活了"],
)
def test_wanting_to_die_gets_a_crisis_line(message: str, chatbot: Chatbot) -> None:
    found = SIGNS(message)
    assert found
    assert found.kind == "suicidal"
    answer = chatbot.ask(message)
    assert answer.outcome == "support"
    assert "116 123" in answer.reply


@pytest.mark.parametrize(
    "message",
    [
        "warum kommt der krebs nach der operation wieder zurück",
        "tengo miedo de que vuelva",
        "perché il cancro torna dopo la chemio",
        "почему рак возвращается",
        "为什么癌症会复发",
    ],
)
def test_a_question_is_no_cry_for_help(message: str, chatbot: Chatbot) -> None:
    assert SIGNS(message) is None
    answer = chatbot.ask(message)
    assert answer.outcome == "not_covered"
    assert [notice.kind for notice in answer.notices] == ["language"]
    assert "999" in answer.notices[0].text


def test_what_may_be_any_alarm_in_another_language_gets_the_number_for_each(
    chatbot: Chatbot,
) -> None:
    message = "mi padre no puede mover las piernas desde anoche"
    assert SIGNS(message) is None
    reply = chatbot.ask(message).reply
    assert reply.startswith(chatbot.wording("not_covered.language_now"))
    assert "999" in reply
    assert "116 123" in reply


def test_most_cries_in_every_language_are_noticed_and_calm_questions_are_not() -> None:
    # Written beside the lists: this shows that no word is lost, not how many cries are noticed.
    rows = [row.split("\t") for row in CRIES.read_text(encoding="utf-8").splitlines()]
    noticed = [(kind, SIGNS(message) is not None) for kind, _, message in rows]
    assert {language for _, language, _ in rows} == set(NAMES)
    assert not any(found for kind, found in noticed if kind == "ordinary")
    assert all(found for kind, found in noticed if kind == "urgent")
    assert sum(found for kind, found in noticed if kind == "suicidal") >= 79


@pytest.mark.parametrize(
    ("message", "same"),
    [
        pytest.param("نمی‌تونه نفس بکشه", "نمي‌تونه نفس بكشه", id="Persian on an Arabic keyboard"),
        pytest.param("साँस नहीं आ रही", "सांस नहीं आ रही", id="two signs for a nasal vowel"),
    ],
)
def test_how_a_keyboard_writes_a_letter_does_not_matter(message: str, same: str) -> None:
    assert SIGNS(message) is not None
    assert SIGNS(message) == SIGNS(same)


def test_an_emergency_number_in_another_language_is_a_call(chatbot: Chatbot) -> None:
    assert chatbot.ask("soll ich jetzt die 112 anrufen oder bis morgen warten?").outcome == "urgent"


def test_a_language_without_words_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "languages.toml"
    before, irish = FILE.read_text(encoding="utf-8").split('name = "Irish"')
    irish = re.sub(r"^fever = \[[^]]*\]", "fever = []", irish, flags=re.MULTILINE)
    path.write_text(f'{before}name = "Irish"{irish}', encoding="utf-8")
    with pytest.raises(ScreenError, match=r"Irish: the field 'fever'"):
        ForeignSigns.load(path)


@pytest.mark.parametrize(
    "message", ["mam gorączkę", "tengo fiebre", "ich habe Fieber", "ho la febbre"]
)
def test_a_fever_in_few_words_counts_by_itself(message: str, chatbot: Chatbot) -> None:
    assert chatbot.ask(message).outcome == "urgent"
    assert SIGNS(f"{message} bla bla bla bla") is None
