"""Keeps a server in step with an archive that other machines write to: its index, and the paper's own files. One thread a
process; adds no article.

It is notified of changes (NOTIFY) and polls every ``POLL_S`` besides. Of the folder's processes one indexes, under the folder's
lock; the others see its commit. For a takedown or a correction a running import lets it in.
"""

from __future__ import annotations

import logging
import math
import socket
import threading
import time
from contextlib import suppress
from typing import Final

from gisa.clock import Monotonic
from gisa.errors import GisaError, NotAnswered, SearchIndexError, WriterLocked
from gisa.library.followers import Followers
from gisa.library.own_files import OwnFiles
from gisa.library.upkeep import Upkeep
from gisa.model import ChangeKind
from gisa.ports import Archive, IndexEngine, IndexReader, SharedArchive
from gisa.reports import NodeState

log: Final = logging.getLogger("gisa.library")

POLL_S: Final = 0.5
"""A takedown must take effect within a second, also if a connection pooler swallows NOTIFY."""
STALE_S: Final = 5.0
"""If the archive has not answered for so long, nothing is served from the cache: it may show what has been taken down."""
_URGENT_WAIT_S: Final = 5.0
"""How long a takedown waits for a running import, which lets it in between two batches."""
_OTHERS_FIRST_S: Final = 1.5
"""On a shared index the process that made a change indexes it. After so long a node does it instead."""
ERASE_AGAIN_S: Final = 300.0
"""After so long a build that is to erase purged words is tried again if it failed: it may take a core for hours."""
_SOON_S: Final = 0.1
_CHANGES: Final = 1_000


class _Over(Exception):
    """The node is being stopped."""


class Node:
    """Follows from ``start`` to ``stop``. Before ``start`` it is idle and reports that there is nothing to follow."""

    def __init__(
        self,
        archive: Archive,
        engine: IndexEngine,
        followers: Followers,
        upkeep: Upkeep,
        own: OwnFiles,
        *,
        node: str = "",
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        """``node``: the name that other machines see."""
        self._archive, self._engine, self._followers, self._upkeep = archive, engine, followers, upkeep
        self._own = own
        self._name, self._monotonic = f"{socket.gethostname()}:{node}", monotonic
        self._is_over = threading.Event()
        self._thread: threading.Thread | None = None
        self._looked_at = self._level_at = 0.0
        self._told: str | None = None
        self._forgotten_for = 0
        self._is_level = True
        self._words_version = 0
        self._words_seen: tuple[int, str] = (0, "")
        """Version and words of the index when they were last found to agree."""
        self._words_wait_since: float | None = None
        self._purge_mark = ""
        """Up to which purge this folder's files are known to be free of purged words."""
        self._erasing: threading.Thread | None = None
        self._erase_not_before = -math.inf

    def start(self) -> None:
        """Follow, if other machines share the archive; otherwise whoever writes keeps the index in step."""
        shared = self._archive.shared
        if shared is None or self._thread is not None:
            return
        self._looked_at = self._level_at = self._monotonic()
        self._thread = threading.Thread(target=self._run, args=(shared,), name="gisa-following", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the threads; what is being written is finished first, a build in progress is given up."""
        self._is_over.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._erasing is not None:
            self._erasing.join()
            self._erasing = None

    def behind_s(self) -> float:
        """Seconds for which the index may have lacked changes of the archive; 0 while nothing is followed."""
        return self._monotonic() - self._level_at if self._thread is not None else 0.0

    @property
    def words_version(self) -> int:
        """The version of the paper's own files that this process answers by, wholly."""
        return self._words_version if self._thread is not None else self._own.version

    def refuse_stale(self) -> None:
        """Raise ``NotAnswered`` if the archive has not answered for so long that cached answers may be wrong."""
        if self._thread is not None and self._monotonic() - self._looked_at > STALE_S:
            raise NotAnswered(f"the archive has not answered for {self._monotonic() - self._looked_at:.0f} s")

    def _run(self, shared: SharedArchive) -> None:
        with shared.watch(self._name) as watch:
            while not self._is_over.is_set():
                try:
                    watch.say(self._step(), words_version=self._words_version)
                    self._told = None
                except Exception as error:  # a node that stopped following would show what was taken down for ever
                    self._tell(error)
                watch.wait(POLL_S if self._is_level else _SOON_S)

    def _step(self) -> int:
        """Bring index and followers up to the archive; returns up to which change they are."""
        last = self._archive.last_change_seq()
        self._looked_at = self._monotonic()
        reader = self._engine.reader()
        if reader.change_seq < last and (self._engine.is_local or self.behind_s() > _OTHERS_FIRST_S):
            self._catch_up(reader, last)
        self._follow_words(reader)
        self._follow_purges()
        states = tuple(self._followers.states())
        if any(state.lag for state in states):  # the folder's own, also where the index is one that all share
            self._follow()
            states = tuple(self._followers.states())
        followed = [state.change_seq for state in states if state.change_seq is not None]
        held = min([reader.change_seq, *followed])
        self._is_level = held >= last
        if self._is_level:
            self._level_at = self._monotonic()
        return held

    def _catch_up(self, reader: IndexReader, last: int) -> None:
        is_urgent = self._is_urgent(after=reader.change_seq)
        if is_urgent and last != self._forgotten_for:
            self._engine.forget_answers()  # before the index is ready, and where it cannot be written
            self._forgotten_for = last
        with suppress(WriterLocked):  # the writer follows the log itself
            self._upkeep.catch_up(wait_s=_URGENT_WAIT_S if is_urgent else 0.0, unless=lambda: reader.change_seq >= last)

    def _follow_words(self, reader: IndexReader) -> None:
        """Go by the newest of the paper's own files: synonyms at once, words when the index does.

        A server is not unready meanwhile: it answers by the words before, all of it.
        """
        self._own.refresh()
        if (seen := (self._own.version, reader.vocabulary)) == self._words_seen:
            return
        if self._own.version and self._upkeep.has_words_waiting():
            now = self._monotonic()
            since = self._words_wait_since = self._words_wait_since or now
            if self._engine.is_local or now - since > _OTHERS_FIRST_S:
                with suppress(WriterLocked):  # then whoever writes goes by them
                    self._upkeep.catch_up(wait_s=0.0, unless=lambda: not self._upkeep.has_words_waiting())
            return
        self._words_seen, self._words_version, self._words_wait_since = seen, self._own.version, None

    def _follow_purges(self) -> None:
        """Build anew what may hold words of purged articles, beside everything else: it may take hours."""
        if self._erasing is not None and self._erasing.is_alive():
            return
        mark = self._archive.purge_mark()
        if mark == self._purge_mark:
            return
        if not self._upkeep.holds_purged_words():
            self._purge_mark = mark
        elif (now := self._monotonic()) >= self._erase_not_before:
            self._erase_not_before = now + ERASE_AGAIN_S
            self._erasing = threading.Thread(target=self._erase, name="gisa-erasing", daemon=True)
            self._erasing.start()

    def _erase(self) -> None:
        try:
            self._upkeep.erase_purged(go_on=self._refuse_if_over)
        except _Over:
            pass  # the next start does it
        except WriterLocked:  # by whoever builds here: soon there is nothing left to do
            self._erase_not_before = self._monotonic() + STALE_S
        except Exception as error:  # the thread would end unseen, and the words stay
            log.warning(
                "words of a purged article may be left in files here: %s — tried again in %d s, or run `gisa reindex`",
                error,
                ERASE_AGAIN_S,
                exc_info=not isinstance(error, GisaError),
            )

    def _refuse_if_over(self) -> None:
        if self._is_over.is_set():
            raise _Over

    def _follow(self) -> None:
        try:
            self._upkeep.follow(wait_s=0.0)
        except WriterLocked:
            pass  # whoever writes here follows at the end of its turn
        except SearchIndexError as error:  # a store that cannot be written has discarded itself: it shows nothing
            self._tell(error)

    def _is_urgent(self, *, after: int) -> bool:
        """Whether there is more than additions, which may wait for the run that makes them."""
        return any(change.kind is not ChangeKind.ADD for change in self._archive.changes(after=after, limit=_CHANGES))

    def _tell(self, error: Exception) -> None:
        """Log an error once, not twice a second."""
        if str(error) != self._told:
            self._told = str(error)
            log.warning("not following the archive: %s", error, exc_info=not isinstance(error, GisaError))


def unconfirmed(shared: SharedArchive, change_seq: int, *, within_s: float) -> tuple[NodeState, ...]:
    """Wait until every node answers from ``change_seq`` on; returns those that do not when the time is up."""
    deadline = time.monotonic() + within_s
    while True:
        behind = tuple(node for node in shared.nodes() if node.change_seq < change_seq)
        if not behind or time.monotonic() > deadline:
            return behind
        time.sleep(0.05)
