"""Serving: pages of results a second through granian, beside the same server's plain hello. Needs wrk."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, Final

import orjson

from bench.processes import BenchError, memory_bytes, run_measured, tree
from bench.servers import HOST, WORKERS, Serving, gisa_server, hello_server, search_path
from bench.table import Row, mb, times
from bench.workplace import Workplace, say

CONNECTIONS: Final = 16
THREADS: Final = 2
SECONDS: Final = 10
_WARM_UP_SECONDS: Final = 2
_SCRIPT: Final = Path(__file__).with_name("trending.lua")


def measure(place: Workplace) -> list[Row]:
    """The rows of this part."""
    wrk = shutil.which("wrk")
    if wrk is None:
        return [Row("pages of results a second", "skipped: wrk is not installed (apt-get install wrk)")]
    paths = place.folder / "paths.txt"
    paths.write_text("".join(search_path(query) + "\n" for query in place.corpus.queries), encoding="ascii")
    data_dir = place.loaded().data_dir
    say(f"wrk, {CONNECTIONS} connections, {SECONDS} s each: search pages, then hello")
    with gisa_server(data_dir, first=search_path(place.corpus.queries[0])) as serving:
        pages = _load(wrk, serving, paths)
        memory = _memory(serving)
    with hello_server() as serving:
        hellos = _load(wrk, serving, paths)
        hello_memory = _memory(serving)
    pages_rate, hello_rate = pages["answers"] / pages["seconds"], hellos["answers"] / hellos["seconds"]
    errors = pages["failed"] + pages["refused"]
    return [
        Row(
            f"`/search`, {WORKERS} workers, {CONNECTIONS} connections"
            + (f" — {errors:,} ANSWERS WERE ERRORS" if errors else ""),
            f"{pages_rate:,.0f} pages/s of {pages['bytes'] / pages['answers'] / 1e3:.1f} kB",
            f"{hello_rate:,.0f} hellos/s",
            times(pages_rate, hello_rate),
        ),
        Row(
            "latency, p50 · p99",
            f"{pages['p50_ms']:.2f} · {pages['p99_ms']:.2f} ms",
            f"{hellos['p50_ms']:.2f} · {hellos['p99_ms']:.2f} ms",
            f"{times(pages['p50_ms'], hellos['p50_ms'])} · {times(pages['p99_ms'], hellos['p99_ms'])}",
        ),
        Row("resident memory after it, parent + each worker (its own, without shared files)", memory, hello_memory),
    ]


def _load(wrk: str, serving: Serving, paths: Path) -> dict[str, Any]:
    """What wrk found, after a shorter run to warm up."""
    for seconds in (_WARM_UP_SECONDS, SECONDS):
        said = run_measured(
            [
                *(wrk, "-t", str(THREADS), "-c", str(CONNECTIONS), "-d", f"{seconds}s", "-s", str(_SCRIPT)),
                *(f"http://{HOST}:{serving.port}", "--", str(paths)),
            ],
            within_s=seconds + 30.0,
        )
    found: dict[str, Any] = orjson.loads(said.stdout.splitlines()[-1])
    if not found["answers"]:
        raise BenchError("the server answered nothing under load")
    return found


def _memory(serving: Serving) -> str:
    """What each process of the server holds; the index's files, mapped, are shared between workers."""
    sizes = [(memory_bytes(pid, "VmRSS"), memory_bytes(pid, "RssAnon")) for pid in tree(serving.process.pid)]
    return " + ".join(f"{mb(resident)} ({mb(own)})" for resident, own in sizes)
