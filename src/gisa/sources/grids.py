"""Drafts from rows of cells: the sheets of workbooks and the tables of pages. Reads no file.

The header need not be the first row; ``names`` knows the columns, and ``shapes`` the products.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import Any, Final, NamedTuple

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.model import Draft, Item
from gisa.sources.names import NEEDED, Renaming, lacking_fields
from gisa.sources.rows import plain_cell

_HEADER_WITHIN: Final = 15
"""Rows among which the header is looked for: exports begin with a title, a period, a count, blank rows."""


class GridRow(NamedTuple):
    """One row, and its place for messages."""

    place: str
    cells: Sequence[Any]


class NoHeaderError(SourceError):
    """No row among the first fifteen names the columns that an article needs."""


def drafts_of_rows(rows: Iterable[GridRow], *, name: str, own_names: Mapping[str, str]) -> Iterator[Item]:
    """The drafts of the rows behind the header. Raises ``NoHeaderError`` if there is none; no rows at all yield nothing."""
    renaming = Renaming(own_names)
    rest = iter(rows)
    first = list(islice(rest, _HEADER_WITHIN))
    header = _header(first, renaming, name)
    if header is None:
        return
    at, columns = header
    for place, cells in chain(first[at + 1 :], rest):
        record = {}
        for column, cell in zip(columns, cells, strict=False):
            if (value := _value(cell)) not in ("", None):
                record[column] = value
        if record and (fields := renaming.apply(record)) is not None:
            yield Draft(fields, place)
    yield from renaming.remarks(name)


def _header(first: list[GridRow], renaming: Renaming, name: str) -> tuple[int, tuple[str, ...]] | None:
    best: tuple[int, int, tuple[str, ...]] = (0, 0, ())
    for at, row in enumerate(first):
        columns = _unique(row.cells)
        fields = renaming.fields_in(columns)
        if fields >= set(NEEDED):
            return at, columns
        known = sum(bool(renaming.fields_in((column,))) for column in columns)
        best = max(best, (known, at, columns))
    if not first:
        return None
    known, at, columns = best
    if known < 2:
        raise NoHeaderError(Message(SourceCode.COLUMNS_UNNAMED, cells=_shown(first[0].cells)), name)
    lacking = lacking_fields(renaming.fields_in(columns))
    raise NoHeaderError(
        Message(
            SourceCode.HEADER_ROW_LACKS,
            row=at + 1,
            cells=_shown(columns),
            fields=lacking.fields,
            example=lacking.example,
        ),
        name,
    )


def _unique(cells: Sequence[Any]) -> tuple[str, ...]:
    """The names of the columns; one that is blank or stands there already gets its number."""
    taken: dict[str, None] = {}
    for position, cell in enumerate(cells, start=1):
        column = " ".join(str(_value(cell) or "").split()) or f"column {position}"
        while column in taken:
            column += f" ({position})"
        taken[column] = None
    return tuple(taken)


def _value(cell: Any) -> Any:
    """A cell as text; a date stays one. A number without a fraction is written without it."""
    if isinstance(cell, str):
        return plain_cell(cell)
    if cell is None or isinstance(cell, datetime | date):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    if isinstance(cell, time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def _shown(cells: Sequence[Any]) -> str:
    return ", ".join(str(cell)[:30] for cell in cells[:12])
