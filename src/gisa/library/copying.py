"""Copies the log of one archive into another, whatever databases they are in: resumed where it ended, and read back. Opens nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from gisa.errors import ArchiveError, DataFolderError
from gisa.library.damage import Damaged, readable_log
from gisa.ports import Archive

_BATCH: Final = 200

Progress = Callable[[int], None]
"""Told up to which change the copy is."""


def copy_log(source: Archive, copy: Archive, *, place: Path, progress: Progress | None) -> tuple[int, int]:
    """Copy what ``copy`` lacks, up to the source's last change as of now; each batch is read back and compared.

    Returns how many changes, and how many of them are blank because the source cannot read their revision.
    """
    after, last = copy.last_change_seq(), source.last_change_seq()
    if after and source.changes(after=after - 1, limit=1) != copy.changes(after=after - 1, limit=1):
        raise DataFolderError(f"{place}: holds another archive, or one that went another way — name a new folder")
    began = after
    left_out: list[Damaged] = []
    while after < last:
        entries = readable_log(source, after=after, limit=min(_BATCH, last - after), on_damage=left_out.append)
        if not entries:
            raise ArchiveError(f"the log ends at change {after:,} instead of {last:,} — run `gisa verify`")
        copy.replay(entries)
        if copy.log(after=after, limit=len(entries)) != entries:
            raise ArchiveError(f"{place}: what was written does not read back as it was — check the disk")
        after = entries[-1].change.change_seq
        if progress is not None:
            progress(after)
    return after - began, len(left_out)


def copy_purges(source: Archive, copy: Archive) -> None:
    """Erase from a copy what has been purged from its source since the copy was made."""
    known = {(each.article_id, each.purged_at) for each in copy.purges()}
    if lacking := [each for each in source.purges() if (each.article_id, each.purged_at) not in known]:
        copy.purge(lacking)
