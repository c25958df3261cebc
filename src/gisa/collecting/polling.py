"""Polls one feed or sitemap: what it brought, which of it is new or changed, and its articles as drafts. Keeps nothing.

An item that is as it was in an earlier poll is not handed on: so a corrected article that the desk took down, or the full
text fetched before, is not overwritten by what the feed still says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import orjson

from gisa.collecting.feeds import Feed
from gisa.collecting.pages import Page, PageIs, ask_page
from gisa.collecting.schedule import FeedState, Found, Poll
from gisa.collecting.store import Seen
from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.model import Draft, Item, Reject, Remark
from gisa.sources.fetch import refusal
from gisa.sources.opening import open_answer
from gisa.sources.sitemap import Entry, read_sitemap
from gisa.sources.web import NO_VALIDATORS, Answer, Web

PAGES_AT_ONCE: Final = 100
"""Pages that one poll fetches at most; the next one goes on. At one a second other feeds of the site wait two minutes."""
RECHECK_S: Final = 6 * 3_600.0
"""After so long the page of an item that still stands in its feed is asked again: corrections change the page alone."""
FIRST_FETCHED_S: Final = 2 * 86_400.0
"""Of a sitemap that is polled for the first time only the articles of the last two days are fetched, as Google News does."""
_OF_THE_PAGE: Final = (
    "title",
    "body",
    "subtitle",
    "pictures",
    "image_url",
    "byline",
    "section",
    "keywords",
    "modified_at",
)
"""Fields that the page of an item has better than its feed."""


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll of a feed brought."""

    feed: Feed
    poll: Poll
    items: tuple[Item, ...] = ()
    """The drafts that are new or changed, oldest first, and what is to be told."""
    seen: tuple[Seen, ...] = ()
    """Everything that the feed holds now, to be kept once ``items`` are in the archive."""


class Poller:
    """Polls the feeds of one host, one after the other. For one thread."""

    def __init__(self, web: Web, *, now: Callable[[], float], pause: Callable[[], None]) -> None:
        """``pause`` is called before each page of a site but the first, so that it is not hurried."""
        self._web, self._now, self._pause = web, now, pause

    def poll(self, feed: Feed, state: FeedState, known: Mapping[bytes, Seen]) -> Polled:
        """Ask the feed. Raises nothing: what fails is what was found."""
        try:
            answer = self._web.ask(feed.url, validators=state.validators)
            if not answer.is_success:
                return Polled(feed, _refused(feed, answer))
            return self._read_sitemap(feed, answer, known) if feed.is_sitemap else self._read_feed(feed, answer, known)
        except SourceError as error:
            return Polled(feed, Poll(found=Found.FAILED, trouble=Reject(error.place, error.reason)))

    def _read_feed(self, feed: Feed, answer: Answer, known: Mapping[bytes, Seen]) -> Polled:
        with open_answer(answer, feed.shown) as source:
            items = list(source)
        drafts = [item for item in items if isinstance(item, Draft)]
        damage = next((item for item in items if isinstance(item, Reject)), None)
        handed: list[Item] = []
        reading = _Reading(self._now())
        for draft in reversed(drafts):  # feeds begin with the newest
            fields = {**draft.fields, **({"section": feed.section} if feed.section else {})}
            entry = Draft(fields, draft.place)
            key, digest = key_of(fields), digest_of(fields)
            before = known.get(key)
            reading.count(before)
            if feed.is_full_text:
                handed += self._full_text(entry, before, digest, reading)
                continue
            if before is None or before.digest != digest:
                handed.append(entry)
            reading.seen.append(Seen(key=key, digest=digest, seen_at=reading.now))
        handed += [item for item in items if not isinstance(item, Draft)]
        return reading.polled(feed, answer, handed, count=len(drafts), damage=damage)

    def _full_text(self, entry: Draft, before: Seen | None, digest: bytes, reading: _Reading) -> Iterable[Item]:
        """The item with the text of its page, if either is new."""
        key, url = key_of(entry.fields), entry.fields.get("url")
        is_changed = before is None or before.digest != digest
        is_due = before is not None and reading.now - (before.page_at or 0.0) >= RECHECK_S
        if before is not None and not is_changed and not is_due:
            reading.seen.append(replace(before, seen_at=reading.now))
            return []
        if not isinstance(url, str):
            reading.seen.append(Seen(key=key, digest=digest, seen_at=reading.now))
            return [entry]
        page = self._page(url, before, reading, is_conditional=not is_changed)
        if page is None:
            if before is not None:
                return []
            reading.seen.append(
                Seen(key=key, digest=b"", seen_at=reading.now)
            )  # known, and changed when it comes again
            return [entry]
        validators = before.validators if page.outcome is PageIs.UNCHANGED and before else page.validators
        reading.seen.append(
            Seen(key=key, digest=digest, seen_at=reading.now, page_at=reading.now, validators=validators)
        )
        if page.outcome is PageIs.ARTICLE:
            better = {name: value for name in _OF_THE_PAGE if (value := page.fields.get(name))}
            return [Draft({**entry.fields, **better}, entry.place)]
        if page.outcome is PageIs.UNCHANGED:
            return []
        told = Remark(entry.place, Message(SourceCode.PAGE_LEFT_UNREAD, why=_why(page)))
        return [entry, told] if is_changed else [told]

    def _read_sitemap(self, feed: Feed, answer: Answer, known: Mapping[bytes, Seen]) -> Polled:
        sitemap = read_sitemap(answer.content, name=feed.shown, url=answer.url)
        if sitemap.is_index:
            raise SourceError(Message(SourceCode.SITEMAP_INDEX), feed.shown)
        handed: list[Item] = []
        reading = _Reading(self._now())
        for number, entry in enumerate(reversed(sitemap.entries), start=1):
            key = key_of({"url": entry.url})
            digest = digest_of({"changed_at": entry.changed_at.isoformat() if entry.changed_at else None})
            before = known.get(key)
            if before is not None and before.digest == digest:
                reading.seen.append(replace(before, seen_at=reading.now))
                continue
            if not known and _is_old(entry, reading.now):
                reading.seen.append(Seen(key=key, digest=digest, seen_at=reading.now))
                continue
            page = self._page(entry.url, before, reading, is_conditional=False)
            if page is None:
                continue
            reading.count(before)
            reading.seen.append(
                Seen(key=key, digest=digest, seen_at=reading.now, page_at=reading.now, validators=page.validators)
            )
            place = f"{feed.shown}#{number}"
            if page.outcome is PageIs.ARTICLE:
                section = {"section": feed.section} if feed.section else {}
                handed.append(Draft({**page.fields, **section}, place))
            else:
                handed.append(Remark(place, _why(page)))
        damage = None if sitemap.is_whole else Reject(feed.shown, Message(SourceCode.SITEMAP_DAMAGED))
        return reading.polled(feed, answer, handed, count=len(sitemap.entries), damage=damage)

    def _page(self, url: str, before: Seen | None, reading: _Reading, *, is_conditional: bool) -> Page | None:
        """The page of an item; None if it cannot be had for now, so that the next poll must bring the item again."""
        if reading.is_left_alone or reading.pages >= PAGES_AT_ONCE:
            reading.is_complete = False
            return None
        if reading.pages:
            self._pause()
        reading.pages += 1
        validators = before.validators if before is not None and is_conditional else NO_VALIDATORS
        page = ask_page(self._web, url, validators=validators)
        if page.outcome.is_for_now:
            reading.is_complete = False
            reading.is_left_alone = page.outcome is PageIs.BUSY
            return None
        return page


@dataclass(slots=True)
class _Reading:
    """How far one poll has come."""

    now: float
    new: int = 0
    pages: int = 0
    is_complete: bool = True
    is_left_alone: bool = False
    """True once the site has asked to be left alone."""
    seen: list[Seen] = field(default_factory=list)

    def count(self, before: Seen | None) -> None:
        """Count an item that no earlier poll had."""
        self.new += before is None

    def polled(self, feed: Feed, answer: Answer, items: Iterable[Item], *, count: int, damage: Reject | None) -> Polled:
        """What the poll brought: ``count`` items, and what was wrong with the whole of it (None: nothing)."""
        poll = Poll(
            found=Found.DAMAGED if damage else Found.READ,
            validators=answer.validators,
            items=count,
            new=self.new,
            trouble=damage,
            fresh_s=answer.fresh_s,
            moved_to=answer.moved_to,
            is_complete=self.is_complete,
        )
        return Polled(feed, poll, tuple(items), tuple(self.seen))


def _why(page: Page) -> Message:
    """Why a page has no article."""
    return page.trouble.reason if page.trouble is not None else Message(SourceCode.PAGE_SHOWS_NONE)


def _is_old(entry: Entry, now: float) -> bool:
    """Whether an entry of a sitemap that is met for the first time is of the past, which is for ``gisa crawl``."""
    return entry.changed_at is not None and now - entry.changed_at.timestamp() > FIRST_FETCHED_S


def key_of(fields: Mapping[str, Any]) -> bytes:
    """What an item is known by from poll to poll: its address; without one its guid; without either its headline and date."""
    named = fields.get("url") or fields.get("id") or f"{fields.get('title')}\n{fields.get('published_at')}"
    return hashlib.blake2b(str(named).encode("utf-8", "surrogatepass"), digest_size=10).digest()


def digest_of(fields: Mapping[str, Any]) -> bytes:
    """Of an item's content. Its guid is none of it if it has an address: some feeds give a new one with every poll."""
    content = {name: value for name, value in fields.items() if name != "id" or not fields.get("url")}
    return hashlib.blake2b(
        orjson.dumps(content, default=str, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS), digest_size=10
    ).digest()


def _refused(feed: Feed, answer: Answer) -> Poll:
    if answer.status == 304:
        return Poll(found=Found.UNCHANGED, fresh_s=answer.fresh_s, moved_to=answer.moved_to)
    found = {410: Found.GONE, 429: Found.BUSY, 503: Found.BUSY}.get(answer.status, Found.FAILED)
    return Poll(found=found, trouble=Reject(feed.shown, refusal(answer)), retry_after_s=answer.retry_after_s)
