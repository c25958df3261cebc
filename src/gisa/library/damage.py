"""Finds revisions that cannot be read, reads past them, and repairs them. Opens nothing.

A damaged revision costs only itself: copies get a blank one in its place. Readers never see a blank article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final, NamedTuple

from gisa.archive.erasing import blank_article
from gisa.errors import ArchiveError, ArticleNotFound, ArticleRemoved
from gisa.messages import FolderCode, Message
from gisa.model import Article, Change, ChangeKind, LogEntry, Removal
from gisa.ports import Archive
from gisa.reports import RepairReport

_BATCH: Final = 200
_MOST_QUARANTINED: Final = 100
"""If more are damaged, something larger is lost (a dictionary, a part of the file) and blanking would make it worse."""
_REASON: Final = "damaged in the archive, and quarantined"


class Damaged(NamedTuple):
    """A revision that cannot be read."""

    change: Change
    """The change that made it."""
    what: str


def readable_log(
    archive: Archive, *, after: int, limit: int, on_damage: Callable[[Damaged], None] = lambda _: None
) -> list[LogEntry]:
    """As ``Archive.log``, with a blank article for each revision that cannot be read; calls ``on_damage`` for it."""
    try:
        return archive.log(after=after, limit=limit)
    except ArchiveError:
        changes = archive.changes(after=after, limit=limit)  # raises again if the database itself fails
    entries: list[LogEntry] = []
    for change in changes:
        try:
            entries += archive.log(after=change.change_seq - 1, limit=1)
        except ArchiveError as error:
            on_damage(Damaged(change, _named(change, str(error))))
            entries.append(LogEntry(change, blank_article(change.article_id)))
    return entries


def damaged(archive: Archive, *, progress: Callable[[int], None] | None = None) -> Iterator[Damaged]:
    """Every revision that cannot be read, and every blank article: it could not be read when it was copied."""
    after = 0
    while True:
        found: list[Damaged] = []
        entries = readable_log(archive, after=after, limit=_BATCH, on_damage=found.append)
        if not entries:
            return
        yield from found
        bad = {each.change.change_seq for each in found}
        for entry in entries:
            if entry.change.change_seq not in bad and entry.article is not None and not entry.article.title:
                yield from _blank(archive, entry.change)
        after = entries[-1].change.change_seq
        if progress is not None:
            progress(after)


def repair(archive: Archive, backup: Archive | None, *, progress: Callable[[int], None] | None = None) -> RepairReport:
    """Restore each damaged revision from the backup, or quarantine it. The caller holds the writer lock.

    A quarantined article is removed and its damaged revision made blank; adding its source again brings it back. Raises
    ``ArchiveError``, and changes nothing, if more than 100 revisions would be quarantined.
    """
    mended: list[str] = []
    quarantined: list[str] = []
    bad = [
        (each.change, None if backup is None else _revision(backup, each.change))
        for each in damaged(archive, progress=progress)
    ]
    lost = sum(article is None for _, article in bad)
    if lost > _MOST_QUARANTINED:
        raise ArchiveError(Message(FolderCode.TOO_DAMAGED, count=lost))
    for change, article in bad:
        archive.put_back(change, article)
        if article is not None:
            mended.append(change.article_id)
        elif _is_blank(archive, change.article_id):
            archive.remove([Removal(change.article_id, reason=_REASON)])
            quarantined.append(change.article_id)
    return RepairReport(tuple(dict.fromkeys(mended)), tuple(dict.fromkeys(quarantined)))


def _named(change: Change, said: str) -> str:
    """What is wrong, with the article's id, which the database's own errors lack."""
    return said if repr(change.article_id) in said else f"article {change.article_id!r}: {said}"


def _revision(backup: Archive, change: Change) -> Article | None:
    """The revision that a change made, if the backup has the same change and its article whole."""
    with suppress(ArchiveError):
        for entry in backup.log(after=change.change_seq - 1, limit=1):
            if entry.change == change and entry.article is not None and entry.article.title:
                return entry.article
    return None


def _blank(archive: Archive, change: Change) -> Iterator[Damaged]:
    if change.kind is not ChangeKind.REMOVE and _is_blank(archive, change.article_id):
        yield Damaged(change, f"article {change.article_id!r} is blank: it could not be read when it was copied")


def _is_blank(archive: Archive, article_id: str) -> bool:
    try:
        archive.get(article_id)
    except ArticleRemoved:
        return False
    except ArticleNotFound:
        return True
    return False
