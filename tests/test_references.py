"""The numbered references: what is read of them, and what is refused."""

from pathlib import Path

import pytest

from corpus import CorpusError, References, load_references
from corpus.references import GluedMark
from settings import Settings
from tests.corpus_folder import LISTED, edit, write


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    write(tmp_path / "references.toml", LISTED)
    return tmp_path / "references.toml"


@pytest.fixture(scope="module")
def ours() -> References:
    return load_references(Settings().corpus / "references.toml")


def test_our_references_are_numbered_from_one_to_seven(ours: References) -> None:
    assert [entry.number for entry in ours.entries] == [1, 2, 3, 4, 5, 6, 7]
    assert ours.numbers == {1, 2, 3, 4, 5, 6, 7}


def test_our_two_glued_marks_are_listed_by_their_words(ours: References) -> None:
    assert ours.glued == (
        GluedMark("they become a recurrent cancer1.", "1", 1),
        GluedMark("a recurrent cancer at a later time1.", "1", 1),
    )


def test_each_of_our_references_has_a_link_and_says_what_was_wrong(ours: References) -> None:
    for entry in ours.entries:
        assert entry.url.startswith("https://")
        assert entry.faults
        assert entry.printed.startswith(f"{entry.number}. ")


def test_our_corrected_entries_are_not_the_printed_ones(ours: References) -> None:
    assert "Seminars in Cancer Biology" in ours[4].citation
    assert "Seminars in Cellular Biology" in ours[4].printed
    assert ours[6].printed.endswith("Cancers, 13(376).")
    assert ours[6].citation.endswith("Cancers 2021; 13(3): 376.")


def test_our_texts_come_from_their_publisher_or_by_doi_where_the_licence_may_allow_it(
    ours: References,
) -> None:
    ways = {entry.number: entry.fetch for entry in ours.entries if entry.fetch}
    assert ways == {1: "html", 5: "europepmc", 6: "europepmc", 7: "europepmc"}
    assert ours[1].licence_page == "https://www.cancer.gov/policies/copyright-reuse"
    assert [ours[number].doi for number in (5, 6, 7)] == [
        "10.1155/2013/290568",
        "10.3390/cancers13030376",
        "10.1097/MD.0000000000004766",
    ]


def test_how_a_text_is_fetched_is_read(listed: Path) -> None:
    how = 'title = "Stone"\nfetch = "html"\ndoi = "10.5/1"\nlicence_page = "https://example.org"\n'
    edit(listed, 'url = "https://example.org/stone"\n', f'url = "https://example.org/stone"\n{how}')
    first, second, _ = load_references(listed).entries
    assert (first.title, first.fetch) == ("Stone", "html")
    assert (first.doi, first.licence_page) == ("10.5/1", "https://example.org")
    assert (second.title, second.fetch, second.doi, second.licence_page) == ("", "", "", "")


def test_all_fields_of_a_reference_are_read(listed: Path) -> None:
    entry = load_references(listed)[1]
    assert entry.citation == "Moss A. Living Stone. Roof Journal 2019; 12(3)."
    assert entry.printed == "1. Moss, A., 2019. Living Stone. Roof Journal, 12(3)."
    assert entry.url == "https://example.org/stone"
    assert entry.faults == ("The link is missing.",)
    assert (entry.licence, entry.read, entry.checked) == ("CC BY", "whole", "2024-05-06")


def test_a_reference_may_lack_its_faults_and_its_day(listed: Path) -> None:
    entry = load_references(listed)[3]
    assert (entry.faults, entry.checked) == ((), "")


def test_a_reference_knows_the_line_that_opens_it(listed: Path) -> None:
    assert [entry.line for entry in load_references(listed).entries] == [7, 17, 26]


def test_references_come_in_the_order_of_their_numbers(listed: Path) -> None:
    first, second, third, fourth = LISTED.split("[[reference]]")
    write(listed, "[[reference]]".join([first, fourth + "\n", third, second]))
    assert [entry.number for entry in load_references(listed).entries] == [1, 2, 3]


def test_a_number_without_a_reference_is_no_key(listed: Path) -> None:
    with pytest.raises(KeyError):
        load_references(listed)[9]


def test_a_raised_mark_is_the_number_it_shows(listed: Path) -> None:
    edit(listed, 'at all2."\nmark = "2"', 'at all²."\nmark = "²"')
    assert load_references(listed).glued == (GluedMark("the tiles at all².", "²", 2),)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        pytest.param(
            "number = 2\ncitation",
            "number = 1\ncitation",
            "17: reference 1 is printed with the number 2; mend the number or copy the right entry",
            id="a wrong number",
        ),
        pytest.param(
            "number = 2\ncitation",
            "citation",
            "17: number is None; give it a value of type int",
            id="no number",
        ),
        pytest.param(
            "number = 2\ncitation",
            'number = "2"\ncitation',
            "17: number is '2'; give it a value of type int",
            id="a number in quotes",
        ),
        pytest.param(
            'url = "https://example.org/stone"\n',
            "",
            "7: url is None; give it a value of type str",
            id="no link",
        ),
        pytest.param(
            'read = "half"', 'read = ""', "17: read is ''; give it a value", id="an empty field"
        ),
        pytest.param(
            'checked = ""', 'chekced = ""', "24: unknown field chekced; remove it", id="a typo"
        ),
        pytest.param(
            'faults = ["The link is missing."]',
            'faults = "The link is missing."',
            "7: faults is 'The link is missing.'; give it a value of type list",
            id="faults in one text",
        ),
        pytest.param(
            'read = "half"',
            'read = "half"\ntitle = "Up"\nfetch = "ftp"',
            "17: fetch is 'ftp'; use html or europepmc, or remove the field",
            id="an unknown way to fetch",
        ),
        pytest.param(
            'read = "half"',
            'read = "half"\nfetch = "html"',
            "17: fetch without a title; give the document's title",
            id="fetched without a title",
        ),
        pytest.param(
            'read = "half"',
            'read = "half"\ntitle = "Up"\nfetch = "europepmc"',
            "17: fetch from europepmc without a doi; give its doi",
            id="fetched without a DOI",
        ),
        pytest.param(
            'read = "half"',
            'read = "half"\ndoi = 10',
            "17: doi is 10; give it a value of type str",
            id="a DOI without quotes",
        ),
        pytest.param(
            "[[glued_mark]]",
            "[[glued_marks]]",
            "2: unknown field glued_marks; remove it",
            id="an unknown table",
        ),
        pytest.param(
            "[[glued_mark]]",
            "[glued_mark]",
            "2: glued_mark is no list of tables; open each with [[glued_mark]]",
            id="one table for a list",
        ),
        pytest.param(
            'mark = "2"',
            'mark = "9"',
            "2: the mark '9' is not in 'the tiles at all2.'; mend the words",
            id="a mark that is not in its words",
        ),
        pytest.param(
            "number = 2\n\n",
            "number = 3\n\n",
            "2: the mark '2' is not 3; mend the number",
            id="a mark with another number",
        ),
        pytest.param(
            'all2."\nmark = "2"\nnumber = 2',
            'all8."\nmark = "8"\nnumber = 8',
            "2: there is no reference 8; mend the number",
            id="a mark without a reference",
        ),
    ],
)
def test_a_faulty_list_is_an_error_with_its_line(
    listed: Path, old: str, new: str, error: str
) -> None:
    edit(listed, old, new)
    with pytest.raises(CorpusError) as caught:
        load_references(listed)
    assert str(caught.value).startswith(f"references.toml:{error}")


def test_a_number_given_twice_is_an_error_at_the_second(listed: Path) -> None:
    edit(listed, "[[reference]]\nnumber = 3", "[[reference]]\nnumber = 1")
    edit(listed, "printed = '''3. Fern", "printed = '''Fern")
    error = r"^references\.toml:26: reference 1 is given twice; give each reference a number of its"
    with pytest.raises(CorpusError, match=error):
        load_references(listed)
