"""A whole answer, as it is remembered and sent: compressed as the reader takes it, with an ETag. Knows no routes."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable
from typing import Final

import zstandard
from starlette.types import Message

from gisa.web.pages.own_part import OwnPart

Header = tuple[bytes, bytes]

COMPRESSED_TYPES: Final = (
    b"text/",
    b"application/json",
    b"application/problem+json",
    b"application/rss+xml",
    b"application/atom+xml",
    b"application/feed+json",
)
"""Not the paper's pictures, SVG among them: those are files, which the server sends by themselves."""
_WORTH_COMPRESSING_BYTES: Final = 1_000
"""Below it an answer fits one packet either way."""
_REFUSED: Final = 503
"""Told to come back: must cost next to nothing."""
_GZIP_LEVEL: Final = 4
_ZSTD_LEVEL: Final = 3
"""A page of results of 34 kB: zstd 3 0.10 ms to 6.7 kB, gzip 4 0.45 ms to 7.2 kB, gzip 6 0.75 ms to 6.9 kB."""
NOT_KEPT: Final = {"cache-control": "private, no-store"}
"""Headers of an answer that nobody is to keep, this server's memory and the reader's browser among them."""
_NEVER: Final = re.compile(rb"q=0(?:\.0*)?")
_ON_304: Final = frozenset((b"cache-control", b"set-cookie", b"vary", b"date", b"content-security-policy"))


class Answer:
    """A whole answer, ready to be sent any number of times. Compresses itself when first asked to."""

    def __init__(self, status: int, headers: Iterable[Header], body: bytes, *, own_part: OwnPart | None = None) -> None:
        """``own_part``: where it holds what is a reader's own."""
        self.status = status
        self.body = body
        self.own_part = own_part
        self._given = [(name, value) for name, value in headers if name != b"content-length"]
        self.headers = list(self._given)
        kind = next((value for name, value in self.headers if name == b"content-type"), b"")
        self._can_be_compressed = (
            status != _REFUSED and kind.startswith(COMPRESSED_TYPES) and len(body) >= _WORTH_COMPRESSING_BYTES
        )
        self._packed: dict[bytes, bytes] = {}
        self.etag = b""
        if status == 200:
            self.etag = b'W/"' + hashlib.blake2b(body, digest_size=9).hexdigest().encode() + b'"'
            self.headers.append((b"etag", self.etag))
        if self._can_be_compressed:
            self.headers.append((b"vary", b"accept-encoding"))

    def rewritten(self, part: bytes, *, set_cookie: bytes | None) -> Answer:
        """The same with another reader's own part and cookie. Only of an answer that has such a part."""
        assert self.own_part is not None
        headers = [pair for pair in self._given if pair[0] != b"set-cookie"]
        if set_cookie is not None:
            headers.append((b"set-cookie", set_cookie))
        body = b"".join((self.body[: self.own_part.start], part, self.body[self.own_part.end :]))
        return Answer(self.status, headers, body)

    def with_body(self, body: bytes) -> Answer:
        """The same with another text."""
        return Answer(self.status, self._given, body)

    @property
    def is_page(self) -> bool:
        """Whether it is HTML."""
        return any(name == b"content-type" and value.startswith(b"text/html") for name, value in self._given)

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

    def messages(self, *, accepts: bytes, known: bytes, head: bool, packer: Packer) -> list[Message]:
        """The answer for a reader who takes these encodings and holds these ETags."""
        if self.etag and known and self.etag in known:
            kept = [pair for pair in self.headers if pair[0] in _ON_304 or pair[0] == b"etag"]
            return _messages(304, kept, b"")
        body, headers = self.body, self.headers
        encoding = _encoding(accepts) if self._can_be_compressed else b""
        if encoding:
            body = self._pack(encoding, packer)
            headers = [*headers, (b"content-encoding", encoding)]
        headers = [*headers, (b"content-length", str(len(body)).encode())]
        return _messages(self.status, headers, b"" if head else body)

    def _pack(self, encoding: bytes, packer: Packer) -> bytes:
        packed = self._packed.get(encoding)
        if packed is None:
            packed = self._packed[encoding] = packer.pack(self.body, encoding)
        return packed


class Packer:
    """Compresses answers, zstd with a state that is used again: a new one takes a fifth of the time. For one thread."""

    def __init__(self) -> None:
        self._zstd = zstandard.ZstdCompressor(level=_ZSTD_LEVEL)

    def pack(self, body: bytes, encoding: bytes) -> bytes:
        """The body as ``zstd`` or ``gzip``."""
        return self._zstd.compress(body) if encoding == b"zstd" else zlib.compress(body, _GZIP_LEVEL, wbits=31)


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
