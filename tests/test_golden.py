"""The golden questions can be used: each in its form, its evidence in the corpus, on no card."""

import json
from pathlib import Path
from typing import Any

import pytest
from langchain_core.embeddings import Embeddings

from corpus import load_corpus
from eval.golden import GOLDEN, GoldenError, load_golden, nearly_standing
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
    ],
    ids=lambda told: "" if isinstance(told, str) else str(told)[:40],
)
def test_one_that_cannot_be_used_is_named(
    change: dict[str, Any], fault: str, tmp_path: Path, embeddings: Embeddings
) -> None:
    lines = [FIRST, json.dumps({**json.loads(FIRST), "id": "other", **change})]
    (tmp_path / "mine.jsonl").write_text("\n".join(lines), "utf-8")
    with pytest.raises(GoldenError, match=rf"^mine\.jsonl:2: .*{fault}"):
        load_golden(tmp_path, CORPUS, embeddings)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (FIRST.encode() + b"\n{", r"^mine\.jsonl:2: .*JSON"),
        (FIRST.encode() + b"\n\n", r"^mine\.jsonl:2: .*JSON"),
        (FIRST.encode() + b"\n\xff", r"^mine\.jsonl:2: is not UTF-8"),
        (f"{FIRST}\n{FIRST}\n".encode(), r"^mine\.jsonl:2: the id .* twice \(first in mine.*:1\)"),
        (b"", r"^mine\.jsonl:1: .*JSON"),
    ],
    ids=["no object", "a blank line", "bytes", "an id twice", "an empty file"],
)
def test_a_malformed_file_is_named(
    content: bytes, fault: str, tmp_path: Path, embeddings: Embeddings
) -> None:
    (tmp_path / "mine.jsonl").write_bytes(content)
    with pytest.raises(GoldenError, match=fault):
        load_golden(tmp_path, CORPUS, embeddings)


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
    assert str(refused.value).startswith(f"mine.jsonl:1: {question!r} nearly stands in ")
    assert learnt in str(refused.value)


def test_a_message_in_a_conversation_may_stand_on_a_card(embeddings: Embeddings) -> None:
    learnt = CORPUS.phrasings[0].text
    alone, after = made(question=learnt), made(question=learnt, history=("What are CSCs?",))
    faults = nearly_standing([("f:1", alone), ("f:2", after)], CORPUS.phrasings, embeddings)
    assert [fault.partition(":")[2].partition(":")[0] for fault in faults] == ["1"]
