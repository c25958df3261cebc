"""The SQLite file in which a follower keeps what it made of the archive. Knows nothing of what that is.

A row of the table ``about`` says by which rules the file was built and up to which change: written in the same transaction
as what the changes brought, so a crash leaves both or neither.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from gisa.durable import share
from gisa.errors import SearchIndexError

_BUSY_TIMEOUT_S: Final = 10.0
_READ_TIMEOUT_S: Final = 0.5
_ABOUT: Final = """
CREATE TABLE about (one INTEGER PRIMARY KEY CHECK (one = 1), fingerprint TEXT NOT NULL, change_seq INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class FollowerFile:
    """One file, which may come, go and be replaced at any time. One process writes it, any number read it."""

    path: Path
    schema: str
    """``CREATE`` statements of its own tables."""
    fingerprint: str
    """By which rules it is built; a file of other rules is not used."""

    @classmethod
    def built_by(cls, rules: str, *, path: Path, schema: str) -> Self:
        """The file at a path as it is built by these rules, told by a digest of them."""
        return cls(path, schema, hashlib.blake2b(rules.encode(), digest_size=8).hexdigest())

    @property
    def change_seq(self) -> int:
        """The last change it holds; -1 if there is no usable one."""
        try:
            with closing(self.reading()) as store:
                return self.change_seq_in(store)
        except sqlite3.Error:
            return -1

    def change_seq_in(self, store: sqlite3.Connection) -> int:
        """As ``change_seq``, of an open file. Raises ``sqlite3.Error``."""
        about = store.execute("SELECT fingerprint, change_seq FROM about").fetchone()
        return int(about[1]) if about is not None and about[0] == self.fingerprint else -1

    @property
    def stamp(self) -> Hashable:
        """Changes whenever what the file holds may have. Asks the file system twice: 5 µs."""
        path = str(self.path)
        return _stamp(path), _stamp(path + "-wal")

    def reading(self) -> sqlite3.Connection:
        """Raises ``sqlite3.Error`` if there is no file. May be closed by another thread than the one that uses it."""
        uri = self.path.absolute().as_uri() + "?mode=ro"
        return sqlite3.connect(uri, uri=True, timeout=_READ_TIMEOUT_S, isolation_level=None, check_same_thread=False)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The file that is there; a missing one is not made. Raises ``sqlite3.Error``."""
        with closing(_open(self.path)) as store:
            yield store

    def rebuild(self, fill: Callable[[sqlite3.Connection], None]) -> None:
        """Fill a new file beside the one that serves, then swap. Raises ``SearchIndexError`` if it can be neither
        written nor removed: it would go on offering what the archive no longer holds."""
        beside = self.path.with_name("new-" + self.path.name)
        try:
            try:
                with closing(self._create(beside)) as store:
                    fill(store)
                _discard(self.path)
                os.replace(beside, self.path)
            finally:
                with suppress(OSError):
                    _discard(beside)
        except (sqlite3.Error, OSError) as error:
            try:
                _discard(self.path)
            except OSError:
                raise SearchIndexError(f"{self.path}: cannot be written: {error} — remove it by hand") from error

    def problems(self) -> Iterator[str]:
        """What is wrong with the file, one sentence each; nothing if there is none."""
        if not self.path.exists():
            return
        try:
            with closing(self.reading()) as store:
                wrong = [str(what) for (what,) in store.execute("PRAGMA integrity_check(10)")]
        except sqlite3.Error as error:
            wrong = [str(error)]
        yield from (f"{self.path}: {what}" for what in wrong if what != "ok")

    def _create(self, path: Path) -> sqlite3.Connection:
        _discard(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        share(path)  # its log and shared memory take its permissions
        store = _open(path)
        store.executescript(self.schema + _ABOUT)
        store.execute("INSERT INTO about VALUES (1, ?, 0)", (self.fingerprint,))
        return store


class Reader:
    """Reads one file that may come, go and be replaced, by a connection for each thread: to open one takes 0.2 ms.

    Safe from many threads.
    """

    def __init__(self, file: FollowerFile) -> None:
        """Opens nothing yet."""
        self._file = file
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: set[sqlite3.Connection] = set()

    def store(self) -> sqlite3.Connection | None:
        """This thread's connection to the file that is at the path now; None if there is none. Raises ``sqlite3.Error``."""
        try:
            stat = os.stat(self._file.path)
        except OSError:
            self.drop()
            return None
        stamp = (stat.st_dev, stat.st_ino)
        if getattr(self._local, "stamp", None) != stamp:
            self.drop()
            connection = self._file.reading()
            with self._lock:
                self._open.add(connection)
            self._local.connection, self._local.stamp = connection, stamp
        store: sqlite3.Connection = self._local.connection
        return store

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """What a question finds; nothing if there is no usable file."""
        try:
            store = self.store()
            return list(store.execute(sql, values)) if store and self._file.change_seq_in(store) >= 0 else []
        except sqlite3.Error:
            self.drop()
            return []

    def drop(self) -> None:
        """Close this thread's connection; the next question opens another."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        self._local.connection = self._local.stamp = None
        if connection is not None:
            with self._lock:
                self._open.discard(connection)
            with suppress(sqlite3.Error):
                connection.close()

    def close(self) -> None:
        """Close every thread's."""
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()


@contextmanager
def taking_in(store: sqlite3.Connection, *, change_seq: int) -> Iterator[None]:
    """One transaction for what the changes up to ``change_seq`` bring and take away, and for that number."""
    store.execute("BEGIN IMMEDIATE")
    try:
        yield
        store.execute("UPDATE about SET change_seq = ?", (change_seq,))
        store.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            store.execute("ROLLBACK")
        raise


def _stamp(path: str) -> Hashable:
    """None for an empty file as for none: the first reader makes an empty log, which changes no answer."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns, found.st_size) if found.st_size else None


def _open(path: Path) -> sqlite3.Connection:
    if not path.exists():
        raise sqlite3.OperationalError(f"{path} is not there")
    store = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
    # What the machine's end may take (NORMAL) is followed again: it goes together with the change_seq.
    store.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = FAST;")
    return store


def _discard(path: Path) -> None:
    """The database first: without it nobody opens what is left."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
