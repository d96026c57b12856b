"""A real server on loopback that answers as a test tells it to, and remembers what was asked."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MEGABYTE = bytes(1_000_000)


@dataclass(frozen=True)
class Reply:
    """What the server sends. Status 0: it hangs up."""

    body: bytes | str = b""
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    """How long it thinks before it answers."""
    megabytes: int = 0
    """How much it sends instead of `body`, without saying so."""


@dataclass
class Host:
    """A running server: `replies` by path; of several, each is sent once and the last for ever."""

    address: str = ""
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    def answer(self, path: str, *replies: Reply) -> None:
        """What is sent from now on for `path`."""
        self.replies[path] = list(replies)

    def next_reply(self, path: str) -> Reply:
        replies = self.replies.get(path.partition("?")[0], [Reply(status=404)])
        return replies.pop(0) if len(replies) > 1 else replies[0]


@contextmanager
def running_host() -> Iterator[Host]:
    """A server of its own for as long as the block runs."""
    host = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host.asked.append(self.path)
            host.agents.add(self.headers["User-Agent"])
            reply = host.next_reply(self.path)
            time.sleep(reply.seconds)
            if not reply.status:
                return
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            told = {"Content-Type": reply.media_type} | reply.headers
            self.send_response(reply.status)
            for name, value in told.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
                for _ in range(reply.megabytes):
                    self.wfile.write(MEGABYTE)
            except OSError:
                pass  # the other side has had enough

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
