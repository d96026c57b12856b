"""The golden questions can be used: each in its form, its evidence in the corpus, on no card."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.embeddings import Embeddings

from corpus import load_corpus
from eval.golden import GOLDEN, Golden, GoldenError, load_golden, nearly_standing, placed_golden
from eval.leaks import leaks
from index import known_vectors
from settings import Settings
from tests.golden_questions import made

CORPUS = load_corpus(Settings().corpus)
FIRST = (GOLDEN / "dev" / "article.jsonl").read_text("utf-8").splitlines()[0]


@pytest.fixture(scope="module")
def embeddings(settings: Settings) -> Embeddings:
    return known_vectors(settings)


def test_every_golden_question_can_be_used(embeddings: Embeddings) -> None:
    dev, test = (load_golden(GOLDEN / split, CORPUS, embeddings) for split in ("dev", "test"))
    assert len(dev) + len(test) >= 600
    assert not {one.id for one in dev} & {one.id for one in test}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"evidence": ["Cancer never comes back."]}, "is not in the corpus"),
        ({"evidence": [{"ref": 1, "facts": [999]}]}, "is not in the corpus"),
        ({"evidence": []}, "what is to be answered has evidence"),
        ({"colour": "red"}, "colour: Unexpected"),
        ({"kind": "articles"}, "kind: Input should be"),
        ({"history": "hello"}, "history: Input should be"),
        ({"question": ""}, "question: String should"),
        ({"date": "yesterday"}, "date: String should"),
        ({"references": ["3"]}, r"references\.0: Input should be"),
        ({"references": [8]}, "there is no reference 8; use one of"),
        ({"question": " \n"}, "question: String should"),
        ({"date": "2026-02-30"}, "date: Value error"),
        ({"evidence": ["cancer"]}, "is no whole sentence"),
        ({"evidence": ["of"]}, "is no whole sentence"),
        ({"kind": "urgent"}, "the outcome answered does not fit the kind urgent"),
        ({"outcome": "unavailable", "kind": "variant"}, "unavailable does not fit"),
        ({"question": " RELAPSE?! "}, "the conversation is given twice"),
    ],
    ids=lambda told: "" if isinstance(told, str) else str(told)[:40],
)
def test_one_that_cannot_be_used_is_named(
    change: dict[str, Any], fault: str, tmp_path: Path, embeddings: Embeddings
) -> None:
    lines = [
        FIRST,
        json.dumps({**json.loads(FIRST), "id": "other", "question": "relapsed", **change}),
    ]
    (tmp_path / "mine.jsonl").write_text("\n".join(lines), "utf-8")
    with pytest.raises(GoldenError, match=rf"/mine\.jsonl:2: .*{fault}"):
        load_golden(tmp_path, CORPUS, embeddings)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (FIRST.encode() + b"\n{", r"/mine\.jsonl:2: .*JSON"),
        (FIRST.encode() + b"\n\n", r"/mine\.jsonl:2: .*JSON"),
        (FIRST.encode() + b"\n\xff", r"/mine\.jsonl:2: is not UTF-8"),
        (
            f"{FIRST}\n{FIRST}\n".encode(),
            r"/mine\.jsonl:2: the id .* twice \(first in .*/mine.*:1\)",
        ),
        (b"", r"/mine\.jsonl:1: .*JSON"),
    ],
    ids=["no object", "a blank line", "bytes", "an id twice", "an empty file"],
)
def test_a_malformed_file_is_named(
    content: bytes, fault: str, tmp_path: Path, embeddings: Embeddings
) -> None:
    (tmp_path / "mine.jsonl").write_bytes(content)
    with pytest.raises(GoldenError, match=fault):
        load_golden(tmp_path, CORPUS, embeddings)


def test_a_file_that_would_not_be_read_is_named(tmp_path: Path, embeddings: Embeddings) -> None:
    (tmp_path / "mine.jsonl").write_text(FIRST, "utf-8")
    (tmp_path / "more.json").write_text(FIRST, "utf-8")
    with pytest.raises(GoldenError, match=r"/more\.json is no \.jsonl file"):
        load_golden(tmp_path, CORPUS, embeddings)


@pytest.mark.parametrize(
    "evidence",
    [
        "is the term for when cancer comes back",
        "is the term for when cancer comes back after treatment (1). It occurs when cancer is "
        "found again after a period of time where it couldn’t be detected (2).",
    ],
    ids=["words of one sentence", "a sentence and more"],
)
def test_evidence_that_says_enough_is_taken(
    evidence: str, tmp_path: Path, embeddings: Embeddings
) -> None:
    line = json.dumps({**json.loads(FIRST), "evidence": [evidence]})
    (tmp_path / "mine.jsonl").write_text(line, "utf-8")
    assert load_golden(tmp_path, CORPUS, embeddings)[0].evidence == (evidence,)


ASKED = made(id="d", question="Why does cancer come back after an operation?")


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (replace(ASKED, question="What is rain?"), "test/f:1: 'd' has the id of 'd' in dev/f:1"),
        (
            replace(ASKED, id="t", question="why does CANCER come back after an operation"),
            "same as",
        ),
        (replace(ASKED, id="t", question="Why does cancer come back after operations?"), "nearly"),
        (replace(ASKED, id="t", question="Why does rain fall?"), ""),
        (replace(ASKED, id="t", history=("Hello",)), ""),
    ],
    ids=["an id", "the same words", "nearly", "another", "in a conversation"],
)
def test_what_stands_in_both_splits_is_named_by_its_id(
    other: Golden, told: str, embeddings: Embeddings
) -> None:
    found = leaks([("dev/f:1", ASKED)], [("test/f:1", other)], embeddings)
    assert len(found) == bool(told)
    assert all(told in line and other.question not in line for line in found)


def test_nothing_of_dev_stands_in_test(embeddings: Embeddings) -> None:
    dev, test = (placed_golden(GOLDEN / split, CORPUS, embeddings) for split in ("dev", "test"))
    assert leaks(dev, test, embeddings) == ()


def test_a_folder_without_questions_is_named(tmp_path: Path, embeddings: Embeddings) -> None:
    with pytest.raises(GoldenError, match="holds no golden question"):
        load_golden(tmp_path, CORPUS, embeddings)


@pytest.mark.parametrize(
    ("question", "learnt"),
    [
        ("what does recurrence actually mean", "what does recurrence actually mean"),
        ("  WHAT does recurrence, actually, mean?!", "what does recurrence actually mean"),
        ("what does a recurrence actually mean", "recurrence"),
    ],
    ids=["the same", "the same words", "nearly"],
)
def test_one_that_stands_on_a_card_is_refused_with_both(
    question: str, learnt: str, tmp_path: Path, embeddings: Embeddings
) -> None:
    (tmp_path / "mine.jsonl").write_text(json.dumps({**json.loads(FIRST), "question": question}))
    with pytest.raises(GoldenError) as refused:
        load_golden(tmp_path, CORPUS, embeddings)
    assert str(refused.value).startswith(
        f"{tmp_path.name}/mine.jsonl:1: {question!r} nearly stands in "
    )
    assert learnt in str(refused.value)


def test_a_message_in_a_conversation_may_stand_on_a_card(embeddings: Embeddings) -> None:
    learnt = CORPUS.phrasings[0].text
    alone, after = made(question=learnt), made(question=learnt, history=("What are CSCs?",))
    faults = nearly_standing([("f:1", alone), ("f:2", after)], CORPUS.phrasings, embeddings)
    assert [fault.partition(":")[2].partition(":")[0] for fault in faults] == ["1"]
