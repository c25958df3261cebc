"""Decides what lines of another archive's log do to this one: the same, number for number. Pure; ``ledger`` gives new ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from gisa.archive.ledger import Counters
from gisa.archive.rows import content_of, microseconds_of
from gisa.errors import ArchiveError
from gisa.model import ChangeKind, LogEntry


class Replay:
    """Gathers the rows to write for entries that follow what is there; used for one transaction, by one thread."""

    def __init__(
        self, counters: Counters, entries: Sequence[LogEntry], *, known: set[int], pack: Callable[[str], bytes]
    ) -> None:
        """``known``: which of the entries' article numbers the archive has. Raises ``ArchiveError`` for a gap."""
        self._last_seq, self._last_change_seq, self._article_count = counters
        self._known = known
        self._pack = pack
        self._new: dict[int, dict[str, Any]] = {}
        self._moved: dict[int, dict[str, Any]] = {}
        self.revisions: list[dict[str, Any]] = []
        self.changes: list[dict[str, Any]] = []
        for entry in entries:
            self._take(entry)

    def _take(self, entry: LogEntry) -> None:
        change = entry.change
        if change.change_seq != self._last_change_seq + 1:
            raise ArchiveError(
                f"change {change.change_seq:,} does not follow change {self._last_change_seq:,} — a part of the log is "
                "missing: run `gisa verify` on the archive it comes from"
            )
        self._last_change_seq = change.change_seq
        self._last_seq = max(self._last_seq, change.article_seq)
        changed_at = microseconds_of(change.changed_at)
        is_removal = change.kind is ChangeKind.REMOVE
        self._article_count += {ChangeKind.ADD: 1, ChangeKind.UPDATE: 0, ChangeKind.REMOVE: -1}[change.kind]
        if entry.article is not None:
            content = content_of(entry.article)
            self.revisions.append(
                {
                    "seq": change.article_seq,
                    "revision": change.revision,
                    "digest": content.digest,
                    "body": self._pack(content.body),
                    **content.columns,
                }
            )
        removed_at = changed_at if is_removal else None
        if change.article_seq in self._known:
            self._moved[change.article_seq] = {
                "of_seq": change.article_seq,
                "to_revision": change.revision,
                "to_removed_at": removed_at,
            }
        else:
            self._new[change.article_seq] = {
                "seq": change.article_seq,
                "id": change.article_id,
                "revision": change.revision,
                "removed_at": removed_at,
            }
        self.changes.append(
            {
                "change_seq": change.change_seq,
                "seq": change.article_seq,
                "kind": change.kind.value,
                "revision": change.revision,
                "changed_at": changed_at,
                "reason": change.reason,
                "public_reason": change.public_reason,
            }
        )

    @property
    def counters(self) -> Counters:
        return Counters(self._last_seq, self._last_change_seq, self._article_count)

    @property
    def new_articles(self) -> list[dict[str, Any]]:
        return list(self._new.values())

    @property
    def moved_articles(self) -> list[dict[str, Any]]:
        return list(self._moved.values())
