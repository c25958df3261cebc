"""Turns what a database driver raises into ``ArchiveError``: what happened, where, and what to do about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from gisa.errors import ArchiveError

_SQLITE: Final = {
    sqlite3.SQLITE_FULL: "the disk is full — free some space and run it again; nothing was half-written",
    sqlite3.SQLITE_READONLY: "it may not be written to — check the owner and permissions of the file and its folder",
    sqlite3.SQLITE_PERM: "it may not be opened — check the owner and permissions of the file and its folder",
    sqlite3.SQLITE_BUSY: "another process keeps it locked — wait for that one or end it, then run it again",
    sqlite3.SQLITE_LOCKED: "another process keeps it locked — wait for that one or end it, then run it again",
    sqlite3.SQLITE_CORRUPT: "the file is damaged — `gisa backup` copies what reads, to be put into a new folder with `gisa restore`",
    sqlite3.SQLITE_NOTADB: "the file is not an SQLite database — move it away, or name the right file in archive_url",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened — check that its folder is there, that this user may write in it, and that "
    "the disk is not read-only with a log (…-wal) left to replay",
    sqlite3.SQLITE_IOERR: "the disk failed to read or write — check the disk; nothing was half-written",
    sqlite3.SQLITE_TOOBIG: "an article is larger than the database takes — shorten it or leave it out",
}
"""By primary result code (https://www.sqlite.org/rescode.html)."""

_POSTGRESQL: Final = {
    "08": "the connection was lost or refused — check that the server runs and can be reached",
    "25006": "the server takes no writes (a standby, or set read-only) — name the primary server in archive_url",
    "28": "the server refused the login — check user and password in archive_url",
    "3D000": "there is no such database — create it with `createdb`",
    "42501": "this user lacks the rights — grant it the schema's tables, or CREATE on the schema for a first run",
    "53100": "the server's disk is full — free some space and run it again; nothing was half-written",
    "53300": "the server has no connection to spare — raise max_connections or run fewer processes",
    "55P03": "another process keeps it locked — wait for that one or end it, then run it again",
    "57": "the server stopped the work or is shutting down — run it again when it is back; nothing was half-written",
    "XX": "the server found its data damaged — see the server's log, restore from a backup",
}
"""By SQLSTATE or its class (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""

_NO_SQLSTATE: Final = "the server did not answer — check that it runs and that archive_url names its host and port"


@contextmanager
def archive_errors(place: str) -> Iterator[None]:
    """Within it every error of SQLAlchemy and its drivers leaves as ``ArchiveError`` naming the place, chained."""
    try:
        yield
    except SQLAlchemyError as error:
        raise ArchiveError(f"archive {place}: {_explain(error)}") from error


def is_damage(error: ArchiveError) -> bool:
    """True if an error means that stored data cannot be read; False if the database does not answer now."""
    cause = error.__cause__
    if not isinstance(cause, DBAPIError):
        return not isinstance(cause, SQLAlchemyError)  # ours: a row that is no article
    if isinstance(cause.orig, sqlite3.Error):
        is_corrupt = getattr(cause.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT
        return is_corrupt or "Could not decode to UTF-8" in str(cause.orig)
    return str(getattr(cause.orig, "sqlstate", "")).startswith("XX")


def is_cut(error: ArchiveError) -> bool:
    """Whether the server went away, or is taken over by another one: the same may work in a moment."""
    cause = error.__cause__
    if not isinstance(cause, DBAPIError) or isinstance(cause.orig, sqlite3.Error):
        return False
    sqlstate = getattr(cause.orig, "sqlstate", None)
    if sqlstate is None:
        return cause.connection_invalidated or type(cause.orig).__name__ == "OperationalError"
    return str(sqlstate).startswith(("08", "57P")) or sqlstate == "25006"  # the old primary, as a standby now


def _explain(error: SQLAlchemyError) -> str:
    """What happened and what to do, in the driver's own words if the code is not known."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    if cause is None:
        return str(error).splitlines()[0]
    words = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
    advice = None
    if isinstance(cause, sqlite3.Error):
        # The low byte is the primary code; the rest says more than a caller can act upon.
        advice = _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    elif (sqlstate := getattr(cause, "sqlstate", None)) is not None:
        advice = _POSTGRESQL.get(sqlstate) or _POSTGRESQL.get(sqlstate[:2])
    elif isinstance(error, DBAPIError) and type(cause).__name__ == "OperationalError":
        advice = _NO_SQLSTATE
    return f"{advice} ({words})" if advice else words
