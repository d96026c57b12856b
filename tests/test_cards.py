"""Cards and messages: what a person wrote, and what is refused of it."""

from pathlib import Path

import pytest

from corpus import KINDS, CorpusError, Phrasing, normalised
from corpus.cards import asked, check_phrasings, load_cards, load_messages, words_hash
from tests.corpus_folder import CARDED, SENTENCES, card, edit, write, write_corpus


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    return write_corpus(tmp_path) / "cards"


@pytest.fixture
def messages(tmp_path: Path) -> Path:
    return write_corpus(tmp_path) / "messages"


def phrasing(text: str, line: int = 1) -> Phrasing:
    return Phrasing(text, ("A01",), Path("A01.toml"), line)


# Cards.


def test_all_fields_of_a_card_are_read(cards: Path) -> None:
    first = load_cards(cards)[0]
    assert (first.passage, first.quote) == ("A03", ("A03",))
    assert first.sha256 == words_hash(SENTENCES["A03"])
    assert first.question == "What is lichen?"
    assert first.in_short == "Lichen is a fungus and an alga that live together."
    assert first.starting
    assert first.path == cards / "A03.toml"


def test_cards_come_by_file_name_also_from_folders_below(cards: Path) -> None:
    (cards / "below").mkdir()
    (cards / "A04.toml").rename(cards / "below" / "A04.toml")
    names = [one.passage for one in load_cards(cards)]
    assert names[:4] == ["A03", "A06", "A08", "A04"]
    assert names[4:] == ["N2-birds.1", "N2-clean-air.1", "N2-genes.1"]


def test_a_card_does_not_start_unless_it_says_so(cards: Path) -> None:
    assert [one.passage for one in load_cards(cards) if one.starting] == ["A03"]


def test_a_card_is_for_any_question_unless_it_says_so(cards: Path) -> None:
    assert [one.passage for one in load_cards(cards) if one.only_when_asked] == ["N2-birds.1"]


def test_a_card_belongs_to_the_document_that_its_folder_names(cards: Path) -> None:
    documents = {one.passage: one.document for one in load_cards(cards)}
    assert (documents["A03"], documents["N2-birds.1"]) == ("article", "ref-2")


def test_a_card_needs_no_line(cards: Path) -> None:
    text = (cards / "A03.toml").read_text(encoding="utf-8")
    line = next(one for one in text.splitlines() if one.startswith("in_short"))
    edit(cards / "A03.toml", f"{line}\n", "")
    assert load_cards(cards)[0].in_short == ""


def test_a_phrasing_knows_what_answers_it_and_where_it_stands(cards: Path) -> None:
    phrasings = load_cards(cards)[1].phrasings
    lines = (cards / "A04.toml").read_text(encoding="utf-8").splitlines()
    assert all(lines[one.line - 1] == one.text for one in phrasings)
    assert {one.labels for one in phrasings[:-1]} == {("A04",)}
    assert (phrasings[-1].text, phrasings[-1].labels) == ("tell me about lichen", ("A04", "A03"))


def test_blank_lines_and_comments_are_no_phrasings(cards: Path) -> None:
    write(cards / "A03.toml", card("A03", phrasings="one\n\n# a comment\n  two  "))
    assert [(one.text, one.line) for one in load_cards(cards)[0].phrasings] == [
        ("one", 8),
        ("two", 11),
    ]


def test_a_block_that_repeats_a_line_of_the_one_before_has_lines_of_its_own(cards: Path) -> None:
    repeated = "\n[also]\n\"A04\" = '''\ntwo\n'''\n"
    write(cards / "A03.toml", card("A03", phrasings="one\ntwo") + repeated)
    assert [one.line for one in load_cards(cards)[0].phrasings] == [8, 9, 14]


def test_a_card_needs_no_phrasings(cards: Path) -> None:
    text = card("A03", phrasings="#")
    write(cards / "A03.toml", text[: text.index("phrasings")])
    assert load_cards(cards)[0].phrasings == ()


def test_a_card_is_asked_its_own_question_too(cards: Path) -> None:
    question, *others = asked(load_cards(cards)[0])
    assert (question.text, question.labels, question.line) == ("What is lichen?", ("A03",), 5)
    assert len(others) == 6


def test_a_question_among_the_phrasings_is_asked_once(cards: Path) -> None:
    write(cards / "A03.toml", card("A03", question="What is it?", phrasings="one\nwhat is it"))
    assert [one.text for one in asked(load_cards(cards)[0])] == ["one", "what is it"]


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        pytest.param("question =", "qestion =", "5: unknown field qestion; remove it", id="a typo"),
        pytest.param("# A03\n", "note = 1\n", "1: unknown field note; remove it", id="on line one"),
        pytest.param("starting = true", "[new]", "7: unknown field new; remove it", id="a table"),
        pytest.param(
            'question = "What is lichen?"\n',
            "",
            "1: question is None; give it a value of type str",
            id="no question",
        ),
        pytest.param(
            'question = "What is lichen?"',
            'question = ""',
            "5: question is ''; give it a value of type str",
            id="an empty question",
        ),
        pytest.param(
            "quote = ['A03']", "quote = []", "3: quote is []; give it a value", id="nothing quoted"
        ),
        pytest.param(
            "quote = ['A03']", "quote = 'A03'", "3: quote is 'A03'; give it", id="no list quoted"
        ),
        pytest.param(
            "starting = true",
            'starting = "yes"',
            "7: starting is 'yes'; give it a value of type bool",
            id="starting in words",
        ),
        pytest.param(
            "phrasings = '''",
            "also = 3\nphrasings = '''",
            "8: also is 3; give it a value of type dict",
            id="also is no table",
        ),
        pytest.param("phrasings = '''", "phrasings = '", "8: is not TOML (", id="bad TOML"),
    ],
)
def test_a_faulty_card_is_an_error_with_its_line(
    cards: Path, old: str, new: str, error: str
) -> None:
    edit(cards / "A03.toml", old, new)
    with pytest.raises(CorpusError) as caught:
        load_cards(cards)
    assert str(caught.value).startswith(f"A03.toml:{error}")


def test_phrasings_that_are_no_text_are_an_error_with_their_line(cards: Path) -> None:
    write(cards / "A03.toml", card("A03") + '\n[also]\n"A04" = ["one", "two"]\n')
    with pytest.raises(CorpusError, match=r"^A03\.toml:12: A04 is .+; give it lines of text$"):
        load_cards(cards)


def test_two_cards_for_one_passage_are_an_error(cards: Path) -> None:
    write(cards / "A99.toml", card("A03", phrasings="something else"))
    error = r"^A99\.toml:2: A03 has a card already \(A03\.toml\); join the two cards$"
    with pytest.raises(CorpusError, match=error):
        load_cards(cards)


# Messages that no passage answers.


def test_each_message_is_of_the_kind_that_its_file_names(messages: Path) -> None:
    told = [(one.text, one.labels, one.line) for one in load_messages(messages)]
    assert ("how old is the lichen on my church", ("near_miss",), 1) in told
    assert ("which gene makes it yellow", ("near_miss",), 2) in told
    assert ("how do I boil an egg", ("off_topic",), 2) in told
    assert ("bye then", ("smalltalk",), 4) in told
    assert len(told) == 4 * len(KINDS)


def test_an_unknown_kind_of_message_is_an_error_that_names_the_kinds(messages: Path) -> None:
    write(messages / "chatter.txt", "hello\n")
    with pytest.raises(CorpusError) as caught:
        load_messages(messages)
    kinds = ", ".join(KINDS)
    assert str(caught.value) == (
        f"chatter.txt:1: 'chatter' is no kind of message; use one of {kinds}"
    )


def test_messages_that_are_not_utf8_are_an_error_at_their_line(messages: Path) -> None:
    (messages / "off_topic.txt").write_bytes(b"how do I\nboil an \xffegg\n")
    with pytest.raises(CorpusError, match=r"^off_topic\.txt:2: is not UTF-8"):
        load_messages(messages)


# The same words twice.


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("What is lichen?", "what is lichen", id="case and question mark"),
        pytest.param("whats it", "what's it", id="an apostrophe"),
        pytest.param("what’s it", "what's it", id="a curly apostrophe"),
        pytest.param("a  b", "a b", id="two spaces"),
        pytest.param("café", "cafe\u0301", id="an accent written in two ways"),
        pytest.param("café", "cafe", id="an accent"),
        pytest.param("well - yes", "well, yes", id="a dash"),
        pytest.param("???", "???", id="nothing but marks"),
    ],
)
def test_the_same_words_are_an_error_that_names_both_places(one: str, other: str) -> None:
    with pytest.raises(CorpusError) as caught:
        check_phrasings([phrasing("else"), phrasing(one, 4), phrasing(other, 9)])
    assert str(caught.value) == (
        f"A01.toml:9: {other!r} stands already in A01.toml:4; keep it where the best answer is"
    )


@pytest.mark.parametrize(
    ("one", "other"), [("ref 1", "ref 2"), ("will it", "it will"), ("?", "!"), ("38", "39")]
)
def test_other_words_are_no_repetition(one: str, other: str) -> None:
    check_phrasings([phrasing(one), phrasing(other)])


def test_words_are_compared_in_lower_case_without_marks() -> None:
    assert normalised("  It’s CD44, isn't IT – Énorme? ") == "its cd44 isnt it enorme"


def test_every_made_up_card_is_loaded(cards: Path) -> None:
    assert {one.passage for one in load_cards(cards)} == CARDED
