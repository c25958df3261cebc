"""The page of a cited result set: how many results then and now, what came, was corrected or is gone, and how to cite it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from gisa.library.set_changes import SetArticle, SetChanges
from gisa.model import SEOUL
from gisa.saying.citing import cite_set, shown_filters
from gisa.web.pages.editions import Edition
from gisa.web.pages.routes import Pages


@dataclass(frozen=True, slots=True)
class SetLine:
    """An article or a removal, as the page names it."""

    text: str
    href: str
    day: str


@dataclass(frozen=True, slots=True)
class SetGroup:
    """One kind of change."""

    title: str
    lines: tuple[SetLine, ...]


async def result_set(pages: Pages, request: Request) -> Response:
    """``/sets/ID``."""
    set_id = request.path_params["set_id"]
    told = await pages.set_changes(set_id, request)
    edition = pages.edition(request)
    address = pages.origin(request) + edition.links.base + f"/sets/{set_id}"
    search = edition.links.search(told.found.request)
    context = {
        "told": told,
        "groups": _groups(told, edition),
        "moment": edition.speaker.moment(told.found.at.astimezone(SEOUL)),
        "citations": cite_set(told.found, publisher=pages.paper.name, address=address),
        "again": search.page(1),
        "filters": shown_filters(told.found),
        "query": told.found.request.query,
    }
    return pages.fill(request, "set.html", context)


def _groups(told: SetChanges, edition: Edition) -> list[SetGroup]:
    """What has changed, each kind with what can be named of it; kinds without any are left out."""
    t = edition.speaker.wording.page
    removed = tuple(
        SetLine(each.public_reason or each.id, edition.links.to_article(each.id), _day(each.removed_at, edition))
        for each in told.removed
    )
    kinds = (
        (t.set_added, "added", _lines(told.added, edition)),
        (t.set_corrected, "corrected", _lines(told.corrected, edition)),
        (t.set_removed, "removed", removed),
        (t.set_left, "left", _lines(told.left, edition)),
        (t.set_hidden, "hidden", ()),
    )
    return [
        SetGroup(edition.speaker.fill(sentence, count=told.counts[kind]), lines)
        for sentence, kind, lines in kinds
        if told.counts[kind]
    ]


def _lines(articles: Sequence[SetArticle], edition: Edition) -> tuple[SetLine, ...]:
    return tuple(
        SetLine(each.title, edition.links.to_article(each.id), _day(each.published_at, edition)) for each in articles
    )


def _day(moment: datetime, edition: Edition) -> str:
    return edition.speaker.day(moment.astimezone(SEOUL).date())
