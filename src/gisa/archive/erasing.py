"""Takes text out of an archive for good: blank revisions, a dictionary without them, no trace in free pages or the log.

A revision that is erased stays as a row: its number and an empty article. So the log stays whole and copies go on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

import zstandard
from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update

from gisa.archive.engines import Engines
from gisa.archive.moments import microseconds_of, moment_of
from gisa.archive.packing import TRAINED_ON, Dictionaries, packer, train, unpacker
from gisa.archive.rows import content_of
from gisa.archive.tables import ARTICLES, DICTIONARIES, KEYS, PURGES, REVISIONS
from gisa.errors import ArchiveError
from gisa.model import Article, Purge

_BATCH: Final = 200
_PATIENCE_S: Final = 10.0
"""How long to wait for readers of an old state before the write-ahead log can be emptied."""

_BLANK: Final = datetime(1970, 1, 1, tzinfo=UTC)
_PURGES: Final = (
    select(ARTICLES.c.id, PURGES.c.purged_at, PURGES.c.purged_by)
    .join_from(PURGES, ARTICLES, ARTICLES.c.seq == PURGES.c.seq)
    .order_by(PURGES.c.purged_at, ARTICLES.c.id)
)
_NEXT_XID: Final = text("SELECT pg_snapshot_xmax(pg_current_snapshot())::xid::text")
_HOLDS_BACK: Final = text(
    "SELECT name FROM (SELECT backend_type || ' ' || pid AS name, greatest(age(backend_xid), age(backend_xmin)) AS since "
    "FROM pg_stat_activity WHERE (datname = current_database() OR datname IS NULL) AND pid <> pg_backend_pid() "
    "UNION ALL SELECT 'replication slot ' || slot_name, age(xmin) FROM pg_replication_slots "
    "UNION ALL SELECT 'prepared transaction ' || gid, age(transaction) FROM pg_prepared_xacts "
    "WHERE database = current_database()) AS holders WHERE since > age(CAST(:xid AS text)::xid) LIMIT 1"
)
"""What keeps PostgreSQL from dropping rows erased before a transaction: its ``ComputeXidHorizons`` goes by the same. A session
without a database is a standby's with ``hot_standby_feedback``."""
_LAST_PURGES: Final = select(func.count(), func.sum(PURGES.c.purged_at % 2**31))
_SEQS: Final = select(ARTICLES.c.id, ARTICLES.c.seq).where(
    ARTICLES.c.id.in_(bindparam("ids", expanding=True)), ARTICLES.c.removed_at.is_not(None)
)
_FRAMES: Final = (
    select(REVISIONS.c.seq, REVISIONS.c.revision, REVISIONS.c.body)
    .where(REVISIONS.c.seq > bindparam("after"))
    .order_by(REVISIONS.c.seq)
)
_BODIES: Final = select(REVISIONS.c.body).order_by(REVISIONS.c.seq).limit(TRAINED_ON)


def blank_article(article_id: str) -> Article:
    """What is left of an article whose text is erased, or could not be read. No accepted article has an empty headline."""
    return Article(id=article_id, title="", body="", published_at=_BLANK)


def purges_of(connection: Connection) -> list[Purge]:
    """Every purge, oldest first."""
    return [Purge(article_id, moment_of(at), by) for article_id, at, by in connection.execute(_PURGES)]


def purge_mark(connection: Connection) -> str:
    """See ``ports.Archive.purge_mark``: an article that came back and is purged again changes it, whatever the clock says.

    SQLite sums up to 2⁶³: that is room for four thousand million of these remainders, and for 5,000 whole moments.
    """
    number, moments = connection.execute(_LAST_PURGES).one()
    return f"{number} {moments}" if number else ""


def erase(connection: Connection, revisions: Iterable[tuple[int, int]]) -> None:
    """Blank revisions, by article number and number. Reads nothing of them, so that damaged ones can be erased."""
    content = content_of(blank_article(""))
    values = {**content.columns, "digest": content.digest, "body": packer(None)(content.body)}
    for seq, revision in revisions:
        connection.execute(
            update(REVISIONS).where(REVISIONS.c.seq == seq, REVISIONS.c.revision == revision).values(**values)
        )


def put_back(connection: Connection, revision: tuple[int, int], article: Article, pack: Callable[[str], bytes]) -> None:
    """Overwrite a revision, by article number and number, by what it was."""
    content = content_of(article)
    values = {**content.columns, "digest": content.digest, "body": pack(content.body)}
    is_it = (REVISIONS.c.seq == revision[0]) & (REVISIONS.c.revision == revision[1])
    connection.execute(update(REVISIONS).where(is_it).values(**values))


def purge(connection: Connection, purges: Sequence[Purge], dictionaries: Dictionaries) -> list[Purge]:
    """Blank every revision of removed articles and note it; returns those that are there and removed.

    The dictionary that bodies are packed with is made of the first articles' text. If one of these is purged, another is
    made without it, and every body is packed again: 45 µs each.
    """
    found = {row.id: row.seq for row in connection.execute(_SEQS, {"ids": [each.article_id for each in purges]})}
    done = [each for each in purges if each.article_id in found]
    for each in done:
        seq = found[each.article_id]
        numbers = connection.execute(select(REVISIONS.c.revision).where(REVISIONS.c.seq == seq)).scalars().all()
        erase(connection, [(seq, number) for number in numbers])
        connection.execute(delete(KEYS).where(KEYS.c.seq == seq))
        connection.execute(delete(PURGES).where(PURGES.c.seq == seq))
        row = {"seq": seq, "purged_at": microseconds_of(each.purged_at), "purged_by": each.purged_by}
        connection.execute(insert(PURGES), row)
    if any(found[each.article_id] <= TRAINED_ON for each in done):
        _pack_again(connection, dictionaries)
    return done


def _wait_until_droppable(connection: Connection, engines: Engines) -> None:
    """Return when nothing sees rows that have been erased: PostgreSQL keeps those, also where it writes a table anew."""
    now = connection.execute(_NEXT_XID).scalar_one()
    deadline = time.monotonic() + _PATIENCE_S
    while (holder := connection.execute(_HOLDS_BACK, {"xid": now}).scalar()) is not None:
        if time.monotonic() > deadline:
            raise ArchiveError(
                f"archive {engines.place}: {holder} reads an older state, so that its tables still hold the text — end it, "
                "then run the same command again"
            )
        time.sleep(0.1)


def empty_log(engines: Engines) -> None:
    """Remove what was overwritten from SQLite's write-ahead log, or from pages and statistics of PostgreSQL's tables.

    PostgreSQL writes the tables anew: a plain VACUUM frees a row without overwriting it. Readers wait meanwhile. Its own log
    (``pg_wal``), replicas and backups are its administrator's.

    Raises ``ArchiveError`` if somebody reads an old state for longer than ten seconds.
    """
    if engines.path is None:
        with engines.reads.connect() as connection:
            _wait_until_droppable(connection, engines)
            for table in (REVISIONS, KEYS, DICTIONARIES):
                connection.execute(text(f"VACUUM (FULL, ANALYZE) {table.name}"))
        return
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        with engines.reads.connect() as connection:
            busy, *_ = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()
        if not busy:
            return
        if time.monotonic() > deadline:
            raise ArchiveError(
                f"archive {engines.place}: another process reads an older state, so that its log still holds the text — "
                "run the same command again"
            )
        time.sleep(0.05)


def _pack_again(connection: Connection, dictionaries: Dictionaries) -> None:
    old = set(connection.execute(select(DICTIONARIES.c.number)).scalars())
    if not old:
        return
    unpack = unpacker(dictionaries)
    newest = int(connection.execute(select(func.max(DICTIONARIES.c.number))).scalar_one())
    made = train((unpack(body) for (body,) in connection.execute(_BODIES)), number=newest + 1)
    if made is not None:
        connection.execute(insert(DICTIONARIES), {"number": made.dict_id(), "content": made.as_bytes()})
    pack = packer(made)
    moved = (
        update(REVISIONS)
        .where(REVISIONS.c.seq == bindparam("of_seq"), REVISIONS.c.revision == bindparam("of_revision"))
        .values(body=bindparam("packed"))
    )
    for frames in _frames(connection):
        rows = [
            {"of_seq": seq, "of_revision": revision, "packed": pack(unpack(frame))}
            for seq, revision, frame in frames
            if zstandard.get_frame_parameters(frame).dict_id in old
        ]
        if rows:
            connection.execute(moved, rows)
    connection.execute(delete(DICTIONARIES).where(DICTIONARIES.c.number.in_(old)))


def _frames(connection: Connection) -> Iterator[list[tuple[int, int, bytes]]]:
    """Every body with its number, whole articles at a time."""
    after = 0
    while True:
        last = connection.execute(
            select(
                func.max(
                    select(ARTICLES.c.seq)
                    .where(ARTICLES.c.seq > after)
                    .order_by(ARTICLES.c.seq)
                    .limit(_BATCH)
                    .subquery()
                    .c.seq
                )
            )
        ).scalar()
        if last is None:
            return
        rows = connection.execute(_FRAMES.where(REVISIONS.c.seq <= last), {"after": after}).all()
        yield [(row.seq, row.revision, row.body) for row in rows]
        after = last
