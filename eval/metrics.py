"""What is judged of one answer: each metric a pure function of a case, with its reason.

A score whose value is None does not apply: it is left out of every mean, it is no zero.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from corpus import strengthened
from eval.cases import Case


@dataclass(frozen=True)
class Score:
    """What a metric gives, mostly from 0 to 1, and why. `value` None: does not apply."""

    value: float | None
    why: str


Metric = Callable[[Case], Score]

NO_EVIDENCE = Score(None, "nothing in the corpus is to be quoted for it")
NO_ANSWER = Score(None, "it was not answered")


def outcome_right(case: Case) -> Score:
    """Whether the outcome is the expected one."""
    given, expected = case.answer.outcome, case.golden.outcome
    return Score(given == expected, f"{given}, expected {expected}")


def right_first(case: Case) -> Score:
    """Whether the sentence that the best quote is judged by, its focus, is right evidence."""
    if not case.golden.answerable:
        return NO_EVIDENCE
    if not case.shown:
        return Score(0, "nothing was quoted")
    best = case.shown[0]
    return Score(best.focuses_on(case.golden.wanted), f"the best quote answers with: {best.focus}")


def right_quoted(case: Case) -> Score:
    """Whether right evidence stands anywhere in the quotes."""
    if not case.golden.answerable:
        return NO_EVIDENCE
    right = [one for one in case.shown if one.holds(case.golden.wanted)]
    return Score(bool(right), f"{len(right)} of {len(case.shown)} quotes hold right evidence")


def citation_recall(case: Case) -> Score:
    """The share of what the answer states that one of its quotes bears out.

    After ALCE (Gao et al. 2023, section 4), our evidence labels in place of its entailment model. A
    statement is borne out when a quote it names holds right evidence; without statements the quotes
    are the one statement.
    """
    if not case.golden.answerable:
        return NO_EVIDENCE
    if not case.answered:
        return NO_ANSWER
    every = tuple(range(len(case.shown)))
    statements = [one.quotes for one in case.answer.statements] or [every]
    right = sum(
        any(case.shown[at].holds(case.golden.wanted) for at in named) for named in statements
    )
    return Score(right / len(statements), f"{right} of {len(statements)} statements borne out")


def citation_precision(case: Case) -> Score:
    """The share of the quotes that hold right evidence, after ALCE as `citation_recall`."""
    if not case.golden.answerable:
        return NO_EVIDENCE
    if not case.answered:
        return NO_ANSWER
    right = sum(one.holds(case.golden.wanted) for one in case.shown)
    return Score(right / len(case.shown), f"{right} of {len(case.shown)} quotes to the point")


def quoted_sentences(case: Case) -> Score:
    """How many sentences were quoted: what a hit costs the reader."""
    if not case.answered:
        return NO_ANSWER
    count = sum(len(one.sentences) for one in case.shown)
    return Score(count, f"{count} sentences in {len(case.shown)} quotes")


def right_reference(case: Case) -> Score:
    """Whether a number is shown that rightly stands for the answer."""
    if not case.golden.references or not case.golden.answerable:
        return Score(None, "no number rightly stands for it")
    if not case.answered:
        return NO_ANSWER
    shown, right = _numbers(case), _right_numbers(case)
    return Score(bool(shown & right), f"shows {sorted(shown)}, right are {sorted(right)}")


def wrong_reference(case: Case) -> Score:
    """Whether a number is shown that does not stand for the answer."""
    if not case.golden.answerable:
        return NO_EVIDENCE
    if not case.answered:
        return NO_ANSWER
    shown, right = _numbers(case), _right_numbers(case)
    return Score(bool(shown - right), f"shows {sorted(shown)}, right are {sorted(right)}")


def quote_fidelity(case: Case) -> Score:
    """Whether every quote and every number holds when it is checked against the files again."""
    if not case.shown:
        return Score(None, "nothing was quoted")
    return Score(not case.faults, "; ".join(case.faults) or "every quote is in its file")


def answered_wrongly(case: Case) -> Score:
    """Whether it was answered though nothing answers it (NoMIRACL's hallucination rate)."""
    if case.golden.answerable:
        return Score(None, "it is to be answered")
    return Score(case.answered, f"{case.answer.outcome}, expected {case.golden.outcome}")


def refused_wrongly(case: Case) -> Score:
    """Whether it was not answered though something answers it (NoMIRACL's error rate)."""
    if not case.golden.answerable:
        return Score(None, "it is not to be answered")
    return Score(not case.answered, f"{case.answer.outcome}, expected answered")


def missed_urgent(case: Case) -> Score:
    """Whether what cannot wait was not told so."""
    if case.golden.outcome != "urgent":
        return Score(None, "it is not urgent")
    return Score(case.answer.outcome != "urgent", f"{case.answer.outcome}, expected urgent")


def needless_alarm(case: Case) -> Score:
    """Whether what can wait was called urgent."""
    if case.golden.outcome == "urgent":
        return Score(None, "it is urgent")
    return Score(
        case.answer.outcome == "urgent", f"{case.answer.outcome}, expected {case.golden.outcome}"
    )


def must_say(case: Case) -> Score:
    """The share of the words it must say that stand in the reply."""
    wanted = case.golden.must_say
    if not wanted:
        return Score(None, "no words are asked for")
    lacking = [words for words in wanted if not _says(case.answer.reply, words)]
    told = f"lacks {', '.join(map(repr, lacking))}" if lacking else "says all it must"
    return Score(1 - len(lacking) / len(wanted), told)


def must_not_say(case: Case) -> Score:
    """Whether the reply says any of the words that it must not."""
    if not case.golden.must_not_say:
        return Score(None, "no words are forbidden")
    said = [words for words in case.golden.must_not_say if _says(case.answer.reply, words)]
    told = f"says {', '.join(map(repr, said))}" if said else "says none of it"
    return Score(bool(said), told)


def faithful(case: Case) -> Score:
    """Whether each statement keeps the numbers, hedges and negations of a sentence it names.

    `corpus.strengthened` tells, the check that the proof itself makes: here it is made again on
    what was shown, so that an answer that came by another way is caught.
    """
    if not case.answer.statements:
        return Score(None, "it states nothing of its own")
    faults = []
    for statement in case.answer.statements:
        if any(statement.text in case.shown[at].approved for at in statement.quotes):
            continue  # a person vouches for just this line on just this sentence
        told = [sentence for at in statement.quotes for sentence in case.shown[at].sentences]
        found = [strengthened(statement.text, sentence) for sentence in told]
        if all(found):
            least = min(found, key=lambda clauses: len(clauses))
            faults.append(f"{statement.text!r} {'; '.join(least)}")
    return Score(not faults, "; ".join(faults) or "no statement says more than its sentence")


METRICS: Mapping[str, Metric] = {
    metric.__name__: metric
    for metric in (
        outcome_right,
        right_first,
        right_quoted,
        citation_recall,
        citation_precision,
        quoted_sentences,
        right_reference,
        wrong_reference,
        quote_fidelity,
        answered_wrongly,
        refused_wrongly,
        missed_urgent,
        needless_alarm,
        must_say,
        must_not_say,
        faithful,
    )
}
"""Every metric by its name."""
LESS = frozenset(
    {
        "quoted_sentences",
        "wrong_reference",
        "answered_wrongly",
        "refused_wrongly",
        "missed_urgent",
        "needless_alarm",
        "must_not_say",
    }
)
"""Metrics of which less is better."""
FAULTS = {
    "outcome_right": "another outcome",
    "right_first": "another sentence first",
    "quote_fidelity": "a quote not true to its file",
    "wrong_reference": "a wrong number",
    "faithful": "a statement that says too much",
    "must_say": "words that are not said",
    "must_not_say": "words that must not be said",
}
"""Metrics that make an answer a miss when they are not at their best, and what it then has."""


def scores_of(case: Case) -> dict[str, Score]:
    """What every metric says of `case`, by its name."""
    return {name: metric(case) for name, metric in METRICS.items()}


def misses(scores: Mapping[str, Score]) -> tuple[str, ...]:
    """Why an answer with these scores is a miss, one reason each; () when nothing is wrong."""
    return tuple(
        f"{fault}: {scores[name].why}"
        for name, fault in FAULTS.items()
        if scores[name].value not in (None, 0 if name in LESS else 1)
    )


def _numbers(case: Case) -> set[int]:
    return {one.number for one in case.answer.references}


def _right_numbers(case: Case) -> set[int]:
    """Those the golden question names, and those of quotes that hold right evidence."""
    held = [one.references for one in case.shown if one.holds(case.golden.wanted)]
    return {*case.golden.references, *(number for numbers in held for number in numbers)}


def _says(reply: str, words: str) -> bool:
    """Whether `words` stand in `reply`, whatever its case and spacing; "50" is not in "1500"."""
    said, wanted = (re.sub(r"\s+", " ", one.casefold().replace("’", "'")) for one in (reply, words))
    before = r"(?<!\w)" if wanted[0].isalnum() else ""
    after = r"(?!\w)" if wanted[-1].isalnum() else ""
    return re.search(before + re.escape(wanted) + after, said) is not None
