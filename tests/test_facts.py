"""The facts of each source: what is read of their file, and what is refused."""

from pathlib import Path

import pytest

from corpus import CorpusError
from corpus.facts import SEEN, Fact, load_facts
from settings import Settings
from tests.corpus_folder import FACTS, edit, write


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write(tmp_path / "ref-2.toml", FACTS)
    return tmp_path / "ref-2.toml"


def test_facts_are_found_by_their_number(path: Path) -> None:
    facts = load_facts(path)
    assert list(facts) == [1, 2, 3, 4, 5, 6]
    assert facts[3] == Fact(3, "Researchers look at the genes of lichen.", "New research", "read")


def test_a_file_without_facts_has_none(path: Path) -> None:
    write(path, "# Nothing was read yet.\n")
    assert load_facts(path) == {}


def test_a_fact_was_seen_in_one_of_four_ways(path: Path) -> None:
    assert {fact.seen for fact in load_facts(path).values()} == set(SEEN)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        pytest.param("remark =", "remarks =", "25: unknown field remarks; remove it", id="a typo"),
        pytest.param(
            "# What", 'source = "x" # What', "1: unknown field source; remove", id="a new field"
        ),
        pytest.param("number = 2\n", "", "8: number is None; give it a value of", id="no number"),
        pytest.param("number = 2", 'number = "2"', "8: number is '2'; give it", id="a text number"),
        pytest.param("number = 2", "number = true", "8: number is True; give it", id="yes"),
        pytest.param(
            'text = "Lichen is pretty."', 'text = ""', "33: text is ''; give it", id="no text"
        ),
        pytest.param(
            'section = "New research"\n', "", "14: section is None; give it a", id="no section"
        ),
        pytest.param('seen = "background"', "", "33: seen is None; give it a value", id="not seen"),
        pytest.param(
            'seen = "background"',
            'seen = "heard"',
            "33: fact 6 was seen as 'heard'; use one of read, older version, third-party copy,",
            id="seen otherwise",
        ),
        pytest.param(
            "number = 3",
            "number = 1",
            "14: fact 1 is given twice; give each fact a number of its own",
            id="a number twice",
        ),
        pytest.param("number = 4", "number =", "21: is not TOML (", id="bad TOML"),
        pytest.param(FACTS, "fact = 3\n", "1: fact is no list of tables; open", id="no tables"),
    ],
)
def test_a_faulty_file_is_an_error_at_its_line(path: Path, old: str, new: str, error: str) -> None:
    edit(path, old, new)
    with pytest.raises(CorpusError) as caught:
        load_facts(path)
    assert str(caught.value).startswith(f"ref-2.toml:{error}")


def test_a_missing_file_is_an_error_that_names_it(path: Path) -> None:
    path.unlink()
    with pytest.raises(CorpusError, match=r"^ref-2\.toml:1: cannot be read \(.+\); put it back$"):
        load_facts(path)


@pytest.mark.parametrize("number", range(1, 8))
def test_our_facts_are_numbered_without_a_gap(number: int) -> None:
    facts = load_facts(Settings().corpus / "facts" / f"ref-{number}.toml")
    assert list(facts) == list(range(1, len(facts) + 1))
