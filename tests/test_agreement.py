"""Agreement of nurses: Krippendorff's alpha as it is published, and when it does not apply."""

import math

import pytest

from eval.agreement import agreements, alpha
from eval.verdicts import by_answer, new_entries
from tests.test_verdicts import TODAY, UNSAFE, given
from tests.verdicts_given import RUN


def test_alpha_is_that_of_the_published_example() -> None:
    rows = {
        "A": [0, 0, 0, 0, 0, 3, 4, 1, 2, 1, 1, 3, 3, 0, 3],
        "B": [1, 0, 2, 1, 3, 3, 4, 3, 0, 0, 0, 0, 0, 0, 0],
        "C": [0, 0, 2, 1, 3, 4, 4, 0, 2, 1, 1, 3, 3, 0, 4],
    }
    units = [{coder: row[at] for coder, row in rows.items() if row[at]} for at in range(15)]
    names, steps = alpha(units, steps=False), alpha(units, steps=True)
    assert names == pytest.approx(0.691, abs=0.0005)
    assert steps == pytest.approx(0.811, abs=0.0005)


def test_alpha_is_not_defined_when_all_say_the_same() -> None:
    assert alpha([{"A": "yes", "B": "yes"}] * 3, steps=False) is None


def test_agreement_needs_two_nurses() -> None:
    entries = new_entries(given((0, "N1", {}), (1, "N2", {})), [RUN], (), TODAY)
    assert agreements(by_answer(entries)) == ()


def test_agreement_has_an_interval() -> None:
    told = given(
        *((at, "N1", UNSAFE if at < 2 else {}) for at in range(4)),
        *((at, "N2", UNSAFE if at < 1 else {}) for at in range(4)),
    )
    decision, *aspects = agreements(by_answer(new_entries(told, [RUN], (), TODAY)))
    assert (decision.name, decision.answers) == ("decision", 4)
    assert decision.same is not None
    assert decision.same.value == 0.75
    assert decision.alpha is not None
    assert decision.alpha.low <= decision.alpha.value <= decision.alpha.high
    assert math.isclose(decision.alpha.value, 1 - (1 / 4) / (2 * 3 * 5 / (8 * 7)))
    plain = next(one for one in aspects if one.name == "plain")
    assert plain.alpha is None
