"""Reads the rows of a query on any database that SQLAlchemy speaks to, as drafts. Keeps nothing between two runs.

The driver is the user's to install (``pip install pymysql``); SQLite's is there, PostgreSQL's comes with ``gisa[postgres]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, TextClause, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.model import Draft, Item
from gisa.sources.names import NEEDED, Renaming, lacking_fields
from gisa.sources.source import Source

Mark = str | int | float | datetime | date
"""The largest value of the watermark column that has been read."""
_AT_ONCE: Final = 500
"""Rows that are fetched at a time: a few MB."""
_ROWS: Final = "gisa_rows"


class DatabaseSource(Source):
    """The drafts of a query's rows, by their watermark, then as the database gives them; a place is ``address#row``.

    Raises ``SourceError`` on construction if the database cannot be asked, or its columns are no article's.
    """

    def __init__(
        self,
        url: str,
        query: str,
        *,
        watermark: str | None = None,
        after: Mark | None = None,
        names: Mapping[str, str] | None = None,
    ) -> None:
        """``watermark``: the column that says when a row changed. ``after``: only rows at or above this value of it."""
        self.name = shown_database(url)
        self._query, self._watermark, self._after = query.strip().rstrip(";").rstrip(), watermark, after
        self._renaming = Renaming(names)
        self._read = 0
        self.mark = after
        """The largest watermark so far, for ``after`` of the next run."""
        self._engine = _engine(url, self.name)
        try:
            self._columns = self._look_at_columns()
        except BaseException:
            self._engine.dispose()
            raise

    @property
    def total_bytes(self) -> int | None:
        return None

    def position(self) -> int:
        return self._read

    def __iter__(self) -> Iterator[Item]:
        where, given = "", {}
        if self._watermark is not None:
            column = self._quoted(self._watermark)
            if self._after is not None:
                # at or above: rows that came in the same second as the last one were perhaps not read yet
                where, given = f" WHERE {column} >= :gisa_after", {"gisa_after": self._after}
            where += f" ORDER BY {column}"
        with self._asking() as connection:
            rows = connection.execution_options(stream_results=True, yield_per=_AT_ONCE).execute(
                self._select("*", where), given
            )
            for number, row in enumerate(rows.mappings(), start=1):
                self._read = number
                record = {name: _plain(value) for name, value in row.items() if value is not None}
                if self._watermark is not None and (mark := record.get(self._watermark)) is not None:
                    self.mark = mark
                if record and (fields := self._renaming.apply(record)) is not None:
                    yield Draft(fields, f"{self.name}#{number}")
        yield from self._renaming.remarks(self.name)

    @property
    def key(self) -> str | None:
        """The field that a row is known by: ``id``, or ``url``; None if the query gives neither."""
        return next((field for field in ("id", "url") if self._column_of(field) is not None), None)

    def keys(self) -> Iterator[str]:
        """The keys of all rows, whatever their watermark. Nothing if rows have none."""
        column = self._column_of(self.key) if self.key is not None else None
        if column is None:
            return
        with self._asking() as connection:
            asked = self._select(self._quoted(column))
            for (value,) in connection.execution_options(stream_results=True, yield_per=_AT_ONCE).execute(asked):
                if value is not None:
                    yield str(_plain(value))

    def close(self) -> None:
        self._engine.dispose()

    def _look_at_columns(self) -> Sequence[str]:
        with self._asking() as connection:
            asked = self._select("*", " WHERE 1 = 0")
            columns = tuple(connection.execute(asked).keys())
        fields = self._renaming.fields_in(columns)
        if not fields.issuperset(NEEDED) and "removed" not in fields:
            lacking, cells = lacking_fields(fields), ", ".join(columns[:12])
            raise SourceError(
                Message(SourceCode.COLUMNS_LACK, cells=cells, fields=lacking.fields, example=lacking.example), self.name
            )
        if self._watermark is not None and self._watermark not in columns:
            raise SourceError(
                Message(SourceCode.DATABASE_NO_WATERMARK, column=self._watermark, cells=", ".join(columns[:12])),
                self.name,
            )
        return columns

    def _select(self, what: str, rest: str = "") -> TextClause:
        """The user's own query as a table; a colon in it is no parameter."""
        query = self._query.replace(":", r"\:")
        return text(f"SELECT {what} FROM (\n{query}\n) {_ROWS}{rest}")  # noqa: S608 - it is the user's own

    def _column_of(self, field: str | None) -> str | None:
        return next((column for column in self._columns if self._renaming.fields_in([column]) == {field}), None)

    def _quoted(self, column: str) -> str:
        return self._engine.dialect.identifier_preparer.quote(column)

    def _asking(self) -> _Asking:
        return _Asking(self._engine, self.name)


class _Asking:
    """A connection whose errors are ``SourceError``; nothing it does is written."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine, self._name = engine, name
        self._connection: Connection | None = None

    def __enter__(self) -> Connection:
        try:
            self._connection = self._engine.connect()
        except (SQLAlchemyError, OSError) as error:
            raise self._failure(error) from error
        return self._connection

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if self._connection is not None:
            self._connection.close()
        if isinstance(error, SQLAlchemyError):
            raise self._failure(error) from error

    def _failure(self, error: Exception) -> SourceError:
        said = str(getattr(error, "orig", None) or error).split("\n")[0][:200]
        return SourceError(Message(SourceCode.DATABASE_FAILED, error=said), self._name)


def is_database(location: str) -> bool:
    """Whether a location is an address as SQLAlchemy writes it, of a database that it knows: ``mysql+pymysql://…``."""
    scheme = re.match(r"([a-z0-9]+)(?:\+[a-z0-9_]+)?://", location)
    return scheme is not None and scheme[1] in {"sqlite", "mysql", "mariadb", "postgresql", "oracle", "mssql"}


def shown_database(url: str) -> str:
    """The address without its password and user. Raises ``SourceError`` if it is none."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SourceError(Message(SourceCode.DATABASE_STRANGE), re.sub(r"//[^@/]*@", "//", url)) from error
    bare = URL.create(parsed.drivername, host=parsed.host, port=parsed.port, database=parsed.database)
    return bare.render_as_string()


def _engine(url: str, name: str) -> Engine:
    try:
        return create_engine(url)
    except NoSuchModuleError as error:
        raise SourceError(Message(SourceCode.DATABASE_STRANGE), name) from error
    except ModuleNotFoundError as error:
        raise SourceError(Message(SourceCode.DATABASE_DRIVER, module=error.name or ""), name) from error


def _plain(value: Any) -> Any:
    """A cell as formats give theirs: no types of the database's own."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return value
