"""How answers travel: compressed, with an ETag, and from memory where the same was asked a moment ago.

Remembered are answers to readers without a cookie of ours: what they get depends on the address, the day and the archive
alone. Whoever has a cookie, a switched-off saving of searches among them, is answered anew and nothing is kept of it here.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Hashable, Iterable
from typing import Final

import zstandard
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gisa.web.cache import AnswerCache
from gisa.web.metrics import Metrics

Header = tuple[bytes, bytes]

_REMEMBERED: Final = re.compile(r"/|/search|/api/search|/(?:api/)?articles/.*", re.DOTALL)
"""Paths whose answers are remembered."""
_COMPRESSED_TYPES: Final = (b"text/", b"application/json", b"application/problem+json")
"""Not the paper's pictures, SVG among them: those are files, which the server sends by themselves."""
_WORTH_COMPRESSING_BYTES: Final = 1_000
"""Below it an answer fits one packet either way."""
_GZIP_LEVEL: Final = 4
_ZSTD_LEVEL: Final = 3
"""A page of results of 34 kB: zstd 3 0.10 ms to 6.7 kB, gzip 4 0.45 ms to 7.2 kB, gzip 6 0.75 ms to 6.9 kB."""
NOT_KEPT: Final = {"cache-control": "private, no-store"}
"""Headers of an answer that nobody is to keep, this server's memory and the reader's browser among them."""
_NEVER: Final = re.compile(rb"q=0(?:\.0*)?")
_ON_304: Final = frozenset((b"cache-control", b"set-cookie", b"vary", b"date", b"content-security-policy"))


class Answer:
    """A whole answer, ready to be sent any number of times. Compresses itself when first asked to."""

    def __init__(self, status: int, headers: Iterable[Header], body: bytes) -> None:
        self.status = status
        self.body = body
        self.headers = [(name, value) for name, value in headers if name != b"content-length"]
        kind = next((value for name, value in self.headers if name == b"content-type"), b"")
        self._can_be_compressed = kind.startswith(_COMPRESSED_TYPES) and len(body) >= _WORTH_COMPRESSING_BYTES
        self._packed: dict[bytes, bytes] = {}
        self.etag = b""
        if status == 200:
            self.etag = b'W/"' + hashlib.blake2b(body, digest_size=9).hexdigest().encode() + b'"'
            self.headers.append((b"etag", self.etag))
        if self._can_be_compressed:
            self.headers.append((b"vary", b"accept-encoding"))

    @property
    def may_be_kept(self) -> bool:
        """Whether it is a success that the same question may be answered with again."""
        return self.status == 200 and not any(
            name == b"cache-control" and b"no-store" in value for name, value in self.headers
        )

    @property
    def size_bytes(self) -> int:
        """About what it holds in memory, compressed forms included whether made yet or not."""
        return len(self.body) + len(self.body) // 2 + 1_000

    def messages(self, *, accepts: bytes, known: bytes, head: bool) -> list[Message]:
        """The answer for a reader who takes these encodings and holds these ETags."""
        if self.etag and known and self.etag in known:
            kept = [pair for pair in self.headers if pair[0] in _ON_304 or pair[0] == b"etag"]
            return _messages(304, kept, b"")
        body, headers = self.body, self.headers
        encoding = _encoding(accepts) if self._can_be_compressed else b""
        if encoding:
            body = self._pack(encoding)
            headers = [*headers, (b"content-encoding", encoding)]
        headers = [*headers, (b"content-length", str(len(body)).encode())]
        return _messages(self.status, headers, b"" if head else body)

    def _pack(self, encoding: bytes) -> bytes:
        packed = self._packed.get(encoding)
        if packed is None:
            if encoding == b"zstd":
                packed = zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(self.body)
            else:
                packed = zlib.compress(self.body, _GZIP_LEVEL, wbits=31)
            self._packed[encoding] = packed
        return packed


class Delivery:
    """ASGI wrapper around the whole application."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        cache: AnswerCache[Answer],
        stamp: Callable[[], Hashable],
        own_cookies: tuple[bytes, ...],
        metrics: Metrics,
    ) -> None:
        """``stamp`` changes when any answer may; ``own_cookies`` are names that make an answer a reader's own."""
        self._app, self._cache, self._stamp = app, cache, stamp
        self._own_cookies, self._metrics = own_cookies, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        headers: dict[bytes, bytes] = dict(scope["headers"])
        wanted = {
            "accepts": headers.get(b"accept-encoding", b""),
            "known": headers.get(b"if-none-match", b""),
            "head": scope["method"] == "HEAD",
        }
        key = self._key(scope, headers)
        stamp: Hashable = None
        if key is not None:
            stamp = self._stamp()
            known = self._cache.get(key, stamp=stamp)
            self._metrics.looked_in_memory(found=known is not None)
            if known is not None:
                for message in known.messages(**wanted):
                    await send(message)
                return
        answer = await _collected(self._app, scope, receive, send)
        if answer is None:  # a file, sent on piece by piece
            return
        if key is not None and answer.may_be_kept and not wanted["head"]:
            self._cache.keep(key, answer, stamp=stamp)
        for message in answer.messages(**wanted):
            await send(message)

    def _key(self, scope: Scope, headers: dict[bytes, bytes]) -> Hashable | None:
        """Everything an answer may depend on beside the archive; None for one that is not to be remembered."""
        path: str = scope["path"]
        if scope["method"] == "HEAD" or not _REMEMBERED.fullmatch(path):
            return None
        cookie = headers.get(b"cookie", b"")
        if cookie and any(name in cookie for name in self._own_cookies):
            return None
        return (
            path,
            scope["query_string"],
            headers.get(b"sec-purpose", b""),
            scope["scheme"],
            headers.get(b"x-forwarded-proto", b""),
        )


async def _collected(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> Answer | None:
    """The application's answer, whole; None when it was no text and has been sent on as it came."""
    start: Message | None = None
    parts: list[bytes] = []
    passed_on = False

    async def take(message: Message) -> None:
        nonlocal start, passed_on
        if message["type"] == "http.response.start":
            kind = dict(message["headers"]).get(b"content-type", b"")
            passed_on = bool(kind) and not kind.startswith(_COMPRESSED_TYPES)
            start = message
        if passed_on:
            await send(message)
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    await app(scope, receive, take)
    if passed_on or start is None:
        return None
    return Answer(start["status"], start["headers"], b"".join(parts))


def _encoding(accepts: bytes) -> bytes:
    """The best encoding that the reader's browser takes: zstd, gzip, or none."""
    offered = set()
    for part in accepts.lower().split(b","):
        name, _, weight = part.replace(b" ", b"").partition(b";")
        if not _NEVER.fullmatch(weight):
            offered.add(name)
    return next((encoding for encoding in (b"zstd", b"gzip") if encoding in offered), b"")


def _messages(status: int, headers: list[Header], body: bytes) -> list[Message]:
    return [
        {"type": "http.response.start", "status": status, "headers": headers},
        {"type": "http.response.body", "body": body},
    ]
