"""How an article becomes sections, paragraphs and sentences, and which numbers stand in each."""

import hashlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import CorpusError, Document, load_corpus, load_references
from corpus.article import load_article
from settings import Settings
from tests.corpus_folder import LISTED, SENTENCES, edit, write, write_corpus

ARTICLE_SHA256 = "8e6144dd7f9035feec66e2b28bc0f90b46d3abeebe9f49e3a476f14ef6b68142"

PRINTED = {
    "A03": (1,),
    "A04": (2,),
    "A06": (3,),
    "A08": (1,),
    "A10": (1,),  # "cancer1."
    "A12": (3,),
    "A14": (3,),
    "A15": (1,),  # "time1."
    "A20": (4, 5, 6),
    "A22": (4, 6, 7),
    "A24": (4,),
    "A26": (7,),
}
"""The numbers that our article prints, by sentence; all its other sentences print none."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_corpus(tmp_path)


@pytest.fixture(scope="module")
def article() -> Document:
    return load_corpus(Settings().corpus).document("article")


def loaded(folder: Path) -> Document:
    return load_article(folder, load_references(folder / "references.toml"))[0]


def kinds(document: Document) -> list[tuple[str, str, list[str]]]:
    return [
        (section.heading, paragraph.kind, [one.id for one in paragraph.sentences])
        for section, paragraph in document.paragraphs()
    ]


def check_places(document: Document) -> None:
    """Every sentence and paragraph is where it says, and between sentences is only white space."""
    end = 0
    for _, paragraph in document.paragraphs():
        assert paragraph.start == paragraph.sentences[0].start
        assert paragraph.end == paragraph.sentences[-1].end
        for sentence in paragraph.sentences:
            assert document.text[sentence.start : sentence.end] == sentence.text
            assert sentence.text == sentence.text.strip() != ""
            assert document.text[end : sentence.start].strip() == ""
            end = sentence.end
    assert document.text[end:].strip() == ""


# Our article.


def test_our_article_is_kept_byte_for_byte(article: Document) -> None:
    assert hashlib.sha256(article.path.read_bytes()).hexdigest() == ARTICLE_SHA256
    assert article.sha256 == ARTICLE_SHA256


def test_every_sentence_of_our_article_carries_the_numbers_printed_in_it(article: Document) -> None:
    body = [one for one in article.sentences() if one.id.startswith("A")]
    assert [one.id for one in body] == [f"A{count:02}" for count in range(1, 31)]
    assert {one.id: one.numbers for one in body if one.numbers} == PRINTED


def test_every_entry_of_our_list_carries_its_own_number(article: Document) -> None:
    entries = {one.id: one.numbers for one in article.sentences() if one.id.startswith("R")}
    assert entries == {f"R{number}": (number,) for number in range(1, 8)}


def test_our_glued_marks_are_read_and_stay_in_the_words(article: Document) -> None:
    sentences = {one.id: one for one in article.sentences()}
    assert sentences["A10"].text == "When they do this, they become a recurrent cancer1."
    assert sentences["A15"].text.endswith("a recurrent cancer at a later time1.")


def test_entries_that_our_article_breaks_over_a_blank_line_are_whole(article: Document) -> None:
    sentences = {one.id: one.text for one in article.sentences()}
    assert sentences["R5"].endswith("ISRN Oncology,\n\nArticle ID 290568.")
    assert sentences["R6"].endswith("Tumor Relapse.\n\nCancers, 13(376).")


def test_our_article_slices_back_and_nothing_is_lost(article: Document) -> None:
    check_places(article)


def test_our_article_has_five_sections(article: Document) -> None:
    assert [section.heading for section in article.sections] == [
        "Cancer recurrence: What do we know?",
        "What causes cancer recurrence?",
        "Recent research on cancer recurrence",
        "Closing summary",
        "References",
    ]


# A made-up article.


def test_paragraphs_know_their_section_and_kind(folder: Path) -> None:
    assert kinds(loaded(folder)) == [
        ("Lichen on roofs: Should it stay?", "title", ["A01"]),
        ("Lichen on roofs: Should it stay?", "byline", ["A02"]),
        ("Lichen on roofs: Should it stay?", "body", ["A03", "A04"]),
        ("Why does lichen grow on roofs?", "heading", ["A05"]),
        ("Why does lichen grow on roofs?", "body", ["A06", "A07", "A08"]),
        ("Why does lichen grow on roofs?", "body", ["A09"]),
        ("Recent research on lichen", "heading", ["A10"]),
        ("Recent research on lichen", "body", ["A11", "A12"]),
        ("Closing summary", "summary", ["A13", "A14"]),
        ("References", "reference", ["R1"]),
        ("References", "reference", ["R2"]),
        ("References", "reference", ["R3"]),
    ]


def test_sentences_are_split_where_they_end(folder: Path) -> None:
    words = {one.id: one.text for one in loaded(folder).sentences()}
    assert {id: words[id] for id in SENTENCES} == SENTENCES


def test_names_that_end_in_a_figure_are_no_marks(folder: Path) -> None:
    sentence = next(one for one in loaded(folder).sentences() if "BRCA1 and CD44" in one.text)
    assert sentence.numbers == ()


def test_a_mark_glued_to_a_word_is_read_where_it_is_listed(folder: Path) -> None:
    numbers = {one.id: one.numbers for one in loaded(folder).sentences()}
    assert (numbers["A08"], numbers["A09"]) == ((2,), (2, 3))


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        pytest.param("(1), (3)", (1, 3), id="one by one"),
        pytest.param("(1, 3)", (1, 3), id="together"),
        pytest.param("(1,3)", (1, 3), id="without a space"),
        pytest.param("(3), (1)", (3, 1), id="as printed, not in order"),
        pytest.param("(1), (1)", (1,), id="twice"),
        pytest.param("(1),\n(3)", (1, 3), id="over two lines"),
        pytest.param("(2019)", (), id="a year"),
        pytest.param("(about 3)", (), id="words"),
        pytest.param("[1]", (), id="square brackets"),
        pytest.param("CD44 and BRCA1", (), id="a name"),
    ],
)
def test_numbers_are_read_as_they_are_printed(
    folder: Path, printed: str, numbers: tuple[int, ...]
) -> None:
    edit(folder / "article.txt", "It has no roots.", f"It has no roots {printed}.")
    assert next(one for one in loaded(folder).sentences() if one.id == "A07").numbers == numbers


def test_line_ends_of_another_system_are_left_as_they_are(tmp_path: Path) -> None:
    write(tmp_path / "article.toml", 'file = "article.txt"\n')
    write(tmp_path / "references.toml", "")
    write(tmp_path / "article.txt", "One line.\r\nTwo lines.\r\n\r\nAnother.\r\n")
    document = loaded(tmp_path)
    assert [one.text for one in document.sentences()] == ["One line.", "Two lines.", "Another."]
    assert document.text.count("\r\n") == 4
    check_places(document)


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u2028", "\x85"], ids=ascii)
def test_unusual_white_space_is_kept_and_stops_nothing(tmp_path: Path, space: str) -> None:
    write(tmp_path / "article.toml", 'file = "article.txt"\n')
    write(tmp_path / "references.toml", "")
    write(tmp_path / "article.txt", f"Tile B{space}. .é{space}and moss.")
    document = loaded(tmp_path)
    assert document.text == f"Tile B{space}. .é{space}and moss."
    check_places(document)


# Articles that break a rule.


@pytest.mark.parametrize(
    ("file", "old", "new", "error"),
    [
        pytest.param(
            "article.txt",
            "no roots.",
            "no roots (4).",
            r"article\.txt:9: \(4\) has no reference; add reference 4 to references\.toml",
            id="a number without a reference",
        ),
        pytest.param(
            "article.txt",
            "rough (1)",
            "rough (4)",
            r"article\.txt:9: \(4\) has no reference",
            id="a wrong number",
        ),
        pytest.param(
            "article.txt",
            "at all2.",
            "at all (2).",
            r"references\.toml:3: the glued mark 'the tiles at all2\.' stands nowhere in article",
            id="a glued mark that is not there",
        ),
        pytest.param(
            "article.txt",
            "It has no roots.",
            "Nor does it harm the tiles at all2.",
            r"references\.toml:3: the glued mark 'the tiles at all2\.' stands more than once",
            id="a glued mark that is there twice",
        ),
        pytest.param(
            "article.txt",
            "What Grows Up There?",
            "What Grows There?",
            r"references\.toml:17: the printed entry of reference 2 stands nowhere in article\.txt",
            id="an entry that is not printed",
        ),
        pytest.param(
            "article.txt",
            "It has no roots.",
            "\n\n1. Moss, A., 2019. Living Stone. Roof Journal, 12(3).\n\n",
            r"references\.toml:7: the printed entry of reference 1 stands more than once",
            id="an entry that is printed twice",
        ),
        pytest.param(
            "references.toml",
            "\n\nAnnals of Tiles, Article 7.'''",
            "'''",
            r"article\.txt:27: 'Annals of Tiles, Article 7\.' stands among the references but",
            id="half an entry",
        ),
        pytest.param(
            "references.toml",
            "Roof Journal, 12(3).'''",
            "'''",
            r"references\.toml:7: the printed entry of reference 1 stands nowhere",
            id="an entry cut short in its line",
        ),
        pytest.param(
            "article.txt",
            "Annals of Tiles, Article 7.\n",
            "Annals of Tiles, Article 7.\n\n4. Nobody, 2020. Unlisted.\n",
            r"article\.txt:29: '4\. Nobody, 2020\. Unlisted\.' stands among the references",
            id="an entry that is not listed",
        ),
        pytest.param(
            "article.toml",
            'title = "Lichen on roofs',
            'title = "Lichen on walls',
            r"article\.toml:3: title 'Lichen on walls: Should it stay\?' is no paragraph of",
            id="another title",
        ),
        pytest.param(
            "article.toml",
            '"Recent research on lichen"]',
            '"Recent research"]',
            r"article\.toml:5: headings 'Recent research' is no paragraph of article\.txt; copy it",
            id="half a heading",
        ),
        pytest.param(
            "article.txt",
            "Recent research on lichen\n\n",
            "Recent research on lichen ",
            r"article\.toml:5: headings 'Recent research on lichen' is no paragraph",
            id="a heading in front of its text",
        ),
        pytest.param(
            "article.toml",
            "air isn’t dirty.",
            "air is clean.",
            r"article\.toml:6: summary .* opens no paragraph of article\.txt",
            id="another summary",
        ),
        pytest.param(
            "article.toml",
            'byline = "By Ada Moss, Slate Museum"',
            'byline = ""',
            r"article\.toml:4: byline '' is no paragraph",
            id="an empty byline",
        ),
        pytest.param(
            "article.toml",
            "byline =",
            "bylines =",
            r"article\.toml:4: unknown field bylines; remove it",
            id="an unknown field",
        ),
        pytest.param(
            "article.toml",
            'file = "article.txt"',
            "",
            r"article\.toml:1: file is None; give it a value of type str",
            id="no file",
        ),
        pytest.param(
            "article.toml",
            'file = "article.txt"',
            'file = "other.txt"',
            r"other\.txt:1: cannot be read \(No such file or directory\); put it back",
            id="a missing file",
        ),
    ],
)
def test_a_broken_article_is_an_error_with_file_line_and_remedy(
    folder: Path, file: str, old: str, new: str, error: str
) -> None:
    edit(folder / file, old, new)
    with pytest.raises(CorpusError, match=f"^{error}"):
        loaded(folder)


def test_a_reference_cited_only_within_the_list_is_an_error(folder: Path) -> None:
    edit(folder / "article.txt", "(2), (3)", "(2)")
    edit(folder / "article.txt", "end in a figure (3)", "end in a figure")
    error = r"^references\.toml:26: reference 3 is cited nowhere in article\.txt; remove it or cite"
    with pytest.raises(CorpusError, match=error):
        loaded(folder)


# Generated articles.

SPACES = st.sampled_from([" ", "  ", "\n", "\t", "\u00a0", "\u2028", "\x85", " \n "])
WORDS = st.sampled_from(
    ["Cells", "grow", "e.g.", "Dr.", "BRCA1", "CD44", "–", "“so”", "couldn’t", "3.5", "É", "🙂"]
)
MARKS = st.lists(st.integers(1, 3), max_size=3)
ENDS = st.sampled_from([".", "?", "!", "…", ".”", " .", ""])


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, list[int]]:
    """Some words with marks before or after the full stop, and the numbers of the marks."""
    numbers = draw(MARKS)
    words = draw(SPACES).join(draw(st.lists(WORDS, min_size=1, max_size=6)))
    marks = draw(st.sampled_from([", ", " ", ","])).join(f"({number})" for number in numbers)
    end = draw(ENDS)
    return draw(st.sampled_from([f"{words} {marks}{end}", f"{words}{end} {marks}"])), numbers


PARAGRAPHS = st.lists(st.lists(sentences(), min_size=1, max_size=4), min_size=1, max_size=4)


def generated(body: str) -> Document:
    """An article of `body`, with a sentence that cites the made-up references, and their list."""
    listed = LISTED[LISTED.index("[[reference]]") :]
    printed = [part.partition("'''")[0] for part in listed.split("printed = '''")[1:]]
    every = "Every reference is cited (1), (2), (3)."
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "references.toml", listed)
        write(folder / "article.toml", 'file = "article.txt"')
        write(folder / "article.txt", "\n\n".join([every, body, *printed]))
        return loaded(folder)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(PARAGRAPHS)
def test_no_number_of_any_article_is_lost(paragraphs: list[list[tuple[str, list[int]]]]) -> None:
    body = "\n\n".join(" ".join(words for words, _ in part) for part in paragraphs)
    document = generated(body)
    check_places(document)
    parts = [part for _, part in document.paragraphs() if part.kind == "body"][1:]
    assert len(parts) == len(paragraphs)
    for part, expected in zip(parts, paragraphs, strict=True):
        read = {number for sentence in part.sentences for number in sentence.numbers}
        assert read == {number for _, numbers in expected for number in numbers}


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.text(st.characters(exclude_categories=["Cs", "Nd"]), max_size=80))
def test_any_text_slices_back_and_nothing_is_lost(body: str) -> None:
    check_places(generated(body))
