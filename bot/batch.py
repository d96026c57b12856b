"""Input lines of the contract: one JSON object with a question, perhaps an id and a history.

The command line and the HTTP API take the same object and answer it the same way.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.answer import Answer, Identifier, Turn
from bot.chatbot import Chatbot

MOST_HISTORY = 200
"""Earlier messages that are replayed; more are refused, since each is asked again."""


class InputError(ValueError):
    """An input object that cannot be asked: the message says what is wrong with which field."""

    def __init__(self, what: str, id: Identifier = None) -> None:
        super().__init__(what)
        self.id = id


@dataclass(frozen=True)
class Asked:
    """One question with what came before it."""

    id: Identifier
    question: str
    history: tuple[str, ...]


def parsed(text: str | bytes) -> Asked:
    """The question in `text`, one JSON object. Raises `InputError`."""
    try:
        value: Any = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON ({error})") from error
    if not isinstance(value, dict):
        raise InputError("not a JSON object")
    id = value.get("id")
    if not _is_identifier(id):
        raise InputError("id is neither a string nor a number")
    if "question" not in value:
        raise InputError("question is missing", id)
    if not isinstance(value["question"], str):
        raise InputError("question is not a string", id)
    history = value.get("history", [])
    if not isinstance(history, list) or not all(isinstance(one, str) for one in history):
        raise InputError("history is not a list of strings", id)
    if len(history) > MOST_HISTORY:
        raise InputError(f"history has more than {MOST_HISTORY} messages", id)
    return Asked(id, value["question"], tuple(history))


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _is_identifier(id: Any) -> bool:
    """Whether `id` can be given back as it came."""
    if isinstance(id, str):
        return not re.search("[\ud800-\udfff]", id)
    if isinstance(id, float):
        return math.isfinite(id)
    return id is None or (isinstance(id, int) and not isinstance(id, bool))


def answered(chatbot: Chatbot, asked: Asked) -> Answer:
    """The answer to `asked`, its earlier messages replayed in order."""
    turns: list[Turn] = []
    for message in asked.history:
        turns.append(Turn(question=message, answer=chatbot.ask(message, turns)))
    return chatbot.ask(asked.question, turns, asked.id)


def answered_lines(chatbot: Chatbot, lines: Iterable[bytes]) -> Iterator[tuple[str, bool]]:
    """For each line that is not blank, one line of JSON and whether it is an answer."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield answered(chatbot, parsed(line)).model_dump_json(), True
        except InputError as error:
            fault = {"id": error.id, "error": f"line {number}: {error}"}
            yield json.dumps(fault, ensure_ascii=False), False
