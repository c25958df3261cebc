"""The doors to the outside world, as promises: what an archive and an index must do. No code behind them."""

from __future__ import annotations

from gisa.ports.archive import Archive, ArchiveView
from gisa.ports.following import Follower, Suggestions
from gisa.ports.index import (
    FacetCounts,
    IndexEngine,
    IndexEntry,
    IndexHit,
    IndexQuery,
    IndexReader,
    IndexRemoval,
    IndexResult,
    IndexView,
    IndexWriter,
    Known,
    MostHeld,
)
from gisa.ports.sharing import ChangeWatch, FileEdit, SharedArchive, SharedFiles, SharedLock

__all__ = [
    "Archive",
    "ArchiveView",
    "ChangeWatch",
    "FacetCounts",
    "FileEdit",
    "Follower",
    "IndexEngine",
    "IndexEntry",
    "IndexHit",
    "IndexQuery",
    "IndexReader",
    "IndexRemoval",
    "IndexResult",
    "IndexView",
    "IndexWriter",
    "Known",
    "MostHeld",
    "SharedArchive",
    "SharedFiles",
    "SharedLock",
    "Suggestions",
]
