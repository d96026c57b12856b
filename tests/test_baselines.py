"""The usual chains, in the same answer object: they quote the corpus and never decline."""

import pytest

from bot import Answer, SavedAnswer, Verifier
from corpus import Corpus
from eval.baselines import CHUNK, baseline
from eval.runs import System
from index import known_vectors
from settings import Settings
from tests.golden_questions import made

ASKED = made(question="Can cancer cells become resistant to the drugs that were used?")


@pytest.fixture(scope="module")
def answers(corpus: Corpus, settings: Settings) -> dict[str, Answer]:
    embeddings = known_vectors(settings)
    systems: tuple[System, ...] = ("bm25", "minilm", "hybrid")
    return {
        name: baseline(name, corpus, embeddings, settings.root)(ASKED)  # type: ignore[arg-type]
        for name in systems
    }


def test_bm25_shows_the_one_sentence_whose_words_fit(answers: dict[str, Answer]) -> None:
    (quote,) = answers["bm25"].quotes
    assert "resistant" in quote.text
    assert (quote.start, quote.end) == quote.focus


@pytest.mark.parametrize("name", ["minilm", "hybrid"])
def test_a_chain_shows_three_chunks_and_a_sentence_in_each(
    name: str, answers: dict[str, Answer], corpus: Corpus
) -> None:
    quotes = answers[name].quotes
    assert len(quotes) == 3
    assert all(len(one.text) <= CHUNK for one in quotes)
    for one in quotes:
        text = corpus.document(one.document, one.layer).text
        assert text[one.start : one.end] == one.text
        assert one.start <= one.focus[0] < one.focus[1] <= one.end


def test_their_numbers_are_those_printed(answers: dict[str, Answer], settings: Settings) -> None:
    verifier = Verifier(settings)
    for answer in answers.values():
        faults = verifier.faults(SavedAnswer.model_validate(answer.model_dump()))
        assert {fault.partition(": ")[2] for fault in faults} <= {"not whole sentences"}


@pytest.mark.parametrize("question", ["Will it rain?", "?", "qqq zzz"])
@pytest.mark.parametrize("name", ["bm25", "minilm", "hybrid"])
def test_they_never_decline(
    name: System, question: str, corpus: Corpus, settings: Settings
) -> None:
    ask = baseline(name, corpus, known_vectors(settings), settings.root)  # type: ignore[arg-type]
    answer = ask(made(question=question))
    assert answer.outcome == "answered"
    assert answer.confidence is not None
