"""Whoever names a quote by its words gets the file's own words, or nothing."""

from pathlib import Path

import pytest

from bot.named import named_quote, plain_typography
from corpus import Document, load_corpus
from tests.corpus_folder import SENTENCES, write_corpus


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("named"))


@pytest.fixture(scope="module")
def article(root: Path) -> Document:
    return load_corpus(root).document("article")


WHERE = SENTENCES["A04"]
ROOTS = f"{SENTENCES['A07']} {SENTENCES['A08']}"


@pytest.mark.parametrize(
    "words",
    [
        WHERE,
        "It grows on roofs where the air isn't dirty (2).",
        "It grows on roofs\nwhere the air isnʼt\u00a0dirty (2). ",
        "It grows on\u200b roofs where the air isn’t dir\u00adty (2).",
    ],
    ids=["as printed", "straight apostrophe", "wrapped", "invisible signs"],
)
def test_the_words_of_the_file_are_shown_whatever_the_typography(
    words: str, article: Document, root: Path
) -> None:
    quote = named_quote(words, article, root)
    assert quote
    assert quote.text == article.text[quote.start : quote.end] == WHERE
    assert (quote.path, quote.references) == ("article.txt", (2,))
    assert quote.focus == (quote.start, quote.end)


def test_sentences_that_stand_together_are_one_quote(article: Document, root: Path) -> None:
    quote = named_quote(ROOTS, article, root)
    assert quote
    assert quote.text == ROOTS
    assert quote.references == (2,)
    assert article.text[slice(*quote.focus)] == SENTENCES["A07"]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "It grows on roofs where the air is dirty (2).",
        "It grows on roofs where the air isn’t dirty (3).",
        "it grows on roofs where the air isn’t dirty (2).",
        "It grows on roofs where the air isn’t dirty",
        "grows on roofs where the air isn’t dirty (2).",
        f"{SENTENCES['A06']} {SENTENCES['A08']}",
        f"{SENTENCES['A04']} {SENTENCES['A06']}",
        "Why does lichen grow on roofs?",
        "Lichen on roofs: Should it stay?",
    ],
    ids=[
        *("nothing", "negation", "number", "case", "end", "beginning"),
        *("a sentence left out", "two paragraphs", "a heading", "the title"),
    ],
)
def test_near_is_not_enough(words: str, article: Document, root: Path) -> None:
    assert named_quote(words, article, root) is None


def test_numbers_are_no_typography() -> None:
    assert plain_typography("10² cells") != plain_typography("102 cells")
    assert plain_typography("½ of them") != plain_typography("1/2 of them")


def test_every_typographic_sign_becomes_one() -> None:
    assert plain_typography("“ﬁve” – isn’t…") == '"five" - isn\'t...'
