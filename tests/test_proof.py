"""Quotes are copied from their files, and nothing that cannot be proved is shown."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.proof import ProofError, Proposal, prove
from index import LiveIndex, Record
from settings import Settings


@pytest.fixture(scope="module")
def records(settings: Settings) -> dict[str, Record]:
    return {record.id: record for record in LiveIndex(settings)().carded}


def test_a_quote_is_its_place_in_the_file(records: dict[str, Record], settings: Settings) -> None:
    (quote,), _ = prove([Proposal(records["A21"])], settings.root)
    text = (settings.root / quote.path).read_bytes().decode("utf-8")
    assert text[quote.start : quote.end] == quote.text
    assert text[slice(*quote.focus)].startswith("This means they can start")
    assert quote.references == (4, 5, 6)


def test_a_line_that_holds_is_a_statement(records: dict[str, Record], settings: Settings) -> None:
    _, (statement,) = prove(
        [Proposal(records["A08"], "A tiny number of cells may have lived.")], settings.root
    )
    assert statement.quotes == (0,)


@pytest.mark.parametrize(
    "line",
    [
        "A very small number of cells survived the treatment.",
        "A very small number of cells may not have survived the treatment.",
        "About 7 of a very small number of cells may have survived.",
    ],
    ids=["hedge dropped", "negation added", "number added"],
)
def test_a_line_that_says_more_is_not_shown(
    line: str, records: dict[str, Record], settings: Settings
) -> None:
    quotes, statements = prove([Proposal(records["A08"], line)], settings.root)
    assert quotes
    assert not statements


def test_a_stronger_line_is_shown_only_if_a_person_approved_it(
    records: dict[str, Record], settings: Settings
) -> None:
    line = "A very small number of cells survived the treatment."
    for approved in (False, True):
        passage = replace(records["A08"], in_short=line, line_approved=approved)
        _, statements = prove([Proposal(passage, line)], settings.root)
        assert bool(statements) is approved
    _, statements = prove([Proposal(passage, f"{line} It came back.")], settings.root)
    assert not statements


def test_passages_that_overlap_become_one_quote(
    records: dict[str, Record], settings: Settings
) -> None:
    both = [Proposal(records["A03"], "x means back."), Proposal(records["A04"], "found again, not")]
    (quote,), _ = prove(both, settings.root)
    assert quote.references == (1, 2)
    assert (quote.focus[0], quote.focus[1]) == (records["A03"].start, records["A03"].end)


def test_an_answer_stays_short(records: dict[str, Record], settings: Settings) -> None:
    long = [Proposal(records[name]) for name in ("A07", "A11", "A25", "A23")]
    quotes, _ = prove(long, settings.root)
    assert sum(len(quote.text.split()) for quote in quotes) <= 90
    assert quotes[0].start == records["A07"].start


def test_a_changed_file_gives_no_quote(records: dict[str, Record], own_root: Settings) -> None:
    article = own_root.corpus / "article.txt"
    article.write_text(article.read_text("utf-8").replace("usually", "always"), "utf-8")
    with pytest.raises(ProofError, match="has changed"):
        prove([Proposal(records["A06"])], own_root.root)


def test_a_missing_file_gives_no_quote(records: dict[str, Record], tmp_path: Path) -> None:
    with pytest.raises(ProofError, match="cannot be read"):
        prove([Proposal(replace(records["A06"], path="gone.txt"))], tmp_path)
