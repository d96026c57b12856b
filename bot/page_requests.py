"""What the page may send to the server, and how it is read: never more than it may hold."""

from typing import Annotated, Literal, TypeVar

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from pydantic import Field, ValidationError

from bot.answer import Frozen

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


class RefusedError(Exception):
    """A request that cannot be served; says why, never with the words it held."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status

    @property
    def response(self) -> Response:
        """The refusal as the page gets it."""
        return JSONResponse({"error": str(self)}, self.status)


async def wanted(request: Request, kind: type[Wanted]) -> Wanted:
    """The body of `request` as `kind`. Raises `RefusedError`."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise RefusedError(415, "send JSON")  # another site's form cannot
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise RefusedError(413, f"the request is over {LONGEST_BODY} bytes")
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        if any(one["type"] in ("string_too_long", "too_long") for one in error.errors()):
            raise RefusedError(413, "too long") from None
        raise RefusedError(422, "not as it should be") from None
