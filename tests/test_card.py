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
from index import known_vectors
from settings import ROOT, Settings

PAGE = (ROOT / "docs" / "evaluation.md").read_text("utf-8")
FIGURE = re.compile(r"-?\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def made(dev_run: Run, dev: tuple[Golden, ...], corpus: Corpus, settings: Settings) -> str:
    test = load_golden(GOLDEN / "test", corpus, known_vectors(settings))
    told = Told(dev_run.setup, scored(dev_run))
    return card([told, told, told, told], stats_table(dev, test, corpus), exposures(), {})


def form(page: str) -> list[str]:
    """Its lines without the table of all systems, the provenance and the figures."""
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
        card([told, other], stats_table((), (), corpus), (), {})


def test_every_system_is_shown_with_the_figures_that_matter(made: str) -> None:
    table = made.partition("## In short")[2].partition("`bm25`")[0]
    assert table.count("\n| ") == len(SHORT) + 1


def test_how_often_test_was_looked_at_is_told(dev_run: Run, corpus: Corpus) -> None:
    seen = Exposure("2026-01-02T00:00:00", "ours", None, None, None)
    told = Told(dev_run.setup, scored(dev_run))
    page = card([told], stats_table((), (), corpus), [seen, seen], {})
    assert "split so far: 2, of our chatbot 2, last on 2026-01-02" in page
