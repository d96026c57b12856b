"""A greeting, an excuse and thanks do not change what a question means."""

from pathlib import Path

import pytest

from bot.chatbot import Chatbot
from bot.courtesy import Courtesy

COURTESY = Courtesy.load(Path("bot/courtesy.toml"))


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("Good morning! Sorry to bother you. Is it back for good?", "Is it back for good?"),
        ("what is a CSC, thanks so much in advance 🙏", "what is a CSC,"),
        ("can you tell me why it returns pls", "why it returns"),
        ("Sorry, I don’t get it", "I don’t get it"),
    ],
)
def test_what_is_asked_is_left(message: str, left: str) -> None:
    assert COURTESY.without(message) == left


@pytest.mark.parametrize(
    "message",
    [
        "hello",
        "thank you so much!",
        "hi doctor",
        "",
        "?!",
        "thanks to chemo I am here",
        "hi, recurrence?",
    ],
)
def test_nothing_is_left_out_where_little_else_is_said(message: str) -> None:
    assert COURTESY.without(message) == message


def test_a_polite_question_is_answered_as_the_bare_one(chatbot: Chatbot) -> None:
    bare = chatbot.ask("why do stem cells survive treatment?")
    polite = chatbot.ask(
        "Good evening, I hope you are well. why do stem cells survive treatment? Many thanks."
    )
    assert polite.quotes == bare.quotes
    assert polite.question.startswith("Good evening")


def test_a_polite_cry_for_help_is_noticed(chatbot: Chatbot) -> None:
    message = "Sorry to bother you, my dad cannot breathe and his lips are blue. Thank you so much."
    assert chatbot.ask(message).outcome == "urgent"
