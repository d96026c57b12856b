"""A run judged: what every metric says of every answer, kept in `scores.json`."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from bot import Answer, Verifier
from corpus import Corpus
from eval.cases import case_of
from eval.golden import Golden
from eval.metrics import METRICS, Score, misses, scores_of
from eval.provenance import document_hashes
from eval.runs import Row, Run, RunError, answers_hash
from settings import Settings

SCORES = "scores.json"
FORMAT: Literal[1] = 1
"""Goes up when a metric changes, so that older scores are not taken for new ones."""


@dataclass(frozen=True)
class Judged:
    """A golden question, its answer, and what every metric says of it."""

    row: Row
    scores: Mapping[str, Score]

    @property
    def golden(self) -> Golden:
        """The question."""
        return self.row.golden

    @property
    def answer(self) -> Answer:
        """What it got."""
        return self.row.answer

    @property
    def answered(self) -> bool:
        """Whether it was answered."""
        return self.answer.outcome == "answered"

    @property
    def best_right(self) -> bool:
        """Whether the best quote answers it: never for what nothing answers, or without a quote."""
        return self.scores["right_first"].value == 1

    @property
    def misses(self) -> tuple[str, ...]:
        """Why it counts as a miss, one reason each; () when nothing is wrong."""
        return misses(self.scores)


class Scores(BaseModel):
    """`scores.json`: the scores of every answer, by the question's id and the metric's name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = FORMAT
    answers: str
    """sha256 of the `answers.jsonl` that was judged."""
    scores: dict[str, dict[str, Score]]


def judged(rows: Iterable[Row], corpus: Corpus, settings: Settings) -> tuple[Judged, ...]:
    """Each answer judged by every metric. Reads the corpus's files."""
    verifier = Verifier(settings)
    return tuple(Judged(row, scores_of(case_of(row, corpus, verifier))) for row in rows)


def score(run: Run, corpus: Corpus, settings: Settings) -> tuple[Judged, ...]:
    """The answers of `run` judged; writes `scores.json` to its folder.

    Raises `RunError` when a file that can be quoted has changed since the run: what was quoted
    cannot be looked up any more.
    """
    told = judged_again(run, corpus, settings)
    _write(run, told)
    return told


def judged_again(run: Run, corpus: Corpus, settings: Settings) -> tuple[Judged, ...]:
    """The answers of `run` judged, whatever scores are kept. Raises as `score` does."""
    now = document_hashes(corpus, settings.root)
    for path, sha256 in run.setup.documents.items():
        if now.get(path) != sha256:
            raise RunError(
                f"{run.folder}: {path} has changed since the run (commit {run.setup.commit}); "
                "score it with the files of that commit, or run it again"
            )
    return judged(run.rows, corpus, settings)


def scored(run: Run) -> tuple[Judged, ...]:
    """The answers of `run` with the scores in its folder.

    Raises `RunError` when there are none, or those of other answers or other metrics.
    """
    path = run.folder / SCORES
    again = f"run `python -m eval score {run.folder}`"
    try:
        saved = Scores.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise RunError(f"{run.folder} has no scores; {again}") from error
    except ValidationError as error:
        raise RunError(f"{path} is of another version or damaged; {again}") from error
    same = saved.answers == answers_hash(run.folder) and all(
        scores.keys() == METRICS.keys() for scores in saved.scores.values()
    )
    if not same:
        raise RunError(f"{path} holds scores of other answers or other metrics; {again}")
    return tuple(Judged(row, saved.scores[row.golden.id]) for row in run.rows)


def _write(run: Run, told: Sequence[Judged]) -> None:
    scores = {one.golden.id: dict(one.scores) for one in told}
    saved = Scores(answers=answers_hash(run.folder), scores=scores)
    unfinished = run.folder / f"{SCORES}.unfinished"
    unfinished.write_text(saved.model_dump_json(indent=1) + "\n", encoding="utf-8")
    os.replace(unfinished, run.folder / SCORES)
