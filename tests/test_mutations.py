"""The quote mutation bench: our proof passes it, and weaker checkers do not."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rapidfuzz.fuzz import partial_ratio

from corpus import load_corpus
from eval.checkers import Proof, checker_named
from eval.mutations import LEAST, Case, Mutant, MutationError, judge, make_cases, results_table
from settings import Settings
from tests.corpus_folder import write_corpus

SETTINGS = Settings()
CORPUS = load_corpus(SETTINGS.corpus)


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return make_cases(CORPUS, SETTINGS.root)


@pytest.fixture(scope="module")
def proof() -> Proof:
    return Proof(SETTINGS)


def exact(text: str, document: str, references: tuple[int, ...]) -> bool:
    return bool(references) and text in document


def similar(text: str, document: str, references: tuple[int, ...]) -> bool:
    return bool(references) and partial_ratio(text, document) >= 90


def accepted(cases: tuple[Case, ...], accepts: Callable[[Mutant], bool]) -> dict[str, float]:
    return {one.case.name: one.accepted.value for one in judge(cases, accepts)}


def test_no_wrong_quote_is_shown_and_every_harmless_one_is(
    cases: tuple[Case, ...], proof: Proof
) -> None:
    results = judge(cases, proof.shows)
    assert [one.case.name for one in results if not one.right] == []
    assert all(one.accepted.n >= LEAST for one in results)


def test_a_saved_quote_passes_only_unchanged(cases: tuple[Case, ...], proof: Proof) -> None:
    shares = accepted(cases, proof.passes_saved)
    assert shares.pop("nothing changed") == 1
    assert set(shares.values()) == {0.0}


def test_no_edit_is_a_true_quote_after_all(cases: tuple[Case, ...]) -> None:
    for case in cases:
        for one in case.mutants:
            same = (one.text, one.document.name, one.references) == (
                one.true.text,
                one.true.document,
                one.true.references,
            )
            assert same is (case.name == "nothing changed"), (case.name, one.text)


def test_the_bench_is_the_same_every_time(cases: tuple[Case, ...]) -> None:
    again = make_cases(CORPUS, SETTINGS.root)
    assert [case.mutants for case in again] == [case.mutants for case in cases]


def test_exact_words_alone_are_no_proof(cases: tuple[Case, ...]) -> None:
    shares = accepted(cases, checker_named(f"{__name__}:exact"))
    assert shares["a true fragment after “not”"] > 0.9
    assert shares["wrong reference"] > 0.8
    assert shares["a negation dropped"] == 0
    assert shares["other spaces"] < 0.1


def test_a_likeness_is_no_proof(cases: tuple[Case, ...]) -> None:
    shares = accepted(cases, checker_named(f"{__name__}:similar"))
    for edit in ("a negation dropped", "may becomes will", "a number changed"):
        assert shares[edit] > 0.8, edit


def test_the_table_has_every_case_and_both_totals(cases: tuple[Case, ...], proof: Proof) -> None:
    rows = results_table(judge(cases, proof.shows)).rows
    assert [row[0] for row in rows] == [
        *(case.name for case in cases),
        *("all wrong ones", "all harmless ones"),
    ]
    assert rows[0][2:] == ("120", "0.0%", "0.0% to 3.0%")
    assert rows[-1][3] == "100.0%"


@pytest.mark.parametrize(
    ("name", "fault"),
    [("eval.nowhere:x", "No module"), ("eval.checkers:x", "no attribute"), ("json", "names")],
)
def test_a_checker_that_is_not_there_is_named(name: str, fault: str) -> None:
    with pytest.raises(MutationError, match=rf"{fault}.*; write it as module:callable"):
        checker_named(name)


def fails(quote: str, source: str, references: tuple[int, ...]) -> bool:
    """A checker with a fault of its own."""
    raise KeyError(references)


def test_a_checker_that_raises_is_named(cases: tuple[Case, ...]) -> None:
    with pytest.raises(MutationError, match=r"fails' raised KeyError\(.*; mend it"):
        judge(cases, checker_named(f"{__name__}:fails"))


def test_what_cannot_be_called_is_no_checker() -> None:
    with pytest.raises(MutationError, match="is no callable"):
        checker_named("eval.mutations:SIZE")


def test_a_corpus_that_is_too_small_is_an_error(tmp_path: Path) -> None:
    small = load_corpus(write_corpus(tmp_path))
    with pytest.raises(MutationError, match=r"the corpus gives \d+ edits of the kind"):
        make_cases(small, tmp_path)


def test_a_share_is_exact_at_both_ends(cases: tuple[Case, ...]) -> None:
    ten = replace(cases[0], mutants=cases[0].mutants[:10])
    (none,), (all_of_them,) = judge([ten], lambda one: False), judge([ten], lambda one: True)
    assert (none.accepted.low, round(none.accepted.high, 3)) == (0.0, 0.308)
    assert (round(all_of_them.accepted.low, 3), all_of_them.accepted.high) == (0.692, 1.0)
