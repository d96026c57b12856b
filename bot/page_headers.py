"""What every response tells the browser: load nothing from elsewhere, keep no answer."""

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

        await self._app(scope, receive, with_headers)


def _caching(path: str) -> str:
    """Files are asked for again when they changed; what may hold a patient's words is not kept."""
    if path.startswith(NAMED_BY_CONTENT):
        return "public, max-age=31536000, immutable"
    if path == "/" or path.startswith(FRESH):
        return "no-cache"
    return "no-store"
