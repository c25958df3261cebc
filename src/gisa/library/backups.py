"""Remembers where backups of a data folder are, so that a purge can name those that still hold the text. Reads no backup."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

import orjson

from gisa.durable import write_durably

FILE: Final = "backups.json"


def known_backups(data_dir: Path) -> dict[str, str]:
    """Places by when each was last brought up to date (ISO 8601). Empty if nobody knows."""
    try:
        found = orjson.loads((data_dir / FILE).read_bytes())
        return {str(place): str(made_at) for place, made_at in found.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def note_backup(data_dir: Path, place: Path, *, at: datetime) -> None:
    """Remember a place. Does nothing if the folder cannot be written."""
    known = known_backups(data_dir) | {str(place): at.isoformat(timespec="seconds")}
    with suppress(OSError):
        write_durably(data_dir / FILE, [orjson.dumps(known)])
