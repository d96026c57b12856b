"""docs/evaluation.md is what the command makes, but for figures that hang on the machine."""

import re

import pytest

from corpus import Corpus
from eval.card import SHORT, Told, card
from eval.exposure import Exposure, exposures
from eval.golden import GOLDEN, Golden, load_golden
from eval.runs import Run, RunError
from eval.scoring import scored
from eval.stats import stats_table
from eval.tables import Table
from eval.variants import variants_table
from index import known_vectors
from settings import ROOT, Settings

PAGE = (ROOT / "docs" / "evaluation.md").read_text("utf-8")
NONE = Table(("variant",), ())
FIGURE = re.compile(r"-?\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def made(dev_run: Run, dev: tuple[Golden, ...], corpus: Corpus, settings: Settings) -> str:
    test = load_golden(GOLDEN / "test", corpus, known_vectors(settings))
    told = Told(dev_run.setup, scored(dev_run))
    counts, variants = stats_table(dev, test, corpus), variants_table([], [])
    tested = Told(dev_run.setup.model_copy(update={"split": "test"}), told.judged)
    return card([told, told, told, told], counts, exposures(), {}, variants, tested)


def form(page: str) -> list[str]:
    """Its lines without the tables of all systems and variants, the provenance and the figures."""
    before, _, after = page.partition("## Said otherwise")
    page = before + after.partition("## How it is measured")[2]
    lines = [line for line in page.splitlines() if not line.startswith("Split `")]
    return [FIGURE.sub("0", line) for line in lines if line.count("(") < 4 and "ours |" not in line]


def test_the_page_has_the_form_that_the_command_gives(made: str) -> None:
    assert form(PAGE) == form(made)


def test_the_page_counts_the_questions_that_there_are(made: str) -> None:
    section = re.compile(r"## The questions\n\n(.*?)\n\n", re.DOTALL)
    told, now = section.search(PAGE), section.search(made)
    assert told
    assert now
    assert told[1] == now[1], "run `make evaluation`"


def test_runs_of_other_questions_stand_on_no_card(dev_run: Run, corpus: Corpus) -> None:
    told = Told(dev_run.setup, scored(dev_run))
    other = Told(dev_run.setup.model_copy(update={"golden": "0"}), told.judged)
    with pytest.raises(RunError, match="was not asked the questions of the first one"):
        card([told, other], stats_table((), (), corpus), (), {}, NONE)


def test_every_system_is_shown_with_the_figures_that_matter(made: str) -> None:
    table = made.partition("## In short")[2].partition("`bm25`")[0]
    assert table.count("\n| ") == len(SHORT) + 1


def test_how_often_test_was_looked_at_is_told(dev_run: Run, corpus: Corpus) -> None:
    seen = Exposure("2026-01-02T00:00:00", "ours", None, None, None)
    told = Told(dev_run.setup, scored(dev_run))
    page = card([told], stats_table((), (), corpus), [seen, seen], {}, NONE)
    assert "split so far: 2, of our chatbot 2, last on 2026-01-02" in page


def test_a_run_of_test_has_a_column_of_its_own(dev_run: Run, corpus: Corpus, made: str) -> None:
    assert "| figure | value | 95 % interval | n | on `test` |" in made
    assert "The last column below is of `test`" in made
    told, counts = Told(dev_run.setup, scored(dev_run)), stats_table((), (), corpus)
    without = card([told], counts, (), {}, NONE)
    assert "on `test` |" not in without
    assert "No run of `test` stands on this page" in without
    with pytest.raises(RunError, match="is not one of our chatbot on the whole of test"):
        card([told], counts, (), {}, NONE, told)


def test_what_the_evidence_is_stands_apart(made: str) -> None:
    table = made.partition("## By evidence\n\n")[2].partition("\n\n")[0]
    n = [int(told) for told in re.findall(r"n=(\d+)", table)]
    assert (n[0], n[2]) == (n[1], n[3])
    assert f"n={n[0] + n[2]})" in made.partition("| right sentence first |")[2].partition("\n")[0]
