"""The glossary: technical words, each explained in one plain sentence."""

from pathlib import Path

import pytest

from corpus import CorpusError, Term, load_glossary, terms_in
from settings import Settings

GLOSSARY = load_glossary(Settings().corpus / "glossary.toml")


def term(*words: str) -> Term:
    return Term(words, "What it means.", "https://example.org", "", "")


def test_every_meaning_is_one_plain_sentence_with_the_page_it_was_read_on() -> None:
    assert len(GLOSSARY) >= 60
    for one in GLOSSARY:
        assert len(one.meaning.split()) <= 20, one.name
        assert one.meaning.endswith("."), one.name
        assert one.seen.startswith(("https://", "http://")), one.name


def test_a_word_is_found_whole_and_in_any_case() -> None:
    text = "CELLS are not cellars; one cell is."
    found = terms_in(text, [term("cell", "cells")])
    assert [text[one.start : one.end] for one in found] == ["CELLS", "cell"]


def test_the_longest_word_wins() -> None:
    text = "A cancer stem cell is a cell."
    found = terms_in(text, [term("cell"), term("stem cell"), term("cancer stem cell")])
    assert [one.term.name for one in found] == ["cancer stem cell", "cell"]


def test_without_terms_nothing_is_found() -> None:
    assert terms_in("cells", []) == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[[term]]\nwords = ["cell"]\nseen = "x"', "meaning is None"),
        ('[[term]]\nmeaning = "A."\nseen = "x"', "words is None"),
        ('[[term]]\nwords = ["a"]\nmeaning = "A."\nseen = "x"\ncolour = "red"', "unknown field"),
        (
            '[[term]]\nwords = ["a"]\nmeaning = "A."\nseen = "x"\n'
            '[[term]]\nwords = ["A"]\nmeaning = "B."\nseen = "x"',
            "'a' belongs to two terms",
        ),
    ],
)
def test_a_fault_is_named_with_its_line(text: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=rf"glossary.toml:\d+: .*{fault}"):
        load_glossary(path)
