"""``tools/with-servers python -m bench.nodes [--articles N] [--takedowns N]``: one machine beside several, in one run.

    one   the archive in a file and the index beside it, one server
    A     the archive on PostgreSQL, two servers with an index of their own
    B     the archive on PostgreSQL, the index on OpenSearch, two servers

Each server has two workers. Measured are adding (by another process, to the report), pages one after the other (every query once,
so that none comes from memory), takedowns while both servers are asked (how long the call takes, and the last answer of any server
after it that still shows the article), and memory. PostgreSQL runs with ``fsync`` off here, so adding there is flattered.
"""

from __future__ import annotations

import argparse
import http.client
import os
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import create_engine, make_url, text

import gisa
from bench.__main__ import DATA
from bench.corpus import Corpus, prepare_corpus
from bench.processes import own_bytes, tree
from bench.servers import HOST, gisa_server, search_path
from bench.table import Spread, spread
from bench.takedown import articles, word_of

QUERIES: Final = 200
STALE_WITHIN_S: Final = 2.0
"""How long after a takedown the servers are asked on."""


class Place(NamedTuple):
    """Where a topology keeps what it keeps."""

    name: str
    nodes: int
    archive_url: str | None
    index_url: str | None


class Figures(NamedTuple):
    """What one topology took."""

    add_s: float
    pages: Spread
    takedowns: Spread
    takedown_max_s: float
    stale_s: float
    """After the return of the takedown that was seen longest."""
    server_mb: float
    """Of one server with its workers, what is its own."""


def measure(place: Place, folder: Path, corpus: Corpus, *, limit: int, takedowns: int) -> Figures:
    """One topology from its first article on."""
    desk, nodes = (_folder(folder / "desk", place), [_folder(folder / f"node{n}", place) for n in range(place.nodes)])
    if place.archive_url is None:
        nodes = [desk]  # one machine: who adds and who serves share the folder
    with gisa.open(desk) as library:
        began = time.perf_counter()
        library.add(islice(corpus.each(), limit))
        add_s = time.perf_counter() - began
        library.add(islice(articles(), takedowns))
        with ExitStack() as stack:
            servers = [stack.enter_context(gisa_server(node, first=search_path("나루시"))) for node in nodes]
            pages = [_page_s(servers[-1].port, query) for query in corpus.queries[:QUERIES]]
            calls, stale = [], 0.0
            for number in range(takedowns):
                call_s, stale_s = _takedown(library, [server.port for server in servers], number)
                calls.append(call_s)
                stale = max(stale, stale_s)
            memory = sum(own_bytes(pid) for pid in tree(servers[0].process.pid))
    return Figures(add_s, spread(pages), spread(calls), max(calls), stale, memory / 1e6)


def _takedown(library: gisa.Library, ports: list[int], number: int) -> tuple[float, float]:
    """Seconds of the call, and after it until no server shows the article any more."""
    path, over, seen = search_path(word_of(number)), threading.Event(), [0.0] * len(ports)
    shown = f't{number}"'.encode()

    def ask(place: int) -> None:
        connection = http.client.HTTPConnection(HOST, ports[place], timeout=30)
        while not over.is_set():
            connection.request("GET", path.replace("/search", "/api/search"))
            if shown in connection.getresponse().read():
                seen[place] = time.perf_counter()
            time.sleep(0.01)
        connection.close()

    readers = [threading.Thread(target=ask, args=(place,)) for place in range(len(ports))]
    for reader in readers:
        reader.start()
    time.sleep(0.1)
    began = time.perf_counter()
    library.remove([f"t{number}"])
    returned = time.perf_counter()
    time.sleep(STALE_WITHIN_S if number == 0 else 0.3)
    over.set()
    for reader in readers:
        reader.join()
    return returned - began, max(0.0, max(seen) - returned)


def _page_s(port: int, query: str) -> float:
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    began = time.perf_counter()
    connection.request("GET", search_path(query))
    connection.getresponse().read()
    took = time.perf_counter() - began
    connection.close()
    return took


def _folder(path: Path, place: Place) -> Path:
    path.mkdir(parents=True)
    named = (("archive_url", place.archive_url), ("index_url", place.index_url))
    (path / "gisa.toml").write_text("".join(f'{name} = "{url}"\n' for name, url in named if url), encoding="utf-8")
    return path


@contextmanager
def _schema(server: str) -> Iterator[str]:
    """A room of its own in a database, removed at the end."""
    url, name = make_url(server).set(drivername="postgresql+psycopg"), f"gisa_bench_{uuid.uuid4().hex[:10]}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
        yield url.update_query_dict({"options": f"-csearch_path={name}"}).render_as_string(hide_password=False)
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    engine.dispose()


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--takedowns", type=int, default=20)
    asked = parser.parse_args()
    database, cluster = os.environ.get("GISA_TEST_POSTGRES_URL"), os.environ.get("GISA_TEST_OPENSEARCH_URL")
    print("| | adding | page p50 | p95 | takedown p50 | max | seen after it | a server's memory |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        corpus = prepare_corpus(DATA, folder, limit=asked.articles)
        for name in ("one", "A", "B"):
            if (name != "one" and database is None) or (name == "B" and cluster is None):
                print(f"| {name} | no server named: run it by tools/with-servers |")
                continue
            with ExitStack() as stack:
                archive_url = stack.enter_context(_schema(database)) if name != "one" and database else None
                index_url = f"{cluster}/gisa-bench-{uuid.uuid4().hex[:8]}" if name == "B" else None
                place = Place(name, 1 if name == "one" else 2, archive_url, index_url)
                figures = measure(place, folder / name, corpus, limit=asked.articles, takedowns=asked.takedowns)
            print(
                f"| {name} | {figures.add_s:.1f} s | {figures.pages.p50 * 1000:.1f} ms | {figures.pages.p95 * 1000:.1f} ms | "
                f"{figures.takedowns.p50:.2f} s | {figures.takedown_max_s:.2f} s | {figures.stale_s:.2f} s | "
                f"{figures.server_mb:.0f} MB |",
                flush=True,
            )


if __name__ == "__main__":
    main()
