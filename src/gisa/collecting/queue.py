"""The pages of one site: which wait to be asked, what the others were, what still has to be added. Decides no order of work.

Whatever a page brought is kept in the same transaction that takes it off the queue, its article included: after a crash
no page is asked again, and no article is missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import orjson

from gisa.collecting.store import SiteStore
from gisa.sources.web import NO_VALIDATORS, Validators
from gisa.text.addresses import canonical_url

_AT_ONCE: Final = 10_000


class Rank:
    """What is asked first; a smaller one before a larger."""

    SITEMAP: Final = 0
    KNOWN: Final = 1
    """It was an article when it was last asked. Before the new ones: it may have moved to one of those."""
    ARTICLE: Final = 2
    """A sitemap lists it, or it looks like an article's address."""
    LIST: Final = 3
    AGAIN: Final = 4
    """The server failed; once more, after everything else."""


class PageState(StrEnum):
    """What became of a page."""

    WAITING = "waiting"
    FETCHED = "fetched"
    """An article that has not been added yet."""
    ARTICLE = "article"
    """An article that is in the archive."""
    OLD = "old"
    """An article from before the day asked for."""
    OTHER = "other"
    """A list, a page without an article."""
    MOVED = "moved"
    TWIN = "twin"
    """It says that another page is the article's own."""
    GONE = "gone"
    BARRED = "barred"
    """robots.txt forbids it."""
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedPage:
    """A page that is to be asked."""

    key: str
    url: str
    rank: int
    validators: Validators
    article: str | None
    """The address of the article that it was when it was last asked, or that another page was which has moved here."""
    asked_at: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A page that was found."""

    url: str
    rank: int
    changed_at: float | None = None
    """When a sitemap says that it changed; a known page that was asked since need not be asked again."""
    article: str | None = None
    is_listed: bool = False


class PageQueue:
    """The pages of one site in an open store. For one thread."""

    def __init__(self, store: SiteStore, site: str) -> None:
        self._store, self._site = store, site

    def begin(self, wish: str) -> bool:
        """Begin a run, or go on with one of the same ``wish`` that was cut off; returns whether it goes on."""
        [found] = self._store.ask("SELECT asked, is_over FROM runs WHERE site = ?", (self._site,)) or [("", 1)]
        if not found[1] and found[0] == wish:
            return True
        with self._store.writing() as database:
            database.execute("INSERT OR REPLACE INTO runs VALUES (?, ?, 0)", (self._site, wish))
            database.execute(
                "DELETE FROM pages WHERE site = ? AND standing IN ('waiting', 'skipped', 'barred', 'failed') AND article IS NULL",
                (self._site,),
            )
            if found[0] != wish:
                database.execute("DELETE FROM pages WHERE site = ? AND standing = 'old'", (self._site,))
        return False

    def ask_known_again(self) -> None:
        """Every page that was an article waits to be asked again, and every list."""
        with self._store.writing() as database:
            database.execute(
                "UPDATE pages SET standing = 'waiting', rank = ? WHERE site = ? AND article IS NOT NULL AND standing IN "
                "('article', 'waiting', 'failed', 'skipped')",
                (Rank.KNOWN, self._site),
            )
            database.execute(
                "UPDATE pages SET standing = 'waiting' WHERE site = ? AND standing IN ('other', 'moved') AND article IS NULL",
                (self._site,),
            )

    def end(self) -> None:
        """The run is over: the next one begins anew."""
        with self._store.writing() as database:
            database.execute("UPDATE runs SET is_over = 1 WHERE site = ?", (self._site,))

    def next(self) -> QueuedPage | None:
        """The page to ask next; None if none waits."""
        rows = self._store.ask(
            "SELECT key, url, rank, etag, last_modified, article, asked_at FROM pages "
            "WHERE site = ? AND standing = 'waiting' ORDER BY rank, place LIMIT 1",
            (self._site,),
        )
        for key, url, rank, etag, last_modified, article, asked_at in rows:
            validators = Validators(etag=etag, last_modified=last_modified)
            return QueuedPage(key=key, url=url, rank=rank, validators=validators, article=article, asked_at=asked_at)
        return None

    def add(self, leads: Iterable[Lead]) -> None:
        """Let pages wait that are not known. A known one that has changed since waits again."""
        with self._store.writing() as database:
            self._add(database, leads)

    def settle(
        self,
        page: QueuedPage,
        state: PageState,
        *,
        at: float,
        leads: Sequence[Lead] = (),
        validators: Validators = NO_VALIDATORS,
        article: str | None = None,
        fields: Mapping[str, Any] | None = None,
        rank: int | None = None,
    ) -> None:
        """What became of a page, what it led to and its article, in one transaction."""
        content = None if fields is None else orjson.dumps(fields, default=str)
        with self._store.writing() as database:
            database.execute(
                "UPDATE pages SET standing = ?, asked_at = ?, etag = ?, last_modified = ?, article = coalesce(?, article), "
                "fields = ?, rank = coalesce(?, rank) WHERE site = ? AND key = ?",
                (
                    state.value,
                    at,
                    validators.etag,
                    validators.last_modified,
                    article,
                    content,
                    rank,
                    self._site,
                    page.key,
                ),
            )
            self._add(database, leads)

    def fetched(self, limit: int) -> list[tuple[str, str, dict[str, Any]]]:
        """Articles that have not been added yet: key, address, fields."""
        rows = self._store.ask(
            "SELECT key, url, fields FROM pages WHERE site = ? AND standing = 'fetched' LIMIT ?", (self._site, limit)
        )
        return [(key, url, orjson.loads(fields)) for key, url, fields in rows]

    def added(self, keys: Iterable[str]) -> None:
        """The archive has these articles."""
        with self._store.writing() as database:
            database.executemany(
                "UPDATE pages SET standing = 'article', fields = NULL WHERE site = ? AND key = ?",
                [(self._site, key) for key in keys],
            )

    def skip_unlisted(self) -> None:
        """Let no page wait that no sitemap lists."""
        with self._store.writing() as database:
            database.execute(
                "UPDATE pages SET standing = 'skipped' WHERE site = ? AND standing = 'waiting' AND listed = 0 AND rank > ?",
                (self._site, Rank.KNOWN),
            )

    def waiting(self) -> int:
        """How many pages of the site wait to be asked."""
        [(count,)] = self._store.ask(
            "SELECT count(*) FROM pages WHERE site = ? AND standing = 'waiting'", (self._site,)
        )
        return int(count)

    def counts(self) -> dict[str, int]:
        """How many pages of the site are in each state."""
        rows = self._store.ask("SELECT standing, count(*) FROM pages WHERE site = ? GROUP BY standing", (self._site,))
        return {PageState(standing): count for standing, count in rows}

    def _add(self, database: Any, leads: Iterable[Lead]) -> None:
        for lead in leads:
            key = canonical_url(lead.url)
            cursor = database.execute(
                "INSERT OR IGNORE INTO pages (site, key, url, standing, rank, place, article, listed) "
                "VALUES (?, ?, ?, 'waiting', ?, (SELECT coalesce(max(place), 0) + 1 FROM pages WHERE site = ?), ?, ?)",
                (self._site, key, lead.url, lead.rank, self._site, lead.article, lead.is_listed),
            )
            if cursor.rowcount:
                continue
            if lead.article is not None:
                database.execute(
                    "UPDATE pages SET article = ? WHERE site = ? AND key = ? AND article IS NULL",
                    (lead.article, self._site, key),
                )
            if lead.is_listed:
                self._listed_again(database, key, lead)

    def _listed_again(self, database: Any, key: str, lead: Lead) -> None:
        """A sitemap lists a known page: it waits if it was gone or has changed, and rests if it has not."""
        database.execute("UPDATE pages SET listed = 1 WHERE site = ? AND key = ?", (self._site, key))
        if lead.changed_at is None:
            return
        database.execute(
            "UPDATE pages SET standing = CASE WHEN asked_at >= ? THEN 'article' ELSE 'waiting' END "
            "WHERE site = ? AND key = ? AND article IS NOT NULL AND standing IN ('waiting', 'article')",
            (lead.changed_at, self._site, key),
        )
        database.execute(
            "UPDATE pages SET standing = 'waiting' WHERE site = ? AND key = ? AND standing = 'gone' AND asked_at < ?",
            (self._site, key, lead.changed_at),
        )


def batches(items: Iterable[Lead]) -> Iterator[list[Lead]]:
    """So many pages as one transaction takes."""
    batch: list[Lead] = []
    for item in items:
        batch.append(item)
        if len(batch) >= _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
