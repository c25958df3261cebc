"""Adding articles: drafts are accepted, archived in batches, analysed and indexed, in this order, so that nothing is
lost.

An article counts as added when the archive has committed it; the index follows, and after a crash catches up from the
archive's change log. A run ends by committing the index, so what its report counts can be searched.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

from gisa.clock import Clock, system_clock
from gisa.errors import ArticleInvalid
from gisa.ingest.analysis import Views, entry, text_of
from gisa.ingest.workers import AnalysisPool
from gisa.lexicon.vocabulary import Vocabulary
from gisa.messages import ArticleCode, Message
from gisa.model import (
    Addition,
    ArchivedArticle,
    Article,
    Change,
    ChangeKind,
    Draft,
    Item,
    Outcome,
    Reject,
    Remark,
    Removal,
    WithheldAs,
)
from gisa.ports import Archive, IndexRemoval, IndexWriter
from gisa.reports import AddReport

BATCH: Final = 200
"""Articles in one transaction of the archive: at 500 the first commit of a run comes noticeably later."""
_BATCH_CHARACTERS: Final = 4_000_000
"""A batch is closed early at this many characters, so that a few huge articles do not fill the memory."""
_AHEAD_CHARACTERS: Final = 10_000_000
"""The most characters of queued bodies; with their views they take some 15 bytes a character."""
_COMMIT_CHANGES: Final = 100_000
_COMMIT_SECONDS: Final = 300.0
"""A long run commits the index after so many changes or seconds, so that readers see it grow. Not oftener: each commit
leaves a segment, and 20,000 articles in four take 14 % more room than in one."""
_CHANGES_AT_ONCE: Final = 1_000
_KEPT_REJECTS: Final = 1_000

Progress = Callable[[AddReport], None]
"""Called after each batch that the archive has committed, with the counts so far."""


def add_articles(
    items: Iterable[Article | Mapping[str, Any] | Item],
    *,
    archive: Archive,
    turn: Callable[[], AbstractContextManager[Indexer]],
    now: Callable[[], datetime],
    progress: Progress | None = None,
    on_reject: Callable[[Reject], None] | None = None,
    on_remark: Callable[[Remark], None] | None = None,
    keep_removed: bool = False,
) -> AddReport:
    """Add everything acceptable in ``items``, each batch within a ``turn`` of its own; the caller ends the last one.

    ``keep_removed``: an article that was taken down stays so, for a source that is read again and again.

    ``items`` is read lazily, in this thread, and never within a turn. Articles and mappings go through the same acceptance as
    drafts. Raises what ``items`` and ``turn`` raise, ``ArchiveError`` and index errors; what was archived before stays and is
    indexed at the next chance.
    """
    tally = _Tally(on_reject=on_reject, on_remark=on_remark)
    for batch in _batches(items, tally, now):
        with turn() as indexer:
            if keep_removed:
                _leave_removed(batch, archive, tally)
            additions = archive.add(batch.articles)
            changed: list[ArchivedArticle] = []
            first = last = 0
            for article, place, addition in zip(batch.articles, batch.places, additions, strict=True):
                tally.take(article, place, addition, now=now())
                if addition.change is not None:
                    change = addition.change
                    kept = addition.article or article
                    changed.append(ArchivedArticle(change.article_seq, change.revision, kept))
                    first, last = first or change.change_seq, change.change_seq
            if changed:
                catch_up(archive, indexer, until=first - 1)
                indexer.put(changed, change_seq=last)
            if batch.removals:
                removed = archive.remove(batch.removals)
                tally.count_removals(asked=len(batch.removals), removed=len(removed))
                if removed:
                    catch_up(archive, indexer, until=removed[0].change_seq - 1)
                    indexer.remove([_removal(change) for change in removed], change_seq=removed[-1].change_seq)
        if progress is not None:
            progress(tally.report())
    return tally.report()


def preview_articles(
    items: Iterable[Article | Mapping[str, Any] | Item],
    *,
    archive: Archive,
    now: Callable[[], datetime],
    on_reject: Callable[[Reject], None] | None = None,
    on_remark: Callable[[Remark], None] | None = None,
    shown: int = 5,
) -> tuple[AddReport, list[Article]]:
    """What ``add_articles`` would do, and the first articles as they would be. Nothing is written.

    An article that comes again in a later batch is counted as if the earlier one were not there.
    """
    tally = _Tally(on_reject=on_reject, on_remark=on_remark)
    first: list[Article] = []
    for batch in _batches(items, tally, now):
        for article, place, addition in zip(batch.articles, batch.places, archive.preview(batch.articles), strict=True):
            tally.take(article, place, addition, now=now())
            if len(first) < shown and addition.conflict is None:
                first.append(addition.article or article)
        tally.removed += len(batch.removals)
    return tally.report(), first


def catch_up(archive: Archive, indexer: Indexer, *, until: int | None = None) -> None:
    """Index the changes that the indexer has not taken yet, up to ``until`` (None: the archive's last). Commits nothing.

    So changes that another process writes during a run, above all takedowns, are indexed in their order.
    """
    while until is None or indexer.change_seq < until:
        changes = archive.changes(after=indexer.change_seq, limit=_CHANGES_AT_ONCE)
        if until is not None:
            changes = [change for change in changes if change.change_seq <= until]
        if not changes:
            return
        since = changes[-1].change_seq
        newest = {change.article_seq: change for change in changes}
        present = archive.fetch([seq for seq, change in newest.items() if change.kind is not ChangeKind.REMOVE])
        gone = [_removal(change) for seq, change in newest.items() if seq not in present]
        indexer.remove(gone, change_seq=since)
        if present:
            indexer.put([present[seq] for seq in sorted(present)], change_seq=since)


def _removal(change: Change) -> IndexRemoval:
    return IndexRemoval(change.article_seq, change.revision)


class Indexer:
    """Puts archived articles into an index through analysis, in order, with bounded memory. Not thread-safe."""

    def __init__(
        self,
        writer: IndexWriter,
        vocabulary: Vocabulary,
        pool: AnalysisPool,
        *,
        held: int = 0,
        now: Clock = system_clock,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``vocabulary``: what every other article of the index was analysed with, or will be by ``recast``.

        ``pool``: analyses, and stays the caller's, who closes it.
        ``held``: the last change that the index holds.
        """
        self._writer = writer
        self._vocabulary = vocabulary
        self._now = now
        self._commits_when_due = True
        self._pool = pool
        self._waiting: deque[tuple[list[ArchivedArticle], Future[list[Views]], int]] = deque()
        self._waiting_characters = 0
        self._change_seq: int | None = None
        self.change_seq = held
        """The last change that has been given to it, committed or not."""
        self._uncommitted = 0
        self._torn = False  # part of a batch may be missing: a commit would claim changes that it lacks
        self._clock = clock
        self._committed_at = clock()

    def put(self, articles: Sequence[ArchivedArticle], *, change_seq: int) -> None:
        """Index the articles; ``change_seq`` is the archive's change up to which the index is whole after them."""
        self.change_seq = change_seq
        articles = list(articles)
        views = self._pool.submit([text_of(article) for article in articles], self._vocabulary)
        self._waiting.append((articles, views, change_seq))
        self._waiting_characters += sum(len(archived.article.body) for archived in articles)
        while len(self._waiting) > self._pool.ahead or self._waiting_characters > _AHEAD_CHARACTERS:
            self._take()
        due = self._uncommitted >= _COMMIT_CHANGES or self._clock() - self._committed_at > _COMMIT_SECONDS
        if due and self._commits_when_due:
            self._commit_taken()  # not what is still being analysed: the workers go on meanwhile

    def recast(self, batches: Iterable[Sequence[ArchivedArticle]], *, change_seq: int) -> None:
        """Analyse articles again that the index holds, and commit them together with the vocabulary.

        ``change_seq`` is the change up to which the index was whole before and is afterwards. Readers see all of it or
        nothing. After a crash nothing of it is there, and it is done again.
        """
        self._commits_when_due = False
        for articles in batches:
            self.put(articles, change_seq=change_seq)
        self._drain()
        self._change_seq = change_seq
        self._uncommitted += 1
        self.commit()
        self._commits_when_due = True

    def remove(self, removals: Sequence[IndexRemoval], *, change_seq: int) -> None:
        """Take articles out of the index."""
        self.change_seq = change_seq
        self._drain()
        self._writer.remove(removals)
        self._change_seq = change_seq
        self._uncommitted += len(removals) + 1

    def commit(self) -> None:
        """Make everything put so far visible and durable."""
        if self._torn:
            return
        self._drain()
        self._commit_taken()

    def _commit_taken(self) -> None:
        if self._change_seq is not None and self._uncommitted:
            self._writer.commit(change_seq=self._change_seq, vocabulary=self._vocabulary.to_text())
        self._uncommitted = 0
        self._committed_at = self._clock()

    def _drain(self) -> None:
        while self._waiting:
            self._take()

    def _take(self) -> None:
        articles, views, change_seq = self._waiting.popleft()
        self._waiting_characters -= sum(len(archived.article.body) for archived in articles)
        self._torn = True
        now = self._now()
        self._writer.put([entry(each, view, now=now) for each, view in zip(articles, views.result(), strict=True)])
        self._torn = False
        self._change_seq = change_seq
        self._uncommitted += len(articles)


@dataclass(slots=True)
class _Tally:
    """Counts of one run."""

    on_reject: Callable[[Reject], None] | None
    on_remark: Callable[[Remark], None] | None
    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    removed: int = 0
    rejects: list[Reject] = field(default_factory=list)
    rejected: int = 0
    remarked: int = 0
    withheld: Counter[WithheldAs] = field(default_factory=Counter)

    def count_removals(self, *, asked: int, removed: int) -> None:
        self.removed += removed
        self.outcomes[Outcome.UNCHANGED] += asked - removed

    def take(self, article: Article, place: str, addition: Addition, *, now: datetime) -> None:
        """Count what became of an article."""
        if addition.conflict is not None:
            self.reject(Reject(place, addition.conflict))
            return
        self.outcomes[addition.outcome] += 1
        if (hidden := article.hidden_as(now)) is not None:
            self.withheld[hidden] += 1

    def reject(self, reject: Reject) -> None:
        self.rejected += 1
        if len(self.rejects) < _KEPT_REJECTS:
            self.rejects.append(reject)
        if self.on_reject is not None:
            self.on_reject(reject)

    def tell(self, place: str, message: Message) -> None:
        self.remark(Remark(place, message))

    def remark(self, remark: Remark) -> None:
        self.remarked += 1
        if self.on_remark is not None:
            self.on_remark(remark)

    def report(self) -> AddReport:
        return AddReport(
            added=self.outcomes[Outcome.ADDED],
            updated=self.outcomes[Outcome.UPDATED],
            unchanged=self.outcomes[Outcome.UNCHANGED],
            removed=self.removed,
            rejects=tuple(self.rejects),
            rejected=self.rejected,
            remarked=self.remarked,
            withheld=dict(self.withheld),
        )


@dataclass(slots=True)
class _Batch:
    """What is archived together: articles first, then removals. No article follows its own removal, so the source's order holds."""

    articles: list[Article] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    """Where each of ``articles`` stood."""
    removals: list[Removal] = field(default_factory=list)
    removed_ids: set[str] = field(default_factory=set)
    characters: int = 0

    def takes(self, item: Article | Removal) -> bool:
        return isinstance(item, Removal) or item.id not in self.removed_ids

    def put(self, item: Article | Removal, place: str) -> None:
        if isinstance(item, Removal):
            self.removals.append(item)
            self.removed_ids.add(item.article_id)
        else:
            self.articles.append(item)
            self.places.append(place)
            self.characters += len(item.body)

    @property
    def is_full(self) -> bool:
        return len(self.articles) + len(self.removals) >= BATCH or self.characters >= _BATCH_CHARACTERS


def _batches(
    items: Iterable[Article | Mapping[str, Any] | Item], tally: _Tally, now: Callable[[], datetime]
) -> Iterator[_Batch]:
    from gisa.ingest.accept import accept, removal_of  # takes 35 ms to load, and whoever only searches accepts nothing

    batch = _Batch()
    for number, item in enumerate(items, start=1):
        if isinstance(item, Reject):
            tally.reject(item)
            continue
        if isinstance(item, Remark):
            tally.remark(item)
            continue
        draft = _draft(item, number)
        try:
            accepted = removal_of(draft) or accept(draft, now=now(), tell=partial(tally.tell, draft.place))
        except ArticleInvalid as error:
            tally.reject(Reject(draft.place, error.reason))
            continue
        if not batch.takes(accepted):
            yield batch
            batch = _Batch()
        batch.put(accepted, draft.place)
        if batch.is_full:
            yield batch
            batch = _Batch()
    if batch.articles or batch.removals:
        yield batch


def _leave_removed(batch: _Batch, archive: Archive, tally: _Tally) -> None:
    """Take out of the batch what would bring a removed article back."""
    while comebacks := [
        (number, addition.change.article_id)
        for number, addition in enumerate(archive.preview(batch.articles))
        if addition.outcome is Outcome.ADDED and addition.change is not None and addition.change.revision > 1
    ]:  # repeated, because an article that comes twice in a batch is a comeback only the first time
        for number, article_id in reversed(comebacks):
            del batch.articles[number]
            place = batch.places.pop(number)
            tally.outcomes[Outcome.UNCHANGED] += 1
            tally.tell(place, Message(ArticleCode.STAYS_REMOVED, id=article_id))


def _draft(item: Article | Mapping[str, Any] | Draft, number: int) -> Draft:
    if isinstance(item, Draft):
        return item
    if isinstance(item, Article):
        return Draft({**item.extra, **{name: getattr(item, name) for name in _ARTICLE_FIELDS}}, f"article {number}")
    return Draft(item, f"article {number}")


_ARTICLE_FIELDS: Final = tuple(name for name in Article.__dataclass_fields__ if name != "extra")
