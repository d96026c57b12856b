"""What the proof lets through, whatever a run's answers are: figures for the gate."""

from corpus import Corpus
from eval.checkers import Proof
from eval.measures import Figure, exact
from eval.mutations import judge, make_cases
from eval.strengthening import strengthened_shown
from settings import Settings


def bench_figures(corpus: Corpus, settings: Settings) -> dict[str, Figure | None]:
    """The shares of edited quotes accepted, wrong and harmless, and of strengthened lines shown.

    Raises `UnusableIndex` when there is no index.
    """
    results = judge(make_cases(corpus, settings.root), Proof(settings).shows)
    accepted = {
        harmless: [one.accepted for one in results if one.case.harmless is harmless]
        for harmless in (False, True)
    }
    wrong, harmless = (
        exact(sum(round(one.value * one.n) for one in told), sum(one.n for one in told))
        for told in (accepted[False], accepted[True])
    )
    return {
        "wrong_quotes_accepted": wrong,
        "harmless_quotes_accepted": harmless,
        "strengthened_shown": strengthened_shown(settings),
    }
