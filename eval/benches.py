"""What the proof lets through, whatever a run's answers are: figures for the gate."""

from corpus import Corpus
from eval.checkers import Proof
from eval.measures import Figure, exact
from eval.mutations import UNCHANGED, Result, judge, make_cases
from eval.strengthening import strengthened_shown
from settings import Settings


def bench_figures(corpus: Corpus, settings: Settings) -> dict[str, Figure | None]:
    """The shares of edited quotes accepted, wrong and harmless, and of strengthened lines shown.

    Both ways count in which a quote can come: as words that name sentences, and saved as it is,
    where of the harmless ones only those hold in which nothing is changed. Raises `UnusableIndex`
    when there is no index.
    """
    cases, proof = make_cases(corpus, settings.root), Proof(settings)
    as_saved = [one for one in cases if not one.harmless or one.name == UNCHANGED]
    results = (*judge(cases, proof.shows), *judge(as_saved, proof.passes_saved))
    return {
        "wrong_quotes_accepted": _accepted(results, harmless=False),
        "harmless_quotes_accepted": _accepted(results, harmless=True),
        "strengthened_shown": strengthened_shown(settings),
    }


def _accepted(results: tuple[Result, ...], *, harmless: bool) -> Figure:
    told = [one.accepted for one in results if one.case.harmless is harmless]
    return exact(sum(round(one.value * one.n) for one in told), sum(one.n for one in told))
