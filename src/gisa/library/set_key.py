"""The key that ids of result sets are signed with: made once for each data folder. Signs nothing."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from gisa.search.sets import KEY_BYTES


def set_key(path: Path) -> bytes | None:
    """The folder's key, made if there is none yet; None if the folder can neither give one nor take one.

    Only owner and group may read it. Two processes that make it at once get the same one.
    """
    if not path.exists():
        with suppress(OSError):
            _make(path)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def _make(path: Path) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640), "w") as file:
            file.write(secrets.token_hex(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        os.link(beside, path)  # fails if another process was first
    finally:
        beside.unlink(missing_ok=True)
