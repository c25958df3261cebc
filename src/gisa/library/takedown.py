"""Takes articles down, withholds, publishes, purges and repairs them, and waits until no reader is answered otherwise. Decides no reasons."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final

from gisa.archive import open_archive, sqlite_url
from gisa.clock import Clock
from gisa.errors import SearchIndexError, WriterLocked
from gisa.library.backups import known_backups
from gisa.library.damage import repair
from gisa.library.lock import FOREVER, WriterLock
from gisa.library.node import unconfirmed
from gisa.library.publishing import revise
from gisa.library.reserve import Reserve
from gisa.library.upkeep import Upkeep
from gisa.model import Addition, Article, Purge, Removal
from gisa.ports import Archive, IndexEngine
from gisa.reports import PurgeReport, RepairReport

log: Final = logging.getLogger("gisa.library")

_CONFIRM_S: Final = 1.0
"""How long a takedown waits for the servers that share the archive."""
_CATCH_UP_WAIT_S: Final = 1.5
"""How long a takedown waits to bring the index up to date itself; then whoever writes does it."""


class Takedowns:
    """What changes who may see an article. When a method has returned, every reader in every process is answered by it."""

    def __init__(
        self,
        archive: Archive,
        engine: IndexEngine,
        upkeep: Upkeep,
        *,
        lock: WriterLock,
        reserve: Reserve,
        data_dir: Path,
        clock: Clock,
    ) -> None:
        """``reserve``: disk space that is given up if a takedown finds none."""
        self._archive, self._engine, self._upkeep = archive, engine, upkeep
        self._lock, self._reserve = lock, reserve
        self._data_dir, self._clock = data_dir, clock

    def remove(self, removals: Sequence[Removal]) -> int:
        """See ``Library.remove``. A writer at work is waited for 1.5 s only: it follows the archive's log, too."""
        changes = self._reserve.with_room(lambda: self._archive.remove(removals))
        if changes:
            self._reserve.with_room(lambda: self._take_out(len(changes)))
            self._await_nodes(changes[-1].change_seq)
        return len(changes)

    def revise(self, article_ids: Iterable[str], to: Callable[[Article], Article], *, wait_s: float) -> int:
        """Replace the articles by what ``to`` makes of them; returns how many are there. Raises ``WriterLocked``."""

        def write() -> list[Addition]:
            with self._lock.hold(wait_s=wait_s):
                additions = revise(self._archive, article_ids, to)
                with self._upkeep.indexing():
                    pass  # opening the index's writer brings it up to date
                return additions

        additions = self._reserve.with_room(write)
        self.wait_until_seen()
        if changed := [addition.change.change_seq for addition in additions if addition.change is not None]:
            self._await_nodes(changed[-1])
        return len(additions)

    def purge(
        self, article_ids: Sequence[str], *, by: str, progress: Callable[[int], None] | None = None
    ) -> PurgeReport:
        """Erase the text of articles that have been removed, then build the index anew. See ``Library.purge``."""
        at = self._clock()
        purges = [Purge(each, at, by) for each in dict.fromkeys(article_ids)]

        def erase() -> Sequence[Purge]:
            with self._upkeep.alone(wait_s=FOREVER):  # who follows beside would read, and so keep, what is erased
                return self._archive.purge(purges)

        purged = self._reserve.with_room(erase)
        if purged:
            try:
                self._upkeep.build_anew(progress=progress)
            except SearchIndexError as error:
                raise type(error)(
                    f"{len(purged):,} erased from the archive and shown no more, but the index holds words of it until it is "
                    f"built anew — run the same command again: {error}"
                ) from error
            self.wait_until_seen()
        return PurgeReport(tuple(each.article_id for each in purged), known_backups(self._data_dir) if purged else {})

    def repair(self, backup: Path | None, *, progress: Callable[[int], None] | None = None) -> RepairReport:
        """See ``Library.repair``; ``backup`` is a backup's folder."""
        with ExitStack() as stack:
            source = None
            if backup is not None:
                source = stack.enter_context(closing(open_archive(sqlite_url(backup / "archive.sqlite"), create=False)))
            stack.enter_context(self._lock.hold(wait_s=FOREVER))
            report = repair(self._archive, source, progress=progress)
        if report.mended or report.quarantined:
            self._upkeep.build_anew()
            self.wait_until_seen()
        return report

    def wait_until_seen(self) -> None:
        """Return when no process answers any more from before the index's last commit."""
        time.sleep(self._engine.seen_within_s)

    def _take_out(self, removed: int) -> None:
        """Let nobody be answered from what the archive no longer shows."""
        try:
            self._engine.forget_answers()  # before the index is ready, and where it cannot be written
            self._upkeep.catch_up(wait_s=_CATCH_UP_WAIT_S)
        except WriterLocked:
            pass  # whoever writes follows the archive's log
        except SearchIndexError as error:
            self.wait_until_seen()
            raise type(error)(f"{removed:,} removed and shown no more, but {error}") from error
        self.wait_until_seen()

    def _await_nodes(self, change_seq: int) -> None:
        """Return when every server that shares the archive answers from this change on, or log which ones do not yet."""
        shared = self._archive.shared
        for node in unconfirmed(shared, change_seq, within_s=_CONFIRM_S) if shared is not None else ():
            log.warning(
                "%s has not confirmed change %s yet: it holds %s — readers it answers may still see what was taken down: see "
                "whether it reaches the archive, or stop it",
                node.name,
                f"{change_seq:,}",
                f"{node.change_seq:,}",
            )
