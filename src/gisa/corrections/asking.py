"""Which articles were corrected, and by which notices, as one asker may read them. Words come from the archive, through the gate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from gisa.access import Gate
from gisa.corrections.corrected import Corrected, corrected_of
from gisa.corrections.following import corrections_file
from gisa.cursors import cursor_of, numbers_in
from gisa.follower_file import Reader
from gisa.model import Article
from gisa.opening import open_to
from gisa.ports import ArchiveView
from gisa.text.corrections import names_of

_MOST_ROWS: Final = 2_000
"""Looked through for one page, where the archive has withheld since what the store still offers: 0.2 s."""
_MOST_NOTICES: Final = 20
"""That stand above one article, the last added ones."""
_LAST: Final = 2**63 - 1


class CorrectionPage(NamedTuple):
    """Some corrections, newest first."""

    corrections: tuple[Corrected, ...]
    next_cursor: str | None
    """Where the next page begins; None if there is none."""


class Corrections:
    """The store of corrections, asked. Safe from many threads. Where there is no store it is empty."""

    def __init__(self, path: Path, *, preview: int) -> None:
        """``preview``: see ``corrections_file``."""
        self._reader = Reader(corrections_file(path, preview=preview))

    def close(self) -> None:
        """Close the file."""
        self._reader.close()

    def newest(self, texts: ArchiveView, gate: Gate, *, limit: int, cursor: str | None) -> CorrectionPage:
        """The newest corrections that may be read, at most ``limit``. Raises ``SearchInvalid`` for a cursor that is none.

        A page may hold fewer although there is a next one, if ``texts`` withholds what the store, lagging behind, still offers.
        """
        last = (_LAST, _LAST) if cursor is None else numbers_in(cursor, count=2)
        found: list[Corrected] = []
        is_open, values = open_to(gate)
        for _ in range(0, _MOST_ROWS, limit + 1):
            rows = self._reader.rows(
                f"SELECT at_s, article_seq FROM corrections WHERE (at_s, article_seq) < (?, ?) AND {is_open} "  # noqa: S608 - fixed texts
                "ORDER BY at_s DESC, article_seq DESC LIMIT ?",
                (*last, *values, limit + 1),
            )
            fetched = texts.fetch([seq for _, seq in rows]) if rows else {}
            for at_s, seq in rows:
                corrected = corrected_of(fetched[seq].article) if seq in fetched else None
                if corrected is not None and len(found) == limit:
                    return CorrectionPage(tuple(found), cursor_of(*last))
                last = at_s, seq
                if corrected is not None:
                    found.append(corrected)
            if len(rows) <= limit:
                return CorrectionPage(tuple(found), None)
        return CorrectionPage(tuple(found), cursor_of(*last))

    def notices_on(self, article: Article, texts: ArchiveView, gate: Gate) -> list[Corrected]:
        """The notices that name an article, oldest first; of more than twenty the last added ones."""
        found = (corrected_of(each) for each in self._naming(article, texts, gate) if each.id != article.id)
        notices = islice((each for each in found if each is not None and each.is_notice), _MOST_NOTICES)
        return sorted(notices, key=lambda each: (each.at, each.article.id))

    def _naming(self, article: Article, texts: ArchiveView, gate: Gate) -> Iterator[Article]:
        """The articles of which the store says that they name this one, the last added first."""
        names, (is_open, values) = sorted(names_of(article)), open_to(gate)
        last = _LAST
        while True:
            rows = self._reader.rows(
                f"SELECT DISTINCT article_seq FROM names WHERE name IN ({', '.join('?' * len(names))}) AND {is_open} "  # noqa: S608 - marks alone
                "AND article_seq < ? ORDER BY article_seq DESC LIMIT ?",
                (*names, *values, last, _MOST_NOTICES),
            )
            fetched = texts.fetch([seq for (seq,) in rows]) if rows else {}
            yield from (fetched[seq].article for (seq,) in rows if seq in fetched)
            if len(rows) < _MOST_NOTICES:
                return
            [last] = rows[-1]
