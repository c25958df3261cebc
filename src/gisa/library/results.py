"""All results of a search as of one state of the index, whatever their number, and as a file of any export format."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final
from urllib.parse import urlencode

from gisa.exports.formats import ExportFormat
from gisa.exports.frames import articles_as_frame, results_as_html
from gisa.exports.record import DEFAULT_COLUMNS, Colophon, columns_named
from gisa.model import SEOUL, ArchivedArticle, Article
from gisa.ports import ArchiveView
from gisa.search.request import SearchRequest

_SHOWN: Final = 20
_BATCH: Final = 200
"""Articles in memory at once: 1 MB of a daily paper's."""


@dataclass(frozen=True, slots=True)
class Results:
    """The articles that a search found. Iterate as often as you like; each pass reads the archive anew.

    Takes four bytes an article. Articles removed since are left out; corrected ones come in their current revision.
    """

    query: str
    """As it was read."""
    request: SearchRequest
    change_seq: int
    """The state of the archive that was searched."""
    seqs: array[int]
    """Numbers of the articles, in the order of the search."""
    texts: ArchiveView
    cite: Callable[[], str | None] = lambda: None
    """Gives the id by which they can be cited; see ``Library.set_id``."""

    @property
    def total(self) -> int:
        return len(self.seqs)

    def __iter__(self) -> Iterator[Article]:
        """The articles in order, as the asker may read them; 200 are fetched at a time."""
        return (archived.article for archived in self.archived())

    def archived(self) -> Iterator[ArchivedArticle]:
        """As iterating, with each article's number."""
        for start in range(0, len(self.seqs), _BATCH):
            batch = self.seqs[start : start + _BATCH].tolist()
            fetched = self.texts.fetch(batch)
            yield from (fetched[seq] for seq in batch if seq in fetched)

    def to_pandas(self) -> Any:
        """A ``DataFrame`` with a row for each result. Needs pandas."""
        return articles_as_frame(self)

    def _repr_html_(self) -> str:
        """What a notebook shows: the first results as a table."""
        return results_as_html(islice(self, _SHOWN), total=self.total, query=self.query)

    def as_file(self, kind: ExportFormat, *, at: datetime, columns: Sequence[str] = DEFAULT_COLUMNS) -> Iterator[bytes]:
        """The file's bytes, made as they are asked for; ``at`` is the moment that the file names.

        Raises ``ExportInvalid`` for a column that is not there, before the first byte.
        """
        chosen = columns_named(columns)
        spelt = self.request.to_params()
        filters = {name: text for name, text in spelt.items() if name not in ("q", "limit", "offset", "page", "cursor")}
        colophon = Colophon(
            query=self.query,
            filters=urlencode(filters),
            total=self.total,
            exported_on=at.astimezone(SEOUL).isoformat(timespec="seconds"),
            set_id=self.cite(),
        )
        return kind.write(self, chosen, colophon)
