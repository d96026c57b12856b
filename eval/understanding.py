"""How well questions are understood: golden questions that nothing was fitted to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scipy.stats import binomtest

from bot import Chatbot, Quote, Turn
from corpus import Corpus
from eval.golden import Evidence, Golden, Stated


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
            stands = quote.references == (evidence.reference,) and bool(facts & evidence.facts)
        else:
            stands = evidence in focus or focus in evidence or (anywhere and evidence in quote.text)
        if stands:
            return True
    return False


def table(judged: Iterable[Judged]) -> str:
    """A Markdown table with a row for each kind: shares with n and 95 % interval (Wilson)."""
    judged = list(judged)
    rows = [
        "| kind | n | outcome right | right sentence first | right sentence quoted |",
        "|---|---|---|---|---|",
    ]
    for kind in [*sorted({one.golden.kind for one in judged}), "all"]:
        mine = [one for one in judged if kind in ("all", one.golden.kind)]
        cells = [_share(mine, read) for read in (_outcome, _is_first, _is_among)]
        rows.append(f"| {kind} | {len(mine)} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _outcome(one: Judged) -> bool | None:
    return one.outcome_right


def _is_first(one: Judged) -> bool | None:
    return one.first


def _is_among(one: Judged) -> bool | None:
    return one.among


def _share(judged: list[Judged], read: Callable[[Judged], bool | None]) -> str:
    told = [value for one in judged if (value := read(one)) is not None]
    if not told:
        return "-"
    interval = binomtest(sum(told), len(told)).proportion_ci(method="wilson")
    share = sum(told) / len(told)
    return f"{share:.2f} ({interval.low:.2f} to {interval.high:.2f}, n={len(told)})"
