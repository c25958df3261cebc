"""The paper's own files in an archive on PostgreSQL: every version of each, and a word to those who follow. Reads none of them."""

from __future__ import annotations

import socket
from typing import Final

from sqlalchemy import bindparam, func, insert, select

from gisa.archive.engines import Engines
from gisa.archive.failures import archive_errors
from gisa.archive.moments import microseconds_of, moment_of
from gisa.archive.server_nodes import CHANNEL
from gisa.archive.tables import COUNTERS, OWN_FILES
from gisa.clock import Clock
from gisa.errors import SharedMeanwhile
from gisa.reports import SharedFile

_NEWEST: Final = select(func.max(OWN_FILES.c.version)).group_by(OWN_FILES.c.name)
_AFTER: Final = (
    select(OWN_FILES.c.name, OWN_FILES.c.version, OWN_FILES.c.content, OWN_FILES.c.shared_at, OWN_FILES.c.shared_by)
    .where(OWN_FILES.c.version > bindparam("after"), OWN_FILES.c.version.in_(_NEWEST))
    .order_by(OWN_FILES.c.version)
)
_VERSION_OF: Final = select(func.max(OWN_FILES.c.version)).where(
    OWN_FILES.c.name == bindparam("name"), OWN_FILES.c.content == bindparam("content")
)
_NEWEST_OF: Final = select(func.max(OWN_FILES.c.version)).where(OWN_FILES.c.name == bindparam("name"))
_LAST: Final = select(func.max(OWN_FILES.c.version))
_ONE_AT_A_TIME: Final = select(COUNTERS.c.last_seq).with_for_update()


class Files:
    """``ports.SharedFiles`` on PostgreSQL."""

    def __init__(self, engines: Engines, *, clock: Clock) -> None:
        self._engines, self._clock = engines, clock

    def newest(self, *, after: int = 0) -> list[SharedFile]:
        """See ``ports.SharedFiles.newest``."""
        with archive_errors(self._engines.place), self._engines.reads.connect() as connection:
            rows = connection.execute(_AFTER, {"after": after}).all()
        return [SharedFile(name, version, content, moment_of(at), by) for name, version, content, at, by in rows]

    def version_of(self, name: str, content: bytes) -> int | None:
        """See ``ports.SharedFiles.version_of``."""
        with archive_errors(self._engines.place), self._engines.reads.connect() as connection:
            found: int | None = connection.execute(_VERSION_OF, {"name": name, "content": content}).scalar()
        return found

    def share(self, name: str, content: bytes, *, base: int) -> SharedFile:
        """See ``ports.SharedFiles.share``."""
        made_at, made_by = self._clock(), socket.gethostname()
        with archive_errors(self._engines.place), self._engines.writes.begin() as connection:
            connection.execute(_ONE_AT_A_TIME)
            if (newest := connection.execute(_NEWEST_OF, {"name": name}).scalar() or 0) != base:
                raise SharedMeanwhile(
                    f"archive {self._engines.place}: {name} is version {newest} there, and yours was made from "
                    f"{f'version {base}' if base else 'none of them'}"
                )
            version = (connection.execute(_LAST).scalar() or 0) + 1
            shared = {"shared_at": microseconds_of(made_at), "shared_by": made_by}
            connection.execute(insert(OWN_FILES), {"version": version, "name": name, "content": content} | shared)
            connection.execute(select(func.pg_notify(CHANNEL, "")))  # heard when this transaction commits
        return SharedFile(name, version, content, made_at, made_by)
