"""Our own words are plain: checked on all of them, and the check is seen to bite."""

from pathlib import Path

import pytest

from bot import plain
from bot.plain import wording_faults
from corpus import (
    Corpus,
    Term,
    corpus_plain_faults,
    grade,
    load_glossary,
    plain_faults,
    plain_words,
    text_counts,
)
from settings import Settings

SETTINGS = Settings()
TERMS = load_glossary(SETTINGS.corpus / "glossary.toml")
KNOWN = plain_words(SETTINGS)


def test_every_word_of_ours_is_plain(corpus: Corpus) -> None:
    assert list(corpus_plain_faults(corpus, SETTINGS)) == []
    assert wording_faults(SETTINGS) == []


@pytest.mark.parametrize(
    ("entry", "new", "fault"),
    [
        (
            "For support: {helpline}.",
            "For " + "kind words and " * 6 + "{helpline}.",
            "support.text",
        ),
        ("it is right to ask them.", "it is right to interrogate oncologists.", "care_team.text"),
    ],
)
def test_what_is_filled_in_is_plain_too(
    entry: str, new: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, text = tmp_path / "wording.toml", plain.WORDING.read_text("utf-8")
    assert entry in text
    path.write_text(text.replace(entry, new), "utf-8")
    monkeypatch.setattr(plain, "WORDING", path)
    assert any(fault in one for one in wording_faults(SETTINGS))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("It " + "may come back and " * 6 + "stay.", "a sentence of 26 words, more than 20"),
        ("The oligometastatic ones.", "'oligometastatic' is a technical word"),
        ("First one line.\nThen the zygote-like ones.", "'zygote-like' is a technical word"),
        (
            "Understanding particular circumstances facilitates individual determination. " * 20,
            "harder than 6",
        ),
    ],
)
def test_what_is_not_plain_is_named(text: str, fault: str) -> None:
    faults = plain_faults({"some.md: line": text}, TERMS, KNOWN)
    assert any(one.startswith("some.md") and fault in one for one in faults)


def test_a_word_of_the_glossary_or_the_list_is_no_fault() -> None:
    text = "EMT and metastases. A micrometastasis. Vann and his colours."
    assert plain_faults({"x": text}, TERMS, KNOWN) == []
    assert len(plain_faults({"x": text}, (), set())) > 3


def test_a_term_counts_as_two_syllables() -> None:
    term = Term(("epithelial-mesenchymal transition",), "A change.", "", "", "")
    told = text_counts("The epithelial-mesenchymal transition ends.", (term,))
    assert (told.words, told.sentences, told.syllables) == (3, 1, 4)


def test_the_grade_is_the_one_of_the_formula() -> None:
    assert grade(words=100, sentences=10, syllables=130) == pytest.approx(3.65)


def test_the_list_of_plain_words_may_be_missing(tmp_path: Path) -> None:
    assert plain_words(Settings(root=tmp_path, corpus=tmp_path)) == set()
