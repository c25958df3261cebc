"""What ``/metrics`` says, in Prometheus's text form: requests, latencies by kind of query, index, memory of answers, rejects.

No label ever holds what a reader typed. With several workers each counts in files of its own (prometheus_client's
multiprocess mode, set up by ``server``), and whichever is asked adds them up; what the archive holds is looked at when asked.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from gisa.errors import GisaError
from gisa.model import SearchPage
from gisa.reports import FeedStatus

if TYPE_CHECKING:
    from gisa.library import Library

FOLDER_VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Where workers keep their counts."""
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Metrics:
    """The counts of one server process, and of all of them when asked for."""

    def __init__(self, g: Library) -> None:
        self._own = CollectorRegistry()
        self._archive = _ArchiveState(g)
        self._requests = Counter("gisa_requests", "Requests answered.", ("route", "status"), registry=self._own)
        self._request_seconds = Histogram(
            "gisa_request_seconds", "Time to the end of an answer.", ("route",), buckets=_SECONDS, registry=self._own
        )
        self._search_seconds = Histogram(
            "gisa_search_seconds",
            "Time of a search, by its order and by what it found (found, relaxed, nothing).",
            ("sort", "outcome"),
            buckets=_SECONDS,
            registry=self._own,
        )
        self._remembered = Counter(
            "gisa_remembered_answers", "Answers looked for in memory (hit, miss).", ("outcome",), registry=self._own
        )
        self._refused = Counter(
            "gisa_refused_requests", "Requests told to come back: too many waited, or it too long.", registry=self._own
        )
        self._partial = Counter(
            "gisa_partial_searches", "Searches that left something out because time was up.", registry=self._own
        )

    def answered(self, *, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def searched(self, page: SearchPage, *, seconds: float) -> None:
        """Count a search that the archive answered."""
        outcome = "relaxed" if page.relaxed else "found" if page.total else "nothing"
        self._search_seconds.labels(page.sort.value, outcome).observe(seconds)
        if page.is_partial:
            self._partial.inc()

    def looked_in_memory(self, *, found: bool) -> None:
        self._remembered.labels("hit" if found else "miss").inc()

    def refused(self) -> None:
        self._refused.inc()

    def text(self) -> bytes:
        """Every metric of every worker."""
        folder = os.environ.get(FOLDER_VARIABLE)
        if folder and os.path.isdir(folder):
            registry = CollectorRegistry()
            MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]  # the library leaves it out
        else:
            registry = self._own
        return generate_latest(registry) + generate_latest(self._archive.registry)


def _feeds(feeds: Sequence[FeedStatus]) -> Iterator[Metric]:
    """How the followed feeds stand; their addresses are without passwords."""
    active = GaugeMetricFamily("gisa_feed_active", "Whether a followed feed is polled.", labels=["feed"])
    failures = GaugeMetricFamily("gisa_feed_failures", "Failed polls in a row.", labels=["feed"])
    ok_at = GaugeMetricFamily(
        "gisa_feed_ok_timestamp_seconds", "When a feed was last read whole, or was unchanged.", labels=["feed"]
    )
    missed = GaugeMetricFamily(
        "gisa_feed_missed_timestamp_seconds", "When articles were last probably missed.", labels=["feed"]
    )
    articles = CounterMetricFamily("gisa_feed_articles", "New items since a feed was added.", labels=["feed"])
    for feed in feeds:
        active.add_metric([feed.url], feed.standing == "active")
        failures.add_metric([feed.url], feed.failures)
        articles.add_metric([feed.url], feed.articles)
        if feed.ok_at is not None:
            ok_at.add_metric([feed.url], feed.ok_at.timestamp())
        if feed.missed_until is not None:
            missed.add_metric([feed.url], feed.missed_until.timestamp())
    yield from (active, failures, ok_at, missed, articles)


class _ArchiveState(Collector):
    """What the archive and its index hold, looked at when asked."""

    def __init__(self, g: Library) -> None:
        self._g = g
        self.registry = CollectorRegistry()
        self.registry.register(self)

    def collect(self) -> Iterator[Metric]:
        try:
            status = self._g.status()
        except GisaError:
            yield GaugeMetricFamily("gisa_ready", "Whether searches can be answered.", 0)
            return
        yield GaugeMetricFamily("gisa_ready", "Whether searches can be answered.", int(status.is_level))
        yield GaugeMetricFamily("gisa_articles", "Articles in the archive.", status.articles)
        yield GaugeMetricFamily("gisa_archive_change_seq", "The archive's last change.", status.change_seq)
        yield GaugeMetricFamily(
            "gisa_index_change_seq", "The last change that can be found.", status.indexed_change_seq
        )
        yield GaugeMetricFamily(
            "gisa_index_lag_changes", "Changes not searchable yet.", status.change_seq - status.indexed_change_seq
        )
        held = GaugeMetricFamily(
            "gisa_follower_change_seq", "The last change that a derived store holds; -1: none.", labels=["follower"]
        )
        lag = GaugeMetricFamily("gisa_follower_lag_changes", "Changes that a derived store lacks.", labels=["follower"])
        for follower in status.followers:
            held.add_metric([follower.name], -1 if follower.change_seq is None else follower.change_seq)
            lag.add_metric([follower.name], follower.lag)
        yield from (held, lag)
        yield GaugeMetricFamily(
            "gisa_index_behind_seconds", "Since when a shared archive may hold changes not found here.", status.behind_s
        )
        nodes = GaugeMetricFamily(
            "gisa_node_change_seq",
            "The last change that each server of a shared archive answers from.",
            labels=["node"],
        )
        words = GaugeMetricFamily(
            "gisa_node_words_version",
            "The version of the paper's shared words that each server goes by.",
            labels=["node"],
        )
        for node in status.nodes:
            nodes.add_metric([node.name], node.change_seq)
            words.add_metric([node.name], node.words_version)
        yield from (nodes, words)
        generation = GaugeMetricFamily("gisa_index_generation", "The build of the index that serves.", labels=["name"])
        generation.add_metric([status.generation], 1)
        yield generation
        yield GaugeMetricFamily("gisa_archive_size_bytes", "The archive on disk.", status.archive_size_bytes)
        yield GaugeMetricFamily("gisa_index_size_bytes", "The index on disk.", status.index_size_bytes)
        with suppress(GisaError):  # a list that a desk has broken is told by `gisa follow`
            if feeds := self._g.feeds():
                yield from _feeds(feeds)
        intake = self._g.intake()
        for name, count in (("accepted", intake.added + intake.updated), ("rejected", intake.rejected)):
            yield CounterMetricFamily(
                f"gisa_{name}_articles", f"Articles {name} by adding, since the folder began.", count
            )
