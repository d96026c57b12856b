"""Misspelt words are mended before a question is read; right ones, and the patient's own, stay."""

from pathlib import Path

import pytest

from bot import Chatbot
from corpus import CorpusError, right_words, short_forms
from index.spelling import COMMON, Spelling, save_spelling
from settings import Settings

SAID = (
    "Does lichen harm the tiles?",
    "Is lichen growing on every surface?",
    "It wasn't removed from the old stone",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "spelling.json"


def learnt(file: Path, *texts: str) -> Spelling:
    """The spelling of the dictionary and of `texts`."""
    save_spelling(file, texts)
    return Spelling(file)


@pytest.fixture(scope="module")
def spelling(tmp_path_factory: pytest.TempPathFactory) -> Spelling:
    return learnt(tmp_path_factory.mktemp("spelling") / "spelling.json", *SAID)


def test_right_words_are_left(spelling: Spelling) -> None:
    # In the dictionary, though no card says them and some are near to words that one does.
    text = "The stove was harmed; a linen mat, smiles and a serving of plough mud."
    assert spelling.mended(text) == text


def test_every_word_on_the_cards_that_is_right_is_left(spelling: Spelling) -> None:
    assert [spelling.mended(text) for text in SAID] == list(SAID)


@pytest.mark.parametrize("word", ["colour", "mould", "oestrogen"])
def test_a_spelling_that_is_common_on_the_cards_is_left(word: str, file: Path) -> None:
    # The dictionary is American. "color", "would" and "estrogen" are near.
    spelling = learnt(file, *[word] * COMMON, "color would estrogen")
    assert spelling.mended(word) == word


def test_a_spelling_that_is_rare_on_the_cards_may_be_a_mistake(file: Path) -> None:
    spelling = learnt(file, *["lihcen"] * (COMMON - 1), "lichen")
    assert spelling.mended("lihcen") == "lichen"


def test_short_words_are_left(spelling: Spelling) -> None:
    assert spelling.mended("hrm od tls") == "hrm od tls"


@pytest.mark.parametrize("wrong", ["lichan", "licen", "lichenn", "lcihen"])
def test_one_letter_wrong_missing_more_or_swapped_is_mended(wrong: str, spelling: Spelling) -> None:
    assert spelling.mended(f"will {wrong} ruin it?") == "will lichen ruin it?"


@pytest.mark.parametrize(
    ("wrong", "mended"),
    [
        ("growimh", "growing"),
        ("surfsve", "surface"),
        ("rmeoevd", "removed"),
        ("lixhxn", "lixhxn"),
        ("tolds", "tolds"),
        ("growxyz", "growxyz"),
    ],
)
def test_two_letters_may_be_wrong_in_long_words_only(
    wrong: str, mended: str, spelling: Spelling
) -> None:
    assert spelling.mended(wrong) == mended


def test_what_is_near_to_no_word_on_the_cards_is_left(spelling: Spelling) -> None:
    assert spelling.mended("xylqophz kwrble") == "xylqophz kwrble"


def test_the_nearer_word_goes_before_the_one_that_is_said_more_often(file: Path) -> None:
    spelling = learnt(file, "growing growing growing", "groaning")
    assert spelling.mended("groanimg") == "groaning"


def test_of_two_equally_near_words_the_one_with_the_same_first_letter_is_taken(file: Path) -> None:
    spelling = learnt(file, "roof roof roof", "mood")
    assert spelling.mended("moof") == "mood"


def test_then_the_one_that_is_said_most_often(file: Path) -> None:
    assert learnt(file, "miss", "moss moss moss", "mass mass").mended("mpss") == "moss"
    assert learnt(file, "miss miss miss", "moss", "mass mass").mended("mpss") == "miss"


@pytest.mark.parametrize(
    "said", ["wasn't want want want", "wasn’t want want want"], ids=["straight", "curly"]
)
def test_a_lost_apostrophe_loses_no_negation(said: str, file: Path) -> None:
    # "want" is as near, and said more often.
    assert learnt(file, said).mended("it wasnt there") == "it wasn't there"


@pytest.mark.parametrize("word", ["doesn't", "doesn’t", "wasn’t", "they're", "they’re"])
def test_apostrophes_stay_as_they_are_typed(word: str, spelling: Spelling) -> None:
    assert spelling.mended(word) == word


def test_an_apostrophe_in_the_wrong_place_is_mended(spelling: Spelling) -> None:
    assert spelling.mended("it was'nt 'lichan'") == "it wasn't 'lichen'"


def test_capitals_stay_on_right_words_and_hide_no_mistake(spelling: Spelling) -> None:
    assert spelling.mended("Does LICHEN harm Tiles") == "Does LICHEN harm Tiles"
    assert spelling.mended("LICHAN on a Surfase") == "lichen on a surface"


@pytest.mark.parametrize(
    "text",
    [
        "BRCA1, CD44 and HER2",
        "t1les 4stone stonne2",  # a name, a code: no word with a letter wrong
        "38.5 or 10⁶, 50%",
        "😢🪨👍🏽 :-)",
        "苔藓 лишайник",
        "\n\t  ",
        "",
    ],
)
def test_digits_emoji_and_other_scripts_are_untouched(text: str, spelling: Spelling) -> None:
    assert spelling.mended(text) == text


def test_what_stands_around_a_misspelt_word_is_untouched(spelling: Spelling) -> None:
    assert spelling.mended("😢lichan😢,  (tilles)\n2 stonne") == "😢lichen😢,  (tiles)\n2 stone"


def test_mending_twice_changes_nothing_more(spelling: Spelling) -> None:
    mended = spelling.mended("dose lichan hram teh tilles, growimh on stonne")
    assert spelling.mended(mended) == mended


def test_the_same_texts_give_the_same_file_in_any_order(tmp_path: Path) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    save_spelling(one, SAID)
    save_spelling(other, reversed(SAID))
    assert one.read_bytes() == other.read_bytes()


def test_words_that_only_the_dictionary_knows_are_mended_to_by_nobody(spelling: Spelling) -> None:
    # "kitchen" is a word, but no card is about one.
    assert spelling.mended("kitchrn") == "kitchrn"


MISSPELT = "Wot are CANCRE stem cels?"


def test_the_question_stays_as_the_patient_wrote_it(chatbot: Chatbot) -> None:
    answer = chatbot.ask(MISSPELT)
    assert answer.outcome == "answered"
    assert answer.question == MISSPELT
    assert answer.understood_as is None
    assert "I understood" not in answer.reply
    assert "cancer stem cells (CSCs)" in answer.quotes[0].text


@pytest.mark.parametrize(
    "word", ["metastasised", "analysed", "realised", "fibre", "tumour", "oesophagus", "anaesthetic"]
)
def test_a_british_spelling_is_right(word: str, file: Path) -> None:
    near = "metastasis analysis relapsed fire rumor esophagus anesthetic"
    assert learnt(file, near).mended(word) == word


def test_words_that_people_listed_are_right(file: Path) -> None:
    save_spelling(file, ["a mess of stains"], ["meds", "Statins"])
    assert Spelling(file).mended("meds or statins") == "meds or statins"


def test_our_list_of_right_words_can_be_read() -> None:
    words = right_words(Settings().corpus)
    assert {"meds", "statins"} <= set(words)
    assert not [word for word in words if word.startswith("#") or " " in word]


def test_without_a_list_there_are_no_such_words(tmp_path: Path) -> None:
    assert right_words(tmp_path) == ()


def test_short_forms_are_written_out(file: Path) -> None:
    save_spelling(file, SAID, short_forms={"u": "you", "b4": "before"})
    assert Spelling(file).mended("did U see it b4, u know") == "did you see it before, you know"
    assert Spelling(file).mended("a U-bend and BRCA1b4") == "a you-bend and BRCA1b4"


def test_a_british_word_can_be_mended_to(file: Path) -> None:
    assert learnt(file, "the tumour is gone").mended("tumuor") == "tumour"


def test_a_mistake_that_many_make_is_still_one(file: Path) -> None:
    spelling = learnt(file, *["lihcen"] * COMMON, *["lichen"] * COMMON * 20)
    assert spelling.mended("lihcen") == "lichen"


def test_a_wrong_first_letter_is_mended_to_what_is_said_far_more_often(file: Path) -> None:
    assert learnt(file, "anger", *["cancer"] * 50).mended("ancer") == "cancer"
    assert learnt(file, "anger", *["cancer"] * 5).mended("ancer") == "anger"


@pytest.mark.parametrize("line", ["u you", "= you", "u =", "U = you", "u = you\nu = your"])
def test_a_short_form_that_cannot_be_read_names_its_line(line: str, tmp_path: Path) -> None:
    (tmp_path / "short_forms.txt").write_text(f"# heading\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"short_forms\.txt:[23]: "):
        short_forms(tmp_path)


def test_our_short_forms_can_be_read(settings: Settings) -> None:
    assert short_forms(settings.corpus)["wots"] == "what's"
