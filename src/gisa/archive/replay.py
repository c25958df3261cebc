"""Applies another archive's log to this one, keeping its numbers. Pure. For new changes see ``ledger``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gisa.archive.batch import Batch, Counters
from gisa.archive.rows import content_of
from gisa.errors import ArchiveError
from gisa.model import LogEntry
from gisa.text.addresses import address_key


def replay(counters: Counters, entries: Sequence[LogEntry], *, known: set[int], pack: Callable[[str], bytes]) -> Batch:
    """The rows to write for entries that follow what is there.

    ``known``: which of the entries' article numbers the archive has. Raises ``ArchiveError`` for a gap.
    """
    batch = Batch(counters, pack=pack)
    for entry in entries:
        change, last = entry.change, batch.counters.last_change_seq
        if change.change_seq != last + 1:
            raise ArchiveError(
                f"change {change.change_seq:,} does not follow change {last:,} — a part of the log is "
                "missing: run `gisa verify` on the archive it comes from"
            )
        content = None if entry.article is None else content_of(entry.article)
        batch.take(change, content, is_new=change.article_seq not in known)
        if entry.article is not None and (key := address_key(entry.article.url)) is not None:
            batch.take_key(key, change.article_seq)
    return batch
