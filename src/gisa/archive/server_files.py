"""The paper's own files in an archive on PostgreSQL: every version of each. Notifies those who follow; reads none of them."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, func, insert, select

from gisa.archive.engines import Engines
from gisa.archive.failures import archive_errors
from gisa.archive.moments import microseconds_of, moment_of
from gisa.archive.server_nodes import CHANNEL
from gisa.archive.tables import COUNTERS, OWN_FILES
from gisa.clock import Clock
from gisa.errors import SharedMeanwhile
from gisa.messages import FolderCode, Message
from gisa.ports import FileEdit
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
_FIRST_SHARED: Final = select(OWN_FILES.c.shared_at).order_by(OWN_FILES.c.version).limit(1)
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

    def origin(self) -> str:
        """See ``ports.SharedFiles.origin``: when the first version was shared, which no copy of the files repeats."""
        with archive_errors(self._engines.place), self._engines.reads.connect() as connection:
            return str(connection.execute(_FIRST_SHARED).scalar() or "")

    def share(self, edits: Sequence[FileEdit]) -> list[SharedFile]:
        """See ``ports.SharedFiles.share``."""
        if not edits:
            return []  # a role that may only read can say so
        made_at, made_by = self._clock(), socket.gethostname()
        done = []
        with archive_errors(self._engines.place), self._engines.writes.begin() as connection:
            connection.execute(_ONE_AT_A_TIME)
            last = connection.execute(_LAST).scalar() or 0
            for version, edit in enumerate(edits, last + 1):
                newest = connection.execute(_NEWEST_OF, {"name": edit.name}).scalar() or 0
                if newest != edit.base:
                    raise SharedMeanwhile(_overtaken(edit, newest), f"archive {self._engines.place}")
                row = {"version": version, "name": edit.name, "content": edit.content}
                connection.execute(
                    insert(OWN_FILES), row | {"shared_at": microseconds_of(made_at), "shared_by": made_by}
                )
                done.append(SharedFile(edit.name, version, edit.content, made_at, made_by))
            connection.execute(select(func.pg_notify(CHANNEL, "")))  # heard when this transaction commits
        return done


def _overtaken(edit: FileEdit, newest: int) -> Message:
    if not edit.base:
        return Message(FolderCode.WORDS_WITHOUT_BASE, name=edit.name, newest=newest)
    return Message(FolderCode.WORDS_OVERTAKEN, name=edit.name, newest=newest, base=edit.base)
