"""Reads Parquet and Arrow files by arro3, batch by batch. An extra (``gisa[parquet]``), imported late."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any, Final

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.model import Draft, Item
from gisa.sources.byte_reader import ByteReader
from gisa.sources.format import Fit, Format, Origin
from gisa.sources.names import NEEDED, Renaming, lacking_fields
from gisa.sources.source import FileSource
from gisa.sources.spooling import seekable

_PARQUET: Final = b"PAR1"
_ARROW: Final = b"ARROW1"
_ROWS: Final = 1_000
"""Rows of a batch that are made Python objects at a time."""


class ParquetSource(FileSource):
    """The drafts of a file; a draft's place is ``name#row``, from 1.

    Raises ``SourceError`` on construction if arro3 is not installed, the file is damaged, or its columns are no article's.
    """

    def __init__(self, reader: ByteReader, origin: Origin) -> None:
        super().__init__(reader)
        is_arrow = reader.head(6) == _ARROW
        self._file: IO[bytes] = seekable(reader, origin)
        try:
            self._batches = _open(self._file, reader.name, is_arrow=is_arrow)
            self._renaming = Renaming(origin.names)
            self._columns = tuple(field.name for field in self._batches.schema)
            self._check_columns()
        except BaseException:
            self._file.close()
            raise

    def __iter__(self) -> Iterator[Item]:
        number = 0
        while True:
            try:
                batch = self._batches.read_next_batch()
            except StopIteration:
                break
            except BaseException as error:
                raise _damage(error, self.name, after=number) from error
            for start in range(0, batch.num_rows, _ROWS):
                rows = batch.slice(start, min(_ROWS, batch.num_rows - start))
                columns = [rows.column(at).to_pylist() for at in range(len(self._columns))]
                for cells in zip(*columns, strict=True):
                    number += 1
                    record = {name: cell for name, cell in zip(self._columns, cells, strict=True) if cell is not None}
                    if record and (fields := self._renaming.apply(record)) is not None:
                        yield Draft(fields, f"{self.name}#{number}")
        yield from self._renaming.remarks(self.name)

    def position(self) -> int:
        return self.total_bytes or 0

    def close(self) -> None:
        self._file.close()
        super().close()

    def _check_columns(self) -> None:
        fields = self._renaming.fields_in(self._columns)
        if not fields.issuperset(NEEDED) and "removed" not in fields:
            lacking, cells = lacking_fields(fields), ", ".join(self._columns[:12])
            raise SourceError(
                Message(SourceCode.COLUMNS_LACK, cells=cells, fields=lacking.fields, example=lacking.example), self.name
            )


def _open(file: IO[bytes], name: str, *, is_arrow: bool) -> Any:
    try:
        from arro3.io import read_ipc, read_parquet
    except ImportError:
        raise SourceError(Message(SourceCode.PARQUET_MISSING), name) from None
    magic = _ARROW if is_arrow else _PARQUET
    file.seek(-min(len(magic), file.seek(0, io.SEEK_END)), io.SEEK_END)
    if file.read() != magic:
        raise SourceError(Message(SourceCode.PARQUET_SHORT), name)
    file.seek(0)
    try:
        return read_ipc(file) if is_arrow else read_parquet(file)
    except BaseException as error:
        raise _damage(error, name) from error


def _damage(error: BaseException, name: str, *, after: int | None = None) -> BaseException:
    """What to raise for an error of arro3, whose kinds are many: a panic of its Rust is no ``Exception``."""
    if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
        return error
    said = str(error)[:80]
    if after is None:
        return SourceError(Message(SourceCode.PARQUET_DAMAGED, error=said), name)
    return SourceError(Message(SourceCode.PARQUET_ROWS_DAMAGED, row=after, error=said), name)


FORMAT: Final = Format(
    name="parquet",
    title="Parquet",
    endings=(".parquet", ".arrow", ".feather"),
    media_types=("application/vnd.apache.parquet", "application/vnd.apache.arrow.file"),
    sniff=lambda head: Fit.SURE if head.data.startswith((_PARQUET, _ARROW)) else Fit.NO,
    open=ParquetSource,
)
