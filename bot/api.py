"""The HTTP API: the contract's questions and answers, health, and the answer's schema."""

import threading
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from bot.answer import Answer
from bot.batch import InputError, answered, parsed
from bot.chatbot import Chatbot
from bot.page_headers import Headers
from bot.page_requests import RefusedError
from bot.page_routes import page_routes
from bot.page_views import STATIC
from index import UnusableIndex
from settings import Settings

LONGEST_QUESTION = 20_000
"""Characters; a longer question gets 413."""
LONGEST_HISTORY = 100_000
"""Characters of all earlier messages together; more get 413."""
LONGEST_BODY = 1_000_000
"""Bytes of one request; a longer one gets 413 unread."""
INPUT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["question"],
    "properties": {
        "id": {"type": ["string", "number", "null"]},
        "question": {"type": "string"},
        "history": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Earlier messages of the patient, oldest first.",
        },
    },
}
REQUEST_BODY = {"required": True, "content": {"application/json": {"schema": INPUT_SCHEMA}}}


def create_api(chatbot: Chatbot, settings: Settings) -> FastAPI:
    """The API of `chatbot`. Keeps no question; answers at most `busy_limit` at a time."""
    # FastAPI's own documentation page loads scripts from another host, so there is none.
    api = FastAPI(title="Cancer recurrence chatbot", docs_url=None, redoc_url=None)
    places = threading.BoundedSemaphore(settings.busy_limit)
    api.add_middleware(Headers)
    api.include_router(page_routes(chatbot, settings, places))

    @api.exception_handler(RefusedError)
    async def refused(_: Request, refusal: RefusedError) -> Response:
        return refusal.response

    @api.post(
        "/api/ask",
        response_model=Answer,
        openapi_extra={"requestBody": REQUEST_BODY},
        responses={code: {"description": why} for code, why in _REFUSALS.items()},
    )
    async def ask(request: Request) -> Response:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST_BODY:
                return _error(413, f"the request is over {LONGEST_BODY} bytes")
        try:
            asked = parsed(body)
        except InputError as error:
            return _error(422, str(error))
        if len(asked.question) > LONGEST_QUESTION:
            return _error(413, f"the question is over {LONGEST_QUESTION} characters")
        if sum(len(message) for message in asked.history) > LONGEST_HISTORY:
            return _error(413, f"the history is over {LONGEST_HISTORY} characters")
        if not places.acquire(blocking=False):
            return _error(429, "busy; try again shortly")
        try:
            answer = await run_in_threadpool(answered, chatbot, asked)
        finally:
            places.release()
        status = 503 if answer.outcome == "unavailable" else 200
        return Response(answer.model_dump_json(), status, media_type="application/json")

    @api.api_route("/gradio_api/{rest:path}", methods=["GET", "POST"], include_in_schema=False)
    def closed(rest: str) -> Response:
        """Gradio's own API takes files from anyone, and more; the page needs none of it."""
        return _error(404, f"there is no {rest[:100]}")

    @api.get("/favicon.ico", include_in_schema=False)
    def icon() -> Response:
        """Ours, not Gradio's."""
        return FileResponse(STATIC / "icon.svg", media_type="image/svg+xml")

    @api.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @api.get("/ready")
    def ready() -> Response:
        try:
            return JSONResponse({"status": "ready", "index": chatbot.fingerprint()})
        except (UnusableIndex, OSError) as error:
            return _error(503, str(error))

    @api.get("/api/schema")
    def schema() -> dict[str, Any]:
        return Answer.model_json_schema(mode="serialization")

    return api


_REFUSALS: dict[int | str, str] = {
    413: "too long",
    422: "not an input object",
    429: "busy",
    503: "unavailable: the answer object says so",
}


def _error(status: int, message: str) -> JSONResponse:
    return JSONResponse({"error": message}, status)
