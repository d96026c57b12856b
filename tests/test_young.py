"""A young person is offered a line of their own; an adult who counts weeks is not."""

import pytest

from bot.chatbot import Chatbot
from bot.young import is_young


@pytest.mark.parametrize(
    "message",
    [
        "im 14 and mum has cancer again",
        "I am fifteen",
        "15yo here",
        "I'm 16 years old",
        "i turned 17",
        "im 18 and i feel low",
        "am 17. my gran is in the hospice",
        "i cry in the school toilets",
        "dad is ill and i have my mocks",
        "16f here and my mum has it again",
        "im in yr 10 and nobody knows about dad",
        "my son is 13 and says he wants to be dead",
        "my daughter, who is nine, cries all night",
        "I cannot do my homework any more",
        "they talk about it at school",
    ],
)
def test_the_young_are_noticed(message: str, chatbot: Chatbot) -> None:
    assert is_young([message], chatbot.wording)


@pytest.mark.parametrize(
    "message",
    [
        "im 12 weeks post chemo",
        "I am 14 days into radiotherapy",
        "im 16 months clear",
        "I'm 10 years out",
        "im 13 stone",
        "year 9 of hormone tablets",
        "after school I collect the grandchildren",
        "mummy is what they call me",
        "my son is 12 weeks old",
        "my mother is 81",
        "im 45",
        "18 months of this",
    ],
)
def test_a_number_that_is_no_age_is_left_alone(message: str, chatbot: Chatbot) -> None:
    assert not is_young([message], chatbot.wording)
