"""How far each source supports the article: its rows, their faults, and what is quoted beside."""

from pathlib import Path

import pytest

from corpus import FOUND, Corpus, CorpusError, Passage, load_corpus
from corpus.support import Support, load_support, support_table
from settings import ROOT, Settings
from tests.corpus_folder import ARTICLE, NOTE_SENTENCES, SENTENCES, edit, write, write_corpus


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_corpus(tmp_path)


@pytest.fixture(scope="module")
def ours() -> Corpus:
    return load_corpus(Settings().corpus)


def by_id(corpus: Corpus) -> dict[str, Passage]:
    return {passage.id: passage for passage in corpus.passages}


def row(
    sentence: str, reference: int, found: str, facts: str = "", note: str = "", remark: str = ""
) -> str:
    """A row as it stands in the file."""
    fields = [f'words = "{SENTENCES[sentence]}"', f"reference = {reference}", f'found = "{found}"']
    fields += [f"facts = [{facts}]"] if facts else []
    fields += [f'note = "{note}"'] if note else []
    fields += [f'remark = "{remark}"'] if remark else []
    return "\n".join(["", "[[sentence]]", *fields, ""])


def add(folder: Path, text: str) -> None:
    path = folder / "support.toml"
    write(path, path.read_text(encoding="utf-8") + text)


# What is read.


def test_a_row_is_read_with_all_it_says(folder: Path) -> None:
    assert load_support(folder / "support.toml")[6] == Support(
        words=SENTENCES["A11"],
        reference=2,
        found="partly",
        facts=(3,),
        note="N2-genes",
        remark="The article prints no number here.",
        line=35,
    )


def test_a_row_needs_no_fact_note_or_remark(folder: Path) -> None:
    first = load_support(folder / "support.toml")[0]
    assert (first.facts, first.note, first.remark) == ((), "", "")


def test_a_missing_file_gives_no_rows_and_no_fault(folder: Path) -> None:
    (folder / "support.toml").unlink()
    corpus = load_corpus(folder)
    assert (corpus.support, corpus.faults) == ((), ())
    assert not any(one.support or one.adds or one.restates for one in corpus.passages)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        pytest.param('remark = "Half', 'remrak = "Half', "23: unknown field", id="a typo"),
        pytest.param("# How", "rows = 1 # How", "1: unknown field rows; remove", id="a new field"),
        pytest.param(
            f'words = "{SENTENCES["A11"]}"\n', "", "35: words is None; give it", id="no words"
        ),
        pytest.param(
            'reference = 2\nfound = "partly"',
            'reference = "2"\nfound = "partly"',
            "35: reference is '2'; give it a value of type int",
            id="a number in quotes",
        ),
        pytest.param('found = "partly"', "", "35: found is None; give it a value", id="not found"),
        pytest.param(
            'found = "partly"',
            'found = "wrong"',
            "35: found is 'wrong'; use one of supported, partly, not found, not checked",
            id="found otherwise",
        ),
        pytest.param("facts = [3]", "facts = 3", "35: facts is 3; give it", id="facts no list"),
        pytest.param("facts = [3]", "facts = [3", "40: is not TOML (", id="bad TOML"),
    ],
)
def test_a_faulty_file_is_an_error_at_its_line(
    folder: Path, old: str, new: str, error: str
) -> None:
    edit(folder / "support.toml", old, new)
    with pytest.raises(CorpusError) as caught:
        load_corpus(folder)
    assert str(caught.value).startswith(f"support.toml:{error}")


# What a person must mend.


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        pytest.param(
            SENTENCES["A11"],
            "Lichen is old.",
            ["35: 'Lichen is old.'... is no sentence of the article; copy it exactly"],
            id="not in the article",
        ),
        pytest.param(
            SENTENCES["A11"],
            SENTENCES["A13"],
            [f"35: {SENTENCES['A13'][:50]!r}... is no sentence of the article; copy it exactly"],
            id="a sentence of the summary",
        ),
        pytest.param(
            'reference = 2\nfound = "partly"\nfacts = [3]\nnote = "genes"',
            'reference = 9\nfound = "not found"',
            [
                f"35: {SENTENCES['A11'][:50]!r}... is compared with reference 9, which is not"
                " listed; mend the number"
            ],
            id="no such reference",
        ),
        pytest.param(
            "facts = [3]",
            "facts = [3, 33]",
            [f"35: {SENTENCES['A11'][:50]!r}... names unlisted facts (3, 33); mend them"],
            id="unlisted facts",
        ),
        pytest.param(
            'note = "genes"',
            'note = "roots"',
            [f"35: {SENTENCES['A11'][:50]!r}... names no paragraph N2-roots; mend it"],
            id="no such paragraph",
        ),
        pytest.param(
            'found = "partly"\nfacts = [3]',
            'found = "partly"',
            [f"35: {SENTENCES['A11'][:50]!r}... names no fact; name those that say it"],
            id="partly by no fact",
        ),
        pytest.param(
            'found = "supported"\nfacts = [1, 2]',
            'found = "supported"',
            [f"7: {SENTENCES['A04'][:50]!r}... names no fact; name those that say it"],
            id="supported by no fact",
        ),
        pytest.param(
            row("A12", 3, "not checked"),
            "",
            ['1: A12 prints (3), which has no row; add one; "not checked" is an honest value'],
            id="a number without a row",
        ),
    ],
)
def test_a_row_that_cannot_hold_is_a_fault_at_its_line(
    folder: Path, old: str, new: str, faults: list[str]
) -> None:
    edit(folder / "support.toml", old, new)
    assert load_corpus(folder).faults == tuple(f"support.toml:{fault}" for fault in faults)


def test_a_sentence_compared_twice_with_one_source_is_a_fault_at_both_rows(folder: Path) -> None:
    add(folder, row("A12", 3, "not found"))
    fault = f"{SENTENCES['A12'][:50]!r}... is compared twice with one source; join the rows"
    assert load_corpus(folder).faults == (f"support.toml:43: {fault}", f"support.toml:48: {fault}")


def test_a_changed_sentence_needs_its_rows_anew(folder: Path) -> None:
    edit(folder / "article.txt", "Some kinds can eat", "Some kinds may eat")
    told = load_corpus(folder).faults
    assert len([fault for fault in told if "is no sentence of the article" in fault]) == 2
    assert len([fault for fault in told if "A09 prints" in fault]) == 2


def test_every_number_that_our_article_prints_was_compared_or_says_it_was_not(
    ours: Corpus,
) -> None:
    told = {(one.words, one.reference) for one in ours.support}
    body = [part for _, part in ours.document("article").paragraphs() if part.kind == "body"]
    printed = {
        (one.text, number) for part in body for one in part.sentences for number in one.numbers
    }
    assert printed <= told
    assert {one.found for one in ours.support} <= set(FOUND)


# What a passage knows of it.


def test_a_passage_has_the_rows_of_the_sentence_that_answers(folder: Path) -> None:
    passages = by_id(load_corpus(folder))
    assert passages["A09"].support == ((2, "not found"), (3, "not checked"))
    assert passages["A04"].support == ((2, "supported"),)  # it is quoted with A03, which has others
    assert passages["A07"].support == ()


def test_a_note_restates_the_sentence_that_its_source_supports(folder: Path) -> None:
    passages = by_id(load_corpus(folder))
    assert {one.id: one.restates for one in passages.values() if one.restates} == {
        "N2-clean-air.1": "A04"
    }


@pytest.mark.parametrize("found", ["partly", "not found", "not checked"])
def test_a_note_restates_nothing_that_its_source_does_not_plainly_say(
    folder: Path, found: str
) -> None:
    edit(folder / "support.toml", 'found = "supported"', f'found = "{found}"')
    assert by_id(load_corpus(folder))["N2-clean-air.1"].restates is None


def test_of_several_sentences_a_note_restates_the_one_that_is_listed_first(folder: Path) -> None:
    add(folder, row("A07", 2, "supported", facts="1", note="clean-air"))
    assert by_id(load_corpus(folder))["N2-clean-air.1"].restates == "A04"


@pytest.mark.parametrize(
    ("rows", "adds"),
    [
        pytest.param([], None, id="no row"),
        pytest.param([("supported", "3", "genes")], "N2-genes.1", id="supported"),
        pytest.param([("partly", "3", "genes")], "N2-genes.1", id="partly"),
        pytest.param([("not found", "", "genes")], None, id="not found"),
        pytest.param([("not checked", "", "genes")], None, id="not checked"),
        pytest.param([("supported", "3", "")], None, id="no note says it"),
    ],
)
def test_a_note_stands_beside_a_sentence_without_a_number_when_it_says_the_same(
    folder: Path, rows: list[tuple[str, str, str]], adds: str | None
) -> None:
    path = folder / "support.toml"
    edit(path, row("A11", 2, "partly", "3", "genes", "The article prints no number here."), "")
    for found, facts, note in rows:
        add(folder, row("A11", 2, found, facts, note))
    corpus = load_corpus(folder)
    assert by_id(corpus)["A11"].adds == adds
    assert corpus.faults == ()


def test_no_note_stands_beside_a_sentence_whose_own_number_supports_it(folder: Path) -> None:
    assert by_id(load_corpus(folder))["A04"].adds is None


def test_nor_beside_one_whose_own_number_says_only_a_part(folder: Path) -> None:
    # The note would bring no other number than the one that the article prints.
    edit(folder / "support.toml", 'found = "supported"', 'found = "partly"')
    assert by_id(load_corpus(folder))["A04"].adds is None


def test_a_note_on_another_source_stands_beside_what_no_printed_number_supports(
    folder: Path,
) -> None:
    add(folder, row("A12", 2, "supported", facts="3", note="genes"))
    assert by_id(load_corpus(folder))["A12"].adds == "N2-genes.1"


def test_a_note_that_says_all_goes_before_one_that_says_a_part(folder: Path) -> None:
    write(folder / "notes" / "ref-1.md", (folder / "notes" / "ref-2.md").read_text("utf-8"))
    write(folder / "facts" / "ref-1.toml", (folder / "facts" / "ref-2.toml").read_text("utf-8"))
    add(folder, row("A11", 1, "supported", facts="3", note="genes"))
    assert by_id(load_corpus(folder))["A11"].adds == "N1-genes.1"


def test_a_paragraph_whose_card_names_its_second_sentence_is_still_found(folder: Path) -> None:
    path = folder / "cards" / "ref-2" / "clean-air.toml"
    edit(path, 'passage = "N2-clean-air.1"', 'passage = "N2-clean-air.2"')
    passages = by_id(load_corpus(folder))
    assert passages["N2-clean-air.2"].focus_text == NOTE_SENTENCES["N2-clean-air.2"]
    assert passages["N2-clean-air.2"].restates == "A04"


def test_our_note_on_reference_7_stands_beside_what_4_5_and_6_do_not_plainly_say(
    ours: Corpus,
) -> None:
    passage = by_id(ours)["A20"]
    assert (passage.numbers, passage.adds) == ((4, 5, 6), "N7-many-kinds.2")


def test_no_passage_that_may_frighten_stands_beside_one_of_the_article(ours: Corpus) -> None:
    passages = by_id(ours)
    beside = [passages[one.adds] for one in ours.passages if one.adds]
    assert beside
    assert not any(one.card and one.card.only_when_asked for one in beside)


def test_the_words_of_the_made_up_rows_are_those_of_the_article(folder: Path) -> None:
    assert all(one.words in ARTICLE for one in load_corpus(folder).support)


def test_the_table_in_the_docs_is_the_one_of_the_data() -> None:
    rows = load_support(Settings().corpus / "support.toml")
    assert support_table(rows) in (ROOT / "docs" / "sources.md").read_text("utf-8")
