"""A follow-up is weighed with what was answered: how near, how often quoted, how it reads alone."""

from pathlib import Path

import numpy as np
import pytest

from bot import Chatbot
from corpus import CorpusError, load_corpus
from index.context import EVIDENCE, Context, Places, evidence, fit_context, in_context, is_bare
from index.head import Head, fit_head
from tests.corpus_folder import write_corpus
from tests.test_head import as_texts

RANDOM = np.random.default_rng(3)
CENTRES = np.eye(8)[:4]
NAMES = ("P1", "P2", "P3", "near_miss")


@pytest.fixture(scope="module")
def head() -> Head:
    rows = np.concatenate([one + RANDOM.normal(0, 0.2, (30, 8)) for one in CENTRES])
    labels = [(name,) for name in NAMES for _ in range(30)]
    return fit_head(as_texts(rows), labels, frozenset(NAMES[:3]))[0]


@pytest.fixture(scope="module")
def places(head: Head) -> Places:
    order = {"P1": ("article", 0), "P2": ("article", 1), "P3": ("ref-1", 0)}
    texts = np.vstack([CENTRES[:3], np.zeros((1, 8))])
    rows = [texts[NAMES.index(name)] for name in head.classes]
    return Places(np.array(rows), order)


def told(head: Head, found: np.ndarray, name: str, what: str) -> float:
    return float(found[head.classes.index(name), EVIDENCE.index(what)])


def test_the_evidence_knows_where_a_passage_stands(head: Head, places: Places) -> None:
    found = evidence(head, places, as_texts(np.repeat(CENTRES[:1], 3, axis=0)), "P1", ("P1", "P3"))
    assert told(head, found, "P1", "just quoted") == 1
    assert told(head, found, "P1", "quoted before") == 0
    assert told(head, found, "P3", "quoted before") == 1
    assert told(head, found, "P2", "next") == 1
    assert told(head, found, "P3", "same document") == 0
    assert told(head, found, "near_miss", "is a kind") == 1
    assert told(head, found, "near_miss", "passage: alone") == 0
    assert told(head, found, "P1", "near the message") == 1


def test_what_is_learnt_is_what_was_right(head: Head, places: Places) -> None:
    rows = as_texts(np.repeat(CENTRES[:1], 3, axis=0))
    found = np.stack([evidence(head, places, rows, "P1", ())] * 5)
    right = np.repeat([[name == "P2" for name in head.classes]], 5, axis=0)
    context = fit_context(found, right)
    reading = context.read(head, found[0])
    assert reading.passages[0][0] == "P2"  # the one after what was quoted, not the same again
    assert reading.confidence > 0.5
    assert (context.weights == fit_context(found, right).weights).all()


def test_saved_weights_read_as_before(tmp_path: Path) -> None:
    context = Context(np.arange(len(EVIDENCE), dtype=float))
    context.save(tmp_path / "context.json")
    assert (Context.load(tmp_path / "context.json").weights == context.weights).all()


def test_places_follow_the_text(head: Head, chatbot: Chatbot) -> None:
    carded = chatbot._index().carded
    order = Places.of(carded, np.zeros((len(carded), 8)), head).order
    assert order["A14"][1] == order["A13"][1] + 1
    assert order["N3-scans.1"][0] == "ref-3"


@pytest.mark.parametrize("message", ["why", "Why not?", "how so", "and so?", "which means what"])
def test_small_words_alone_say_nothing(message: str) -> None:
    assert is_bare(message)
    assert in_context(message, "Before?", "Card?")[0] == f"Before? {message}"


@pytest.mark.parametrize(
    "message", ["and after chemo?", "and mine?", "who are you", "no", "will she"]
)
def test_other_words_say_something(message: str) -> None:
    assert not is_bare(message)
    assert in_context(message, "Before?", "Card?")[0] == message


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "the line: Invalid JSON"),
        ('{"earlier": "a"}', "after: Field required"),
        (
            '{"earlier": "a", "after": "A08", "quoted": [], "message": "b",'
            ' "label": "A99", "also": []}',
            "'A99' is neither a passage with a card nor a kind of message",
        ),
    ],
    ids=["no JSON", "a field is missing", "no such passage"],
)
def test_a_follow_up_that_cannot_be_used_names_its_line(
    line: str, fault: str, tmp_path: Path
) -> None:
    folder = write_corpus(tmp_path)
    (folder / "follow_ups.jsonl").write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"follow_ups\.jsonl:1: ") as raised:
        load_corpus(folder)
    assert fault in str(raised.value)
