"""`python -m bot`: the commands of the contract and its table of bad input."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from index.store import export_folder
from settings import ROOT, Settings

Run = subprocess.CompletedProcess[bytes]


def run(
    *arguments: str | bytes, stdin: bytes = b"", environment: Mapping[str, str] | None = None
) -> Run:
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command,
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        env={**os.environ, **(environment or {})},
    )


def environment_of(settings: Settings) -> dict[str, str]:
    return {
        "CHATBOT_ROOT": str(settings.root),
        "CHATBOT_CORPUS": str(settings.corpus),
        "CHATBOT_VAR": str(settings.var),
    }


def one_line(told: Run) -> str:
    assert told.returncode == 2
    assert told.stdout == b""
    (line,) = told.stderr.decode().splitlines()
    return line


def test_a_person_gets_reply_quotes_and_references(settings: Settings) -> None:
    told = run("ask", "What is cancer recurrence?")
    assert told.returncode == 0
    assert told.stderr == b""
    assert "> Cancer recurrence is the term for when cancer comes back" in told.stdout.decode()
    assert "**Reference 1:** National Cancer Institute." in told.stdout.decode()


def test_json_is_one_answer_object(settings: Settings) -> None:
    answer = json.loads(run("ask", "--json", "why does cancer come back?").stdout)
    assert list(answer) == [
        *("contract", "id", "question", "understood_as", "outcome", "reply", "statements"),
        *("notices", "quotes", "references", "confidence", "suggestions", "writer", "index"),
        "elapsed_ms",
    ]
    assert answer["contract"] == 1
    assert answer["id"] is None
    assert list(answer["quotes"][0]) == [
        *("text", "path", "start", "end", "sha256", "focus", "document", "layer", "section"),
        "references",
    ]


def test_the_question_may_come_from_the_environment(settings: Settings) -> None:
    question = "why's it \"back\"? $HOME `id` 'x' --help"
    told = run("ask", "--json", "--env", "Q", environment={"Q": question})
    assert json.loads(told.stdout)["question"] == question


def test_a_batch_keeps_order_and_ids(settings: Settings, tmp_path: Path) -> None:
    lines = [
        b'{"id": "a", "question": "what are cancer stem cells?"}',
        b"",
        b'{"id": 7, "question": "why?", "history": ["what is recurrence?"]}',
        b'{"id": 7, "question": ""}',
        b'{"question": "hello"}',
    ]
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    told = run("ask", "--jsonl", str(path))
    assert told.returncode == 0
    answers = [json.loads(line) for line in told.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 7, 7, None]
    assert run("ask", "--jsonl", "-", stdin=path.read_bytes()).stdout.count(b"\n") == 4


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b"not json", "not JSON"),
        (b'"text"', "not a JSON object"),
        (b'{"id": 3}', "question is missing"),
        (b'{"id": 3, "question": 7}', "question is not a string"),
        (b'{"id": 3, "question": null}', "question is not a string"),
        (b'{"id": 3, "question": "x", "history": "y"}', "history is not a list of strings"),
        (b'{"id": 3, "question": "x", "history": [1]}', "history is not a list of strings"),
        (b'{"id": [1], "question": "x"}', "id is neither"),
        (b'{"id": true, "question": "x"}', "id is neither"),
        (b'{"id": "\\ud800", "question": "x"}', "id is neither"),
        (b'{"id": 1e999, "question": "x"}', "id is neither"),
        (b'{"id": NaN, "question": "x"}', "not JSON"),
        (b'{"question": "x", "history": [' + b'"y", ' * 200 + b'"y"]}', "history has more than"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"1" * 5_000, "not"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(
    line: bytes, fault: str, settings: Settings
) -> None:
    told = run("ask", "--jsonl", "-", stdin=b"\n" + line + b'\n{"id": 9, "question": "hello"}\n')
    assert told.returncode == 1
    bad, good = (json.loads(text) for text in told.stdout.splitlines())
    assert bad["error"].startswith(f"line 2: {fault}")
    assert bad["id"] == (3 if b'"id": 3' in line else None)
    assert good["id"] == 9
    assert b"Traceback" not in told.stderr


def test_hostile_text_is_answered_as_text(settings: Settings) -> None:
    questions = [
        "x" * 20_000,
        "why \x00 \x07 \x1b[31m does it come back",
        "<script>alert(1)</script> why does cancer come back?",
        '\ud800 lone surrogate "quoted"',
        "\u202egnirrucer recnac si tahw",
        "warum kommt der krebs nach der operation wieder zurück",
    ]
    lines = "".join(json.dumps({"question": question}) + "\n" for question in questions)
    told = run("ask", "--jsonl", "-", stdin=lines.encode())
    assert told.returncode == 0, told.stderr
    answers = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(answers) == len(questions)
    assert answers[0]["outcome"] == "conversation"
    assert answers[-1]["outcome"] == "not_covered"
    assert not any(answer["outcome"] == "unavailable" for answer in answers)


def test_an_argument_that_is_not_utf8_is_answered(settings: Settings) -> None:
    assert run("ask", b"why \xff\xfe does it come back").returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("ask",),
        ("ask", "one", "two"),
        ("ask", "--jsonl", "x", "why"),
        ("ask", "--env", "NO_SUCH_VARIABLE"),
        ("ask", "--env", "HOME", "why"),
        ("sing",),
        ("verify",),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told(arguments: tuple[str, ...]) -> None:
    told = run(*arguments)
    assert told.returncode == 2
    assert told.stdout == b""
    assert b"usage" in told.stderr


def test_a_batch_may_come_from_a_pipe(settings: Settings) -> None:
    script = f'{sys.executable} -m bot ask --jsonl <(echo \'{{"question": "hello"}}\')'
    told = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["outcome"] == "conversation"


def test_line_separators_of_other_systems_stay_in_their_answer(
    settings: Settings, tmp_path: Path
) -> None:
    question = json.dumps({"question": "why \u2028 does cancer come \u0085 back?"})
    answers = tmp_path / "answers.jsonl"
    answers.write_bytes(run("ask", "--jsonl", "-", stdin=question.encode()).stdout)
    assert run("verify", str(answers)).stdout.decode().startswith("1 answers, 1 quotes, 0 faults")


def test_a_missing_batch_file_is_told(settings: Settings) -> None:
    assert "nowhere.jsonl" in one_line(run("ask", "--jsonl", "nowhere.jsonl"))


@pytest.mark.parametrize(
    ("variable", "value"),
    [("CHATBOT_PORT", "many"), ("CHATBOT_COUNTRY", "FR"), ("CHATBOT_COLOUR", "red")],
)
def test_a_wrong_setting_is_named(variable: str, value: str) -> None:
    line = one_line(run("ask", "why", environment={variable: value}))
    assert variable.removeprefix("CHATBOT_").lower() in line.lower()


def spoil(settings: Settings, what: str) -> None:
    index = settings.var / "index"
    build = index / "builds" / (index / "current").read_text().strip()
    model = export_folder(settings)
    match what:
        case "no index":
            shutil.rmtree(index)
        case "no build":
            shutil.rmtree(build)
        case "unfinished build":
            (build / "manifest.json").unlink()
        case "damaged manifest":
            (build / "manifest.json").write_text("{")
        case "damaged head":
            (build / "head.npz").write_bytes(b"x")
        case "damaged store":
            store = build / "chroma" / "chroma.sqlite3"
            store.write_bytes(store.read_bytes()[:-100])
        case "no model":
            shutil.rmtree(settings.var / "models")
        case "damaged model":
            (model / "model.onnx").unlink()
            (model / "model.onnx").write_bytes(b"x")
        case "stale":
            article = settings.corpus / "article.txt"
            article.write_text(article.read_text("utf-8").replace("usually", "often"), "utf-8")
        case "no references":
            (settings.corpus / "references.toml").unlink()
        case "no content":
            shutil.rmtree(settings.corpus)
        case _:
            raise AssertionError(what)


@pytest.mark.parametrize(
    "what",
    [
        *("no index", "no build", "unfinished build", "damaged manifest", "damaged head"),
        *("damaged store", "no model", "damaged model", "stale", "no references", "no content"),
    ],
)
def test_what_is_missing_stale_or_damaged_is_told_in_one_line(
    what: str, own_root: Settings
) -> None:
    spoil(own_root, what)
    line = one_line(run("ask", "why", environment=environment_of(own_root)))
    assert "run `python -m index build`" in line or "put it back" in line


def test_a_conversation_in_the_terminal(settings: Settings) -> None:
    told = run("chat", stdin=b"what are cancer stem cells?\nhello\n\n")
    assert told.returncode == 0
    assert "cancer stem cells (CSCs)." in told.stdout.decode()
    assert told.stdout.decode().count("I am a computer program") == 1


def test_the_schema_in_the_docs_is_the_one_in_the_code() -> None:
    told = run("schema")
    assert (ROOT / "docs" / "answer.schema.json").read_bytes() == told.stdout
