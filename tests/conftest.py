"""What the tests share: the real index, built once, and the chatbot on it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot import Chatbot
from corpus import Corpus, load_corpus
from eval.asking import run, setup_of
from eval.golden import GOLDEN, Golden, load_golden
from eval.runs import Run
from eval.scoring import score
from eval.systems import opened
from index import build_index, known_vectors
from settings import Settings
from tests.page.browsing import CHROMIUM, FLAGS


@pytest.fixture(scope="session")
def settings() -> Settings:
    settings = Settings()
    build_index(settings)
    return settings


@pytest.fixture(scope="session")
def chatbot(settings: Settings) -> Chatbot:
    return Chatbot.open(settings)


@pytest.fixture(scope="session")
def corpus(settings: Settings) -> Corpus:
    return load_corpus(settings.corpus, settings.sources)


@pytest.fixture(scope="session")
def dev(settings: Settings, corpus: Corpus) -> tuple[Golden, ...]:
    """The golden questions of `dev`."""
    return load_golden(GOLDEN / "dev", corpus, known_vectors(settings))


@pytest.fixture(scope="session")
def dev_run(
    settings: Settings,
    corpus: Corpus,
    dev: tuple[Golden, ...],
    tmp_path_factory: pytest.TempPathFactory,
) -> Run:
    """One run of `dev` with our chatbot, with its scores: made once for all tests."""
    system = opened("ours", corpus, settings, None)
    setup = setup_of("ours", "dev", None, None, dev, system.index, corpus, settings)
    made = run(tmp_path_factory.mktemp("dev") / "run", setup, dev, system)
    score(made, corpus, settings)
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser: Chromium, as this machine has it."""
    if not CHROMIUM and not os.environ.get("CI"):
        pytest.skip("NO CHROMIUM: THE PAGES WERE NOT TESTED")
    assert CHROMIUM, "CI must test the pages: install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def own_root(settings: Settings, tmp_path: Path) -> Settings:
    """The real content and index in a folder of the test's own, which it may spoil."""
    content = tmp_path / "corpus" / "content"
    shutil.copytree(settings.corpus, content)
    shutil.copytree(settings.var / "index", tmp_path / "var" / "index")
    link_models(settings, tmp_path / "var")
    return Settings(root=tmp_path, corpus=content, var=tmp_path / "var")


def link_models(settings: Settings, var: Path) -> None:
    """Gives `var` the exported model without copying it or exporting it again."""
    shutil.copytree(settings.var / "models", var / "models", copy_function=os.link)
