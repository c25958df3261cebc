"""Parquet for pandas, DuckDB and Spark, by arro3: one text column a chosen column. An extra, imported late."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from gisa.errors import ExportInvalid
from gisa.exports.record import Colophon, Column
from gisa.model import Article

_BATCH: Final = 5_000
_CHUNK_BYTES: Final = 64 * 1024


def write(articles: Iterable[Article], columns: Sequence[Column], colophon: Colophon) -> Iterator[bytes]:
    """The file's bytes, zstd inside; the colophon is the file's key-value metadata.

    Articles go to a temporary file in batches of 5,000. Raises ``ExportInvalid`` if arro3 is not installed.
    """
    try:
        from arro3.core import Array, DataType, Field, RecordBatch, RecordBatchReader, Schema
        from arro3.io import write_parquet
    except ImportError:
        raise ExportInvalid("Parquet needs arro3 — run `pip install 'gisa[parquet]'`") from None
    text = DataType.utf8()
    schema = Schema([Field(column.name, text, nullable=True) for column in columns])

    def batches() -> Iterator[Any]:
        remaining = iter(articles)
        while batch := list(islice(remaining, _BATCH)):
            cells = [[_text(column, article) for article in batch] for column in columns]
            yield RecordBatch.from_arrays([Array(values, text) for values in cells], schema=schema)

    with tempfile.TemporaryFile() as file:
        write_parquet(
            RecordBatchReader.from_batches(schema, batches()),
            file,
            compression="zstd(3)",
            key_value_metadata={f"gisa_{name}": str(value) for name, value in colophon.lines()},
        )
        file.seek(0)
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def _text(column: Column, article: Article) -> str | None:
    cell = column.of(article)
    return None if cell is None else str(cell)
