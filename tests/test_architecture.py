"""The arrows between the parts point one way, and pass through the front of each folder."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from settings import ROOT

ORDER = ("settings", "corpus", "index", "bot", "eval", "app")
"""Each part may import those before it, and itself."""

FILES = sorted(
    path.relative_to(ROOT)
    for part in ORDER
    for path in [ROOT / f"{part}.py", *(ROOT / part).rglob("*.py")]
    if path.is_file()
)


def imported(source: str) -> Iterator[tuple[int, str]]:
    """Line and full name of every import of our own modules, wherever in the file it stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = ["." * node.level + (node.module or "")]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name.split(".")[0] in {*ORDER, ""})


def faults(part: str, source: str) -> list[str]:
    """What the imports of a file in `part` do against the rules."""
    found = []
    for line, name in imported(source):
        other, *inner = name.split(".")
        if not other:
            found.append(f"line {line}: {name} is relative; name the module in full")
        elif ORDER.index(other) > ORDER.index(part):
            found.append(f"line {line}: {part} imports {name}, which stands above it")
        elif inner and other != part and part != "app":
            found.append(f"line {line}: {part} imports {name}; import from {other} itself")
    return found


@pytest.mark.parametrize("path", FILES, ids=str)
def test_imports_point_down_and_pass_through_the_front(path: Path) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")
    assert faults(path.parts[0].removesuffix(".py"), source) == []


@pytest.mark.parametrize("part", ORDER)
def test_every_part_is_looked_at(part: str) -> None:
    assert any(path.parts[0].removesuffix(".py") == part for path in FILES)


@pytest.mark.parametrize(
    ("part", "source"),
    [
        pytest.param("corpus", "from index import SearchIndex", id="up"),
        pytest.param("settings", "import corpus", id="settings imports nothing of ours"),
        pytest.param("bot", "def f() -> None:\n    from eval import run", id="up, when called"),
        pytest.param("index", "from corpus.cards import Card", id="past the front"),
        pytest.param("bot", "import index.search", id="past the front, by module"),
        pytest.param("eval", "from ..bot import Chatbot", id="relative"),
    ],
)
def test_an_import_against_the_rules_is_noticed(part: str, source: str) -> None:
    assert len(faults(part, source)) == 1


@pytest.mark.parametrize(
    ("part", "source"),
    [
        pytest.param("bot", "from corpus import Passage\nfrom index import Record", id="down"),
        pytest.param("corpus", "from corpus.cards import Card", id="inside a folder"),
        pytest.param("index", "import json\nfrom indexes.other import x", id="not ours"),
        pytest.param("app", "from bot.page import chat_page", id="app puts the parts together"),
    ],
)
def test_any_other_import_is_fine(part: str, source: str) -> None:
    assert faults(part, source) == []
