"""The one writer of a data folder's index: it follows the archive, or is built anew, and the followers with it. Adds no article."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Final

from gisa.clock import Clock
from gisa.config import Settings
from gisa.errors import DataFolderError, IndexAhead, IndexDamaged, SearchIndexError, WriterLocked
from gisa.ingest.pipeline import Indexer, catch_up
from gisa.lexicon.vocabulary import EMPTY, Vocabulary, vocabulary_from_text
from gisa.library.followers import Followers
from gisa.library.lock import writer_lock
from gisa.library.own_files import vocabulary_in
from gisa.library.recasting import recast
from gisa.ports import Archive, IndexEngine, IndexWriter

log: Final = logging.getLogger("gisa.library")

_LONG: Final = 1_000
"""Articles that take seconds to index: whoever opens the folder is told what they wait for."""


class Upkeep:
    """Keeps the index of one data folder, and what else follows the change log, in step with its archive."""

    def __init__(
        self, settings: Settings, archive: Archive, engine: IndexEngine, followers: Followers, *, clock: Clock
    ) -> None:
        self._settings = settings
        self._archive = archive
        self._engine = engine
        self._followers = followers
        self._clock = clock

    def prepare(self) -> None:
        """Make sure there is an index and that it holds what the archive does."""
        if not self._engine.is_built():
            with writer_lock(self._settings.lock_path, wait_s=30.0):
                if not self._engine.is_built():
                    if (count := self._archive.count()) >= _LONG:
                        log.warning("there is no index: building it from the %s articles of the archive", f"{count:,}")
                    self._build()  # beside what a server may have open, and whole before it is swapped in
        last = self._archive.last_change_seq()
        behind = last - self._engine.reader().change_seq
        if behind >= _LONG:
            log.warning(
                "the last run was cut off: indexing %s changes that the archive holds beyond the index", f"{behind:,}"
            )
        if behind > 0 or self._followers.are_behind():
            try:
                with self.writing():
                    pass  # opening the writer brings the index up to date, closing it the followers
            except WriterLocked:
                pass  # then whoever writes is bringing it up to date
            except (DataFolderError, SearchIndexError) as error:
                # a read-only or full disk: what the index holds can be searched all the same
                log.warning("%s — the index lacks the archive's last changes until something can write", error)

    @contextmanager
    def writing(
        self, *, workers: int | None = None, recasting: Callable[[int], None] | None = None
    ) -> Iterator[Indexer]:
        """The writer lock, and what ``indexing`` gives under it. Raises ``WriterLocked`` as well."""
        with writer_lock(self._settings.lock_path), self.indexing(workers=workers, recasting=recasting) as indexer:
            yield indexer

    @contextmanager
    def indexing(
        self, *, workers: int | None = None, recasting: Callable[[int], None] | None = None
    ) -> Iterator[Indexer]:
        """The index's writer, up to date with the paper's own words, then with the archive; the caller holds the lock.

        Afterwards, whatever happened, the followers follow the archive. ``recasting`` is told how many articles have been
        analysed again for the words. Raises ``SearchIndexError`` where the index cannot be written.
        """
        try:
            self._refuse_ahead()
            index = self._engine.reader()
            held = vocabulary_from_text(index.vocabulary)
            wanted, _ = vocabulary_in(self._settings, held=held)
            with self._engine.writing() as writer, closing(self._indexer(writer, wanted, workers)) as indexer:
                if wanted != held:
                    recast(self._archive, index, indexer, held=held, wanted=wanted, progress=recasting)
                if self._archive.last_change_seq() > index.change_seq:
                    catch_up(self._archive, indexer, since=index.change_seq)
                yield indexer
        finally:
            self._followers.follow()

    def build_anew(self, *, progress: Callable[[int], None] | None = None, workers: int | None = None) -> int:
        """Index and followers from the archive alone; returns how many articles. The caller holds the lock."""
        done = self._build(progress=progress, workers=workers)
        self._followers.rebuild()
        return done

    def _indexer(self, writer: IndexWriter, vocabulary: Vocabulary, workers: int | None) -> Indexer:
        return Indexer(writer, vocabulary, workers=workers, now=self._clock)

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

    def _build(self, *, progress: Callable[[int], None] | None = None, workers: int | None = None) -> int:
        """The index anew from the archive, beside the live one, then the swap. The caller holds the lock."""
        done = 0
        vocabulary, _ = vocabulary_in(self._settings, held=EMPTY)
        with self._engine.building() as writer, closing(self._indexer(writer, vocabulary, workers)) as indexer:
            last = self._archive.last_change_seq()
            for batch in self._archive.each(batch=200):
                indexer.put(batch, change_seq=last)
                done += len(batch)
                if progress is not None:
                    progress(done)
            indexer.commit()
        return done
