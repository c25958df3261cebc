"""What keeps readers safe: headers on every answer, and who may change a reader's cookie. No sessions, no tokens."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gisa.config import AllowedOrigins, Settings

MEDIA_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For pictures opened by themselves: an SVG is a document, and this one may run nothing."""

_HEADERS: Final = {
    b"x-content-type-options": b"nosniff",
    # Not no-referrer: that would make the Origin of a page's own POST "null". Other sites learn nothing either way.
    b"referrer-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    b"cross-origin-opener-policy": b"same-origin",
    # Pages show the reader's own searches: no shared cache may keep them, the browser asks again.
    b"cache-control": b"private, no-cache",
}
_REPLACEABLE: Final = frozenset((b"content-security-policy", b"cache-control"))


class SecurityHeaders:
    """ASGI wrapper that adds the headers to every answer; a route may set its own policy and caching."""

    def __init__(self, app: ASGIApp, *, policy: str, more: Iterable[tuple[bytes, bytes]] = ()) -> None:
        """``policy``: the pages' (``page_policy``); ``more``: what the paper says with every answer."""
        self._app = app
        self._headers = [(b"content-security-policy", policy.encode()), *_HEADERS.items(), *more]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message["headers"]
                own = _REPLACEABLE.intersection([name for name, _ in given])
                message["headers"] = [*given, *(pair for pair in self._headers if pair[0] not in own)]
            await send(message)

        await self._app(scope, receive, send_safely)


def page_policy(allowed: AllowedOrigins, *, framed_by: Iterable[str] = (), own_scripts: Iterable[str] = ()) -> str:
    """The pages' Content-Security-Policy (https://www.w3.org/TR/CSP3/): this site, and what the paper allows beside it.

    ``framed_by``: origins whose pages may frame this one. ``own_scripts``: hash sources of scripts inside the page.
    """
    scripts = " ".join(("'self'", *own_scripts, *allowed.analytics, *allowed.ads))
    connections = " ".join(("'self'", *allowed.analytics, *allowed.ads))
    fonts = " ".join(("'self'", *allowed.fonts))
    frames = " ".join((*allowed.ads, *allowed.frames)) or "'none'"
    ancestors = " ".join(framed_by) or "'none'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src {fonts}; img-src 'self' https: data:; font-src {fonts}; "
        f"form-action 'self'; base-uri 'none'; frame-src {frames}; frame-ancestors {ancestors}; "
        f"connect-src {connections}; manifest-src 'self'"
    )


def is_same_site_change(headers: Mapping[str, str]) -> bool:
    """Whether a POST comes from this site's own page, by what the browser itself says of its origin.

    ``Sec-Fetch-Site`` decides where it is sent (every current browser, over https or on localhost); elsewhere
    ``Origin`` must name this host. The scheme is not compared: behind a proxy that ends TLS it is not known here.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin, host = headers.get("origin"), headers.get("host")
    if not origin or not host:
        return False
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()


def is_own_origin(headers: Mapping[str, str], *, canonical: str | None, hosts: Collection[str]) -> bool:
    """Whether a request comes from no page at all, or from one of this site: what a browser says of itself decides.

    Programs say nothing of an origin. Another site's page must not use an agent's way in through its reader's browser (the
    protocol's own rule for HTTP servers). A page whose name was made to point here (DNS rebinding) names this host, so that
    counts only if ``hosts`` are known (``KnownHosts`` refuses the others), or if the site has no canonical address to tell by.
    """
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site") in (None, "same-origin", "none")
    if canonical is not None and (origin.lower() == canonical or not hosts):
        return origin.lower() == canonical
    return is_same_site_change(headers)


def is_https(scheme: str, headers: Mapping[str, str], *, trust_proxy: bool) -> bool:
    """Whether the reader's own connection is encrypted; the proxy's word counts only where it is trusted."""
    if trust_proxy and (told := headers.get("x-forwarded-proto")):
        return told.split(",")[0].strip().lower() == "https"
    return scheme == "https"


def origin_of(request: Request, settings: Settings) -> str:
    """The canonical scheme and host of the site, else those that the reader asked; of what names them nothing may be cached."""
    if settings.site.canonical is not None:
        return settings.site.canonical
    secure = is_https(request.url.scheme, request.headers, trust_proxy=settings.trust_proxy)
    return f"{'https' if secure else 'http'}://{request.url.netloc}"


def local_path(target: str, *, home: str = "/") -> str:
    """The target if it is a path of this site, else its first page; never another host's address, nor one outside ``home``.

    >>> local_path("//evil.example/"), local_path("/search?q=AI")
    ('/', '/search?q=AI')
    >>> local_path("/login", home="/search/")
    '/search/'
    """
    plain = target.isascii() and target.isprintable() and "\\" not in target and " " not in target
    climbs = "/.." in target.partition("?")[0]
    if not plain or climbs or not target.startswith(home) or target.startswith("//") or len(target) > 8_000:
        return home
    return target
