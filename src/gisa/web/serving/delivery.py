"""How answers travel: from memory where the same was asked a moment ago, else from the application, and then remembered.

What is remembered depends on the address, the day and the archive alone. A reader's own list of searches is written into a
copy for each who has Gisa's cookie (see ``own_part``). Who has switched saving of searches off is answered from what others
have asked, but leaves nothing behind: an address holds what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final

from cachetools import LRUCache
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gisa.access import Asker
from gisa.config import Site
from gisa.web.languages import spoken
from gisa.web.pages.own_part import known_reader, own_part_of
from gisa.web.pages.recent import RecentSearches
from gisa.web.pages.text_size import TextSize, resized, size_of
from gisa.web.problems import is_api
from gisa.web.serving.askers import asked_by
from gisa.web.serving.cache import AnswerCache
from gisa.web.serving.metrics import Metrics
from gisa.web.serving.response import COMPRESSED_TYPES, Answer, Packer

_ADDRESSES: Final = 4_096
"""Addresses whose meaning is remembered; reading one takes 0.08 ms, of the 0.2 of a cached answer."""


class Delivery:
    """ASGI wrapper around the whole application."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        cache: AnswerCache[Answer],
        stamp: Callable[[], Hashable],
        personal: Callable[[Answer, RecentSearches, Request], Answer],
        metrics: Metrics,
        site: Site,
        cache_key: Callable[[str, bytes], Hashable | None],
        has_logins: bool = False,
        is_full: Callable[[], bool] = lambda: False,
    ) -> None:
        """``stamp`` changes when any answer may; ``personal`` makes an answer a known reader's; ``cache_key`` says what of an
        address (path, query string) an answer depends on, None if it is not to be cached. ``has_logins``: whether a reader's cookie may open more. ``is_full``: whether the next request is likely to be refused."""
        self._cache_key, self._has_logins, self._is_full = cache_key, has_logins, is_full
        self._addresses: LRUCache[tuple[str, bytes], Hashable] = LRUCache(_ADDRESSES)
        self._app, self._cache, self._stamp = app, cache, stamp
        self._personal, self._metrics, self._site = personal, metrics, site
        self._packer = Packer()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        headers: dict[bytes, bytes] = dict(scope["headers"])
        reader = known_reader(scope)
        address = scope["path"], scope["query_string"]
        asked, answer, stamp = None, None, None
        if _may_be_kept(scope):
            asked = self._addresses.get(address)
            if asked is None and not self._is_full():  # else reading it is half of what refusing it costs
                asked = self._cache_key(*address)
            stamp = self._stamp()
            self._cache.forget_before(stamp)
        if asked is not None:
            answer = self._cache.get(self._key(asked, scope, headers), stamp=stamp)
            self._metrics.looked_in_memory(found=answer is not None)
        if answer is None:
            answer = await self._collected(scope, receive, send)
            if answer is None:  # a file, sent on piece by piece
                return
            if stamp is not None and answer.may_be_kept and (reader is None or reader.saving):
                asked = asked or self._cache_key(*address)
                if asked is not None:
                    self._addresses[address] = asked
                    self._cache.keep(self._key(asked, scope, headers), answer, stamp=stamp)
        if reader is not None and answer.own_part is not None:
            answer = self._personal(answer, reader, Request(scope))
        if answer.is_page and (size := size_of(scope)) is not TextSize.NORMAL:
            answer = answer.with_body(resized(answer.body, size))
        for message in answer.messages(
            accepts=headers.get(b"accept-encoding", b""),
            known=headers.get(b"if-none-match", b""),
            head=scope["method"] == "HEAD",
            packer=self._packer,
        ):
            await send(message)

    def _key(self, asked: Hashable, scope: Scope, headers: dict[bytes, bytes]) -> Hashable:
        """Everything an answer may depend on beside archive and reader; ``asked`` is what of its address."""
        return (
            asked,
            asked_by(scope).asker,
            spoken(scope, self._site),
            headers.get(b"sec-purpose", b""),
            scope["scheme"],
            headers.get(b"x-forwarded-proto", b""),
        )

    async def _collected(self, scope: Scope, receive: Receive, send: Send) -> Answer | None:
        """The application's answer, whole; None when it was no text and has been sent on as it came."""
        start: Message | None = None
        parts: list[bytes] = []
        passed_on = False

        async def take(message: Message) -> None:
            nonlocal start, passed_on
            if message["type"] == "http.response.start":
                headers = dict(message["headers"])
                kind = headers.get(b"content-type", b"")
                is_file = b"content-disposition" in headers
                passed_on = bool(kind) and (is_file or not kind.startswith(COMPRESSED_TYPES))
                start = message
            if passed_on and message["type"] == "http.response.body" and scope["method"] == "HEAD":
                await send({**message, "body": b""})
            elif passed_on:
                await send(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))

        # HEAD is GET without its body, also for routes of the API, which know GET only. A page must know the two apart:
        # nobody has searched who asks for headers alone.
        inner = {**scope, "method": "GET"} if scope["method"] == "HEAD" and is_api(scope["path"]) else scope
        await self._app(inner, receive, take)
        if passed_on or start is None:
            return None
        headers = [*start["headers"], (b"content-language", spoken(scope, self._site).language.encode())]
        if self._site.follow_browser:
            headers.append((b"vary", b"accept-language"))
        # a shared cache that is told to ignore Cache-Control would show what is one reader's to the next
        headers.append((b"vary", b"authorization"))
        own_part = own_part_of(inner)
        if own_part is not None or self._has_logins:
            headers.append((b"vary", b"cookie"))
        return Answer(start["status"], headers, b"".join(parts), own_part=own_part)


def _may_be_kept(scope: Scope) -> bool:
    """Whether an answer to this request may be kept at all: not what the desk sees, nor a refusal."""
    by = asked_by(scope)
    return scope["method"] != "HEAD" and by.asker is not Asker.DESK and by.refusal is None
