"""One request to a server, with an end to everything, and what its answer means."""

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from corpus.blocks import SourceError
from corpus.extract import MOST_BYTES

MOST_SECONDS = 300.0
"""How long one answer may take, however steadily it trickles."""
BY_HAND = "save the page by hand and add it with the permission you have"


@dataclass(frozen=True)
class Page:
    """A document as a server gave it."""

    address: str
    media_type: str
    """With its charset, as the server says it."""
    content: bytes


@dataclass(frozen=True)
class Answer:
    """What a server says. `content` is empty unless all went well."""

    status: int
    headers: httpx.Headers
    content: bytes = b""


class Busy(Exception):
    """A server that cannot answer now, and in how many seconds it wants to be asked again."""

    def __init__(self, status: int, seconds: float) -> None:
        asked = f" and asks to wait {seconds:.0f} seconds" if seconds else ""
        super().__init__(f"it answers {status}{asked}")
        self.seconds = seconds


def ask(client: httpx.Client, address: str, agent: str, follow: bool) -> Answer:
    """The answer to one request. Raises `Busy`, `SourceError` for too much, and httpx's errors."""
    headers = {"User-Agent": agent}
    with client.stream("GET", address, headers=headers, follow_redirects=follow) as response:
        status = response.status_code
        if status == 429 or status >= 500:
            raise Busy(status, _seconds(response.headers.get("retry-after", "")))
        content = _body(response) if status == 200 else b""
        return Answer(status, response.headers, content)


def web_address(address: str) -> httpx.URL:
    """`address`, if it is one of the web; else raises `SourceError`."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        url = httpx.URL()
    if url.scheme not in ("http", "https") or not url.host:
        raise SourceError(f"{address!r} is no web address; mend it")
    return url


def followed(address: str, location: str) -> str:
    """Where a redirect leads, if it is the same place; else raises `SourceError`."""
    old = web_address(address)
    new = old.join(location)
    same = (old.host, old.path.rstrip("/"), old.query) == (
        new.host,
        new.path.rstrip("/"),
        new.query,
    )
    if same and (new.scheme, new.port) in ((old.scheme, old.port), ("https", None)):
        return str(new)
    raise SourceError(
        f"{address} has moved to {new}; open that, and if it is the same document put its"
        " address into references.toml"
    )


def page(address: str, answer: Answer, media_types: Collection[str]) -> Page:
    """The document in `answer`; raises `SourceError` if it is none of `media_types`."""
    if answer.status in (401, 403):
        raise SourceError(f"{address} refuses programs ({answer.status}); {BY_HAND}")
    if answer.status in (404, 410):
        fault = f"{address} is not there any more ({answer.status})"
        raise SourceError(f"{fault}; find its new address and put it into references.toml")
    if answer.status != 200:
        raise SourceError(f"{address} answers {answer.status}; open it in a browser to see why")
    media_type = answer.headers.get("content-type", "")
    if media_type.partition(";")[0].strip().casefold() not in media_types:
        fault = f"{address} is {media_type or 'of no media type'}, not {' or '.join(media_types)}"
        raise SourceError(f"{fault}; open it in a browser and mend the address")
    return Page(address, media_type, answer.content)


def _body(response: httpx.Response) -> bytes:
    """What the server sends. Raises `SourceError` once it is too much or takes too long."""
    until = time.monotonic() + MOST_SECONDS
    told = response.headers.get("content-length", "")
    content = bytearray()
    chunks = response.iter_bytes(65536)
    while int(told if told.isdecimal() else 0) <= MOST_BYTES and len(content) <= MOST_BYTES:
        if time.monotonic() > until:
            raise SourceError(f"{response.url} sends too slowly; try again later")
        if not (chunk := next(chunks, b"")):
            return bytes(content)
        content += chunk
    fault = f"{response.url} has more than {MOST_BYTES:,} bytes"
    raise SourceError(f"{fault}; this is not the page of a document")


def _seconds(retry_after: str) -> float:
    """How long the server asks to wait, told in seconds or as a moment; 0 when it does not."""
    if retry_after.isdecimal():
        return float(retry_after)
    try:
        when = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    return max((when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds(), 0.0)
