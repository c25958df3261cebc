"""A follower whose rows are made of the current revision of each article. Knows nothing of what they say.

Keep in a subclass which rows an article gives. When to write them, in which transaction, and when to build anew stands here.
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from gisa.follower_file import FollowerFile, taking_in
from gisa.model import ArchivedArticle, Change
from gisa.ports import Archive

_ARTICLES_AT_ONCE: Final = 200
"""Whose texts are in memory at one time."""


class ArticleFollower(ABC):
    """``ports.Follower`` but for its name, over one file."""

    def __init__(self, file: FollowerFile, archive: Archive) -> None:
        self._file, self._archive = file, archive

    @abstractmethod
    def _put(self, store: sqlite3.Connection, articles: Collection[ArchivedArticle]) -> None:
        """Write the rows of these articles, of which the store holds none."""

    @abstractmethod
    def _take_out(self, store: sqlite3.Connection, seqs: Sequence[int]) -> None:
        """Delete the rows of these articles; of some there may be none."""

    def _due(self, store: sqlite3.Connection) -> Iterable[int]:
        """Numbers of further articles whose rows are to be made anew, though no change says so."""
        del store
        return ()

    @property
    def change_seq(self) -> int:
        return self._file.change_seq

    def follow(self, changes: Sequence[Change]) -> None:
        """Of each article that changed, the rows of its current revision in place of those of before."""
        try:
            with self._file.writing() as store, taking_in(store, change_seq=changes[-1].change_seq):
                seqs = sorted({*(change.article_seq for change in changes), *self._due(store)})
                self._take_out(store, seqs)
                for start in range(0, len(seqs), _ARTICLES_AT_ONCE):
                    self._put(store, self._archive.fetch(seqs[start : start + _ARTICLES_AT_ONCE]).values())
        except sqlite3.Error:
            self.rebuild()

    def rebuild(self) -> None:
        """Each article once, however often it was revised. What changes meanwhile is followed again."""
        self._file.rebuild(self._fill)

    def problems(self) -> Iterator[str]:
        return self._file.problems()

    def _fill(self, store: sqlite3.Connection) -> None:
        with taking_in(store, change_seq=self._archive.last_change_seq()):
            for articles in self._archive.each(batch=_ARTICLES_AT_ONCE):
                self._put(store, articles)
