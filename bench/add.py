"""Adding: ``gisa add`` as its user runs it, and, in this process, where its time goes."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from bench.peer import NAME
from bench.processes import BenchError
from bench.table import Row, mb, times
from bench.workplace import Workplace, say
from gisa.archive import open_archive
from gisa.clock import system_clock
from gisa.index.generations import Generations
from gisa.index.tantivy_index import TantivyWriter, create_generation
from gisa.ingest.accept import accept
from gisa.ingest.analysis import Text, Views, entry, make_builder, text_of, views_of
from gisa.ingest.pipeline import BATCH
from gisa.lexicon.vocabulary import EMPTY
from gisa.model import ArchivedArticle, Article, Draft
from gisa.sources.opening import open_source

_TAKEN_APART: Final = 5_000
"""Articles for the second half: enough that the first, slow thousand (every run is new) does not decide."""

T = TypeVar("T")


def measure(place: Workplace) -> list[Row]:
    """The rows of this part."""
    return [*_whole(place), *_taken_apart(place)]


def _whole(place: Workplace) -> list[Row]:
    corpus, rows = place.corpus, []
    peer = place.peer()
    peer_rate = corpus.articles / peer.build_s
    for workers in (0, None):
        loaded = place.loaded(workers=workers)
        took = loaded.run.seconds
        label = "default workers" if workers is None else f"{workers} workers"
        rows.append(
            Row(
                f"`gisa add`, {label}: {took:.1f} s from cold",
                f"{corpus.articles / took:,.0f} articles/s · {corpus.characters / took / 1e6:.2f} M characters/s · "
                f"{corpus.size_bytes / took / 1e6:.2f} MB/s",
                f"{peer_rate:,.0f} articles/s",
                times(corpus.articles / took, peer_rate),
            )
        )
        rows.append(
            Row(
                f"peak memory, {label}",
                f"{mb(loaded.run.peak_bytes)} in {loaded.run.processes} process{'es' if loaded.run.processes > 1 else ''}",
            )
        )
    loaded = place.loaded()
    size_bytes = loaded.archive_bytes + loaded.index_bytes
    rows += [
        Row("archive on disk", f"{mb(loaded.archive_bytes)} = {loaded.archive_bytes / corpus.size_bytes:.2f} of raw"),
        Row("index on disk", f"{mb(loaded.index_bytes)} = {loaded.index_bytes / corpus.size_bytes:.2f} of raw"),
        Row(
            "both",
            f"{mb(size_bytes)} = {size_bytes / corpus.size_bytes:.2f} of raw",
            f"{mb(peer.size_bytes)} = {peer.size_bytes / corpus.size_bytes:.2f} of raw ({NAME}, one process)",
            times(size_bytes, peer.size_bytes),
        ),
    ]
    return rows


def _taken_apart(place: Workplace) -> list[Row]:
    """Each step of adding by itself, in this process, one after the other."""
    say(f"where the time goes: the first {_TAKEN_APART:,} articles, step by step")
    folder = place.folder / "apart"
    folder.mkdir()
    now = system_clock()
    reading_s, drafts = _timed(lambda: _drafts(place.corpus.path))
    accepting_s, articles = _timed(lambda: [accept(draft, now=now) for draft in drafts])
    archiving_s, archived = _timed(lambda: _archive(articles, folder))
    texts = [text_of(article) for article in archived]
    analysing_s, views = _timed(lambda: _analyse(texts))
    passing_s, _ = _timed(lambda: _pass_on(texts, views))
    indexing_s, _ = _timed(lambda: _index(archived, views, folder))
    steps = {
        "reading (gunzip, JSON) and accepting": reading_s + accepting_s,
        "archive (SQLite, committed every 200)": archiving_s,
        "analysis, nothing remembered at the start": analysing_s,
        "index writing, with its commit and merges": indexing_s,
    }
    total_s = sum(steps.values())
    count = len(articles)
    rows = [
        Row(
            f"of the first {count:,}, one process: {name}",
            f"{seconds:.2f} s = {seconds / total_s:.0%} · {seconds / count * 1e6:,.0f} µs an article",
        )
        for name, seconds in steps.items()
    ]
    handed = f"{passing_s:.2f} s · {passing_s / count * 1e6:,.0f} µs an article"
    rows.append(Row("beside that, with workers: handing texts over and views back (pickle)", handed))
    return rows


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    made = work()
    return time.perf_counter() - started, made


def _drafts(path: Path) -> list[Draft]:
    with open_source(path) as source:
        items = list(islice(source, _TAKEN_APART))
    drafts = [item for item in items if isinstance(item, Draft)]
    if len(drafts) < len(items):
        raise BenchError(f"{len(items) - len(drafts)} of the articles do not read")
    return drafts


def _archive(articles: Sequence[Article], folder: Path) -> list[ArchivedArticle]:
    archive = open_archive(f"sqlite:///{folder / 'archive.sqlite'}")
    archived = []
    for start in range(0, len(articles), BATCH):
        batch = articles[start : start + BATCH]
        for article, addition in zip(batch, archive.add(batch), strict=True):
            if addition.change is not None:
                archived.append(ArchivedArticle(addition.change.article_seq, addition.change.revision, article))
    archive.close()
    return archived


def _analyse(texts: Sequence[Text]) -> list[Views]:
    return views_of(texts, make_builder(EMPTY))


def _pass_on(texts: Sequence[Text], views: Sequence[Views]) -> None:
    for start in range(0, len(texts), BATCH):
        for load in (texts[start : start + BATCH], views[start : start + BATCH]):
            pickle.loads(pickle.dumps(load, protocol=pickle.HIGHEST_PROTOCOL))


def _index(archived: Sequence[ArchivedArticle], views: Sequence[Views], folder: Path) -> None:
    now = system_clock()
    writer = TantivyWriter(create_generation(Generations(folder / "index")))
    for start in range(0, len(archived), BATCH):
        batch = zip(archived[start : start + BATCH], views[start : start + BATCH], strict=True)
        writer.put([entry(article, view, now=now) for article, view in batch])
    writer.commit(change_seq=len(archived))
    writer.close()
