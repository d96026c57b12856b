"""What the cards ask is answered, also when a reply suggests it; when "did you mean" is asked."""

from dataclasses import replace

import pytest

from bot import Chatbot, Turn
from bot.decide import MAY_BE_ANSWERED, OUTCOMES, decide
from bot.followups import Understood
from corpus import load_corpus
from index import LiveIndex, Record, SearchIndex
from settings import Settings

DID_YOU_MEAN = "Did you mean one of these?"

VARIED = (
    "why does cancer come back?",
    "what are cancer stem cells",
    "what is reference 4?",
    "who wrote this article",
    "list your sources",
    "What is a regional recurrence?",
    "Is palliative care still possible?",
    "why is chemo given in rounds",
    "which cancers come back most",
    "is it normal to feel angry",
    "how many American women were expected to get breast cancer in 2012?",
    "does spread cause most of the deaths from cancer?",
    "my mum finished chemo, why can cells come back after chemo or rads?",
    "I'm so scared. why does cancer come back after treatment?",
    "wots the usual cuase of a relaps",
    "hello there",
    "",
    "what does reference 9 say",
    "what are my chances of it coming back",
    "is there a vaccine against the flu",
)


@pytest.fixture(scope="module")
def live(settings: Settings) -> LiveIndex:
    return LiveIndex(settings)


@pytest.fixture(scope="module")
def index(live: LiveIndex) -> SearchIndex:
    return live()


def is_quoted(record: Record, chatbot: Chatbot, question: str) -> bool:
    """Whether `question` is answered with the sentence that the passage is about."""
    answer = chatbot.ask(question)
    return answer.outcome == "answered" and any(
        quote.path == record.path
        and quote.start <= record.focus_start
        and record.focus_end <= quote.end
        for quote in answer.quotes
    )


def test_a_cards_own_question_is_settled(index: SearchIndex) -> None:
    for record in index.carded:
        understanding = index.understand(record.question)
        assert understanding.passages[0] == (record, 1.0)
        assert (understanding.answered, understanding.confidence) == (True, 1.0)
        ids = [other.id for other, _ in understanding.passages]
        assert len(set(ids)) == len(ids)


def test_a_cards_own_question_is_answered_by_its_card_first(
    chatbot: Chatbot, index: SearchIndex
) -> None:
    # A note that says the article's words again stands second, after those.
    for record in index.carded:
        first = index.passage(record.restates or record.id)
        answer = chatbot.ask(record.question)
        assert answer.outcome == "answered", record.question
        assert answer.quotes[0].focus == (first.focus_start, first.focus_end), record.question
        assert answer.quotes[0].path == first.path


def test_it_is_answered_by_its_card_however_it_is_typed(
    chatbot: Chatbot, index: SearchIndex
) -> None:
    for change in (str.lower, str.upper, lambda text: f"  {text.rstrip('?')} \n"):
        lost = [one.id for one in index.carded if not is_quoted(one, chatbot, change(one.question))]
        assert not lost


@pytest.mark.parametrize("question", VARIED)
def test_each_suggestion_is_answered_alone_and_when_it_is_taken_up(
    question: str, chatbot: Chatbot
) -> None:
    answer = chatbot.ask(question)
    turns = [Turn(question=question, answer=answer)]
    for suggestion in answer.suggestions:
        assert suggestion in answer.reply
        assert chatbot.ask(suggestion).outcome == "answered"
        taken = chatbot.ask(suggestion, turns)
        assert (taken.outcome, taken.understood_as) == ("answered", None)


def test_the_varied_questions_do_get_suggestions(chatbot: Chatbot) -> None:
    given = [chatbot.ask(question).suggestions for question in VARIED]
    assert sum(map(bool, given)) >= 18
    assert len({suggestion for few in given for suggestion in few}) >= 20


def test_what_is_suggested_is_not_what_is_quoted(chatbot: Chatbot, index: SearchIndex) -> None:
    by_question = {record.question: record for record in index.carded}
    for question in VARIED:
        answer = chatbot.ask(question)
        for suggestion in answer.suggestions:
            record = by_question[suggestion]
            for quote in answer.quotes:
                same = quote.path == record.path
                assert not (same and record.start < quote.end and quote.start < record.end)


# Did you mean.


def test_an_unsure_head_asks_whether_its_suggestions_were_meant(
    chatbot: Chatbot, index: SearchIndex, settings: Settings
) -> None:
    asked = 0
    for phrasing in load_corpus(settings.corpus).phrasings:
        if phrasing.labels[0] != "near_miss" or asked == 5:
            continue
        understanding = index.understand(phrasing.text)
        answer = chatbot.ask(phrasing.text)
        if answer.outcome != "not_covered" or not understanding.kinds:
            continue
        if understanding.kinds[0][0] in MAY_BE_ANSWERED:
            assert (DID_YOU_MEAN in answer.reply) == understanding.unsure
        if DID_YOU_MEAN in answer.reply:
            asked += 1
            assert answer.suggestions
            assert not answer.quotes
    assert asked == 5


@pytest.mark.parametrize("kind", OUTCOMES)
@pytest.mark.parametrize("unsure", [True, False], ids=["unsure", "sure"])
def test_only_what_may_be_answered_is_asked_back(
    unsure: bool, kind: str, index: SearchIndex, settings: Settings
) -> None:
    understanding = replace(
        index.understand("purple"),
        kinds=((kind, 0.9),),
        answered=False,
        unsure=unsure,
        hits=(),
    )
    decision = decide("purple", Understood(understanding), index, settings)
    asked_back = unsure and kind in MAY_BE_ANSWERED
    assert (decision.wording == "not_covered.did_you_mean") == asked_back
    assert decision.outcome == OUTCOMES[kind][0]
    assert not decision.passages
    if asked_back:
        assert len(decision.suggestions) == 3


@pytest.mark.parametrize("question", ["What are cancer stem cells?", "hello", "what are my odds"])
def test_a_sure_head_does_not_ask_back(question: str, chatbot: Chatbot) -> None:
    assert DID_YOU_MEAN not in chatbot.ask(question).reply
