"""Who asks: recognises keys and the paper's logins, and counts how often each asks. What they may see: ``gisa.access``.

A request shows a key or a token as ``Authorization: Bearer …``, or a token in the login's cookie. A token in an address
(``?token=…``) becomes the cookie at once, and the reader is sent to the address without it: so it stands in no page, link, referrer
or cache of Gisa's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gisa.access import Asker, asker_of
from gisa.clock import Clock
from gisa.library.keys import PREFIX, KeyFile
from gisa.web.problems import is_api
from gisa.web.serving.clients import client_of
from gisa.web.serving.login import LoggedIn, Logins
from gisa.web.serving.noted import Noted
from gisa.web.serving.rates import WINDOW_S, Allowance, Rates
from gisa.web.serving.response import NOT_KEPT
from gisa.web.serving.security import is_https, local_path

_TOKEN: Final = "token"  # noqa: S105 - the name of a parameter
_TOKEN_BYTES: Final = b"token="


@dataclass(frozen=True, slots=True)
class AskedBy:
    """Who has sent a request."""

    asker: Asker
    key: str = ""
    """Id of the key it showed."""
    refusal: HTTPException | None = None
    """Why it is not answered."""


_ANYBODY: Final = AskedBy(Asker.PUBLIC)
_ASKED_BY: Final = Noted[AskedBy]("asked_by")


def asked_by(scope: Scope) -> AskedBy:
    """Who has sent this request; anybody, if it shows nothing."""
    return _ASKED_BY.of(scope) or _ANYBODY


def asker_in(scope: Scope) -> Asker:
    """As whom the library is asked for this request."""
    return asked_by(scope).asker


class Recognition:
    """ASGI wrapper that notes in a request who sent it; ``Refusing``, further in, answers those that are not to be answered."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        keys: KeyFile,
        logins: Logins,
        rates: Rates,
        clock: Clock,
        per_minute: int,
        base: str,
        trust_proxy: bool,
        always: frozenset[str],
    ) -> None:
        """``per_minute``: requests to the API of an address without a key, 0 for any number; ``base``: see ``base_path``;
        ``always``: paths of no concern here.
        """
        self._app, self._keys, self._logins, self._rates = app, keys, logins, rates
        self._clock, self._per_minute, self._base, self._trust_proxy, self._always = (
            clock,
            per_minute,
            base,
            trust_proxy,
            always,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in self._always:
            await self._app(scope, receive, send)
            return
        if _TOKEN_BYTES in scope["query_string"] and scope["method"] in ("GET", "HEAD") and not is_api(scope["path"]):
            await self._take_token(scope)(scope, receive, send)
            return
        asked, per_minute = self._recognise(scope)
        more: list[tuple[bytes, bytes]] = []
        if per_minute and asked.refusal is None:
            who = asked.key or client_of(scope, trust_proxy=self._trust_proxy)
            allowance = self._rates.take(who, per_minute=per_minute)
            more = _rate_headers(allowance, per_minute=per_minute)
            if not allowance.is_allowed:
                asked = AskedBy(asked.asker, asked.key, _too_many(allowance))
        if asked is not _ANYBODY:
            _ASKED_BY.put(scope, asked)
        is_opened = asked.asker is not Asker.PUBLIC
        await self._app(scope, receive, _with(send, more, is_opened=is_opened) if more or is_opened else send)

    def _recognise(self, scope: Scope) -> tuple[AskedBy, int]:
        """Who sent it, and how many requests they may send in a minute (0: any number)."""
        bearer = token = ""
        for name, value in scope["headers"]:
            if name == b"authorization" and value[:7].lower() == b"bearer ":
                bearer = value[7:].strip().decode("latin-1")
            elif name == b"cookie" and self._logins.are_on and self._logins.cookie_bytes in value:
                token = Request(scope).cookies.get(self._logins.cookie, "")
        free = self._per_minute if is_api(scope["path"]) else 0
        if not bearer and not token:
            return _ANYBODY, free
        now = self._clock()
        if bearer.startswith(PREFIX):
            key = self._keys.find(bearer, now=now)
            if key is not None:
                return AskedBy(asker_of(key.scopes), key.id), key.per_minute or 0
        login = self._logins.verify(bearer or token, now=now)
        if login is not None:
            return AskedBy(asker_of(login.scopes)), free
        # a cookie that has ended is a reader who is not logged in; whoever shows a key wants to know that it opens nothing
        return (AskedBy(Asker.PUBLIC, refusal=_unknown()) if bearer else _ANYBODY), free

    def _take_token(self, scope: Scope) -> RedirectResponse:
        """To the same address without its token, which becomes a cookie if it is good."""
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        rest = urlencode([(name, value) for name, value in pairs if name != _TOKEN])
        target = local_path(quote(self._base + scope["path"]) + ("?" + rest if rest else ""))
        response = RedirectResponse(target, status_code=303, headers={**NOT_KEPT, "referrer-policy": "no-referrer"})
        given = next((value for name, value in reversed(pairs) if name == _TOKEN), "")
        now = self._clock()
        login = self._logins.verify(given, now=now)
        if login is not None:
            self._leave_cookie(response, scope, given, login, now)
        return response

    def _leave_cookie(
        self, response: RedirectResponse, scope: Scope, token: str, login: LoggedIn, now: datetime
    ) -> None:
        is_secure = is_https(scope["scheme"], Request(scope).headers, trust_proxy=self._trust_proxy)
        response.set_cookie(
            self._logins.cookie,
            token,
            max_age=max(1, login.until_s - int(now.timestamp())),
            path=f"{self._base}/",
            httponly=True,
            samesite="lax",
            secure=is_secure,
        )


class Refusing:
    """ASGI wrapper that raises what ``Recognition`` noted; whoever catches errors makes an answer of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = asked_by(scope).refusal
        if refusal is not None:
            raise refusal
        await self._app(scope, receive, send)


def client_in(*, trust_proxy: bool) -> Callable[[Scope], str]:
    """Who shares turns: the holder of a key, else an address."""

    def client(scope: Scope) -> str:
        return asked_by(scope).key or client_of(scope, trust_proxy=trust_proxy)

    return client


def _unknown() -> HTTPException:
    return HTTPException(401, headers={"www-authenticate": 'Bearer error="invalid_token"'})


def _too_many(allowance: Allowance) -> HTTPException:
    return HTTPException(429, headers={"retry-after": str(allowance.again_in_s)})


def _rate_headers(allowance: Allowance, *, per_minute: int) -> list[tuple[bytes, bytes]]:
    """``RateLimit-Policy`` and ``RateLimit`` (draft-ietf-httpapi-ratelimit-headers-10)."""
    return [
        (b"ratelimit-policy", b'"minute";q=%d;w=%d' % (per_minute, WINDOW_S)),
        (b"ratelimit", b'"minute";r=%d;t=%d' % (allowance.left, allowance.whole_in_s)),
    ]


def _with(send: Send, more: list[tuple[bytes, bytes]], *, is_opened: bool) -> Send:
    """``send`` with more headers; what a key or a login opened is kept by nobody."""

    async def send_more(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = message["headers"]
            if is_opened:
                headers = [pair for pair in headers if pair[0] not in (b"cache-control", b"etag")]
                headers.append((b"cache-control", NOT_KEPT["cache-control"].encode()))
            message = {**message, "headers": [*headers, *more]}
        await send(message)

    return send_more
