"""How well questions are understood, typed well and with errors: asked and judged, nothing kept."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from eval import measures
from eval.golden import Golden
from eval.measures import Figure
from eval.misspelt import LETTERS, misspelt
from eval.scoring import Judged
from eval.tables import Table, row


def mistyped(golden: Iterable[Golden]) -> tuple[Golden, ...]:
    """The questions that have evidence and no history, with an error in each long word."""
    return tuple(
        replace(one, question=misspelt(one.question))
        for one in golden
        if one.evidence and not one.history
    )


def typing_table(judged: Sequence[Judged], typed: Sequence[Judged]) -> Table:
    """The right sentence first, without and with typing errors. `typed`: the mistyped questions."""
    clean = {one.golden.id: one for one in judged}
    pairs = [(clean[one.golden.id], one) for one in typed]
    changed = sum(one.golden.question != other.golden.question for one, other in pairs)
    n = f"{len(pairs)}, {changed} of them with a word of {LETTERS} or more letters"
    before, after = ([float(pair[side].best_right) for pair in pairs] for side in range(2))
    lost = [one - other for one, other in zip(before, after, strict=True)]

    def mean(values: list[float]) -> Figure | None:
        return measures.clustered_mean([one.golden.conversation for one, _ in pairs], values)

    rows = (
        row("right sentence first, typed without errors", mean(before), n),
        row("the same, an error in each long word", mean(after), n),
        row("lost by the errors", mean(lost), n),
    )
    return Table(("figure", "value", "95 % interval", "n"), rows)
