"""``Library``: one data folder as a library. Opens archive, index and suggestions, and hands them to search and ingest."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, Final, Unpack, overload

from gisa.access import Asker
from gisa.archive import open_archive, sqlite_url
from gisa.clause import EVERYTHING, Clause, OpensAfter, Token
from gisa.clock import Clock, Monotonic, system_clock
from gisa.closing import Closing
from gisa.config import Settings
from gisa.errors import ArchiveError, IndexBehind, SearchIndexError, SearchInvalid, WriterLocked
from gisa.explanation import Explanation
from gisa.index.engine import open_engine
from gisa.ingest.accept import removal
from gisa.ingest.analysis import make_builder
from gisa.ingest.pipeline import Progress, add_articles, preview_articles
from gisa.library.backup import back_up, restore_log
from gisa.library.backups import known_backups, note_backup
from gisa.library.citing import Sets
from gisa.library.copying import copy_log, copy_purges
from gisa.library.damage import repair
from gisa.library.folder import make_folder, require_folder
from gisa.library.followers import FOLLOWERS, Followed, Followers
from gisa.library.headline_check import HeadlineCheck
from gisa.library.intake import Intake, note_intake, read_intake
from gisa.library.lock import FOREVER, OnWait, WriterLock, writer_lock
from gisa.library.node import Node, unconfirmed
from gisa.library.own_files import WatchedFile, synonym_rejects, vocabulary_in, words_state
from gisa.library.publishing import published, revise, withheld
from gisa.library.reserve import Reserve
from gisa.library.results import Results
from gisa.library.searches import Searches
from gisa.library.set_changes import SetChanges
from gisa.library.upkeep import Upkeep
from gisa.library.verify import verify_folder
from gisa.library.words_preview import preview_file
from gisa.model import (
    SEOUL,
    Addition,
    Article,
    ArticleView,
    FacetCount,
    Item,
    Purge,
    Reject,
    Remark,
    SearchPage,
    Suggestion,
    WithheldAs,
)
from gisa.ports import Archive, IndexReader
from gisa.query.highlighting import forget_patterns
from gisa.quotes.asking import QuotationPage, Quotations
from gisa.quotes.verifying import QuoteCheck, verify_quote
from gisa.reports import (
    AddReport,
    CheckReport,
    CopyReport,
    FeedStatus,
    FollowerState,
    PurgeReport,
    RepairReport,
    Status,
    VerifyReport,
    WordsKind,
    WordsPreview,
    WordsState,
)
from gisa.search.explain import Explainer
from gisa.search.request import MAX_LIMIT, SearchKeywords, SearchRequest, request_of
from gisa.suggest.lookup import StoredSuggestions
from gisa.text import flavour
from gisa.text.views import GATE

log: Final = logging.getLogger("gisa.library")

MAX_SUGGESTIONS: Final = 50
WRITER_WAIT_S: Final = 10.0
"""How long writing waits for another writer, who lets the next one in between two batches."""
_CONFIRM_S: Final = 1.0
"""How long a takedown waits for the servers that share the archive."""
_TAKEDOWN_WAIT_S: Final = 1.5
"""How long a takedown waits to bring the index up to date itself; then whoever writes does it."""


class Library(Closing):
    """An open data folder: add, search, read, remove. Safe to search from many threads; use it as a context manager."""

    def __init__(
        self,
        settings: Settings,
        *,
        create: bool = True,
        wait_s: float = WRITER_WAIT_S,
        on_wait: OnWait | None = None,
        clock: Clock = system_clock,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        """Opens the archive; the index is opened when first needed. Most callers want ``gisa.open``, which explains the rest."""
        self.settings = settings
        self._on_wait = on_wait
        (make_folder if create else require_folder)(settings)
        self._clock = clock
        synonyms = WatchedFile(settings.synonyms_path)
        self._engine = open_engine(settings.index_url, folder=settings.index_dir, remote=settings.index)
        self._suggestions = StoredSuggestions(settings.suggestions_path)
        self._quotations = Quotations(settings.quotations_path)
        url = settings.archive_url or sqlite_url(settings.archive_path)
        self._reserve = Reserve(settings.reserve_path)
        if settings.archive_path.exists() or settings.archive_url:
            self._archive: Archive = self._reserve.with_room(lambda: open_archive(url, database=settings.database))
        else:
            with writer_lock(settings.lock_path, wait_s=30.0):
                self._archive = open_archive(url, database=settings.database)
        self._searches = Searches(
            self._archive,
            self._engine,
            self._suggestions,
            synonyms,
            clock=clock,
            monotonic=monotonic,
            preview=settings.paper.preview,
            about=settings.search.about,
        )
        self._sets = Sets(
            self._archive, self._searches, settings.set_key_path, clock=clock, preview=settings.paper.preview
        )
        followed = Followed(settings, self._archive, clock=clock, words=self._searches.indexed_words)
        self._followers = Followers(self._archive, [make(followed) for make in FOLLOWERS])
        shared = self._archive.shared
        self._lock = WriterLock(settings.lock_path, shared=shared.lock if shared is not None else None)
        self._upkeep = Upkeep(
            settings,
            self._archive,
            self._engine,
            self._followers,
            lock=self._lock,
            clock=clock,
            wait_s=wait_s,
            on_wait=on_wait,
        )
        self._node = Node(
            self._archive,
            self._engine,
            self._followers,
            self._upkeep,
            node=settings.data_dir.resolve().name,
            monotonic=monotonic,
        )

    def prepare(self) -> None:
        """Make sure there is an index and that it holds what the archive does."""
        self._upkeep.prepare()

    def follow_archive(self) -> None:
        """Keep the index in step with what other machines write to the archive, until ``close``. For a server's process.

        Does nothing for an archive in a file, whose writers keep the index in step themselves.
        """
        self._node.start()

    def add(
        self,
        articles: Iterable[Article | Mapping[str, Any] | Item],
        *,
        progress: Progress | None = None,
        on_reject: Callable[[Reject], None] | None = None,
        on_remark: Callable[[Remark], None] | None = None,
        workers: int | None = None,
        keep_removed: bool = False,
    ) -> AddReport:
        """Add or revise articles; what the report counts is kept and can be searched.

        ``keep_removed``: leave alone what was taken down, as for sources that say the same again and again.

        Others may write between two batches; the lock is held while something is written, not while ``articles`` are read.

        ``articles`` are read lazily: ``Article`` objects, dicts of their fields, or what ``gisa.sources`` yields. What
        is not acceptable is a reject of the report, not an error. Raises ``WriterLocked`` and ``ArchiveError``.
        """
        with self._upkeep.turns(workers=workers) as turns:
            report = add_articles(
                articles,
                archive=self._archive,
                turn=turns.turn,
                now=self._clock,
                progress=progress,
                on_reject=on_reject,
                on_remark=on_remark,
                keep_removed=keep_removed,
            )
            with turns.turn():
                note_intake(self.settings.intake_path, report, at=self._clock())
                self._reserve.keep()
        if report.removed:
            self._wait_until_seen()
        return report

    def preview_add(
        self,
        articles: Iterable[Article | Mapping[str, Any] | Item],
        *,
        on_reject: Callable[[Reject], None] | None = None,
        on_remark: Callable[[Remark], None] | None = None,
    ) -> tuple[AddReport, list[Article]]:
        """What ``add`` would do with the same articles, and the first five as they would be. Changes nothing, waits for nobody."""
        return preview_articles(
            articles, archive=self._archive, now=self._clock, on_reject=on_reject, on_remark=on_remark
        )

    def remove(self, article_ids: Sequence[str], *, reason: str | None = None, public_reason: str | None = None) -> int:
        """Remove articles from archive and search; returns how many were there.

        ``reason`` stays in the archive's log; the page and the API of a removed article show when, and
        ``public_reason``. No reader is shown the article once this has returned, in whatever process; a server elsewhere
        that has not confirmed it within a second is named in the log. Where the index
        cannot be written that holds too: then its ``SearchIndexError`` is raised after the removal. Who writes meanwhile
        is not waited for, beyond a second or two: the archive has the removal, and the index follows from there.
        Raises ``ArticleInvalid`` (a reason too long) before it.
        """
        removals = [removal(each, reason=reason, public_reason=public_reason) for each in article_ids]
        changes = self._reserve.with_room(lambda: self._archive.remove(removals))
        if changes:
            self._reserve.with_room(lambda: self._take_out(len(changes)))
            self._await_nodes(changes[-1].change_seq)
        return len(changes)

    def withhold(self, article_ids: Sequence[str]) -> int:
        """Let nobody see the articles; returns how many of the ids are there. They stay in the archive.

        They stay withheld when their source sends them again, until ``publish``. No reader is shown them once this has
        returned, in whatever process. Raises ``WriterLocked``.
        """
        return self._revise(article_ids, withheld)

    def publish(self, article_ids: Sequence[str]) -> int:
        """End withholding and embargo of the articles; returns how many of the ids are there.

        One dated in the future is still not visible before its date. Raises ``WriterLocked``.
        """
        return self._revise(article_ids, published)

    def purge(
        self,
        article_ids: Sequence[str],
        *,
        by: str,
        reason: str | None = None,
        public_reason: str | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> PurgeReport:
        """Remove articles and erase their text for good: archive, index, suggestions, and backups when they are next made.

        What stays is the id, when, ``by`` whom and the reasons. An article removed before is erased as well. The removal
        holds at once; what follows builds the index anew, and may be run again if it was cut off. Raises ``ArchiveError``
        if the archive's log cannot be emptied, and ``ArticleInvalid`` (a reason too long) before it.
        """
        self.remove(article_ids, reason=reason, public_reason=public_reason)
        at = self._clock()
        purges = [Purge(each, at, by) for each in dict.fromkeys(article_ids)]

        def erase() -> Sequence[Purge]:
            with self._upkeep.writing(wait_s=FOREVER):
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
            self._wait_until_seen()
        return PurgeReport(
            tuple(each.article_id for each in purged), known_backups(self.settings.data_dir) if purged else {}
        )

    def repair(
        self, backup: str | os.PathLike[str] | None = None, *, progress: Callable[[int], None] | None = None
    ) -> RepairReport:
        """Put damaged articles right, from a backup if it has them; the others are removed until they are added again.

        Raises ``ArchiveError`` for damage that is not an article's: then `gisa backup` copies what reads.
        """
        with ExitStack() as stack:
            source = None
            if backup is not None:
                source = stack.enter_context(
                    closing(open_archive(sqlite_url(Path(backup) / "archive.sqlite"), create=False))
                )
            stack.enter_context(self._lock.hold(wait_s=FOREVER))
            report = repair(self._archive, source, progress=progress)
        if report.mended or report.quarantined:
            self._upkeep.build_anew()
            self._wait_until_seen()
        return report

    def _take_out(self, removed: int) -> None:
        """Let nobody be answered from what the archive no longer shows."""
        try:
            self._engine.forget_answers()  # before the index is ready, and where it cannot be written
            self._upkeep.catch_up(wait_s=_TAKEDOWN_WAIT_S)
        except WriterLocked:
            pass  # whoever writes follows the archive's log
        except SearchIndexError as error:
            self._wait_until_seen()
            raise type(error)(f"{removed:,} removed and shown no more, but {error}") from error
        self._wait_until_seen()

    @overload
    def search(
        self,
        request: SearchRequest,
        /,
        *,
        asker: Asker = Asker.PUBLIC,
        facets: bool = False,
        budget_s: float | None = None,
    ) -> SearchPage: ...

    @overload
    def search(
        self,
        query: str,
        /,
        *,
        asker: Asker = Asker.PUBLIC,
        facets: bool = False,
        budget_s: float | None = None,
        **keywords: Unpack[SearchKeywords],
    ) -> SearchPage: ...

    def search(
        self,
        asked: str | SearchRequest,
        /,
        *,
        asker: Asker = Asker.PUBLIC,
        facets: bool = False,
        budget_s: float | None = None,
        **keywords: Unpack[SearchKeywords],
    ) -> SearchPage:
        """Search by a query and keywords, or by a ``SearchRequest``; the query itself never fails.

        The keywords are the fields of ``gisa.SearchRequest``: ``sort``, ``since``, ``until``, ``section``, ``limit`` and so on. Days
        are whole days of Asia/Seoul, both ends included. ``without`` holds keys of ``SearchPage.variants`` that are not wanted
        (``synonym:ai=인공지능``). ``cursor`` is the ``next_cursor`` of the page before, in the same order.

        ``facets``: count what each choice of the filters would leave. ``budget_s`` is how long it may take: hits and total are always
        found, what stands beside them (counts of variants and filters, 이것을 찾으셨나요?, other keyboards) only while time lasts; a
        notice says when it did not. ``asker`` is who asks: what may be found, counted and read is decided by it (``gisa.access``).

        Raises ``SearchInvalid`` when an argument is impossible (a limit above 100, an unknown sort, a section that is no text).
        """
        return self._searches.search(request_of(asked, keywords), asker=asker, facets=facets, budget_s=budget_s)

    def results(self, request: SearchRequest, *, asker: Asker = Asker.PUBLIC) -> Results:
        """Every result of a search as of one state, whatever their number; their texts are read as you iterate.

        ``limit``, ``offset`` and ``cursor`` of the request are passed over. Memory does not grow with the texts.
        """
        view = self._searches.of(asker)
        change_seq = view.articles.change_seq
        query, seqs = view.service.every(request)

        def cite() -> str | None:
            if asker is Asker.DESK:
                return None  # see ``set_id``; its search is spared
            first = view.service.search(replace(request, limit=1, offset=0, cursor=None), budget_s=0)
            is_same = (first.change_seq, first.total) == (change_seq, len(seqs))
            return self.set_id(request, first, asker=asker) if is_same else None

        return Results(query, request, change_seq, seqs, view.texts, cite)

    def set_id(self, request: SearchRequest, page: SearchPage, *, asker: Asker = Asker.PUBLIC) -> str | None:
        """The id by which all results of a search can be cited; ``page`` is any page of them, as ``asker`` was given it.

        None for the desk's, which others cannot see, if they are of no one state of the archive (a relaxed search, say), and if
        the folder cannot keep a key.
        """
        return None if asker is Asker.DESK else self._sets.id_of(request, page)

    def set_changes(self, set_id: str) -> SetChanges:
        """A cited result set then and now: what came, was corrected, or is gone. Raises ``SetInvalid``."""
        return self._sets.changes(set_id)

    def suggest(self, text: str, *, limit: int = 10) -> list[Suggestion]:
        """What somebody may be typing: headline phrases and names that begin with it, most held first.

        ``서울시ㅈ`` gives 서울시장, ``ㅅㅅㅈㅈ`` 삼성전자, ``tjdnf`` 서울. The text itself never fails; nothing of it is kept.
        Raises ``SearchInvalid`` for a limit that is not 1 to 50.
        """
        if not 1 <= limit <= MAX_SUGGESTIONS:
            raise SearchInvalid(f"limit must be 1 to {MAX_SUGGESTIONS}, not {limit}")
        try:
            service = self._searches.of(Asker.PUBLIC).service
        except SearchIndexError:
            return self._suggestions.suggest(text, limit=limit)  # they are there without an index, too
        return service.suggest(text, limit=limit)

    def quotations(
        self,
        speaker: str = "",
        *,
        text: str = "",
        limit: int = 20,
        cursor: str | None = None,
        asker: Asker = Asker.PUBLIC,
    ) -> QuotationPage:
        """What somebody said, newest first: ``speaker`` is a full name, or what the paper calls a body or a role.

        ``text``: words that stand in the quotation. Without a speaker the articles that a search for them finds are looked
        through, newest first, and there is one page. Raises ``SearchInvalid`` for a limit that is not 1 to 100, a cursor
        that is none, and where there is neither a speaker nor a text.
        """
        if not 1 <= limit <= MAX_LIMIT:
            raise SearchInvalid(f"limit must be 1 to {MAX_LIMIT}, not {limit}")
        if speaker:
            texts = self._searches.texts(asker)
            return self._quotations.of_speaker(speaker, texts, holding=text, limit=limit, cursor=cursor)
        if not text:
            raise SearchInvalid("give a speaker, a text, or both")
        found = (
            quoted
            for archived in self.results(SearchRequest(text), asker=asker).archived()
            for quoted in self._quotations.of_article(archived, holding=text)
        )
        return QuotationPage(tuple(islice(found, limit)), None)

    def verify_quote(self, text: str, *, asker: Asker = Asker.PUBLIC) -> QuoteCheck:
        """Whether a sentence stands in the archive: to the letter, but for spacing, nearly (and what differs), or not at all.

        Raises ``SearchInvalid`` for a sentence of fewer than 4 letters or more than 1,000 characters.
        """
        view = self._searches.of(asker)
        analyser = self._searches.vocabulary.analyser()
        return verify_quote(text, index=view.articles, texts=view.texts, analyser=analyser)

    def article(self, article_id: str, *, query: str = "", asker: Asker = Asker.PUBLIC) -> ArticleView:
        """An article with the places where ``query`` matches, as ``asker`` may read it.

        Raises ``ArticleNotFound`` (also for one that may not be seen), ``ArticleRemoved``.
        """
        archived = self._searches.texts(asker).get(article_id)
        article = archived.article
        title, body = (
            self._searches.of(asker).service.highlights(query, (article.title, article.body))
            if query.strip()
            else ((), ())
        )
        return ArticleView(article, archived.revision, title, body)

    def cost(self, request: SearchRequest, *, asker: Asker = Asker.PUBLIC) -> int:
        """What a search will cost, in entries of the index read, told without running it; 0 for an index far away."""
        return self._searches.of(asker).service.cost(request)

    @staticmethod
    def forget_patterns() -> None:
        """Forget the patterns that highlights made of queries. What else remembers words belongs to a thread and ends with it."""
        forget_patterns()

    @property
    def is_local(self) -> bool:
        """Whether archive and index answer without a network. If not, ask from a thread, not from an event loop."""
        return self._archive.is_local and self._engine.is_local

    @property
    def stamp(self) -> Hashable:
        """Cache key: changes whenever any answer to the public may change. Combine it with the date.

        Raises ``NotAnswered`` on a server that follows an archive it has not heard of for seconds.
        """
        self._node.refuse_stale()
        return self._searches.stamp(Asker.PUBLIC)

    def explain(self, query: str, article_id: str, *, asker: Asker = Asker.PUBLIC) -> Explanation:
        """Why a search for ``query``, without filters, finds the article, or the first reason why it does not.

        The query itself never fails. Raises ``ArticleNotFound`` and ``ArticleRemoved``.
        """
        view, held = self._searches.of(asker), self._searches.vocabulary
        explainer = Explainer(
            self._archive, view.articles, view.service, texts=view.texts, gate=view.gate, builder=make_builder(held)
        )
        return explainer.explain(query, article_id)

    def sections(self) -> list[FacetCount]:
        """Every section of the archive with its count, most first."""
        return self._searches.of(Asker.PUBLIC).service.sections()

    def reindex(self, *, progress: Callable[[int], None] | None = None, workers: int | None = None) -> int:
        """Build the index anew from the archive beside the one that serves, then swap; returns how many articles.

        Others read and write meanwhile.
        """
        return self._upkeep.build_anew(progress=progress, workers=workers)

    def backup(
        self, destination: str | os.PathLike[str], *, progress: Callable[[int], None] | None = None
    ) -> CopyReport:
        """Bring the backup in a folder up to date, making it when it is new; readers and writers need not stop.

        It holds articles, revisions, removals, settings, words and pictures, from whatever database; the second run
        copies what has come since. Raises ``DataFolderError`` (the place cannot be used, or holds another backup) and
        ``ArchiveError``. An article that cannot be read is left out, and counted: the rest is copied.
        """
        place = Path(destination)
        report = back_up(self._archive, self.settings.data_dir, place, now=self._clock, progress=progress)
        note_backup(self.settings.data_dir, place.absolute(), at=self._clock())
        return report

    def copy_to(
        self, copy: Archive, *, then: Callable[[], None], progress: Callable[[int], None] | None = None
    ) -> CopyReport:
        """Copy the archive into another one, and call ``then`` when both are the same and nobody can write.

        Others read and write until the last changes are copied. Raises ``DataFolderError`` if ``copy`` is another archive.
        """
        place = self.settings.data_dir
        changes, left_out = copy_log(self._archive, copy, place=place, progress=progress)
        with self._lock.hold(wait_s=FOREVER, on_wait=self._on_wait):
            last, last_left_out = copy_log(self._archive, copy, place=place, progress=progress)
            copy_purges(self._archive, copy)
            articles, change_seq = copy.count(), copy.last_change_seq()
            if (articles, change_seq) != (self._archive.count(), self._archive.last_change_seq()):
                raise ArchiveError(f"{place}: a takedown came between — run it again")
            then()
        return CopyReport(changes + last, change_seq, articles, 0, left_out=left_out + last_left_out)

    def take_in(self, source: Path, *, files: int, progress: Callable[[int], None] | None = None) -> CopyReport:
        """The rest of ``restore``: the backup's log, then the index."""
        with self._lock.hold():
            changes, left_out = restore_log(source, self._archive, place=self.settings.data_dir, progress=progress)
        articles = self._upkeep.build_anew()
        return CopyReport(changes, self._archive.last_change_seq(), articles, files, left_out=left_out)

    def verify(self, *, progress: Callable[[int], None] | None = None) -> VerifyReport:
        """Look whether archive and index are whole and agree. Others may read and write meanwhile."""
        return verify_folder(
            self._archive,
            self._engine,
            self._followers,
            is_written=lambda: self._lock.holder() is not None,
            progress=progress,
        )

    def words(self) -> WordsState:
        """The paper's own words: what is in effect, what waits to be applied, what is wrong with the files."""
        held = self._searches.vocabulary
        wanted, rejects = vocabulary_in(self.settings, held=held)
        return words_state(held, wanted, [*rejects, *synonym_rejects(self._searches.synonyms)])

    def preview_words(self, path: str | os.PathLike[str], *, kind: WordsKind | str | None = None) -> WordsPreview:
        """Which articles would be found and no longer found if a file were ``words.txt`` or ``synonyms.txt``.

        Changes nothing. ``kind`` None: by the file's content. Raises ``ConfigError`` when the file is not there or
        cannot be read.
        """
        return preview_file(
            Path(path),
            kind=None if kind is None else WordsKind(kind),
            archive=self._archive,
            engine=self._engine,
            held=self._searches.vocabulary,
            own_synonyms=self._searches.synonyms.current().lines,
            on=self._clock().astimezone(SEOUL).date(),
        )

    def apply_words(self, *, progress: Callable[[int], None] | None = None, workers: int | None = None) -> int:
        """Let ``words.txt`` and ``holders.txt`` take effect; returns how many articles were analysed again.

        Whatever writes does it as well, first; readers see all of it or nothing. Lines and files that cannot be used
        are left out (``words`` names them). Raises ``WriterLocked``.
        """
        done = 0

        def note(count: int) -> None:
            nonlocal done
            done = count
            if progress is not None:
                progress(count)

        self._upkeep.catch_up(workers=workers, recasting=note)
        return done

    def check(self, *, limit: int | None = None, progress: Callable[[int], None] | None = None) -> CheckReport:
        """Whether every article is found first by its own headline, verbatim and without spaces.

        Checks the first ``limit`` articles in the order they were added (None: all); ``progress`` is called now and then with
        how many are done. An article that only a relaxed search finds is a miss.
        """
        return HeadlineCheck(self._archive, self._index, self._searches.of(Asker.DESK).service).run(
            limit=limit, progress=progress
        )

    def intake(self) -> Intake:
        """How much has been added and refused since the data folder began."""
        return read_intake(self.settings.intake_path)

    def feeds(self) -> list[FeedStatus]:
        """How the followed feeds stand, in the order of the list. Raises ``ConfigError`` if the list cannot be read."""
        if not self.settings.feeds_path.exists():
            return []
        from gisa.collecting.overview import feed_statuses  # its HTTP client takes longer to load than a search takes

        return feed_statuses(feeds_path=self.settings.feeds_path, sites_path=self.settings.sites_path)

    def count(self) -> int:
        """How many articles there are, those that are not published included."""
        return self._archive.count()

    def status(self) -> Status:
        """The state of the data folder."""
        view = self._searches.of(Asker.PUBLIC)
        newest, oldest = view.service.ends()
        last, indexed = self._archive.last_change_seq(), self._index.change_seq
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
            behind_s=self._node.behind_s(),
            is_level=self._is_level(),
        )

    def health(self) -> Status:
        """``status``, if this process may be sent readers.

        Raises ``IndexBehind`` if its index has lacked changes of a shared archive for longer than ``max_behind_s``.
        """
        if not self._is_level():
            raise IndexBehind(
                f"{self._engine.place}: not level with the archive for {self._node.behind_s():.0f} s — see the log for "
                "what keeps it from following"
            )
        return self.status()

    def _is_level(self) -> bool:
        return self._node.behind_s() <= self.settings.serving.max_behind_s

    def _revise(self, article_ids: Sequence[str], to: Callable[[Article], Article]) -> int:
        def write() -> list[Addition]:
            with self._lock.hold(wait_s=WRITER_WAIT_S):
                additions = revise(self._archive, article_ids, to)
                with self._upkeep.indexing():
                    pass  # opening the index's writer brings it up to date
                return additions

        additions = self._reserve.with_room(write)
        self._wait_until_seen()
        if changed := [addition.change.change_seq for addition in additions if addition.change is not None]:
            self._await_nodes(changed[-1])
        return len(additions)

    def _withheld(self) -> dict[str, int]:
        """How many articles readers do not see, by reason; without those that are zero."""
        now_s = int(self._clock().timestamp())
        matches: Mapping[str, Clause] = {reason.value: Token(GATE, reason.value) for reason in WithheldAs} | {
            "ahead": OpensAfter(now_s)
        }
        counts = zip(matches, self._index.count_each(matches.values()), strict=True)
        return {reason: count for reason, count in counts if count}

    def close(self) -> None:
        """Release files and connections."""
        self._node.stop()
        self._engine.close()
        self._suggestions.close()
        self._archive.close()

    def _await_nodes(self, change_seq: int) -> None:
        """Return when every server that shares the archive answers from this change on, or say which ones do not yet."""
        shared = self._archive.shared
        for node in unconfirmed(shared, change_seq, within_s=_CONFIRM_S) if shared is not None else ():
            log.warning(
                "%s has not confirmed change %s yet: it holds %s — readers it answers may still see what was taken down: see "
                "whether it reaches the archive, or stop it",
                node.name,
                f"{change_seq:,}",
                f"{node.change_seq:,}",
            )

    def _wait_until_seen(self) -> None:
        """Return when no process answers any more from before the index's last commit."""
        time.sleep(self._engine.seen_within_s)

    @property
    def _index(self) -> IndexReader:
        return self._engine.reader()
