"""Who follows an archive on PostgreSQL, and how they hear of changes: NOTIFY, and asking where that is lost. Follows nothing itself.

A node keeps one session that listens, and says in its ``application_name`` up to which change it answers and by which version
of the paper's files. So presence ends with the process, nothing is written, and a role that may only read can be a node.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from gisa.archive.engines import Engines, OwnSession
from gisa.archive.failures import archive_errors
from gisa.archive.server_lock import ServerLock
from gisa.ports import ChangeWatch, SharedFiles
from gisa.reports import NodeState

log: Final = logging.getLogger("gisa.archive")

CHANNEL: Final = "gisa_changes"
"""Notified by every transaction that writes changes. Archives that share a database wake each other's nodes, which costs a look."""

_SAY: Final = text(
    "SELECT set_config('application_name', 'gisa node ' || hashtext(current_schema()) || ' ' || :held || ' ' || :node, false)"
)
_NODES: Final = text(
    "SELECT application_name FROM pg_stat_activity WHERE datname = current_database() "
    "AND starts_with(application_name, 'gisa node ' || hashtext(current_schema()) || ' ')"
)
_SAID: Final = re.compile(r"gisa node -?\d+ (?P<held>\d+) (?P<version>\d+) (?P<name>.*)")
_OTHERWISE: Final = re.compile(r"gisa node -?\d+ (?P<name>.*)")


class Sharing:
    """``ports.SharedArchive`` on PostgreSQL."""

    def __init__(self, engines: Engines, *, lock: ServerLock, files: SharedFiles) -> None:
        self._engines = engines
        self.lock, self.files = lock, files

    @contextmanager
    def watch(self, node: str) -> Iterator[ChangeWatch]:
        """See ``ports.SharedArchive.watch``."""
        watch = _Watch(self._engines, node)
        try:
            yield watch
        finally:
            watch.close()

    def nodes(self) -> list[NodeState]:
        """See ``ports.SharedArchive.nodes``. PostgreSQL cuts what a node says at 63 bytes; nodes whose names agree then are one.

        A server of another version of Gisa may say it otherwise: it counts as one that holds nothing, so that a takedown names it.
        """
        held: dict[str, tuple[int, int]] = {}
        with archive_errors(self._engines.place), self._engines.reads.connect() as connection:
            for (said,) in connection.execute(_NODES):
                name, numbers = _node_of(said)
                change_seq, version = held.get(name, numbers)
                held[name] = min(numbers[0], change_seq), min(numbers[1], version)
        return [NodeState(name, *numbers) for name, numbers in sorted(held.items())]


def _node_of(said: str) -> tuple[str, tuple[int, int]]:
    """A node's name; up to which change it answers, and by which version of the paper's files."""
    if (read := _SAID.fullmatch(said)) is not None:
        return read["name"], (int(read["held"]), int(read["version"]))
    otherwise = _OTHERWISE.fullmatch(said)
    return otherwise["name"] if otherwise is not None else said, (0, 0)


class _Watch:
    """A session that listens; opened anew when it was cut."""

    def __init__(self, engines: Engines, node: str) -> None:
        self._engines, self._node = engines, node
        self._session: OwnSession | None = None
        self._said = ""

    def wait(self, timeout_s: float) -> None:
        deadline = time.monotonic() + timeout_s
        try:
            for _ in self._listening().driver.notifies(timeout=timeout_s, stop_after=1):
                return
        except (SQLAlchemyError, self._engines.reads.dialect.loaded_dbapi.Error) as error:
            log.debug("%s: not listening: %s", self._engines.place, error)
            self.close()
            time.sleep(max(deadline - time.monotonic(), 0.0))

    def say(self, change_seq: int, *, words_version: int) -> None:
        held = f"{change_seq} {words_version}"
        if held == self._said:
            return
        with archive_errors(self._engines.place):
            try:
                self._listening().execute(_SAY, {"held": held, "node": self._node})
            except SQLAlchemyError:
                self.close()
                raise
        self._said = held

    def close(self) -> None:
        session, self._session, self._said = self._session, None, ""
        if session is not None:
            session.close()

    def _listening(self) -> OwnSession:
        if self._session is None:
            session = OwnSession(self._engines)
            try:
                session.execute(text(f"LISTEN {CHANNEL}"))
            except BaseException:
                session.close()
                raise
            self._session = session
        return self._session
