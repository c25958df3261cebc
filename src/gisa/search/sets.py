"""A search's results as something that can be cited: an id that holds query, filters, order, moment and total, signed. Pure.

An id needs no table: it is made of its parts, and says them to whoever has the key. What has become of the results since is
answered from the change log (``library.set_changes``).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final
from urllib.parse import parse_qsl, urlencode

from gisa.errors import SearchInvalid, SetInvalid
from gisa.search.filters import period_start
from gisa.search.request import SearchRequest

KEY_BYTES: Final = 32
_SIGNATURE_BYTES: Final = 12
"""Nobody can make an id that says what was never found: 2⁹⁶ tries each."""
_LONGEST: Final = 4_000
"""Characters of an id that are looked at; the longest query and every filter take 1,500."""
_LARGEST: Final = 16_000
"""Bytes that an id may unfold to."""
_NUMBERS: Final = struct.Struct(">QII")
_WORDS_BYTES: Final = 4


@dataclass(frozen=True, slots=True)
class ResultSet:
    """All results of a search as of one state of the archive."""

    request: SearchRequest
    """Without page and length, and with days in place of a period, which moves on."""
    change_seq: int
    """The last change that the search knew."""
    at: datetime
    """When it was asked, to the second."""
    total: int
    words: bytes
    """A hash of the paper's own words and synonyms that the query was read by."""


def set_of(
    request: SearchRequest, *, about: bool, change_seq: int, at: datetime, total: int, words: bytes, today: date
) -> ResultSet:
    """The set of a search that found ``total`` articles; ``about``: only those about the query, as the paper or the reader had it.

    ``words`` is the digest of everything that says how words are read.
    """
    since = request.since if request.period is None else period_start(request.period, today=today)
    fixed = replace(
        request, limit=SearchRequest().limit, offset=0, cursor=None, period=None, since=since, about=about, group=None
    )
    return ResultSet(fixed, change_seq, at.astimezone(UTC).replace(microsecond=0), total, words)


def words_digest(words: str) -> bytes:
    """Tells words as they were from words that have changed."""
    return hashlib.blake2b(words.encode(), digest_size=_WORDS_BYTES).digest()


def write_set(found: ResultSet, *, key: bytes) -> str:
    """The id: base64url without padding. The change's number is hidden in it, since it counts what is not published, too.

    Two ids are the same if query, filters, order, second, total and state are.
    """
    said = urlencode(found.request.to_params()).encode()
    open_part = _NUMBERS.pack(0, int(found.at.timestamp()), found.total) + found.words + said
    hidden = _xor(struct.pack(">Q", found.change_seq), _pad(open_part, key=key))
    whole = hidden + open_part[8:]
    packed = zlib.compress(whole, 9)
    body = b"z" + packed if len(packed) < len(whole) else b"r" + whole
    return _text(_sign(body, key=key) + body)


def read_set(text: str, *, key: bytes) -> ResultSet:
    """The set that an id says. Raises ``SetInvalid`` for one that was not made with this key."""
    if not text.isascii() or len(text) > _LONGEST:
        raise SetInvalid
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        signature, body = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
        if (
            not hmac.compare_digest(signature, _sign(body, key=key)) or _text(raw) != text
        ):  # a last letter has spare bits
            raise SetInvalid
        whole = zlib.decompressobj().decompress(body[1:], _LARGEST) if body[:1] == b"z" else body[1:]
        open_part = bytes(8) + whole[8:]
        (change_seq,) = struct.unpack(">Q", _xor(whole[:8], _pad(open_part, key=key)))
        _, at_s, total = _NUMBERS.unpack_from(open_part)
        words = open_part[_NUMBERS.size : _NUMBERS.size + _WORDS_BYTES]
        params = dict(parse_qsl(open_part[_NUMBERS.size + _WORDS_BYTES :].decode()))
        request = SearchRequest.from_params(params)
    except (binascii.Error, ValueError, struct.error, zlib.error, SearchInvalid) as error:
        raise SetInvalid from error
    return ResultSet(request, change_seq, datetime.fromtimestamp(at_s, UTC), total, words)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _sign(body: bytes, *, key: bytes) -> bytes:
    return hmac.digest(key, b"set" + body, "sha256")[:_SIGNATURE_BYTES]


def _pad(open_part: bytes, *, key: bytes) -> bytes:
    return hmac.digest(key, b"pad" + open_part, "sha256")[:8]


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(left, right, strict=True))
