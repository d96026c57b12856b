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
class Stated:
    """Evidence that a source states: any of these facts of that reference."""

    reference: int
    facts: frozenset[int]


Evidence = str | Stated
"""Exact words of a sentence of the corpus, or facts that a source states."""


@dataclass(frozen=True)
class Golden:
    """One golden question."""

    id: str
    history: tuple[str, ...]
    question: str
    kind: str
    outcome: str
    evidence: tuple[Evidence, ...]
    """What answers best; empty when nothing does."""
    acceptable: tuple[Evidence, ...]
    """What is as right."""


def load_golden(folder: Path, corpus: Corpus) -> tuple[Golden, ...]:
    """The golden questions of every `.jsonl` file in `folder`, by file name.

    Raises `GoldenError` for a line that is no golden question, an id given twice, evidence that is
    not in the corpus, and a question that stands on a card.
    """
    trained = {normalised(phrasing.text) for phrasing in corpus.phrasings}
    seen: set[str] = set()
    golden = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(
            path.read_text(encoding="utf-8").rstrip("\n").split("\n"), start=1
        ):
            try:
                one = _golden(json.loads(line))
                _check(one, seen, corpus, trained)
            except (ValueError, TypeError, KeyError) as error:
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
        evidence=tuple(_evidence(one) for one in row["evidence"]),
        acceptable=tuple(_evidence(one) for one in row["acceptable"]),
    )


def _evidence(told: str | Mapping[str, Any]) -> Evidence:
    if isinstance(told, str):
        return told
    return Stated(told["ref"], frozenset(told["facts"]))


def _check(one: Golden, seen: set[str], corpus: Corpus, trained: set[str]) -> None:
    if one.id in seen:
        raise ValueError(f"the id {one.id!r} is given twice")
    for evidence in (*one.evidence, *one.acceptable):
        if not _is_in(evidence, corpus):
            raise ValueError(f"the evidence {evidence!r} is not in the corpus")
    if not one.history and normalised(one.question) in trained:
        raise ValueError(f"{one.question!r} stands on a card or among the messages")


def _is_in(evidence: Evidence, corpus: Corpus) -> bool:
    """Whether some document has the words; of facts, whether our note states one of them."""
    if isinstance(evidence, str):
        return any(evidence in document.text for document in corpus.documents)
    note = corpus.note(evidence.reference)
    stated = (part.facts for _, part in note.document.paragraphs()) if note else ()
    return any(evidence.facts & set(facts) for facts in stated)
