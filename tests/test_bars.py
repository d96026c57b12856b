"""Bars are only ever raised; one that is lowered says why."""

import subprocess

import pytest

from eval.bars import THRESHOLDS, BarError, asks_less, judge, load_bars, read_bars
from eval.measures import Figure
from settings import ROOT

HALF = Figure(0.5, 0.4, 0.6, 10)


def committed() -> list[str]:
    """Every version of the thresholds that git has, the newest first; none without git."""
    path = THRESHOLDS.relative_to(ROOT).as_posix()
    try:
        log = _git("log", "--format=%H", "--", path).split()
        return [_git("show", f"{one}:{path}") for one in log]
    except (OSError, subprocess.CalledProcessError):
        return []


def _git(*told: str) -> str:
    done = subprocess.run(["git", *told], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_no_bar_asks_for_less_than_it_ever_did_or_says_why() -> None:
    now = {bar.figure: bar for bar in load_bars()}
    for text in committed():
        for bar in read_bars(text, THRESHOLDS.name):
            lowered = asks_less(bar.now, now[bar.figure].now)
            assert not lowered or now[bar.figure].lowered(), bar.figure


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
