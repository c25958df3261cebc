"""Which articles were corrected, and by which notices, as one asker may read them. Words come from the archive, through the gate."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from gisa.corrections.following import corrections_file
from gisa.errors import SearchInvalid
from gisa.model import ArchivedArticle, Article, CorrectionKind
from gisa.ports import ArchiveView
from gisa.text.corrections import correction_of, names_of, notice_kind

_ROWS_AT_ONCE: Final = 100
_MOST_ROWS: Final = 2_000
"""Looked through for one page, where most may not be seen."""
_MOST_NOTICES: Final = 20


class Corrected(NamedTuple):
    """A corrected article, or a notice that corrects another."""

    article: Article
    kind: CorrectionKind
    text: str
    """What was put right; of a notice its text."""
    is_notice: bool

    def as_dict(self) -> dict[str, object]:
        """What the API says of it."""
        corrected_at = self.article.corrected_at
        return {
            "id": self.article.id,
            "title": self.article.title,
            "published_at": self.article.published_at.isoformat(),
            "kind": self.kind.value,
            "text": self.text,
            "corrected_at": corrected_at.isoformat() if corrected_at is not None else None,
            "is_notice": self.is_notice,
        }


class CorrectionPage(NamedTuple):
    """Some corrections, newest first."""

    corrections: tuple[Corrected, ...]
    next_cursor: str | None
    """Where the next page begins; None if there is none."""


class Corrections:
    """The store of corrections, asked. Safe from many threads. Where there is no store it is empty."""

    def __init__(self, path: Path) -> None:
        self._file = corrections_file(path)

    def newest(self, texts: ArchiveView, *, limit: int, cursor: str | None) -> CorrectionPage:
        """The newest corrections that may be read. Raises ``SearchInvalid`` for a cursor that is none."""
        last = _place_from(cursor)
        found: list[tuple[int, int, Corrected]] = []
        for _ in range(_MOST_ROWS // _ROWS_AT_ONCE):
            rows = self._ask(
                "SELECT at_s, article_seq FROM corrections WHERE (at_s, article_seq) < (?, ?) "
                "ORDER BY at_s DESC, article_seq DESC LIMIT ?",
                (*last, _ROWS_AT_ONCE),
            )
            fetched = texts.fetch([seq for _, seq in rows]) if rows else {}
            for at_s, seq in rows:
                corrected = corrected_of(fetched[seq]) if seq in fetched else None
                if corrected is None:
                    continue
                if len(found) == limit:
                    return CorrectionPage(tuple(each for *_, each in found), f"{found[-1][0]}-{found[-1][1]}")
                found.append((at_s, seq, corrected))
            if len(rows) < _ROWS_AT_ONCE:
                break
            last = rows[-1]
        return CorrectionPage(tuple(each for *_, each in found), None)

    def notices_on(self, article: Article, texts: ArchiveView) -> list[Corrected]:
        """The notices that name an article, oldest first."""
        names = sorted(names_of(article))
        rows = self._ask(
            f"SELECT DISTINCT 0, article_seq FROM names WHERE name IN ({', '.join('?' * len(names))}) LIMIT {_MOST_NOTICES}",  # noqa: S608 - marks alone
            names,
        )
        fetched = texts.fetch([seq for _, seq in rows]) if rows else {}
        found = [corrected for each in fetched.values() if (corrected := corrected_of(each)) is not None]
        others = (each for each in found if each.article.id != article.id and each.is_notice)
        return sorted(others, key=lambda each: (each.article.published_at, each.article.id))

    def _ask(self, sql: str, values: Sequence[object]) -> list[tuple[int, int]]:
        try:
            with closing(self._file.reading()) as store:
                return list(store.execute(sql, values))
        except sqlite3.Error:
            return []


def corrected_of(archived: ArchivedArticle) -> Corrected | None:
    """What an article that may be read says of a correction; None if that does not stand in the part that may be read."""
    article = archived.article
    kind = notice_kind(article)
    if kind is not None:
        return Corrected(article, kind, article.body, is_notice=True)
    correction = correction_of(article)
    return None if correction is None else Corrected(article, correction.kind, correction.text, is_notice=False)


def _place_from(cursor: str | None) -> tuple[int, int]:
    if cursor is None:
        return 2**62, 2**62
    try:
        at_s, seq = map(int, cursor.rsplit("-", 1))
    except ValueError:
        raise SearchInvalid("cursor is none that Gisa gave — leave it out for the first page") from None
    return at_s, seq
