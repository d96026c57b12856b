"""The proof: every quote is copied from its file by this program, or nothing is shown.

A writer names passages; it never types a quote. Here the named place is looked up in the file as it
is now, and each line is held against the one sentence it rests on.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answer import Quote, Statement
from corpus import MOST_SENTENCES, MOST_WORDS, beyond, strengthened
from index import Record

MOST_QUOTES = 3
MOST_WORDS_TOGETHER = 90


class ProofError(RuntimeError):
    """A quote cannot be proved: its file has changed or is gone since the index was built."""


@dataclass(frozen=True)
class Proposal:
    """What a writer proposes: a passage to quote, and a line about it (or none: "")."""

    passage: Record
    line: str = ""


def prove(
    proposals: Sequence[Proposal], root: Path
) -> tuple[tuple[Quote, ...], tuple[Statement, ...]]:
    """The quotes of `proposals`, copied from their files, and those of the lines that hold.

    Passages that overlap become one quote. A line that says more than its sentence is left out:
    the quote then is the answer. A passage that would make the answer too long is left out with its
    line, never the first. Reads the quoted files below `root`. Raises `ProofError` when one is gone
    or has changed.
    """
    texts: dict[str, str] = {}
    groups: list[list[Record]] = []  # each group of overlapping passages becomes one quote
    statements: list[Statement] = []
    for passage, line in ((one.passage, one.line) for one in proposals):
        texts.setdefault(passage.path, _file_text(passage, root))
        overlapping = [at for at, group in enumerate(groups) if _overlap(group, passage)]
        at = overlapping[0] if overlapping else len(groups)
        wider = [*groups[:at], [*(groups[at] if overlapping else []), passage], *groups[at + 1 :]]
        if groups and (len(overlapping) > 1 or not _fit(wider)):
            continue
        groups = wider
        sentence = texts[passage.path][passage.focus_start : passage.focus_end]
        if line and _holds(line, passage, sentence):
            statements.append(Statement(text=line, quotes=(at,)))
    return tuple(_quote(group, texts) for group in groups), tuple(statements)


def _holds(line: str, passage: Record, sentence: str) -> bool:
    """Whether `line` may be shown with `sentence`.

    One that no person wrote for this passage has to bear out every word; one that a person did may
    be stronger only if it was approved for just this sentence.
    """
    if line != passage.in_short:
        return not beyond(line, sentence)
    return passage.line_approved or not strengthened(line, sentence)


def _file_text(passage: Record, root: Path) -> str:
    try:
        raw = (root / passage.path).read_bytes()
    except OSError as error:
        raise ProofError(f"{passage.path} cannot be read ({error.strerror})") from error
    if hashlib.sha256(raw).hexdigest() != passage.sha256:
        raise ProofError(f"{passage.path} has changed; run `python -m index build`")
    return raw.decode("utf-8")


def _overlap(group: Sequence[Record], passage: Record) -> bool:
    return any(
        other.path == passage.path and passage.start < other.end and other.start < passage.end
        for other in group
    )


def _quote(group: Sequence[Record], texts: dict[str, str]) -> Quote:
    """One quote from the first passage of the group to its last; the first one was the best."""
    best = group[0]
    start, end = min(one.start for one in group), max(one.end for one in group)
    return Quote(
        text=texts[best.path][start:end],
        path=best.path,
        start=start,
        end=end,
        sha256=best.sha256,
        focus=(best.focus_start, best.focus_end),
        document=best.document,
        layer=best.layer,
        section=best.section,
        references=tuple(sorted({number for one in group for number in one.references})),
    )


def _fit(groups: Sequence[Sequence[Record]]) -> bool:
    """Whether the quotes of `groups` are few and short enough for one answer."""
    sentences = [{start for one in group for start in one.sentence_starts} for group in groups]
    words = [_words(group) for group in groups]
    return (
        len(groups) <= MOST_QUOTES
        and max(len(starts) for starts in sentences) <= MOST_SENTENCES
        and max(words) <= MOST_WORDS
        and sum(words) <= MOST_WORDS_TOGETHER
    )


def _words(group: Sequence[Record]) -> int:
    """At most the words of the joined quote: those of the first, and what the others add."""
    total, covered = 0, set[int]()
    for one in group:
        lengths = dict(zip(one.sentence_starts, one.sentence_words, strict=True))
        total += sum(count for start, count in lengths.items() if start not in covered)
        covered |= lengths.keys()
    return total
