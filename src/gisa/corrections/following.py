"""Keeps the store of corrections in step with the archive by its change log. The caller holds the writer lock.

The store keeps which articles were corrected, and by what names notices name others, hashed. It holds no words of articles: those are
read from the archive by whoever may see them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

from gisa.article_follower import ArticleFollower
from gisa.follower_file import FollowerFile
from gisa.model import ArchivedArticle, Article
from gisa.ports import Archive
from gisa.text.corrections import correction_of, names_in, notice_kind

CORRECTIONS_VERSION: Final = 1
"""Raise it if an article would give other rows: stores of before are built anew."""
_SCHEMA: Final = """
CREATE TABLE corrections (
    article_seq INTEGER PRIMARY KEY, at_s INTEGER NOT NULL, is_notice INTEGER NOT NULL
);
CREATE INDEX by_time ON corrections (at_s DESC, article_seq DESC);
CREATE TABLE names (name BLOB NOT NULL, article_seq INTEGER NOT NULL, PRIMARY KEY (name, article_seq)) WITHOUT ROWID;
CREATE INDEX by_notice ON names (article_seq);
"""
_FINGERPRINT: Final = hashlib.blake2b(f"corrections {CORRECTIONS_VERSION}".encode(), digest_size=8).hexdigest()


def corrections_file(path: Path) -> FollowerFile:
    """The store at a path."""
    return FollowerFile(path, _SCHEMA, _FINGERPRINT)


class CorrectionsFollower(ArticleFollower):
    """``ports.Follower``: which articles were corrected, or correct others."""

    name = "corrections"

    def __init__(self, path: Path, archive: Archive) -> None:
        super().__init__(corrections_file(path), archive)

    def _put(self, store: sqlite3.Connection, articles: Collection[ArchivedArticle]) -> None:
        for archived in articles:
            _insert(store, archived.seq, archived.article)

    def _take_out(self, store: sqlite3.Connection, seqs: Sequence[int]) -> None:
        for table in ("corrections", "names"):
            store.executemany(f"DELETE FROM {table} WHERE article_seq = ?", ((seq,) for seq in seqs))  # noqa: S608 - two fixed names


def _insert(store: sqlite3.Connection, seq: int, article: Article) -> None:
    correction, is_notice = correction_of(article), notice_kind(article) is not None
    if correction is None and not is_notice:
        return
    at = correction.at if correction is not None and correction.at is not None else article.published_at
    store.execute("INSERT INTO corrections VALUES (?, ?, ?)", (seq, int(at.timestamp()), is_notice))
    if is_notice:
        store.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", ((name, seq) for name in names_in(article)))
