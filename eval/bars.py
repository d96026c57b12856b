"""The bars a version must clear: `thresholds.toml`, where a bar is only ever raised.

Each bar is the history of its thresholds, the last of which holds. One that asks for less than the
one before it needs its reason and date, and the report shows it.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from eval.measures import Figure

THRESHOLDS = Path(__file__).resolve().parent / "thresholds.toml"


class BarError(ValueError):
    """`thresholds.toml` cannot be used; the message names file, line and what to do."""


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Step:
    """One threshold in the history of a bar: a figure is at least `least`, or at most `most`."""

    on: date
    least: float | None = None
    most: float | None = None
    reason: str = ""

    @property
    def threshold(self) -> float:
        """What the figure is held against."""
        return (self.most or 0.0) if self.least is None else self.least


@dataclass(frozen=True)
class Bar:
    """What a figure must reach. `steps`: its history, the last of which holds."""

    figure: str
    steps: tuple[Step, ...]

    @property
    def now(self) -> Step:
        """The threshold that holds."""
        return self.steps[-1]

    @property
    def asked(self) -> str:
        """What is asked, in words."""
        return f"{'at most' if self.now.least is None else 'at least'} {self.now.threshold:g}"

    def lacking(self, value: float) -> float:
        """By how much `value` fails; 0 when it does not."""
        gap = self.now.threshold - value
        return max(-gap if self.now.least is None else gap, 0.0)

    def lowered(self) -> tuple[tuple[Step, Step], ...]:
        """Each step that asks for less than the one before it, with that one."""
        pairs = zip(self.steps, self.steps[1:], strict=False)
        return tuple((one, other) for one, other in pairs if asks_less(one, other))


@dataclass(frozen=True)
class Verdict:
    """A bar with the figure that was held against it; None: the figure does not apply."""

    bar: Bar
    figure: Figure | None

    @property
    def cleared(self) -> bool:
        """Whether it is cleared. What does not apply is not."""
        return self.figure is not None and not self.bar.lacking(self.figure.value)

    def __str__(self) -> str:
        """The verdict as a line: "fails by 0.021: right_first is 0.779, at least 0.8"."""
        if self.figure is None:
            return f"fails: {self.bar.figure} does not apply to any answer, {self.bar.asked}"
        told = f"{self.bar.figure} is {self.figure.value:.4g}, {self.bar.asked}"
        lacking = self.bar.lacking(self.figure.value)
        return f"fails by {lacking:.4g}: {told}" if lacking else f"cleared: {told}"


STEPS = TypeAdapter(Annotated[tuple[Step, ...], Field(min_length=1)])


def load_bars(path: Path = THRESHOLDS) -> tuple[Bar, ...]:
    """The bars of that file.

    Raises `BarError` for what is no history of thresholds, and for a threshold that was lowered
    without a reason of its own.
    """
    return read_bars(path.read_text(encoding="utf-8"), path.name)


def read_bars(text: str, name: str) -> tuple[Bar, ...]:
    """The bars that stand in `text`, of a file called `name`. Raises as `load_bars`. Pure."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = re.search(r"at line (\d+)", str(error))
        line = int(told[1]) if told else text.count("\n") + 1
        raise BarError(f"{name}:{line}: is not TOML ({error}); mend that line") from error
    return tuple(_bar(figure, told, text, name) for figure, told in table.items())


def unwritten(before: Sequence[Bar], now: Sequence[Bar]) -> tuple[str, ...]:
    """What of the history `before` is missing or changed `now`, a line for each bar. Pure.

    A history is only ever added to: what stood there, with its dates and reasons, stays.
    """
    steps = {bar.figure: bar.steps for bar in now}
    return tuple(
        f"thresholds.toml: {bar.figure} no longer begins with its {len(bar.steps)} committed "
        "steps; put them back and add a new step at the end"
        for bar in before
        if steps.get(bar.figure, ())[: len(bar.steps)] != bar.steps
    )


def judge(bars: Sequence[Bar], figures: Mapping[str, Figure | None]) -> tuple[Verdict, ...]:
    """Each bar with its figure. Raises `BarError` for a bar whose figure nobody measures. Pure."""
    for bar in bars:
        if bar.figure not in figures:
            known = ", ".join(figures)
            raise BarError(
                f"thresholds.toml: there is no figure {bar.figure!r}; use one of {known}"
            )
    return tuple(Verdict(bar, figures[bar.figure]) for bar in bars)


def _bar(figure: str, told: Any, text: str, name: str) -> Bar:
    found = re.search(rf"^[ \t]*\[*{re.escape(figure)}\b", text, re.MULTILINE)
    place = f"{name}:{text.count(chr(10), 0, found.start() if found else 0) + 1}"
    try:
        bar = Bar(figure, STEPS.validate_python(told))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(one) for one in (figure, *first["loc"]))
        raise BarError(f"{place}: {where}: {first['msg']}; mend it") from error
    for step in bar.steps:
        if (step.least is None) == (step.most is None):
            raise BarError(f"{place}: {figure} of {step.on} needs either least or most; mend it")
    for one, other in zip(bar.steps, bar.steps[1:], strict=False):
        if (one.least is None) != (other.least is None) or other.on < one.on:
            raise BarError(f"{place}: {figure} changes sides or goes back in time; mend it")
        if asks_less(one, other) and not other.reason.strip():
            fault = f"{place}: {figure} was lowered on {other.on} without a reason"
            raise BarError(f"{fault}; raise it again, or say why")
    reasons = [other.reason.strip() for _, other in bar.lowered()]
    if twice := next((one for one in reasons if reasons.count(one) > 1), None):
        raise BarError(f"{place}: {figure} was lowered twice for {twice!r}; say why each time")
    return bar


def asks_less(one: Step, other: Step) -> bool:
    """Whether `other` asks for less than `one`."""
    if one.least is not None and other.least is not None:
        return other.least < one.least
    return one.most is not None and other.most is not None and other.most > one.most
