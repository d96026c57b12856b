"""Starts the web application: the chat at `/`, the API at `/api/ask`."""

import errno
import logging
import os
import signal
import socket
import sys
from typing import TYPE_CHECKING

from bot.errors import BadFile
from corpus import CorpusError
from index import UnusableIndex
from settings import Settings, SettingsError

if TYPE_CHECKING:
    from bot import Chatbot


def main() -> int:
    """Serves until it is stopped; returns the exit code: 0 stopped, 2 could not start."""
    logging.basicConfig(format="%(message)s", stream=sys.stderr, level=logging.WARNING)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        settings = Settings.from_environment(os.environ)
        listening = _listening(settings)
        _serve(_opened(settings), settings, listening)
    except (BadFile, CorpusError, SettingsError, UnusableIndex, _Unreachable) as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename or 'the chat'}: {error.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(file=sys.stderr)
    return 0


class _Unreachable(OSError):
    """The chat cannot listen at its address; the message says what to do."""


def _opened(settings: Settings) -> "Chatbot":
    from bot import Chatbot

    return Chatbot.open(settings)


def _listening(settings: Settings) -> socket.socket:
    """A socket on the address of `settings`. Raises `_Unreachable` when there can be none."""
    listening = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
        listening.listen(128)
    except OSError as error:
        remedy = (
            "stop what uses it, or set CHATBOT_PORT to another one"
            if error.errno == errno.EADDRINUSE
            else "set CHATBOT_HOST and CHATBOT_PORT to an address of this machine"
        )
        listening.close()
        address = f"{settings.host}:{settings.port}"
        raise _Unreachable(f"{address}: {error.strerror}; {remedy}") from error
    return listening


def _serve(chatbot: "Chatbot", settings: Settings, listening: socket.socket) -> None:
    import gradio
    import uvicorn
    from starlette.staticfiles import StaticFiles

    from bot.api import create_api
    from bot.page import calm_theme, chat_page, head
    from bot.page_views import STATIC

    api = create_api(chatbot, settings)
    api.mount("/page/static", StaticFiles(directory=STATIC))
    application = gradio.mount_gradio_app(
        api,
        chat_page(chatbot),
        path="/",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        head=head(chatbot, settings),
        theme=calm_theme(),
    )
    host, port = listening.getsockname()[:2]
    print(f"The chat is at http://{host}:{port} (Ctrl-C stops it)", flush=True)
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning", access_log=False))
    server.run(sockets=[listening])


if __name__ == "__main__":
    sys.exit(main())
