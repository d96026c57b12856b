"""How well questions are understood: golden questions that nothing was fitted to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot import Chatbot, Quote, Turn
from corpus import Corpus
from eval.golden import Evidence, Golden, Stated
from eval.misspelt import misspelt


@dataclass(frozen=True)
class Judged:
    """One golden question with what became of it. None: does not apply."""

    golden: Golden
    outcome: str
    outcome_right: bool
    first: bool | None
    """Whether the sentence that the best quote is judged by is right evidence."""
    among: bool | None
    """Whether right evidence stands anywhere in the quotes."""
    confidence: float | None
    """That of the answer; None when nothing was searched."""
    sentences: int | None
    """How many sentences were quoted; None when it was not answered."""

    @property
    def answerable(self) -> bool:
        """Whether it should be answered."""
        return self.golden.answerable

    @property
    def best_right(self) -> bool | None:
        """Whether the best quote answers it: never for what nothing answers, or without a quote."""
        return self.first if self.answerable else False

    @property
    def missed(self) -> bool:
        """Whether its outcome is wrong, or another sentence comes first."""
        return not self.outcome_right or self.first is False

    @property
    def conversation(self) -> str:
        """What its conversation begins with: the same for questions of one conversation."""
        return self.golden.conversation


def judge(chatbot: Chatbot, golden: Golden, corpus: Corpus) -> Judged:
    """Asks a golden question, its earlier messages first, and judges the answer."""
    turns: list[Turn] = []
    for message in golden.history:
        turns.append(Turn(question=message, answer=chatbot.ask(message, turns)))
    answer = chatbot.ask(golden.question, turns)
    wanted = (*golden.evidence, *golden.acceptable)
    judged = bool(golden.evidence) and golden.outcome == "answered"
    return Judged(
        golden=golden,
        outcome=answer.outcome,
        outcome_right=answer.outcome == golden.outcome,
        first=any(_is_right(quote, wanted, corpus) for quote in answer.quotes[:1])
        if judged
        else None,
        among=any(_is_right(quote, wanted, corpus, anywhere=True) for quote in answer.quotes)
        if judged
        else None,
        confidence=answer.confidence,
        sentences=sum(_sentences(quote, corpus) for quote in answer.quotes)
        if answer.outcome == "answered"
        else None,
    )


def _is_right(
    quote: Quote, wanted: Iterable[Evidence], corpus: Corpus, anywhere: bool = False
) -> bool:
    """Whether the sentence that the quote is judged by (or any in it) is wanted evidence."""
    document = corpus.document(quote.document, quote.layer)
    focus = document.text[slice(*quote.focus)]
    facts = {
        fact
        for _, part in document.paragraphs()
        if part.start <= quote.focus[0] < part.end
        for fact in part.facts
    }
    for evidence in wanted:
        if isinstance(evidence, Stated):
            stands = quote.references == (evidence.ref,) and bool(facts & set(evidence.facts))
        else:
            stands = evidence in focus or focus in evidence or (anywhere and evidence in quote.text)
        if stands:
            return True
    return False


def _sentences(quote: Quote, corpus: Corpus) -> int:
    """How many sentences it holds; an entry of the reference list counts as one."""
    document = corpus.document(quote.document, quote.layer)
    parts = [
        part
        for _, part in document.paragraphs()
        if part.start < quote.end and quote.start < part.end
    ]
    if parts[0].kind == "reference":
        return 1
    return sum(
        one.start < quote.end and quote.start < one.end for part in parts for one in part.sentences
    )


def mistyped(golden: Iterable[Golden]) -> tuple[Golden, ...]:
    """The questions that have evidence and no history, with an error in each long word."""
    return tuple(
        replace(one, question=misspelt(one.question))
        for one in golden
        if one.evidence and not one.history
    )
