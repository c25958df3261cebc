"""Facets: how many results each choice of a filter would leave. Counts only."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from gisa.clause import EVERYTHING, Clause, all_of
from gisa.model import FacetCount, Period
from gisa.ports import IndexView, Known
from gisa.query.days import midnight_s
from gisa.search.filters import NAMED, PERIOD, SECTION, Narrowing, period_start_s
from gisa.search.timeline import Stretch
from gisa.text.views import name_of_key

_EVER_S: Final = -(1 << 40)
"""Earlier than every article, in seconds since 1970: a count since then is the total and needs no call of its own."""
_MOST_NAMES: Final = 50
"""The most names of a group that are offered; nobody reads further."""

TIMELINE: Final = "timeline"
"""The name of the group that counts by time; no filter has it."""

Facets = dict[str, tuple[FacetCount, ...]]


def count_facets(
    index: IndexView,
    match: Clause,
    narrowing: Narrowing,
    *,
    total: int,
    results: Sequence[Known] | None,
    today: date,
    bars: Sequence[Stretch] = (),
) -> Facets:
    """Count each group without its own filter. Counts that are known already are not requested again.

    ``match`` is the query without its filters, ``total`` how many articles it finds with them. ``results`` are all of those,
    or None where they are not at hand: without filters they are counted, and the index is asked for names alone.
    ``bars`` are the stretches of the timeline, without gaps; they lie within the days that the filters leave.
    """
    starts = [period_start_s(period, today=today) for period in Period]
    edges = [midnight_s(bar.first) for bar in bars]
    edges += [midnight_s(bar.last + timedelta(days=1)) for bar in bars[-1:]]
    but_time, but_section = narrowing.but(PERIOD), narrowing.but(SECTION)
    if results is not None and not narrowing.all:
        sections: Mapping[str, int] = Counter(each.section for each in results if each.section)
        times = sorted(each.published_at_s for each in results)
        since: Sequence[int] = [total - bisect_left(times, start) for start in (*starts, *edges)]
        everywhen = total
        named = dict(index.facet_counts(match, views=tuple(NAMED.values())).tokens) if results else {}
    else:
        ever = [] if but_time == narrowing.all else [_EVER_S]
        together = [view for group, view in NAMED.items() if narrowing.but(group) == but_time]
        by_time = index.facet_counts(all_of((match, *but_time)), since_s=[*starts, *edges, *ever], views=together)
        by_section = index.facet_counts(all_of((match, *but_section))) if narrowing.all else by_time
        everywhen = by_time.since[-1] if ever else total
        sections, since, named = by_section.sections, by_time.since, dict(by_time.tokens)
        for group, view in NAMED.items():
            if view not in named:
                named |= index.facet_counts(all_of((match, *narrowing.but(group))), views=[view]).tokens
    periods = [FacetCount("all", everywhen)]
    periods += [FacetCount(period.value, count) for period, count in zip(Period, since[: len(starts)], strict=True)]
    counts = {SECTION: tuple(_by_count(sections)), PERIOD: tuple(periods)}
    if bars:
        reached = since[len(starts) : len(starts) + len(edges)]
        counts[TIMELINE] = tuple(
            FacetCount(bar.name, before - after) for bar, (before, after) in zip(bars, pairwise(reached), strict=True)
        )
    return counts | {group: _names(named.get(view, {})) for group, view in NAMED.items()}


def count_sections(index: IndexView) -> list[FacetCount]:
    """Every section of the index with its count, most first."""
    return _by_count(index.facet_counts(EVERYTHING).sections)


def _names(counts: Mapping[str, int]) -> tuple[FacetCount, ...]:
    return tuple(_by_count({name_of_key(key): count for key, count in counts.items()})[:_MOST_NAMES])


def _by_count(counts: Mapping[str, int]) -> list[FacetCount]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [FacetCount(value, count) for value, count in ranked]
