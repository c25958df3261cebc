"""What the first page says of the archive, remembered until the archive changes: no reader waits for the same counting twice."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gisa.model import SEOUL, Sort
from gisa.saying.speaker import Speaker
from gisa.web.pages.links import Links, with_kept
from gisa.web.pages.present import HitView, view_hit

if TYPE_CHECKING:
    from gisa.library import Library

NEWEST_SHOWN: Final = 6
EVERYTHING: Final = "..2999-12-31"
"""A query that finds every article."""


@dataclass(frozen=True, slots=True)
class SectionLink:
    name: str
    href: str
    count: str


@dataclass(frozen=True, slots=True)
class Front:
    """The archive at a glance; ``is_empty`` when there is nothing to search yet."""

    is_empty: bool
    articles: int
    since: str
    until: str
    sections: list[SectionLink]
    newest: list[HitView]


class FrontPage:
    """Looks at the archive for the first page of one language. Safe from many threads: at worst two look at the same time."""

    def __init__(self, g: Library, speaker: Speaker, links: Links) -> None:
        self._g, self._speaker, self._links = g, speaker, links
        self._seen: tuple[Hashable, Front] | None = None

    def look(self) -> Front:
        stamp = self._g.stamp
        if self._seen and self._seen[0] == stamp:
            return self._seen[1]
        front = self._look()
        self._seen = stamp, front
        return front

    def _look(self) -> Front:
        status = self._g.status()
        if not status.articles:
            return Front(is_empty=True, articles=0, since="", until="", sections=[], newest=[])
        newest = self._g.search(EVERYTHING, sort=Sort.NEWEST, limit=NEWEST_SHOWN)
        return Front(
            is_empty=False,
            articles=status.articles,
            since=self._speaker.day(status.oldest.astimezone(SEOUL).date()) if status.oldest else "",
            until=self._speaker.day(status.newest.astimezone(SEOUL).date()) if status.newest else "",
            sections=[
                SectionLink(
                    facet.value,
                    self._links.section(facet.value),
                    self._speaker.number(facet.count),
                )
                for facet in self._g.sections()
            ],
            newest=[
                view_hit(hit, self._speaker, self._links, suffix=with_kept("", self._links.kept)) for hit in newest.hits
            ],
        )
