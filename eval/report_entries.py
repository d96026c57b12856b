"""Single questions on a run's report: each miss, and what changed, with all that explains it."""

from collections.abc import Sequence

from eval import page
from eval.comparison import turned
from eval.golden import Evidence, Golden
from eval.scoring import Judged


def miss(one: Judged) -> str:
    """A question with what was expected, what was given, and why that is wrong."""
    golden = one.golden
    told = [
        ("Question", _asked(golden)),
        ("Expected", golden.outcome),
        ("Expected evidence", _evidence(golden.evidence)),
        ("As right", _evidence(golden.acceptable)),
        ("Why that is expected", golden.why),
    ]
    title = f"{golden.id} ({golden.kind}): {'; '.join(one.misses)}"
    return page.folded(title, page.terms(told) + _told("Given", one))


def severity(one: Judged) -> tuple[int, str]:
    """Where a miss stands among others: what harms most comes first. Pure."""
    harms = (
        one.scores["missed_urgent"].value == 1,
        one.golden.outcome == "support" and one.answer.outcome not in ("urgent", "support"),
        one.scores["must_not_say"].value == 1,
        one.scores["quote_fidelity"].value == 0 or one.scores["faithful"].value == 0,
        one.scores["answered_wrongly"].value == 1,
        one.scores["must_say"].value not in (None, 1) and not one.golden.answerable,
        one.scores["wrong_reference"].value == 1,
        one.scores["needless_alarm"].value == 1,
        one.scores["refused_wrongly"].value == 1,
    )
    return next((at for at, true in enumerate(harms) if true), len(harms)), one.golden.kind


def changed(before: Judged, now: Judged) -> str:
    """A question with what it got before and what it gets now, side by side."""
    title = f"{now.golden.id} ({now.golden.kind}): {turned(before, now)}"
    asked = page.terms([("Question", _asked(now.golden))])
    return page.entry(title, asked + page.beside(_told("Before", before), _told("Now", now)))


def _told(when: str, one: Judged) -> str:
    sure = one.answer.confidence
    told = page.terms(
        [
            (when, one.answer.outcome + ("" if sure is None else f", confidence {sure:.2f}")),
            ("Wrong because", "\n".join(one.misses)),
            ("Understood as", one.answer.understood_as or ""),
        ]
    )
    return told + page.reply(one.answer.reply)


def _asked(golden: Golden) -> str:
    """The question, its earlier messages first, each on a line."""
    return "\n".join((*golden.history, golden.question))


def _evidence(evidence: Sequence[Evidence]) -> str:
    """Each piece of evidence on a line."""
    told = (
        one
        if isinstance(one, str)
        else f"reference {one.ref}, facts {', '.join(map(str, one.facts))}"
        for one in evidence
    )
    return "\n".join(told)
