"""How many golden questions there are, of which kind, and how hard they are."""

import re
from collections.abc import Sequence
from itertools import chain

from corpus import Corpus, normalised
from eval.golden import Evidence, Golden
from eval.tables import Table

NEEDED = {
    "article": 120,
    "sources": 80,
    "follow_up": 60,
    "false_premise": 30,
    "references": 20,
    "personal": 40,
    "near_miss": 60,
    "off_topic": 20,
    "urgent": 40,
    "distress": 30,
    "small_talk": 15,
    "adversarial": 40,
    "variant": 60,
}
"""How many of a kind there should be at least; "near_miss" counts the kind "medical" as well."""
COUNTED_AS = {"medical": "near_miss"}
CONTENT = 4
"""Letters from which on a word counts as one with content of its own."""


def stats_table(dev: Sequence[Golden], test: Sequence[Golden], corpus: Corpus) -> Table:
    """A row for each kind: how many in each split, how many are needed, how many are hard.

    Hard: no word of four or more letters is also in the best evidence. Pure.
    """
    every = [*dev, *test]
    rows = [_row(kind, dev, test, corpus) for kind in sorted({one.kind for one in every})]
    rows.append(_row("all", dev, test, corpus))
    heads = ("kind", "dev", "test", "needed", "lacking", "with evidence", "no word of it")
    return Table(heads, tuple(rows))


def _row(
    kind: str, dev: Sequence[Golden], test: Sequence[Golden], corpus: Corpus
) -> tuple[str, ...]:
    halves = [[one for one in half if kind in ("all", one.kind)] for half in (dev, test)]
    mine = list(chain(*halves))
    counted = sum(COUNTED_AS.get(one.kind, one.kind) == kind for one in (*dev, *test))
    needed = NEEDED.get(kind)
    judged = [one for one in mine if one.evidence]
    hard = sum(not _shared(one, corpus) for one in judged)
    return (
        kind,
        *(str(len(half)) for half in halves),
        str(needed or "-"),
        str(max(needed - counted, 0)) if needed else "-",
        str(len(judged)),
        str(hard),
    )


def _shared(one: Golden, corpus: Corpus) -> set[str]:
    told = " ".join(_words_of(evidence, corpus) for evidence in one.evidence)
    return _content_words(one.question) & _content_words(told)


def _words_of(evidence: Evidence, corpus: Corpus) -> str:
    if isinstance(evidence, str):
        return evidence
    note = corpus.note(evidence.ref)
    parts = [part for _, part in note.document.paragraphs()] if note else []
    return " ".join(
        sentence.text
        for part in parts
        if set(part.facts) & set(evidence.facts)
        for sentence in part.sentences
    )


def _content_words(text: str) -> set[str]:
    return set(re.findall(rf"\w{{{CONTENT},}}", normalised(text)))
