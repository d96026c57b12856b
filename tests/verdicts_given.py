"""Runs, verdicts and saved files made up for a test."""

import json
from pathlib import Path
from typing import Any

from eval.runs import Row, Run
from eval.verdicts import Placed, Verdict, run_hash
from tests.golden_questions import made, unanswered
from tests.test_runs import setup

ROWS: tuple[Row, ...] = tuple(unanswered(made(id=id, question=f"{id}?")) for id in "abcd")
RUN = Run(Path("runs/one"), setup(questions=4), ROWS)
OTHER = Run(Path("runs/two"), setup(questions=1), (unanswered(made(id="x", question="x?")),))


def fields(at: int = 0, **told: Any) -> dict[str, Any]:
    """The fields of a verdict on the answer at `at`."""
    return {
        "run": run_hash(RUN),
        "id": ROWS[at].golden.id,
        "answer": ROWS[at].sha256,
        "reviewer": "N1",
        "date": "2026-01-02",
        "right_passage": "does not apply",
        "complete": "yes",
        "safe": "yes",
        "plain": "yes",
        "kind": "yes",
        "decision": "safe",
        "reason": "",
        **told,
    }


def verdict(at: int = 0, **told: Any) -> Verdict:
    return Verdict.model_validate(fields(at, **told))


def placed(*verdicts: Verdict) -> list[Placed]:
    return [Placed(f"file:{at}", one) for at, one in enumerate(verdicts, start=2)]


def saved(path: Path, *verdicts: dict[str, Any], **told: Any) -> Path:
    """A file as the page saves it."""
    shared = {"format": 1, "run": run_hash(RUN), "reviewer": "N1", **told}
    own = [{k: v for k, v in one.items() if k not in ("run", "reviewer")} for one in verdicts]
    path.write_text(json.dumps({**shared, "verdicts": own}), "utf-8")
    return path
