"""What the page asks of the server. Each request holds all it needs: nothing is kept between two.

The page sends the earlier questions along, and they are answered again: so nothing is lost when the
server starts anew, nothing is shown that is no longer true, and no patient's words stay here.
"""

import hashlib
import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import Field, ValidationError
from starlette.concurrency import run_in_threadpool

from bot.answer import Answer, Frozen, Turn
from bot.approval import approvable, load_approvals, status
from bot.chatbot import Chatbot
from bot.errors import BadFile
from bot.feedback import Feedback, FeedbackStore, TooMany
from bot.helplines import PLACES
from bot.page_text import plain
from bot.page_views import STATIC, TEMPLATES, Views
from corpus import Corpus, CorpusError, Document, load_corpus, load_glossary
from index import UnusableIndex
from settings import Settings

HELPLINES = Path(__file__).resolve().parent / "helplines.toml"
LONGEST_BODY = 1_000_000
"""Bytes of one request; a longer one gets 413 unread."""
MOST_TURNS = 200
"""Questions of one conversation."""

Text = Annotated[str, Field(max_length=20_000)]
Country = Literal["", "GB", "IE", "US"]
Wanted = TypeVar("Wanted", bound=Frozen)


class Asked(Frozen):
    """A question, after the earlier ones of the conversation."""

    question: Text
    history: tuple[Text, ...] = Field(default=(), max_length=MOST_TURNS)
    country: Country = ""


class Conversation(Frozen):
    """Every question of a conversation, oldest first."""

    questions: tuple[Text, ...] = Field(min_length=1, max_length=MOST_TURNS)
    country: Country = ""


class Place(Frozen):
    """A text, and which of its characters to mark if any."""

    document: str = Field(default="article", pattern="^(article|ref-[1-9][0-9]?)$")
    layer: Literal["article", "note", "source"] = "article"
    start: int = Field(default=0, ge=0)
    end: int = Field(default=0, ge=0)
    sha256: str = ""
    """Of the text that was quoted; empty when the whole is only to be read."""


class Texts:
    """The corpus as people read it: loaded when first wanted, and again when a text has changed."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._lock = settings, threading.Lock()
        self._corpus: Corpus | None = None

    def corpus(self) -> Corpus:
        """The corpus as its files are now. Raises `CorpusError` when they cannot be used."""
        with self._lock:
            if self._corpus is None or not all(map(_unchanged, self._corpus.documents)):
                self._corpus = load_corpus(self._settings.corpus, self._settings.sources)
            return self._corpus


def page_routes(
    chatbot: Chatbot, settings: Settings, places: threading.BoundedSemaphore
) -> APIRouter:
    """What the page asks for, under `/page`. `places`: how many may be answered at a time."""
    routes = APIRouter(prefix="/page", include_in_schema=False)
    texts, store = Texts(settings), FeedbackStore(settings.var / "feedback")
    speaking = {country: chatbot.for_country(country) for country in ("", *PLACES)}
    terms = load_glossary(settings.corpus / "glossary.toml")
    views = {country: Views(one.wording, terms) for country, one in speaking.items()}
    version = page_version()

    def turn(answer: Answer, country: str) -> dict[str, object]:
        """All that the page keeps of an answer, while it is open."""
        written_from = speaking[country].written_from()
        return {
            "html": views[country].turn(answer, written_from),
            "text": f"{answer.question}\n\n{plain(answer.reply)}",
            "spoken": views[country].spoken(answer, written_from),
            "outcome": answer.outcome,
            "reminds": any(notice.kind == "earlier_urgent" for notice in answer.notices),
            "quotes": [
                quote.model_dump(include={"path", "start", "end"}) for quote in answer.quotes
            ],
            "index": answer.index,
        }

    async def in_turn(work: Callable[[], Response]) -> Response:
        """Does the work when there is a place for it, else says that it is busy."""
        if not places.acquire(blocking=False):
            return _refused(429, "busy")
        try:
            return await run_in_threadpool(work)
        finally:
            places.release()

    @routes.post("/ask")
    async def ask(request: Request) -> Response:
        asked = await _wanted(request, Asked)
        if isinstance(asked, Response):
            return asked

        def work() -> Response:
            answer = replayed(speaking[asked.country], (*asked.history, asked.question))[-1]
            code = 503 if answer.outcome == "unavailable" else 200
            return JSONResponse({**turn(answer, asked.country), "version": version}, code)

        return await in_turn(work)

    @routes.post("/conversation")
    async def conversation(request: Request) -> Response:
        told = await _wanted(request, Conversation)
        if isinstance(told, Response):
            return told

        def work() -> Response:
            answers = replayed(speaking[told.country], told.questions)
            turns = [turn(answer, told.country) for answer in answers]
            return JSONResponse({"turns": turns, "version": version})

        return await in_turn(work)

    @routes.post("/appointment")
    async def appointment(request: Request) -> Response:
        told = await _wanted(request, Conversation)
        if isinstance(told, Response):
            return told

        def work() -> Response:
            one = speaking[told.country]
            answers = replayed(one, told.questions)
            made = views[told.country].appointment(answers, one.written_from(), date.today())
            return HTMLResponse(made)

        return await in_turn(work)

    @routes.post("/passage")
    async def passage(request: Request) -> Response:
        place = await _wanted(request, Place)
        if isinstance(place, Response):
            return place

        def work() -> Response:
            corpus = texts.corpus()
            document = _document(corpus, place)
            if document is None or place.sha256 not in ("", document.sha256):
                return _refused(409, "the text has changed")
            return HTMLResponse(views[""].text(document, corpus, (place.start, place.end)))

        return await in_turn(work)

    @routes.get("/about")
    def about() -> Response:
        try:
            corpus = texts.corpus()
            approved = status(approvable(settings, corpus), load_approvals())
            return HTMLResponse(views[""].about(corpus, chatbot.fingerprint(), approved))
        except (BadFile, CorpusError, UnusableIndex, OSError) as error:
            return _refused(503, type(error).__name__)

    @routes.post("/feedback")
    async def feedback(request: Request) -> Response:
        told = await _wanted(request, Feedback)
        if isinstance(told, Response):
            return told
        sender = request.client.host if request.client else ""
        try:
            await run_in_threadpool(store.keep, told, sender, date.today())
        except TooMany:
            return _refused(429, "enough for now")
        except OSError as error:
            return _refused(503, error.strerror or "it could not be kept")
        return JSONResponse({"kept": True})

    return routes


def replayed(chatbot: Chatbot, questions: Sequence[str]) -> list[Answer]:
    """The answers to all questions of a conversation, in order."""
    turns: list[Turn] = []
    for question in questions:
        turns.append(Turn(question=question, answer=chatbot.ask(question, turns)))
    return [turn.answer for turn in turns]


def page_version() -> str:
    """Changes with every file that the page is made of, so that an old page can tell it is old."""
    files = sorted(
        [*STATIC.iterdir(), *TEMPLATES.iterdir(), Path(__file__).parent / "wording.toml"]
    )
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:12]


def _unchanged(document: Document) -> bool:
    try:
        return hashlib.sha256(document.path.read_bytes()).hexdigest() == document.sha256
    except OSError:
        return False


def _document(corpus: Corpus, place: Place) -> Document | None:
    try:
        return corpus.document(place.document, place.layer)
    except KeyError:
        return None


async def _wanted(request: Request, kind: type[Wanted]) -> Wanted | Response:
    """The body as `kind`, or the refusal that says why not; never with the words it held."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return _refused(415, "send JSON")  # another site's form cannot
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            return _refused(413, f"the request is over {LONGEST_BODY} bytes")
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        too_long = any(one["type"] in ("string_too_long", "too_long") for one in error.errors())
        return _refused(413 if too_long else 422, "too long" if too_long else "not as it should be")


def _refused(status: int, message: str) -> JSONResponse:
    return JSONResponse({"error": message}, status)
