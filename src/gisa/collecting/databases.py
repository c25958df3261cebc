"""Adds from a database again and again: only what changed since the last run, and what is no longer there is taken down.

The watermark and the keys are kept once the archive has the articles: a run that is cut off is done again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

import orjson

from gisa.collecting.store import SiteStore
from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.model import Draft, Item
from gisa.sources.database import DatabaseSource, Mark, shown_database

MOST_GONE: Final = 0.1
"""Share of the rows that may go between two runs; more is rather a mistake in the query, and is not obeyed."""
ALWAYS_GO: Final = 20
"""Rows that may always go."""


class DatabaseRun:
    """One run over one query. For one thread."""

    def __init__(
        self,
        store: SiteStore,
        url: str,
        query: str,
        *,
        watermark: str | None = None,
        names: Mapping[str, str] | None = None,
        takes_all_down: bool = False,
    ) -> None:
        """``takes_all_down``: however many rows are gone, take their articles down. Raises what ``DatabaseSource`` does."""
        self._store = store
        self._of = hashlib.blake2b(f"{shown_database(url)}\n{query}".encode(), digest_size=10).hexdigest()
        self._takes_all_down = takes_all_down
        [found] = store.ask("SELECT mark FROM queries WHERE query = ?", (self._of,)) or [("null",)]
        after = _unpacked(orjson.loads(found[0])) if watermark is not None else None
        self.source = DatabaseSource(url, query, watermark=watermark, after=after, names=names)
        self._present: set[str] = set()
        self._known: set[str] = set()
        """Keys of the last run."""

    def items(self) -> Iterator[Item]:
        """New and changed rows, then the takedown of what has gone. Raises ``SourceError`` if too much has."""
        key = self.source.key
        self._present = set(self.source.keys())
        yield from self.source
        known = {row[0] for row in self._store.ask("SELECT key FROM rows_known WHERE query = ?", (self._of,))}
        self._known = known
        if key is None:
            return
        gone = sorted(known - self._present)
        if len(gone) > max(ALWAYS_GO, MOST_GONE * len(known)) and not self._takes_all_down:
            raise SourceError(
                Message(SourceCode.DATABASE_MANY_GONE, count=len(gone), known=len(known)), self.source.name
            )
        for each in gone:
            yield Draft(
                {key: each, "removed": True, "reason": "no longer in the database"}, f"{self.source.name}: {each}"
            )

    def keep(self) -> None:
        """The archive has everything ``items`` gave: the next run begins behind it. Writes only keys that came or went."""
        with self._store.writing() as database:
            database.execute(
                "INSERT OR REPLACE INTO queries VALUES (?, ?)",
                (self._of, orjson.dumps(_packed(self.source.mark)).decode()),
            )
            database.executemany(
                "DELETE FROM rows_known WHERE query = ? AND key = ?",
                [(self._of, key) for key in self._known - self._present],
            )
            database.executemany(
                "INSERT OR IGNORE INTO rows_known VALUES (?, ?)",
                [(self._of, key) for key in self._present - self._known],
            )


def _packed(mark: Mark | None) -> Any:
    if isinstance(mark, datetime | date):
        return {type(mark).__name__: mark.isoformat()}
    return mark


def _unpacked(content: Any) -> Mark | None:
    if isinstance(content, dict):
        [(kind, value)] = content.items()
        return datetime.fromisoformat(value) if kind == "datetime" else date.fromisoformat(value)
    mark: Mark | None = content
    return mark
