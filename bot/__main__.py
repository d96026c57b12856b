"""`python -m bot ask | chat | verify | schema | doctor | approve`.

Ask, talk, re-check saved answers; check the installation, and write down who approved what.
"""

import argparse
import gc
import json
import logging
import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import BadFile
from corpus import CorpusError
from index import UnusableIndex
from settings import Settings, SettingsError

if TYPE_CHECKING:
    from bot.chatbot import Chatbot


def main() -> int:
    """Runs one command; returns the exit code: 0 done, 1 with faults, 2 could not."""
    told = _parser().parse_args()
    logging.basicConfig(format="%(message)s", stream=sys.stderr, level=logging.WARNING)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        settings = Settings.from_environment(os.environ)
        return int(told.run(told, settings))
    except (BadFile, CorpusError, SettingsError, UnusableIndex) as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:  # whoever read our answers has had enough
        sys.stdout = None
    except OSError as error:
        print(f"{error.filename or 'input'}: {error.strerror or error}", file=sys.stderr)
    except KeyboardInterrupt:
        print(file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    commands = parser.add_subparsers(required=True)
    ask = commands.add_parser("ask", help="answer a question, or a file of them")
    ask.add_argument("question", nargs="?", help="the question; or the variable that --env names")
    ask.add_argument("--env", metavar="NAME", help="take the question from this variable")
    ask.add_argument("--json", action="store_true", help="print the answer object")
    ask.add_argument("--jsonl", metavar="FILE", help="answer each line of FILE (- is stdin)")
    ask.set_defaults(run=_ask, parser=ask)
    chat = commands.add_parser("chat", help="a conversation in the terminal")
    chat.set_defaults(run=_chat)
    verify = commands.add_parser("verify", help="re-check every quote of saved answers")
    verify.add_argument("file", type=Path)
    verify.set_defaults(run=_verify)
    schema = commands.add_parser("schema", help="print the JSON schema of an answer")
    schema.set_defaults(run=_schema)
    doctor = commands.add_parser("doctor", help="check the whole installation")
    doctor.set_defaults(run=_doctor)
    approve = commands.add_parser("approve", help="write down that a person approved something")
    approve.add_argument("thing", nargs="+", help='such as "card A07", or "card" for all of them')
    approve.add_argument("--by", required=True, help="who approves: name and post")
    approve.set_defaults(run=_approve)
    return parser


def _ask(told: argparse.Namespace, settings: Settings) -> int:
    question: str | None = os.environ.get(told.env) if told.env else told.question
    if told.env and told.question is not None:
        told.parser.error("give the question or --env NAME, not both")
    if (question is None) == (told.jsonl is None) or (told.json and told.jsonl):
        told.parser.error("give one question, or --jsonl FILE")
    if told.jsonl == "-":
        return _ask_lines(_opened(settings), sys.stdin.buffer, None)
    if told.jsonl:
        with Path(told.jsonl).open("rb") as lines:
            total = None
            if lines.seekable():
                total = sum(1 for line in lines if line.strip())
                lines.seek(0)
            return _ask_lines(_opened(settings), lines, total)
    answer = _opened(settings).ask(question or "")
    print(answer.model_dump_json(indent=1) if told.json else answer.reply)
    return 0


def _ask_lines(chatbot: "Chatbot", lines: Iterable[bytes], total: int | None) -> int:
    from tqdm import tqdm

    from bot.batch import answered_lines

    faults = 0
    with tqdm(total=total, unit=" questions", delay=1, file=sys.stderr) as bar:
        for line, good in answered_lines(chatbot, lines):
            print(line, flush=total is None)
            faults += not good
            bar.update()
    return 1 if faults else 0


def _chat(told: argparse.Namespace, settings: Settings) -> int:
    del told
    from bot.answer import Turn

    chatbot = _opened(settings)
    turns: list[Turn] = []
    print("Ask about cancer coming back. An empty line, or Ctrl-D, ends it.\n", file=sys.stderr)
    while question := _typed():
        answer = chatbot.ask(question, turns)
        turns.append(Turn(question=question, answer=answer))
        print(f"\n{answer.reply}\n", flush=True)
    return 0


def _typed() -> str:
    try:
        return input("> " if sys.stdin.isatty() else "").strip()
    except (EOFError, KeyboardInterrupt):
        print(file=sys.stderr)
        return ""


def _verify(told: argparse.Namespace, settings: Settings) -> int:
    from bot.verify import Verifier, saved_answers

    verifier = Verifier(settings)
    answers = quotes = faults = 0
    for line, answer in saved_answers(told.file):
        if isinstance(answer, str):
            print(f"line {line}: {answer}")
            faults += 1
            continue
        answers += 1
        quotes += len(answer.quotes)
        for fault in verifier.faults(answer):
            print(f"line {line}: {fault}")
            faults += 1
    if not answers:
        print(f"{told.file}: holds no answer; give a file of saved answers", file=sys.stderr)
        return 2
    print(f"{answers} answers, {quotes} quotes, {faults} faults")
    return 1 if faults else 0


def _schema(told: argparse.Namespace, settings: Settings) -> int:
    del told, settings
    from bot.answer import Answer

    print(json.dumps(Answer.model_json_schema(mode="serialization"), indent=2))
    return 0


def _doctor(told: argparse.Namespace, settings: Settings) -> int:
    del told
    from bot.doctor import examine

    levels = set()
    for finding in examine(settings, date.today()):
        print(f"{finding.level:8} {finding.text}", flush=True)
        levels.add(finding.level)
    return 2 if "broken" in levels else 1 if "warning" in levels else 0


def _approve(told: argparse.Namespace, settings: Settings) -> int:
    from bot.approval import approvable, approve
    from corpus import load_corpus

    things = approvable(settings, load_corpus(settings.corpus, settings.sources))
    for thing in approve(things, told.thing, told.by, date.today()):
        print(f"{thing.key}: approved by {told.by}")
    return 0


def _opened(settings: Settings) -> "Chatbot":
    # What is imported stays: looking for garbage meanwhile would take a fifth of the start.
    gc.disable()
    try:
        from bot.chatbot import Chatbot

        return Chatbot.open(settings)
    finally:
        gc.enable()


if __name__ == "__main__":
    sys.exit(main())
