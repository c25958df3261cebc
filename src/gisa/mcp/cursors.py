"""Cursors of tools: where an answer ended, signed, and of use with the same question only.

An article may tell an agent to go on with a cursor of its own. It is refused, as is one that was kept while the question changed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Final

from gisa.errors import SearchInvalid

_SIGNATURE_BYTES: Final = 12


class CursorInvalid(SearchInvalid):
    """A cursor that was not given for this question."""

    def __init__(self) -> None:
        super().__init__("cursor was not given for these arguments")


class Cursors:
    """Writes and reads cursors. Safe from many threads and, with one key, over many processes."""

    def __init__(self, key: bytes) -> None:
        self._key = hashlib.blake2b(b"gisa.mcp.cursors", key=key[:64], digest_size=32).digest()

    def write(self, place: str, *, question: str) -> str:
        """The cursor of a place in the answers to a question."""
        said = place.encode()
        return base64.urlsafe_b64encode(self._sign(said, question) + said).rstrip(b"=").decode()

    def read(self, cursor: str, *, question: str) -> str:
        """The place. Raises ``CursorInvalid`` for a cursor that ``write`` did not give for this question."""
        try:
            raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise CursorInvalid from None
        signature, said = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, self._sign(said, question)):
            raise CursorInvalid
        return said.decode()

    def _sign(self, said: bytes, question: str) -> bytes:
        whole = len(said).to_bytes(4, "big") + said + question.encode()
        return hmac.digest(self._key, whole, "sha256")[:_SIGNATURE_BYTES]
