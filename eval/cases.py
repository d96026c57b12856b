"""A golden question, its answer, and what that answer shows of the corpus: what metrics judge."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot import Answer, Quote, SavedAnswer, Verifier
from corpus import Corpus, Passage
from eval.golden import Evidence, Golden, Stated
from eval.runs import Row


@dataclass(frozen=True)
class Shown:
    """A quote as the corpus has it."""

    text: str
    focus: str
    """The one sentence by which the quote is judged."""
    sentences: tuple[str, ...]
    """Those that it holds or cuts into; an entry of the reference list counts as one."""
    facts: frozenset[int]
    """In a note, the facts that the paragraph around the focus was written from."""
    references: tuple[int, ...]
    restated: tuple[str, ...]
    """The article's sentences that its focus, a note's, says again (`support.toml`)."""
    approved: frozenset[str] = frozenset()
    """The lines that a person approved for its focus."""

    def focuses_on(self, wanted: Iterable[Evidence]) -> bool:
        """Whether the sentence it is judged by is wanted evidence, or says it again."""
        return any(
            self._states(one)
            if isinstance(one, Stated)
            else any(one in words or words in one for words in (self.focus, *self.restated))
            for one in wanted
        )

    def holds(self, wanted: Iterable[Evidence]) -> bool:
        """Whether wanted evidence stands anywhere in it."""
        wanted = tuple(wanted)
        words = [one for one in wanted if isinstance(one, str)]
        return self.focuses_on(wanted) or any(one in self.text for one in words)

    def _states(self, evidence: Stated) -> bool:
        return self.references == (evidence.ref,) and bool(self.facts & set(evidence.facts))


@dataclass(frozen=True)
class Case:
    """What there is to judge. `faults`: what a check of the answer against the files found."""

    golden: Golden
    answer: Answer
    shown: tuple[Shown, ...]
    faults: tuple[str, ...]

    @property
    def answered(self) -> bool:
        """Whether it was answered."""
        return self.answer.outcome == "answered"


def case_of(row: Row, corpus: Corpus, verifier: Verifier) -> Case:
    """The case of one line of a run. Reads the files that its quotes name.

    Raises `KeyError` when a quote names a document that is not in `corpus`.
    """
    saved = SavedAnswer.model_validate(row.answer.model_dump())
    return Case(
        golden=row.golden,
        answer=row.answer,
        shown=tuple(_shown(quote, corpus) for quote in row.answer.quotes),
        faults=tuple(verifier.faults(saved)),
    )


def _shown(quote: Quote, corpus: Corpus) -> Shown:
    document = corpus.document(quote.document, quote.layer)
    parts = [
        part
        for _, part in document.paragraphs()
        if part.start < quote.end and quote.start < part.end
    ]
    sentences = tuple(
        one.text
        for part in parts
        for one in part.sentences
        if one.start < quote.end and quote.start < one.end
    )
    listed = all(part.kind == "reference" for part in parts)
    return Shown(
        text=quote.text,
        focus=document.text[slice(*quote.focus)],
        sentences=(quote.text,) if listed else sentences,
        facts=frozenset(
            fact for part in parts if part.start <= quote.focus[0] < part.end for fact in part.facts
        ),
        references=quote.references,
        restated=tuple(_restated(quote, corpus)),
        approved=frozenset(
            one.in_short
            for one in _passages_at(quote, corpus)
            if one.line_approved and one.in_short
        ),
    )


def _restated(quote: Quote, corpus: Corpus) -> Iterator[str]:
    for passage in _passages_at(quote, corpus):
        if passage.restates:
            yield from (one.focus_text for one in corpus.passages if one.id == passage.restates)


def _passages_at(quote: Quote, corpus: Corpus) -> Iterator[Passage]:
    """The passages that the focus of `quote` stands in."""
    for passage in corpus.passages:
        place = passage.document.name, passage.document.layer
        within = passage.start <= quote.focus[0] < passage.end
        if within and place == (quote.document, quote.layer):
            yield passage
