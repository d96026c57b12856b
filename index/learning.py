"""What a build learns from the written phrasings: the head, and how follow-ups are weighed."""

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus import Corpus, CorpusError, FollowUp, Phrasing
from index.context import Places, evidence, fit_context, in_context
from index.head import Head, fit_head
from index.records import Record
from index.search import CONTEXT, HEAD, SPELLING
from index.spelling import Spelling
from index.store import code_files, export_folder, last_build
from index.vectors import Vectors
from settings import Settings

NEARLY_THE_SAME = 0.98
"""The cosine from which on two phrasings count as one."""
CHUNK = 1000
LEARNT = "learnt.json"
"""What was learnt from, as a hash, and the figures: the same is not learnt twice."""


def learn(
    build: Path,
    corpus: Corpus,
    records: Sequence[Record],
    vectors: Vectors,
    settings: Settings,
) -> dict[str, Any]:
    """Saves what is learnt to `build` and returns the head's figures.

    Where the last build learnt from the same, that is taken over: a source's own text is added in
    a moment. A corpus with too few phrasings has no head, and the figures say so. The head learns
    phrasings as it will read questions: their misspelt words mended. Raises `CorpusError` when two
    phrasings with different labels are nearly the same.
    """
    if not corpus.phrasings:
        return {"phrasings": 0}
    spelling = Spelling(build / SPELLING)
    said = [phrasing.text for phrasing in corpus.phrasings]
    mended = [spelling.mended(text) for text in said]
    labels = _labels(corpus)
    carded = [record for record in records if record.carded]
    key = _key(mended, labels, carded, corpus.follow_ups, settings)
    if (last := last_build(settings)) and (known := _learnt(last, key)) is not None:
        for name in (HEAD, CONTEXT, LEARNT):
            if (last / name).is_file():
                shutil.copyfile(last / name, build / name)
        vectors.vectors(said)  # so that the next build need not embed them
        return known
    features = vectors.features(mended)
    _check_near(corpus.phrasings, vectors.vectors(said))
    try:
        head, figures = fit_head(features, labels, frozenset(record.id for record in carded))
    except ValueError as error:
        return {"phrasings": len(labels), "none": str(error)}
    head.save(build / HEAD)
    _fit_context(build / CONTEXT, corpus.follow_ups, carded, head, vectors, spelling)
    told = json.dumps({"from": key, "figures": figures})
    (build / LEARNT).write_text(told, encoding="utf-8")
    return figures


def _labels(corpus: Corpus) -> list[tuple[str, ...]]:
    """Of each phrasing, what is right, best first; a note's passage brings the one it restates."""
    again = {one.id: (one.restates,) if one.restates else () for one in corpus.passages}
    return [
        tuple(
            dict.fromkeys(same for label in one.labels for same in (label, *again.get(label, ())))
        )
        for one in corpus.phrasings
    ]


def _key(
    mended: Sequence[str],
    labels: Sequence[tuple[str, ...]],
    carded: Sequence[Record],
    follow_ups: Sequence[FollowUp],
    settings: Settings,
) -> str:
    """The hash of all that is learnt from: words, cards, follow-ups, the model and our code."""
    learnt_from = [
        [mended, labels],
        [[one.id, one.text, one.question, one.document, one.focus_start] for one in carded],
        [vars(one) for one in follow_ups],
        export_folder(settings).name,
        code_files(Path(__file__).resolve().parent),
    ]
    return hashlib.sha256(json.dumps(learnt_from, sort_keys=True).encode()).hexdigest()


def _learnt(last: Path, key: str) -> dict[str, Any] | None:
    """The figures of the build `last`, if it learnt from what has this `key`."""
    if not (last / LEARNT).is_file():
        return None
    told = json.loads((last / LEARNT).read_text(encoding="utf-8"))
    return told["figures"] if told["from"] == key else None


def _check_near(phrasings: Sequence[Phrasing], rows: np.ndarray) -> None:
    """Raises `CorpusError` when phrasings of different passages or kinds are nearly the same.

    `rows`: their unit vectors.
    """
    for first in range(0, len(phrasings), CHUNK):
        cosines = rows[first : first + CHUNK] @ rows.T
        for row, column in np.argwhere(cosines >= NEARLY_THE_SAME):
            one, other = phrasings[first + row], phrasings[column]
            if column > first + row and one.labels[0] != other.labels[0]:
                cosine = cosines[row, column]
                raise CorpusError(
                    other.path,
                    other.line,
                    f"{other.text!r} nearly stands already in {one.path.name}:{one.line}"
                    f" (cosine {cosine:.3f})",
                    "keep it where the best answer is",
                )


def _fit_context(
    path: Path,
    follow_ups: Sequence[FollowUp],
    carded: Sequence[Record],
    head: Head,
    vectors: Vectors,
    spelling: Spelling,
) -> None:
    """Fits and saves what weighs a follow-up; nothing when none of `follow_ups` fits the corpus."""
    rows = vectors.vectors([record.text for record in carded])
    places = Places.of(carded, rows, head)
    question = {record.id: record.question for record in carded}
    found, right = [], []
    for one in follow_ups:
        rightly = np.isin(head.classes, one.labels)
        if one.after not in question or not rightly.any():
            continue
        asked = in_context(one.message, one.earlier, question[one.after])
        features = vectors.features([spelling.mended(text) for text in asked])
        found.append(evidence(head, places, features, one.after, one.quoted))
        right.append(rightly)
    if found:
        fit_context(np.stack(found), np.stack(right)).save(path)
