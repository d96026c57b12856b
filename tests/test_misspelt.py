"""Typing errors: one in each long word, the same every time."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from eval.misspelt import LONG_WORD, misspelt

QUESTION = "Why does my cancer return after surgery or chemotherapy, and what's recurrence?"


def test_the_same_text_gets_the_same_errors() -> None:
    assert misspelt(QUESTION) == misspelt(QUESTION) != QUESTION


def test_short_words_and_signs_stay() -> None:
    for text in ("", "why is it back?", "A 123456 b_1", "does  it\tgrow – or not"):
        assert misspelt(text) == text
    kept = [LONG_WORD.sub("_", text) for text in (QUESTION,)]
    assert kept == ["Why does my _ _ after _ or _, and what's _?"]


def test_each_long_word_gets_one_error() -> None:
    before, after = QUESTION.split(), misspelt(QUESTION).split()
    for word, other in zip(before, after, strict=True):
        long = LONG_WORD.search(word) is not None
        assert DamerauLevenshtein.distance(word, other) == (1 if long else 0), (word, other)


@given(st.text("abcdéE", min_size=6, max_size=12))
def test_any_long_word_changes_by_one_error(word: str) -> None:
    assert DamerauLevenshtein.distance(word, misspelt(word)) == 1


def test_every_way_of_mistyping_occurs() -> None:
    words = [f"question{'abcdefghij'[at % 10] * 2}{'klmnopqrst'[at // 10]}" for at in range(100)]
    lengths = {len(misspelt(word)) - len(word) for word in words}
    swapped = [word for word in words if sorted(misspelt(word)) == sorted(word)]
    replaced = [
        word
        for word in words
        if len(misspelt(word)) == len(word) and sorted(misspelt(word)) != sorted(word)
    ]
    assert lengths == {-1, 0, 1}
    assert swapped
    assert replaced
