"""Who said what, as one asker may read it. Words come from the archive, through the gate; places from the store."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from gisa.access import Gate
from gisa.cursors import cursor_of, numbers_in
from gisa.follower_file import Reader
from gisa.model import ArchivedArticle
from gisa.opening import open_to
from gisa.ports import ArchiveView
from gisa.quotes.citing import cited
from gisa.quotes.following import quotations_file
from gisa.text.normal import normalise

_TOLD: Final = re.compile(r"[^\s“\"「.!?]{1,12}[^“\"「.!?\n]{0,60}")
_ROWS_AT_ONCE: Final = 200
_MOST_ROWS: Final = 20_000
"""Quotations of one speaker that are looked through for a word: 100 pages of the archive's cache, some 2 s."""
_NEWEST_LOOKED_AT: Final = 20
"""Quotations for the one that is shown, where the archive has withheld since what the store still offers."""


class QuotedWords(NamedTuple):
    """One quotation with the article it stands in."""

    archived: ArchivedArticle
    start: int
    """In characters of the article's body, behind the opening mark."""
    end: int
    speaker: str | None
    """None: the article does not say who."""
    is_person: bool

    @property
    def words(self) -> str:
        """What was said, as printed."""
        return self.archived.article.body[self.start : self.end]

    @property
    def told(self) -> str:
        """What tells it, as printed: ``고 밝혔다``; empty for a sentence by itself."""
        told = _TOLD.match(self.archived.article.body, self.end + 1)
        return told[0].strip() if told is not None else ""

    def as_dict(self) -> dict[str, object]:
        """What the API and ``gisa quotes --json`` say of it."""
        return {
            "text": self.words,
            "speaker": self.speaker,
            "is_person": self.is_person,
            "told": self.told,
            "start": self.start,
            "end": self.end,
            "article": cited(self.archived.article),
        }


def as_row(quoted: QuotedWords) -> dict[str, str | int | None]:
    """What a file says of a quotation: a row of ``exports.quotations``."""
    article = quoted.archived.article
    return {
        "speaker": quoted.speaker,
        "text": quoted.words,
        "told": quoted.told,
        "article": article.id,
        "title": article.title,
        "published_at": article.published_at.isoformat(),
        "publisher": article.publisher,
        "url": article.url,
        "start": quoted.start,
        "end": quoted.end,
    }


class QuotationPage(NamedTuple):
    """Some of somebody's quotations, or of those that hold certain words."""

    quotations: tuple[QuotedWords, ...]
    next_cursor: str | None
    """Where the next page begins; None if there is none."""


class _Place(NamedTuple):
    seq: int
    start: int
    end: int
    published_s: int
    speaker: str | None
    is_person: int


_PLACE: Final = "article_seq, start, end, published_s, speaker, is_person"
"""The columns of a place, in its order."""
_OF_ARTICLE: Final = f"SELECT {_PLACE} FROM quotations WHERE article_seq = ? ORDER BY start"  # noqa: S608 - fixed texts


class SaidBy(NamedTuple):
    """That a person is quoted, for those who search for the name."""

    total: int
    """How many quotations may be read."""
    newest: QuotedWords


class Quotations:
    """The store of quotations, asked. Safe from many threads. Where there is no store it is empty."""

    def __init__(self, path: Path, *, preview: int) -> None:
        """``preview``: see ``quotations_file``."""
        self._reader = Reader(quotations_file(path, preview=preview))

    def close(self) -> None:
        """Close the file."""
        self._reader.close()

    def of_article(self, archived: ArchivedArticle, *, holding: str = "") -> list[QuotedWords]:
        """What an article quotes, in order; only what stands in the text that the asker may read."""
        places = self._ask(_OF_ARTICLE, (archived.seq,))
        return [found for place in places if (found := _quoted(place, archived)) is not None and _holds(found, holding)]

    def said_by(self, name: str, texts: ArchiveView, gate: Gate) -> SaidBy | None:
        """How many quotations of a person may be read, and the newest; None for who is none, or is not quoted."""
        is_open, values = open_to(gate)
        of_person = f"FROM quotations WHERE speaker = ? AND is_person AND {is_open}"
        rows = self._reader.rows(
            f"SELECT (SELECT count(*) {of_person}), {_PLACE} {of_person} "
            "ORDER BY published_s DESC, article_seq DESC, start LIMIT ?",
            (name, *values, name, *values, _NEWEST_LOOKED_AT),
        )
        places = (_Place(*place) for _, *place in rows)
        found = (_quoted(place, archived) for archived, place in self._read(places, texts))
        newest = next((each for each in found if each is not None), None)
        return None if newest is None else SaidBy(rows[0][0], newest)

    def of_speaker(
        self, speaker: str, texts: ArchiveView, *, holding: str, limit: int, cursor: str | None
    ) -> QuotationPage:
        """What a person or a body said, newest first, at most ``limit``; ``holding``: words that all stand in it.

        Raises ``SearchInvalid`` for a cursor that is none.
        """
        found: list[QuotedWords] = []
        for archived, place in self._read(self._places(speaker, after=cursor), texts):
            quoted = _quoted(place, archived)
            if quoted is None or not _holds(quoted, holding):
                continue
            if len(found) == limit:
                last = found[-1]
                place_of_last = last.archived.article.published_at_s, last.archived.seq, last.start
                return QuotationPage(tuple(found), cursor_of(*place_of_last))
            found.append(quoted)
        return QuotationPage(tuple(found), None)

    def _places(self, speaker: str, *, after: str | None) -> Iterator[_Place]:
        last = (2**62, 2**62, -1) if after is None else numbers_in(after, count=3)
        for _ in range(_MOST_ROWS // _ROWS_AT_ONCE):
            places = self._ask(
                f"SELECT {_PLACE} FROM quotations WHERE speaker = ? AND (published_s < ? OR (published_s = ? AND "  # noqa: S608 - fixed texts
                "(article_seq < ? OR (article_seq = ? AND start > ?)))) "
                "ORDER BY published_s DESC, article_seq DESC, start LIMIT ?",
                (speaker, last[0], last[0], last[1], last[1], last[2], _ROWS_AT_ONCE),
            )
            yield from places
            if len(places) < _ROWS_AT_ONCE:
                return
            last = (places[-1].published_s, places[-1].seq, places[-1].start)

    @staticmethod
    def _read(places: Iterator[_Place], texts: ArchiveView) -> Iterator[tuple[ArchivedArticle, _Place]]:
        for seq, of_one in groupby(places, key=lambda place: place.seq):
            archived = texts.fetch([seq]).get(seq)
            if archived is not None:
                yield from ((archived, place) for place in of_one)

    def _ask(self, sql: str, values: Sequence[object]) -> list[_Place]:
        return [_Place(*row) for row in self._reader.rows(sql, values)]


def _holds(quoted: QuotedWords, words: str) -> bool:
    """Whether the words all stand in it, whatever their case and width."""
    return not words or all(word in normalise(quoted.words) for word in normalise(words).split())


def _quoted(place: _Place, archived: ArchivedArticle) -> QuotedWords | None:
    """The quotation, if the text that may be read holds it and is the one it was found in."""
    body = archived.article.body
    if place.end >= len(body) or archived.article.published_at_s != place.published_s:
        return None
    return QuotedWords(archived, place.start, place.end, place.speaker, bool(place.is_person))
