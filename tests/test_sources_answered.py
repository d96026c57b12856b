"""What only the sources say is answered from our notes on them; the real content is asked."""

import re
from collections.abc import Iterator

import pytest

from bot import Answer, Chatbot
from corpus import Corpus, load_corpus, normalised
from index import LiveIndex, Record
from settings import Settings

ASKED = {
    1: """
What's the name for it when the cancer returns right beside where it started?
    right beside it
If it has travelled a long way from the first place, what is that sort of recurrence called?
    a long way from where it began
Bowel cancer that turns up in the liver, is that liver cancer now?
    still colon cancer
What does the little letter r before a stage stand for?
    a small “r”
What decides which treatment somebody gets when it comes back?
    The choice of treatment depends
Is palliative care still possible for a person who says no to further treatment?
    Palliative care
Does a relapse prove the doctors picked the wrong treatment the first time?
    was the wrong one
Who might be part of the team that looks after someone with recurrent cancer?
    dietitians
so doc says theyre going to restage me, whats restaging mean
    restaging
is it normal to feel angry when its back again
    shocked, angry
could treatments have improved since the first time round
    better now than they were
what's a second primary
    second primary
do they redo all the scans and bloods when it returns
    lab tests and scans
""",
    2: """
When doctors call a cancer stable, is it shrinking?
    “Controlled” or “stable”
Do tumours sometimes stay the same for ages with no treatment at all?
    Doctors keep watching them
Are quickly growing cancers more inclined to return?
    Fast-growing cancers
Which organs does a far-off recurrence usually show up in?
    brain, bones, liver and lungs
How can you tell a brand new cancer from the old one coming back?
    the old type or a new type
Can a doctor ever guarantee that cancer stays away?
    Nobody can say for certain
If prostate cancer turns up in a bone, what is it called?
    still called prostate cancer
regional recurrence vs local, what's the difference
    Regional recurrence means
doctor said 'controlled', is that the same as gone?
    “Controlled” or “stable”
breast cancer in the lung, do they call it lung cancer or breast cancer
    starting place
which cancers come back most
    Fast-growing
""",
    3: """
Why is chemo split into several cycles instead of one big dose?
    a series of treatments
Micrometastases – what does that word mean?
    micrometastases
What's the point of more treatment once the operation is over?
    adjuvant treatment
Would a scan spot one single cancer cell?
    no scan can find
Can surgeons be sure they removed each and every cell?
    Surgeons try as hard
Which drugs or therapies may be offered on top of an operation?
    hormone therapy
Why does radiotherapy hurt dividing cells most?
    radiotherapy, like chemotherapy
why so many rounds of chemo
    a series of treatments
adjuvant?? what's that
    adjuvant
do cancer cells rest between dividing
    rest
""",
    4: """
What does the paper call the root of relapse and metastasis?
    the root of both
Tumour cells that circulate in the bloodstream, what are they called?
    circulating tumour cells
How is the spread of a cancer similar to evolution?
    a bit like evolution
What lets some cells settle in organs far from the first tumour?
    far-away organs
Why do experts believe cancer stem cells steer the way a tumour changes?
    Their genes are unstable
In cancer biology, what is meant by a niche?
    “niche”
Does spread cause most of the deaths from cancer?
    9 in 10
what are people researching about stopping spread
    stop cancer from spreading
is paper 4 a new experiment or just a summary of others
    review
""",
    5: """
Can an early breast cancer that was confined to the breast return?
    can still come back
Are lots of women with breast cancer afraid of it returning?
    live with the fear
What role do Notch and Wnt signals have in breast cancer coming back?
    Notch, Wnt
Have breast cancer survival chances got better over the decades?
    gone up a great deal
How many American women were expected to get a breast cancer diagnosis in 2012?
    226,870
What are the two reasons why breast cancer returns, according to the diagram?
    gives two reasons
Is much still unknown about breast cancer relapse?
    not yet understood
why does breast cancer in particular come back
    two reasons
is there anything being tested to stop breast cancer coming back
    prevent
can they predict whose breast cancer will return
    foretell
is there hope for breast cancer nowadays compared with years ago
    gone up
""",
    6: """
What is plasticity when people talk about cancer stem cells?
    plasticity
How do cancer stem cells manage to live through several treatments in a row?
    very good at adapting
Is it proven that cancer stem cells make treatment fail, or is it just an idea?
    not a proven fact
Can immunotherapy and targeted drugs be dodged by cancer stem cells?
    get round chemotherapy
Why do researchers want to learn how cancer stem cells resist drugs?
    scientists need to learn
Are there drugs against targets on cancer stem cells available to patients today?
    possible new treatment targets
is cancer hard to cure
    hard to cure
""",
    7: """
Have cancer stem cells been found in leukaemia and other blood cancers too?
    blood cancers
What share of a tumour do cancer stem cells normally make up?
    only a small share
The word pluripotent: what does it tell about a cell?
    pluripotent
Can you explain stemness to me?
    stemness
How does EMT change a cancer cell?
    called EMT
Could natural killer cells or vaccines be used against cancer stem cells?
    natural killer cells
Can chemo turn ordinary cancer cells into stem-like ones?
    act like stem cells
do all cancers have stem cells in them
    most kinds of cancer
tumour shrank but she's no better, why can that happen in general
    shrink
""",
}
"""Questions in other words than those on any card; below each, words of the quote that answers."""


def pairs(text: str) -> Iterator[tuple[str, str]]:
    lines = [line.strip() for line in text.strip().splitlines()]
    return zip(lines[::2], lines[1::2], strict=True)


EACH = [(number, *pair) for number, text in ASKED.items() for pair in pairs(text)]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(Settings().corpus)


@pytest.fixture(scope="module")
def records(settings: Settings) -> dict[str, Record]:
    return {record.id: record for record in LiveIndex(settings)().carded}


@pytest.fixture(scope="module")
def answers(chatbot: Chatbot, records: dict[str, Record]) -> dict[str, Answer]:
    """What each card's own question gets."""
    return {id: chatbot.ask(record.question) for id, record in records.items()}


def quotes_of(answer: Answer, record: Record) -> bool:
    """Whether the answer quotes the sentence that answers in `record`."""
    return any(
        quote.path == record.path
        and quote.start <= record.focus_start
        and record.focus_end <= quote.end
        for quote in answer.quotes
    )


def notes_in(answer: Answer) -> Iterator[int]:
    """The numbers of the sources whose notes are quoted."""
    return (quote.references[0] for quote in answer.quotes if quote.layer == "note")


# Each source.


def test_each_of_our_sources_is_asked_at_least_five_questions(corpus: Corpus) -> None:
    assert ASKED.keys() == corpus.references.numbers
    assert all(len([*pairs(text)]) >= 5 for text in ASKED.values())


def test_no_question_stands_on_a_card(corpus: Corpus) -> None:
    known = {normalised(phrasing.text) for phrasing in corpus.phrasings}
    assert not {asked for _, asked, _ in EACH if normalised(asked) in known}


@pytest.mark.parametrize("number", sorted(ASKED))
def test_questions_are_answered_with_the_number_of_the_source_that_says_it(
    number: int, chatbot: Chatbot
) -> None:
    """At least five of each source's: no question is kept only because it is answered."""
    asked = [(question, words) for other, question, words in EACH if other == number]
    right = [question for question, words in asked if told_by(number, words, chatbot.ask(question))]
    assert len(right) >= max(5, 0.8 * len(asked)), {one for one, _ in asked} - set(right)


def told_by(number: int, words: str, answer: Answer) -> bool:
    """Whether `words` are quoted with that number alone, and the reference is shown."""
    quoted = [quote.references for quote in answer.quotes if words in quote.text]
    shown = [reference.number for reference in answer.references]
    return answer.outcome == "answered" and quoted == [(number,)] and number in shown


# What a reply says of a note.


def test_a_quoted_note_says_that_it_is_ours_and_what_it_was_written_from(
    answers: dict[str, Answer], corpus: Corpus
) -> None:
    seen = set()
    for answer in answers.values():
        for number in notes_in(answer):
            note = corpus.note(number)
            assert note
            assert note.written_from.startswith("written from ")
            whose = f"> — our plain-language note on reference {number}, {note.written_from}, “"
            assert whose in answer.reply
            seen.add(number)
    assert seen == corpus.references.numbers


def test_a_note_is_never_said_to_be_the_source_itself_or_the_article(
    answers: dict[str, Answer],
) -> None:
    for answer in answers.values():
        whose = re.findall(r"^> — (.*)", answer.reply, re.MULTILINE)
        assert len(whose) == len(answer.quotes)
        for quote, told in zip(answer.quotes, whose, strict=True):
            lead = {"note": "our plain-language note on", "article": "the article, "}[quote.layer]
            assert told.startswith(lead)


def test_a_note_from_a_part_of_its_source_says_so(
    answers: dict[str, Answer], corpus: Corpus
) -> None:
    parts = {note.number for note in corpus.notes if not note.whole}
    assert parts
    for answer in answers.values():
        partly = "partly_read" in [notice.kind for notice in answer.notices]
        assert partly == bool(parts & {*notes_in(answer)})


def test_notes_add_up_to_an_answer_that_stays_short(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        running = [quote for quote in answer.quotes if quote.section != "References"]
        assert len(running) <= 3
        assert sum(len(quote.text.split()) for quote in running) <= 90


# What may frighten.


def test_what_may_frighten_is_never_suggested(
    answers: dict[str, Answer], records: dict[str, Record], chatbot: Chatbot
) -> None:
    frightening = {one.question for one in records.values() if one.only_when_asked}
    assert frightening
    told = [*answers.values(), chatbot.ask("hello"), chatbot.ask("how do vaccines work")]
    suggested = {question for answer in told for question in answer.suggestions}
    assert suggested
    assert not suggested & frightening
    assert not set(chatbot.starting_questions()) & frightening


def test_what_may_frighten_is_quoted_only_to_who_asks_for_it(
    answers: dict[str, Answer], records: dict[str, Record]
) -> None:
    frightening = [one for one in records.values() if one.only_when_asked]
    for id, answer in answers.items():
        quoted = {one.id for one in frightening if quotes_of(answer, one)}
        assert quoted <= {id}


def test_who_asks_for_it_gets_it(answers: dict[str, Answer], records: dict[str, Record]) -> None:
    for id, record in records.items():
        if record.only_when_asked:
            assert quotes_of(answers[id], record), record.question


# Article and note together.


def test_the_article_comes_first_where_a_note_says_the_same(
    answers: dict[str, Answer], records: dict[str, Record]
) -> None:
    restating = [one for one in records.values() if one.restates]
    assert restating
    for one in restating:
        answer, said = answers[one.id], records[one.restates]
        assert answer.quotes[0].layer == "article", one.question
        first = answer.quotes[0]
        assert first.start <= said.focus_start < said.focus_end <= first.end, one.question
        assert quotes_of(answer, one), one.question


def test_no_note_stands_before_the_article(answers: dict[str, Answer], chatbot: Chatbot) -> None:
    asked = [chatbot.ask(question) for _, question, _ in EACH]
    both = 0
    for answer in (*answers.values(), *asked):
        layers = [quote.layer for quote in answer.quotes]
        assert layers == sorted(layers, key=lambda layer: layer != "article"), answer.question
        both += len(set(layers)) > 1
    assert both


def test_a_sentence_that_no_printed_number_supports_is_quoted_with_the_note_that_does(
    answers: dict[str, Answer], records: dict[str, Record]
) -> None:
    lacking = [one for one in records.values() if one.adds]
    assert lacking
    for one in lacking:
        assert quotes_of(answers[one.id], one), one.question
        assert quotes_of(answers[one.id], records[one.adds]), one.question


def test_a_sentence_without_a_printed_number_gets_that_of_the_note(
    answers: dict[str, Answer], records: dict[str, Record]
) -> None:
    unprinted = [one for one in records.values() if not one.references and one.adds]
    assert unprinted
    for one in unprinted:
        answer = answers[one.id]
        assert "no_reference" in [notice.kind for notice in answer.notices]
        brought = records[one.adds].references
        assert [reference.number for reference in answer.references] == list(brought)


def test_the_article_and_a_fourth_source_on_what_cancer_stem_cells_can_become(
    chatbot: Chatbot,
) -> None:
    answer = chatbot.ask("can a cancer stem cell turn into any kind of cell")
    assert [(quote.layer, quote.references) for quote in answer.quotes] == [
        ("article", (4, 5, 6)),
        ("note", (7,)),
    ]
    assert "they can become any type of cancer cell" in answer.quotes[0].text
    told = {notice.kind: notice.text for notice in answer.notices}
    assert told["partly_supported"] == (
        "We could read only part of references 4 and 5 and did not find this there."
        " Reference 6 says part of this. Reference 7 also says this."
    )
    assert answer.reply.index(told["partly_supported"]) > answer.reply.index("“pluripotent”")
