"""How long a question takes and how much memory, beside the usual tutorial chain.

Both answer the same questions, each in a process of its own, in turns, in one run, with an index
that is already built: what else the machine does meets both alike. Ratios are what counts.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from settings import ROOT

QUESTIONS = (
    "why does cancer come back after surgery?",
    "what are cancer stem cells",
    "did they not get it all?",
    "What does recurrence mean?",
    "how come the scan was clear and now it is back",
)


@dataclass(frozen=True)
class Cost:
    """What one process cost: seconds from start to end, and its peak memory in MB."""

    seconds: float
    megabytes: float


class BenchError(RuntimeError):
    """The measurement cannot be made; the message says why."""


def cost_of(command: Sequence[str]) -> Cost:
    """Runs `command` to its end. Raises `BenchError` when it fails."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    errors = process.stderr.read() if process.stderr else ""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        last = errors.strip().splitlines()[-1:] or ["no message"]
        raise BenchError(f"{' '.join(command[:3])} failed: {last[0]}")
    return Cost(seconds, usage.ru_maxrss / 1024)


def compare(
    peer: Path, peer_python: str, rounds: int, progress: Callable[[str], None]
) -> dict[str, list[Cost]]:
    """The costs of `rounds` questions, ours and the peer's in turns, after one of each to warm up.

    `peer` is the script, `peer_python` the interpreter that has what it needs. Raises `BenchError`.
    """
    if not peer.is_file():
        raise BenchError(f"{peer} is missing; give the peer's script with --peer")
    store = str(ROOT / "var" / "peer-store")
    if not Path(store).is_dir():
        progress("building the peer's index")
        cost_of([peer_python, str(peer), "build", store])
    costs: dict[str, list[Cost]] = {"ours": [], "peer": []}
    for number in range(rounds + 1):
        question = QUESTIONS[number % len(QUESTIONS)]
        progress(f"question {number} of {rounds}")
        ours = cost_of([sys.executable, "-m", "bot", "ask", question])
        theirs = cost_of([peer_python, str(peer), "ask", store, question])
        if number:
            costs["ours"].append(ours)
            costs["peer"].append(theirs)
    return costs


def table(costs: dict[str, list[Cost]]) -> str:
    """The costs as a Markdown table: medians, and the median paired ratio with its range."""
    seconds = {side: [cost.seconds for cost in costs[side]] for side in costs}
    megabytes = {side: [cost.megabytes for cost in costs[side]] for side in costs}
    return "\n".join(
        [
            "| `ask`, one process each | ours | peer | ours / peer (range) |",
            "|---|---|---|---|",
            _row("time from start to end", "s", seconds),
            _row("peak memory", "MB", megabytes),
        ]
    )


def _row(name: str, unit: str, values: dict[str, list[float]]) -> str:
    ours, peer = (statistics.median(values[side]) for side in ("ours", "peer"))
    pairs = zip(values["ours"], values["peer"], strict=True)
    ratios = sorted(one / other for one, other in pairs)
    spread = f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
    return f"| {name} | {ours:.2f} {unit} | {peer:.2f} {unit} | {spread} |"
