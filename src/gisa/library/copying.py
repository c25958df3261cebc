"""Copies the log of one archive into another, in any databases. Resumes where it ended; reads each batch back. Opens nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from gisa.errors import ArchiveError, DataFolderError
from gisa.library.damage import Damaged, readable_log
from gisa.messages import FolderCode, Message
from gisa.ports import Archive
from gisa.reports import CopyReport

_BATCH: Final = 200

Progress = Callable[[int], None]
"""Called with the last change copied."""


def copy_archive(
    source: Archive,
    copy: Archive,
    *,
    place: Path,
    writing_stopped: AbstractContextManager[object],
    then: Callable[[], None],
    progress: Progress | None,
) -> CopyReport:
    """Copy everything, and call ``then`` when both are the same and nobody can write: inside ``writing_stopped``.

    Others write until the last changes are copied. ``place``: the source's folder, for messages.
    """
    changes, left_out = copy_log(source, copy, place=place, progress=progress)
    with writing_stopped:
        last, last_left_out = copy_log(source, copy, place=place, progress=progress)
        copy_purges(source, copy)
        articles, change_seq = copy.count(), copy.last_change_seq()
        if (articles, change_seq) != (source.count(), source.last_change_seq()):
            raise ArchiveError(Message(FolderCode.COPY_OVERTAKEN), str(place))
        then()
    return CopyReport(changes + last, change_seq, articles, 0, left_out=left_out + last_left_out)


def copy_log(source: Archive, copy: Archive, *, place: Path, progress: Progress | None) -> tuple[int, int]:
    """Copy what ``copy`` lacks, up to the source's last change as of now; each batch is read back and compared.

    Returns how many changes, and how many of them are blank because the source cannot read their revision.
    """
    after, last = copy.last_change_seq(), source.last_change_seq()
    if after and source.changes(after=after - 1, limit=1) != copy.changes(after=after - 1, limit=1):
        raise DataFolderError(Message(FolderCode.COPY_STRANGE), str(place))
    began = after
    left_out: list[Damaged] = []
    while after < last:
        entries = readable_log(source, after=after, limit=min(_BATCH, last - after), on_damage=left_out.append)
        if not entries:
            raise ArchiveError(Message(FolderCode.LOG_SHORT, after=after, last=last))
        copy.replay(entries)
        if copy.log(after=after, limit=len(entries)) != entries:
            raise ArchiveError(Message(FolderCode.COPY_UNEQUAL), str(place))
        after = entries[-1].change.change_seq
        if progress is not None:
            progress(after)
    return after - began, len(left_out)


def copy_purges(source: Archive, copy: Archive) -> None:
    """Erase from a copy what has been purged from its source since the copy was made."""
    known = {(each.article_id, each.purged_at) for each in copy.purges()}
    if lacking := [each for each in source.purges() if (each.article_id, each.purged_at) not in known]:
        copy.purge(lacking)
