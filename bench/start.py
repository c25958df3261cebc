"""Starting: from the start of a process to its first answer."""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import gisa
from bench.processes import gisa_command, run_measured
from bench.servers import WORKERS, gisa_server, hello_server, search_path
from bench.table import Row, times
from bench.workplace import Workplace, say

_TIMES: Final = 5
_SERVER_TIMES: Final = 3


def measure(place: Workplace) -> list[Row]:
    """The rows of this part; each figure is a median."""
    data_dir = place.loaded().data_dir
    query = _query_with_hits(place)
    say(f"starts, each {_TIMES} or {_SERVER_TIMES} times, asking for {query}")
    search = [*gisa_command(), "search", query, "--data", str(data_dir)]
    bare_s = _median(lambda: run_measured([sys.executable, "-c", "pass"]).seconds, _TIMES)
    warm_s = _median(lambda: run_measured(search).seconds, _TIMES)
    cold_s = _median(lambda: _after_forgetting(data_dir, lambda: run_measured(search).seconds), _TIMES)
    import_s = _median(lambda: run_measured([sys.executable, "-c", "import gisa; gisa.open"]).seconds, _TIMES)
    hello_s = _median(_hello_start, _SERVER_TIMES)
    page_s = _median(lambda: _server_start(data_dir, query), _SERVER_TIMES)
    return [
        Row(
            "`gisa search`, start to end of a process, data in the file cache",
            f"{warm_s * 1000:.0f} ms, {import_s * 1000:.0f} of them to import gisa.open",
            f"{bare_s * 1000:.0f} ms (`python -c pass`)",
            times(warm_s, bare_s),
        ),
        Row("`gisa search`, data folder dropped from the file cache", f"{cold_s * 1000:.0f} ms"),
        Row(
            f"`gisa serve --workers {WORKERS}`, start to the first page of results",
            f"{page_s * 1000:.0f} ms",
            f"{hello_s * 1000:.0f} ms (hello)",
            times(page_s, hello_s),
        ),
    ]


def _median(take: Callable[[], float], count: int) -> float:
    return statistics.median(take() for _ in range(count))


def _query_with_hits(place: Workplace) -> str:
    """The first query of the log that fills a page."""
    with gisa.open(place.loaded().data_dir) as library:
        for query in place.corpus.queries:
            page = library.search(query, limit=20)
            if len(page.hits) == 20 and not page.relaxed:
                return query
    return place.corpus.queries[0]


def _after_forgetting(data_dir: Path, take: Callable[[], float]) -> float:
    """With the folder's files dropped from the kernel's cache, as after a restart of the machine (Linux)."""
    os.sync()
    for path in data_dir.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return take()


def _server_start(data_dir: Path, query: str) -> float:
    with gisa_server(data_dir, first=search_path(query)) as serving:
        return serving.first_answer_s


def _hello_start() -> float:
    with hello_server() as serving:
        return serving.first_answer_s
