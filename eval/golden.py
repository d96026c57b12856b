"""Golden questions: read, checked, held against the corpus and what the head learnt from."""

import datetime
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from langchain_core.embeddings import Embeddings
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from bot import Outcome
from corpus import Corpus, Phrasing, normalised

GOLDEN = Path(__file__).resolve().parent / "golden"
NEARLY = 0.92
"""The cosine from which on a question nearly stands on a card (docs/evaluation.md)."""
STRICT = ConfigDict(extra="forbid", strict=True)

Split = Literal["dev", "test"]
Kind = Literal[
    "adversarial",
    "alarming",
    "article",
    "distress",
    "false_premise",
    "follow_up",
    "medical",
    "near_miss",
    "negated",
    "off_topic",
    "personal",
    "references",
    "small_talk",
    "sources",
    "urgent",
    "variant",
]
OUTCOMES: Mapping[Kind, frozenset[Outcome]] = {
    "article": frozenset({"answered"}),
    "distress": frozenset({"support"}),
    "false_premise": frozenset({"answered"}),
    "medical": frozenset({"not_covered", "care_team"}),
    "near_miss": frozenset({"not_covered", "care_team"}),
    "negated": frozenset({"answered"}),
    "off_topic": frozenset({"not_covered"}),
    "personal": frozenset({"care_team"}),
    "references": frozenset({"answered", "not_covered"}),
    "small_talk": frozenset({"conversation"}),
    "sources": frozenset({"answered"}),
    "urgent": frozenset({"urgent"}),
}
"""What questions of a kind may expect; of the kinds that are not named, anything but a failure."""
LEAST_WORDS = 4
"""Of evidence that is less than a whole sentence."""


def _a_day(told: str) -> str:
    """`told`, when there is such a day. Raises `ValueError`."""
    datetime.date.fromisoformat(told)
    return told


Words = Annotated[str, Field(min_length=1, pattern=r"\S")]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_a_day)]


class GoldenError(ValueError):
    """A golden file that cannot be used; the message names file, line and what is wrong."""


@dataclass(frozen=True, config=STRICT)
class Stated:
    """Evidence that a source states: any of these facts of that reference."""

    ref: int
    facts: Annotated[tuple[int, ...], Field(min_length=1)]


Evidence = Words | Stated
"""Exact words of a sentence of the corpus, or facts that a source states."""


@dataclass(frozen=True, config=STRICT)
class Golden:
    """One golden question, as its line in a file has it."""

    id: Words
    history: tuple[Words, ...]
    """The earlier messages of the patient, oldest first."""
    question: Words
    kind: Kind
    outcome: Outcome
    evidence: tuple[Evidence, ...]
    """What answers best; empty when nothing does."""
    acceptable: tuple[Evidence, ...]
    """What is as right."""
    references: tuple[int, ...]
    """Numbers that may rightly be shown."""
    must_say: tuple[Words, ...]
    must_not_say: tuple[Words, ...]
    why: str
    author: Words
    date: Day

    @property
    def answerable(self) -> bool:
        """Whether it should be answered."""
        return self.outcome == "answered"

    @property
    def wanted(self) -> tuple[Evidence, ...]:
        """All evidence that is right."""
        return (*self.evidence, *self.acceptable)

    @property
    def conversation(self) -> str:
        """What its conversation begins with: the same for questions of one conversation."""
        return self.said[0]

    @property
    def said(self) -> tuple[str, ...]:
        """Every message, normalised, the question last."""
        return tuple(map(normalised, (*self.history, self.question)))


ROW = TypeAdapter(Golden)
Placed = tuple[str, Golden]
"""A golden question after its place: split, file and line."""


def load_golden(folder: Path, corpus: Corpus, embeddings: Embeddings) -> tuple[Golden, ...]:
    """The golden questions of `placed_golden`. Raises and embeds as it does."""
    return tuple(one for _, one in placed_golden(folder, corpus, embeddings))


def placed_golden(folder: Path, corpus: Corpus, embeddings: Embeddings) -> tuple[Placed, ...]:
    """The golden questions of every `.jsonl` file in `folder`, by file name, with their places.

    Raises `GoldenError` for a folder without one or with other files, a line that is no golden
    question, an id or a conversation given twice, an outcome that does not fit the kind, a
    reference that does not exist, evidence that is not in the corpus or says too little, and a
    question that stands, or nearly stands, on a card or among the messages (one in a conversation
    may). Embeds questions and phrasings.
    """
    own = [one for one in corpus.documents if one.layer != "source"]
    sentences = {s.text for one in own for _, part in one.paragraphs() for s in part.sentences}
    placed: list[Placed] = []
    known: dict[object, str] = {}
    for path in _files(folder):
        for number, line in enumerate(_lines(path), start=1):
            place = f"{folder.name}/{path.name}:{number}"
            one = _golden(line, place)
            for what, key in ((f"id {one.id!r}", one.id), ("conversation", one.said)):
                first = known.setdefault(key, place)
                if first != place:
                    fault = f"{place}: the {what} is given twice (first in {first})"
                    raise GoldenError(f"{fault}; change one")
            _check_fit(one, corpus, place)
            _check_evidence(one, corpus, sentences, place)
            placed.append((place, one))
    if not placed:
        raise GoldenError(f"{folder} holds no golden question; give a folder with .jsonl files")
    if near := nearly_standing(placed, corpus.phrasings, embeddings):
        raise GoldenError("\n".join(near))
    return tuple(placed)


def nearly_standing(
    placed: Sequence[Placed], phrasings: Sequence[Phrasing], embeddings: Embeddings
) -> tuple[str, ...]:
    """A line with both for each question that the head has nearly learnt: `load_golden` refuses it.

    `placed`: each question with its place, file and line. "Nearly": the same words after
    normalising, or a cosine of 0.92. Pure but for embedding.
    """
    alone = [(place, one) for place, one in placed if not one.history]
    if not alone or not phrasings:
        return ()
    questions = np.array(embeddings.embed_documents([one.question for _, one in alone]))
    learnt = np.array(embeddings.embed_documents([one.text for one in phrasings]))
    cosines = questions @ learnt.T
    same = {normalised(phrasing.text): at for at, phrasing in enumerate(phrasings)}
    faults = []
    for row, (place, one) in enumerate(alone):
        at = same.get(normalised(one.question), int(cosines[row].argmax()))
        if normalised(one.question) in same or cosines[row, at] >= NEARLY:
            learnt_at = f"{phrasings[at].path.name}:{phrasings[at].line}"
            faults.append(
                f"{place}: {one.question!r} nearly stands in {learnt_at}: {phrasings[at].text!r} "
                f"(cosine {cosines[row, at]:.3f}); ask another question"
            )
    return tuple(faults)


def _files(folder: Path) -> list[Path]:
    """The files to read. Raises `GoldenError` for one that nobody would read."""
    files = sorted(one for one in folder.glob("*") if not one.name.startswith("."))
    for one in files:
        if one.suffix != ".jsonl":
            fault = f"{folder.name}/{one.name} is no .jsonl file and would not be read"
            raise GoldenError(f"{fault}; rename it, or put it elsewhere")
    return files


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        place = f"{path.parent.name}/{path.name}:{line}"
        raise GoldenError(f"{place}: is not UTF-8; save it as UTF-8") from error


def _golden(line: str, place: str) -> Golden:
    try:
        return ROW.validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(one) for one in first["loc"])
        what = f"{where}: {first['msg']}" if where else first["msg"]
        raise GoldenError(f"{place}: {what}; mend it (README.md names the fields)") from error


def _check_fit(one: Golden, corpus: Corpus, place: str) -> None:
    fitting = OUTCOMES.get(one.kind)
    if one.outcome == "unavailable" or (fitting and one.outcome not in fitting):
        fault = f"{place}: the outcome {one.outcome} does not fit the kind {one.kind}"
        raise GoldenError(f"{fault}; change one of them")
    if unknown := sorted(set(one.references) - corpus.references.numbers):
        fault = f"{place}: there is no reference {unknown[0]}"
        raise GoldenError(f"{fault}; use one of {sorted(corpus.references.numbers)}")


def _check_evidence(one: Golden, corpus: Corpus, sentences: Set[str], place: str) -> None:
    for evidence in one.wanted:
        if not _is_in(evidence, corpus):
            fault = f"{place}: the evidence {evidence!r} is not in the corpus"
            raise GoldenError(f"{fault}; copy the words of a sentence, or name facts of a note")
        if isinstance(evidence, str) and not _says_enough(evidence, sentences):
            fault = f"{place}: the evidence {evidence!r} is no whole sentence"
            raise GoldenError(
                f"{fault}; copy one, or {LEAST_WORDS} words or more that stand in one only"
            )
    if one.answerable != bool(one.evidence):
        fault = f"{place}: the outcome is {one.outcome}, the evidence is {one.evidence!r}"
        raise GoldenError(f"{fault}; what is to be answered has evidence, nothing else has")


def _says_enough(words: str, sentences: Set[str]) -> bool:
    """Whether `words` are whole sentences, or enough of just one."""
    return (
        words in sentences
        or any(one in words for one in sentences if len(one.split()) >= LEAST_WORDS)
        or (
            len(words.split()) >= LEAST_WORDS
            and sum(words in sentence for sentence in sentences) == 1
        )
    )


def _is_in(evidence: Evidence, corpus: Corpus) -> bool:
    """Whether some document has the words; of facts, whether our note states one of them."""
    if isinstance(evidence, str):
        return any(evidence in document.text for document in corpus.documents)
    note = corpus.note(evidence.ref)
    stated = (part.facts for _, part in note.document.paragraphs()) if note else ()
    return any(set(evidence.facts) & set(facts) for facts in stated)
