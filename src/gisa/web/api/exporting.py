"""``GET /api/export``: its parameters, and the file's name. What is in the file: ``gisa.exports``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import quote

from fastapi import Query

from gisa.access import Asker
from gisa.errors import ExportInvalid, SearchInvalid
from gisa.exports.formats import FORMATS, ExportFormat, format_named
from gisa.exports.record import COLUMNS, DEFAULT_COLUMNS, columns_named
from gisa.search.request import SearchRequest
from gisa.web.serving.response import NOT_KEPT

if TYPE_CHECKING:
    from gisa.library import Library

EXPORT_TYPES: Final[dict[str, Any]] = {each.media_type.partition(";")[0]: {} for each in FORMATS}
Format = Annotated[str, Query(description=f"One of {', '.join(each.name for each in FORMATS)}.", examples=["csv"])]
Columns = Annotated[
    str,
    Query(
        description=f"Columns, separated by commas, of {', '.join(each.name for each in COLUMNS)}. "
        f"If left out: {', '.join(DEFAULT_COLUMNS)}.",
        examples=["title,url"],
    ),
]


def open_export(
    g: Library, asked: SearchRequest, *, asker: Asker, form: str, columns: str, at: datetime
) -> tuple[Iterator[bytes], ExportFormat]:
    """The file's bytes, made as they are sent, and its format. Raises ``SearchInvalid`` for an unknown format or column."""
    chosen = columns.split(",") if columns else DEFAULT_COLUMNS
    try:
        kind = format_named(form)
    except ExportInvalid as error:
        raise SearchInvalid(str(error), parameters={"format": str(error)}) from None
    try:
        columns_named(chosen)
    except ExportInvalid as error:
        raise SearchInvalid(str(error), parameters={"columns": str(error)}) from None
    return g.results(asked, asker=asker).as_file(kind, at=at, columns=chosen), kind


def export_headers(asked: SearchRequest, kind: ExportFormat) -> dict[str, str]:
    """Headers that make it a download, named after the query (RFC 6266)."""
    name = quote("".join(each if each.isalnum() else "-" for each in asked.query)[:60] or "all", safe="")
    disposition = f"attachment; filename=\"results{kind.ending}\"; filename*=UTF-8''{name}{kind.ending}"
    return {"content-disposition": disposition, "x-robots-tag": "noindex", **NOT_KEPT}
