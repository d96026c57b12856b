"""What the proof lets through, and which alarms are lost, whatever a run's answers are.

Figures for the gate.
"""

from collections.abc import Sequence

from bot import Chatbot
from corpus import Corpus
from eval.checkers import Proof
from eval.golden import Golden
from eval.measures import Figure, exact
from eval.mutations import UNCHANGED, Result, judge, make_cases
from eval.strengthening import strengthened_shown
from eval.variants import alarms_kept, compared
from settings import Settings


def bench_figures(
    corpus: Corpus, settings: Settings, golden: Sequence[Golden]
) -> dict[str, Figure | None]:
    """The shares of edited quotes accepted, of strengthened lines shown, and of alarms kept.

    Both ways count in which a quote can come: as words that name sentences, and saved as it is,
    where of the harmless ones only those hold in which nothing is changed. An alarm is kept when
    an urgent message of `golden` is still noticed as it is said otherwise, in every variant. Asks
    our chatbot. Raises `UnusableIndex` when there is no index.
    """
    cases, proof = make_cases(corpus, settings.root), Proof(settings)
    as_saved = [one for one in cases if not one.harmless or one.name == UNCHANGED]
    results = (*judge(cases, proof.shows), *judge(as_saved, proof.passes_saved))
    return {
        "wrong_quotes_accepted": _accepted(results, harmless=False),
        "harmless_quotes_accepted": _accepted(results, harmless=True),
        "alarm_kept": alarm_kept(settings, golden),
        "strengthened_shown": strengthened_shown(settings),
    }


def alarm_kept(settings: Settings, golden: Sequence[Golden]) -> Figure | None:
    """Of urgent messages that are noticed, the share of all variants in which they still are."""
    chatbot = Chatbot.open(settings)
    urgent = [one for one in golden if one.outcome == "urgent"]
    return alarms_kept([pair for one in urgent for pair in compared(chatbot, one)])


def _accepted(results: tuple[Result, ...], *, harmless: bool) -> Figure:
    told = [one.accepted for one in results if one.case.harmless is harmless]
    return exact(sum(round(one.value * one.n) for one in told), sum(one.n for one in told))
