"""``python -m bench newsday [ADDITIONS]``: a newsroom's day, one article at a time, and whether it wears the index out.

Twice over the same loaded folder: opened for each addition, as ``gisa add`` does (but for the start of a process), and with one open
archive. A correction comes after every eighth addition and a removal after every 24th. A reader that stays open looks for each article as
soon as its call has returned, and asks a hundred queries before, along the way and after; at the end once more after ``reindex``,
which leaves the one segment that nothing could be faster than. Exits 1 when an article is not found within a second.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

import gisa
from bench.corpus import articles_in, prepare_corpus
from bench.engines import folder_bytes
from bench.machine import describe_machine
from bench.newsroom import Newsroom, Written
from bench.processes import BenchError, gisa_command, memory_bytes, run_measured
from bench.table import spread
from bench.watching import live_index
from bench.workplace import say
from gisa.index.tantivy_files import read_segments
from gisa.library import Library
from gisa.model import SEOUL

ADDITIONS: Final = 1_440
"""One a minute."""
ARTICLES: Final = 6_000
SEEN_WITHIN_S: Final = 1.0
_PARTS: Final = 6
_CORRECTED: Final = 8
_REMOVED: Final = 24
_QUERIES: Final = 100
_TURNS: Final = 3
"""How often each query is asked; the least counts, for others use the machine."""
_ADDED_WITHIN_S: Final = 1_800.0

Write = Callable[[Callable[[Library], object]], object]
"""Does something with an archive that can write."""


class State(NamedTuple):
    """The folder at a moment."""

    segments: int
    index_bytes: int
    rest_bytes: int
    """Archive, suggestions and their logs, which SQLite begins anew at a thousand pages."""
    query_s: tuple[float, ...]
    """Processor time of each query."""
    own_bytes: int
    """Of this process, which writes and reads."""


class Part(NamedTuple):
    """Some hours of the day."""

    added: int
    """Since the day began."""
    took_s: tuple[float, ...]
    """Each addition's call, on the wall."""
    cpu_s: tuple[float, ...]
    """The same, of the processor, merges included."""
    unseen_s: tuple[float, ...]
    """From each call's return until a reader had found the article, its search included."""
    state: State


def main(arguments: Sequence[str], *, data: Path, out: Path) -> int:
    """0, or 1 when something was not found in time."""
    parser = argparse.ArgumentParser(prog="python -m bench newsday", description=__doc__)
    parser.add_argument("additions", type=int, nargs="?", default=ADDITIONS, metavar="ADDITIONS")
    parser.add_argument("--articles", type=int, default=ARTICLES, metavar="N", help="there at the beginning")
    parser.add_argument("--data", type=Path, default=data, metavar="PATH")
    asked = parser.parse_args(arguments)
    machine = describe_machine()  # before the load is ours
    out.mkdir(exist_ok=True)
    lines = [f"# A newsroom's day, {datetime.now(SEOUL):%Y-%m-%d %H:%M} KST\n", *machine]
    is_seen = True
    with tempfile.TemporaryDirectory(prefix="newsday-", dir=out) as made:
        place = Path(made)
        say(f"adding {asked.articles:,} articles")
        corpus = prepare_corpus(asked.data, place, limit=asked.articles + asked.additions)
        first, source = place / "first", place / "first.jsonl"
        texts = list(articles_in(corpus.path))
        source.write_bytes(b"".join(orjson.dumps(each) + b"\n" for each in texts[: asked.articles]))
        run_measured([*gisa_command(), "add", str(source), "--data", str(first)], within_s=_ADDED_WITHIN_S)
        lines.append(f"- {asked.articles:,} articles ({corpus.name}), then {asked.additions:,} one at a time")
        queries = [query for query in corpus.queries if query.strip()][:_QUERIES]
        for name, is_kept_open in (("opened for each addition", False), ("one open archive", True)):
            folder = place / "data"
            shutil.copytree(first, folder)
            say(f"{asked.additions:,} additions, {name}")
            day = Day(folder, texts[asked.articles :], queries)
            before, parts, after = day.run(asked.additions, is_kept_open=is_kept_open)
            lines += ["", f"## {name}", "", *_table(before, parts, after)]
            is_seen = is_seen and max(max(part.unseen_s) for part in parts) <= SEEN_WITHIN_S
            shutil.rmtree(folder)
    report = "\n".join(lines) + "\n"
    print(report, end="")
    (out / f"newsday-{datetime.now(SEOUL):%Y%m%d-%H%M%S}.md").write_text(report, encoding="utf-8")
    return 0 if is_seen else 1


class Day:
    """One run over one folder."""

    def __init__(self, folder: Path, texts: Sequence[dict[str, Any]], queries: Sequence[str]) -> None:
        self._folder, self._queries = folder, queries
        self._newsroom = Newsroom(iter(texts))
        self._there: list[Written] = []
        self._rng = random.Random(7)

    def run(self, additions: int, *, is_kept_open: bool) -> tuple[State, list[Part], State]:
        """Before, the day in parts, and after a reindex."""
        with gisa.open(self._folder) as reader:
            before = self._state(reader)
            if is_kept_open:
                with gisa.open(self._folder) as library:
                    parts = list(self._parts(additions, reader, lambda do: do(library)))
            else:
                parts = list(self._parts(additions, reader, self._opened))
            with gisa.open(self._folder) as library:
                library.reindex(workers=0)
            return before, parts, self._state(reader)

    def _opened(self, do: Callable[[Library], object]) -> None:
        with gisa.open(self._folder) as library:
            do(library)

    def _parts(self, additions: int, reader: Library, write: Write) -> Iterator[Part]:
        for part in range(_PARTS):
            numbers = range(additions * part // _PARTS, additions * (part + 1) // _PARTS)
            seen = [self._add(number, reader, write) for number in numbers]
            took_s, cpu_s, unseen_s = (tuple(each) for each in zip(*seen, strict=True))
            yield Part(numbers.stop, took_s, cpu_s, unseen_s, self._state(reader))

    def _add(self, number: int, reader: Library, write: Write) -> tuple[float, float, float]:
        """Seconds of the call on the wall and of the processor, and until the article was found."""
        written = self._newsroom.new()
        began, used = time.perf_counter(), time.process_time()
        write(lambda library: library.add([written.fields]))
        took_s, cpu_s = time.perf_counter() - began, time.process_time() - used
        unseen_s = _until_found(reader, written)
        self._there.append(written)
        if number % _CORRECTED == _CORRECTED - 1:
            place = self._rng.randrange(len(self._there))
            corrected = self._there[place] = self._newsroom.corrected(self._there[place])
            write(lambda library: library.add([corrected.fields]))
        if number % _REMOVED == _REMOVED - 1:
            gone = self._there.pop(self._rng.randrange(len(self._there)))
            write(lambda library: library.remove([gone.article_id], reason="bench"))
        return took_s, cpu_s, unseen_s

    def _state(self, reader: Library) -> State:
        live = live_index(self._folder)
        index_bytes = folder_bytes(live)
        return State(
            len(read_segments(live)),
            index_bytes,
            folder_bytes(self._folder) - index_bytes,
            tuple(min(_asked_s(reader, query) for _ in range(_TURNS)) for query in self._queries),
            memory_bytes(os.getpid(), "RssAnon"),
        )


def _until_found(reader: Library, written: Written) -> float:
    returned = time.perf_counter()
    while True:
        asked = time.perf_counter()
        if [hit.article.id for hit in reader.search(f'"{written.word}"').hits] == [written.article_id]:
            return time.perf_counter() - returned
        if asked - returned > 10 * SEEN_WITHIN_S:
            raise BenchError(f"{written.article_id} was not found within {10 * SEEN_WITHIN_S:.0f} s")


def _asked_s(reader: Library, query: str) -> float:
    used = time.process_time()
    reader.search(query, facets=True)
    return time.process_time() - used


def _table(before: State, parts: Sequence[Part], after: State) -> Iterator[str]:
    yield (
        "| additions | a call, p50 · p95 · p99 | longest | its processor time, p50, on average | until found, longest | segments | index | "
        "archive, suggestions, logs | a query's processor time, p50 · p95 | memory of this process |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    yield f"| before | | | | | {_state_cells(before)} |"
    for part in parts:
        yield (
            f"| to {part.added:,} | {spread(part.took_s)} | {max(part.took_s) * 1e3:.0f} ms | "
            f"{spread(part.cpu_s).p50 * 1e3:.0f}, {spread(part.cpu_s).mean * 1e3:.0f} ms | {max(part.unseen_s) * 1e3:.1f} ms | {_state_cells(part.state)} |"
        )
    yield f"| after `gisa reindex` | | | | | {_state_cells(after)} |"


def _state_cells(state: State) -> str:
    query = spread(state.query_s)
    return (
        f"{state.segments} | {state.index_bytes / 1e6:.1f} MB | {state.rest_bytes / 1e6:.1f} MB | "
        f"{query.p50 * 1e3:.2f} · {query.p95 * 1e3:.2f} ms | {state.own_bytes / 1e6:.0f} MB"
    )
