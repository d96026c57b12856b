"""What can be quoted, with which sentences, and what becomes of a card when the text changes."""

from pathlib import Path

import pytest

from corpus import MOST_WORDS, Corpus, CorpusError, Passage, load_corpus
from settings import Settings
from tests.corpus_folder import ARTICLE, SENTENCES, card, edit, write, write_corpus

QUOTED = {
    "A02": ("A02",),
    "A03": ("A03",),
    "A04": ("A03", "A04"),
    "A06": ("A06",),
    "A07": ("A06", "A07"),
    "A08": ("A08",),
    "A09": ("A08", "A09"),
    "A10": ("A08", "A09", "A10"),
    "A11": ("A11", "A12"),
    "A12": ("A12",),
    "A13": ("A13", "A14"),
    "A14": ("A13", "A14"),
    "A15": ("A13", "A14", "A15"),
    "A17": ("A17",),
    "A18": ("A18",),
    "A19": ("A19", "A20"),
    "A20": ("A20",),
    "A21": ("A20", "A21"),
    "A22": ("A22",),
    "A23": ("A23", "A24"),
    "A24": ("A23", "A24"),
    "A25": ("A25", "A26"),
    "A26": ("A25", "A26"),
    "R": ("R1", "R2", "R3", "R4", "R5", "R6", "R7"),
    **{f"R{number}": (f"R{number}",) for number in range(1, 8)},
}
"""With which sentences our cards quote each passage."""

NUMBERS = {
    **dict.fromkeys(["A02", "A17", "A18", "A27", "A28", "A29", "A30"], ()),
    **dict.fromkeys(["A03", "A08", "A09", "A10"], (1,)),
    **dict.fromkeys(["A06", "A07", "A11", "A12", "A13", "A14"], (3,)),
    **dict.fromkeys(["A19", "A20", "A21"], (4, 5, 6)),
    **dict.fromkeys(["A23", "A24"], (4,)),
    **dict.fromkeys(["A25", "A26"], (7,)),
    "A04": (1, 2),
    "A15": (1, 3),
    "A22": (4, 6, 7),
    "R": (1, 2, 3, 4, 5, 6, 7),
    **{f"R{number}": (number,) for number in range(1, 8)},
}
"""The numbers printed in the words that each passage of ours is quoted with."""

LONG = " ".join(["Lichen", *["grows"] * 30, "on."])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_corpus(tmp_path)


@pytest.fixture(scope="module")
def ours() -> Corpus:
    return load_corpus(Settings().corpus)


def by_id(corpus: Corpus) -> dict[str, Passage]:
    return {passage.id: passage for passage in corpus.passages}


def quoted(passage: Passage) -> tuple[str, ...]:
    return tuple(sentence.id for sentence in passage.sentences)


def labels(corpus: Corpus, text: str) -> tuple[str, ...]:
    return next(one.labels for one in corpus.phrasings if one.text == text)


def check_sound(corpus: Corpus) -> None:
    """Ids are unique, every quote is in its file, and headings are never quoted."""
    ids = [passage.id for passage in corpus.passages]
    assert len(ids) == len(set(ids))
    for passage in corpus.passages:
        assert passage.document.text[passage.start : passage.end] == passage.text
        assert passage.start <= passage.focus[0] < passage.focus[1] <= passage.end
        assert passage.kind in ("body", "byline", "summary", "reference")
        assert passage.kind == "reference" or len(passage.text.split()) <= MOST_WORDS


# Our passages.


def test_our_cards_quote_these_sentences(ours: Corpus) -> None:
    carded = [one for one in ours.passages if one.card and one.document.name == "article"]
    assert {passage.id: quoted(passage) for passage in carded} == QUOTED


def test_our_passages_show_the_numbers_printed_in_their_words(ours: Corpus) -> None:
    article = [one for one in ours.passages if one.document.name == "article"]
    assert {passage.id: passage.numbers for passage in article} == NUMBERS


def test_a_passage_of_a_note_has_the_number_of_its_source(ours: Corpus) -> None:
    notes = [one for one in ours.passages if one.document.layer == "note"]
    assert {one.numbers for one in notes} == {(number,) for number in range(1, 8)}
    assert all(one.document.name == f"ref-{one.numbers[0]}" for one in notes)


def test_our_passages_are_sound(ours: Corpus) -> None:
    check_sound(ours)


def test_every_sentence_of_our_body_has_a_card_and_the_summary_none(ours: Corpus) -> None:
    assert all(bool(one.card) == (one.kind != "summary") for one in ours.passages)
    body = {
        sentence.id
        for _, paragraph in ours.document("article").paragraphs()
        if paragraph.kind == "body"
        for sentence in paragraph.sentences
    }
    assert body <= by_id(ours).keys()


def test_our_cards_are_written_for_the_words_as_they_are(ours: Corpus) -> None:
    carded = [passage for passage in ours.passages if passage.card]
    lines = [one for one in carded if one.document.name == "article"]
    assert all(passage.in_short for passage in lines)


def test_the_closing_summary_of_our_article_gives_way_to_the_body(ours: Corpus) -> None:
    assert {one.id: one.gives_way for one in ours.passages if one.gives_way} == {
        "A27": "A03",
        "A28": "A06",
        "A29": "A24",
        "A30": "A26",
    }


def test_the_sentence_that_answers_is_the_focus_and_the_whole_list_is_its_own(ours: Corpus) -> None:
    passages = by_id(ours)
    assert passages["A21"].focus_text == (
        "This means they can start the growth of a tumour by themselves."
    )
    assert passages["R"].focus_text == passages["R"].text
    assert passages["R"].text.startswith("1. National Cancer Institute")
    assert passages["R"].text.endswith("Medicine, 95(S1)")


# Without a card.


def test_a_sentence_without_a_card_is_quoted_alone_when_it_prints_a_number(folder: Path) -> None:
    assert quoted(by_id(load_corpus(folder))["A09"]) == ("A09",)


def test_a_sentence_without_a_number_is_quoted_with_the_next_that_prints_it(folder: Path) -> None:
    passage = by_id(load_corpus(folder))["A11"]
    assert (quoted(passage), passage.numbers) == (("A11", "A12"), (3,))
    assert passage.focus_text == SENTENCES["A11"]


def test_the_next_sentence_is_left_out_when_it_prints_no_number(folder: Path) -> None:
    edit(folder / "article.txt", "a figure (3).", "a figure.")
    assert quoted(by_id(load_corpus(folder))["A11"]) == ("A11",)


def test_the_next_paragraph_is_left_out(folder: Path) -> None:
    edit(folder / "article.txt", "end in a figure (3).", "end in a figure.\n\nAnother one (3).")
    assert quoted(by_id(load_corpus(folder))["A12"]) == ("A12",)


def test_two_sentences_that_are_too_long_together_are_not_joined(folder: Path) -> None:
    edit(folder / "article.txt", SENTENCES["A11"], LONG)
    edit(folder / "article.txt", SENTENCES["A12"], LONG.replace("on.", "on (3)."))
    corpus = load_corpus(folder)
    assert quoted(by_id(corpus)["A11"]) == ("A11",)
    check_sound(corpus)


def test_a_sentence_that_is_too_long_is_never_quoted(folder: Path) -> None:
    edit(folder / "article.txt", SENTENCES["A11"], f"{LONG[:-1]}, {LONG}")
    corpus = load_corpus(folder)
    assert "A11" not in by_id(corpus)
    check_sound(corpus)


def test_headings_are_never_passages(folder: Path) -> None:
    assert not {"A01", "A05", "A10"} & by_id(load_corpus(folder)).keys()


def test_passages_come_in_the_order_of_the_text(folder: Path) -> None:
    passages = load_corpus(folder).passages
    for name in ("article", "ref-2"):
        places = [passage.focus for passage in passages if passage.document.name == name]
        assert places == sorted(places)


# The sentences of a card.


@pytest.mark.parametrize(
    "quote",
    [("A06",), ("A06", "A07"), ("A06", "A07", "A08")],
    ids=["one sentence", "two sentences", "three sentences"],
)
def test_a_card_may_quote_up_to_three_sentences(folder: Path, quote: tuple[str, ...]) -> None:
    write(folder / "cards" / "A06.toml", card("A06", quote))
    corpus = load_corpus(folder)
    assert quoted(by_id(corpus)["A06"]) == quote
    assert corpus.faults == ()


@pytest.mark.parametrize(
    ("passage", "quote", "words", "error"),
    [
        pytest.param(
            "A09",
            ("A08", "A09"),
            f"{SENTENCES['A08']}\n\n{SENTENCES['A09']}",
            "the sentences stand in two paragraphs; mend quote",
            id="two paragraphs",
        ),
        pytest.param(
            "A05", ("A05",), "Why does lichen grow on roofs?", "a heading has no card", id="heading"
        ),
        pytest.param(
            "A01", ("A01",), "Lichen on roofs: Should it stay?", "a title has no card", id="title"
        ),
        pytest.param("A14", ("A14",), "", "a summary has no card; remove the card", id="summary"),
        pytest.param(
            "A09", ("A12",), "", "A09 is not in its own quote; mend quote", id="another sentence"
        ),
    ],
)
def test_a_card_that_cannot_be_quoted_is_an_error_at_its_quote(
    folder: Path, passage: str, quote: tuple[str, ...], words: str, error: str
) -> None:
    write(folder / "cards" / "new.toml", card(passage, quote, words=words))
    with pytest.raises(CorpusError) as caught:
        load_corpus(folder)
    assert str(caught.value).startswith(f"new.toml:3: {error}")


def test_a_card_of_four_sentences_is_an_error(folder: Path) -> None:
    edit(folder / "article.txt", SENTENCES["A07"], "It has no roots. It eats little.")
    words = ARTICLE.splitlines()[8].replace("no roots.", "no roots. It eats little.")
    write(folder / "cards" / "A06.toml", card("A06", ("A06", "A07", "A08", "A09"), words=words))
    error = r"^A06\.toml:3: 4 sentences with 31 words; quote at most 3 sentences and 60 words$"
    with pytest.raises(CorpusError, match=error):
        load_corpus(folder)


@pytest.mark.parametrize(("more", "sound"), [(0, True), (1, False)], ids=["60 words", "61 words"])
def test_a_card_of_more_than_sixty_words_is_an_error(folder: Path, more: int, sound: bool) -> None:
    long = " ".join(["So", *["long"] * (MOST_WORDS - 1 + more)]) + "."
    edit(folder / "article.txt", SENTENCES["A11"], long)
    write(folder / "cards" / "A11.toml", card("A11", words=long))
    if sound:
        assert by_id(load_corpus(folder))["A11"].text == long
    else:
        with pytest.raises(CorpusError, match=r"^A11\.toml:3: 1 sentences with 61 words; quote at"):
            load_corpus(folder)


def test_the_whole_list_of_references_is_one_quote_however_long(folder: Path) -> None:
    words = ARTICLE[ARTICLE.index("1. Moss") :].strip()
    quote = ("R1", "R2", "R3")
    write(folder / "cards" / "R.toml", card("R", quote, words=words, in_short="The sources."))
    passage = by_id(load_corpus(folder))["R"]
    assert (passage.text, passage.numbers) == (words, (1, 2, 3))
    assert passage.focus == (passage.start, passage.end)


# When the text changes.


def test_a_card_finds_its_words_where_they_have_moved(folder: Path) -> None:
    edit(folder / "article.txt", "Lichen is a fungus", "A word first. Lichen is a fungus")
    corpus = load_corpus(folder)
    check_sound(corpus)
    moved = by_id(corpus)["A04"]
    assert quoted(moved) == ("A04", "A05")
    assert moved.focus_text == SENTENCES["A04"]
    assert moved.in_short == "Lichen grows on roofs where the air is not dirty."
    assert not any("card of" in fault for fault in corpus.faults)


def test_a_sentence_whose_name_a_moved_card_holds_gets_another(folder: Path) -> None:
    edit(folder / "article.txt", "Lichen is a fungus", "A word first. Lichen is a fungus")
    assert by_id(load_corpus(folder))["A03+"].text.startswith("A word first.")


def test_a_card_keeps_its_place_when_its_words_change_but_not_its_line(folder: Path) -> None:
    edit(folder / "article.txt", "rain has made them rough", "frost has made them rough")
    edit(folder / "support.toml", "rain has made them rough", "frost has made them rough")
    corpus = load_corpus(folder)
    passage = by_id(corpus)["A06"]
    assert "frost" in passage.text
    assert passage.card
    assert passage.in_short is None
    assert corpus.faults == (
        "A06.toml:4: the card of A06 was written for other words; read it again",
    )
    assert labels(corpus, "why old tiles") == ("A06",)


def test_a_change_beside_the_sentence_that_answers_also_hides_the_line(folder: Path) -> None:
    edit(folder / "article.txt", "It has no roots.", "It has no roots at all.")
    assert by_id(load_corpus(folder))["A08"].in_short is None


@pytest.mark.parametrize(
    ("removed", "passage", "phrasing"),
    [
        pytest.param(
            f" {SENTENCES['A04']}", "A04", "air quality and lichen", id="before a heading"
        ),
        pytest.param(f"{SENTENCES['A06']} ", "A06", "why old tiles", id="before another card"),
    ],
)
def test_a_removed_passage_leaves_its_phrasings_as_near_misses(
    folder: Path, removed: str, passage: str, phrasing: str
) -> None:
    write(folder / "cards" / "A07.toml", card("A07"))
    edit(folder / "article.txt", removed, "")
    corpus = load_corpus(folder)
    check_sound(corpus)
    assert passage not in by_id(corpus)
    assert labels(corpus, phrasing) == ("near_miss",)
    assert any(fault.startswith(f"{passage}.toml:") for fault in corpus.faults)


def test_a_phrasing_keeps_the_passages_that_are_left(folder: Path) -> None:
    assert labels(load_corpus(folder), "tell me about lichen") == ("A04", "A03")
    edit(folder / "article.txt", f" {SENTENCES['A04']}", "")
    assert labels(load_corpus(folder), "tell me about lichen") == ("A03",)


def test_a_card_whose_place_is_a_heading_now_is_gone(folder: Path) -> None:
    write(folder / "cards" / "A09.toml", card("A09"))
    edit(folder / "article.txt", f"{SENTENCES['A09']}\n\n", "")
    corpus = load_corpus(folder)
    check_sound(corpus)
    assert "A09.toml:3: a heading has no card; remove the card" in corpus.faults
    assert labels(corpus, "tell me A09") == ("near_miss",)


def test_a_new_paragraph_within_a_quote_does_not_stop_the_rest(folder: Path) -> None:
    edit(folder / "article.txt", "no roots. This", "no roots.\n\nThis")
    corpus = load_corpus(folder)
    check_sound(corpus)
    assert "A08.toml:3: the sentences stand in two paragraphs; mend quote" in corpus.faults


def test_cards_keep_their_own_place_among_equal_words(folder: Path) -> None:
    edit(folder / "article.txt", SENTENCES["A11"], SENTENCES["A07"])
    for passage in ("A07", "A11"):
        text = card(passage, words=SENTENCES["A07"], in_short="It has no roots.")
        write(folder / "cards" / f"{passage}.toml", text)
    passages = by_id(load_corpus(folder))
    assert (quoted(passages["A07"]), quoted(passages["A11"])) == (("A07",), ("A11",))


# The closing summary.


def test_a_sentence_of_the_summary_gives_way_to_the_passage_named(folder: Path) -> None:
    passages = by_id(load_corpus(folder))
    assert (passages["A13"].gives_way, passages["A14"].gives_way) == ("A04", "A08")
    assert passages["A12"].gives_way is None


def test_no_sentence_gives_way_once_the_summary_has_moved(folder: Path) -> None:
    edit(folder / "article.txt", "Lichen is a fungus", "A word first. Lichen is a fungus")
    corpus = load_corpus(folder)
    assert not any(passage.gives_way for passage in corpus.passages)
    assert corpus.faults == (
        "article.toml:10: A13 gives way, but is no sentence of the summary;"
        " count its sentences anew",
    )


@pytest.mark.parametrize("target", ["A09", "A99"], ids=["without a card", "unknown"])
def test_a_sentence_gives_way_only_to_a_passage_with_a_card(folder: Path, target: str) -> None:
    edit(folder / "article.toml", 'A14 = "A08"', f'A14 = "{target}"')
    corpus = load_corpus(folder)
    assert by_id(corpus)["A14"].gives_way is None
    assert by_id(corpus)["A13"].gives_way == "A04"
    assert corpus.faults == (
        f"article.toml:11: A14 gives way to {target!r}, which has no card; name one that has",
    )
