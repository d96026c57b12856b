"""The numbers of a reply as buttons: each once, in its order, with exactly its own digits."""

import re
from collections.abc import Sequence

import pytest

from bot import Chatbot
from bot.helplines import Helpline, load_helplines
from bot.page_calls import calls, split_at_calls
from bot.page_routes import HELPLINES
from bot.page_text import dialled
from bot.page_views import Views

ROWS = load_helplines(HELPLINES)
NUMBERED = [row for row in ROWS if row.number]


def of(country: str) -> Sequence[Helpline]:
    return [row for row in ROWS if country in ("", row.country)]


@pytest.mark.parametrize("row", NUMBERED, ids=lambda row: f"{row.country} {row.name}")
def test_every_helpline_with_a_number_has_a_link_with_its_digits(row: Helpline) -> None:
    links = re.findall(r'href="(?:tel|sms):(\d+)"', dialled(row.how_to))
    for number in row.number.split(" or "):
        assert re.sub(r"\D", "", number) in links, row.how_to


def test_an_urgent_reply_has_a_button_for_each_of_its_numbers(chatbot: Chatbot) -> None:
    told = chatbot.for_country("")
    text = told.ask("mum cant breathe and has chest pain").reply
    made = calls(text, of(""), told.wording)
    assert [(one.label, one.whom) for one in made] == [
        ("Call 999", "in Britain and Ireland"),
        ("Call 112", "in Ireland"),
        ("Call 911", "in the United States"),
    ]
    assert all(one.emergency for one in made)


def test_in_one_country_a_button_says_no_place(chatbot: Chatbot) -> None:
    told = chatbot.for_country("IE")
    text = told.ask("mum cant breathe and has chest pain").reply
    made = calls(text, of("IE"), told.wording)
    assert [(one.href, one.whom) for one in made] == [("tel:112", ""), ("tel:999", "")]


def test_a_number_to_text_says_which_word(chatbot: Chatbot) -> None:
    (made,) = calls("Shout (text SHOUT to 85258)", of("GB"), chatbot.wording)
    assert (made.href, made.label, made.whom) == ("sms:85258", "Text SHOUT to 85258", "Shout")


def test_a_number_of_no_helpline_is_the_care_teams(chatbot: Chatbot) -> None:
    (made,) = calls("Call 0123 456 7890 now", of("GB"), chatbot.wording)
    assert made.whom == chatbot.wording("helplines.use_team")


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Call 999 now.\n\nMore.", ""),
        ("Call your team.\n\nElse call 999.\n\nMore.", "Call your team.\n\nElse call 999."),
        ("Nothing.\n\nMore.", ""),
    ],
    ids=["number first", "team first", "no number"],
)
def test_what_says_when_to_call_stands_above_the_buttons(text: str, before: str) -> None:
    assert split_at_calls(text)[0] == before
    assert "\n\n".join(part for part in split_at_calls(text) if part) == text


@pytest.mark.parametrize(
    ("question", "buttons", "rated"),
    [
        ("mum cant breathe and has chest pain", True, False),
        ("i want to die", True, False),
        ("im so scared i cant do this", False, True),
        ("what is a local recurrence?", False, True),
    ],
)
def test_only_an_alarm_has_buttons_and_it_has_no_rating(
    question: str, buttons: bool, rated: bool, chatbot: Chatbot
) -> None:
    views = Views(chatbot.wording, (), of(""))
    html = views.turn(chatbot.ask(question), chatbot.written_from())
    assert ('class="calls"' in html) is buttons
    assert ('data-do="helpful"' in html) is rated
    assert ('data-do="copy"' in html) is rated
