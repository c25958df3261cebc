"""Writes the index of a data folder: brings it up to the archive or rebuilds it, and the followers with it. Adds no article."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from typing import Final

from gisa.clock import Clock
from gisa.config import Settings
from gisa.durable import write_durably
from gisa.errors import DataFolderError, IndexAhead, IndexDamaged, SearchIndexError, WriterLocked
from gisa.ingest.pipeline import Indexer, catch_up
from gisa.ingest.workers import AnalysisPool
from gisa.lexicon.vocabulary import EMPTY, Vocabulary, vocabulary_from_text
from gisa.library.followers import Followers
from gisa.library.lock import FOREVER, OnWait, WriterLock, writer_lock
from gisa.library.own_files import OwnFiles
from gisa.library.recasting import recast
from gisa.library.turns import Turns
from gisa.messages import FolderCode, Message
from gisa.ports import Archive, IndexEngine, IndexWriter

log: Final = logging.getLogger("gisa.library")

_LONG: Final = 1_000
"""From so many articles on, indexing takes seconds, and opening the folder logs what it waits for."""


class Upkeep:
    """Keeps the index of one data folder, and what else follows the change log, in step with its archive."""

    def __init__(
        self,
        settings: Settings,
        archive: Archive,
        engine: IndexEngine,
        followers: Followers,
        own: OwnFiles,
        *,
        lock: WriterLock,
        clock: Clock,
        wait_s: float,
        on_wait: OnWait | None,
    ) -> None:
        """``lock`` is held while articles are added; ``wait_s``: how long to wait for another writer."""
        self._settings, self._own = settings, own
        self._lock = lock
        # A local index is written by this folder's processes only, so the folder's own lock is enough.
        self._folder_lock = WriterLock(settings.lock_path, shared=None)
        self._index_lock = self._folder_lock if engine.is_local else lock
        self._wait_s, self._on_wait = wait_s, on_wait
        self._archive = archive
        self._engine = engine
        self._followers = followers
        self._clock = clock

    def prepare(self) -> None:
        """Make sure there is an index and that it holds what the archive does."""
        if not self._engine.is_built():
            with self._building_lock():
                if not self._engine.is_built():
                    if (count := self._archive.count()) >= _LONG:
                        log.warning("there is no index: building it from the %s articles of the archive", f"{count:,}")
                    self._build_index()
        behind = self._archive.last_change_seq() - self._engine.reader().change_seq
        if behind >= _LONG:
            log.warning("indexing %s changes that the archive holds beyond the index", f"{behind:,}")
        if behind > 0 or self._followers.are_behind():
            try:
                self.catch_up(wait_s=0.0)
            except WriterLocked:
                pass  # the writer is bringing it up to date
            except (DataFolderError, SearchIndexError) as error:
                # a read-only or full disk: the index can still be searched
                log.warning("%s — the index lacks the archive's last changes until something can write", error)

    @contextmanager
    def writing(
        self,
        *,
        pool: AnalysisPool | None = None,
        wait_s: float | None = None,
    ) -> Iterator[Indexer]:
        """The writer lock, and what ``indexing`` gives under it. Raises ``WriterLocked`` as well."""
        with self._held(self._lock, wait_s), self.indexing(pool=pool) as indexer:
            yield indexer

    def alone(self, *, wait_s: float) -> AbstractContextManager[None]:
        """The writer lock and nothing else: no index is opened, no follower follows. Raises ``WriterLocked``."""
        return self._held(self._lock, wait_s)

    def catch_up(
        self,
        *,
        workers: int | None = None,
        recasting: Callable[[int], None] | None = None,
        wait_s: float | None = None,
        unless: Callable[[], bool] = lambda: False,
    ) -> None:
        """Bring index and followers up to the archive and the paper's own words; nothing is added. Raises as ``writing``.

        ``unless`` is asked once the lock is held: another process may have done it.
        """
        with self._held(self._index_lock, wait_s), closing(AnalysisPool(workers=workers)) as pool:
            if not unless():
                with self.indexing(pool=pool, recasting=recasting):
                    pass  # opening the writer brings the index up to date, closing it the followers

    @contextmanager
    def turns(self, *, workers: int | None = None) -> Iterator[Turns]:
        """Turns at ``writing``, for a run that reads its source between them. Only the first turn gives up
        waiting after ``wait_s``. All turns use the same analysis workers, if any.
        """
        waits = iter((self._wait_s,))
        with (
            closing(AnalysisPool(workers=workers)) as pool,
            Turns(
                lambda: self.writing(pool=pool, wait_s=next(waits, FOREVER)), is_wanted=self._lock.is_wanted
            ) as turns,
        ):
            yield turns

    @contextmanager
    def indexing(
        self, *, pool: AnalysisPool | None = None, recasting: Callable[[int], None] | None = None
    ) -> Iterator[Indexer]:
        """The index's writer, up to date with the paper's own words, then with the archive; the caller holds the lock.

        At the end it commits, including what others have archived meanwhile. Then the followers follow, also after an error.
        ``pool`` analyses; None: a pool of its own. ``recasting`` is called with how many articles have been analysed again for
        the words. Raises ``SearchIndexError`` if the index cannot be written.
        """
        try:
            self._refuse_ahead()
            index = self._engine.reader()
            held = vocabulary_from_text(index.vocabulary)
            self._own.refresh()
            wanted, _ = self._own.vocabulary(held=held)
            with self._followers.beside(), self._engine.writing() as writer, ExitStack() as own:
                pool = pool if pool is not None else own.enter_context(closing(AnalysisPool()))
                indexer = self._indexer(writer, wanted, pool, held=index.change_seq)
                if wanted != held:
                    recast(self._archive, index, indexer, held=held, wanted=wanted, progress=recasting)
                catch_up(self._archive, indexer)
                indexer.commit()
                yield indexer
                catch_up(self._archive, indexer)
                indexer.commit()
        finally:
            self._followers.follow()

    def has_words_waiting(self) -> bool:
        """Whether the index goes by other words than the paper's own files say. Reads them: ask when one of the two changed."""
        held = vocabulary_from_text(self._engine.reader().vocabulary)
        return self._own.vocabulary(held=held)[0] != held

    def follow(self, *, wait_s: float | None = None) -> None:
        """Bring the followers alone up to the archive: they are this folder's own, whoever writes the index. Raises as ``writing``."""
        with self._held(self._folder_lock, wait_s):
            self._followers.follow()

    def build_anew(self, *, progress: Callable[[int], None] | None = None, workers: int | None = None) -> int:
        """Rebuild index and followers from the archive; returns how many articles. Others write meanwhile, except at the end."""
        with self._building_lock():
            mark = self._archive.purge_mark()
            done = self._build(progress=progress, workers=workers, rebuild=self._followers.rebuild)
            self._note_purges(mark)
        return done

    def holds_purged_words(self) -> bool:
        """Whether this folder's files may hold words of articles that another machine has purged since they were built."""
        return self._archive.purge_mark() != self._noted_purges()

    def erase_purged(self, *, go_on: Callable[[], None]) -> None:
        """Build anew what may hold words of purged articles: the followers, and the index if it is this folder's own.

        Searches go on meanwhile. ``go_on`` is called again and again; what it raises ends it. Raises ``WriterLocked`` if another
        process builds, ``SearchIndexError`` and ``DataFolderError`` if the folder cannot be written.
        """
        with self._building_lock(wait_s=0.0):
            if not self.holds_purged_words():  # another process of this folder was faster
                return
            mark = self._archive.purge_mark()
            if self._engine.is_local:
                self._build(progress=lambda _: go_on(), rebuild=lambda: self._followers.rebuild(go_on=go_on))
            else:
                with self._held(self._folder_lock, FOREVER):
                    self._followers.rebuild(go_on=go_on)
            self._note_purges(mark)

    def _noted_purges(self) -> str:
        """The archive's ``purge_mark`` of when this folder's files were built; empty if nobody noted it."""
        try:
            return self._settings.purge_mark_path.read_text("ascii")
        except (OSError, UnicodeDecodeError):
            return ""

    def _note_purges(self, mark: str) -> None:
        """Note that nothing derived holds words purged up to ``mark``, once the builds before are gone, too."""
        if mark == self._noted_purges():
            return
        time.sleep(self._engine.seen_within_s)
        self._engine.discard_old()
        try:
            write_durably(self._settings.purge_mark_path, [mark.encode()])
        except OSError as error:
            why = Message(FolderCode.FILE_UNWRITABLE, error=error.strerror or str(error))
            raise DataFolderError(why, str(self._settings.purge_mark_path)) from error

    def _build_index(self) -> None:
        """The index of a folder that has none; the followers keep what they have, or are built by who follows next."""
        is_new = not any(self._settings.index_dir.glob("*.sqlite*"))
        mark = self._archive.purge_mark()
        self._build()
        if is_new:  # a follower's store that is there may hold words that were purged since
            self._note_purges(mark)

    def _held(self, lock: WriterLock, wait_s: float | None) -> AbstractContextManager[None]:
        wait_s = self._wait_s if wait_s is None else wait_s
        return lock.hold(wait_s=wait_s, on_wait=self._on_wait if wait_s else None)

    @contextmanager
    def _building_lock(self, *, wait_s: float = FOREVER) -> Iterator[None]:
        """Held while an index is built, so that only one process builds. Others write meanwhile."""
        with writer_lock(self._settings.building_lock_path, wait_s=wait_s, on_wait=self._on_wait if wait_s else None):
            yield

    def _indexer(self, writer: IndexWriter, vocabulary: Vocabulary, pool: AnalysisPool, *, held: int) -> Indexer:
        return Indexer(writer, vocabulary, pool, held=held, now=self._clock)

    def _refuse_ahead(self) -> None:
        """Raise ``IndexAhead`` if the index holds changes that the archive has not, and what keeps it from being written."""
        if not self._engine.is_built():
            raise IndexDamaged(f"{self._engine.place}: there is no index — run `gisa reindex`")
        if (indexed := self._engine.reader().change_seq) > (last := self._archive.last_change_seq()):
            raise IndexAhead(
                f"{self._engine.place}: the index holds changes up to {indexed:,}, the archive only up to {last:,}: the "
                "archive has lost its last ones — put a backup in its place (`gisa restore`), or go on with what is there "
                "(`gisa reindex`, then add what is missing again)"
            )

    def _build(
        self,
        *,
        progress: Callable[[int], None] | None = None,
        workers: int | None = None,
        rebuild: Callable[[], None] = lambda: None,
    ) -> int:
        """The index anew from the archive, beside the live one, then the swap and ``rebuild``, under the writer lock.

        The caller holds the building lock. What is written meanwhile is caught up from the log.
        """
        done = 0
        self._own.refresh()
        vocabulary, _ = self._own.vocabulary(held=EMPTY)
        with ExitStack() as until_swapped:
            last = self._archive.last_change_seq()
            with self._engine.building() as writer, closing(AnalysisPool(workers=workers)) as pool:
                indexer = self._indexer(writer, vocabulary, pool, held=last)
                for batch in self._archive.each(batch=200):
                    indexer.put(batch, change_seq=last)
                    done += len(batch)
                    if progress is not None:
                        progress(done)
                indexer.commit()
                until_swapped.enter_context(self._held(self._index_lock, FOREVER))
                catch_up(self._archive, indexer)
                indexer.commit()
            rebuild()
        return done
