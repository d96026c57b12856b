"""The fixed replies: who is named first, kind words that fit the feeling, and what a chat gets."""

import pytest

from bot.answer import Turn
from bot.chatbot import Chatbot
from bot.decide import Decision
from bot.fixed_replies import KIND, chatting, supporting, whom_to_call
from bot.notices import reminder
from bot.screen import Alarm

THOUGHT = Alarm("suicidal", "RF-19", "")
ONLY_THE_HEAD = Alarm("urgent", "", "")


@pytest.mark.parametrize(
    ("alarm", "message", "outcome", "entry"),
    [
        (THOUGHT, "I do not want to be here", "support", "crisis.text"),
        (THOUGHT, "I do not want to be here, I have the tablets", "urgent", "crisis_now.text"),
        (THOUGHT, "I am on the bridge", "urgent", "crisis_now.text"),
        (ONLY_THE_HEAD, "he took tablets and is odd", "urgent", "urgent.unclear"),
        (Alarm("urgent", "RF-09", "thirst"), "so thirsty by the bridge", "urgent", "urgent.text"),
    ],
)
def test_the_emergency_number_comes_first_where_it_may_be_now(
    alarm: Alarm, message: str, outcome: str, entry: str, chatbot: Chatbot
) -> None:
    wording = chatbot.wording
    assert whom_to_call(alarm, message, False, wording) == (outcome, wording(entry))


def test_the_young_are_given_their_line_even_when_it_is_now(chatbot: Chatbot) -> None:
    answer = chatbot.ask("im 14 and ive taken an overdose on purpose")
    assert answer.outcome == "urgent"
    assert answer.reply == chatbot.wording("crisis_now.young")


@pytest.mark.parametrize(
    ("message", "entry"),
    [
        ("I should have noticed. I cannot forgive myself", "kind_guilt.text"),
        ("since Dad's funeral the house is too big", "kind_grief.text"),
        ("nobody rings any more", "kind_alone.text"),
        ("it is so unfair", "kind_angry.text"),
        ("I am worn out and so low", "kind_hopeless.text"),
        ("I dread Thursday", "kind_fear.text"),
        ("it is all a bit much", "kind_any.text"),
        ("nobody warned me about the parking", "kind_any.text"),
    ],
)
def test_kind_words_fit_the_feeling(message: str, entry: str, chatbot: Chatbot) -> None:
    reply = supporting(message, (), False, False, chatbot.wording)
    assert reply.startswith(chatbot.wording(entry))


def test_every_feeling_has_words_of_its_own(chatbot: Chatbot) -> None:
    every = [chatbot.wording(name) for name in (*KIND.values(), "kind_any.text", "kind_any.again")]
    assert len(set(every)) == len(every)


def test_kind_words_are_not_said_twice(chatbot: Chatbot) -> None:
    said = supporting("it is so unfair", (), False, False, chatbot.wording)
    again = supporting("so unfair, all of it", (said,), False, False, chatbot.wording)
    assert again.startswith(chatbot.wording("kind_any.again"))


def test_a_crisis_line_that_stands_first_is_not_named_again(chatbot: Chatbot) -> None:
    reply = supporting("nobody rings", (), False, True, chatbot.wording)
    assert "116 123" not in reply
    assert "116 123" in supporting("nobody rings", (), False, False, chatbot.wording)


@pytest.mark.parametrize(
    ("message", "after_alarm", "entry"),
    [
        ("hello", False, "conversation.smalltalk"),
        ("are you there", True, "conversation.listening"),
        ("thank you", True, "thanks.text"),
        ("you are useless", False, "no_help.text"),
        ("help me", False, "help_me.text"),
        ("what can you help me with", False, "conversation.smalltalk"),
        ("My scan was clear, so happy! Thank you all", False, "good_news.text"),
        ("I feel fine", True, "conversation.listening"),
        ("I rang the bell and cried", False, "conversation.smalltalk"),
        ("I see.", False, "okay.text"),
        ("bye for now", False, "goodbye.text"),
    ],
)
def test_a_chat_gets_what_fits_it(
    message: str, after_alarm: bool, entry: str, chatbot: Chatbot
) -> None:
    assert chatting(message, after_alarm, chatbot.wording) == chatbot.wording(entry)


@pytest.mark.parametrize(
    "message", ["I want to die", "I have the tablets in my hand and I want to die"]
)
def test_after_a_crisis_the_crisis_line_is_repeated(message: str, chatbot: Chatbot) -> None:
    turn = Turn(question=message, answer=chatbot.ask(message))
    (notice,) = reminder("why does cancer come back", turn.answer, chatbot.wording)
    assert notice.text == chatbot.wording("notices.earlier_crisis")
    assert notice.text in chatbot.ask("are you there", [turn]).reply


@pytest.mark.parametrize(("first", "kind_words_first"), [("urgent", True), ("crisis", False)])
def test_kind_words_stand_before_all_but_a_crisis_line(
    first: str, kind_words_first: bool, chatbot: Chatbot
) -> None:
    distress = Decision("support", "support.text", (), (), None)
    entry = f"{first}.if_now"
    text = chatbot._text("it is all a bit much", (), distress, entry, False)
    kind, call = (text.index(chatbot.wording(name)) for name in ("kind_any.text", entry))
    assert (kind < call) is kind_words_first


def test_what_is_dealt_with_is_taken_for_that(chatbot: Chatbot) -> None:
    told = "my temperature is 38.5 after chemo"
    turn = Turn(question=told, answer=chatbot.ask(told))
    answer = chatbot.ask("ive rung them", [turn])
    assert (answer.outcome, answer.reply) == ("conversation", chatbot.wording("dealt_with.text"))
    answer = chatbot.ask("ive rung them but no answer", [turn])
    assert (answer.outcome, answer.reply) == ("urgent", chatbot.wording("urgent.text"))


@pytest.mark.parametrize("said", ["they said come in at 6, thank you", "I'm home now, all fine"])
def test_what_becomes_of_an_emergency_is_heard_to_its_end(said: str, chatbot: Chatbot) -> None:
    told = "my temperature is 38.5 after chemo"
    turns = [Turn(question=told, answer=chatbot.ask(told))]
    for message in ("ive rung them", said):
        answer = chatbot.ask(message, turns)
        assert answer.reply == chatbot.wording("dealt_with.text")
        turns.append(Turn(question=message, answer=answer))


@pytest.mark.parametrize("said", ["I rang the Samaritans", "I've told my husband, he is with me"])
def test_who_reached_out_after_a_thought_of_suicide_is_met_warmly(
    said: str, chatbot: Chatbot
) -> None:
    turn = Turn(question="I want to die", answer=chatbot.ask("I want to die"))
    answer = chatbot.ask(said, [turn])
    assert answer.reply == chatbot.wording("crisis_dealt_with.text")
    assert "116 123" in answer.reply
    after = chatbot.ask("what are cancer stem cells?", [turn, Turn(question=said, answer=answer)])
    assert chatbot.wording("notices.earlier_crisis") not in after.reply
