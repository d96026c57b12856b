"""Passage removal: what a question is answered once the passage that answers it is gone.

In a copy of the content, a sentence of the article or a paragraph of a note is taken away, and the
index is built anew. The golden questions that nothing else answers must then not be answered: a
chatbot that still answers them answers with something else.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot import Answer, Chatbot
from corpus import Corpus, CorpusError, Document, load_corpus
from eval.golden import Evidence, Golden, Stated
from eval.measures import clustered_share
from eval.systems import asked
from eval.tables import NOTHING, Table
from index import build_index
from settings import Settings

BATCHES = 4
"""Paragraphs of notes are taken away in so many goes: one build each would take too long."""


@dataclass(frozen=True)
class Gap:
    """A passage that can be taken away, and the questions that nothing else answers."""

    document: Document
    words: str
    start: int
    end: int
    """Behind the words and, in a note, behind their label."""
    questions: tuple[Golden, ...]


@dataclass(frozen=True)
class Asked:
    """A question asked once its passage was gone."""

    gap: Gap
    golden: Golden
    answer: Answer

    @property
    def abstained(self) -> bool:
        """Whether it was not answered, as it should be."""
        return self.answer.outcome != "answered"


def gaps(corpus: Corpus, golden: Sequence[Golden]) -> tuple[tuple[Gap, ...], ...]:
    """What to take away together, one build each: the article's sentences one by one. Pure."""
    alone = [one for one in golden if one.answerable and not one.history]
    article, *others = (document for document in corpus.documents if document.layer != "source")
    single = [
        Gap(article, sentence.text, sentence.start, sentence.end, only)
        for _, part in article.paragraphs()
        if part.kind == "body"
        for sentence in part.sentences
        if (only := tuple(one for one in alone if set(one.wanted) == {sentence.text}))
    ]
    noted = [
        Gap(
            note,
            note.text[part.start : part.end],
            part.start,
            note.text.index("]", part.end) + 1,
            only,
        )
        for note in others
        for _, part in note.paragraphs()
        if (only := tuple(one for one in alone if _only_here(one.wanted, note, part.facts)))
    ]
    batches = (tuple(noted[first::BATCHES]) for first in range(BATCHES))
    return (*((gap,) for gap in single), *(batch for batch in batches if batch))


def removed(
    batches: Sequence[Sequence[Gap]], settings: Settings, skipped: Callable[[str], None]
) -> Iterator[Asked]:
    """The questions of each batch, asked once its passages are gone; builds an index for each.

    `skipped` is told of passages that cannot be gone, such as the only one that cites a reference.
    Writes to a folder of its own in `var`, which is removed.
    """
    for batch in batches:
        with _copied(settings) as copy:
            for gap in sorted(batch, key=lambda gap: -gap.start):
                _take_away(gap, copy, settings)
            try:
                load_corpus(copy.corpus)
            except CorpusError as error:
                skipped(f"cannot be taken away: {batch[0].words!r} ({error})")
                continue
            build_index(copy)
            chatbot = Chatbot.open(copy)
            for gap in batch:
                for one in gap.questions:
                    yield Asked(gap, one, asked(chatbot, one))


def removal_table(told: Sequence[Asked]) -> Table:
    """A row for each document, with the share that abstained and its interval, and one for all."""
    rows = []
    for name in [*sorted({one.gap.document.name for one in told}), "all"]:
        mine = [one for one in told if name in ("all", one.gap.document.name)]
        share = clustered_share([one.gap.words for one in mine], [one.abstained for one in mine])
        cell = f"{share.value:.2f} ({share.low:.2f} to {share.high:.2f})" if share else NOTHING
        passages = len({one.gap.words for one in mine})
        rows.append((name, str(passages), str(len(mine)), cell))
    heads = ("from", "passages taken away", "questions", "not answered any more (95 %)")
    return Table(heads, tuple(rows))


def still_answered_table(told: Sequence[Asked]) -> Table:
    """Each question that was answered although its passage was gone, and with what."""
    rows = (
        (one.golden.id, one.golden.question, one.gap.words, one.answer.quotes[0].text)
        for one in told
        if not one.abstained
    )
    cells = (tuple(" ".join(cell.split()).replace("|", "/") for cell in row) for row in rows)
    return Table(("id", "question", "taken away", "answered with"), tuple(cells))


def _only_here(wanted: Sequence[Evidence], note: Document, facts: Sequence[int]) -> bool:
    """Whether one paragraph of `note`, with these facts, is all that states what is wanted."""
    stated = [one for one in wanted if isinstance(one, Stated)]
    if len(stated) < len(wanted) or {f"ref-{one.ref}" for one in stated} != {note.name}:
        return False
    needed = {fact for one in stated for fact in one.facts}
    stating = [part.facts for _, part in note.paragraphs() if needed & set(part.facts)]
    return stating == [tuple(facts)]


@contextmanager
def _copied(settings: Settings) -> Iterator[Settings]:
    """A project with the same content, model and last build, for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="removal-", dir=settings.var) as folder:
        root = Path(folder)
        shutil.copytree(settings.corpus, root / "content")
        shutil.copytree(settings.var / "models", root / "var" / "models", copy_function=os.link)
        shutil.copytree(settings.var / "index", root / "var" / "index")
        yield replace(settings, root=root, corpus=root / "content", var=root / "var")


def _take_away(gap: Gap, copy: Settings, settings: Settings) -> None:
    path = copy.corpus / gap.document.path.resolve().relative_to(settings.corpus.resolve())
    text = path.read_bytes().decode("utf-8")
    path.write_bytes((text[: gap.start] + text[gap.end :].lstrip(" ")).encode("utf-8"))
