"""Searching: every query of the log through the public API, one after the other, beside the peer; and where it goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import gisa
from bench.peer import NAME, can_answer
from bench.stopwatch import stopwatch
from bench.table import Row, spread, spread_ratio, times
from bench.workplace import Workplace, say
from gisa.archive.sql import SqlArchive
from gisa.index.tantivy_index import TantivyReader
from gisa.model import SearchPage

_WARM_UP: Final = 100
"""Queries asked before measuring, so that the first use of files and memos is not taken for the rule (see ``start``)."""
_WITHIN_S: Final = 30.0
"""A pass over the log ends here, wherever it is; the table then says how far it came."""
_LIMIT: Final = 20

T = TypeVar("T")


def measure(place: Workplace) -> list[Row]:
    """The rows of this part."""
    queries = place.corpus.queries
    loaded, peer = place.loaded(), place.peer()
    say(f"{len(queries):,} queries, through the API, by parts, and of the peer")
    pages: list[SearchPage] = []
    peer_totals: list[int] = []
    with gisa.open(loaded.data_dir) as library:
        newest_s = _each(queries, lambda query: library.search(query, limit=_LIMIT), answers=pages)
        relevance_s = _each(queries, lambda query: library.search(query, limit=_LIMIT, sort="relevance"))
        facets_s = _each(queries, lambda query: library.search(query, limit=_LIMIT, facets=True))
    peer_newest_s = _each(queries, peer.page, answers=peer_totals)
    peer_relevance_s = _each(queries, lambda query: peer.page(query, by_relevance=True))
    peer_index_s = _each(queries, peer.find)
    index_s, archive_s, rest_s = _parts(place, "newest")
    index_relevance_s, _, _ = _parts(place, "relevance")
    both = [
        number
        for number, (page, total) in enumerate(zip(pages, peer_totals, strict=False))
        if page.total and not page.relaxed and total and can_answer(queries[number])
    ]
    rows = [
        _row("newest first, 20 hits with snippets", newest_s, peer_newest_s, queries),
        _row("by relevance, 20 hits with snippets", relevance_s, peer_relevance_s, queries),
        _row("newest first, with counts beside the filters", facets_s, [], queries),
        _row("of newest first: the index alone", index_s, peer_index_s, queries),
        _row("of newest first: fetching from the archive", archive_s, [], queries),
        _row("of newest first: reading the query, highlights, snippets", rest_s, [], queries),
        _row("of by relevance: the index alone", index_relevance_s, [], queries),
    ]
    if both:
        ours, peers = [newest_s[number] for number in both], [peer_newest_s[number] for number in both]
        rows.append(_row(f"newest first, the {len(both):,} queries that both answer in full", ours, peers, both))
    found = sum(1 for page in pages if page.total and not page.relaxed)
    relaxed = sum(1 for page in pages if page.relaxed)
    peer_found = sum(1 for total in peer_totals if total)
    rate, peer_rate = len(newest_s) / sum(newest_s), len(peer_newest_s) / sum(peer_newest_s)
    return [
        *rows,
        Row(
            "newest first, one thread", f"{rate:,.0f} queries/s", f"{peer_rate:,.0f} queries/s", times(rate, peer_rate)
        ),
        Row(
            "queries with hits",
            f"{found / len(pages):.1%}; {relaxed / len(pages):.1%} more by most of their words",
            f"{peer_found / len(peer_totals):.1%} (leaves out words under three characters; finding nothing is fast)",
        ),
        Row("peer", f"{NAME}: {peer.build_s:.0f} s to build; 20 headlines and snippets, and count(*)"),
    ]


def _row(measured: str, took_s: Sequence[float], peer_s: Sequence[float], queries: Sequence[object]) -> Row:
    """p50, p95 and p99; beside the peer's over the same queries."""
    if len(took_s) < len(queries):
        measured += f" (the first {len(took_s):,} queries: {_WITHIN_S:.0f} s were up)"
    if not peer_s:
        return Row(measured, str(spread(took_s)))
    shared = min(len(took_s), len(peer_s))
    ours, peers = spread(took_s[:shared]), spread(peer_s[:shared])
    return Row(measured, str(spread(took_s)), str(peers), spread_ratio(ours, peers))


def _each(queries: Sequence[str], ask: Callable[[str], T], *, answers: list[T] | None = None) -> list[float]:
    """How long each query takes, in seconds, after a warm-up; fewer than all when the time is up."""
    ends = time.perf_counter() + _WITHIN_S
    for query in queries[:_WARM_UP]:
        ask(query)
        if time.perf_counter() > ends - _WITHIN_S / 2:
            break
    took: list[float] = []
    for query in queries:
        started = time.perf_counter()
        answer = ask(query)
        took.append(time.perf_counter() - started)
        if answers is not None:
            answers.append(answer)
        if started > ends:
            break
    return took


def _parts(place: Workplace, sort: str) -> tuple[list[float], list[float], list[float]]:
    """For each query the seconds spent in the index, in the archive, and elsewhere."""
    spent: list[tuple[float, float]] = []
    with (
        stopwatch(TantivyReader, "search", "count", "facet_counts") as index,
        stopwatch(SqlArchive, "fetch") as archive,
        gisa.open(place.loaded().data_dir) as library,
    ):

        def ask(query: str) -> tuple[float, float]:
            index.spent_s = archive.spent_s = 0.0
            library.search(query, limit=_LIMIT, sort=sort)
            return index.spent_s, archive.spent_s

        whole_s = _each(place.corpus.queries, ask, answers=spent)
    rest_s = [whole - sum(parts) for whole, parts in zip(whole_s, spent, strict=True)]
    return [index_s for index_s, _ in spent], [archive_s for _, archive_s in spent], rest_s
