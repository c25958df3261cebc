"""Keeps the store of corrections in step with the archive by its change log. The caller holds the writer lock.

The store keeps which articles were corrected, and by what names notices name others, hashed. It holds no words of articles: those are
read from the archive by whoever may see them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from gisa.access import Asker, Gate
from gisa.article_follower import ArticleFollower
from gisa.corrections.corrected import corrected_of
from gisa.follower_file import FollowerFile
from gisa.model import ArchivedArticle, Article
from gisa.opening import OPENING_COLUMNS, opens_s
from gisa.ports import Archive
from gisa.text.corrections import names_in

CORRECTIONS_VERSION: Final = 3
"""Raise it if an article would give other rows: stores of before are built anew."""
_SCHEMA: Final = f"""
CREATE TABLE corrections (article_seq INTEGER PRIMARY KEY, at_s INTEGER NOT NULL, {OPENING_COLUMNS});
CREATE INDEX by_time ON corrections (at_s DESC, article_seq DESC, opens_s, is_public);
CREATE TABLE names (
    name BLOB NOT NULL, article_seq INTEGER NOT NULL, {OPENING_COLUMNS}, PRIMARY KEY (name, article_seq)
) WITHOUT ROWID;
CREATE INDEX by_notice ON names (article_seq);
"""


def corrections_file(path: Path, *, preview: int) -> FollowerFile:
    """The store at a path. ``preview``: characters of a subscriber's article that everybody may read."""
    rules = f"corrections {CORRECTIONS_VERSION}\npreview {preview}"
    return FollowerFile.built_by(rules, path=path, schema=_SCHEMA)


class CorrectionsFollower(ArticleFollower):
    """``ports.Follower``: which articles were corrected, or correct others."""

    name = "corrections"

    def __init__(self, path: Path, archive: Archive, *, preview: int) -> None:
        """``preview``: see ``corrections_file``."""
        super().__init__(corrections_file(path, preview=preview), archive)
        self._public = Gate(Asker.PUBLIC, datetime.max.replace(tzinfo=UTC), preview)

    def _put(self, store: sqlite3.Connection, articles: Collection[ArchivedArticle]) -> None:
        for archived in articles:
            self._insert(store, archived.seq, archived.article)

    def _take_out(self, store: sqlite3.Connection, seqs: Sequence[int]) -> None:
        for table in ("corrections", "names"):
            store.executemany(f"DELETE FROM {table} WHERE article_seq = ?", ((seq,) for seq in seqs))  # noqa: S608 - two fixed names

    def _insert(self, store: sqlite3.Connection, seq: int, article: Article) -> None:
        corrected, shown = corrected_of(article), self._public.visible(article)
        if corrected is None:
            return
        opens, is_public = opens_s(article), shown is article or corrected_of(shown) is not None
        at_s = int(corrected.at.timestamp())
        store.execute("INSERT INTO corrections VALUES (?, ?, ?, ?)", (seq, at_s, opens, is_public))
        if corrected.is_notice:
            public = names_in(shown)
            rows = ((name, seq, opens, name in public) for name in names_in(article) | public)
            store.executemany("INSERT INTO names VALUES (?, ?, ?, ?)", rows)
