"""Nothing leaves the machine, whatever the environment says."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest

from settings import ROOT, Settings
from tests.serving import served

LISTENER = """
import socket
allowed = {"127.0.0.1", "::1"}
real = socket.socket.connect
def connect(self, address):
    if self.family != socket.AF_UNIX and address[0] not in allowed:
        print("OUTSIDE", address, flush=True)
        raise OSError("outside")
    return real(self, address)
socket.socket.connect = connect
"""
ASKING = """
from settings import Settings
from bot import Chatbot, answer_chain
from index import LiveIndex, PassageRetriever
settings = Settings()
chatbot = Chatbot.open(settings)
print(answer_chain(chatbot).invoke({"question": "what are cancer stem cells?"}).outcome)
PassageRetriever(index=LiveIndex(settings)).invoke("surgery")
"""


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    heard: list[str] = []

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_GET = do_POST  # noqa: N815

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Ear)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", heard
    server.shutdown()
    thread.join()
    server.server_close()


def environment(address: str) -> dict[str, str]:
    return {
        **os.environ,
        "LANGSMITH_TRACING": "true",
        "LANGSMITH_TRACING_V2": "true",
        "LANGCHAIN_TRACING_V2": "true",
        "LANGSMITH_ENDPOINT": address,
        "LANGCHAIN_ENDPOINT": address,
        "LANGSMITH_API_KEY": "key",
        "LANGCHAIN_API_KEY": "key",
        "ANONYMIZED_TELEMETRY": "True",
        "GRADIO_ANALYTICS_ENABLED": "True",
        "HF_HUB_OFFLINE": "0",
        "OTEL_SDK_DISABLED": "false",
        "OTEL_EXPORTER_OTLP_ENDPOINT": address,
    }


def test_tracing_stays_off_whatever_the_environment_says(
    listener: tuple[str, list[str]], settings: Settings
) -> None:
    address, heard = listener
    told = subprocess.run(
        [sys.executable, "-c", LISTENER + ASKING],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=environment(address),
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout == "answered\n"
    assert not heard


def test_the_listener_would_hear_a_trace(listener: tuple[str, list[str]]) -> None:
    # The same chain with tracing left on: without this, silence would prove nothing.
    address, heard = listener
    script = (
        "from langchain_core.runnables import RunnableLambda\n"
        "from langchain_core.tracers.langchain import wait_for_all_tracers\n"
        "RunnableLambda(lambda x: x).invoke('why'); wait_for_all_tracers()\n"
    )
    subprocess.run(
        [sys.executable, "-c", script], env=environment(address), capture_output=True, check=True
    )
    assert heard


def test_the_application_opens_no_connection_outside(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(LISTENER, "utf-8")  # Python runs it at its start
    log = tmp_path / "log"
    told = environment("http://127.0.0.1:9") | {"PYTHONPATH": str(tmp_path), "CHATBOT_PORT": "0"}
    with served(log, **told) as address:
        assert httpx.get(address).status_code == 200
        httpx.post(f"{address}/api/ask", json={"question": "why is it back?"}, timeout=60)
    assert "OUTSIDE" not in log.read_text("utf-8")


def test_the_guard_would_tell_a_connection_outside(tmp_path: Path) -> None:
    script = LISTENER + "socket.create_connection(('192.0.2.1', 9), 1)"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "OUTSIDE" in told.stdout
