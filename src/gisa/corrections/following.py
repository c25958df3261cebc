"""Keeps the store of corrections in step with the archive by its change log. The caller holds the writer lock.

The store keeps which articles were corrected, and by what names notices name others, hashed. It holds no words of articles: those are
read from the archive by whoever may see them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from gisa.follower_file import FollowerFile, taking_in
from gisa.model import ArchivedArticle, Change
from gisa.ports import Archive
from gisa.text.corrections import correction_of, names_in, notice_kind

CORRECTIONS_VERSION: Final = 1
"""Raise it if an article would give other rows: stores of before are built anew."""
_ARTICLES_AT_ONCE: Final = 200
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


class CorrectionsFollower:
    """``ports.Follower``: which articles were corrected, or correct others."""

    name = "corrections"

    def __init__(self, path: Path, archive: Archive) -> None:
        self._file, self._archive = corrections_file(path), archive

    @property
    def change_seq(self) -> int:
        return self._file.change_seq

    def follow(self, changes: Sequence[Change]) -> None:
        try:
            with self._file.writing() as store:
                self._take_in(store, changes)
        except sqlite3.Error:
            self.rebuild()

    def rebuild(self) -> None:
        self._file.rebuild(self._fill)

    def problems(self) -> Iterator[str]:
        return self._file.problems()

    def _fill(self, store: sqlite3.Connection) -> None:
        with taking_in(store, change_seq=self._archive.last_change_seq()):
            for articles in self._archive.each(batch=_ARTICLES_AT_ONCE):
                _insert(store, articles)

    def _take_in(self, store: sqlite3.Connection, changes: Sequence[Change]) -> None:
        seqs = sorted({change.article_seq for change in changes})
        with taking_in(store, change_seq=changes[-1].change_seq):
            for table in ("corrections", "names"):
                store.executemany(f"DELETE FROM {table} WHERE article_seq = ?", ((seq,) for seq in seqs))  # noqa: S608 - two fixed names
            for start in range(0, len(seqs), _ARTICLES_AT_ONCE):
                _insert(store, self._archive.fetch(seqs[start : start + _ARTICLES_AT_ONCE]).values())


def _insert(store: sqlite3.Connection, articles: Iterable[ArchivedArticle]) -> None:
    for seq, _, article in ((each.seq, each.revision, each.article) for each in articles):
        correction, is_notice = correction_of(article), notice_kind(article) is not None
        if correction is None and not is_notice:
            continue
        at = correction.at if correction is not None and correction.at is not None else article.published_at
        store.execute("INSERT INTO corrections VALUES (?, ?, ?)", (seq, int(at.timestamp()), is_notice))
        if is_notice:
            store.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", ((name, seq) for name in names_in(article)))
