"""The writer lock of an archive on PostgreSQL: an advisory lock, held by a session of its own. Knows no articles.

The server queues those who wait. Each queues anew every few seconds and so goes to the end: the order is not that of arrival, but
nobody waits for ever, since the seconds are drawn anew each time. The server drops the lock when the session ends, however that happens: a killed process, a cut
connection, a failover. So a writer must not trust that it still holds it: ``check`` asks within each transaction (fencing).
Who holds it is told by the session's ``application_name``, which every role may read.
"""

from __future__ import annotations

import math
import os
import random
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from gisa.archive.engines import Engines, OwnSession
from gisa.archive.failures import archive_errors
from gisa.errors import ArchiveError, WriterLocked
from gisa.messages import FolderCode, Message
from gisa.model import SEOUL

_CLASS: Final = 0x67697361
"""The first half of the lock's key: "gisa" in ASCII. The second stands for the schema, since archives may share a database."""
_KEY: Final = "hashtext(current_schema()) & 2147483647"
_NAME_BYTES: Final = 63
"""What PostgreSQL keeps of an ``application_name``; it replaces what is not ASCII."""
_AGAIN_S: Final = 0.5
QUEUE_AGAIN_S: Final = 5.0
"""After so long, or half of it, who waits queues anew: a statement that waits keeps the server from dropping rows that have been
erased since."""
_LOOK_EVERY_S: Final = 0.25
"""How often ``is_wanted`` asks the server; between two looks it repeats its answer."""

_LOCKS: Final = f"FROM pg_locks WHERE locktype = 'advisory' AND classid = {_CLASS} AND objid = ({_KEY})::oid AND "
_TRY: Final = text(f"SELECT pg_try_advisory_lock({_CLASS}, {_KEY})")
_WAIT: Final = text(f"SELECT pg_advisory_lock({_CLASS}, {_KEY})")
_SET: Final = text("SELECT set_config(:name, :value, false) FROM pg_settings WHERE name = :name")
_WHO: Final = "SELECT application_name FROM pg_stat_activity JOIN"
_HOLDER: Final = text(f"{_WHO} (SELECT pid {_LOCKS} granted) AS held USING (pid)")
_IS_HELD_BY: Final = text(f"SELECT EXISTS (SELECT {_LOCKS} granted AND pid = :pid)")
_IS_WAITED_FOR: Final = text(f"SELECT EXISTS (SELECT {_LOCKS} NOT granted)")


class ServerLock:
    """``ports.SharedLock`` in the archive's database. Safe to use from many threads; one of them holds it."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._session: OwnSession | None = None
        self._pid = 0
        self._here = threading.Lock()
        self._waiting_here = 0
        self._asking = threading.Lock()
        self._asked_at, self._was_wanted = -math.inf, False

    @contextmanager
    def hold(self, *, wait_s: float = 0.0, on_wait: Callable[[str], None] | None = None) -> Iterator[None]:
        """See ``ports.SharedLock.hold``."""
        deadline = time.monotonic() + wait_s
        self._wait_here(wait_s, on_wait)
        try:
            self._take(max(deadline - time.monotonic(), 0.0), on_wait)
            try:
                yield
            finally:
                self._let_go()
        finally:
            self._here.release()

    def _wait_here(self, wait_s: float, on_wait: Callable[[str], None] | None) -> None:
        """Keep other threads of this process out. Raises ``WriterLocked`` when the time is up."""
        if self._here.acquire(blocking=False):
            return
        if wait_s > 0 and on_wait is not None:
            on_wait(self.holder() or _UNKNOWN)
        self._waiting_here += 1
        try:
            if not self._here.acquire(timeout=-1 if wait_s == math.inf else wait_s):
                raise self._is_locked()
        finally:
            self._waiting_here -= 1

    @property
    def is_held(self) -> bool:
        """Whether this process took it, and has not let it go."""
        return self._session is not None

    def holder(self) -> str | None:
        """See ``ports.SharedLock.holder``."""
        with archive_errors(self._engines.place), self._engines.reads.connect() as connection:
            name = connection.execute(_HOLDER).scalar()
        return None if name is None else str(name)

    def is_wanted(self) -> bool:
        """See ``ports.SharedLock.is_wanted``. Asks the server four times a second at most; False while it does not answer."""
        if self._waiting_here:
            return True
        with self._asking:
            if time.monotonic() - self._asked_at > _LOOK_EVERY_S:
                with suppress(SQLAlchemyError), self._engines.reads.connect() as connection:
                    self._was_wanted = bool(connection.execute(_IS_WAITED_FOR).scalar())
                self._asked_at = time.monotonic()
            return self._was_wanted

    def check(self, connection: Connection) -> None:
        """Raise ``LockLost`` if this process took the lock and its session has it no more. Takes 0.1 ms of the server."""
        if self.is_held and not connection.execute(_IS_HELD_BY, {"pid": self._pid}).scalar():
            raise LockLost(f"archive {self._engines.place}: the connection that held the writer lock was cut")

    def regain(self, *, within_s: float) -> None:
        """Take the lock again after its session was cut, waiting for a server that comes back and for who holds it meanwhile.

        Raises ``WriterLocked`` or ``ArchiveError`` when the time is up.
        """
        deadline = time.monotonic() + within_s
        self._let_go()
        while True:
            try:
                self._take(max(deadline - time.monotonic(), 0.0), None)
                return
            except ArchiveError:
                if time.monotonic() > deadline:
                    raise
            time.sleep(_AGAIN_S)

    def _take(self, wait_s: float, on_wait: Callable[[str], None] | None) -> None:
        with archive_errors(self._engines.place):
            session = OwnSession(self._engines)
            try:
                for name, value in (
                    ("application_name", _own_name()),
                    ("statement_timeout", "0"),
                    ("idle_session_timeout", "0"),
                ):
                    session.execute(_SET, {"name": name, "value": value})
                if not session.execute(_TRY).scalar():
                    self._queue(session, wait_s, on_wait)
                self._pid = int(session.execute(select(func.pg_backend_pid())).scalar_one())
            except BaseException:
                session.close()
                raise
        self._session = session

    def _queue(self, session: OwnSession, wait_s: float, on_wait: Callable[[str], None] | None) -> None:
        if wait_s > 0 and on_wait is not None:
            on_wait(self.holder() or _UNKNOWN)
        deadline = time.monotonic() + wait_s
        while (left_s := deadline - time.monotonic()) > 0:
            turn_s = QUEUE_AGAIN_S * random.uniform(0.5, 1.0)  # noqa: S311 - no secret: it keeps waiters out of step
            wait_ms = max(int(min(left_s, turn_s) * 1000), 1)
            session.execute(_SET, {"name": "lock_timeout", "value": str(wait_ms)})
            try:
                session.execute(_WAIT)
                return
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) != "55P03":  # lock_not_available: the time is up
                    raise
        raise self._is_locked()

    def _is_locked(self) -> WriterLocked:
        return WriterLocked(Message(FolderCode.LOCKED, holder=self.holder() or _UNKNOWN), self._engines.place)

    def _let_go(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()  # ending the session is what lets go; one that is cut has done so


class LockLost(ArchiveError):
    """The session that held the writer lock is gone: another process may be writing."""


_UNKNOWN: Final = "a process that has just ended"


def _own_name() -> str:
    """``gisa, process 4711 on naru-1, since 2025-12-24T09:00:00``: the seconds' zone is left out, for there is no room."""
    command = Path(sys.argv[0] or "python").name[:12]
    since = datetime.now(SEOUL).strftime("%m-%d %H:%M:%S")
    host = socket.gethostname()[:20]
    return f"{command}, process {os.getpid()} on {host}, since {since}"[:_NAME_BYTES]
