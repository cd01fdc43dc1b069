"""What stands between the pages and the rest of the machine's browser.

Any site may send requests to a local server. So: only known Host headers are answered (against
DNS rebinding), a write must come from the same origin and carry the form token, and no page may
run inline script, be framed, or load anything from elsewhere.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from whipcount.web.settings import Settings

MAX_BODY = 64_000  # bytes of a form; the longest field is a sentence
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not "no-referrer": under that, browsers send a form's Origin as null.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """ASGI middleware: Host, Origin, size of the body, and headers on every answer."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._hosts = settings.hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it in one line."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(Headers(scope=scope), scope["method"])
        app = PlainTextResponse(refusal[1], status_code=refusal[0]) if refusal else self._app
        await app(scope, receive, _with_headers(send))

    def _refusal(self, headers: Headers, method: str) -> tuple[int, str] | None:
        host = headers.get("host", "").lower()
        if host not in self._hosts:
            return 421, "This server answers only to its own address."
        if method in ("GET", "HEAD"):
            return None
        if method != "POST":
            return 405, "Only GET, HEAD and POST."
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in (f"http://{host}", f"https://{host}"):
            return 403, "A write must come from this server's own pages."
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "A write must come from this server's own pages."
        length = headers.get("content-length", "")
        if not length.isdigit() or int(length) > MAX_BODY:
            return 413, f"A form has a stated length of at most {MAX_BODY} bytes."
        return None


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return wrapped


def token_matches(given: object, settings: Settings) -> bool:
    """Does a form carry this server's token? Compared in constant time."""
    return isinstance(given, str) and hmac.compare_digest(given.encode(), settings.token.encode())
