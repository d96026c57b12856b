"""A personal matter gets questions that fit it, and in general only what its card allows."""

import pytest

from bot.care_team import MATTERS, questions_to_ask, said_in_general
from bot.chatbot import Chatbot
from corpus import Corpus


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("my psa went up again, is it back", "What do my results show"),
        ("can I take turmeric with my chemo", "dietitian"),
        ("the scar is sore and swollen, do I wait till March", "how soon"),
        ("whose mistake was it, the surgeon's?", "not happy with my care"),
        ("what are my odds", "my own outlook"),
        ("should I have the operation or not", "good points and risks of each"),
        ("is the boat trip in June all right for her", "Whom do I call"),
        ("when is my next scan", "How often will I be seen"),
        ("could my girls have the gene as well", "run in my family"),
        ("can I fly to Spain", "safe for me to do this now"),
        ("my scan and my bloods were fine, is the tablet why", "What do my results show"),
    ],
)
def test_the_questions_fit_the_matter(message: str, asked: str, chatbot: Chatbot) -> None:
    questions = questions_to_ask(message, chatbot.wording)
    assert asked in questions
    assert questions.count("\n- ") == 2  # three of them


def test_what_could_be_read_beside_a_personal_matter_frightens_nobody(
    chatbot: Chatbot, corpus: Corpus
) -> None:
    may = {one.card.question for one in corpus.passages if one.card and one.card.in_general}
    offered = [
        question
        for message in ("what are my chances", "when is my next scan", "is it my fault")
        for question in chatbot.ask(message).suggestions
    ]
    assert offered
    assert set(offered) <= may


def test_every_matter_has_questions_of_its_own(chatbot: Chatbot) -> None:
    every = [chatbot.wording(name) for name in (*MATTERS.values(), "ask_any.questions")]
    assert len(set(every)) == len(MATTERS) + 1


def test_what_is_said_in_general_is_marked_and_quoted(chatbot: Chatbot) -> None:
    answer = chatbot.ask("what are my chances of it coming back")
    assert answer.outcome == "care_team"
    assert [quote.references for quote in answer.quotes] == [(2,)]
    assert "general_only" in [notice.kind for notice in answer.notices]
    assert answer.reply.index("You could ask them") < answer.reply.index(answer.quotes[0].text)


def test_no_verdict_is_quoted_beside_a_personal_matter(chatbot: Chatbot, corpus: Corpus) -> None:
    allowed = {one.id for one in corpus.passages if one.card and one.card.in_general}
    assert allowed
    assert "A07" not in allowed  # "defeating the vast majority" would be taken for one's own
    for message in ("did my chemo work", "did they get it all in my case", "am I cured now"):
        answer = chatbot.ask(message)
        assert answer.outcome == "care_team"
        assert not any("vast majority" in quote.text for quote in answer.quotes)


def test_a_passage_that_is_not_close_is_left_out(chatbot: Chatbot) -> None:
    understanding = chatbot._index().understand("is my husband's job safe if he takes June off")
    assert said_in_general(understanding) == ()
