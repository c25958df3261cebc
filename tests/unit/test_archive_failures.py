"""What a database driver's error is told as."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from gisa.archive.failures import archive_errors
from gisa.errors import ArchiveError


class ServerError(Exception):
    """A driver's error with the server's code, as psycopg raises it."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("server says no\nDETAIL: more")
        self.sqlstate = sqlstate


class _Named(sqlite3.OperationalError):
    """SQLite's error with its extended result code."""

    def __init__(self, code: int) -> None:
        super().__init__("engine says no")
        self.sqlite_errorcode = code


def told(cause: BaseException) -> str:
    """The message for an error with this cause."""
    with pytest.raises(ArchiveError) as raised, archive_errors("news.sqlite"):
        raise DBAPIError("SELECT 1", {}, cause)
    return str(raised.value)


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (sqlite3.SQLITE_FULL, "the disk is full"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "it may not be written to"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "another process keeps it locked"),
        (sqlite3.SQLITE_CORRUPT_VTAB, "the file is damaged"),
        (sqlite3.SQLITE_IOERR_READ, "the disk failed to read or write"),
    ],
)
def test_sqlites_codes_are_told_with_what_to_do(code: int, advice: str) -> None:
    """The primary code, the low byte of an extended one, decides; SQLite's own words follow."""
    assert told(_Named(code)).startswith(f"archive news.sqlite: {advice}")
    assert told(_Named(code)).endswith("(engine says no)")


@pytest.mark.parametrize(
    ("sqlstate", "advice"),
    [
        ("08006", "the connection was lost or refused"),
        ("25006", "the server takes no writes"),
        ("28P01", "the server refused the login"),
        ("53100", "the server's disk is full"),
        ("57P01", "the server stopped the work"),
    ],
)
def test_postgresqls_codes_are_told_with_what_to_do(sqlstate: str, advice: str) -> None:
    """The whole code, or else its class; the first line of the server's words follows."""
    assert told(ServerError(sqlstate)).startswith(f"archive news.sqlite: {advice}")
    assert told(ServerError(sqlstate)).endswith("(server says no)")


@pytest.mark.parametrize("cause", [_Named(sqlite3.SQLITE_MISUSE), ServerError("22012"), ServerError("25001")])
def test_an_unknown_code_is_told_in_the_drivers_words(cause: Exception) -> None:
    """Nothing is advised that was not meant for this error."""
    assert told(cause) == f"archive news.sqlite: {str(cause).splitlines()[0]}"


def test_a_server_that_does_not_answer_is_told_as_such() -> None:
    """A connection that fails has no code; only the driver's class says so."""

    class OperationalErrorOfTheDriver(Exception):
        pass

    OperationalErrorOfTheDriver.__name__ = "OperationalError"

    assert "the server did not answer" in told(OperationalErrorOfTheDriver("timeout"))
    assert "the server did not answer" not in told(ValueError("timeout"))


def test_an_error_without_words_is_told_by_its_name() -> None:
    """There is always something to read, and the cause is chained."""
    with pytest.raises(ArchiveError) as raised, archive_errors("x"):
        raise OperationalError("SELECT 1", {}, ValueError())

    assert str(raised.value) == "archive x: ValueError"
    assert isinstance(raised.value.__cause__, OperationalError)


def test_an_error_of_sqlalchemy_itself_is_told_in_one_line() -> None:
    """An error that no driver raised, too, leaves as an archive's."""
    with pytest.raises(ArchiveError, match=r"^archive x: cannot parse$"), archive_errors("x"):
        raise ArgumentError("cannot parse\nBackground on this error")


def test_bugs_stay_bugs() -> None:
    """What is no database's error passes through as it is."""
    with pytest.raises(KeyError), archive_errors("x"):
        raise KeyError("a")
