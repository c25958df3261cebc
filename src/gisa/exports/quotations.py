"""Quotations as a file: CSV that opens right in Korean Excel, or JSON Lines. Takes rows; asks nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import islice
from typing import Final

import orjson

from gisa.exports.delimited import as_text

COLUMNS: Final = ("speaker", "text", "told", "article", "title", "published_at", "publisher", "url", "start", "end")
"""``article``: its id; ``start`` and ``end``: where the words stand in its text, in characters."""
_BATCH: Final = 200


class QuotationFormat(StrEnum):
    """As what quotations are written."""

    CSV = "csv"
    JSONL = "jsonl"


MEDIA_TYPES: Final = {
    QuotationFormat.CSV: "text/csv; charset=utf-8",
    QuotationFormat.JSONL: "application/x-ndjson; charset=utf-8",
}


def write_quotations(rows: Iterable[Mapping[str, str | int | None]], kind: QuotationFormat) -> Iterator[bytes]:
    """The file's bytes, made as they are asked for. Each row has a value for every column."""
    if kind is QuotationFormat.CSV:
        yield b"\xef\xbb\xbf" + _lines([COLUMNS])
    remaining = iter(rows)
    while batch := list(islice(remaining, _BATCH)):
        if kind is QuotationFormat.CSV:
            yield _lines([as_text(row[name]) for name in COLUMNS] for row in batch)
        else:
            yield b"".join(orjson.dumps({name: row[name] for name in COLUMNS}) + b"\n" for row in batch)


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode("utf-8", "replace")
