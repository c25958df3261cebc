"""Decides what a batch of additions or removals does to the archive. Pure: it reads and writes no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from gisa.archive.batch import Batch, Counters
from gisa.archive.identity import Claim, KeptArticle, resolve, standing_after
from gisa.archive.moments import microseconds_of, moment_of
from gisa.model import Addition, Change, ChangeKind, Outcome, Removal


class Ledger:
    """Takes a batch in its order and gathers the rows to write; used for one transaction, by one thread.

    The same article may come again in one batch: what the batch did to it so far counts as its standing.
    """

    def __init__(
        self,
        counters: Counters,
        standings: Mapping[str, KeptArticle],
        owners: Mapping[int, KeptArticle],
        *,
        changed_at: datetime,
        pack: Callable[[str], bytes],
    ) -> None:
        """``standings`` by id; ``owners`` by the key of an address."""
        self._standings = {**{each.article_id: each for each in owners.values()}, **standings}
        self._owners = {key: each.article_id for key, each in owners.items()}
        self._changed_at = moment_of(microseconds_of(changed_at))
        self.batch = Batch(counters, pack=pack)

    def add(self, claim: Claim) -> Addition:
        """Add the article, revise it, bring it back, leave it as it is, or refuse it."""
        owner = None if claim.key is None else self._owners.get(claim.key)
        by_key = None if owner is None else self._standings[owner]
        found = resolve(claim, by_id=self._standings.get(claim.article.id), by_key=by_key)
        standing, content = found.standing, found.content
        if found.conflict is not None:
            return Addition(Outcome.REFUSED, None, conflict=found.conflict)
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
        change = Change(self._next_change_seq, seq, found.article.id, kind, revision, self._changed_at)
        self.batch.take(change, content, is_new=standing is None)
        self._standings[found.article.id] = standing_after(found, seq=seq, revision=revision)
        if claim.key is not None and owner is None:
            self._owners[claim.key] = found.article.id
            self.batch.take_key(claim.key, seq)
        return Addition(outcome, change, None if found.article is claim.article else found.article)

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
