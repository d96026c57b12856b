"""Starts the real application on a free port, in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from settings import ROOT


@contextmanager
def served(
    log: Path, stop: signal.Signals = signal.SIGTERM, /, **environment: str
) -> Iterator[str]:
    """The address of the application while it runs; what it prints goes to `log`.

    It is stopped with the signal `stop`, and must end well.
    """
    with log.open("wb") as printed:
        process = subprocess.Popen(
            [sys.executable, "-u", "app.py"],
            cwd=ROOT,
            stdout=printed,
            stderr=subprocess.STDOUT,
            env={**os.environ, "CHATBOT_PORT": "0", **environment},
        )
    try:
        yield _address(process, log)
    finally:
        process.send_signal(stop)
        code = process.wait(30)
    assert code == 0, log.read_text("utf-8")


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(1200):
        text = log.read_text("utf-8")
        if "The chat is at " in text:
            address = text.partition("The chat is at ")[2].split()[0]
            try:
                httpx.get(f"{address}/health")
            except httpx.TransportError:
                pass
            else:
                return address
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(f"the application did not start: {log.read_text('utf-8')}")
