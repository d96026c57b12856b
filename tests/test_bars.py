"""Bars are only ever raised; one that is lowered says why."""

import os
import subprocess

import pytest

from eval.bars import THRESHOLDS, BarError, judge, load_bars, read_bars, unwritten
from eval.measures import Figure
from settings import ROOT

HALF = Figure(0.5, 0.4, 0.6, 10)


def committed() -> str:
    """The thresholds as git has them; where it has none the test is skipped, but never in CI."""
    path = THRESHOLDS.relative_to(ROOT).as_posix()
    try:
        return _git("show", f"HEAD:{path}")
    except (OSError, subprocess.CalledProcessError):
        assert not os.environ.get("CI"), "CI must hold the thresholds against the committed ones"
        pytest.skip("NO GIT: THE HISTORY OF THE THRESHOLDS WAS NOT HELD AGAINST THE COMMITTED ONE")


def _git(*told: str) -> str:
    done = subprocess.run(["git", *told], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_what_was_committed_of_a_bar_stays() -> None:
    assert unwritten(read_bars(committed(), THRESHOLDS.name), load_bars()) == ()


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("{ on = 2026-01-01, least = 0.6 }, { on = 2026-02-01, least = 0.7 }", False),
        ("{ on = 2026-01-01, least = 0.5 }", True),
        ("{ on = 2026-01-02, least = 0.6 }", True),
        ("{ on = 2026-01-01, least = 0.6, reason = 'x' }", True),
        ("{ on = 2025-01-01, least = 0.1 }, { on = 2026-01-01, least = 0.6 }", True),
    ],
    ids=["added to", "lowered in place", "another day", "another reason", "put before"],
)
def test_a_history_is_only_added_to(now: str, told: bool) -> None:
    before = read_bars("a = [{ on = 2026-01-01, least = 0.6 }]", "t.toml")
    assert bool(unwritten(before, read_bars(f"a = [{now}]", "t.toml"))) is told
    assert unwritten(before, ())[0].startswith("thresholds.toml: a no longer begins with its 1")


def test_each_lowering_has_its_own_reason() -> None:
    lowered = "{{ on = 2026-0{}-01, least = {}, reason = 'harder questions' }}"
    steps = ", ".join(("{ on = 2026-01-01, least = 0.6 }", lowered.format(2, 0.5)))
    assert read_bars(f"a = [{steps}]", "t.toml")
    with pytest.raises(BarError, match="was lowered twice for 'harder questions'"):
        read_bars(f"a = [{steps}, {lowered.format(3, 0.4)}]", "t.toml")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("a = [{ on = 2026-01-01 }]", r"t\.toml:2: a of 2026-01-01 needs either least or most"),
        ("a = [{ on = 2026-01-01, least = 1, most = 1 }]", "needs either least or most"),
        ("a = []", r"t\.toml:2: a: Tuple should have at least 1"),
        ("a = 0.5", r"t\.toml:2: a: "),
        ("a = [{ on = 2026-01-01, leest = 1 }]", r"t\.toml:2: a\.0\.leest"),
        ("a = [{ on = 'x', least = 1 }]", r"t\.toml:2: a\.0\.on"),
        ("a = [", r"t\.toml:3: is not TOML"),
        ("a = = 1", r"t\.toml:2: is not TOML"),
        (
            "a = [{ on = 2026-01-01, least = 0.5 }, { on = 2026-02-01, least = 0.4 }]",
            "a was lowered on 2026-02-01 without a reason; raise it again, or say why",
        ),
        (
            "a = [{ on = 2026-01-01, most = 0.5 }, { on = 2026-02-01, most = 0.6, reason = ' ' }]",
            "a was lowered on 2026-02-01 without a reason",
        ),
        (
            "a = [{ on = 2026-01-01, most = 0.5 }, { on = 2026-02-01, least = 0.6 }]",
            "changes sides",
        ),
        (
            "a = [{ on = 2026-02-01, least = 0.5 }, { on = 2026-01-01, least = 0.6 }]",
            "goes back in time",
        ),
    ],
)
def test_a_bar_that_cannot_be_used_is_named(line: str, fault: str) -> None:
    with pytest.raises(BarError, match=fault):
        read_bars(f"# Bars\n{line}\n", "t.toml")


def test_the_last_threshold_holds_and_what_was_lowered_is_told() -> None:
    text = (
        "a = [{ on = 2026-01-01, least = 0.4 }, { on = 2026-02-01, least = 0.6 }, "
        "{ on = 2026-03-01, least = 0.55, reason = 'harder questions' }]"
    )
    (bar,) = read_bars(text, "t.toml")
    assert bar.asked == "at least 0.55"
    ((before, after),) = bar.lowered()
    assert (before.least, after.least, after.reason) == (0.6, 0.55, "harder questions")


@pytest.mark.parametrize(
    ("bar", "cleared", "told"),
    [
        ("least = 0.5", True, "cleared: a is 0.5, at least 0.5"),
        ("least = 0.62", False, "fails by 0.12: a is 0.5, at least 0.62"),
        ("most = 0.5", True, "cleared: a is 0.5, at most 0.5"),
        ("most = 0.38", False, "fails by 0.12: a is 0.5, at most 0.38"),
        ("most = 0.0", False, "fails by 0.5: a is 0.5, at most 0"),
    ],
)
def test_a_verdict_says_by_how_much(bar: str, cleared: bool, told: str) -> None:
    bars = read_bars(f"a = [{{ on = 2026-01-01, {bar} }}]", "t.toml")
    (verdict,) = judge(bars, {"a": HALF})
    assert (verdict.cleared, str(verdict)) == (cleared, told)


def test_what_does_not_apply_fails_and_what_nobody_measures_is_named() -> None:
    bars = read_bars("a = [{ on = 2026-01-01, least = 0.5 }]", "t.toml")
    (verdict,) = judge(bars, {"a": None})
    assert not verdict.cleared
    assert str(verdict) == "fails: a does not apply to any answer, at least 0.5"
    with pytest.raises(BarError, match=r"there is no figure 'a'; use one of b"):
        judge(bars, {"b": HALF})
