"""Starts the web application: the chat at `/`, the API at `/api/ask`."""

import logging
import os
import socket
import sys
from typing import TYPE_CHECKING

from settings import Settings, SettingsError

if TYPE_CHECKING:
    from bot import Chatbot


def main() -> int:
    """Serves until it is stopped; returns the exit code: 0 stopped, 2 could not start."""
    logging.basicConfig(format="%(message)s", stream=sys.stderr, level=logging.WARNING)
    try:
        settings = Settings.from_environment(os.environ)
        listening = _listening(settings)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        address = f"{settings.host}:{settings.port}"
        remedy = "stop what uses it, or set CHATBOT_PORT to another one"
        print(f"{address}: {error.strerror}; {remedy}", file=sys.stderr)
        return 2
    from bot import Chatbot
    from index import UnusableIndex

    try:
        chatbot = Chatbot.open(settings)
    except (UnusableIndex, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    _serve(chatbot, settings, listening)
    return 0


def _listening(settings: Settings) -> socket.socket:
    """A socket on the address of `settings`. Raises `OSError` when it is taken."""
    listening = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((settings.host, settings.port))
    listening.listen(128)
    return listening


def _serve(chatbot: "Chatbot", settings: Settings, listening: socket.socket) -> None:
    import gradio
    import uvicorn
    from starlette.staticfiles import StaticFiles

    from bot.api import create_api
    from bot.page import CSS, HEAD, STATIC, calm_theme, chat_page

    api = create_api(chatbot, settings)
    api.mount("/static", StaticFiles(directory=STATIC))
    application = gradio.mount_gradio_app(
        api,
        chat_page(chatbot, settings),
        path="/",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        css=CSS,
        head=HEAD,
        theme=calm_theme(),
    )
    host, port = listening.getsockname()[:2]
    print(f"The chat is at http://{host}:{port} (Ctrl-C stops it)", flush=True)
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning", access_log=False))
    server.run(sockets=[listening])


if __name__ == "__main__":
    sys.exit(main())
