"""The whole content: loading it, what is at fault with it, and the two commands."""

import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from corpus import KINDS, Corpus, CorpusError, corpus_files, load_corpus
from settings import ROOT, Settings
from tests.corpus_folder import (
    ARTICLE,
    CARDED,
    CARDS,
    MESSAGES,
    NOTE_CARDS,
    SENTENCES,
    card,
    edit,
    write,
    write_corpus,
)

LISTED_FIELDS = [
    *("number", "citation", "printed", "url", "layers"),
    *("read", "licence", "checked", "passages"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_corpus(tmp_path)


@pytest.fixture(scope="module")
def ours() -> Corpus:
    return load_corpus(Settings().corpus)


SEEDED = {
    "the words of a card": ("article.txt", "no roots.", "no real roots."),
    "a line that says more": ("cards/A08.toml", "Lichen may not harm", "Lichen does not harm"),
    "a kind without messages": ("messages/meta.txt", MESSAGES["meta"], ""),
    "a summary that has moved": ("article.toml", "A13 = ", "A77 = "),
    "a card that gives way to none": ("article.toml", '"A08"', '"A09"'),
    "a note's card with few phrasings": ("cards/ref-2/birds.toml", "birds and lichen\n", ""),
    "a note that states what was not read": ("notes/ref-2.md", "birds: facts 4", "birds: facts 6"),
    "a note with a fact that is not listed": ("notes/ref-2.md", "facts 3;", "facts 3, 33;"),
    "a note with another section": ("notes/ref-2.md", "3; New research", "3; Genes"),
    "a note that drops a hedge": ("facts/ref-2.toml", "Researchers look", "Researchers may look"),
    "a note with another number": ("facts/ref-2.toml", "12 roofs", "13 roofs"),
    "words that are not the article's": ("support.toml", SENTENCES["A12"], "Lichen is old."),
    "support by a fact not listed": ("support.toml", "facts = [3]", "facts = [33]"),
    "support by a note that is not there": ("support.toml", '"genes"', '"roots"'),
    "a field that is not known": ("facts/ref-2.toml", "remark =", "remarks ="),
    "a day that is none": ("references.toml", "2024-05-06", "2024-02-30"),
    "a paragraph without a label": ("notes/ref-2.md", "[genes: facts 3; New research]\n\n", ""),
}
"""A fault of each kind: the file, and what is replaced in it by what."""


def run(*words: str, corpus: Path | str | None = None) -> subprocess.CompletedProcess[str]:
    """`python -m corpus` with `words`, on our content or on that of `corpus`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHATBOT_")}
    return subprocess.run(
        [sys.executable, "-m", "corpus", *words],
        cwd=ROOT,
        env=kept | ({"CHATBOT_CORPUS": str(corpus)} if corpus else {}),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


# Loading.


def test_our_content_has_no_faults(ours: Corpus) -> None:
    assert ours.faults == ()


def test_every_number_of_ours_resolves_and_every_reference_is_cited(ours: Corpus) -> None:
    body = [one for one in ours.passages if one.kind != "reference"]
    assert {number for one in body for number in one.numbers} == ours.references.numbers


def test_every_label_of_ours_is_a_passage_with_a_card_or_a_kind(ours: Corpus) -> None:
    carded = {one.id for one in ours.passages if one.card}
    assert {label for one in ours.phrasings for label in one.labels} == carded | set(KINDS)


def test_the_article_is_found_by_its_name_and_nothing_else_is(ours: Corpus) -> None:
    assert ours.document("article") is ours.documents[0]
    with pytest.raises(KeyError, match="ref-99"):
        ours.document("ref-99")


def test_the_made_up_content_has_no_faults(folder: Path) -> None:
    corpus = load_corpus(folder)
    assert corpus.faults == ()
    assert corpus.document("article").text == ARTICLE
    assert {one.id for one in corpus.passages if one.card} == CARDED


def test_phrasings_are_those_of_cards_with_their_questions_and_the_messages(folder: Path) -> None:
    labels = [one.labels[0] for one in load_corpus(folder).phrasings]
    assert {label: labels.count(label) for label in labels} == {
        "A03": 7,
        "A04": 8,
        "A06": 7,
        "A08": 7,
        **dict.fromkeys(["N2-birds.1", "N2-clean-air.1", "N2-genes.1"], 13),
    } | dict.fromkeys(MESSAGES, 4)


def test_loading_twice_gives_the_same(folder: Path) -> None:
    assert load_corpus(folder) == load_corpus(folder)


def test_a_line_that_says_more_than_its_sentence_is_a_fault_at_its_line(folder: Path) -> None:
    edit(folder / "cards" / "A08.toml", "Lichen may not harm", "Lichen does not harm")
    (fault,) = load_corpus(folder).faults
    assert fault.startswith("A08.toml:6: the line of A08 drops the hedge 'may'; word it anew, or ")


def test_the_line_of_a_card_for_other_words_is_not_judged(folder: Path) -> None:
    edit(folder / "cards" / "A08.toml", "Lichen may not harm", "Lichen does not harm")
    edit(folder / "article.txt", "It has no roots.", "It has no real roots.")
    assert load_corpus(folder).faults == (
        "A08.toml:4: the card of A08 was written for other words; read it again",
    )


@pytest.mark.parametrize("name", ["article.txt", "article.toml", "references.toml"])
def test_a_missing_file_is_an_error_that_names_it(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(CorpusError, match=rf"^{name}:1: cannot be read \(.+\); put it back$"):
        load_corpus(folder)


@pytest.mark.parametrize(
    "name", ["article.txt", "article.toml", "references.toml", "cards/A03.toml"]
)
def test_bad_utf8_is_an_error_at_its_line(folder: Path, name: str) -> None:
    text = (folder / name).read_bytes()
    line = text.count(b"\n") + 1
    (folder / name).write_bytes(text + b"# \xff\n")
    with pytest.raises(CorpusError, match=rf"^{Path(name).name}:{line}: is not UTF-8"):
        load_corpus(folder)


def test_an_unknown_passage_under_also_is_an_error_at_the_phrasing(folder: Path) -> None:
    edit(folder / "cards" / "A04.toml", '"A03" = ', '"A03 A77" = ')
    error = r"^A04\.toml:19: there is no card for 'A77'; name a passage with a card$"
    with pytest.raises(CorpusError, match=error):
        load_corpus(folder)


def test_the_same_phrasing_on_two_cards_is_an_error_that_names_both(folder: Path) -> None:
    edit(folder / "cards" / "A06.toml", "why old tiles", "Lichen meaning?")
    error = r"^A06\.toml:9: 'Lichen meaning\?' stands already in A03\.toml:11; keep it where"
    with pytest.raises(CorpusError, match=error):
        load_corpus(folder)


def test_a_phrasing_that_is_also_a_message_is_an_error(folder: Path) -> None:
    edit(folder / "messages" / "off_topic.txt", "who won the match", "rough tiles")
    with pytest.raises(CorpusError, match=r"^off_topic\.txt:3: 'rough tiles' stands already in"):
        load_corpus(folder)


def test_the_question_of_another_card_is_an_error_at_its_line(folder: Path) -> None:
    write(folder / "cards" / "A09.toml", card("A09", question="what is lichen"))
    error = r"^A09\.toml:5: 'what is lichen' stands already in A03\.toml:5"
    with pytest.raises(CorpusError, match=error):
        load_corpus(folder)


def test_content_files_are_listed_with_their_checksums(folder: Path) -> None:
    write(folder / "picture.png", "not content")
    files = corpus_files(folder)
    assert files.keys() == {
        *("article.toml", "article.txt", "references.toml", "support.toml"),
        *("facts/ref-2.toml", "notes/ref-2.md", "plain_words.txt"),
        *(f"cards/ref-2/{name}.toml" for name in NOTE_CARDS),
        *(f"cards/{name}.toml" for name in CARDS),
        *(f"messages/{kind}.txt" for kind in MESSAGES),
    }
    assert files["article.txt"] == hashlib.sha256(ARTICLE.encode()).hexdigest()


# When a source is to be looked at again.


def test_a_source_is_looked_at_again_three_years_after_its_page_was_opened(folder: Path) -> None:
    assert load_corpus(folder).review_due(1) == date(2027, 5, 6)


def test_without_that_day_three_years_after_its_note_was_written(folder: Path) -> None:
    assert load_corpus(folder).review_due(2) == date(2028, 2, 3)


def test_the_day_on_which_the_page_was_opened_goes_before_that_of_the_note(folder: Path) -> None:
    edit(folder / "references.toml", 'checked = ""', 'checked = "2025-12-31"')
    assert load_corpus(folder).review_due(2) == date(2028, 12, 31)


def test_no_day_is_known_for_a_source_that_nobody_has_looked_at(folder: Path) -> None:
    assert load_corpus(folder).review_due(3) is None


def test_three_years_after_the_29th_of_february_is_the_28th(folder: Path) -> None:
    edit(folder / "references.toml", "2024-05-06", "2024-02-29")
    assert load_corpus(folder).review_due(1) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("today", "overdue"),
    [
        pytest.param(date(2027, 5, 6), (), id="on the day itself"),
        pytest.param(date(2027, 5, 7), (1,), id="the day after"),
        pytest.param(date(2028, 2, 4), (1, 2), id="when the next is late too"),
    ],
)
def test_a_review_is_late_once_its_day_has_passed(
    folder: Path, today: date, overdue: tuple[int, ...]
) -> None:
    assert load_corpus(folder).overdue(today) == overdue


@pytest.mark.parametrize("day", ["soon", "2024-02-30", "6 May 2024", "2024-05"])
def test_a_day_that_is_none_is_an_error_at_its_reference(folder: Path, day: str) -> None:
    edit(folder / "references.toml", "2024-05-06", day)
    error = rf"^references\.toml:7: checked is '{day}'; give the day as 2026-05-31, or nothing$"
    with pytest.raises(CorpusError, match=error):
        load_corpus(folder)


@pytest.mark.parametrize("day", ["2162-05-06", "9999-12-31"])
def test_a_day_that_has_not_come_is_an_error_at_its_reference(folder: Path, day: str) -> None:
    edit(folder / "references.toml", "2024-05-06", day)
    with pytest.raises(
        CorpusError, match=rf"^references\.toml:7: checked is '{day}', which has not"
    ):
        load_corpus(folder)


def test_our_note_on_a_source_is_found_by_its_number(folder: Path) -> None:
    corpus = load_corpus(folder)
    note = corpus.note(2)
    assert note
    assert note.document is corpus.document("ref-2", "note")
    assert corpus.note(1) is None


# The commands.


def test_check_is_content_with_ours() -> None:
    done = run("check")
    assert done.returncode == 0
    assert all(line.startswith("warning: ") for line in done.stderr.splitlines())
    assert done.stdout.endswith(" 0 faults\n")


@pytest.mark.parametrize(("file", "old", "new"), SEEDED.values(), ids=SEEDED.keys())
def test_check_fails_on_a_fault_of_any_kind(folder: Path, file: str, old: str, new: str) -> None:
    edit(folder / file, old, new)
    done = run("check", corpus=folder)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert any(path in done.stdout + done.stderr for path in (".toml:", ".txt:", ".md:"))


def test_check_warns_of_a_review_that_is_late_and_still_succeeds(folder: Path) -> None:
    edit(folder / "references.toml", "2024-05-06", "2001-05-06")
    done = run("check", corpus=folder)
    assert (done.returncode, done.stdout.endswith(" 0 faults\n")) == (0, True)
    warning = "warning: reference 1 was to be looked at again by 2004-05-06"
    assert warning in done.stderr.splitlines()


def test_check_is_content_with_the_made_up_corpus(folder: Path) -> None:
    done = run("check", corpus=folder)
    told = "2 documents, 17 passages, 7 cards, 116 phrasings, 0 faults\n"
    assert (done.returncode, done.stdout) == (0, told)


def test_check_tells_a_fault_and_fails(folder: Path) -> None:
    edit(folder / "article.txt", "rain has made", "frost has made")
    edit(folder / "support.toml", "rain has made", "frost has made")
    done = run("check", corpus=folder)
    assert done.returncode == 1
    assert done.stdout.startswith(
        "A06.toml:4: the card of A06 was written for other words; read it again\n"
    )
    assert done.stdout.endswith(" 1 faults\n")


def test_check_tells_an_error_and_fails(folder: Path) -> None:
    edit(folder / "article.txt", "no roots.", "no roots (8).")
    done = run("check", corpus=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "article.txt:9: (8) has no reference; add reference 8 to references.toml or mend the"
        " number\n"
    )


def test_check_of_a_folder_that_is_not_there_fails_in_one_line(tmp_path: Path) -> None:
    done = run("check", corpus=tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("references.toml:1: cannot be read")
    assert done.stderr.count("\n") == 1


def test_list_gives_the_fields_of_the_contract_for_every_reference() -> None:
    done = run("list", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    rows = json.loads(done.stdout)
    assert [list(row) for row in rows] == [LISTED_FIELDS] * 7
    assert [row["number"] for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert rows[4]["printed"].endswith("ISRN Oncology,\n\nArticle ID 290568.")


def test_list_gives_each_field_its_value(folder: Path) -> None:
    first, second, third = json.loads(run("list", "--json", corpus=folder).stdout)
    assert first == {
        "number": 1,
        "citation": "Moss A. Living Stone. Roof Journal 2019; 12(3).",
        "printed": "1. Moss, A., 2019. Living Stone. Roof Journal, 12(3).",
        "url": "https://example.org/stone",
        "layers": [],
        "read": "whole",
        "licence": "CC BY",
        "checked": "2024-05-06",
        "passages": 0,
    }
    assert third["checked"] is None
    told = (second["layers"], second["read"], second["passages"])
    assert told == (["note"], "the first half", 3)


def test_list_for_a_person_shows_how_far_each_source_was_looked_at(folder: Path) -> None:
    assert run("list", corpus=folder).stdout.startswith(
        "1. Moss A. Living Stone. Roof Journal 2019; 12(3).\n"
        "   https://example.org/stone\n"
        "   read: whole\n"
        "   checked: 2024-05-06\n"
        "   review due: 2027-05-06\n"
        "   licence: CC BY\n"
        "2. Slate Museum. What Grows Up There?\n"
        "   https://example.org/up\n"
        "   read: the first half\n"
        "   checked: nobody has opened the publisher’s page yet\n"
        "   review due: 2028-02-03\n"
        "   licence: all rights reserved\n"
        "3. Fern B"
    )


def test_list_of_content_that_cannot_be_used_says_why_and_prints_nothing(folder: Path) -> None:
    (folder / "article.txt").unlink()
    done = run("list", "--json", corpus=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("article.txt:1: cannot be read")


@pytest.mark.parametrize("words", [[], ["publish"], ["check", "--json"]], ids=" ".join)
def test_wrong_usage_prints_nothing_to_standard_output(words: list[str]) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: python -m corpus" in done.stderr
