"""Golden questions: read, checked, and held against the corpus."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import Corpus, normalised

FIELDS = (
    *("id", "history", "question", "kind", "outcome", "evidence", "acceptable", "references"),
    *("must_say", "must_not_say", "why", "author", "date"),
)


class GoldenError(ValueError):
    """A golden file that cannot be used; the message names file, line and what is wrong."""


@dataclass(frozen=True)
class Golden:
    """One golden question."""

    id: str
    history: tuple[str, ...]
    question: str
    kind: str
    outcome: str
    evidence: tuple[str, ...]
    """Exact words of the best sentence; empty when a source alone states it, or nothing does."""
    acceptable: tuple[str, ...]
    """Exact words of other sentences that are as right."""


def load_golden(folder: Path, corpus: Corpus) -> tuple[Golden, ...]:
    """The golden questions of every `.jsonl` file in `folder`, by file name.

    Raises `GoldenError` for a line that is no golden question, an id given twice, evidence that is
    not in the corpus, and a question that stands on a card.
    """
    texts = [document.text for document in corpus.documents]
    trained = {normalised(phrasing.text) for phrasing in corpus.phrasings}
    seen: set[str] = set()
    golden = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(
            path.read_text(encoding="utf-8").rstrip("\n").split("\n"), start=1
        ):
            try:
                one = _golden(json.loads(line))
                _check(one, seen, texts, trained)
            except (ValueError, TypeError) as error:
                raise GoldenError(f"{path.name}:{number}: {error}; mend it") from error
            seen.add(one.id)
            golden.append(one)
    return tuple(golden)


def _golden(row: Mapping[str, Any]) -> Golden:
    if tuple(row) != FIELDS:
        raise ValueError(f"the fields must be {', '.join(FIELDS)}")
    return Golden(
        id=row["id"],
        history=tuple(row["history"]),
        question=row["question"],
        kind=row["kind"],
        outcome=row["outcome"],
        evidence=tuple(words for words in row["evidence"] if isinstance(words, str)),
        acceptable=tuple(words for words in row["acceptable"] if isinstance(words, str)),
    )


def _check(one: Golden, seen: set[str], texts: list[str], trained: set[str]) -> None:
    if one.id in seen:
        raise ValueError(f"the id {one.id!r} is given twice")
    for words in (*one.evidence, *one.acceptable):
        if not any(words in text for text in texts):
            raise ValueError(f"the evidence {words!r} is not in the corpus")
    if not one.history and normalised(one.question) in trained:
        raise ValueError(f"{one.question!r} stands on a card or among the messages")
