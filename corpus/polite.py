"""Asking other people's servers slowly and by their rules.

It names itself, waits between requests to a host, obeys robots.txt where told to, and tries again
only what may get better.
"""

import time
from collections.abc import Callable, Collection

import httpx
from protego import Protego
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from corpus.blocks import SourceError
from corpus.web import BY_HAND, Answer, Busy, Page, ask, followed, page, web_address

NAME = "cancer-recurrence-chatbot"
USER_AGENT = f"{NAME}/0.1 (its operator fetches the few sources that it quotes and links)"
TIMEOUT = httpx.Timeout(30, connect=10)
TRIES = 4
MOST_WAIT = 120.0
"""Seconds: a server that asks for more is left alone."""
MOST_REDIRECTS = 3
CONNECTION_ERRORS = (
    *(httpx.ConnectError, httpx.ConnectTimeout, httpx.ReadError, httpx.WriteError),
    httpx.RemoteProtocolError,
)
FORBIDDEN = "User-agent: *\nDisallow: /"


class PoliteClient:
    """Gets documents one after the other. `wait`: seconds between requests to a host.

    `say` is told of every try that failed before the last.
    """

    def __init__(
        self,
        client: httpx.Client,
        wait: float,
        say: Callable[[str], None] = lambda line: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client, self._wait, self._say, self._sleep = client, wait, say, sleep
        self._asked: dict[str, float] = {}
        self._rules: dict[str, Protego] = {}

    def get(self, address: str, media_types: Collection[str], robots: bool = False) -> Page:
        """The document at `address`; with `robots`, only if its host's robots.txt lets us.

        Follows a redirect only to the same place, by https or with another slash at its end.
        Raises `SourceError` when it cannot be had, has moved or is of another media type.
        """
        for _ in range(MOST_REDIRECTS + 1):
            if robots:
                self._check_robots(address)
            answer = self._ask(address)
            if answer.status not in (301, 302, 303, 307, 308):
                return page(address, answer, media_types)
            address = followed(address, answer.headers.get("location", ""))
        raise SourceError(f"{address} leads round in a circle; open it and mend the address")

    def _check_robots(self, address: str) -> None:
        """Raises `SourceError` if robots.txt keeps us from `address` or cannot be read."""
        origin = _origin(address)
        if origin not in self._rules:
            answer = self._ask(f"{origin}/robots.txt", follow=True)
            rules = (
                FORBIDDEN
                if answer.status in (401, 403)
                else answer.content.decode("utf-8", "replace")
            )
            self._rules[origin] = Protego.parse(rules)
        if not self._rules[origin].can_fetch(address, NAME):
            fault = f"{origin}/robots.txt asks programs not to fetch {address}"
            raise SourceError(f"{fault}; {BY_HAND}")
        if self._between(origin) > MOST_WAIT:
            fault = f"{origin}/robots.txt asks for {self._between(origin):.0f} seconds"
            raise SourceError(f"{fault} between requests; {BY_HAND}")

    def _ask(self, address: str, follow: bool = False) -> Answer:
        """The answer, after some tries. Raises `SourceError` when there is none to be had."""
        tries = Retrying(
            retry=retry_if_exception(_may_get_better),
            stop=stop_after_attempt(TRIES),
            wait=self._pause,
            sleep=self._sleep,
            before_sleep=lambda state: self._say(_told(state)),
            reraise=True,
        )
        try:
            return tries(self._ask_in_turn, address, follow)
        except Busy as error:
            raise SourceError(f"{address} is busy ({error}); try again later") from error
        except httpx.TimeoutException as error:
            raise SourceError(f"{address} does not answer in time; try again later") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            fault = f"{address} cannot be reached ({str(error) or type(error).__name__})"
            raise SourceError(f"{fault}; check the network, then try again") from error

    def _ask_in_turn(self, address: str, follow: bool) -> Answer:
        origin = _origin(address)
        if origin in self._asked:
            rest = self._asked[origin] + self._between(origin) - time.monotonic()
            self._sleep(max(rest, 0.0))
        try:
            return ask(self._client, address, USER_AGENT, follow)
        finally:
            self._asked[origin] = time.monotonic()

    def _between(self, origin: str) -> float:
        """Seconds between two requests: ours, or what robots.txt asks for if that is longer."""
        rules = self._rules.get(origin)
        return max(self._wait, (rules.crawl_delay(NAME) if rules else None) or 0.0)

    def _pause(self, state: RetryCallState) -> float:
        """Seconds before the next try: twice as long each time, longer when the server asks."""
        error = state.outcome.exception() if state.outcome else None
        asked = error.seconds if isinstance(error, Busy) else 0.0
        return min(max(asked, self._wait * 2.0 ** (state.attempt_number - 1)), MOST_WAIT)


def _may_get_better(error: BaseException) -> bool:
    if isinstance(error, Busy):
        return error.seconds <= MOST_WAIT
    return isinstance(error, CONNECTION_ERRORS)


def _told(state: RetryCallState) -> str:
    error = state.outcome.exception() if state.outcome else None
    return f"{error or 'no answer'}; trying again in {state.upcoming_sleep:.0f} seconds"


def _origin(address: str) -> str:
    url = web_address(address)
    return f"{url.scheme}://{url.netloc.decode()}"
