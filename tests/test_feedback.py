"""Feedback is kept only on consent, holds no more than was shown, and cannot fill the disk."""

import json
import stat
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.feedback import EACH, Feedback, FeedbackStore, TooMany

DAY = date(2026, 11, 24)
HELPFUL = Feedback(consent=True, helpful=True, outcome="answered")


@pytest.mark.parametrize(
    "change",
    [
        {"consent": False},
        {"helpful": True, "reason": "worrying"},
        {"helpful": False},
        {"helpful": False, "reason": "other"},
        {"question": "x" * 2001},
        {"outcome": "great"},
        {"index": "no fingerprint"},
        {"comment": "more"},
    ],
    ids=str,
)
def test_anything_else_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Feedback.model_validate(HELPFUL.model_dump() | change)


def test_a_line_is_added_for_each_and_only_the_service_may_read_it(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path / "feedback")
    assert not (tmp_path / "feedback").exists()
    store.keep(HELPFUL, "one", DAY)
    wrong = Feedback(consent=True, helpful=False, reason="worrying", outcome="care_team")
    store.keep(wrong, "one", DAY)
    path = tmp_path / "feedback" / "2026-11.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [line["reason"] for line in lines] == [None, "worrying"]
    assert lines[0]["day"] == "2026-11-24"
    assert "one" not in path.read_text("utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_one_sender_can_send_only_so_much(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path)
    for _ in range(EACH.amount):
        store.keep(HELPFUL, "one", DAY)
    with pytest.raises(TooMany):
        store.keep(HELPFUL, "one", DAY)
    store.keep(HELPFUL, "another", DAY)
