"""Saved answers can be checked again, and each kind of tampering is named."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot import Chatbot
from corpus import load_corpus
from settings import Settings

Tamper = Callable[[dict[str, Any]], None]


def verify(path: Path, settings: Settings) -> subprocess.CompletedProcess[str]:
    environment = {
        "CHATBOT_ROOT": str(settings.root),
        "CHATBOT_CORPUS": str(settings.corpus),
        "PATH": "",
    }
    home = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-m", "bot", "verify", str(path)]
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True)


def saved(chatbot: Chatbot, question: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(chatbot.ask(question).model_dump_json())
    assert answer["quotes"]
    return answer


def test_a_hundred_answers_pass(chatbot: Chatbot, settings: Settings, tmp_path: Path) -> None:
    phrasings = [p for p in load_corpus(settings.corpus).phrasings if p.labels[0][0] in "AR"]
    answers = (chatbot.ask(phrasing.text) for phrasing in phrasings[:: len(phrasings) // 130])
    quoting = [answer for answer in answers if answer.quotes][:100]
    path = tmp_path / "answers.jsonl"
    path.write_text("".join(f"{answer.model_dump_json()}\n" for answer in quoting), "utf-8")
    told = verify(path, settings)
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.startswith("100 answers, ")
    assert told.stdout.endswith(" 0 faults\n")


def quote(answer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = answer["quotes"][0]
    return found


def change_a_letter(answer: dict[str, Any]) -> None:
    quote(answer)["text"] = quote(answer)["text"].replace("may", "mat", 1)


def move(answer: dict[str, Any]) -> None:
    quote(answer)["start"] += 1
    quote(answer)["end"] += 1


def change_start(answer: dict[str, Any]) -> None:
    quote(answer)["start"] -= 1


def change_end(answer: dict[str, Any]) -> None:
    quote(answer)["end"] += 1


def change_hash(answer: dict[str, Any]) -> None:
    digest = quote(answer)["sha256"]
    quote(answer)["sha256"] = ("0" if digest[0] != "0" else "1") + digest[1:]


def change_number(answer: dict[str, Any]) -> None:
    quote(answer)["references"] = [2]
    answer["references"][0]["number"] = 2


def show_another_number(answer: dict[str, Any]) -> None:
    answer["references"][0]["number"] = 5


def cut(answer: dict[str, Any]) -> None:
    words = quote(answer)["text"].split(" ", 1)
    quote(answer)["text"] = words[1]
    quote(answer)["start"] += len(words[0]) + 1


def cut_the_end(answer: dict[str, Any]) -> None:
    quote(answer)["text"] = quote(answer)["text"][:-5]
    quote(answer)["end"] -= 5


def move_the_focus(answer: dict[str, Any]) -> None:
    quote(answer)["focus"][0] += 3


def rename(answer: dict[str, Any]) -> None:
    quote(answer)["path"] = "corpus/content/other.txt"


def leave_the_project(answer: dict[str, Any]) -> None:
    quote(answer)["path"] = "../../../etc/hostname"


def verified_after(
    tamper: Tamper, chatbot: Chatbot, settings: Settings, path: Path
) -> subprocess.CompletedProcess[str]:
    """What `verify` says of an answer that was tampered with, which it must refuse."""
    answer = saved(chatbot, "Why can cancer come back after surgery?")
    tamper(answer)
    path.write_text(json.dumps(answer), "utf-8")
    told = verify(path, settings)
    assert told.returncode == 1
    return told


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (change_a_letter, "changed"),
        (move, "not at its place"),
        (change_start, "not at its place"),
        (change_end, "not at its place"),
        (change_hash, "changed"),
        (change_number, "wrong number"),
        (show_another_number, "wrong number"),
        (cut, "not whole sentences"),
        (cut_the_end, "not whole sentences"),
        (move_the_focus, "not whole sentences"),
        (rename, "file not here"),
        (leave_the_project, "file not here"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_tampering_is_named(
    tamper: Tamper, fault: str, chatbot: Chatbot, settings: Settings, tmp_path: Path
) -> None:
    told = verified_after(tamper, chatbot, settings, tmp_path / "answer.json")
    assert f": {fault}" in told.stdout, told.stdout
    assert told.stdout.splitlines()[-1].startswith("1 answers, 1 quotes, ")


def lose_the_quotes(answer: dict[str, Any]) -> None:
    answer.update(quotes=[], references=[], statements=[])


def name_no_quote(answer: dict[str, Any]) -> None:
    answer["statements"][0]["quotes"] = [7]


def add_a_number(answer: dict[str, Any]) -> None:
    answer["statements"][0]["text"] += " In 99 of 100 cases."


def repeat_a_number(answer: dict[str, Any]) -> None:
    quote(answer)["references"] = [3, 3]


def change_the_section(answer: dict[str, Any]) -> None:
    quote(answer)["section"] = "Good news"


def name_a_path_that_cannot_be(answer: dict[str, Any]) -> None:
    quote(answer)["path"] = "corpus/\x00"


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (lose_the_quotes, "an answer without a quote"),
        (name_no_quote, "a statement names"),
        (add_a_number, "wrong number"),
        (repeat_a_number, "wrong number"),
        (change_the_section, "not at its place"),
        (name_a_path_that_cannot_be, "file not here"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_broken_promise_is_named(
    tamper: Tamper, fault: str, chatbot: Chatbot, settings: Settings, tmp_path: Path
) -> None:
    told = verified_after(tamper, chatbot, settings, tmp_path / "answer.json")
    assert fault in told.stdout, told.stdout


def test_a_corpus_that_no_longer_loads_is_named(
    chatbot: Chatbot, own_root: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(saved(chatbot, "Why does cancer come back?")), "utf-8")
    article = own_root.corpus / "article.txt"
    article.write_text(article.read_text("utf-8").replace("7. Chang", "7. Chong"), "utf-8")
    told = verify(path, own_root)
    assert ": changed" in told.stdout
    assert told.stdout.splitlines()[-1].startswith("1 answers, 1 quotes, ")


def test_a_file_that_is_gone_is_named(chatbot: Chatbot, own_root: Settings, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(saved(chatbot, "What does cancer recurrence mean?")), "utf-8")
    (own_root.corpus / "article.txt").unlink()
    assert ": file not here" in verify(path, own_root).stdout


def test_an_article_that_changed_since_is_named(
    chatbot: Chatbot, own_root: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(saved(chatbot, "Why does cancer come back?")), "utf-8")
    article = own_root.corpus / "article.txt"
    article.write_text(article.read_text("utf-8").replace("usually", "always "), "utf-8")
    assert ": changed" in verify(path, own_root).stdout


@pytest.mark.parametrize("content", ["", "\n", "hello\n", "[]", "{}"], ids=repr)
def test_a_file_without_answers_is_an_error(
    content: str, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "none.jsonl"
    path.write_text(content, "utf-8")
    told = verify(path, settings)
    assert told.returncode == 2
    assert "holds no answer" in told.stderr


def test_a_missing_file_is_an_error(settings: Settings, tmp_path: Path) -> None:
    told = verify(tmp_path / "nowhere.jsonl", settings)
    assert told.returncode == 2
    assert "Traceback" not in told.stderr
