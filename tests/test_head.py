"""The trained head: fitted the same way every time, and what it reads from a question."""

from pathlib import Path

import numpy as np
import pytest

from index.features import Features
from index.head import FEWEST_ALARMS, Head, fit_head

RANDOM = np.random.default_rng(7)
CENTRES = np.eye(8)[:4]
NAMES = ["P1", "P2", "near_miss", "smalltalk"]


def as_texts(rows: np.ndarray) -> Features:
    """Texts of one word, which is all of the text."""
    return Features(rows.astype(np.float32), tuple(row[None].astype(np.float16) for row in rows))


def examples(each: int = 30) -> tuple[Features, list[tuple[str, ...]]]:
    rows = np.concatenate([c + RANDOM.normal(0, 0.25, (each, 8)) for c in CENTRES])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return as_texts(rows), [(name,) for name in NAMES for _ in range(each)]


def centre(at: int) -> Features:
    return as_texts(CENTRES[at : at + 1])


@pytest.fixture(scope="module")
def head() -> Head:
    return fit_head(*examples(), frozenset({"P1", "P2"}))[0]


def test_the_right_passage_comes_first(head: Head) -> None:
    reading = head.read(centre(1))
    assert reading.passages[0][0] == "P2"
    assert sum(share for _, share in reading.passages) == pytest.approx(1)
    assert reading.answerable >= head.threshold


def test_what_no_passage_answers_is_below_the_threshold(head: Head) -> None:
    reading = head.read(centre(2))
    assert reading.kinds[0][0] == "near_miss"
    assert reading.answerable < head.threshold


def test_confidence_is_a_probability(head: Head) -> None:
    for vector in RANDOM.normal(0, 1, (50, 8)):
        reading = head.read(as_texts(vector[None] / np.linalg.norm(vector)))
        assert 0 <= reading.confidence <= 1
        assert 0 <= reading.answerable <= 1


def test_the_same_phrasings_give_the_same_head() -> None:
    rows, labels = examples()
    one, figures = fit_head(rows, labels, frozenset({"P1", "P2"}))
    other, same = fit_head(rows, labels, frozenset({"P1", "P2"}))
    assert figures == same
    assert all(
        (a.inner == b.inner).all() for a, b in zip(one.networks, other.networks, strict=True)
    )
    assert one.threshold == other.threshold


def test_one_word_in_a_long_story_is_not_lost() -> None:
    """The texts as a whole say nothing; among 60 words at random one tells the class."""

    def told(kind: int) -> np.ndarray:
        words = RANDOM.normal(0, 0.5, (60, 8))
        words[RANDOM.integers(60)] = 4 * CENTRES[kind]
        return words.astype(np.float16)

    kinds = [at % 2 for at in range(400)]
    stories = Features(np.zeros((400, 8), np.float32), tuple(told(kind) for kind in kinds))
    labels = [(("P1",), ("smalltalk",))[kind] for kind in kinds]
    head, _ = fit_head(stories.of(range(300)), labels[:300], frozenset({"P1"}))
    chances = head.chances(stories.of(range(300, 400)))
    assert [(head.classes[at],) for at in chances.argmax(axis=1)] == labels[300:]


def test_a_saved_head_reads_as_before(head: Head, tmp_path: Path) -> None:
    head.save(tmp_path / "head.npz")
    assert Head.load(tmp_path / "head.npz").read(centre(0)) == head.read(centre(0))


def test_two_classes_are_enough() -> None:
    rows, labels = examples()
    head, _ = fit_head(rows.of(range(60)), labels[:60], frozenset({"P1"}))
    assert head.read(centre(0)).answerable > head.read(centre(1)).answerable


@pytest.mark.parametrize(("each", "learnt"), [(FEWEST_ALARMS - 1, False), (FEWEST_ALARMS, True)])
def test_from_few_emergencies_nothing_is_learnt(each: int, learnt: bool) -> None:
    rows, labels = examples(each)
    urgent = [("urgent",) if label == ("smalltalk",) else label for label in labels]
    head, figures = fit_head(rows, urgent, frozenset({"P1", "P2"}))
    assert (head.alarmed < 1) is learnt
    assert ("alarms_noticed" in figures) is learnt


@pytest.mark.parametrize("count", [0, 1, 31], ids=["none", "one", "a class with one"])
def test_too_few_phrasings_are_refused(count: int) -> None:
    rows, labels = examples()
    with pytest.raises(ValueError, match="two or more"):
        fit_head(rows.of(range(count)), labels[:count], frozenset({"P1"}))
