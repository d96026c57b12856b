"""Nurses' sheets: what a patient saw, where the quotes stand, and nothing of what was expected."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest

from bot import Chatbot
from corpus import Corpus, load_corpus
from eval.runs import Run, row_of
from eval.sheet import SheetError, sheet_csv, sheet_page, shown
from eval.verdicts import COLUMNS, run_hash
from settings import Settings
from tests.golden_questions import made, unanswered
from tests.test_runs import setup

QUESTIONS = ("Why can cancer come back after surgery?", "What is reference 5?", "hello")


@pytest.fixture(scope="module")
def corpus(settings: Settings) -> Corpus:
    return load_corpus(settings.corpus, settings.sources)


@pytest.fixture(scope="module")
def run(chatbot: Chatbot) -> Run:
    rows = tuple(
        row_of(made(id=f"q-{at}", question=question), chatbot.ask(question))
        for at, question in enumerate(QUESTIONS)
    )
    other = unanswered(made(id="odd", question="<b>=1+1</b>", kind="off_topic", why="EXPECTED"))
    return Run(Path("runs/one"), setup(questions=4), (*rows, other))


def test_the_page_shows_the_reply_and_marks_the_quote(run: Run, corpus: Corpus) -> None:
    page = sheet_page(run, shown(run, corpus, None, None))
    assert page.count("<article ") == 4
    marked = re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL)
    for row in run.rows[:2]:
        for quote in row.answer.quotes:
            assert any(part in quote.text for part in marked)
            assert row.sha256 in page
    assert "See the quote in the article" in page


def test_an_entry_of_two_paragraphs_is_marked_whole(run: Run, corpus: Corpus) -> None:
    page = sheet_page(run, shown(run, corpus, None, None))
    assert "<mark>5. Ahmad, A., 2013." in page
    assert "Article ID 290568.</mark>" in page


def test_the_page_asks_nothing_of_any_other_place(run: Run, corpus: Corpus) -> None:
    page = sheet_page(run, shown(run, corpus, None, None))
    assert "default-src 'none'" in page
    assert not re.search(r"<(?:img|link|iframe|script[^>]*\ssrc)", page)
    assert "{{" not in page


def test_what_was_expected_is_not_told(run: Run, corpus: Corpus) -> None:
    page = sheet_page(run, shown(run, corpus, None, None))
    assert "EXPECTED" not in page
    assert "off_topic" not in page


def test_what_was_typed_stays_text(run: Run, corpus: Corpus) -> None:
    page = sheet_page(run, shown(run, corpus, "off_topic", None))
    assert "&lt;b&gt;=1+1&lt;/b&gt;" in page
    assert page.count("<article ") == 1


def test_the_table_holds_the_same_answers_and_no_formula(run: Run, corpus: Corpus) -> None:
    rogue = run._replace(rows=(*run.rows, unanswered(made(id="f", question="=HYPERLINK(1)"))))
    table = sheet_csv(rogue, shown(rogue, corpus, None, None))
    rows = list(csv.DictReader(io.StringIO(table)))
    assert tuple(rows[0]) == COLUMNS
    assert {row["answer"] for row in rows} == {row.sha256 for row in rogue.rows}
    assert {row["run"] for row in rows} == {run_hash(rogue)}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_a_sample_is_the_same_for_every_nurse(run: Run, corpus: Corpus) -> None:
    one, other = (shown(run, corpus, None, 2) for _ in range(2))
    assert one == other
    assert len(one) == 2
    assert len(shown(run, corpus, None, 99)) == 4


@pytest.mark.parametrize(
    ("kind", "sample", "fault"),
    [("urgent", None, "has no answer of the kind 'urgent'; it has"), (None, 0, "is no sample")],
)
def test_a_sheet_without_answers_is_an_error(
    kind: str | None, sample: int | None, fault: str, run: Run, corpus: Corpus
) -> None:
    with pytest.raises(SheetError, match=fault):
        shown(run, corpus, kind, sample)


def test_a_file_that_changed_since_the_run_is_named(run: Run, corpus: Corpus) -> None:
    row = run.rows[0]
    quote = row.answer.quotes[0].model_copy(update={"sha256": "0" * 64})
    answer = row.answer.model_copy(update={"quotes": (quote,)})
    changed = run._replace(rows=(row_of(row.golden, answer),))
    with pytest.raises(SheetError, match="has changed since the run or is gone; run it again"):
        shown(changed, corpus, None, None)


def test_a_run_is_known_by_its_answers(run: Run) -> None:
    assert run_hash(run) == run_hash(run._replace(setup=setup(started=str(date.today()))))
    assert run_hash(run) != run_hash(run._replace(rows=run.rows[:2]))
