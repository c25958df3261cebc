"""Serving: pages of results a second through granian, beside the same server's plain hello. Needs wrk.

Two loads, since a busy day has both: every query of the log in turn with the memory of answers off, so that each page is a search,
and the first fifty of them over and over with it on, for new readers and for one who has searched before.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

import orjson

from bench.processes import BenchError, cpu_s, memory_bytes, own_bytes, run_measured, tree
from bench.servers import HOST, WORKERS, Serving, gisa_server, hello_server, search_path
from bench.table import Row, mb, times
from bench.workplace import Workplace, say
from gisa.web.pages.recent import COOKIE, EMPTY, encode

CONNECTIONS: Final = 16
THREADS: Final = 2
SECONDS: Final = 10
REPEATED: Final = 50
"""Queries of the second load."""
_WARM_UP_SECONDS: Final = 2
_SCRIPT: Final = Path(__file__).with_name("trending.lua")
_FORGETTING: Final = "[serve]\ncache_mb = 0\n"


def measure(place: Workplace) -> list[Row]:
    """The rows of this part."""
    wrk = shutil.which("wrk")
    if wrk is None:
        return [Row("pages of results a second", "skipped: wrk is not installed (apt-get install wrk)")]
    queries = place.corpus.queries
    every = _written(place.folder / "paths.txt", queries)
    repeated = _written(place.folder / "repeated.txt", queries[:REPEATED])
    data_dir, first = place.loaded().data_dir, search_path(queries[0])
    say(f"wrk, {CONNECTIONS} connections, {SECONDS} s each: search pages, pages from memory, hello")
    with _settings(data_dir, _FORGETTING), gisa_server(data_dir, first=first) as serving:
        pages = _load(wrk, serving, every)
        memory = _memory(serving)
    with gisa_server(data_dir, first=first) as serving:
        known = _load(wrk, serving, repeated, cookie=_cookie(queries))  # whoever has a cookie, the search is made once
        new = _load(wrk, serving, repeated)
        memory_full = _memory(serving)
    with hello_server() as serving:
        hellos = _load(wrk, serving, every)
        hello_memory = _memory(serving)
    loads = (
        (f"`/search`, {WORKERS} workers, {CONNECTIONS} connections, each page a search", pages),
        (f"the first {REPEATED} queries repeated, from memory, new readers", new),
        ("the same, readers with ten recent searches", known),
    )
    return [
        *(row for name, load in loads for row in _rows(name, load, hellos)),
        Row("memory after searches, parent + each worker (of its own, shared with nobody)", memory, hello_memory),
        Row("memory after pages from memory", memory_full, hello_memory),
    ]


def _rows(name: str, load: dict[str, Any], hellos: dict[str, Any]) -> list[Row]:
    errors = load["failed"] + load["refused"]
    rate, hello_rate = load["answers"] / load["seconds"], hellos["answers"] / hellos["seconds"]
    return [
        Row(
            name + (f" — {errors:,} ANSWERS WERE ERRORS" if errors else ""),
            f"{rate:,.0f} pages/s of {load['bytes'] / load['answers'] / 1e3:.1f} kB",
            f"{hello_rate:,.0f} hellos/s",
            times(rate, hello_rate),
        ),
        Row(
            "— latency, p50 · p99; the processor's time for one",
            f"{load['p50_ms']:.2f} · {load['p99_ms']:.2f} ms; {load['cpu_ms']:.2f} ms",
            f"{hellos['p50_ms']:.2f} · {hellos['p99_ms']:.2f} ms; {hellos['cpu_ms']:.2f} ms",
            f"{times(load['p50_ms'], hellos['p50_ms'])} · {times(load['p99_ms'], hellos['p99_ms'])}",
        ),
    ]


def _written(path: Path, queries: Sequence[str]) -> Path:
    """The addresses of the queries, one a line, for wrk."""
    path.write_text("".join(search_path(query) + "\n" for query in queries), encoding="ascii")
    return path


def _cookie(queries: Sequence[str]) -> str:
    """What a reader sends who has asked the last ten queries before."""
    recent = EMPTY
    for query in queries[-10:]:
        recent = recent.record(query, day=date(2026, 1, 1))
    return f"{COOKIE}={encode(recent)}"


@contextmanager
def _settings(data_dir: Path, text: str) -> Iterator[None]:
    """Settings in a folder that has none, until the block ends."""
    path = data_dir / "gisa.toml"
    path.write_text(text, encoding="utf-8")
    try:
        yield
    finally:
        path.unlink()


def _load(wrk: str, serving: Serving, paths: Path, *, cookie: str = "") -> dict[str, Any]:
    """What wrk found, after a shorter run to warm up, with ``cpu_ms``: the server's processor time for one answer."""
    used_s = 0.0
    for seconds in (_WARM_UP_SECONDS, SECONDS):
        before_s = cpu_s(tree(serving.process.pid))
        said = run_measured(
            [
                *(wrk, "-t", str(THREADS), "-c", str(CONNECTIONS), "-d", f"{seconds}s", "-s", str(_SCRIPT)),
                *(("-H", f"Cookie: {cookie}") if cookie else ()),
                *(f"http://{HOST}:{serving.port}", "--", str(paths)),
            ],
            within_s=seconds + 30.0,
        )
        used_s = cpu_s(tree(serving.process.pid)) - before_s
    found: dict[str, Any] = orjson.loads(said.stdout.splitlines()[-1])
    if not found["answers"]:
        raise BenchError("the server answered nothing under load")
    return {**found, "cpu_ms": used_s / found["answers"] * 1000}


def _memory(serving: Serving) -> str:
    """What each process of the server holds; the index's files, mapped, are shared between workers."""
    sizes = [(memory_bytes(pid, "VmRSS"), own_bytes(pid)) for pid in tree(serving.process.pid)]
    return " + ".join(f"{mb(resident)} ({mb(own)})" for resident, own in sizes)
