"""Looks for what is wrong with an archive: the file, the counters, the log, every revision's text. Changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select, text

from gisa.archive.engines import Engines
from gisa.archive.failures import archive_errors
from gisa.archive.packing import Dictionaries
from gisa.archive.rows import log_entries
from gisa.archive.tables import ARTICLES, CHANGES, COUNTERS, REVISIONS
from gisa.errors import ArchiveError

BATCH: Final = 200
_SHOWN: Final = 10
"""Findings of one kind that are named one by one; a damaged page may concern thousands."""

_LAST: Final = (
    select(CHANGES.c.seq, func.max(CHANGES.c.change_seq).label("change_seq")).group_by(CHANGES.c.seq).subquery()
)
_MADE: Final = (CHANGES.c.seq == REVISIONS.c.seq) & (CHANGES.c.revision == REVISIONS.c.revision)

_DISAGREEING: Final = (
    select(ARTICLES.c.id)
    .outerjoin(_LAST, _LAST.c.seq == ARTICLES.c.seq)
    .outerjoin(CHANGES, CHANGES.c.change_seq == _LAST.c.change_seq)
    .where(
        CHANGES.c.change_seq.is_(None)
        | (CHANGES.c.revision != ARTICLES.c.revision)
        | ((CHANGES.c.kind == "remove") != ARTICLES.c.removed_at.is_not(None))
    )
    .limit(_SHOWN)
)
_UNLOGGED: Final = (
    select(REVISIONS.c.seq, REVISIONS.c.revision)
    .outerjoin(CHANGES, _MADE & (CHANGES.c.kind != "remove"))
    .where(CHANGES.c.change_seq.is_(None))
    .limit(_SHOWN)
)


def problems(
    engines: Engines,
    log: Select[Any],
    dictionaries: Dictionaries,
    *,
    progress: Callable[[int], None] | None = None,
) -> Iterator[str]:
    """Everything that is wrong, one sentence each, found while writers work; ``progress`` is told how many changes
    have been read. ``log`` selects the change log with its revisions after a change_seq."""
    for check in (_file, _numbers, _log):
        try:
            with archive_errors(engines.place), engines.reads.connect() as connection:
                yield from check(connection)
        except ArchiveError as error:
            yield str(error)
    yield from _texts(engines, log, dictionaries, progress)


def _file(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    found = [row[0] for row in connection.execute(text(f"PRAGMA integrity_check({_SHOWN})"))]
    yield from (f"SQLite's integrity check: {said}" for said in found if said != "ok")
    foreign = connection.execute(text("PRAGMA foreign_key_check")).all()
    if foreign:
        yield f"{len(foreign):,} rows point to an article that is not there"


def _numbers(connection: Connection) -> Iterator[str]:
    """Counters against what they count, in one statement: a writer between two would make them disagree."""
    row = connection.execute(
        select(
            COUNTERS.c.last_seq,
            COUNTERS.c.last_change_seq,
            COUNTERS.c.article_count,
            select(func.coalesce(func.max(ARTICLES.c.seq), 0)).scalar_subquery(),
            select(func.coalesce(func.max(CHANGES.c.change_seq), 0)).scalar_subquery(),
            select(func.count()).select_from(CHANGES).scalar_subquery(),
            select(func.count()).select_from(ARTICLES).where(ARTICLES.c.removed_at.is_(None)).scalar_subquery(),
        )
    ).one_or_none()
    if row is None:
        yield "the row of counters is missing"
        return
    last_seq, last_change_seq, article_count, seqs, change_seqs, changes, articles = row
    if last_seq != seqs:
        yield f"the last article has the number {seqs:,}, the counter says {last_seq:,}"
    if last_change_seq != change_seqs:
        yield f"the last change has the number {change_seqs:,}, the counter says {last_change_seq:,}"
    if changes != change_seqs:
        yield f"the log has {changes:,} changes up to number {change_seqs:,}: {change_seqs - changes:,} are missing"
    if article_count != articles:
        yield f"{articles:,} articles are there, the counter says {article_count:,}"


def _log(connection: Connection) -> Iterator[str]:
    for (article_id,) in connection.execute(_DISAGREEING):
        yield f"article {article_id!r} does not stand as its last change left it"
    for seq, revision in connection.execute(_UNLOGGED):
        yield f"revision {revision} of the article with seq {seq} is not in the log"


def _texts(
    engines: Engines, log: Select[Any], dictionaries: Dictionaries, progress: Callable[[int], None] | None
) -> Iterator[str]:
    """Every revision unpacked (zstd's checksum) and compared with its digest."""
    after = 0
    bad = 0
    batch, failures = BATCH, 0
    while failures <= _SHOWN:  # beyond, it is not a row that is damaged
        try:
            with archive_errors(engines.place), engines.reads.connect() as connection:
                rows: Sequence[Sequence[Any]] = connection.execute(log, {"after": after, "limit": batch}).all()
        except ArchiveError as error:
            if batch > 1:
                batch = 1  # one row of them fails: find out which
                continue
            yield str(error)
            after, batch, failures = after + 1, BATCH, failures + 1  # changes have no gaps
            continue
        failures = 0
        if not rows:
            break
        for row in rows:
            try:
                log_entries([row], dictionaries)
            except ArchiveError as error:
                bad += 1
                if bad <= _SHOWN:
                    yield str(error)
        after = rows[-1][0]
        if progress is not None:
            progress(after)
    if bad > _SHOWN:
        yield f"{bad - _SHOWN:,} more revisions do not read back"
