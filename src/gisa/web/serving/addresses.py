"""Addresses as they were meant: queries whose bytes are not escaped, or are EUC-KR, become UTF-8 escapes. Reads no parameters.

``curl 'http://…/api/search?q=AI센터'`` sends raw UTF-8, an old page in EUC-KR sends ``q=%BC%BE%C5%CD``; both mean ``q=%EC%84%BC%ED%84%B0``.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from starlette.types import ASGIApp, Receive, Scope, Send

_HIGH: Final = re.compile(rb"[\x80-\xff]|%[89A-Fa-f][0-9A-Fa-f]")
"""A byte that is not ASCII, raw or escaped."""
_RAW: Final = re.compile(rb"[\x80-\xff]")
_PIECE: Final = re.compile(rb"[^&=]+")


class ReadableAddresses:
    """ASGI wrapper around everything that reads a query string."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _HIGH.search(scope["query_string"]):
            scope["query_string"] = utf8_query(scope["query_string"])
        await self._app(scope, receive, send)


def utf8_query(query: bytes) -> bytes:
    """The query string with every name and value as escaped UTF-8. What is neither UTF-8 nor EUC-KR only gets its escapes.

    >>> utf8_query("q=센터".encode()) == utf8_query("q=센터".encode("euc-kr")) == b"q=%EC%84%BC%ED%84%B0"
    True
    """
    if not _RAW.search(query):
        try:
            unquote_to_bytes(query).decode()
        except UnicodeDecodeError:
            pass
        else:
            return query  # as every browser writes it: all pieces are UTF-8 if all of it is
    return _PIECE.sub(_utf8, query)


def _utf8(piece: re.Match[bytes]) -> bytes:
    if not _HIGH.search(piece[0]):
        return piece[0]
    meant = unquote_to_bytes(piece[0].replace(b"+", b"%20"))
    try:
        meant.decode()
    except UnicodeDecodeError:
        try:
            return quote(meant.decode("cp949"), safe="").encode()
        except UnicodeDecodeError:
            pass
    return _RAW.sub(lambda byte: b"%%%02X" % ord(byte[0]), piece[0])
