"""Collects the rows that one transaction writes. ``ledger`` and ``replay`` decide which changes there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from gisa.archive.moments import microseconds_of
from gisa.archive.rows import Content
from gisa.model import Change, ChangeKind

_COUNTED: Final = {ChangeKind.ADD: 1, ChangeKind.UPDATE: 0, ChangeKind.REMOVE: -1}


class Counters(NamedTuple):
    """The last numbers given out, and how many articles are there."""

    last_seq: int
    last_change_seq: int
    article_count: int


class Batch:
    """Rows by table; used for one transaction, by one thread."""

    def __init__(self, counters: Counters, *, pack: Callable[[str], bytes]) -> None:
        self.counters = counters
        """What the counters must hold after the batch."""
        self.revisions: list[dict[str, Any]] = []
        """Rows to insert into ``revisions``."""
        self.changes: list[dict[str, Any]] = []
        """Rows to insert into ``changes``."""
        self.keys: dict[int, int] = {}
        """The key of an address → the article's number: rows for ``keys``, as far as nobody has the key."""
        self._pack = pack
        self._new: dict[int, dict[str, Any]] = {}
        self._moved: dict[int, dict[str, Any]] = {}

    def take(self, change: Change, content: Content | None, *, is_new: bool) -> None:
        """Write a change, with the revision it made (None for a removal). ``is_new``: the archive lacks the article as yet.

        The change should be the next one; the caller checks for gaps.
        """
        seq, changed_at = change.article_seq, microseconds_of(change.changed_at)
        removed_at = changed_at if change.kind is ChangeKind.REMOVE else None
        last_seq, _, count = self.counters
        self.counters = Counters(max(last_seq, seq), change.change_seq, count + _COUNTED[change.kind])
        if content is not None:
            self.revisions.append(
                {
                    "seq": seq,
                    "revision": change.revision,
                    "digest": content.digest,
                    "body": self._pack(content.body),
                    **content.columns,
                }
            )
        if is_new or seq in self._new:
            self._new[seq] = {
                "seq": seq,
                "id": change.article_id,
                "revision": change.revision,
                "removed_at": removed_at,
            }
        else:
            self._moved[seq] = {"of_seq": seq, "to_revision": change.revision, "to_removed_at": removed_at}
        self.changes.append(
            {
                "change_seq": change.change_seq,
                "seq": seq,
                "kind": change.kind.value,
                "revision": change.revision,
                "changed_at": changed_at,
                "reason": change.reason,
                "public_reason": change.public_reason,
            }
        )

    def take_key(self, key: int, seq: int) -> None:
        """Note that the article is at this address."""
        self.keys.setdefault(key, seq)

    @property
    def new_articles(self) -> list[dict[str, Any]]:
        """Rows to insert into ``articles``."""
        return list(self._new.values())

    @property
    def moved_articles(self) -> list[dict[str, Any]]:
        """Rows of ``articles`` to update: ``of_seq``, ``to_revision``, ``to_removed_at``."""
        return list(self._moved.values())
