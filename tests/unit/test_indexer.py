"""The indexer's promises to an index that fails, told by a writer that notes what it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime

from gisa.errors import SearchIndexError
from gisa.ingest.pipeline import Indexer
from gisa.ingest.workers import AnalysisPool
from gisa.lexicon.vocabulary import EMPTY
from gisa.model import ArchivedArticle, Article
from gisa.ports import IndexEntry, IndexRemoval


class NotingWriter:
    """An ``IndexWriter`` that fails at one article and notes its commits."""

    def __init__(self, *, fails_at: int | None = None) -> None:
        self._fails_at = fails_at
        self.commits: list[int] = []
        self.removals: list[IndexRemoval] = []

    def put(self, entries: Sequence[IndexEntry]) -> None:
        if any(entry.seq == self._fails_at for entry in entries):
            raise SearchIndexError("disk is full")

    def remove(self, removals: Sequence[IndexRemoval]) -> None:
        self.removals += removals

    def commit(self, *, change_seq: int, vocabulary: str = "") -> None:
        self.commits.append(change_seq)

    def close(self) -> None:
        pass


def archived(seq: int) -> ArchivedArticle:
    article = Article(id=f"a{seq}", title="나루시", body="시", published_at=datetime(2025, 6, 5, tzinfo=UTC))
    return ArchivedArticle(seq, 1, article)


def test_a_torn_batch_is_not_committed() -> None:
    """A commit after half a batch could claim changes or words that the index lacks for ever."""
    writer = NotingWriter(fails_at=3)
    with closing(AnalysisPool(workers=0)) as pool:
        indexer = Indexer(writer, EMPTY, pool)
        indexer.put([archived(1)], change_seq=1)
        with suppress(SearchIndexError):
            indexer.put([archived(2), archived(3)], change_seq=3)
        indexer.commit()

    assert writer.commits == []


def test_a_commit_says_up_to_which_change_it_goes() -> None:
    """Articles and removals each bring their change; nothing new is no commit."""
    writer = NotingWriter()
    with closing(AnalysisPool(workers=0)) as pool:
        indexer = Indexer(writer, EMPTY, pool)
        indexer.commit()
        indexer.put([archived(1)], change_seq=1)
        indexer.commit()
        indexer.remove([IndexRemoval(1, 1)], change_seq=2)
        indexer.commit()
        indexer.commit()

    assert writer.commits == [1, 2]
    assert writer.removals == [IndexRemoval(1, 1)]
