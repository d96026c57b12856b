"""What the page asks of the server. Each request holds all it needs: nothing is kept between two.

The page sends the earlier questions along, and they are answered again: so nothing is lost when the
server starts anew, nothing is shown that is no longer true, and no patient's words stay here.
"""

import hashlib
import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from bot.answer import Answer, Turn
from bot.approval import approvable, load_approvals, status
from bot.chatbot import Chatbot
from bot.errors import BadFile
from bot.feedback import Feedback, FeedbackStore, TooMany
from bot.helplines import PLACES, load_helplines
from bot.page_requests import Asked, Conversation, Place, RefusedError, wanted
from bot.page_text import plain
from bot.page_views import STATIC, TEMPLATES, Views
from corpus import Corpus, CorpusError, Document, load_corpus, load_glossary
from index import UnusableIndex
from settings import Settings

HELPLINES = Path(__file__).resolve().parent / "helplines.toml"


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


class PageService:
    """Answers the page, in the wording of the country it names. Safe to share between threads."""

    def __init__(self, chatbot: Chatbot, settings: Settings) -> None:
        """Raises `BadFile` or `CorpusError` for wording or a glossary that cannot be used."""
        terms = load_glossary(settings.corpus / "glossary.toml")
        self._settings, self._texts = settings, Texts(settings)
        self._chatbots = {country: chatbot.for_country(country) for country in ("", *PLACES)}
        helplines = load_helplines(HELPLINES)
        self._views = {
            country: Views(
                one.wording, terms, [row for row in helplines if country in ("", row.country)]
            )
            for country, one in self._chatbots.items()
        }
        self._store, self._version = FeedbackStore(settings.var / "feedback"), page_version()

    def ask(self, asked: Asked) -> Response:
        """One answer, after the earlier questions."""
        answer = self._replayed((*asked.history, asked.question), asked.country)[-1]
        code = 503 if answer.outcome == "unavailable" else 200
        told = {**self._turn(answer, asked.country), "version": self._version}
        return JSONResponse(told, code)

    def conversation(self, told: Conversation) -> Response:
        """The answers to all questions of it. Raises `RefusedError` without an index."""
        answers = self._all_answered(told)
        turns = [self._turn(answer, told.country) for answer in answers]
        return JSONResponse({"turns": turns, "version": self._version})

    def appointment(self, told: Conversation) -> Response:
        """The conversation as a page of its own. Raises `RefusedError` without an index."""
        answers = self._all_answered(told)
        written_from = self._chatbots[told.country].written_from()
        views = self._views[told.country]
        corpus = self._texts.corpus()
        return HTMLResponse(views.appointment(answers, written_from, corpus, date.today()))

    def passage(self, place: Place) -> Response:
        """A whole text with the place marked. Raises `RefusedError` when it has changed."""
        corpus = self._texts.corpus()
        try:
            document = corpus.document(place.document, place.layer)
        except KeyError:
            raise RefusedError(409, "there is no such text") from None
        if place.sha256 not in ("", document.sha256):
            raise RefusedError(409, "the text has changed")
        return HTMLResponse(self._views[""].text(document, corpus, (place.start, place.end)))

    def about(self) -> Response:
        """What it answers from, what is approved, what is promised."""
        corpus = self._texts.corpus()
        approved = status(approvable(self._settings, corpus), load_approvals())
        fingerprint = self._chatbots[""].fingerprint()
        return HTMLResponse(self._views[""].about(corpus, fingerprint, approved))

    def feedback(self, told: Feedback, sender: str) -> Response:
        """Keeps it. Raises `RefusedError` when enough has come."""
        try:
            self._store.keep(told, sender, date.today())
        except TooMany:
            raise RefusedError(429, "enough for now") from None
        return JSONResponse({"kept": True})

    def _turn(self, answer: Answer, country: str) -> dict[str, object]:
        """All that the page keeps of an answer, while it is open."""
        written_from, views = self._chatbots[country].written_from(), self._views[country]
        places = [one.model_dump(include={"path", "start", "end"}) for one in answer.quotes]
        return {
            "html": views.turn(answer, written_from),
            "text": f"{answer.question}\n\n{plain(answer.reply)}",
            "spoken": views.spoken(answer, written_from),
            "link": answer.understood_as or answer.question,
            "outcome": answer.outcome,
            "reminds": any(notice.kind == "earlier_urgent" for notice in answer.notices),
            "quotes": places,
            "index": answer.index,
        }

    def _all_answered(self, told: Conversation) -> list[Answer]:
        answers = self._replayed(told.questions, told.country)
        if any(answer.outcome == "unavailable" for answer in answers):
            raise RefusedError(503, "unavailable")
        return answers

    def _replayed(self, questions: Sequence[str], country: str) -> list[Answer]:
        """The answers to all questions of a conversation, in order."""
        turns: list[Turn] = []
        for question in questions:
            answer = self._chatbots[country].ask(question, turns)
            turns.append(Turn(question=question, answer=answer))
        return [turn.answer for turn in turns]


def page_routes(
    chatbot: Chatbot, settings: Settings, places: threading.BoundedSemaphore
) -> APIRouter:
    """What the page asks for, under `/page`. `places`: how many may be answered at a time."""
    routes = APIRouter(prefix="/page", include_in_schema=False)
    service = PageService(chatbot, settings)

    async def served(work: Callable[[], Response]) -> Response:
        """Does the work when there is a place for it, else says that it is busy."""
        if not places.acquire(blocking=False):
            raise RefusedError(429, "busy")
        try:
            return await run_in_threadpool(work)
        except (BadFile, CorpusError, UnusableIndex, OSError) as error:
            raise RefusedError(503, type(error).__name__) from error
        finally:
            places.release()

    @routes.post("/ask")
    async def ask(request: Request) -> Response:
        asked = await wanted(request, Asked)
        return await served(lambda: service.ask(asked))

    @routes.post("/conversation")
    async def conversation(request: Request) -> Response:
        told = await wanted(request, Conversation)
        return await served(lambda: service.conversation(told))

    @routes.post("/appointment")
    async def appointment(request: Request) -> Response:
        told = await wanted(request, Conversation)
        return await served(lambda: service.appointment(told))

    @routes.post("/passage")
    async def passage(request: Request) -> Response:
        place = await wanted(request, Place)
        return await served(lambda: service.passage(place))

    @routes.get("/about")
    async def about() -> Response:
        return await served(service.about)

    @routes.post("/feedback")
    async def feedback(request: Request) -> Response:
        told = await wanted(request, Feedback)
        sender = request.client.host if request.client else ""
        return await served(lambda: service.feedback(told, sender))

    return routes


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
