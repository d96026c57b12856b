"""The gate lets this version through, and stops each way of breaking it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

import bot.proof
from bot import Answer, Chatbot, Quote, ShownReference
from corpus import Corpus
from eval.bars import judge, load_bars
from eval.baselines import baseline
from eval.benches import alarm_kept, bench_figures
from eval.checkers import Proof
from eval.figures import figures
from eval.golden import Golden
from eval.measures import Figure
from eval.mutations import Mutant
from eval.runs import Run, row_of
from eval.scoring import Judged, judged, scored
from eval.strengthening import strengthened_shown
from eval.systems import asked
from index import known_vectors
from index.head import Head
from settings import Settings

Benches = dict[str, Figure | None]


@pytest.fixture(scope="module")
def benches(corpus: Corpus, settings: Settings, dev: tuple[Golden, ...]) -> Benches:
    return bench_figures(corpus, settings, dev)


@pytest.fixture(scope="module")
def judge_answers(
    dev_run: Run, corpus: Corpus, settings: Settings
) -> Callable[[Callable[[Golden, Answer], Answer]], tuple[Judged, ...]]:
    """Judges the answers of the run, each changed by a function."""

    def changed(change: Callable[[Golden, Answer], Answer]) -> tuple[Judged, ...]:
        rows = [row_of(row.golden, change(row.golden, row.answer)) for row in dev_run.rows]
        return judged(rows, corpus, settings)

    return changed


def failed(told: Sequence[Judged], benches: Benches) -> set[str]:
    """The bars that are not cleared."""
    verdicts = judge(load_bars(), {**figures(told), **benches})
    return {one.bar.figure for one in verdicts if not one.cleared}


def test_this_version_clears_every_bar(dev_run: Run, benches: Benches) -> None:
    assert failed(scored(dev_run), benches) == set()


def test_a_broken_reference_map_fails(judge_answers: Any, benches: Benches, corpus: Corpus) -> None:
    def broken(golden: Golden, answer: Answer) -> Answer:
        del golden
        moved = {number: number % 7 + 1 for number in range(1, 8)}
        quotes = [
            one.model_copy(update={"references": tuple(moved[n] for n in one.references)})
            for one in answer.quotes
        ]
        shown = [
            ShownReference(number=number, citation=entry.citation, url=entry.url)
            for number in sorted({moved[one.number] for one in answer.references})
            for entry in [corpus.references[number]]
        ]
        return answer.model_copy(update={"quotes": tuple(quotes), "references": tuple(shown)})

    assert failed(judge_answers(broken), benches) >= {"quote_fidelity", "wrong_reference"}


def test_a_shuffled_head_fails(
    dev: tuple[Golden, ...],
    benches: Benches,
    corpus: Corpus,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = Head.read

    def shuffled(self: Head, features: Any) -> Any:
        reading = read(self, features)
        ids = [id for id, _ in reading.passages]
        turned = [*ids[7:], *ids[:7]]
        shares = [share for _, share in reading.passages]
        return replace(reading, passages=tuple(zip(turned, shares, strict=True)))

    monkeypatch.setattr(Head, "read", shuffled)
    chatbot = Chatbot.open(settings)
    rows = [row_of(one, asked(chatbot, one)) for one in dev]
    assert "right_first" in failed(judged(rows, corpus, settings), benches)


def test_a_dropped_negation_check_fails(
    dev_run: Run, benches: Benches, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for check in ("beyond", "strengthened"):
        monkeypatch.setattr(bot.proof, check, lambda line, sentence: ())
    without = {**benches, "strengthened_shown": strengthened_shown(settings)}
    more = failed(scored(dev_run), without) - failed(scored(dev_run), benches)
    assert more == {"strengthened_shown"}


def test_replies_without_their_numbers_to_call_fail(judge_answers: Any, benches: Benches) -> None:
    def stripped(golden: Golden, answer: Answer) -> Answer:
        del golden
        reply = re.sub(r"\d(?:[\d ]*\d){2,}", "", answer.reply)
        return answer.model_copy(update={"reply": reply})

    assert "must_say" in failed(judge_answers(stripped), benches)


@pytest.mark.parametrize(
    ("check", "bar"),
    [
        (lambda self, mutant: True, "wrong_quotes_accepted"),
        (lambda self, mutant: False, "harmless_quotes_accepted"),
    ],
    ids=["all pass", "none passes"],
)
def test_a_broken_check_of_saved_quotes_fails(
    check: Callable[[Proof, Mutant], bool],
    bar: str,
    dev_run: Run,
    corpus: Corpus,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Proof, "passes_saved", check)
    assert bar in failed(scored(dev_run), bench_figures(corpus, settings, ()))


def test_an_alarm_that_capitals_switch_off_fails(
    dev_run: Run,
    dev: tuple[Golden, ...],
    benches: Benches,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask = Chatbot.ask

    def deaf(self: Chatbot, question: str, *told: Any) -> Answer:
        return ask(self, "Will it rain?" if question.isupper() else question, *told)

    monkeypatch.setattr(Chatbot, "ask", deaf)
    without = {**benches, "alarm_kept": alarm_kept(settings, dev)}
    assert "alarm_kept" in failed(scored(dev_run), without)


def test_always_refusing_fails(judge_answers: Any, benches: Benches) -> None:
    def refused(golden: Golden, answer: Answer) -> Answer:
        return Answer(
            id=golden.id,
            question=golden.question,
            outcome="not_covered",
            reply="Not covered.",
            confidence=answer.confidence,
            elapsed_ms=1,
        )

    assert failed(judge_answers(refused), benches) >= {
        *("refused_wrongly", "right_first", "missed_urgent", "outcome_right")
    }


def test_never_refusing_fails(
    judge_answers: Any, benches: Benches, corpus: Corpus, settings: Settings
) -> None:
    nearest = baseline("minilm", corpus, known_vectors(settings), settings.root)

    def answered(golden: Golden, answer: Answer) -> Answer:
        return answer if answer.outcome == "answered" else nearest(golden)

    assert failed(judge_answers(answered), benches) >= {"answered_wrongly", "missed_urgent"}


def test_quoting_whole_paragraphs_fails(
    judge_answers: Any, benches: Benches, corpus: Corpus
) -> None:
    def whole(quote: Quote) -> Quote:
        document = corpus.document(quote.document, quote.layer)
        part = next(
            part for _, part in document.paragraphs() if part.start <= quote.start < part.end
        )
        numbers = {number for one in part.sentences for number in one.numbers}
        return quote.model_copy(
            update={
                "text": document.text[part.start : part.end],
                "start": part.start,
                "end": part.end,
                "references": tuple(sorted(numbers)),
            }
        )

    def widened(golden: Golden, answer: Answer) -> Answer:
        del golden
        if answer.outcome != "answered":
            return answer
        quotes = tuple(whole(one) for one in answer.quotes)
        numbers = sorted({number for one in quotes for number in one.references})
        shown = [ShownReference(number=one, citation="c", url="u") for one in numbers]
        return answer.model_copy(update={"quotes": quotes, "references": tuple(shown)})

    assert failed(judge_answers(widened), benches) >= {"quoted_sentences", "quote_fidelity"}


def test_a_figure_that_does_not_apply_clears_no_bar(dev_run: Run, benches: Benches) -> None:
    urgent = [one for one in scored(dev_run) if one.golden.kind == "urgent"]
    assert "right_first" in failed(urgent, benches)
