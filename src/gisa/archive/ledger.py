"""Decides what a batch of additions or removals does to the archive. Pure: it reads and writes no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from gisa.archive.rows import Content, microseconds_of, moment_of
from gisa.model import Addition, Change, ChangeKind, Outcome, Removal


class Standing(NamedTuple):
    """How an id stands in the archive before the batch."""

    seq: int
    revision: int
    digest: bytes
    is_removed: bool


class Counters(NamedTuple):
    """The last numbers given out, and how many articles are there."""

    last_seq: int
    last_change_seq: int
    article_count: int


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
        self._last_seq, self._last_change_seq, self._article_count = counters
        self._standings = dict(standings)
        self._changed_at_us = microseconds_of(changed_at)
        self._changed_at = moment_of(self._changed_at_us)
        self._pack = pack
        self._new: dict[int, dict[str, Any]] = {}
        self._moved: dict[int, dict[str, Any]] = {}
        self.revisions: list[dict[str, Any]] = []
        """Rows to insert into ``revisions``."""
        self.changes: list[dict[str, Any]] = []
        """Rows to insert into ``changes``."""

    def add(self, article_id: str, content: Content) -> Addition:
        """Add the article, revise it, bring it back, or leave it as it is."""
        standing = self._standings.get(article_id)
        if standing is None:
            self._last_seq += 1
            seq, revision = self._last_seq, 1
            outcome, kind = Outcome.ADDED, ChangeKind.ADD
        elif standing.is_removed:
            seq, revision = standing.seq, standing.revision + 1
            outcome, kind = Outcome.ADDED, ChangeKind.ADD
        elif standing.digest != content.digest:
            seq, revision = standing.seq, standing.revision + 1
            outcome, kind = Outcome.UPDATED, ChangeKind.UPDATE
        else:
            return Addition(Outcome.UNCHANGED, None)
        if kind is ChangeKind.ADD:
            self._article_count += 1
        self._stand(article_id, Standing(seq, revision, content.digest, False), is_new=standing is None)
        self.revisions.append(
            {
                "seq": seq,
                "revision": revision,
                "digest": content.digest,
                "body": self._pack(content.body),
                **content.columns,
            }
        )
        return Addition(outcome, self._log(seq, article_id, kind, revision))

    def remove(self, removal: Removal) -> Change | None:
        """Leave a tombstone; None when the article is not there."""
        article_id = removal.article_id
        standing = self._standings.get(article_id)
        if standing is None or standing.is_removed:
            return None
        self._article_count -= 1
        self._stand(article_id, standing._replace(is_removed=True), is_new=False)
        return self._log(standing.seq, article_id, ChangeKind.REMOVE, standing.revision, why=removal)

    @property
    def counters(self) -> Counters:
        """What the counters must hold after the batch."""
        return Counters(self._last_seq, self._last_change_seq, self._article_count)

    @property
    def new_articles(self) -> list[dict[str, Any]]:
        """Rows to insert into ``articles``."""
        return list(self._new.values())

    @property
    def moved_articles(self) -> list[dict[str, Any]]:
        """Rows of ``articles`` to update: ``of_seq``, ``to_revision``, ``to_removed_at``."""
        return list(self._moved.values())

    def _stand(self, article_id: str, standing: Standing, *, is_new: bool) -> None:
        self._standings[article_id] = standing
        removed_at = self._changed_at_us if standing.is_removed else None
        if is_new or standing.seq in self._new:
            self._new[standing.seq] = {
                "seq": standing.seq,
                "id": article_id,
                "revision": standing.revision,
                "removed_at": removed_at,
            }
        else:
            self._moved[standing.seq] = {
                "of_seq": standing.seq,
                "to_revision": standing.revision,
                "to_removed_at": removed_at,
            }

    def _log(self, seq: int, article_id: str, kind: ChangeKind, revision: int, *, why: Removal | None = None) -> Change:
        self._last_change_seq += 1
        reason, public_reason = (why.reason, why.public_reason) if why is not None else (None, None)
        self.changes.append(
            {
                "change_seq": self._last_change_seq,
                "seq": seq,
                "kind": kind.value,
                "revision": revision,
                "changed_at": self._changed_at_us,
                "reason": reason,
                "public_reason": public_reason,
            }
        )
        return Change(self._last_change_seq, seq, article_id, kind, revision, self._changed_at, reason, public_reason)
