"""Wires the parts of one data folder: archive, index, followers, search, upkeep. The one place that does; uses none of them."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

from gisa.archive import open_archive, sqlite_url
from gisa.clock import Clock, Monotonic
from gisa.config import Settings
from gisa.corrections.asking import Corrections
from gisa.corrections.following import corrections_file
from gisa.index.engine import open_engine
from gisa.library.citing import Sets
from gisa.library.followers import FOLLOWERS, Followed, Followers
from gisa.library.lock import OnWait, WriterLock, writer_lock
from gisa.library.node import Node
from gisa.library.own_files import OwnFiles
from gisa.library.reserve import Reserve
from gisa.library.searches import Searches
from gisa.library.status import FolderStatus
from gisa.library.takedown import Takedowns
from gisa.library.upkeep import Upkeep
from gisa.library.working_copies import WorkingCopies
from gisa.ports import Archive, IndexEngine
from gisa.quotes.asking import Quotations
from gisa.quotes.following import quotations_file
from gisa.stories.asking import Stories
from gisa.suggest.lookup import StoredSuggestions
from gisa.suggest.store import suggestions_file

_CREATE_WAIT_S = 30.0
"""How long the first opening of a folder waits for another process that creates its archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What an open data folder consists of.

    ``archive``, ``engine``, ``suggestions``, ``quotations``, ``corrections``, ``stories`` and ``node`` are to be closed.
    """

    archive: Archive
    engine: IndexEngine
    suggestions: StoredSuggestions
    quotations: Quotations
    corrections: Corrections
    own: OwnFiles
    copies: WorkingCopies | None
    stories: Stories
    searches: Searches
    sets: Sets
    followers: Followers
    lock: WriterLock
    reserve: Reserve
    upkeep: Upkeep
    node: Node
    takedowns: Takedowns
    status: FolderStatus


def open_parts(
    settings: Settings, *, wait_s: float, on_wait: OnWait | None, clock: Clock, monotonic: Monotonic
) -> Parts:
    """Open the archive of a folder that is there; the index is opened when first needed.

    ``wait_s``: how long writing waits for another writer. Raises ``ArchiveError`` and ``WriterLocked``.
    """
    with ExitStack() as opened:
        parts = _join(settings, opened, wait_s=wait_s, on_wait=on_wait, clock=clock, monotonic=monotonic)
        opened.pop_all()  # from here on whoever has the parts closes them
    return parts


def _join(
    settings: Settings,
    opened: ExitStack,
    *,
    wait_s: float,
    on_wait: OnWait | None,
    clock: Clock,
    monotonic: Monotonic,
) -> Parts:
    """``opened`` closes what has been opened, if a later part cannot be."""
    preview = settings.paper.preview
    engine = open_engine(settings.index_url, folder=settings.index_dir, remote=settings.index)
    opened.callback(engine.close)
    suggestions = StoredSuggestions(settings.suggestions_path)
    opened.callback(suggestions.close)
    stories = Stories(settings.stories_path, preview=preview)
    reserve = Reserve(settings.reserve_path)
    archive = _open_archive(settings, reserve, clock=clock)
    opened.callback(archive.close)
    shared = archive.shared
    own = OwnFiles(settings, shared.files if shared is not None else None)
    searches = Searches(
        archive,
        engine,
        suggestions,
        own,
        clock=clock,
        monotonic=monotonic,
        preview=preview,
        searching=settings.search,
        stories=stories,
        stores=[
            suggestions_file(settings.suggestions_path),
            quotations_file(settings.quotations_path, preview=preview),
            corrections_file(settings.corrections_path, preview=preview),
        ],
    )
    followed = Followed(settings, archive, clock=clock, words=searches.indexed_words)
    followers = Followers(archive, [make(followed) for make in FOLLOWERS])
    lock = WriterLock(settings.lock_path, shared=shared.lock if shared is not None else None)
    upkeep = Upkeep(settings, archive, engine, followers, own, lock=lock, clock=clock, wait_s=wait_s, on_wait=on_wait)
    node = Node(archive, engine, followers, upkeep, own, node=settings.data_dir.resolve().name, monotonic=monotonic)
    return Parts(
        archive=archive,
        engine=engine,
        suggestions=suggestions,
        quotations=Quotations(settings.quotations_path, preview=preview),
        corrections=Corrections(settings.corrections_path, preview=preview),
        own=own,
        copies=WorkingCopies(settings.data_dir, own, shared.files) if shared is not None else None,
        stories=stories,
        searches=searches,
        sets=Sets(archive, searches, settings.set_key_path, clock=clock, preview=preview),
        followers=followers,
        lock=lock,
        reserve=reserve,
        upkeep=upkeep,
        node=node,
        takedowns=Takedowns(
            archive, engine, upkeep, lock=lock, reserve=reserve, data_dir=settings.data_dir, clock=clock
        ),
        status=FolderStatus(
            archive,
            engine,
            searches,
            followers,
            node,
            upkeep,
            lock=lock,
            max_behind_s=settings.serving.max_behind_s,
            clock=clock,
        ),
    )


def _open_archive(settings: Settings, reserve: Reserve, *, clock: Clock) -> Archive:
    """The archive; one in a file is created under the writer lock, so that two processes do not both do it."""
    url = settings.archive_url or sqlite_url(settings.archive_path)
    if settings.archive_path.exists() or settings.archive_url:
        return reserve.with_room(lambda: open_archive(url, database=settings.database, clock=clock))
    with writer_lock(settings.lock_path, wait_s=_CREATE_WAIT_S):
        return open_archive(url, database=settings.database, clock=clock)
