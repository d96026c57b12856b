"""Our notes on the sources: their form, the places of their sentences, and what they may state."""

from datetime import date
from pathlib import Path

import pytest

from corpus import Corpus, CorpusError, load_corpus, load_references
from corpus.notes import Note, load_notes, note_faults
from settings import Settings
from tests.corpus_folder import NOTE, NOTE_SENTENCES, edit, write, write_corpus

OURS = Settings().corpus
LONG = " ".join(["Lichen", *["grows"] * 55, "on."])
SECOND = "\n\n[birds: facts 4; How it travels]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_corpus(tmp_path)


@pytest.fixture(scope="module")
def ours() -> Corpus:
    return load_corpus(OURS)


def loaded(folder: Path) -> Note:
    (note,) = load_notes(folder, load_references(folder / "references.toml"))
    return note


def faults(folder: Path) -> list[str]:
    references = load_references(folder / "references.toml")
    return list(note_faults(loaded(folder), folder, references))


def check_places(note: Note) -> None:
    """Every sentence is its place in the file, and has the number of the source."""
    text = note.document.path.read_bytes().decode("utf-8")
    for sentence in note.document.sentences():
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.numbers == (note.number,)


# What is read.


def test_a_note_tells_how_much_was_read_and_when_it_was_written(folder: Path) -> None:
    note = loaded(folder)
    assert (note.number, note.read, note.whole) == (2, "the first half", False)
    assert note.written_from == "written from its first half"
    assert note.written == date(2025, 2, 3)


def test_a_note_is_a_document_of_its_source(folder: Path) -> None:
    document = loaded(folder).document
    assert (document.name, document.layer, document.text) == ("ref-2", "note", NOTE)


def test_each_sentence_is_called_after_its_source_and_its_paragraph(folder: Path) -> None:
    sentences = loaded(folder).document.sentences()
    assert {sentence.id: sentence.text for sentence in sentences} == NOTE_SENTENCES


def test_each_sentence_is_its_place_in_the_file(folder: Path) -> None:
    check_places(loaded(folder))


def test_our_sentences_are_their_places_in_the_files(ours: Corpus) -> None:
    assert [note.number for note in ours.notes] == [1, 2, 3, 4, 5, 6, 7]
    for note in ours.notes:
        check_places(note)


def test_a_paragraph_stands_under_its_heading_with_its_facts(folder: Path) -> None:
    document = loaded(folder).document
    assert [(section.heading, part.facts) for section, part in document.paragraphs()] == [
        ("Where it grows", (1, 2)),
        ("Where it grows", (3,)),
        ("How it travels", (4,)),
    ]


def test_labels_headings_and_fields_are_never_sentences(folder: Path) -> None:
    told = " ".join(sentence.text for sentence in loaded(folder).document.sentences())
    assert not any(words in told for words in ("[", "facts", "#", "+++", "written_from"))


def test_a_paragraph_may_run_over_several_lines(folder: Path) -> None:
    edit(folder / "notes" / "ref-2.md", "clean. In smoky", "clean.\nIn smoky")
    note = loaded(folder)
    check_places(note)
    assert {one.id: one.text for one in note.document.sentences()} == NOTE_SENTENCES


def test_a_paragraph_may_stand_before_any_heading(folder: Path) -> None:
    edit(folder / "notes" / "ref-2.md", "## Where it grows\n\n", "")
    (section, _), *_ = loaded(folder).document.paragraphs()
    assert section.heading == ""


def test_notes_come_by_the_number_of_their_source(folder: Path) -> None:
    write(folder / "notes" / "ref-1.md", NOTE)
    notes = load_notes(folder, load_references(folder / "references.toml"))
    assert [note.number for note in notes] == [1, 2]


def test_without_the_folder_there_is_no_note(folder: Path) -> None:
    (folder / "notes" / "ref-2.md").unlink()
    (folder / "notes").rmdir()
    assert load_notes(folder, load_references(folder / "references.toml")) == ()


# What cannot be read as a note.


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        pytest.param(
            "+++\n# Our",
            "# Our",
            "1: does not begin with fields between +++; add them",
            id="no fields at the beginning",
        ),
        pytest.param("2025-02-03\n+++", "2025-02-03", "1: does not begin with", id="fields open"),
        pytest.param('read = "the first half"', "read = ", "3: is not TOML (", id="bad TOML"),
        pytest.param("whole =", "hole =", "5: unknown field hole; remove it", id="a typo"),
        pytest.param(
            'read = "the first half"\n', "", "1: read is None; give it a value of", id="not read"
        ),
        pytest.param(
            'written_from = "written from its first half"',
            'written_from = ""',
            "4: written_from is ''; give it a value of type str",
            id="written from nothing",
        ),
        pytest.param(
            "whole = false",
            'whole = "no"',
            "5: whole is 'no'; give it a value of type bool",
            id="whole in words",
        ),
        pytest.param(
            "written = 2025-02-03",
            'written = "2025-02-03"',
            "6: written is '2025-02-03'; give it a value of type date",
            id="a day in quotes",
        ),
        pytest.param(
            "written = 2025-02-03",
            "written = 2025-02-03T10:00:00",
            "6: written is datetime.datetime(2025, 2, 3, 10, 0); give it a value of type date",
            id="a day with a time",
        ),
        pytest.param(
            "[genes: facts 3; New research]\n\n",
            "",
            "15: the paragraph 'The genes of lichen are looked at by res'... has no label; add",
            id="no label before a heading",
        ),
        pytest.param(SECOND, "\n", "21: the paragraph 'An older version", id="no label at the end"),
        pytest.param("[genes: facts 3;", "[Genes: facts 3;", "15: the paragraph", id="a capital"),
        pytest.param("facts 3;", "fact 3;", "15: the paragraph 'The genes", id="a label misspelt"),
        pytest.param("facts 3; New research", "facts 3", "15: the paragraph", id="no section"),
        pytest.param("## How it", "### How it", "19: the paragraph '### How", id="a lower heading"),
        pytest.param(
            "researchers.\n\n[genes",
            "researchers.\n[genes",
            "15: the paragraph",
            id="no blank line",
        ),
        pytest.param(
            "## How it travels\n",
            "## How it travels\n\n[more: facts 5; How it travels]\n",
            "21: [more: facts 5; How it travels] follows no paragraph; remove it",
            id="a label under a heading",
        ),
        pytest.param(
            SECOND, SECOND * 2, "26: [birds: facts 4; How it travels] follows no", id="two labels"
        ),
        pytest.param(
            "[genes: facts",
            "[clean-air: facts",
            "15: clean-air is given twice; name it otherwise",
            id="a name twice",
        ),
    ],
)
def test_a_faulty_note_is_an_error_at_its_line(
    folder: Path, old: str, new: str, error: str
) -> None:
    edit(folder / "notes" / "ref-2.md", old, new)
    with pytest.raises(CorpusError) as caught:
        loaded(folder)
    assert str(caught.value).startswith(f"ref-2.md:{error}")


@pytest.mark.parametrize("name", ["ref-9", "ref-0", "ref-02", "ref-2b", "museum", "article"])
def test_a_note_whose_file_names_no_reference_is_an_error(folder: Path, name: str) -> None:
    write(folder / "notes" / f"{name}.md", NOTE)
    error = rf"^{name}\.md:1: '{name}' names no reference of the list; call it ref-N\.md"
    with pytest.raises(CorpusError, match=error):
        load_corpus(folder)


def test_a_note_that_is_not_utf8_is_an_error_at_its_line(folder: Path) -> None:
    path = folder / "notes" / "ref-2.md"
    path.write_bytes(path.read_bytes().replace(b"How it", b"How \xff it", 1))
    with pytest.raises(CorpusError, match=r"^ref-2\.md:19: is not UTF-8"):
        loaded(folder)


def test_a_note_without_its_facts_is_an_error_that_names_them(folder: Path) -> None:
    (folder / "facts" / "ref-2.toml").unlink()
    with pytest.raises(CorpusError, match=r"^ref-2\.toml:1: cannot be read"):
        load_corpus(folder)


# What a note may state.


def test_the_made_up_note_and_ours_state_what_their_facts_do(folder: Path, ours: Corpus) -> None:
    assert faults(folder) == []
    assert not [one for note in ours.notes for one in note_faults(note, OURS, ours.references)]


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        pytest.param(
            "notes/ref-2.md",
            "facts 3;",
            "facts 3, 33, 34;",
            "15: genes: names facts that are not listed: [33, 34]",
            id="unknown facts",
        ),
        pytest.param(
            "facts/ref-2.toml",
            'section = "New research"\nseen = "read"',
            'section = "New research"\nseen = "background"',
            "15: genes: states fact 3, which was not read in the source",
            id="a background fact",
        ),
        pytest.param(
            "notes/ref-2.md",
            "An older version of the page says that birds",
            "Birds",
            "21: birds: does not say 'older version' of fact 4 (older version)",
            id="an older fact as if it stood there now",
        ),
        pytest.param(
            "notes/ref-2.md",
            "birds: facts 4;",
            "birds: facts 4, 5;",
            "21: birds: does not say 'unofficial' of fact 5 (third-party copy)",
            id="a copy's fact as if it were the source's",
        ),
        pytest.param(
            "notes/ref-2.md",
            "facts 3; New research",
            "facts 3; Old research",
            "15: genes: names the section 'Old research', its facts have 'New research'",
            id="another section",
        ),
        pytest.param(
            "notes/ref-2.md",
            "facts 3; New research",
            "facts 2, 3; New research",
            "15: genes: names the section 'New research', its facts have 'New research; Where it",
            id="one section of two",
        ),
        pytest.param(
            "notes/ref-2.md",
            "12 roofs had",
            "13 roofs had",
            "11: clean-air: has the number 13, which its facts have not",
            id="another number",
        ),
        pytest.param(
            "facts/ref-2.toml",
            "Researchers look",
            "Researchers perhaps look, and might look closer,",
            "15: genes: drops the hedge 'might'",
            id="a hedge dropped",
        ),
        pytest.param(
            "notes/ref-2.md",
            "12 roofs had none.",
            "12 roofs had none. None at all. None.",
            "11: clean-air: has 4 sentences with 19 words",
            id="four sentences",
        ),
        pytest.param(
            "notes/ref-2.md",
            "In smoky towns 12 roofs had none.",
            LONG,
            "11: clean-air: has 2 sentences with 65 words",
            id="too many words",
        ),
    ],
)
def test_what_a_note_may_not_state_is_a_fault_at_its_paragraph(
    folder: Path, file: str, old: str, new: str, fault: str
) -> None:
    edit(folder / file, old, new)
    (told,) = faults(folder)
    assert told.startswith(f"ref-2.md:{fault}")
    assert told.endswith("; word it anew or mend its facts")


def test_sixty_words_are_not_too_many(folder: Path) -> None:
    words = LONG.replace("grows ", "", 5)
    edit(folder / "notes" / "ref-2.md", "In smoky towns 12 roofs had none.", words)
    assert faults(folder) == []


@pytest.mark.parametrize("year", ["2020", "12"], ids=["of the citation", "of a fact"])
def test_a_number_may_stand_in_the_citation_or_in_a_fact(folder: Path, year: str) -> None:
    edit(folder / "references.toml", 'What Grows Up There?"', 'What Grows Up There? 2020."')
    edit(folder / "notes" / "ref-2.md", "12 roofs had", f"({year}) roofs had")
    assert faults(folder) == []


def test_a_fact_seen_elsewhere_may_be_told_with_that_beside_it(folder: Path) -> None:
    edit(
        folder / "notes" / "ref-2.md",
        "to other roofs.\n\n[birds: facts 4;",
        "to other roofs. An unofficial copy adds the wind.\n\n[birds: facts 4, 5;",
    )
    assert faults(folder) == []


def test_several_faults_of_a_paragraph_are_all_told(folder: Path) -> None:
    edit(folder / "notes" / "ref-2.md", "genes: facts 3; New", "genes: facts 4, 6; New")
    assert len(faults(folder)) == 4
