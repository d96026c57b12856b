"""What is found by looking at all of the content: cards and notes that miss each other."""

from pathlib import Path

import pytest

from corpus import CorpusError, load_corpus
from corpus.faults import FEWEST_PHRASINGS
from tests.corpus_folder import card, edit, write, write_corpus


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_corpus(tmp_path)


def labels(folder: Path, text: str) -> tuple[str, ...]:
    return next(one.labels for one in load_corpus(folder).phrasings if one.text == text)


def test_a_card_in_the_folder_of_no_document_is_a_fault(folder: Path) -> None:
    write(folder / "cards" / "ref-3" / "small.toml", card("N3-small.1", in_short="Small."))
    assert load_corpus(folder).faults == (
        "small.toml:1: the card of N3-small.1 belongs to ref-3, which is not here;"
        " move it or bring the text back",
    )
    assert labels(folder, "tell me N3-small.1") == ("near_miss",)


def test_the_cards_of_a_note_that_was_removed_answer_nothing_more(folder: Path) -> None:
    (folder / "notes" / "ref-2.md").unlink()
    told = load_corpus(folder).faults
    for name in ("birds", "clean-air", "genes"):
        assert any(fault.startswith(f"{name}.toml:1: the card of N2-{name}.1") for fault in told)
    assert labels(folder, "birds and lichen") == ("near_miss",)


def test_a_paragraph_that_was_removed_answers_nothing_more(folder: Path) -> None:
    path = folder / "notes" / "ref-2.md"
    text = path.read_text("utf-8")
    write(path, text[: text.index("An older version")])
    assert load_corpus(folder).faults == (
        "birds.toml:4: the card of N2-birds.1 has lost its words; remove it or give it others",
    )
    assert labels(folder, "birds and lichen") == ("near_miss",)


def test_a_paragraph_whose_words_changed_keeps_its_questions(folder: Path) -> None:
    edit(folder / "notes" / "ref-2.md", "The genes of lichen", "Today the genes of lichen")
    corpus = load_corpus(folder)
    passage = next(one for one in corpus.passages if one.id == "N2-genes.1")
    assert passage.text.startswith("Today")
    assert corpus.faults == (
        "genes.toml:4: the card of N2-genes.1 was written for other words; read it again",
    )


def test_a_paragraph_of_a_note_without_a_card_is_a_fault_at_the_paragraph(folder: Path) -> None:
    (folder / "cards" / "ref-2" / "genes.toml").unlink()
    assert load_corpus(folder).faults == (
        f"ref-2.md:15: N2-genes.1 has no card; write a card with at least {FEWEST_PHRASINGS}",
    )


def test_a_paragraph_without_a_card_is_one_passage_and_quoted_whole(folder: Path) -> None:
    (folder / "cards" / "ref-2" / "clean-air.toml").unlink()
    passages = [one for one in load_corpus(folder).passages if one.section == "Where it grows"]
    assert [one.id for one in passages] == ["N2-clean-air.1", "N2-genes.1"]
    assert [one.id for one in passages[0].sentences] == ["N2-clean-air.1", "N2-clean-air.2"]


def test_a_card_of_a_note_with_few_phrasings_is_a_fault_at_the_paragraph(folder: Path) -> None:
    edit(folder / "cards" / "ref-2" / "birds.toml", "birds and lichen\n", "")
    few = FEWEST_PHRASINGS - 1
    assert load_corpus(folder).faults == (
        f"ref-2.md:21: N2-birds.1 has {few} phrasings; write a card with at least"
        f" {FEWEST_PHRASINGS}",
    )


def test_a_card_of_the_article_may_have_few_phrasings(folder: Path) -> None:
    write(folder / "cards" / "A09.toml", card("A09", phrasings="soft stone"))
    assert load_corpus(folder).faults == ()


def test_a_line_on_a_note_is_held_against_the_note(folder: Path) -> None:
    path = folder / "cards" / "ref-2" / "clean-air.toml"
    edit(path, "question =", 'in_short = "Lichen grows where the air is clean."\nquestion =')
    (fault,) = load_corpus(folder).faults
    told = "clean-air.toml:5: the line of N2-clean-air.1 drops the hedge 'can'; word it anew, or "
    assert fault.startswith(told)


def test_a_stronger_line_that_a_person_approved_is_no_fault_until_it_changes(folder: Path) -> None:
    path = folder / "cards" / "A08.toml"
    edit(path, "Lichen may not harm", "Lichen does not harm")
    (fault,) = load_corpus(folder).faults
    approval = fault.split()[-1]
    with path.open("a") as file:
        file.write(f'\n[approval]\nby = "Nurse B"\non = 2026-11-24\nsha256 = "{approval}"\n')
    corpus = load_corpus(folder)
    assert corpus.faults == ()
    assert [one.id for one in corpus.passages if one.line_approved] == ["A08"]
    edit(path, "Lichen does not harm", "Lichen never does harm")
    ended, *_ = load_corpus(folder).faults
    assert "the approval of the line of A08 is for other words" in ended
    assert not any(one.line_approved for one in load_corpus(folder).passages)


@pytest.mark.parametrize(
    "rows",
    [
        'by = "Nurse B"\non = 2026-11-24',
        'by = "Nurse B"\non = "soon"\nsha256 = "0"',
        'by = ""\non = 2026-11-24\nsha256 = "0"',
        'by = "Nurse B"\non = 2026-11-24\nsha256 = "0"\nso = 1',
    ],
)
def test_an_approval_names_who_and_when(folder: Path, rows: str) -> None:
    path = folder / "cards" / "A08.toml"
    with path.open("a") as file:
        file.write(f"\n[approval]\n{rows}\n")
    with pytest.raises(CorpusError, match=r"A08\.toml:\d+: the approval is incomplete; give it by"):
        load_corpus(folder)
