"""``sites.sqlite``: what has been asked of feeds and sites, and what they answered. Decides nothing; one process writes.

Everything in it can be asked again: it is no part of a backup, and a file of another version is made anew. Each ``save``
is one transaction, on the disk when it returns. Times are seconds since 1970.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gisa.closing import Closing
from gisa.collecting.schedule import FeedState, Polling
from gisa.collecting.troubles import packed, unpacked
from gisa.errors import DataFolderError
from gisa.messages import FolderCode, Message
from gisa.sources.web import NO_VALIDATORS, Validators

_VERSION: Final = 2
_SCHEMA: Final = """
CREATE TABLE feeds (
    url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, standing TEXT NOT NULL, interval_s REAL NOT NULL,
    next_at REAL NOT NULL, asked_at REAL, ok_at REAL, failures INTEGER NOT NULL, trouble TEXT NOT NULL,
    moved_to TEXT, moved_times INTEGER NOT NULL, items INTEGER NOT NULL, new INTEGER NOT NULL,
    articles INTEGER NOT NULL, missed_from REAL, missed_until REAL
) WITHOUT ROWID;
CREATE TABLE seen (
    feed TEXT NOT NULL, key BLOB NOT NULL, digest BLOB NOT NULL, seen_at REAL NOT NULL, page_at REAL,
    etag TEXT, last_modified TEXT, PRIMARY KEY (feed, key)
) WITHOUT ROWID;
CREATE TABLE pages (
    site TEXT NOT NULL, key TEXT NOT NULL, url TEXT NOT NULL, standing TEXT NOT NULL, rank INTEGER NOT NULL,
    place INTEGER NOT NULL, listed INTEGER NOT NULL DEFAULT 0, etag TEXT, last_modified TEXT, asked_at REAL, article TEXT,
    fields BLOB, PRIMARY KEY (site, key)
) WITHOUT ROWID;
CREATE INDEX queue ON pages (site, standing, rank, place);
CREATE INDEX places ON pages (site, place);
CREATE TABLE queries (query TEXT PRIMARY KEY, mark TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE rows_known (query TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (query, key)) WITHOUT ROWID;
CREATE TABLE runs (site TEXT PRIMARY KEY, asked TEXT NOT NULL, is_over INTEGER NOT NULL) WITHOUT ROWID;
"""
_FORGOTTEN_AFTER_S: Final = 60 * 86_400.0
"""An item that no poll has brought for so long is forgotten; should it come again, the archive still knows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One item of a feed as the last poll had it."""

    key: bytes
    """Of its address, or of its guid or headline and date."""
    digest: bytes
    """Of its content."""
    seen_at: float
    page_at: float | None = None
    """When its page was fetched; None: never."""
    validators: Validators = NO_VALIDATORS
    """Of its page."""


class SiteStore(Closing):
    """The open file. For one thread."""

    def __init__(self, path: Path, *, reads_only: bool = False) -> None:
        """Raises ``DataFolderError`` if it can be neither opened nor made; one that is only read is not made."""
        self.path = path
        try:
            if reads_only:
                self._database = _opened_to_read(path)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._database = _opened(path)
        except (sqlite3.Error, OSError) as error:
            raise DataFolderError(Message(FolderCode.SITES_BROKEN, error=str(error)), str(path)) from error

    def states(self) -> dict[str, FeedState]:
        """The state of every feed that has one, by its address."""
        columns = "url, etag, last_modified, " + ", ".join(_STATE)
        rows = self._database.execute(f"SELECT {columns} FROM feeds").fetchall()  # noqa: S608 - our own names
        found = {}
        for url, etag, last_modified, *rest in rows:
            fields = dict(zip(_STATE, rest, strict=True))
            fields["standing"] = Polling(fields["standing"])
            fields["trouble"] = unpacked(fields["trouble"])
            validators = Validators(etag=etag, last_modified=last_modified)
            found[url] = FeedState(url=url, validators=validators, **fields)
        return found

    def seen(self, feed: str) -> dict[bytes, Seen]:
        """The items of a feed that are known, by their keys."""
        rows = self._database.execute(
            "SELECT key, digest, seen_at, page_at, etag, last_modified FROM seen WHERE feed = ?", (feed,)
        )
        return {
            key: Seen(
                key=key,
                digest=digest,
                seen_at=seen_at,
                page_at=page_at,
                validators=Validators(etag=etag, last_modified=last_modified),
            )
            for key, digest, seen_at, page_at, etag, last_modified in rows
        }

    def save(self, state: FeedState, seen: Iterable[Seen] = ()) -> None:
        """Keep what a poll left: the feed's state, and the items it brought."""
        row = {name: getattr(state, name) for name in ("url", *_STATE)}
        row |= {"etag": state.validators.etag, "last_modified": state.validators.last_modified}
        row["trouble"] = packed(state.trouble)
        with self.writing() as database:
            database.execute(
                f"INSERT OR REPLACE INTO feeds ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",  # noqa: S608 - our own names
                list(row.values()),
            )
            database.executemany(
                "INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (state.url, each.key, each.digest, each.seen_at, each.page_at, each.validators.etag,
                     each.validators.last_modified)
                    for each in seen
                ],
            )  # fmt: skip
            if state.asked_at is not None:
                database.execute(
                    "DELETE FROM seen WHERE feed = ? AND seen_at < ?", (state.url, state.asked_at - _FORGOTTEN_AFTER_S)
                )

    def rename(self, before: str, after: str) -> None:
        """A feed has moved: what is known of it goes with it."""
        with self.writing() as database:
            for table, column in (("feeds", "url"), ("seen", "feed")):
                database.execute(f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {column} = ?", (after, before))  # noqa: S608 - our own names

    def start_again(self, feed: str) -> None:
        """Poll a feed at once, whether it was paused, ended or waited."""
        with self.writing() as database:
            database.execute(
                "UPDATE feeds SET standing = ?, failures = 0, next_at = 0, etag = NULL, last_modified = NULL WHERE url = ?",
                (Polling.ACTIVE.value, feed),
            )

    def forget(self, feed: str) -> None:
        """Drop what is known of a feed."""
        with self.writing() as database:
            database.execute("DELETE FROM feeds WHERE url = ?", (feed,))
            database.execute("DELETE FROM seen WHERE feed = ?", (feed,))

    def ask(self, question: str, values: Iterable[object] | Mapping[str, object] = ()) -> list[tuple[Any, ...]]:
        """The rows that answer a question in SQL."""
        given = values if isinstance(values, Mapping) else tuple(values)
        return self._database.execute(question, given).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is on the disk at the end, or nothing. Raises ``DataFolderError``."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            yield self._database
            self._database.execute("COMMIT")
        except BaseException as error:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise DataFolderError(Message(FolderCode.FILE_UNWRITABLE, error=str(error)), str(self.path)) from error
            raise

    def close(self) -> None:
        self._database.close()


_STATE: Final = tuple(name for name in FeedState.__dataclass_fields__ if name not in ("url", "validators"))


def read_states(path: Path) -> dict[str, FeedState]:
    """The states of feeds, for whoever only looks; none if nothing has been polled yet, or the file does not open."""
    if not path.exists():
        return {}
    try:
        with SiteStore(path, reads_only=True) as store:
            return store.states()
    except (DataFolderError, sqlite3.Error, ValueError):
        return {}


def _opened_to_read(path: Path) -> sqlite3.Connection:
    """The file as another process writes it. Raises ``sqlite3.Error`` if it is not there, or of another version."""
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10.0, isolation_level=None)
    try:
        [version] = database.execute("PRAGMA user_version").fetchone()
        if version != _VERSION:
            raise sqlite3.DatabaseError(f"is of version {version}, not {_VERSION}")
    except BaseException:
        database.close()
        raise
    return database


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=10.0, isolation_level=None)
    try:
        [version] = database.execute("PRAGMA user_version").fetchone()
        if version != _VERSION:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (name,) in tables:
                database.execute(f"DROP TABLE {name}")
            database.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")  # an acknowledged poll survives the machine
    except BaseException:
        database.close()
        raise
    return database
