"""Keeps the key that signs ids of result sets: made once for each data folder. Signs nothing."""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path

from gisa.durable import create_durably
from gisa.search.sets import KEY_BYTES


def set_key(path: Path) -> bytes | None:
    """The folder's key, made if there is none yet; None if it can be neither read nor written.

    Only owner and group may read it. Two processes that make it at once get the same one.
    """
    if not path.exists():
        with suppress(OSError):
            create_durably(path, secrets.token_hex(KEY_BYTES).encode(), mode=0o640)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None
