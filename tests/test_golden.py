"""The golden questions can be used: each in its form, its evidence in the corpus, on no card."""

import json
from pathlib import Path

import pytest

from corpus import load_corpus
from eval.golden import GoldenError, load_golden
from settings import ROOT, Settings

GOLDEN = ROOT / "eval" / "golden"
CORPUS = load_corpus(Settings().corpus)


def test_every_golden_question_can_be_used() -> None:
    dev, test = (load_golden(GOLDEN / split, CORPUS) for split in ("dev", "test"))
    assert len(dev) + len(test) >= 600
    assert not {one.id for one in dev} & {one.id for one in test}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"evidence": ["Cancer never comes back."]}, "is not in the corpus"),
        ({"question": "what does recurrence actually mean"}, "stands on a card"),
        ({"colour": "red"}, "the fields must be"),
    ],
    ids=["evidence", "card", "field"],
)
def test_one_that_cannot_be_used_is_named(
    change: dict[str, object], fault: str, tmp_path: Path
) -> None:
    first = next((GOLDEN / "dev").glob("article.jsonl")).read_text("utf-8").splitlines()[0]
    path = tmp_path / "mine.jsonl"
    path.write_text(json.dumps({**json.loads(first), **change}), "utf-8")
    with pytest.raises(GoldenError, match=rf"mine\.jsonl:1: .*{fault}"):
        load_golden(tmp_path, CORPUS)


def test_an_id_given_twice_is_named(tmp_path: Path) -> None:
    first = (GOLDEN / "dev" / "article.jsonl").read_text("utf-8").splitlines()[0]
    (tmp_path / "mine.jsonl").write_text(f"{first}\n{first}\n", "utf-8")
    with pytest.raises(GoldenError, match=r"mine\.jsonl:2: the id .* is given twice"):
        load_golden(tmp_path, CORPUS)
