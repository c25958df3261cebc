"""Makes SQLAlchemy engines for an archive's URL, with what each database needs set. Knows no tables."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from gisa.config import Database
from gisa.durable import share
from gisa.errors import ArchiveError, ConfigError
from gisa.messages import ConfigCode, Message

BUSY_TIMEOUT_S: Final = 10.0
"""How long to wait for another writer; a batch of 500 articles holds the file for 0.03 s."""

WAL_LIMIT_BYTES: Final = 64 * 1024 * 1024
"""What is left of the write-ahead log after a large batch; more is given back to the disk."""

PAGE_BYTES: Final = 32 * 1024
"""Of new files. An article is 1 to 2 KB packed: pages of 4 KB leave a fifth of themselves empty."""


@dataclass(frozen=True, slots=True)
class Engines:
    """One pool of connections, seen in two ways."""

    reads: Engine
    """Every statement by itself: no transaction is ever left open."""
    writes: Engine
    """Transactions that hold the database's writer lock from their first statement."""
    place: str
    """Where the archive is, for messages; without a password."""
    path: Path | None
    """The SQLite file; None for a server."""


class OwnSession:
    """A session of a server apart from the pool: what it sets, locks and listens to ends with it. For one thread at a time."""

    def __init__(self, engines: Engines) -> None:
        self._connection = engines.reads.connect()
        self.driver: Any = self._connection.connection.dbapi_connection
        """The driver's own connection."""
        self._connection.detach()
        self.execute = self._connection.execute

    def close(self) -> None:
        """End it; also one that the server has cut, which SQLAlchemy lets go of without closing it."""
        with suppress(SQLAlchemyError):
            self._connection.close()
        self.driver.close()


def sqlite_url(path: Path) -> str:
    """The URL of an SQLite file, whatever characters its path has."""
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def build_engines(url: str, *, create: bool, read_only: bool, database: Database) -> Engines:
    """Engines for the URL; connects to nothing yet.

    Raises ``ConfigError`` for a URL that names no database Gisa keeps archives in, and ``ArchiveError`` when
    the SQLite file is not there and may not be created.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigError(Message(ConfigCode.ARCHIVE_URL_WRONG)) from error
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_engines(parsed, create=create, read_only=read_only)
    if parsed.get_backend_name() in {"postgresql", "postgres"}:
        return _postgresql_engines(parsed, database)
    raise ConfigError(Message(ConfigCode.ARCHIVE_URL_STRANGE, backend=parsed.get_backend_name()))


def _sqlite_engines(url: URL, *, create: bool, read_only: bool) -> Engines:
    if not url.database or url.database == ":memory:":
        raise ConfigError(Message(ConfigCode.ARCHIVE_URL_MEMORY))
    path = Path(url.database).absolute()
    place = str(path)
    if not path.parent.is_dir():
        raise ArchiveError(f"archive {place}: the folder {path.parent} is not there — create it first")
    if not path.exists() and (read_only or not create):
        raise ArchiveError(f"archive {place}: there is no such file — add articles with `gisa add` first")
    query = {"uri": "true", "mode": "ro" if read_only else "rwc" if create else "rw"}
    if _cannot_change(path):
        query = {"uri": "true", "immutable": "1"}
    reads = create_engine(
        URL.create("sqlite", database=path.as_uri(), query=query),
        # isolation_level None: the driver begins no transactions of its own; ours begin below.
        connect_args={"timeout": BUSY_TIMEOUT_S, "isolation_level": None, "check_same_thread": False},
        pool_size=0,  # as many connections as there are threads reading; a file has no limit to protect
        pool_use_lifo=True,  # the one used last has the warmest cache
        pool_reset_on_return=None,  # transactions are always ended here, so there is nothing to roll back
    )

    def set_up(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        if not read_only and "immutable" not in query:
            if path.exists() and not path.stat().st_size:
                share(path)  # SQLite's own files beside it take its permissions
            connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")  # nothing to a file that has pages
            _keep_wal(connection)
        # FULL: a commit is on the disk before it returns; NORMAL may lose the last ones with the machine.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS only: fsync alone stops at the drive's cache
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(
            "PRAGMA secure_delete = ON"
        )  # what is erased leaves no trace in the file; nothing else deletes
        connection.execute(f"PRAGMA journal_size_limit = {WAL_LIMIT_BYTES}")

    event.listen(reads, "connect", set_up)
    writes = reads.execution_options()
    event.listen(writes, "begin", _begin_immediate)
    return Engines(reads=reads, writes=writes, place=place, path=path)


def _cannot_change(path: Path) -> bool:
    """True on a disk that is mounted read-only, where SQLite cannot make the files that it shares a log with.

    With a log left beside the file (the machine fell, and its disk came back read-only) the file alone is not the
    newest state; then opening fails and says so.
    """
    try:
        is_read_only = bool(os.statvfs(path).f_flag & os.ST_RDONLY)
        log = path.with_name(path.name + "-wal")
        return is_read_only and not (log.exists() and log.stat().st_size)
    except (OSError, AttributeError):  # not there yet; Windows has neither
        return False


def _keep_wal(connection: sqlite3.Connection) -> None:
    """Switch a new file to the write-ahead log, so that readers and the writer never wait for each other.

    Where several open a new file at once SQLite does not apply its own timeout to the switch. A file system
    that cannot share memory keeps the old journal: as safe, but there readers do wait.
    """
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        time.sleep(0.005)


def _begin_immediate(connection: Connection) -> None:
    """Take the writer lock at once: a transaction that read first could not get it without failing."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def connect_args(url: URL, database: Database) -> dict[str, Any]:
    """libpq's parameters for the limits; what the URL says itself wins.

    A connection whose other end is gone is noticed after about ``keepalive_s`` × 2, not after the two hours of the system.
    """
    limits: dict[str, Any] = {
        "connect_timeout": database.connect_timeout_s,
        "keepalives_idle": database.keepalive_s,
        "keepalives_interval": max(database.keepalive_s // 3, 1),
        "keepalives_count": 3,
    }
    said = url.query.get("options", "")
    options = (
        f"-c statement_timeout={database.statement_timeout_s * 1000} {said if isinstance(said, str) else said[-1]}"
    )
    return {name: value for name, value in limits.items() if name not in url.query} | {"options": options.strip()}


def _postgresql_engines(url: URL, database: Database) -> Engines:
    if url.drivername in {"postgresql", "postgres"}:
        url = url.set(drivername="postgresql+psycopg")
    place = url.render_as_string(hide_password=True)
    try:
        # pre_ping: a server restarted at night costs one round trip, not a page of errors in the morning.
        writes = create_engine(
            url,
            connect_args=connect_args(url, database),
            pool_pre_ping=True,
            pool_use_lifo=True,
            pool_size=database.pool_size,
            pool_timeout=database.connect_timeout_s,
        )
    except NoSuchModuleError as error:
        raise ConfigError(Message(ConfigCode.ARCHIVE_URL_DRIVER, driver=url.drivername)) from error
    except ImportError as error:
        raise ConfigError(Message(ConfigCode.DRIVER_MISSING, driver=url.get_driver_name()), place) from error
    reads = writes.execution_options(isolation_level="AUTOCOMMIT")
    return Engines(reads=reads, writes=writes, place=place, path=None)
