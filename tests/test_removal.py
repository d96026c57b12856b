"""Passage removal: what only one passage answers is asked again once that passage is gone."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot import Chatbot
from corpus import Corpus, load_corpus
from eval.golden import Stated
from eval.removal import Asked, gaps, removal_table, removed, still_answered_table
from index import build_index
from settings import Settings
from tests.conftest import link_models
from tests.corpus_folder import NOTE_SENTENCES, SENTENCES, write_corpus
from tests.golden_questions import made

STONE = made(
    id="stone", question="can some kinds eat into soft stone?", evidence=(SENTENCES["A09"],)
)
GLUED = made(id="glued", question="does it harm the tiles?", evidence=(SENTENCES["A08"],))
BIRDS = made(id="birds", question="can birds carry lichen?", evidence=(Stated(2, (4,)),))
GOLDEN = (
    STONE,
    GLUED,
    BIRDS,
    replace(STONE, id="two", acceptable=(SENTENCES["A03"],)),
    replace(STONE, id="later", history=("what is lichen?",)),
    replace(BIRDS, id="both", acceptable=(SENTENCES["A03"],)),
    made(id="none", question="rain?", outcome="not_covered", evidence=()),
)


@pytest.fixture(scope="module")
def project(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = tmp_path_factory.mktemp("removal")
    project = Settings(root=root, corpus=write_corpus(root / "content"), var=root / "var")
    link_models(settings, project.var)
    build_index(project)
    return project


@pytest.fixture(scope="module")
def corpus(project: Settings) -> Corpus:
    return load_corpus(project.corpus)


def test_only_what_one_passage_answers_is_taken_away(corpus: Corpus) -> None:
    batches = gaps(corpus, GOLDEN)
    told = {gap.words: gap.questions for batch in batches for gap in batch}
    assert told == {
        SENTENCES["A08"]: (GLUED,),
        SENTENCES["A09"]: (STONE,),
        NOTE_SENTENCES["N2-birds.1"]: (BIRDS,),
    }


def test_what_is_gone_is_asked_and_the_project_stays_as_it_was(
    project: Settings, corpus: Corpus
) -> None:
    before = {path: path.read_bytes() for path in project.corpus.rglob("*.*")}
    skipped: list[str] = []
    told = tuple(removed(gaps(corpus, GOLDEN), project, skipped.append))
    assert [one.golden.id for one in told] == ["stone", "birds"]
    assert not any(one.gap.words in quote.text for one in told for quote in one.answer.quotes)
    assert told[1].abstained
    (fault,) = skipped
    assert "'This means that it may not harm the tiles at all2.'" in fault
    assert {path: path.read_bytes() for path in project.corpus.rglob("*.*")} == before
    assert not list(Path(project.var).glob("removal-*"))
    assert [row[:3] for row in removal_table(told).rows] == [
        ("article", "1", "1"),
        ("ref-2", "1", "1"),
        ("all", "2", "2"),
    ]


def test_what_is_still_answered_is_shown(project: Settings, corpus: Corpus) -> None:
    (gap,) = next(batch for batch in gaps(corpus, GOLDEN) if batch[0].questions == (STONE,))
    told = Asked(gap, STONE, Chatbot.open(project).ask("what is lichen?"))
    assert not told.abstained
    ((id, _, gone, shown),) = still_answered_table([told]).rows
    assert (id, gone) == ("stone", SENTENCES["A09"])
    assert SENTENCES["A03"] in shown
