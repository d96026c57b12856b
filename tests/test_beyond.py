"""A line that no person wrote may only be shorter and plainer than its sentence."""

import pytest

from corpus import beyond


@pytest.mark.parametrize(
    ("statement", "sentence", "fault"),
    [
        pytest.param(
            "Cells always survive.", "Cells survive.", "is stronger: 'always'", id="as every line"
        ),
        pytest.param(
            "Cells survive in the liver.", "Cells survive.", "has the word 'liver'", id="a new word"
        ),
        pytest.param(
            "Two cells survive.", "Cells survive.", "has the number two", id="a new number"
        ),
        pytest.param("You have cells.", "People have cells.", "has the word 'you'", id="whom"),
        pytest.param(
            "Surgery harms more than the drug.",
            "The drug harms more than surgery.",
            "has the word 'harms' after what follows it",
            id="turned round",
        ),
        pytest.param(
            "It rose to 11% and 12%.",
            "It rose to 12% and 11%.",
            "has the number 12 elsewhere",
            id="numbers changed places",
        ),
        pytest.param(
            "It rose by 9 months.",
            "It rose from 7 to 9 months.",
            "has the number 9 elsewhere",
            id="another measure",
        ),
        pytest.param(
            "It fell to a third.", "It fell by a third.", "has the number third", id="by and to"
        ),
        pytest.param(
            "Good evidence shows it does not help.",
            "No good evidence shows it does help.",
            "denies 'help'",
            id="what is denied",
        ),
        pytest.param(
            "It may help and heal.",
            "It may help and might heal.",
            "has fewer hedges",
            id="one of two hedges",
        ),
        pytest.param("When it returns.", "If it returns.", "has fewer hedges", id="if and when"),
        pytest.param(
            "It is a source of relapse.",
            "It is a source of late relapse.",
            "leaves out 'late', which narrows 'relapse'",
            id="the word before",
        ),
        pytest.param(
            "It lowered deaths.",
            "It lowered deaths from falls.",
            "leaves out 'falls', on which the word before leans",
            id="the words after",
        ),
        pytest.param(
            "Tumours often return early.",
            "Tumours that return often do so early.",
            "has the word 'return' after what follows it",
            id="a clause made the whole",
        ),
    ],
)
def test_a_line_that_says_more_is_at_fault(statement: str, sentence: str, fault: str) -> None:
    assert any(one.startswith(fault) for one in beyond(statement, sentence))


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        pytest.param(
            "Some cells may still be found.", "Cells can be detected.", id="plainer and weaker"
        ),
        pytest.param(
            "Cancer can come back.", "Cancer recurrence can happen.", id="another part of speech"
        ),
        pytest.param(
            "It rose to 9 months.",
            "It rose from 7 to 9 months, as the older drug had done.",
            id="a clause left out",
        ),
        pytest.param(
            "The drug helps mice.", "The drug helps mice, and it is cheap.", id="one of two"
        ),
    ],
)
def test_a_shorter_and_plainer_line_is_borne_out(statement: str, sentence: str) -> None:
    assert beyond(statement, sentence) == ()
