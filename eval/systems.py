"""What can be asked golden questions: our chatbot here, over its API, and the baselines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpx

from bot import Answer, Chatbot, Turn
from corpus import Corpus
from eval.golden import Golden
from eval.runs import System
from settings import Settings

WAIT = 60.0
"""Seconds that one answer over the API may take."""


@dataclass(frozen=True)
class Asked:
    """A system that can be asked. `index`: the fingerprint that its answers carry."""

    ask: Callable[[Golden], Answer]
    index: str | None


class ApiError(RuntimeError):
    """The API gave no answer; the message says what it gave."""


def opened(system: System, corpus: Corpus, settings: Settings, url: str | None) -> Asked:
    """The system, ready to be asked; with `url`, ours as it runs there.

    Raises `UnusableIndex` when there is no index, `ValueError` for a baseline with a `url`, and
    `ApiError`.
    """
    if url and system != "ours":
        raise ValueError(f"--url asks our own API; leave out --system {system}")
    if system != "ours":
        from eval.baselines import baseline
        from index import current_manifest, known_vectors

        manifest = current_manifest(settings)
        return Asked(
            baseline(system, corpus, known_vectors(settings), settings.root),
            str(manifest["inputs"]),
        )
    if url:
        return _over_the_api(url)
    chatbot = Chatbot.open(settings)
    return Asked(lambda golden: asked(chatbot, golden), chatbot.fingerprint())


def asked(chatbot: Chatbot, golden: Golden) -> Answer:
    """The chatbot's answer to a golden question, its earlier messages asked first."""
    return chatbot.ask(golden.question, earlier(chatbot, golden.history), golden.id)


def earlier(chatbot: Chatbot, history: Sequence[str]) -> list[Turn]:
    """The turns of earlier messages, asked in their order."""
    turns: list[Turn] = []
    for message in history:
        turns.append(Turn(question=message, answer=chatbot.ask(message, turns)))
    return turns


def _over_the_api(url: str) -> Asked:
    url = url.rstrip("/")

    def ask(golden: Golden) -> Answer:
        told = {"id": golden.id, "question": golden.question, "history": list(golden.history)}
        return Answer.model_validate(_json("POST", f"{url}/api/ask", told))

    return Asked(ask, str(_json("GET", f"{url}/ready")["index"]))


def _json(how: str, address: str, body: object = None) -> dict[str, object]:
    try:
        response = httpx.request(how, address, json=body, timeout=WAIT, trust_env=False)
        told: dict[str, object] = response.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise ApiError(f"{address}: {error}; start it with `make chat`") from error
    # 503 with an answer object is an answer: it says "unavailable".
    if response.status_code != 200 and "outcome" not in told:
        raise ApiError(f"{address}: {response.status_code} {told.get('error')}")
    return told
