"""Tells which files of an index folder belong to tantivy's last commit, and removes what a killed process left."""

from __future__ import annotations

import json
from pathlib import Path

from gisa.errors import IndexDamaged


def is_live(name: str, segments: dict[str, int | None]) -> bool:
    """Whether a file belongs to the last commit: ``<segment>.<kind>``, or ``<segment>.<commit>.del``."""
    segment, *rest = name.split(".")
    if segment not in segments:
        return False
    return rest[-1:] != ["del"] or rest[0] == str(segments[segment])


def read_segments(path: Path) -> dict[str, int | None]:
    """The segments of the last commit, each with the number of its file of deletions. Raises ``IndexDamaged``."""
    try:
        meta = json.loads((path / "meta.json").read_bytes())
        return {
            each["segment_id"].replace("-", ""): each["deletes"]["opstamp"] if each.get("deletes") else None
            for each in meta["segments"]
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"{path / 'meta.json'}: cannot be read ({error}) — run `gisa reindex`") from error


def remove_leftovers(path: Path) -> None:
    """Remove the files of deletions that no commit names; the caller is the one writer.

    A process killed before its commit leaves such a file. The next commit would write a file of the same name, and tantivy
    fails on that every time (5 of 25 kills while adding).
    """
    segments = read_segments(path)
    for file in path.glob("*.del"):
        if not is_live(file.name, segments):
            file.unlink(missing_ok=True)
