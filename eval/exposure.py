"""How often the `test` split was answered: a log in git, so that nobody counts from memory.

The more often `test` is looked at, the less it tells. Each run adds a line before its first answer.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.golden import GOLDEN
from eval.runs import Setup

LOG = GOLDEN / "test-runs.jsonl"


class ExposureError(ValueError):
    """A log that cannot be read; the message names file, line and what to do."""


@dataclass(frozen=True)
class Exposure:
    """One run of `test`."""

    started: str
    system: str
    kind: str | None
    commit: str | None
    dirty: bool | None


def expose(setup: Setup, log: Path = LOG) -> None:
    """Adds a line for a run that is about to begin."""
    one = Exposure(setup.started, setup.system, setup.kind, setup.commit, setup.dirty)
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(one)) + "\n")


def exposures(log: Path = LOG) -> tuple[Exposure, ...]:
    """Every run of `test` so far; none without a log. Raises `ExposureError`."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.is_file() else []
    return tuple(_exposure(line, f"{log}:{at}") for at, line in enumerate(lines, start=1))


def _exposure(line: str, place: str) -> Exposure:
    try:
        return Exposure(**json.loads(line))
    except (ValueError, TypeError) as error:
        fault = f"{place}: is no run of the test split ({error})"
        raise ExposureError(f"{fault}; restore the line as it was added") from error
