"""What the tests share: the real index, built once, and the chatbot on it."""

import os
import shutil
from pathlib import Path

import pytest

from bot import Chatbot
from index import build_index
from settings import Settings


@pytest.fixture(scope="session")
def settings() -> Settings:
    settings = Settings()
    build_index(settings)
    return settings


@pytest.fixture(scope="session")
def chatbot(settings: Settings) -> Chatbot:
    return Chatbot.open(settings)


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
