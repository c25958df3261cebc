"""The tools that search: ``search``, ``count``, ``timeline``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from gisa.language import Language
from gisa.mcp.answers import (
    ArticleNamed,
    Bar,
    Counted,
    CountFound,
    HitsFound,
    Quoted,
    SearchHit,
    TimelineFound,
)
from gisa.mcp.asked import HitsAsked, SearchAsked
from gisa.mcp.calling import Call
from gisa.mcp.fitting import fitting, size_bytes
from gisa.mcp.naming import named
from gisa.mcp.visible import clipped
from gisa.model import Hit, SearchPage, Sort
from gisa.saying.notices import say_notice
from gisa.saying.speaker import Speaker
from gisa.search.cursor import read_cursor
from gisa.search.facets import TIMELINE
from gisa.search.request import SearchRequest

_SNIPPET: Final = 600
_QUERY: Final = 600
_NOTICE: Final = 300
_STRETCHES: Final = (("YYYY-MM-DD", ""), ("YYYY-MM", ""), ("YYYY", ""), ("YYY", "0s"))
"""Names of days, months, years and decades (``1890s``): how much of a day's name they hold, and what stands behind it."""


async def search(asked: HitsAsked, call: Call) -> HitsFound:
    """A page of hits, as many as fit."""
    request = replace(_request(asked), sort=asked.sort, limit=asked.limit, **_place(asked, call))
    page = await call.caller.search(request)

    def answer(hits: Sequence[Hit], page: SearchPage = page) -> HitsFound:
        return HitsFound(
            **_found(request, page, call),
            did_you_mean=None if page.did_you_mean is None else Quoted(printed=clipped(page.did_you_mean, 100)),
            hits=[_hit(hit, call) for hit in hits],
            next_cursor=_next(asked, request, page, call),
        )

    fit = fitting(answer, page.hits, at_most=asked.max_bytes)
    if fit < len(page.hits):  # asked again, so that the cursor says where this shorter page ends
        page = await call.caller.search(replace(request, limit=fit))
    return answer(page.hits, page)


async def count(asked: SearchAsked, call: Call) -> CountFound:
    """How many there are, in all and by section."""
    request = _request(asked)
    page = await call.caller.search(replace(request, limit=1), facets=True)
    sections = (page.facets or {}).get("section", ())

    def answer(some: Sequence[Counted]) -> CountFound:
        about = page.scopes.about if page.scopes is not None else None
        left_out = len(counted) - len(some)
        return CountFound(**_found(request, page, call), about=about, sections=list(some), sections_left_out=left_out)

    counted = [Counted(printed=clipped(each.value, 100), count=each.count) for each in sections]
    return answer(counted[: fitting(answer, counted, at_most=asked.max_bytes)])


async def timeline(asked: SearchAsked, call: Call) -> TimelineFound:
    """How many there are by time, with the first and the last."""
    request = _request(asked)
    newest = await call.caller.search(replace(request, limit=1), facets=True)
    has_ends = not newest.relaxed  # a relaxed search puts first what holds the most words
    oldest = await call.caller.search(replace(request, limit=1, sort=Sort.OLDEST)) if has_ends else newest
    bars = [Bar(when=each.value, count=each.count) for each in (newest.facets or {}).get(TIMELINE, ()) if each.count]

    def answer(some: Sequence[Bar]) -> TimelineFound:
        return TimelineFound(
            **_found(request, newest, call),
            oldest=_first(oldest, call) if has_ends else None,
            newest=_first(newest, call) if has_ends else None,
            bars=list(some),
            bars_left_out=len(bars) - len(some),
        )

    for form, behind in _STRETCHES:
        bars = _coarser(bars, form=form, behind=behind)
        if size_bytes(answer(bars)) <= asked.max_bytes:
            break
    return answer(bars[: fitting(answer, bars, at_most=asked.max_bytes)])


def _coarser(bars: Sequence[Bar], *, form: str, behind: str) -> list[Bar]:
    """Bars of the stretches that are named so. The span has named them as finely already as it is long."""
    counts: Counter[str] = Counter()
    for bar in bars:
        counts[bar.when[: len(form)] + behind] += bar.count
    return [Bar(when=when, count=count) for when, count in counts.items()]


def _request(asked: SearchAsked) -> SearchRequest:
    return SearchRequest(
        asked.query,
        since=asked.since,
        until=asked.until,
        section=asked.section,
        byline=asked.byline,
        title_only=asked.title_only,
        as_typed=True,  # an agent is told of a correction; it does not see that its query was changed
        about=False,
        group=False,
    )


def _question(asked: HitsAsked) -> str:
    """What a cursor holds for: the arguments that decide which hits there are, and their order."""
    return "search " + asked.model_dump_json(exclude={"cursor", "limit", "max_bytes"})


def _place(asked: HitsAsked, call: Call) -> dict[str, Any]:
    """Where the page begins."""
    if asked.cursor is None:
        return {}
    kind, _, place = call.facts.cursors.read(asked.cursor, question=_question(asked)).partition(":")
    return {"cursor": read_cursor(place)} if kind == "after" else {"offset": int(place)}


def _next(asked: HitsAsked, request: SearchRequest, page: SearchPage, call: Call) -> str | None:
    reached = request.offset + len(page.hits)
    if page.next_cursor is not None:
        place = f"after:{page.next_cursor}"
    elif request.cursor is None and page.hits and reached < page.total:  # an order of scores, or a relaxed search
        place = f"from:{reached}"
    else:
        return None
    return call.facts.cursors.write(place, question=_question(asked))


def _found(request: SearchRequest, page: SearchPage, call: Call) -> dict[str, Any]:
    """The fields of whatever searches."""
    speaker = Speaker(Language.ENGLISH)
    return {
        **call.facts.said(),
        "query": clipped(page.query, _QUERY),
        "total": page.total,
        "relaxed": page.relaxed,
        "notices": [clipped(say_notice(each, speaker), _NOTICE) for each in page.notices],
        "set_id": call.library.set_id(request, page, asker=call.caller.asker),
    }


def _hit(hit: Hit, call: Call) -> SearchHit:
    snippet = hit.snippet
    text = f"{'…' if snippet.cut_before else ''}{snippet.text}{'…' if snippet.cut_after else ''}"
    article = named(hit.article, call)
    return SearchHit(**dict(article), snippet=Quoted(printed=clipped(text, _SNIPPET)))


def _first(page: SearchPage, call: Call) -> ArticleNamed | None:
    return named(page.hits[0].article, call) if page.hits else None
