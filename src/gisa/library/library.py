"""``Library``: everything that can be done with an open data folder, one method each. The parts do the work; ``wiring`` joins them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, Unpack, overload

from gisa.access import Asker
from gisa.clock import Clock, Monotonic, system_clock
from gisa.closing import Closing
from gisa.config import RevisionsShown, Settings
from gisa.corrections.asking import CorrectionPage
from gisa.corrections.corrected import Corrected
from gisa.errors import ArticleInvalid, ArticleNotFound, DataFolderError, SearchIndexError, SearchInvalid
from gisa.explanation import Explanation
from gisa.ingest.analysis import make_builder
from gisa.ingest.pipeline import Progress, add_articles, preview_articles
from gisa.library.backup import back_up, restore_log
from gisa.library.backups import note_backup
from gisa.library.beside import Beside
from gisa.library.copying import copy_archive
from gisa.library.folder import make_folder, require_folder
from gisa.library.handing_over import HandOver
from gisa.library.headline_check import HeadlineCheck
from gisa.library.intake import Intake, note_intake, read_intake
from gisa.library.lock import FOREVER, OnWait
from gisa.library.own_files import words_state
from gisa.library.publishing import published, withheld
from gisa.library.quoting import Quoting
from gisa.library.results import Results
from gisa.library.set_changes import SetChanges
from gisa.library.verify import verify_folder
from gisa.library.wiring import open_parts
from gisa.library.words_preview import preview_file
from gisa.messages import FolderCode, Message
from gisa.model import (
    SEOUL,
    Article,
    ArticleView,
    Draft,
    FacetCount,
    Item,
    Reject,
    Remark,
    SearchPage,
    Suggestion,
)
from gisa.ports import Archive, IndexReader
from gisa.query.highlighting import forget_patterns
from gisa.quotes.asking import QuotationPage, QuotedWords, SaidBy
from gisa.quotes.comparing import forget_sentences
from gisa.quotes.verifying import QuoteCheck
from gisa.reports import (
    AddReport,
    CheckReport,
    CopyReport,
    FeedStatus,
    PurgeReport,
    RepairReport,
    SharedFile,
    Status,
    VerifyReport,
    WordsKind,
    WordsPreview,
    WordsState,
)
from gisa.revisions.history import Revision, revisions_of
from gisa.search.explain import Explainer
from gisa.search.request import MAX_LIMIT, SearchKeywords, SearchRequest, request_of
from gisa.search.sets import ResultSet
from gisa.stories.comparing import Story
from gisa.stories.related import RELATED
from gisa.text.runs import forget_readings

MAX_SUGGESTIONS: Final = 50
WRITER_WAIT_S: Final = 10.0
"""How long writing waits for another writer, who lets the next one in between two batches."""


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
        parts = open_parts(settings, wait_s=wait_s, on_wait=on_wait, clock=clock, monotonic=monotonic)
        self._archive, self._engine = parts.archive, parts.engine
        self._own, self._copies = parts.own, parts.copies
        self._searches, self._sets = parts.searches, parts.sets
        self._suggestions, self._quotations = parts.suggestions, parts.quotations
        self._upkeep, self._followers, self._node = parts.upkeep, parts.followers, parts.node
        self._stories, self._corrections = parts.stories, parts.corrections
        self._lock, self._reserve = parts.lock, parts.reserve
        self._takedowns, self._status = parts.takedowns, parts.status

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
            self._takedowns.wait_until_seen()
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

    def id_of(self, fields: Mapping[str, Any]) -> str | None:
        """The id under which the library keeps the article that has these fields, found by id, address, headline and day.

        None if it keeps none, or the fields are no acceptable article. Changes nothing. Raises ``ArchiveError``.
        """
        from gisa.ingest.accept import accept  # late, as in ``ingest.pipeline``

        try:
            article = accept(Draft(fields, "article 1"), now=self._clock())
        except ArticleInvalid:
            return None
        return self._archive.id_of(article)

    def remove(self, article_ids: Sequence[str], *, reason: str | None = None, public_reason: str | None = None) -> int:
        """Remove articles from archive and search; returns how many were there.

        ``reason`` stays in the archive's log; the page and the API of a removed article show when, and
        ``public_reason``. No reader is shown the article once this has returned, in whatever process; a server elsewhere
        that has not confirmed it within a second is named in the log. Where the index
        cannot be written that holds too: then its ``SearchIndexError`` is raised after the removal. Who writes meanwhile
        is not waited for, beyond a second or two: the archive has the removal, and the index follows from there.
        Raises ``ArticleInvalid`` (a reason too long) before it.
        """
        from gisa.ingest.accept import removal

        removals = [removal(each, reason=reason, public_reason=public_reason) for each in article_ids]
        return self._takedowns.remove(removals)

    def withhold(self, article_ids: Sequence[str]) -> int:
        """Let nobody see the articles; returns how many of the ids are there. They stay in the archive.

        They stay withheld when their source sends them again, until ``publish``. No reader is shown them once this has
        returned, in whatever process. Raises ``WriterLocked``.
        """
        return self._takedowns.revise(article_ids, withheld, wait_s=WRITER_WAIT_S)

    def publish(self, article_ids: Sequence[str]) -> int:
        """End withholding and embargo of the articles; returns how many of the ids are there.

        One dated in the future is still not visible before its date. Raises ``WriterLocked``.
        """
        return self._takedowns.revise(article_ids, published, wait_s=WRITER_WAIT_S)

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
        return self._takedowns.purge(article_ids, by=by, progress=progress)

    def repair(
        self, backup: str | os.PathLike[str] | None = None, *, progress: Callable[[int], None] | None = None
    ) -> RepairReport:
        """Put damaged articles right, from a backup if it has them; the others are removed until they are added again.

        Raises ``ArchiveError`` for damage that is not an article's: then `gisa backup` copies what reads.
        """
        return self._takedowns.repair(None if backup is None else Path(backup), progress=progress)

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

    def results(
        self, asked: str | SearchRequest, /, *, asker: Asker = Asker.PUBLIC, **keywords: Unpack[SearchKeywords]
    ) -> Results:
        """Every result of a search as of one state, whatever their number; their texts are read as you iterate.

        A query and keywords as ``search`` takes them; ``limit``, ``offset`` and ``cursor`` are passed over. Memory does not grow
        with the texts. Raises ``SearchInvalid`` when an argument is impossible.
        """
        request = request_of(asked, keywords)
        return self._searches.results(request, asker=asker, cite=partial(self.set_id, request, asker=asker))

    def set_id(self, request: SearchRequest, page: SearchPage, *, asker: Asker = Asker.PUBLIC) -> str | None:
        """The id by which all results of a search can be cited; ``page`` is any page of them, as ``asker`` was given it.

        None for the desk's, which others cannot see, if they are of no one state of the archive (a relaxed search, say), and if
        the folder cannot keep a key.
        """
        return None if asker is Asker.DESK else self._sets.id_of(request, page)

    def result_set(self, set_id: str) -> ResultSet:
        """What the id of a result set says: a search, its moment and its total. Raises ``SetInvalid``."""
        return self._sets.found(set_id)

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
        through, newest first, 500 for a page: it may hold fewer than ``limit``, or none, and still go on. Raises ``SearchInvalid`` for a limit that is not 1 to 100, a cursor
        that is none, and where there is neither a speaker nor a text.
        """
        return self._quoting(asker).quotations(speaker, text=text, limit=limit, cursor=cursor)

    def every_quotation(self, speaker: str, *, text: str = "", asker: Asker = Asker.PUBLIC) -> Iterator[QuotedWords]:
        """All that somebody said, newest first, page after page. Raises as ``quotations`` when it is first asked."""
        return self._quoting(asker).every_quotation(speaker, text=text)

    def said_by(self, query: str, *, asker: Asker = Asker.PUBLIC) -> SaidBy | None:
        """That a query is the full name of somebody whom articles quote: how often, and the newest quotation. None for any other."""
        return self._quoting(asker).said_by(query)

    def verify_quote(self, text: str, *, asker: Asker = Asker.PUBLIC) -> QuoteCheck:
        """Whether a sentence stands in the archive: to the letter, but for spacing, nearly (and what differs), or not at all.

        Raises ``SearchInvalid`` for a sentence of fewer than 4 letters or more than 1,000 characters.
        """
        return self._quoting(asker).verify(text)

    def verify_draft(self, draft: str, *, asker: Asker = Asker.PUBLIC) -> list[QuoteCheck]:
        """As ``verify_quote``, of the first ten quotations of a text, or of all of it if it holds none.

        What is too short or too long for it is left out.
        """
        return self._quoting(asker).verify_draft(draft)

    def corrections(self, *, limit: int = 20, cursor: str | None = None, asker: Asker = Asker.PUBLIC) -> CorrectionPage:
        """Corrected articles and notices that correct others, newest first.

        Raises ``SearchInvalid`` for a limit that is not 1 to 100, and for a cursor that is none.
        """
        if not 1 <= limit <= MAX_LIMIT:
            raise SearchInvalid(f"limit must be 1 to {MAX_LIMIT}, not {limit}")
        texts, gate = self._searches.texts(asker), self._searches.gate(asker)
        return self._corrections.newest(texts, gate, limit=limit, cursor=cursor)

    def notices_on(self, article: Article, *, asker: Asker = Asker.PUBLIC) -> list[Corrected]:
        """The notices (정정·반론·추후보도) that name an article, oldest first; of more than twenty the last added ones."""
        return self._corrections.notices_on(article, self._searches.texts(asker), self._searches.gate(asker))

    def _quoting(self, asker: Asker) -> Quoting:
        return Quoting(self._quotations, self._searches, asker, results=partial(self.results, asker=asker))

    def article(self, article_id: str, *, query: str = "", asker: Asker = Asker.PUBLIC) -> ArticleView:
        """An article with the places where ``query`` matches, as ``asker`` may read it.

        Raises ``ArticleNotFound`` (also for one that may not be seen), ``ArticleRemoved``.
        """
        texts = self._searches.texts(asker)
        archived = texts.get(article_id)
        article, revision = archived.article, archived.revision
        if revision > 1:
            revision = len(texts.states(article_id))
        title, body = (
            self._searches.of(asker).service.highlights(query, (article.title, article.body))
            if query.strip()
            else ((), ())
        )
        return ArticleView(article, revision, title, body)

    def revisions(
        self, article_id: str, *, earlier_than: int | None = None, asker: Asker = Asker.PUBLIC
    ) -> tuple[Revision, ...]:
        """How an article changed, newest first: when, and which sentences, as far as the paper shows it (``[paper] revisions``).

        Fifty revisions at most. If the last one's number is not 1 there are more: ask for those ``earlier_than`` it. The desk sees all. Others see nothing from before a removal, an embargo or a time when it was withheld. Raises
        ``ArticleNotFound`` (also if the paper shows none) and ``ArticleRemoved``.
        """
        shown = RevisionsShown.DIFF if asker is Asker.DESK else self.settings.paper.revisions
        if shown is RevisionsShown.NONE:
            raise ArticleNotFound(article_id)
        past, gate = self._searches.texts(asker).past(article_id)
        return revisions_of(past, reads=gate.reads if shown is RevisionsShown.DIFF else None, earlier_than=earlier_than)

    def similar(self, article_id: str, *, asker: Asker = Asker.PUBLIC) -> list[Article]:
        """The other articles that tell the same story as one, 200 at most, the one printed first first. Raises as ``article``."""
        return self._beside(asker).similar(article_id)

    def similar_total(self, article_id: str, *, asker: Asker = Asker.PUBLIC) -> int:
        """How many other articles tell the same story as one; exact, fetches none. Raises as ``article``."""
        return self._beside(asker).similar_total(article_id)

    def story(self, article_id: str, *, asker: Asker = Asker.PUBLIC) -> Story:
        """The first 30 articles of an article's story and itself, and which sentences each has otherwise than the one printed first.

        Raises as ``article``.
        """
        return self._beside(asker).story(article_id)

    def related(self, article_id: str, *, limit: int = RELATED, asker: Asker = Asker.PUBLIC) -> list[Article]:
        """Articles about the same things as one, best first; none tells its story, and no two tell one. Raises as ``article``."""
        return self._beside(asker).related(article_id, limit=limit)

    def _beside(self, asker: Asker) -> Beside:
        return Beside(self._stories, self._searches, asker)

    def cost(self, request: SearchRequest, *, asker: Asker = Asker.PUBLIC) -> int:
        """What a search will cost, in entries of the index read, told without running it; 0 for an index far away."""
        return self._searches.of(asker).service.cost(request)

    @staticmethod
    def forget_words() -> None:
        """Forget what all threads together remember of queries. What else remembers words belongs to a thread and ends with it."""
        forget_patterns()
        forget_sentences()
        forget_readings()

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
        report = back_up(
            self._archive,
            self.settings.data_dir,
            place,
            now=self._clock,
            shared=self._own.shared_contents(),
            progress=progress,
        )
        note_backup(self.settings.data_dir, place.absolute(), at=self._clock())
        return report

    def copy_to(
        self, copy: Archive, *, then: Callable[[], None], progress: Callable[[int], None] | None = None
    ) -> CopyReport:
        """Copy the archive into another one, and call ``then`` when both are the same and nobody can write.

        Others read and write until the last changes are copied. Raises ``DataFolderError`` if ``copy`` is another archive.
        """
        return copy_archive(
            self._archive,
            copy,
            place=self.settings.data_dir,
            writing_stopped=self._lock.hold(wait_s=FOREVER, on_wait=self._on_wait),
            then=then,
            progress=progress,
        )

    def words_for(self, copy: Archive) -> HandOver:
        """What lets the paper's own files count in an archive that ``copy_to`` fills as they do in this one."""
        return HandOver(self.settings.data_dir, self._own, self._copies, copy)

    def take_in(self, source: Path, *, files: int, progress: Callable[[int], None] | None = None) -> CopyReport:
        """The rest of ``restore``: the backup's log, then the index."""
        with self._lock.hold():
            changes, left_out = restore_log(source, self._archive, place=self.settings.data_dir, progress=progress)
        rejects = tuple(self._copies.share_texts()) if self._copies is not None else ()
        articles = self._upkeep.build_anew()
        last = self._archive.last_change_seq()
        return CopyReport(changes, last, articles, files, left_out=left_out, rejects=rejects)

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
        edited = self._copies.edited() if self._copies is not None else ()
        wanted, rejects = self._own.vocabulary(held=held)
        rejects += self._own.synonym_rejects()
        return words_state(held, wanted, rejects, version=self._own.version, edited=edited)

    def share_words(self) -> list[SharedFile]:
        """Let the machines of a shared archive go by this folder's changes to words, holders and synonyms; the new versions.

        Nothing is shared of a folder whose archive is its own. Raises as ``apply_words``, and ``ConfigError`` for a file that
        is no text.
        """
        return self._copies.share() if self._copies is not None else []

    def fetch_words(self) -> list[SharedFile]:
        """Bring this folder's files to what the machines of a shared archive go by, to edit them; returns those brought.

        Raises ``DataFolderError`` for a file with changes that are not shared, and if no other machine shares the archive.
        """
        if self._copies is None:
            raise DataFolderError(Message(FolderCode.WORDS_OWN), str(self.settings.data_dir))
        return self._copies.fetch()

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
            own_synonyms=self._own.synonyms.lines,
            on=self._clock().astimezone(SEOUL).date(),
        )

    def apply_words(self, *, progress: Callable[[int], None] | None = None, workers: int | None = None) -> int:
        """Let ``words.txt`` and ``holders.txt`` take effect; returns how many articles were analysed again.

        Whatever writes does it as well, first; readers see all of it or nothing. Lines and files that cannot be used
        are left out (``words`` names them). Raises ``WriterLocked``.

        On an archive that several machines share, this folder's changes (to ``synonyms.txt``, too) are shared first, and
        every machine goes by them. Raises ``SharedMeanwhile`` if another machine was faster; then nothing is shared or applied.
        """
        self.share_words()
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
        return self._status.read()

    def health(self) -> Status:
        """``status``, if this process may be sent readers.

        Raises ``IndexBehind`` if its index has lacked changes of a shared archive for longer than ``max_behind_s``.
        """
        return self._status.health()

    def close(self) -> None:
        """Release files and connections."""
        self._node.stop()
        self._engine.close()
        self._suggestions.close()
        self._quotations.close()
        self._corrections.close()
        self._stories.close()
        self._archive.close()

    @property
    def _index(self) -> IndexReader:
        return self._engine.reader()
