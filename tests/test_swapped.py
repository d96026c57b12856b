"""Answers follow the corpus: a fact that is swapped is answered anew, one that is gone no longer.

An answer that stays the same after its source changed came from somewhere else.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot import Answer, Chatbot, SavedAnswer, Verifier
from corpus import load_references
from corpus.store import add_source
from index import build_index
from settings import Settings
from tests.conftest import link_models
from tests.corpus_folder import edit, write, write_corpus

TEXT = """# What Grows Up There?

A wet slate roof is slippery for 3 days after snow. \
Ladders must be tied at the top.
"""
SWAPPED = {
    "what is lichen?": ("article.txt", "on bare stone (1)", "on wet bark (1)"),
    "where does lichen grow?": ("article.txt", "air isn’t dirty (2)", "air is dirty (2)"),
    "why does lichen settle on tiles?": ("article.txt", "because rain has", "because frost has"),
    "does lichen harm tiles?": (
        "article.txt",
        "may not harm the tiles at",
        "may harm the tiles at",
    ),
    "can lichen grow in smoky towns?": ("notes/ref-2.md", "towns 12 roofs", "towns 30 roofs"),
    "can birds carry lichen to other roofs?": (
        "notes/ref-2.md",
        "birds sometimes",
        "bats sometimes",
    ),
    "a wet slate roof is slippery for 3 days after snow": ("", "3 days", "9 days"),
}
"""Each question with the file of its answer, words of it, and what is to stand there instead."""
REMOVED = {
    "can some kinds eat into soft stone?": (
        "article.txt",
        "Some kinds can eat into soft stone (2), (3).\n\n",
    ),
    "can birds carry lichen to other roofs?": (
        "notes/ref-2.md",
        "An older version of the page says that birds sometimes carry pieces of lichen to other"
        " roofs.\n\n[birds: facts 4; How it travels]\n",
    ),
    "must ladders be tied at the top?": ("", " Ladders must be tied at the top."),
}
"""Each question with what is taken away: then nothing answers it."""


def project(root: Path, settings: Settings, text: str, change: Callable[[Path], None]) -> Settings:
    """The made-up corpus, changed, with its index; `text` is that of source 2."""
    built = Settings(root=root, corpus=write_corpus(root / "content"), var=root / "var")
    link_models(settings, built.var)
    write(root / "up.md", text)
    listed = load_references(built.corpus / "references.toml")
    add_source(built, listed, 2, root / "up.md", "Ada Moss, Slate Museum, 6 May 2024")
    change(built.corpus)
    build_index(built)
    return built


def swap(content: Path) -> None:
    for file, old, new in SWAPPED.values():
        if file:
            edit(content / file, old, new)


def remove(content: Path) -> None:
    for file, words in REMOVED.values():
        if file:
            edit(content / file, words, "")


@pytest.fixture(scope="module")
def plain(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return project(tmp_path_factory.mktemp("plain"), settings, TEXT, lambda content: None)


@pytest.fixture(scope="module")
def swapped(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    text = TEXT.replace("3 days", "9 days")
    return project(tmp_path_factory.mktemp("swapped"), settings, text, swap)


@pytest.fixture(scope="module")
def removed(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    text = TEXT.replace(" Ladders must be tied at the top.", "")
    return project(tmp_path_factory.mktemp("removed"), settings, text, remove)


def quoted(answer: Answer) -> str:
    return " ".join(quote.text for quote in answer.quotes)


@pytest.mark.parametrize("question", SWAPPED)
def test_a_swapped_fact_changes_the_answer(
    question: str, plain: Settings, swapped: Settings
) -> None:
    _, old, new = SWAPPED[question]
    before, after = (Chatbot.open(one).ask(question) for one in (plain, swapped))
    assert old in quoted(before)
    assert new in quoted(after)
    assert old not in after.reply
    saved = SavedAnswer.model_validate_json(after.model_dump_json())
    assert list(Verifier(swapped).faults(saved)) == []


@pytest.mark.parametrize("question", REMOVED)
def test_what_is_gone_is_not_answered(question: str, plain: Settings, removed: Settings) -> None:
    before, after = (Chatbot.open(one).ask(question) for one in (plain, removed))
    assert before.outcome == "answered"
    assert after.outcome == "not_covered", (after.outcome, quoted(after))
    assert after.quotes == ()
