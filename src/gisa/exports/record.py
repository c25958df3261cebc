"""What one exported result holds, and the columns a person can choose from. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gisa.errors import ExportInvalid
from gisa.model import SEOUL, Article
from gisa.text.corrections import correction_of, notice_kind

Cell = str | int | None
"""What a column gives of an article: text, a number, or None where the article has nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in files and addresses, and how to read it from an article."""

    name: str
    of: Callable[[Article], Cell]


def _seconds(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(SEOUL).isoformat(timespec="seconds")


def _correction_kind(article: Article) -> str | None:
    correction = correction_of(article)
    return notice_kind(article) if correction is None else correction.kind.value


COLUMNS: Final[tuple[Column, ...]] = (
    Column("id", lambda article: article.id),
    Column("published_at", lambda article: _seconds(article.published_at)),
    Column("modified_at", lambda article: _seconds(article.modified_at)),
    Column("title", lambda article: article.title),
    Column("section", lambda article: article.section),
    Column("byline", lambda article: "; ".join(article.byline) or None),
    Column("publisher", lambda article: article.publisher),
    Column("url", lambda article: article.url),
    Column("keywords", lambda article: "; ".join(article.keywords) or None),
    Column("correction", lambda article: found.text if (found := correction_of(article)) is not None else None),
    Column("correction_kind", _correction_kind),
    Column("corrected_at", lambda article: _seconds(article.corrected_at)),
    Column("body", lambda article: article.body),
)
"""Every column there is, in the order of a file. Times are ISO 8601 in Asia/Seoul; lists are joined by ``; ``."""

DEFAULT_COLUMNS: Final = ("id", "published_at", "title", "section", "byline", "publisher", "url")
"""What a file holds if nobody chooses: no body, which is large and may be restricted."""


def columns_named(names: Sequence[str]) -> tuple[Column, ...]:
    """The columns with these names, in the order given. Raises ``ExportInvalid`` for an unknown or repeated one."""
    known = {column.name: column for column in COLUMNS}
    for name in names:
        if name not in known:
            raise ExportInvalid(f"there is no column {name!r} — choose from {', '.join(known)}")
    if len(set(names)) != len(names) or not names:
        raise ExportInvalid("name each column once, and at least one")
    return tuple(known[name] for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Colophon:
    """Where a file comes from: what was searched, when, and how many results it holds."""

    query: str
    filters: str
    """The rest of the search as an address spells it: ``section=경제&from=2025-01-01``; empty without filters."""
    total: int
    exported_on: str
    """ISO 8601 with the zone."""
    set_id: str | None = None
    """Names the result set, to be cited and compared later."""

    def lines(self) -> list[tuple[str, str | int]]:
        """Name and value of every part that is there, in order."""
        parts: list[tuple[str, str | int]] = [
            ("query", self.query),
            ("filters", self.filters),
            ("total", self.total),
            ("exported_on", self.exported_on),
            ("set_id", self.set_id or ""),
        ]
        return [(name, value) for name, value in parts if value != ""]
