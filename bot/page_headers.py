"""What every response tells the browser: load nothing from elsewhere, keep no answer."""

import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'self'",
        # Gradio starts from inline scripts and styles; nothing may make code out of text (no eval).
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
NAMED_BY_CONTENT = "/assets/"
"""Gradio's scripts and styles: a file that changes gets another name."""
FRESH = ("/page/static/", "/static/", "/theme.css")
"""Other files: a browser may keep them, and asks whether they have changed."""
_FRAMEWORKS = re.compile(
    rb"""<meta\s[^>]*?(?:property|name)="(?:og|twitter):[^>]*>|<link\s[^>]*?rel="manifest"[^>]*>"""
)
"""What Gradio says about itself in its page, with a picture on another host."""
_OURS = (
    b'<link rel="icon" type="image/svg+xml" href="/favicon.ico">'
    b'<script src="/page/static/early.js"></script></head>'
)


class Headers:
    """Sets the headers of every response of the application it wraps."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on; only the start of a response is changed."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]

        started: list[Message] = []
        body: list[bytes] = []

        async def page(message: Message) -> None:
            """Waits for the whole page of Gradio before it is sent on as ours."""
            if message["type"] == "http.response.start":
                started.append(message)
                return
            body.append(message.get("body", b""))
            if message.get("more_body"):
                return
            html, start = as_ours(b"".join(body)), started[0]
            length = (b"content-length", str(len(html)).encode())
            kept = [one for one in start["headers"] if one[0].lower() != length[0]]
            await with_headers({**start, "headers": [*kept, length]})
            await send({"type": "http.response.body", "body": html})

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = ALWAYS | {"cache-control": _caching(path)}
                kept = [
                    (name, value)
                    for name, value in message["headers"]
                    if name.decode().lower() not in told
                ]
                message["headers"] = [
                    *kept,
                    *((name.encode(), value.encode()) for name, value in told.items()),
                ]
            await send(message)

        is_page = path == "/" and scope["method"] == "GET"
        await self._app(scope, receive, page if is_page else with_headers)


def as_ours(html: bytes) -> bytes:
    """Gradio's page without what it says about Gradio, with our icon and colours. Pure."""
    return _FRAMEWORKS.sub(b"", html).replace(b"</head>", _OURS, 1)


def _caching(path: str) -> str:
    """Files are asked for again when they changed; what may hold a patient's words is not kept."""
    if path.startswith(NAMED_BY_CONTENT):
        return "public, max-age=31536000, immutable"
    if path == "/" or path.startswith(FRESH):
        return "no-cache"
    return "no-store"
