"""The HTTP API, on the real application over real sockets."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from settings import ROOT, Settings
from tests.conftest import link_models
from tests.serving import served


@pytest.fixture(scope="module")
def client(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    log = tmp_path_factory.mktemp("api") / "log"
    with served(log) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


def test_a_question_gets_the_answer_object(client: httpx.Client) -> None:
    told = client.post("/api/ask", json={"id": 3, "question": "what are cancer stem cells?"})
    assert told.status_code == 200
    assert told.headers["content-type"] == "application/json"
    answer = told.json()
    assert (answer["id"], answer["outcome"]) == (3, "answered")
    assert answer["references"][0]["number"] == 4


def test_the_command_line_gives_the_same_answer(client: httpx.Client) -> None:
    question = "why is it back after the op?"
    over_http = client.post("/api/ask", json={"question": question}).json()
    command = [sys.executable, "-m", "bot", "ask", "--json", question]
    in_terminal = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True).stdout)
    assert over_http | {"elapsed_ms": 0} == in_terminal | {"elapsed_ms": 0}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"not json", 422),
        (b"[]", 422),
        (b"{}", 422),
        (b'{"question": 1}', 422),
        (b'{"question": "x", "history": "y"}', 422),
        (b"\xff", 422),
        (b"", 422),
        (json.dumps({"question": "x" * 20_001}).encode(), 413),
        (b" " * 1_000_001, 413),
        (json.dumps({"question": "x", "history": ["y" * 1000] * 101}).encode(), 413),
        (json.dumps({"question": "x", "history": ["y"] * 201}).encode(), 422),
    ],
    ids=lambda value: str(value)[:24],
)
def test_bad_input_is_an_error_that_says_why(
    body: bytes, status: int, client: httpx.Client
) -> None:
    told = client.post("/api/ask", content=body)
    assert told.status_code == status
    assert list(told.json()) == ["error"]


@pytest.mark.parametrize("question", ["", "  ", "?", "a", "x" * 20_000], ids=lambda text: text[:4])
def test_what_asks_nothing_is_a_conversation(question: str, client: httpx.Client) -> None:
    told = client.post("/api/ask", json={"question": question})
    assert told.status_code == 200
    assert told.json()["outcome"] == "conversation"


def test_health_readiness_and_schemas_are_there(client: httpx.Client) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/ready").json()["status"] == "ready"
    assert "/api/ask" in client.get("/openapi.json").json()["paths"]
    schema = client.get("/api/schema").json()
    assert schema == json.loads((ROOT / "docs" / "answer.schema.json").read_text())


def test_no_page_of_the_framework_is_open(client: httpx.Client) -> None:
    for path in ("/docs", "/redoc", "/monitoring", "/gradio_api/info"):
        body = client.get(path).text
        assert "cdn.jsdelivr" not in body, path
        assert "named_endpoints" not in body or '"named_endpoints":{}' in body, path


def test_nothing_can_be_uploaded(client: httpx.Client) -> None:
    told = client.post("/gradio_api/upload", files={"files": b"x" * 1000})
    assert told.status_code == 404


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopping_it_leaves_nothing_behind(
    number: signal.Signals, settings: Settings, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with served(log, number, TMPDIR=str(tmp_path)):
        assert list(tmp_path.glob("chatbot-index-*"))
    assert not list(tmp_path.glob("chatbot-index-*"))
    assert "Traceback" not in log.read_text("utf-8")


def test_many_at_once_are_answered_or_told_to_wait(settings: Settings, tmp_path: Path) -> None:
    with (
        served(tmp_path / "log", CHATBOT_BUSY_LIMIT="2") as address,
        httpx.Client(base_url=address, timeout=60) as client,
        ThreadPoolExecutor(24) as threads,
    ):
        history = ["why does cancer come back?"] * 40  # long enough to overlap
        body = {"question": "what is recurrence?", "history": history}
        told = list(threads.map(lambda _: client.post("/api/ask", json=body), range(24)))
    assert {one.status_code for one in told} == {200, 429}
    assert all("error" in one.json() for one in told if one.status_code == 429)


def test_an_index_lost_while_serving_is_unavailable(own_root: Settings, tmp_path: Path) -> None:
    environment = {
        "CHATBOT_ROOT": str(own_root.root),
        "CHATBOT_CORPUS": str(own_root.corpus),
        "CHATBOT_VAR": str(own_root.var),
    }
    with served(tmp_path / "log", **environment) as address:
        assert httpx.get(f"{address}/ready").status_code == 200
        (own_root.var / "index" / "current").unlink()
        ready = httpx.get(f"{address}/ready")
        told = httpx.post(f"{address}/api/ask", json={"question": "why is it back?"}, timeout=60)
        assert httpx.get(f"{address}/health").status_code == 200
    assert ready.status_code == 503
    assert "python -m index build" in ready.json()["error"]
    assert told.status_code == 503
    assert told.json()["outcome"] == "unavailable"


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "app.py"]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, **environment}
    )


def test_a_port_in_use_is_told(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = start(CHATBOT_PORT=str(taken.getsockname()[1]))
    assert told.returncode == 2
    assert "Address already in use; stop what uses it, or set CHATBOT_PORT" in told.stderr
    assert "Traceback" not in told.stderr


def test_it_does_not_start_without_an_index(settings: Settings, tmp_path: Path) -> None:
    link_models(settings, tmp_path)
    told = start(CHATBOT_VAR=str(tmp_path), CHATBOT_PORT="0")
    assert told.returncode == 2
    assert told.stdout == ""
    assert "run `python -m index build`" in told.stderr


def test_a_patients_words_are_in_no_log(settings: Settings, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with served(log) as address:
        for question in ("why is the quokkawombat back", "\ud800quokkawombat"):
            body = json.dumps({"question": question})
            httpx.post(f"{address}/api/ask", content=body, timeout=60)
        httpx.post(f"{address}/api/ask", content=b'{"question": quokkawombat', timeout=60)
    assert "quokkawombat" not in log.read_text("utf-8")


def test_the_page_says_nothing_of_its_framework_and_has_our_icon(client: httpx.Client) -> None:
    html = client.get("/").text
    assert '<meta property="og:' not in html
    assert 'name="twitter:' not in html
    assert "raw.githubusercontent.com" not in html
    assert "manifest.json" not in html
    assert '<script src="/page/static/early.js">' in html
    icon = client.get("/favicon.ico")
    assert icon.headers["content-type"] == "image/svg+xml"
    assert "<svg" in icon.text
