"""Keeps the store of quotations in step with the archive by its change log. The caller holds the writer lock.

The store keeps where quotations stand and who said them, no words of articles: those are read from the archive by whoever
may see them. So nothing of a removed article is left in it, and nothing that is not published leaves by it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from gisa.access import beginning
from gisa.article_follower import ArticleFollower
from gisa.follower_file import FollowerFile
from gisa.lexicon.variants.holders import HolderTable, packaged_holders
from gisa.model import SEOUL, Access, ArchivedArticle
from gisa.opening import OPENING_COLUMNS, opens_s
from gisa.ports import Archive
from gisa.quotes.finding import QuotationFinder
from gisa.text.analyser import MecabAnalyser

QUOTATIONS_VERSION: Final = 4
"""Raise it if an article would give other quotations: stores of before are built anew."""
_SCHEMA: Final = f"""
CREATE TABLE quotations (
    article_seq INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, published_s INTEGER NOT NULL,
    speaker TEXT, is_person INTEGER NOT NULL, {OPENING_COLUMNS},
    PRIMARY KEY (article_seq, start)
) WITHOUT ROWID;
CREATE INDEX by_speaker ON quotations (speaker, published_s DESC, article_seq DESC, start, is_person, opens_s, is_public)
    WHERE speaker IS NOT NULL;
"""


def quotations_file(path: Path, *, preview: int) -> FollowerFile:
    """The store at a path. ``preview``: characters of a subscriber's article that everybody may read."""
    rules = f"quotations {QUOTATIONS_VERSION}\n{MecabAnalyser.name}\npreview {preview}"
    return FollowerFile.built_by(rules, path=path, schema=_SCHEMA)


_Row = tuple[int, int, int, int, str | None, bool, int | None, bool]
"""As the table's columns. ``is_public``: the words stand in what everybody may read of the article."""


class QuotationsFollower(ArticleFollower):
    """``ports.Follower``: where the current revisions quote somebody, and whom."""

    name = "quotations"

    def __init__(self, path: Path, archive: Archive, *, preview: int, holders: HolderTable | None = None) -> None:
        """``preview``: see ``quotations_file``. ``holders`` says whom 이 대통령 means on a day if the article does not; the packaged table
        unless given."""
        super().__init__(quotations_file(path, preview=preview), archive)
        self._preview = preview
        self._holders = holders if holders is not None else packaged_holders()
        self._finder = QuotationFinder()

    def _put(self, store: sqlite3.Connection, articles: Collection[ArchivedArticle]) -> None:
        rows = (row for archived in articles for row in self._rows(archived))
        store.executemany("INSERT INTO quotations VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def _take_out(self, store: sqlite3.Connection, seqs: Sequence[int]) -> None:
        store.executemany("DELETE FROM quotations WHERE article_seq = ?", ((seq,) for seq in seqs))

    def _rows(self, archived: ArchivedArticle) -> Iterator[_Row]:
        seq, article = archived.seq, archived.article
        holder_of = partial(self._holders.holder_by_name, on=article.published_at.astimezone(SEOUL).date())
        opens = opens_s(article)
        shown = len(article.body)
        if article.access is not Access.PUBLIC:
            shown = len(beginning(article.body, self._preview))
        for start, end, speaker in self._finder.find(article.body, holder_of=holder_of):
            name, is_person = (None, False) if speaker is None else speaker
            yield seq, start, end, article.published_at_s, name, is_person, opens, end < shown
