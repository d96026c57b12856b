"""A question that is also full of fear or grief is met with a kind word first."""

import pytest

from bot import Chatbot
from bot.feelings import feels
from index import Understanding


def understood(**kinds: float) -> Understanding:
    return Understanding((), tuple(kinds.items()), False, False, 0.1, ())


def never(sentence: str) -> Understanding:
    raise AssertionError(f"read by itself: {sentence}")


def kind_words(chatbot: Chatbot, message: str) -> int:
    return sum(notice.kind == "acknowledgement" for notice in chatbot.ask(message).notices)


def test_a_word_of_fear_is_enough(chatbot: Chatbot) -> None:
    assert feels("so scared, why is it back", understood(), never, chatbot.wording)


def test_so_is_a_message_that_is_half_one_of_distress(chatbot: Chatbot) -> None:
    message = "I keep asking myself every night why it is back"
    assert feels(message, understood(distress=0.4), never, chatbot.wording)


def test_a_few_words_tell_too_little(chatbot: Chatbot) -> None:
    assert not feels("why is it back", understood(distress=0.4), never, chatbot.wording)


def test_a_feeling_may_stand_in_a_sentence_of_its_own(chatbot: Chatbot) -> None:
    said = {
        "My house is so quiet now.": understood(distress=0.95),
        "The clock is loud.": understood(distress=0.95),
        "I read your page.": understood(distress=0.3),
    }

    def understand(sentence: str) -> Understanding:
        return said[sentence]

    question = "Why does it come back?"
    for sentence, expected in zip(said, (True, False, False), strict=True):
        message = f"{sentence} {question} {question}"
        assert feels(message, understood(), understand, chatbot.wording) is expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("I am in bits over the letter. What is a recurrent cancer?", 1),
        ("I have not stopped weeping since Tuesday. Can a scan miss cells?", 1),
        ("What is a recurrent cancer?", 0),
        ("I teach biology in Leeds. What is a recurrent cancer?", 0),
        ("I am so scared and there is no one to talk to about it", 0),
    ],
)
def test_an_answer_begins_kindly_once(message: str, expected: int, chatbot: Chatbot) -> None:
    assert kind_words(chatbot, message) == expected


def test_an_urgent_reply_begins_with_whom_to_call(chatbot: Chatbot) -> None:
    message = "I am so scared, my chest is crushing and I cannot breathe, is it back?"
    assert chatbot.ask(message).outcome == "urgent"
    assert kind_words(chatbot, message) == 0


def test_a_feeling_may_stand_in_the_sentence_of_the_question(chatbot: Chatbot) -> None:
    said = {"I sit in the car outside our house,": understood(distress=0.9)}
    message = "I sit in the car outside our house, is it the sort that comes back?"
    assert feels(message, understood(), said.__getitem__, chatbot.wording)
    about_nobody = "a car is outside a house, is it the sort that comes back?"
    assert not feels(about_nobody, understood(), never, chatbot.wording)
