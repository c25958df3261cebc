"""Brings a database to this version's schema, or says why it cannot. Imports alembic only when there is work."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, inspect, select

from gisa.archive.engines import Engines
from gisa.archive.failures import archive_errors
from gisa.archive.tables import METADATA, SCHEMA_VERSION
from gisa.errors import ArchiveError, SchemaError
from gisa.messages import FolderCode, Message

HEAD: Final = "0008"
"""The newest migration. Written here too, so that opening an archive needs no alembic (its import takes 0.2 s)."""

MIGRATIONS: Final = Path(__file__).parent / "migrations"

_ADVISORY_LOCK: Final = 0x67697361
"""On PostgreSQL, held by whoever migrates ("gisa" in ASCII); SQLite's transaction holds the file itself."""

_ALEMBIC: Final = threading.Lock()
"""Alembic keeps the connection it works on in a global of its own; threads that open other archives wait."""


def prepare_schema(engines: Engines, *, create: bool, read_only: bool) -> None:
    """See that the database has the newest schema, making or migrating it in one transaction when it has not.

    Several processes may do so at once. Raises ``SchemaError`` for a schema this version of Gisa does not know
    and ``ArchiveError`` when there is no archive and none may be made.
    """
    with archive_errors(engines.place):
        with engines.reads.connect() as connection:
            # Looked at once: another process may be making the tables at this moment.
            tables = set(inspect(connection).get_table_names())
            found = _version(connection, tables)
            if found == HEAD:
                return
            if found is None:
                _check_is_vacant(tables, engines, may_create=create and not read_only)
        _check_is_known(found, engines.place)
        if read_only:
            raise SchemaError(Message(FolderCode.SCHEMA_OLDER, found=str(found), known=HEAD), engines.place)
        with engines.writes.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
            tables = set(inspect(connection).get_table_names())
            if _version(connection, tables) != HEAD:  # another process may have been faster
                with _ALEMBIC:
                    _upgrade(connection)


def _version(connection: Connection, tables: set[str]) -> str | None:
    """The revision the database stands at; None when it has never been an archive."""
    if SCHEMA_VERSION.name not in tables:
        return None
    return str(connection.execute(select(SCHEMA_VERSION.c.version_num)).scalar() or "unknown")


def _check_is_vacant(tables: set[str], engines: Engines, *, may_create: bool) -> None:
    if not may_create:
        raise ArchiveError(f"archive {engines.place}: the database is empty — add articles with `gisa add` first")
    # A server's database may be shared with others; a file is somebody else's as soon as it holds any table.
    strange = sorted(tables if engines.path is not None else tables & METADATA.tables.keys())
    if strange:
        raise ArchiveError(
            f"archive {engines.place}: the database holds tables that are not Gisa's ({', '.join(strange)}) — "
            "name another file or database in archive_url"
        )


def _check_is_known(found: str | None, place: str) -> None:
    if found is None:
        return
    if found not in known_revisions():
        raise SchemaError(Message(FolderCode.SCHEMA_NEWER, found=found, known=HEAD), place)


def known_revisions() -> list[str]:
    """Every migration this version ships, oldest first."""
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory(MIGRATIONS).walk_revisions()][::-1]


def _upgrade(connection: Connection) -> None:
    """Run what is missing inside the connection's transaction: all of it happens, or nothing."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(MIGRATIONS)
    with EnvironmentContext(
        Config(),
        scripts,
        fn=lambda current, _: scripts._upgrade_revs(HEAD, current),  # noqa: SLF001 — as alembic's own `upgrade` does
        destination_rev=HEAD,
    ) as environment:
        environment.configure(connection=connection, version_table=SCHEMA_VERSION.name)
        environment.run_migrations()
