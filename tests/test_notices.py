"""Each notice: when it is shown and what it says, from the quotes and the sources alone."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from bot.answer import Answer, Layer, Notice, Outcome, Quote
from bot.helplines import country_values
from bot.notices import after_the_call, fixed_notice, how_far, overdue, reminder
from bot.wording import Wording
from index import Record, Source
from settings import ROOT, Settings

BOT = ROOT / "bot"
WORDING = Wording(BOT / "wording.toml", country_values(BOT / "helplines.toml", Settings()))
TODAY = date(2026, 6, 1)
QUESTION = "why does lichen grow on roofs"


def source(partly_read: bool = False, review_due: str = "2030-01-01") -> Source:
    return Source("Moss A. Living Stone.", "https://example.org", "", partly_read, review_due)


SOURCES = {number: source() for number in range(1, 6)}


def record(
    support: Sequence[tuple[int, str]] = (), references: Sequence[int] = (), **more: Any
) -> Record:
    """A passage of ten characters, all of which answer; of the article unless told otherwise."""
    fields: dict[str, Any] = {
        "id": "A03",
        "text": "Some words",
        "document": "article",
        "layer": "article",
        "section": "",
        "kind": "body",
        "path": "article.txt",
        "start": 0,
        "end": 10,
        "focus_start": 0,
        "focus_end": 10,
        "sha256": "0" * 64,
        "references": tuple(references),
        "sentence_starts": (0,),
        "sentence_words": (2,),
        "support": tuple(support),
    }
    return Record(**fields | more)


def note(number: int) -> Record:
    """A passage of our note on that source."""
    name = f"ref-{number}"
    return record(
        id=f"N{number}-x.1", document=name, layer="note", path=f"{name}.md", references=[number]
    )


def quote(record: Record) -> Quote:
    layer: Layer = record.layer
    return Quote(
        text=record.text,
        path=record.path,
        start=record.start,
        end=record.end,
        sha256=record.sha256,
        focus=(record.focus_start, record.focus_end),
        document=record.document,
        layer=layer,
        section=record.section,
        references=record.references,
    )


def notices(
    *passages: Record,
    sources: dict[int, Source] = SOURCES,
    question: str = QUESTION,
    today: date = TODAY,
) -> list[tuple[str, str]]:
    """The notices of an answer that quotes all of `passages`."""
    told = how_far(question, passages, [quote(one) for one in passages], sources, WORDING, today)
    return [(one.kind, one.text) for one in told]


def answer(outcome: Outcome, reply: str, *told: Notice) -> Answer:
    return Answer(
        id=None,
        question="x",
        outcome=outcome,
        reply=reply,
        statements=(),
        notices=told,
        quotes=(),
        references=(),
        confidence=None,
        suggestions=(),
        index=None,
        elapsed_ms=0,
    )


def test_a_sentence_that_its_own_number_supports_needs_no_notice() -> None:
    assert notices(record([(1, "supported")], [1])) == []


def test_without_quotes_there_is_no_notice() -> None:
    assert how_far("is my roof safe", (), (), SOURCES, WORDING, TODAY) == ()


# No number.


def test_a_quote_without_a_number_says_so() -> None:
    said = ("no_reference", "The article prints no reference number for this.")
    assert notices(record()) == [said]


def test_it_is_said_also_when_a_note_beside_it_brings_a_number() -> None:
    assert [kind for kind, _ in notices(record(), note(1))] == ["no_reference"]


# How far a source was found to say it.


@pytest.mark.parametrize(
    ("found", "numbers", "text"),
    [
        (
            "not found",
            [4],
            "We could read only part of reference 4 and did not find this there.",
        ),
        (
            "not found",
            [4, 5],
            "We could read only part of references 4 and 5 and did not find this there.",
        ),
        ("partly", [4], "Reference 4 says part of this."),
        ("partly", [2, 4, 5], "References 2, 4 and 5 say part of this."),
        ("not checked", [1], "Nobody has compared this with reference 1 yet."),
        ("not checked", [1, 3], "Nobody has compared this with references 1 and 3 yet."),
    ],
    ids=lambda value: str(value) if isinstance(value, list) else None,
)
def test_a_sentence_that_is_not_plainly_supported_says_how_far(
    found: str, numbers: list[int], text: str
) -> None:
    passage = record([(number, found) for number in numbers], numbers)
    assert notices(passage) == [("partly_supported", text)]


@pytest.mark.parametrize(
    ("numbers", "also"),
    [([7], "Reference 7 also says this."), ([7, 3], "References 3 and 7 also say this.")],
    ids=["one", "several"],
)
def test_other_sources_that_say_it_are_named_after_those_that_do_not(
    numbers: list[int], also: str
) -> None:
    sources = SOURCES | {number: source() for number in numbers}
    passage = record([(4, "not found"), *((number, "supported") for number in numbers)], [4])
    (said,) = notices(passage, *(note(number) for number in numbers), sources=sources)
    lack = "We could read only part of reference 4 and did not find this there."
    assert said == ("partly_supported", f"{lack} {also}")


def test_all_four_stand_in_one_line_what_is_lacking_first() -> None:
    found = [(1, "supported"), (2, "not checked"), (3, "partly"), (4, "not found")]
    assert notices(record(found, [1, 2, 3, 4])) == [
        (
            "partly_supported",
            "We could read only part of reference 4 and did not find this there."
            " Reference 3 says part of this."
            " Nobody has compared this with reference 2 yet."
            " Reference 1 also says this.",
        )
    ]


def test_only_sources_that_the_answer_shows_are_named() -> None:
    passage = record([(1, "supported"), (4, "not found")], [1])
    assert notices(passage) == []


def test_a_sentence_that_is_not_quoted_is_not_judged() -> None:
    passage = record([(1, "supported")], [1])
    other = record([(1, "not found")], [1], start=20, end=30, focus_start=20, focus_end=30)
    assert how_far(QUESTION, [passage, other], [quote(passage)], SOURCES, WORDING, TODAY) == ()


def test_the_same_is_not_said_twice_of_two_sentences() -> None:
    first = record([(1, "not checked")], [1])
    other = record([(1, "not checked")], [1], start=20, end=30, focus_start=20, focus_end=30)
    assert [kind for kind, _ in notices(first, other)] == ["partly_supported"]


@pytest.mark.parametrize("word", ["wrong", "disagree", "incorrect", "error", "mistake"])
def test_no_notice_says_that_the_article_is_wrong(word: str) -> None:
    found = [(1, "supported"), (2, "not checked"), (3, "partly"), (4, "not found")]
    ((_, text),) = notices(record(found, [1, 2, 3, 4]))
    assert word not in text.casefold()


# How much of a source our note was written from.


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        (
            [2],
            "We could read only a part of reference 2. Our note may lack what the rest says.",
        ),
        (
            [5, 2],
            "We could read only a part of references 2 and 5. Our notes may lack what the rest"
            " says.",
        ),
    ],
    ids=["one", "several"],
)
def test_a_note_from_a_part_of_its_source_says_so(numbers: list[int], text: str) -> None:
    sources = SOURCES | {number: source(partly_read=True) for number in numbers}
    quoted = [note(number) for number in numbers]
    assert notices(*quoted, sources=sources) == [("partly_read", text)]


def test_a_note_from_the_whole_of_its_source_needs_no_notice() -> None:
    sources = SOURCES | {2: source(partly_read=True)}
    assert notices(note(1), sources=sources) == []


def test_the_article_itself_is_not_said_to_be_partly_read() -> None:
    sources = {number: source(partly_read=True) for number in SOURCES}
    assert notices(record([(1, "supported")], [1]), sources=sources) == []


# When a note should have been looked at again.


@pytest.mark.parametrize(
    ("today", "late"),
    [
        pytest.param(date(2027, 5, 5), [], id="the day before"),
        pytest.param(date(2027, 5, 6), [], id="the day itself"),
        pytest.param(date(2027, 5, 7), [2], id="the day after"),
    ],
)
def test_a_review_is_late_from_the_day_after(today: date, late: list[int]) -> None:
    sources = SOURCES | {2: source(review_due="2027-05-06")}
    assert overdue(sources, today) == late
    kinds = [kind for kind, _ in notices(note(2), sources=sources, today=today)]
    assert kinds == ["review_due"] * len(late)


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([3], "Our note on reference 3 should have been looked at again by now."),
        ([3, 1], "Our notes on references 1 and 3 should have been looked at again by now."),
    ],
    ids=["one", "several"],
)
def test_late_reviews_are_told_of_the_notes_that_are_quoted(numbers: list[int], text: str) -> None:
    sources = {number: source(review_due="2020-01-01") for number in SOURCES}
    quoted = [note(number) for number in numbers]
    assert notices(*quoted, sources=sources) == [("review_due", text)]


def test_a_source_that_nobody_has_looked_at_is_never_late() -> None:
    assert overdue({1: source(review_due="")}, date(2999, 1, 1)) == []


def test_the_article_alone_needs_no_review_of_its_sources() -> None:
    sources = {number: source(review_due="2020-01-01") for number in SOURCES}
    assert notices(record([(1, "supported")], [1]), sources=sources) == []


# In general.


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("why did my roof get lichen", True),
        ("my dad's roof has lichen, why is that", True),
        ("why does lichen grow", False),
        ("what does the word mummy mean", False),
    ],
)
def test_a_question_about_someone_is_answered_in_general(question: str, told: bool) -> None:
    kinds = [kind for kind, _ in notices(record([(1, "supported")], [1]), question=question)]
    assert kinds == ["general_only"] * told


def test_so_is_one_that_a_note_answers() -> None:
    assert [kind for kind, _ in notices(note(1), question="is it my fault")] == ["general_only"]


@pytest.mark.parametrize("kind", ["reference", "byline"])
def test_who_wrote_it_holds_for_everybody(kind: str) -> None:
    passage = record([], [1], kind=kind)
    assert notices(passage, question="tell me who wrote this") == []


def test_notices_come_in_one_order() -> None:
    sources = SOURCES | {2: source(partly_read=True, review_due="2020-01-01")}
    quoted = [record([(2, "partly")]), note(2)]
    assert [kind for kind, _ in notices(*quoted, sources=sources, question="is my roof old")] == [
        "no_reference",
        "partly_supported",
        "partly_read",
        "review_due",
        "general_only",
    ]


# What was urgent before.


URGENT = fixed_notice("earlier_urgent", WORDING)
CRISIS = Notice(kind="earlier_urgent", text=WORDING("notices.earlier_crisis"))


@pytest.mark.parametrize(
    ("last", "told"),
    [
        pytest.param(answer("urgent", "Call now."), [URGENT], id="after an emergency"),
        pytest.param(
            answer("support", WORDING("crisis.text")), [CRISIS], id="after suicidal words"
        ),
        pytest.param(
            answer("support", URGENT.text + "\n\n" + WORDING("crisis.text"), URGENT),
            [CRISIS],
            id="after suicidal words that followed an emergency",
        ),
        pytest.param(answer("support", WORDING("support.text")), [], id="after plain distress"),
        pytest.param(
            answer("not_covered", "I do not know.", URGENT), [URGENT], id="after a reminder"
        ),
        pytest.param(
            answer("not_covered", "I do not know.", CRISIS), [CRISIS], id="after that of a crisis"
        ),
        pytest.param(
            answer("not_covered", "I do not know.", fixed_notice("language", WORDING)),
            [],
            id="after another notice",
        ),
        pytest.param(answer("conversation", "Hello."), [], id="after anything else"),
    ],
)
def test_whom_to_call_is_repeated(last: Answer, told: list[Notice]) -> None:
    assert list(reminder("why does lichen grow", last, WORDING)) == told


@pytest.mark.parametrize("said", ["I have called them", "the ambulance is here", "I'm safe now."])
def test_it_is_repeated_until_it_is_dealt_with(said: str) -> None:
    assert reminder(said, answer("urgent", "Call now."), WORDING) == ()
    assert reminder(said, answer("not_covered", "I do not know.", CRISIS), WORDING) == ()


@pytest.mark.parametrize("said", ["no im fine now sorry", "wrong message", "it was a song lyric"])
def test_a_mistake_ends_it_except_after_a_thought_of_suicide(said: str) -> None:
    assert reminder(said, answer("urgent", "Call now."), WORDING) == ()
    last = answer("support", WORDING("crisis.text"))
    assert list(reminder(said, last, WORDING)) == [CRISIS]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("no i mean with worry", ("conversation", "dealt_with.text")),
        ("ive rung them", ("conversation", "dealt_with.text")),
        ("the ambulance is here thank you", ("conversation", "dealt_with.text")),
        ("ive rung them but no answer", ("urgent", "urgent.text")),
        ("ive rung them, they're not picking up", ("urgent", "urgent.text")),
        ("why does lichen grow", None),
        ("ive rung them and they said to come in, and now my chest hurts, what is it", None),
    ],
)
def test_who_was_called_is_understood(said: str, expected: tuple[str, str] | None) -> None:
    reply = expected and (expected[0], WORDING(expected[1]))
    for last in (answer("urgent", "Call now."), answer("not_covered", "No.", URGENT)):
        assert after_the_call(said, last, WORDING) == reply


@pytest.mark.parametrize(
    "last",
    [
        answer("support", WORDING("crisis.text")),
        answer("urgent", WORDING("crisis_now.text")),
        answer("not_covered", CRISIS.text, CRISIS),
        answer("conversation", "Hello."),
    ],
)
def test_after_a_thought_of_suicide_nothing_short_says_so(last: Answer) -> None:
    assert after_the_call("its sorted", last, WORDING) is None


@pytest.mark.parametrize(
    ("said", "alarm"),
    [
        ("my mum is with me, asleep, she need not know", "suicidal"),
        ("I told my mum goodbye", ""),
        ("she is with me, I have said goodbye", ""),
        ("I rang the samaritans but nobody answers", ""),
        ("should I have told my husband?", ""),
        ("im home now", ""),
        ("im going in now", ""),
    ],
)
def test_after_a_thought_of_suicide_not_everything_is_believed(said: str, alarm: str) -> None:
    last = answer("support", WORDING("crisis.text"))
    assert after_the_call(said, last, WORDING, alarm) is None


def test_a_new_sign_after_the_call_is_not_thanked_for() -> None:
    last = answer("urgent", "Call now.")
    assert after_the_call("rang them, he is all clammy", last, WORDING, "urgent") is None
    assert after_the_call("he is with me", last, WORDING) is None


def test_whom_to_call_is_repeated_while_nobody_answers() -> None:
    said = "I have called them and nobody answers, how long should one wait for lichen to grow"
    assert list(reminder(said, answer("urgent", "Call now."), WORDING)) == [URGENT]
    assert reminder("I'm not alone now", answer("urgent", "Call now."), WORDING) == ()


def test_notices_are_filled_in_with_whom_to_call() -> None:
    assert not {"{", "}"} & set(URGENT.text + CRISIS.text)
