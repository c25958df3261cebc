"""How often each client may ask in a minute, counted by all workers of a server together. Knows neither keys nor HTTP.

The generic cell rate algorithm (ITU-T I.371): of each client one number is kept, the moment at which all it has used will
be given back. Numbers stand in memory that the workers share, in a table without names: at two places each, chosen by a hash, of
which the smaller counts, as in a count-min sketch (Cormode and Muthukrishnan 2005). Two clients must share both
places to count as one: with 1,000 clients of a minute, one pair in 4,000,000.
"""

from __future__ import annotations

import hashlib
import math
import mmap
import secrets
import struct
from pathlib import Path
from typing import Final, NamedTuple

from gisa.clock import Monotonic

WINDOW_S: Final = 60
_PLACES: Final = 65_536
_SALT_BYTES: Final = 16
"""So that nobody can look for an address that shares the places of somebody else."""
_NUMBER: Final = struct.Struct("<d")
_SIZE: Final = _SALT_BYTES + _PLACES * _NUMBER.size


class Allowance(NamedTuple):
    """What a client has left."""

    is_allowed: bool
    left: int
    """Requests it may make at once."""
    whole_in_s: int
    """Seconds until it has its whole minute's worth again, if it asks no more."""
    again_in_s: int
    """Seconds until the next request is allowed; 0 if one is now."""


class Rates:
    """What every client has used. Safe from many threads and processes: at worst a request in a race is not counted."""

    def __init__(self, monotonic: Monotonic, *, file: Path | None = None) -> None:
        """``file``: made by ``make_table``, shared with other processes of this machine; None: of this process alone."""
        self._monotonic = monotonic
        if file is None:
            self._table = mmap.mmap(-1, _SIZE)
            self._table[:_SALT_BYTES] = secrets.token_bytes(_SALT_BYTES)
        else:
            with file.open("r+b") as opened:
                self._table = mmap.mmap(opened.fileno(), _SIZE)
        self._salt = self._table[:_SALT_BYTES]

    def take(self, client: str, *, per_minute: int) -> Allowance:
        """Count one request, unless it is one too many. Takes 3 µs."""
        now, each_s = self._monotonic(), WINDOW_S / per_minute
        first, second = self._places(client)
        free_at = max(now, min(self._read(first), self._read(second)))
        after = free_at + each_s
        if after - now > WINDOW_S + 1e-9:
            return Allowance(False, 0, math.ceil(free_at - now), max(1, math.ceil(after - now - WINDOW_S)))
        for place in (first, second):
            if self._read(place) < after:
                _NUMBER.pack_into(self._table, place, after)
        left = int((WINDOW_S - (after - now)) / each_s + 1e-6)
        return Allowance(True, left, math.ceil(after - now), 0 if left else math.ceil(each_s))

    def _places(self, client: str) -> tuple[int, int]:
        digest = hashlib.blake2b(client.encode("utf-8", "surrogateescape"), digest_size=8, key=self._salt).digest()
        first, second = int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")
        return tuple(_SALT_BYTES + number % _PLACES * _NUMBER.size for number in (first, second))  # type: ignore[return-value]

    def _read(self, place: int) -> float:
        number: float = _NUMBER.unpack_from(self._table, place)[0]
        return number


def make_table(file: Path) -> None:
    """An empty table for several processes."""
    with file.open("wb") as made:
        made.write(secrets.token_bytes(_SALT_BYTES))
        made.truncate(_SIZE)
