"""``gisa.open``: one data folder as a library. The one place that wires archive, index, search and ingest."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from types import TracebackType
from typing import Any, Self

from gisa.archive import open_archive, sqlite_url
from gisa.config import Settings, load_settings
from gisa.errors import ConfigError, DataFolderError, IndexDamaged, SearchIndexError, SearchInvalid, WriterLocked
from gisa.index.generations import Generation, Generations
from gisa.index.tantivy_index import FINGERPRINT, TantivyReader, TantivyWriter, create_generation
from gisa.ingest.accept import removal
from gisa.ingest.pipeline import Indexer, Progress, add_articles, catch_up
from gisa.model import (
    AddReport,
    Article,
    ArticleView,
    Draft,
    FacetCount,
    Filters,
    Match,
    Period,
    Reject,
    SearchPage,
    Sort,
    Status,
)
from gisa.ports import Archive, IndexReader
from gisa.query.lexicon import Lexicon, build_lexicon
from gisa.service.clock import Clock, system_clock
from gisa.service.lock import holder, writer_lock
from gisa.service.search import SearchRequest, SearchService


def open(data_dir: str | os.PathLike[str] | None = None, *, clock: Clock = system_clock) -> Gisa:  # noqa: A001 - gisa.open reads like open
    """Open a data folder, creating its archive and index on first use.

    ``data_dir`` defaults to the variable ``GISA_DATA``, then ``./gisa-data``. Changes that the archive holds and the
    index lacks (after a crash) are indexed first, unless another process is writing. Raises ``ConfigError``,
    ``DataFolderError``, ``ArchiveError``, ``IndexOutdated`` and ``IndexDamaged``.
    """
    gisa = Gisa(load_settings(data_dir), clock=clock)
    try:
        gisa.prepare()
    except BaseException:
        gisa.close()
        raise
    return gisa


class Gisa:
    """An open data folder: add, search, read, remove. Safe to search from many threads; use it as a context manager."""

    def __init__(self, settings: Settings, *, clock: Clock = system_clock) -> None:
        """Opens the archive (creating it); the index is opened when first needed. Most callers want ``gisa.open``."""
        self.settings = settings
        self._clock = clock
        self.lexicon, self.lexicon_rejects = _read_lexicon(settings)
        """The words' other ways of writing, and the lines of ``synonyms.txt`` that could not be used."""
        self._generations = Generations(settings.index_dir)
        self._reader: TantivyReader | None = None
        self._search: SearchService | None = None
        try:
            settings.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DataFolderError(
                f"{settings.data_dir}: cannot be used as a data folder: {error.strerror or error}"
            ) from error
        url = settings.archive_url or sqlite_url(settings.archive_path)
        if settings.archive_path.exists() or settings.archive_url:
            self._archive: Archive = open_archive(url)
        else:
            with writer_lock(settings.lock_path, wait_s=30.0):
                self._archive = open_archive(url)

    def prepare(self) -> None:
        """Make sure there is an index and that it holds what the archive does."""
        if self._generations.checked(FINGERPRINT) is None:
            with writer_lock(self.settings.lock_path, wait_s=30.0):
                if self._generations.current() is None:
                    self._generations.make_current(create_generation(self._generations))
        if self._archive.last_change_seq() > self._index.change_seq:
            try:
                with self._writing():
                    pass  # opening the writer brings the index up to date
            except WriterLocked:
                pass  # then whoever writes is bringing it up to date

    def add(
        self,
        articles: Iterable[Article | Mapping[str, Any] | Draft | Reject],
        *,
        progress: Progress | None = None,
        on_reject: Callable[[Reject], None] | None = None,
        workers: int | None = None,
    ) -> AddReport:
        """Add or revise articles; what the report counts is kept and can be searched.

        ``articles`` are read lazily: ``Article`` objects, dicts of their fields, or what ``gisa.sources`` yields. What
        is not acceptable is a reject of the report, not an error. Raises ``WriterLocked`` and ``ArchiveError``.
        """
        with self._writing(workers=workers) as indexer:
            return add_articles(
                articles,
                archive=self._archive,
                indexer=indexer,
                now=self._clock,
                progress=progress,
                on_reject=on_reject,
            )

    def remove(self, article_ids: Sequence[str], *, reason: str | None = None, public_reason: str | None = None) -> int:
        """Remove articles from archive and search; returns how many were there.

        ``reason`` stays in the archive's log; the page and the API of a removed article show when, and
        ``public_reason``. No reader is shown the article once this has returned, in whatever process. Where the index
        cannot be written that holds too: then its ``SearchIndexError`` is raised after the removal. Raises
        ``WriterLocked`` and ``ArticleInvalid`` (a reason too long) before it.
        """
        removals = [removal(each, reason=reason, public_reason=public_reason) for each in article_ids]
        with writer_lock(self.settings.lock_path):
            changes = self._archive.remove(removals)
            if changes:
                try:
                    with self._indexing():
                        pass  # opening the index's writer brings it up to date
                except SearchIndexError as error:
                    raise type(error)(f"{len(changes):,} removed and shown no more, but {error}") from error
        return len(changes)

    def search(
        self,
        query: str,
        *,
        sort: Sort | str = Sort.NEWEST,
        limit: int = 20,
        offset: int = 0,
        since: date | None = None,
        until: date | None = None,
        period: Period | str | None = None,
        section: str | None = None,
        match: Match | str = Match.ALL,
        facets: bool = False,
        without: Collection[str] = (),
    ) -> SearchPage:
        """Search; the query itself never fails. Days are whole days of Asia/Seoul, both ends included.

        ``without`` holds keys of ``SearchPage.readings`` that are not wanted (``synonym:ai=인공지능``).

        Raises ``SearchInvalid`` when another argument is impossible (a limit above 100, an unknown sort).
        """
        try:
            request = SearchRequest(
                query=query,
                sort=Sort(sort),
                limit=limit,
                offset=offset,
                filters=Filters(since, until, None if period is None else Period(period), section),
                match=Match(match),
                facets=facets,
                without=frozenset(without),
            )
        except ValueError as error:
            raise SearchInvalid(str(error)) from None
        return self._searching.search(request)

    def article(self, article_id: str, *, query: str = "") -> ArticleView:
        """An article with the places where ``query`` matches. Raises ``ArticleNotFound``, ``ArticleRemoved``."""
        archived = self._archive.get(article_id)
        article = archived.article
        title, body = self._searching.highlights(query, (article.title, article.body)) if query.strip() else ((), ())
        return ArticleView(article, archived.revision, title, body)

    def sections(self) -> list[FacetCount]:
        """Every section of the archive with its count, most first."""
        return self._searching.sections()

    def reindex(self, *, progress: Callable[[int], None] | None = None, workers: int | None = None) -> int:
        """Build the index anew from the archive beside the one that serves, then swap; returns how many articles."""
        done = 0
        with writer_lock(self.settings.lock_path):
            generation = create_generation(self._generations)
            with _indexer(generation, workers=workers) as indexer:
                last = self._archive.last_change_seq()
                for batch in self._archive.each(batch=200):
                    indexer.put(batch, change_seq=last)
                    done += len(batch)
                    if progress is not None:
                        progress(done)
                indexer.commit()
            self._generations.make_current(generation)
        return done

    def status(self) -> Status:
        """The state of the data folder."""
        newest, oldest = self._searching.ends()
        return Status(
            articles=self._archive.count(),
            change_seq=self._archive.last_change_seq(),
            indexed_change_seq=self._index.change_seq,
            generation=self._index.generation,
            fingerprint=FINGERPRINT,
            archive_size_bytes=self._archive.size_bytes(),
            index_size_bytes=self._generations.size_bytes(),
            newest=newest,
            oldest=oldest,
            writer=holder(self.settings.lock_path),
        )

    def close(self) -> None:
        """Release files and connections."""
        if self._reader is not None:
            self._reader.close()
        self._archive.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _index(self) -> TantivyReader:
        if self._reader is None:
            self._reader = TantivyReader(self.settings.index_dir)
        return self._reader

    @property
    def _searching(self) -> SearchService:
        if self._search is None:
            reader: IndexReader = self._index
            self._search = SearchService(self._archive, reader, clock=self._clock, lexicon=self.lexicon)
        return self._search

    @contextmanager
    def _writing(self, *, workers: int | None = None) -> Iterator[Indexer]:
        """The lock and the index's writer, which first gets what only the archive holds (as after a crash)."""
        with writer_lock(self.settings.lock_path), self._indexing(workers=workers) as indexer:
            yield indexer

    @contextmanager
    def _indexing(self, *, workers: int | None = None) -> Iterator[Indexer]:
        """The index's writer, up to date with the archive; the caller holds the lock."""
        generation = self._generations.checked(FINGERPRINT)
        if generation is None:
            raise IndexDamaged(f"{self.settings.index_dir}: there is no index — run `gisa reindex`")
        with _indexer(generation, workers=workers) as indexer:
            if self._archive.last_change_seq() > self._index.change_seq:
                catch_up(self._archive, indexer, since=self._index.change_seq)
            yield indexer


def _read_lexicon(settings: Settings) -> tuple[Lexicon, tuple[Reject, ...]]:
    """The packaged synonyms with the paper's own. Raises ``ConfigError`` when its file cannot be read at all."""
    path = settings.synonyms_path
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        lines = []
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    lexicon, rejects = build_lexicon(lines, source=str(path))
    return lexicon, tuple(rejects)


@contextmanager
def _indexer(generation: Generation, *, workers: int | None) -> Iterator[Indexer]:
    writer = TantivyWriter(generation)
    indexer = Indexer(writer, workers=workers)
    try:
        yield indexer
    finally:
        indexer.close()
        writer.close()
