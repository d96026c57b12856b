"""Whether a line says more than its sentence."""

import pytest

from corpus import load_corpus, strengthened
from corpus.faithful import HEDGES
from settings import Settings


def test_no_line_of_ours_says_more_than_its_sentence() -> None:
    carded = [passage for passage in load_corpus(Settings().corpus).passages if passage.in_short]
    lines = {one.id: strengthened(one.in_short or "", one.focus_text) for one in carded}
    assert lines == dict.fromkeys(lines, ())
    assert lines


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        pytest.param("Cells may have survived.", "Cells may have survived.", id="the same words"),
        pytest.param("CELLS MIGHT HAVE SURVIVED", "Cells may have survived.", id="another hedge"),
        pytest.param("Perhaps cells survived.", "Cells may have survived.", id="a hedging adverb"),
        pytest.param("It often returns.", "It usually returns.", id="a weaker hedge"),
        pytest.param("It may return.", "It returns.", id="a hedge more"),
        pytest.param("It did not clear all.", "It didn’t clear all.", id="not for n’t"),
        pytest.param("It couldn't be found.", "It couldn’t be found.", id="another apostrophe"),
        pytest.param("Found in 38 people.", "38 people had it (3).", id="a number it has"),
        pytest.param("They start tumours.", "CSCs start tumours (4), (5).", id="marks left out"),
        pytest.param("A lot of them return.", "Many of them return.", id="a lot for many"),
        pytest.param("They are able to grow.", "They can grow.", id="able to for can"),
        pytest.param("A canny way.", "A canny way.", id="a hedge within a word is none"),
        pytest.param("", "It is so.", id="no statement"),
    ],
)
def test_a_faithful_statement_has_no_fault(statement: str, sentence: str) -> None:
    assert strengthened(statement, sentence) == ()


@pytest.mark.parametrize(
    ("statement", "sentence", "fault"),
    [
        pytest.param(
            "Cells survived.", "Cells may have survived.", "drops the hedge 'may'", id="may"
        ),
        pytest.param("They remain.", "They could remain.", "drops the hedge 'could'", id="could"),
        pytest.param("They grow.", "They can grow.", "drops the hedge 'can'", id="can"),
        pytest.param(
            "It always returns.", "It usually returns.", "drops the hedge 'usually'", id="always"
        ),
        pytest.param(
            "It usually returns.", "It often returns.", "drops the hedge 'often'", id="stronger"
        ),
        pytest.param(
            "They resist treatment.",
            "They resist some treatments.",
            "drops the hedge 'some'",
            id="some",
        ),
        pytest.param(
            "Cells were left.",
            "A very small number were left.",
            "drops the hedge 'very small'",
            id="very small",
        ),
        pytest.param(
            "It defeated the cancer.",
            "It defeated the vast majority of the cancer.",
            "drops the hedge 'vast majority'",
            id="vast majority",
        ),
        pytest.param(
            "Take ibuprofen.",
            "Do not take ibuprofen.",
            "adds or drops a negation",
            id="a negation lost",
        ),
        pytest.param(
            "It does not return.", "It returns.", "adds or drops a negation", id="a negation added"
        ),
        pytest.param(
            "It can’t return.", "It can return.", "adds or drops a negation", id="a short negation"
        ),
        pytest.param(
            "The treatment didn’t work.",
            "This isn’t to say the treatment didn’t work.",
            "adds or drops a negation",
            id="one of two negations",
        ),
        pytest.param(
            "It happens in 39 people.",
            "It happens in 38 people.",
            "has the number 39, which its sentence has not",
            id="another number",
        ),
        pytest.param(
            "It rose by 3.",
            "It rose by 3.5.",
            "has the number 3, which its sentence has not",
            id="half a number",
        ),
        pytest.param(
            "It takes 2 years.",
            "It takes years.",
            "has the number 2, which its sentence has not",
            id="a number from nowhere",
        ),
    ],
)
def test_a_statement_that_says_more_is_at_fault(statement: str, sentence: str, fault: str) -> None:
    assert fault in strengthened(statement, sentence)


@pytest.mark.parametrize(
    ("statement", "sentence", "fault"),
    [
        ("Cells always survive.", "Cells survive.", "is stronger: 'always'"),
        ("It proves that cells survive.", "It says that cells survive.", "is stronger: 'proves'"),
        ("It cures cancer.", "It helps with cancer.", "is stronger: 'cures'"),
        ("It will come back.", "It may come back.", "is stronger: 'will'"),
        ("Cancers return.", "Breast cancers return.", "drops the limit 'breast'"),
        ("Women are offered it.", "It is offered only to women.", "drops the limit 'only'"),
        ("Take them early.", "You should take them early.", "drops the hedge 'should'"),
        ("Cells with it grow.", "Cells lacking it grow.", "adds or drops a negation"),
        ("Most of them return.", "Many of them return.", "drops the hedge 'many'"),
        ("Some of them return.", "A few of them return.", "drops the hedge 'a few'"),
        ("Almost all of it went.", "The vast majority went.", "drops the hedge 'vast majority'"),
    ],
)
def test_a_line_by_a_person_is_held_to_limits_and_stronger_words(
    statement: str, sentence: str, fault: str
) -> None:
    assert fault in strengthened(statement, sentence)


def test_every_fault_is_told() -> None:
    assert strengthened("In 5 years it returns.", "It may not return.") == (
        "has the number 5, which its sentence has not",
        "drops the hedge 'may'",
        "adds or drops a negation",
    )


@pytest.mark.parametrize("hedge", HEDGES)
def test_a_hedge_in_its_own_words_is_kept(hedge: str) -> None:
    assert strengthened(f"It is {hedge} so.", f"It is {hedge} so.") == ()


@pytest.mark.parametrize("hedge", HEDGES)
def test_every_hedge_is_missed_when_it_is_dropped(hedge: str) -> None:
    assert f"drops the hedge {hedge!r}" in strengthened("It is so.", f"It is {hedge} so.")
