"""Decides what a batch of additions or removals does to the archive. Pure: it reads and writes no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from gisa.archive.batch import Batch, Counters
from gisa.archive.moments import microseconds_of, moment_of
from gisa.archive.rows import Content
from gisa.model import Addition, Change, ChangeKind, Outcome, Removal


class Standing(NamedTuple):
    """How an id stands in the archive before the batch."""

    seq: int
    revision: int
    digest: bytes
    is_removed: bool


class Ledger:
    """Takes a batch in its order and gathers the rows to write; used for one transaction, by one thread.

    The same id may come again in one batch: what the batch did to it so far counts as its standing.
    """

    def __init__(
        self,
        counters: Counters,
        standings: Mapping[str, Standing],
        *,
        changed_at: datetime,
        pack: Callable[[str], bytes],
    ) -> None:
        self._standings = dict(standings)
        self._changed_at = moment_of(microseconds_of(changed_at))
        self.batch = Batch(counters, pack=pack)

    def add(self, article_id: str, content: Content) -> Addition:
        """Add the article, revise it, bring it back, or leave it as it is."""
        standing = self._standings.get(article_id)
        if standing is None:
            seq, revision = self.batch.counters.last_seq + 1, 1
            outcome, kind = Outcome.ADDED, ChangeKind.ADD
        elif standing.is_removed:
            seq, revision = standing.seq, standing.revision + 1
            outcome, kind = Outcome.ADDED, ChangeKind.ADD
        elif standing.digest != content.digest:
            seq, revision = standing.seq, standing.revision + 1
            outcome, kind = Outcome.UPDATED, ChangeKind.UPDATE
        else:
            return Addition(Outcome.UNCHANGED, None)
        change = Change(self._next_change_seq, seq, article_id, kind, revision, self._changed_at)
        self.batch.take(change, content, is_new=standing is None)
        self._standings[article_id] = Standing(seq, revision, content.digest, False)
        return Addition(outcome, change)

    def remove(self, removal: Removal) -> Change | None:
        """Leave a tombstone; None when the article is not there."""
        article_id = removal.article_id
        standing = self._standings.get(article_id)
        if standing is None or standing.is_removed:
            return None
        change = Change(
            self._next_change_seq,
            standing.seq,
            article_id,
            ChangeKind.REMOVE,
            standing.revision,
            self._changed_at,
            removal.reason,
            removal.public_reason,
        )
        self.batch.take(change, None, is_new=False)
        self._standings[article_id] = standing._replace(is_removed=True)
        return change

    @property
    def _next_change_seq(self) -> int:
        return self.batch.counters.last_change_seq + 1
