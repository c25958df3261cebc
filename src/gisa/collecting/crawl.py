"""Crawls one site: asks its sitemaps, lists and articles one after the other, politely, and lets what it finds be added.

A page's answer, the links on it and its article are kept in one transaction (``queue``): whatever ends the process, the
next run goes on behind it. Articles are added in batches, while nothing is fetched; a page that is gone is told, and its
article stays in the archive.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from gisa.clock import Clock, Monotonic, system_clock
from gisa.collecting.pages import Page, PageIs, ask_page
from gisa.collecting.queue import Lead, PageQueue, PageState, QueuedPage, Rank, batches
from gisa.collecting.robots import Robots, read_robots
from gisa.collecting.scope import Scope, counted, is_twin, looks_like_article
from gisa.collecting.store import SiteStore
from gisa.errors import SourceError
from gisa.ingest.dates import moment_of_value
from gisa.messages import Message, SourceCode
from gisa.model import Draft, Item, Reject
from gisa.reports import AddReport, CrawlReport
from gisa.sources.feed import FEED_ROOTS
from gisa.sources.format import xml_root
from gisa.sources.links import root_of, web_url
from gisa.sources.opening import open_stream
from gisa.sources.pages.leads import leads_of
from gisa.sources.pages.rules import Rule
from gisa.sources.sitemap import read_sitemap
from gisa.sources.web import NO_VALIDATORS, Web

PAUSE_S: Final = 1.0
"""Between the beginnings of two requests; robots.txt may ask for more."""
LONGEST_PAUSE_S: Final = 60.0
"""What ``Crawl-delay`` may ask for; a site that wants more wants no crawl."""
BATCH: Final = 200
ADD_EVERY_S: Final = 30.0
"""So that an article can be searched soon after its page was asked."""
BUSY_S: Final = 60.0
"""After 429 or 503 without ``Retry-After``."""
LONGEST_BUSY_S: Final = 3_600.0
GIVES_UP_AFTER: Final = 10
"""Failures in a row after which the site is left alone; the next run goes on."""
OLD_IN_A_ROW: Final = 60
"""Articles from before the day asked for, met in a row outside of sitemaps: lists lead only to older ones by then."""
LISTS: Final = 20_000
"""Lists and other pages without an article that one site may have: calendars have no end."""
_USUAL_SITEMAP: Final = "/sitemap.xml"

Add = Callable[[Iterable[Item]], AddReport]
"""Adds articles and returns when the archive has them."""
KnownId = Callable[[Mapping[str, Any]], str | None]
"""The id of the archive's article that has these fields' address; None if it has none."""
Progress = Callable[[Callable[[], CrawlReport]], None]
"""Told of each page, with what makes the report so far: that counts all pages that wait, so not for every page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlWish:
    """What is to be crawled."""

    url: str
    """The site's address, or of one of its articles if ``numbers`` are given."""
    since: datetime | None = None
    """Only articles published or changed from then on."""
    numbers: range | None = None
    """Only the articles with these numbers."""
    rules: Sequence[Rule] = ()
    """A desk's own rules for the pages of its CMS."""
    pause_s: float = PAUSE_S

    @property
    def text(self) -> str:
        """Equal for two wishes of which the second may go on with the first one's run."""
        return f"{self.url} {self.since and self.since.isoformat()} {self.numbers}"


class Crawl:
    """One run over one site. For one thread, and one process at a time (the caller sees to that)."""

    def __init__(
        self,
        wish: CrawlWish,
        *,
        web: Web,
        store: SiteStore,
        add: Add,
        known_id: KnownId = lambda _fields: None,
        clock: Clock = system_clock,
        monotonic: Monotonic = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        is_over: Callable[[], bool] = lambda: False,
        progress: Progress = lambda _report: None,
    ) -> None:
        """Raises ``ConfigError`` if the wish names no site."""
        self._wish, self._web, self._add, self._known_id = wish, web, add, known_id
        self._scope = Scope.of(wish.url)
        self._store, self._queue = store, PageQueue(store, self._scope.host)
        self._clock, self._monotonic, self._sleep = clock, monotonic, sleep
        self._is_over, self._progress = is_over, progress
        self._tally = _Tally()
        self._robots: Robots | None = None
        self._asked_at = self._added_at = -float("inf")
        self._failures = self._old = 0
        self._lists = 0

    def run(self) -> CrawlReport:
        """Crawl until nothing waits, ``is_over``, or the site does not answer.

        Raises ``SourceError`` if the site may not be asked at all, and what adding raises.
        """
        self._robots = robots = read_robots(self._web, root_of(self._wish.url))
        if robots.unavailable:
            raise SourceError(
                Message(SourceCode.ROBOTS_UNREAD, why=robots.unavailable.reason), robots.unavailable.place
            )
        goes_on = self._queue.begin(self._wish.text)
        self._added_at = self._monotonic()
        self._add_fetched()
        if not goes_on:
            self._begin(robots)
        self._lists = self._queue.counts().get(PageState.OTHER, 0)
        while not self._is_over() and self._failures < GIVES_UP_AFTER:
            page = self._queue.next()
            if page is None:
                break
            self._ask(page)
            if self._monotonic() - self._added_at > ADD_EVERY_S or self._tally.unadded >= BATCH:
                self._add_fetched()
            self._progress(self._report)
        self._add_fetched()
        report = self._report()
        if not report.waiting:
            self._queue.end()
            self._close_gaps()
        return report

    def _begin(self, robots: Robots) -> None:
        wish, root = self._wish, root_of(self._wish.url)
        if wish.numbers is not None:
            now = self._now()
            urls = counted(wish.url, wish.numbers)
            leads = (Lead(url=url, rank=Rank.ARTICLE, changed_at=now, is_listed=True) for url in urls)
            for batch in batches(leads):
                self._queue.add(batch)
            return
        self._queue.ask_known_again()
        sitemaps = [url for url in robots.sitemaps if self._scope.holds(url)] or [root + _USUAL_SITEMAP]
        self._queue.add([*(Lead(url=url, rank=Rank.SITEMAP) for url in sitemaps), Lead(url=wish.url, rank=Rank.LIST)])

    def _ask(self, page: QueuedPage) -> None:
        """Ask one page and settle what became of it."""
        robots = self._robots
        if robots is not None and not robots.allows(page.url):
            self._tally.barred += 1
            self._queue.settle(page, PageState.BARRED, at=self._now())
            return
        self._wait_for_turn(robots.delay_s if robots is not None else 0.0)
        self._tally.asked += 1
        found = ask_page(self._web, page.url, validators=page.validators, follows=False, rules=self._wish.rules)
        if found.outcome is PageIs.BUSY:
            self._failures += 1
            self._sleep(min(found.retry_after_s if found.retry_after_s is not None else BUSY_S, LONGEST_BUSY_S))
            return
        if found.outcome is PageIs.FAILED:
            self._fail(page, found)
            return
        self._failures = 0
        match found.outcome:
            case PageIs.ARTICLE:
                self._take_article(page, found)
            case PageIs.UNCHANGED:
                self._tally.unchanged += page.article is not None
                state = PageState.ARTICLE if page.article is not None else PageState.OTHER
                self._queue.settle(page, state, at=self._now(), validators=page.validators)
            case PageIs.MOVED:
                self._follow(page, found)
            case PageIs.GONE:
                if page.article is not None:
                    self._tally.gone.append(page.url)
                self._queue.settle(page, PageState.GONE, at=self._now())
            case PageIs.REFUSED:
                self._tally.fail(found.trouble)
                self._queue.settle(page, PageState.FAILED, at=self._now())
            case _:
                self._take_leads(page, found)

    def _take_article(self, page: QueuedPage, found: Page) -> None:
        """Keep an article until it is added; the page that a mobile or print version names is asked in its place."""
        fields = dict(found.fields)
        canonical = web_url(found.url, fields.get("url"))
        leads = self._leads(found) if page.url == self._wish.url and self._wish.numbers is None else []
        if canonical is not None and self._scope.wants(canonical) and is_twin(page.url, canonical):
            self._tally.twins += 1
            lead = Lead(url=canonical, rank=Rank.ARTICLE, article=page.article)
            self._queue.settle(page, PageState.TWIN, at=self._now(), leads=[lead, *leads])
            return
        if self._is_old(fields):
            self._old += page.rank > Rank.SITEMAP
            self._queue.settle(page, PageState.OLD, at=self._now(), leads=leads)
            if self._old >= OLD_IN_A_ROW:
                self._queue.skip_unlisted()
            return
        self._old = 0
        address = canonical or page.url
        has_moved = page.article is not None and is_twin(page.article, address)
        if has_moved and (known := self._known_id({**fields, "url": page.article})) is not None:
            fields["id"] = known  # it stays the same article
        self._tally.unadded += 1
        self._queue.settle(
            page,
            PageState.FETCHED,
            at=self._now(),
            validators=found.validators,
            article=address,
            fields={**fields, "url": address},
            leads=leads,
        )

    def _take_leads(self, page: QueuedPage, found: Page) -> None:
        """A sitemap, a list or a page without an article: what it leads to waits."""
        leads: list[Lead] = []
        is_sitemap = page.rank == Rank.SITEMAP or xml_root(found.content) in ("urlset", "sitemapindex")
        if is_sitemap:
            leads = self._sitemap(found)
        elif self._lists < LISTS:
            self._lists += 1
            leads = self._leads(found)
        self._tally.other += not is_sitemap
        # A list that is unchanged leads to nothing new; a sitemap says of known pages that they are.
        validators = NO_VALIDATORS if is_sitemap else found.validators
        self._queue.settle(page, PageState.OTHER, at=self._now(), leads=leads, validators=validators)

    def _sitemap(self, found: Page) -> list[Lead]:
        try:
            sitemap = read_sitemap(found.content, name=found.url, url=found.url)
        except SourceError as error:
            self._tally.fail(Reject(error.place, error.reason))
            return []
        leads = []
        for entry in sitemap.entries:
            changed = _latest(entry.changed_at)
            if not self._scope.holds(entry.url) or (self._wish.since and changed and changed < self._wish.since):
                continue
            if sitemap.is_index:
                leads.append(Lead(url=entry.url, rank=Rank.SITEMAP))
            elif self._scope.wants(entry.url):
                changed_at = changed.timestamp() if changed is not None else None
                leads.append(Lead(url=entry.url, rank=Rank.ARTICLE, changed_at=changed_at, is_listed=True))
        return leads

    def _leads(self, found: Page) -> list[Lead]:
        """The links of a page that may be pages of the site."""
        links = leads_of(found.text, url=found.url).links if found.text else _feed_links(found)
        wanted = [link for link in links if self._scope.wants(link)]
        return [Lead(url=link, rank=Rank.ARTICLE if looks_like_article(link) else Rank.LIST) for link in wanted]

    def _follow(self, page: QueuedPage, found: Page) -> None:
        """A redirect: where it leads is asked in its place, if that is on the site."""
        target = found.location or ""
        leads = []
        if self._scope.wants(target) or (page.rank == Rank.SITEMAP and self._scope.holds(target)):
            rank = page.rank if page.rank in (Rank.SITEMAP, Rank.LIST) else Rank.ARTICLE
            leads = [Lead(url=target, rank=rank, article=page.article)]
        self._tally.moved += 1
        self._queue.settle(page, PageState.MOVED, at=self._now(), leads=leads)

    def _fail(self, page: QueuedPage, found: Page) -> None:
        """Once more after everything else, then it has failed."""
        self._failures += 1
        if page.rank == Rank.AGAIN:
            self._tally.fail(found.trouble)
            self._queue.settle(page, PageState.FAILED, at=self._now())
        else:
            self._queue.settle(
                page, PageState.WAITING, at=page.asked_at or 0.0, rank=Rank.AGAIN, validators=page.validators
            )

    def _add_fetched(self) -> None:
        """Let everything be added that has been fetched, then keep that it has been."""
        while fetched := self._queue.fetched(BATCH):
            report = self._add(Draft(fields, url) for _, url, fields in fetched)
            self._tally.take(report)
            self._queue.added(key for key, _, _ in fetched)
        self._tally.unadded = 0
        self._added_at = self._monotonic()

    def _close_gaps(self) -> None:
        """Feeds of the site that probably missed articles since the crawl's first day have missed none any more."""
        wish = self._wish
        if wish.numbers is not None:
            return
        for state in self._store.states().values():
            since = wish.since.timestamp() if wish.since is not None else 0.0
            if self._scope.holds(state.url) and state.missed_from is not None and since <= state.missed_from:
                self._store.save(replace(state, missed_from=None, missed_until=None))

    def _is_old(self, fields: Mapping[str, Any]) -> bool:
        """Whether an article is from before the day asked for; one whose date cannot be read here is not."""
        since = self._wish.since
        if since is None:
            return False
        dates = [moment_of_value(value) for name in ("published_at", "modified_at") if (value := fields.get(name))]
        known = [each.at for each in dates if each is not None]
        return bool(known) and max(known) < since

    def _wait_for_turn(self, delay_s: float) -> None:
        pause = max(self._wish.pause_s, min(delay_s, LONGEST_PAUSE_S))
        wait = self._asked_at + pause - self._monotonic()
        if wait > 0:
            self._sleep(wait)
        self._asked_at = self._monotonic()

    def _now(self) -> float:
        return self._clock().timestamp()

    def _report(self) -> CrawlReport:
        return self._tally.report(waiting=self._queue.waiting())


@dataclass(slots=True)
class _Tally:
    """Counts of one run."""

    asked: int = 0
    unchanged: int = 0
    other: int = 0
    moved: int = 0
    twins: int = 0
    barred: int = 0
    failed: int = 0
    gone: list[str] = field(default_factory=list)
    troubles: list[Reject] = field(default_factory=list)
    unadded: int = 0
    added: int = 0
    updated: int = 0
    rejected: int = 0

    def fail(self, trouble: Reject | None) -> None:
        self.failed += 1
        if trouble is not None and len(self.troubles) < 100:
            self.troubles.append(trouble)

    def take(self, report: AddReport) -> None:
        self.added += report.added
        self.updated += report.updated
        self.unchanged += report.unchanged
        self.rejected += report.rejected

    def report(self, *, waiting: int) -> CrawlReport:
        return CrawlReport(
            asked=self.asked,
            added=self.added,
            updated=self.updated,
            unchanged=self.unchanged,
            rejected=self.rejected,
            other=self.other,
            moved=self.moved,
            twins=self.twins,
            barred=self.barred,
            failed=self.failed,
            gone=tuple(self.gone),
            troubles=tuple(self.troubles),
            waiting=waiting,
        )


def _feed_links(found: Page) -> Sequence[str]:
    """Where the items of a feed lead; nothing, if what was found is none."""
    if xml_root(found.content) not in FEED_ROOTS:
        return ()
    try:
        with open_stream(io.BytesIO(found.content), found.url) as source:
            return [str(url) for item in source if isinstance(item, Draft) and (url := item.fields.get("url"))]
    except SourceError:
        return ()


def _latest(changed_at: datetime | None) -> datetime | None:
    """When a page may last have changed: a day without a time lasts until its end."""
    if changed_at is not None and (changed_at.hour, changed_at.minute, changed_at.second) == (0, 0, 0):
        return changed_at + timedelta(days=1)
    return changed_at
