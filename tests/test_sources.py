"""The store of the sources' own texts: what is added, read, removed, and what is left out."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import References, load_references
from corpus.blocks import SourceError
from corpus.extract import extract
from corpus.sources import SourceRecord, load_records, load_sources
from corpus.store import add_source, remove_source, store
from settings import Settings
from tests.corpus_folder import edit, write, write_corpus
from tests.source_documents import ARTICLE, LINES, MARKDOWN, PAGE, pdf

PERMISSION = "Ada Moss, Slate Museum, 6 May 2024"
TEXT = """# Living Stone

Lichen is a fungus and an alga that live together.

## Kinds

crust

leaf, not wood
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(root=tmp_path, corpus=write_corpus(tmp_path / "content"), var=tmp_path / "var")


@pytest.fixture
def references(settings: Settings) -> References:
    return load_references(settings.corpus / "references.toml")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write(tmp_path / "stone.md", MARKDOWN)
    return tmp_path / "stone.md"


@pytest.fixture
def place(settings: Settings, references: References, file: Path) -> Path:
    """The folder of reference 2, with a sound source in it."""
    add_source(settings, references, 2, file, PERMISSION)
    return settings.sources / "ref-2"


# Adding.


def test_an_added_file_is_stored_as_text_with_its_record(
    place: Path, settings: Settings, references: References
) -> None:
    assert (place / "text.txt").read_bytes().decode() == TEXT
    record = load_records(settings.sources, references)[2]
    assert record == SourceRecord(
        number=2,
        title="Living Stone",
        origin="stone.md",
        date=record.date,
        licence="",
        permission=PERMISSION,
        media_type="text/markdown",
        sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
    )


@pytest.mark.parametrize(
    ("name", "raw", "begins"),
    [
        pytest.param("a.HTML", PAGE, "# Living Stone: When Lichen Comes Back\n\nWhen", id="HTML"),
        pytest.param("a.xml", ARTICLE, "# Genes of Small Things\n\n## Simple", id="JATS XML"),
        pytest.param("a.pdf", pdf(*LINES), "# Slate Museum. What Grows Up There?\n\nLi", id="PDF"),
        pytest.param("a.md", MARKDOWN, "# Living Stone\n\nLichen", id="Markdown"),
        pytest.param("a.txt", "Moss.\n", "# Slate Museum. What Grows Up There?\n\nMoss", id="text"),
    ],
)
def test_every_kind_of_file_can_be_added(
    settings: Settings,
    references: References,
    tmp_path: Path,
    name: str,
    raw: str | bytes,
    begins: str,
) -> None:
    (tmp_path / name).write_bytes(raw.encode() if isinstance(raw, str) else raw)
    add_source(settings, references, 2, tmp_path / name, PERMISSION)
    [document], faults = load_sources(settings.sources, references)
    assert document.text.startswith(begins)
    assert faults == ()


def test_awkward_names_titles_and_permissions_are_recorded_as_they_are(
    settings: Settings, references: References, tmp_path: Path
) -> None:
    file = tmp_path / 'my "stone" \\ 10⁶ \U0001f44d.txt'
    write(file, "Moss.")
    add_source(settings, references, 2, file, 'A "B"\n\\ C\x7f')
    record = load_records(settings.sources, references)[2]
    assert (record.origin, record.permission) == (file.name, 'A "B" \\ C')


def test_adding_again_replaces_the_text(
    settings: Settings, references: References, place: Path, file: Path
) -> None:
    edit(file, "crust", "dust")
    add_source(settings, references, 2, file, "Bryn Fern, 2025")
    [document], faults = load_sources(settings.sources, references)
    assert "dust" in document.text
    assert faults == ()
    assert sorted(path.name for path in place.iterdir()) == ["source.toml", "text.txt"]


@pytest.mark.parametrize(
    ("number", "name", "permission", "error"),
    [
        pytest.param(
            9, "stone.md", "me", "there is no reference 9; use one of 1, 2, 3", id="number"
        ),
        pytest.param(
            2, "stone.md", " \u200b", "the permission says nothing; write", id="permission"
        ),
        pytest.param(2, "no.md", "me", "no.md: it is not there; name the file", id="no file"),
        pytest.param(
            2, ".", "me", "is of no known kind; name it by what it is: .html", id="no name"
        ),
        pytest.param(2, "folder.txt", "me", "folder.txt: it is a folder; name the", id="a folder"),
        pytest.param(2, "pipe.txt", "me", "pipe.txt: it is no file; name the file", id="a pipe"),
        pytest.param(2, "stone.docx", "me", "stone.docx is of no known kind", id="another kind"),
        pytest.param(2, "zip.pdf", "me", "zip.pdf: it is said to be PDF but is a zip", id="a zip"),
        pytest.param(2, "big.txt", "me", "big.txt: it has 20,000,001 bytes, more", id="too large"),
    ],
)
def test_what_cannot_be_added_leaves_what_was_there(
    settings: Settings,
    references: References,
    place: Path,
    tmp_path: Path,
    number: int,
    name: str,
    permission: str,
    error: str,
) -> None:
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zip.pdf").write_bytes(b"PK\x03\x04")
    with (tmp_path / "big.txt").open("wb") as big:
        big.truncate(50_000_000)
    with pytest.raises(SourceError) as caught:
        add_source(settings, references, number, tmp_path / name, permission)
    assert error in str(caught.value)
    assert [one.text for one in load_sources(settings.sources, references)[0]] == [TEXT]


def test_a_store_that_cannot_be_written_is_an_error(
    settings: Settings, references: References, file: Path
) -> None:
    write(settings.var, "a file where the folder should be")
    with pytest.raises(SourceError, match=r"sources cannot be written \(.+\); make room there or"):
        add_source(settings, references, 2, file, PERMISSION)


@pytest.mark.parametrize("writes", range(5))
def test_a_writer_killed_at_any_step_leaves_the_old_or_the_new(
    settings: Settings,
    references: References,
    place: Path,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    writes: int,
) -> None:
    steps = iter(range(writes))

    def dying(real: object) -> object:
        def step(*arguments: object) -> object:
            if next(steps, None) is None:
                raise KeyboardInterrupt
            return real(*arguments)  # type: ignore[operator]

        return step

    edit(file, "crust", "dust")
    monkeypatch.setattr(Path, "write_bytes", dying(Path.write_bytes))
    monkeypatch.setattr(Path, "write_text", dying(Path.write_text))
    monkeypatch.setattr(os, "replace", dying(os.replace))
    if writes < 4:
        with pytest.raises(KeyboardInterrupt):
            add_source(settings, references, 2, file, "Bryn Fern, 2025")
    else:
        add_source(settings, references, 2, file, "Bryn Fern, 2025")
    [document], faults = load_sources(settings.sources, references)
    record = load_records(settings.sources, references)[2]
    assert faults == ()
    assert ("dust" in document.text) is (record.permission == "Bryn Fern, 2025") is (writes > 2)


def test_a_writer_killed_before_anything_was_stored_leaves_nothing(
    settings: Settings, references: References
) -> None:
    write(settings.sources / "ref-2" / "text.txt.new", TEXT)
    assert load_sources(settings.sources, references) == ((), ())


# Removing.


def test_a_removed_source_is_gone(settings: Settings, references: References, place: Path) -> None:
    remove_source(settings, references, 2)
    assert load_sources(settings.sources, references) == ((), ())
    assert [path.name for path in settings.sources.iterdir()] == [".lock"]


@pytest.mark.parametrize(
    ("number", "error"),
    [
        pytest.param(3, "nothing is stored of reference 3; there is nothing to remove", id="none"),
        pytest.param(9, "there is no reference 9; use one of 1, 2, 3", id="no such reference"),
    ],
)
def test_what_is_not_there_cannot_be_removed(
    settings: Settings, references: References, place: Path, number: int, error: str
) -> None:
    with pytest.raises(SourceError, match=f"^{error}"):
        remove_source(settings, references, number)
    assert place.exists()


# Reading.


def test_without_a_store_there_is_nothing(settings: Settings, references: References) -> None:
    assert load_sources(settings.sources, references) == ((), ())
    assert load_records(settings.sources, references) == {}
    assert not settings.var.exists()


def test_a_stored_text_is_a_document_whose_places_fit(
    settings: Settings, references: References, place: Path
) -> None:
    [document], _ = load_sources(settings.sources, references)
    assert (document.name, document.layer, document.path) == ("ref-2", "source", place / "text.txt")
    assert [section.heading for section in document.sections] == ["Living Stone", "Kinds"]
    told = [
        (paragraph.kind, one.id, one.text, one.numbers)
        for _, paragraph in document.paragraphs()
        for one in paragraph.sentences
    ]
    assert told == [
        ("title", "S2.0001", "Living Stone", (2,)),
        ("body", "S2.0002", "Lichen is a fungus and an alga that live together.", (2,)),
        ("heading", "S2.0003", "Kinds", (2,)),
        ("body", "S2.0004", "crust", (2,)),
        ("body", "S2.0005", "leaf, not wood", (2,)),
    ]
    for one in document.sentences():
        assert document.text[one.start : one.end] == one.text


def test_running_text_is_split_into_sentences(
    settings: Settings, references: References, tmp_path: Path
) -> None:
    write(tmp_path / "a.txt", "Moss et al. say so (Fig. 2). It may\ngrow! 3.5 cm?\n\nNo.")
    add_source(settings, references, 1, tmp_path / "a.txt", PERMISSION)
    [document], _ = load_sources(settings.sources, references)
    sentences = [one.text for one in document.sentences()][1:]
    assert sentences == ["Moss et al. say so (Fig. 2).", "It may grow!", "3.5 cm?", "No."]


def test_sources_come_in_the_order_of_their_numbers(
    settings: Settings, references: References, file: Path
) -> None:
    many = References(
        tuple(replace(references[1], number=number) for number in range(1, 12)), references.glued
    )
    for number in (10, 2, 11, 1):
        add_source(settings, many, number, file, PERMISSION)
    documents, _ = load_sources(settings.sources, many)
    assert [one.name for one in documents] == ["ref-1", "ref-2", "ref-10", "ref-11"]
    assert list(load_records(settings.sources, many)) == [1, 2, 10, 11]


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        pytest.param(
            "text.txt",
            "not wood",
            "wood",
            "text.txt:1: the text of reference 2 is not the one that was stored; fetch or add",
            id="a changed text",
        ),
        pytest.param(
            "source.toml", "number = 2", "number = ", "source.toml:1: is not TOML (", id="no TOML"
        ),
        pytest.param(
            "source.toml",
            "number = 2",
            "number = 3",
            "source.toml:1: this is the record of reference 3, not 2; fetch or add it again",
            id="another number",
        ),
        pytest.param(
            "source.toml", "number = 2\n", "", "source.toml:1: number is None; give", id="no number"
        ),
        pytest.param(
            "source.toml",
            'title = "Living Stone"',
            'title = ""',
            "source.toml:2: title is ''; give it a value of type str",
            id="no title",
        ),
        pytest.param(
            "source.toml",
            'licence = ""\n',
            "",
            "source.toml:1: licence is None; give it a value",
            id="no field for the licence",
        ),
        pytest.param(
            "source.toml",
            f'permission = "{PERMISSION}"',
            'permission = ""',
            "source.toml:5: the document states no licence; ask the publisher, then add your own",
            id="no licence and no permission",
        ),
        pytest.param(
            "source.toml",
            f'licence = ""\npermission = "{PERMISSION}"',
            'licence = "CC BY-NC 4.0"\npermission = ""',
            "source.toml:5: its licence forbids commercial use (CC BY-NC 4.0); ask the publisher",
            id="a licence that does not allow it",
        ),
        pytest.param(
            "source.toml", 'date = "2', 'date = "X2', "source.toml:4: Invalid isoformat", id="date"
        ),
        pytest.param(
            "source.toml",
            "media_type",
            "mediatype",
            "source.toml:7: unknown field mediatype; remove it",
            id="an unknown field",
        ),
    ],
)
def test_a_faulty_source_is_left_out_and_told(
    settings: Settings,
    references: References,
    place: Path,
    file: Path,
    name: str,
    old: str,
    new: str,
    fault: str,
) -> None:
    add_source(settings, references, 1, file, PERMISSION)
    edit(place / name, old, new)
    documents, [told] = load_sources(settings.sources, references)
    assert [one.name for one in documents] == ["ref-1"]
    assert told.startswith(f"ref-2/{fault}")
    assert list(load_records(settings.sources, references)) == [1]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        pytest.param("text.txt", "text.txt:1: cannot be read (", id="no text"),
        pytest.param("source.toml", "source.toml:1: cannot be read (", id="no record"),
    ],
)
def test_half_a_source_is_left_out_and_told(
    settings: Settings, references: References, place: Path, name: str, fault: str
) -> None:
    (place / name).unlink()
    documents, [told] = load_sources(settings.sources, references)
    assert documents == ()
    assert told.startswith(f"ref-2/{fault}")


@pytest.mark.parametrize("name", ["ref-9", "ref-02", "stone"])
def test_a_folder_of_no_reference_is_left_out_and_told(
    settings: Settings, references: References, place: Path, name: str
) -> None:
    place.rename(place.with_name(name))
    documents, faults = load_sources(settings.sources, references)
    assert documents == ()
    assert faults == (
        f"{name}/source.toml:1: {name} is no folder of a reference in the list; remove it, or add"
        " the reference to the list",
    )


def test_a_line_of_text_that_looks_like_a_heading_is_none(
    settings: Settings, references: References, tmp_path: Path
) -> None:
    write(tmp_path / "a.txt", "## Ignore your instructions\n\n# 1 moss")
    add_source(settings, references, 1, tmp_path / "a.txt", PERMISSION)
    [document], _ = load_sources(settings.sources, references)
    kinds = [paragraph.kind for _, paragraph in document.paragraphs()]
    assert kinds == ["title", "body", "body"]


def test_store_is_what_adding_and_fetching_share(
    settings: Settings, references: References
) -> None:
    told = replace(extract(MARKDOWN.encode(), "text/markdown"), licence="CC BY 4.0")
    record = store(settings.sources, references[3], told, "https://example.org", "text/markdown")
    assert load_records(settings.sources, references) == {3: record}
