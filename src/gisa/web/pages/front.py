"""What the first page says of the archive, remembered until the archive changes: no reader waits for the same counting twice."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from gisa.model import SEOUL, Sort
from gisa.web.pages.present import HitView, day_text, view_hit

if TYPE_CHECKING:
    from gisa.library import Library

NEWEST_SHOWN: Final = 6
_EVERYTHING: Final = "..2999-12-31"


@dataclass(frozen=True, slots=True)
class SectionLink:
    name: str
    href: str
    count: str


@dataclass(frozen=True, slots=True)
class Front:
    """The archive at a glance; ``is_empty`` when there is nothing to search yet."""

    is_empty: bool
    articles: str
    since: str
    until: str
    sections: list[SectionLink]
    newest: list[HitView]


class FrontPage:
    """Looks at the archive for the first page. Safe from many threads: at worst two look at the same time."""

    def __init__(self, g: Library) -> None:
        self._g = g
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
            return Front(is_empty=True, articles="0", since="", until="", sections=[], newest=[])
        newest = self._g.search(_EVERYTHING, sort=Sort.NEWEST, limit=NEWEST_SHOWN)
        return Front(
            is_empty=False,
            articles=f"{status.articles:,}",
            since=day_text(status.oldest.astimezone(SEOUL)) if status.oldest else "",
            until=day_text(status.newest.astimezone(SEOUL)) if status.newest else "",
            sections=[
                SectionLink(facet.value, "/search?q=" + quote(section_query(facet.value), safe=""), f"{facet.count:,}")
                for facet in self._g.sections()
            ],
            newest=[view_hit(hit) for hit in newest.hits],
        )


def section_query(section: str) -> str:
    """A query that finds a section; quoted where its name holds more than letters."""
    return f"분야:{section}" if section.isalnum() else '분야:"{}"'.format(section.replace('"', " "))
