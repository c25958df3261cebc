"""Reads the state of a data folder, and whether this process may be sent readers. Checks no file: ``verify`` does."""

from __future__ import annotations

from collections.abc import Mapping

from gisa.access import Asker
from gisa.clause import EVERYTHING, Clause, OpensAfter, Token
from gisa.clock import Clock
from gisa.errors import IndexBehind
from gisa.library.followers import Followers
from gisa.library.lock import WriterLock
from gisa.library.node import Node
from gisa.library.searches import Searches
from gisa.library.upkeep import Upkeep
from gisa.model import WithheldAs
from gisa.ports import Archive, IndexEngine
from gisa.reports import FollowerState, Status
from gisa.text import flavour
from gisa.text.views import GATE


class FolderStatus:
    """The state of one open data folder, read anew by every call."""

    def __init__(
        self,
        archive: Archive,
        engine: IndexEngine,
        searches: Searches,
        followers: Followers,
        node: Node,
        upkeep: Upkeep,
        *,
        lock: WriterLock,
        max_behind_s: float,
        clock: Clock,
    ) -> None:
        """``max_behind_s``: how long the index may lack changes of a shared archive before ``health`` raises."""
        self._archive, self._engine, self._searches = archive, engine, searches
        self._followers, self._node, self._upkeep, self._lock = followers, node, upkeep, lock
        self._max_behind_s, self._clock = max_behind_s, clock

    def read(self) -> Status:
        """Counts, sizes, how far index and followers are, and who writes."""
        view = self._searches.of(Asker.PUBLIC)
        newest, oldest = view.service.ends()
        last, indexed = self._archive.last_change_seq(), self._engine.reader().change_seq
        return Status(
            articles=view.articles.count(EVERYTHING),
            withheld=self._withheld(),
            change_seq=last,
            indexed_change_seq=indexed,
            generation=self._engine.generation,
            fingerprint=self._engine.fingerprint,
            archive_size_bytes=self._archive.size_bytes(),
            index_size_bytes=self._engine.size_bytes(),
            newest=newest,
            oldest=oldest,
            writer=self._lock.holder(),
            followers=(FollowerState("index", indexed, last - indexed), *self._followers.states()),
            rules=flavour(),
            unreadable=len(self._archive.unreadable),
            nodes=tuple(shared.nodes()) if (shared := self._archive.shared) is not None else (),
            words_version=self._node.words_version,
            behind_s=self._node.behind_s(),
            is_level=self._is_level(),
            holds_purged=self._upkeep.holds_purged_words(),
        )

    def health(self) -> Status:
        """``read``, if this process may be sent readers; see ``Library.health``."""
        if not self._is_level():
            raise IndexBehind(
                f"{self._engine.place}: not level with the archive for {self._node.behind_s():.0f} s — see the log for "
                "what keeps it from following"
            )
        return self.read()

    def _is_level(self) -> bool:
        return self._node.behind_s() <= self._max_behind_s

    def _withheld(self) -> dict[str, int]:
        """How many articles readers do not see, by reason; without those that are zero."""
        now_s = int(self._clock().timestamp())
        matches: Mapping[str, Clause] = {reason.value: Token(GATE, reason.value) for reason in WithheldAs} | {
            "ahead": OpensAfter(now_s)
        }
        counts = zip(matches, self._engine.reader().count_each(matches.values()), strict=True)
        return {reason: count for reason, count in counts if count}
