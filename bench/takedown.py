"""``python -m bench.takedown [COUNT]``: remove articles one by one under a loaded server; how long after the return one is seen.

COUNT articles by the library's call and a tenth of them by ``gisa remove``. Before each, every connection has asked for it, so
that every worker remembers it; after it, every connection asks on for all the places where it stood: the search page (also as a
reader with recent searches, and with the page's ETag in hand), the first page, suggestions, the API, the article's own addresses.
What is measured is the last stale answer, counted from the return; 0 where there was none. Exits 1 above a second.
"""

from __future__ import annotations

import http.client
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

import gisa
from bench.machine import describe_machine
from bench.processes import gisa_command
from bench.servers import HOST, gisa_server, search_path
from gisa.library import Library
from gisa.model import SEOUL
from gisa.web.pages import recent

CONNECTIONS: Final = 12
"""Spread over two workers by the kernel: the chance that all reach the same one is 1 in 2,048."""
READERS: Final = 2
ROUNDS: Final = 2
"""How often each connection asks after a removal."""
ARTICLES: Final = 2_000
_FIRST: Final = datetime(2025, 12, 31, 9, tzinfo=SEOUL)
_COOKIE: Final = f"{recent.COOKIE}={recent.encode(recent.EMPTY.record('포항', day=_FIRST.date()))}"


def articles() -> Iterator[dict[str, object]]:
    for number in range(ARTICLES):
        yield {
            "id": f"t{number}",
            "title": f"나루시 소식 {number}",
            "body": f"나루시가 항만과 어시장 소식을 전했다. {word_of(number)}.",
            "published_at": _FIRST - timedelta(minutes=number),  # so that the next to go is the newest
            "keywords": [word_of(number)],
        }


class Reader(threading.Thread):
    """Asks on and on, as other readers do."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self._port, self.stopped, self.answers = port, threading.Event(), 0

    def run(self) -> None:
        with closing(http.client.HTTPConnection(HOST, self._port, timeout=30)) as connection:
            while not self.stopped.is_set():
                ask(connection, search_path(f"나루시 소식 {self.answers % 300}"))
                self.answers += 1


def word_of(number: int) -> str:
    """A word that one article holds."""
    return f"고유번호{number}끝"


def ask(connection: http.client.HTTPConnection, path: str, **headers: str) -> tuple[int, bytes, str]:
    """Status, body and ETag."""
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.headers.get("etag", "")


class Place(NamedTuple):
    """One connection, with the ETags of the search pages that showed an article."""

    connection: http.client.HTTPConnection
    etags: dict[int, str]

    def shown(self, number: int) -> list[bool]:
        """For each place whether it shows the article; 410 is what its own addresses must say."""
        article, word = f"t{number}", word_of(number)
        path, link = search_path(f'"{word}"'), f"/articles/{article}".encode()
        status, page, etag = ask(self.connection, path, **self._known(number))
        if link in page:
            self.etags[number] = etag
        return [
            status == 304 or link in page,
            link in ask(self.connection, path, cookie=_COOKIE)[1],
            link in ask(self.connection, "/")[1],
            f'"text":"{word}"'.encode() in ask(self.connection, "/api/suggest?q=" + quote(word, safe=""))[1],
            f'"id":"{article}"'.encode() in ask(self.connection, "/api" + path)[1],
            *(ask(self.connection, f"{place}/articles/{article}")[0] != 410 for place in ("", "/api")),
        ]

    def _known(self, number: int) -> dict[str, str]:
        return {"if_none_match": self.etags[number]} if number in self.etags else {}


def last_stale_s(places: list[Place], number: int) -> float:
    returned = time.perf_counter()
    last = 0.0
    for _ in range(ROUNDS):
        for place in places:
            asked = time.perf_counter()
            if any(place.shown(number)):
                last = asked - returned
    return last


def measure(library: Library, folder: Path, count: int) -> tuple[list[float], list[float], list[float], int]:
    """Seconds of each call, of the last stale answer after the call and after the command, and the readers' answers."""
    calls: list[float] = []
    by_call: list[float] = []
    by_command: list[float] = []
    with ExitStack() as stack:
        serving = stack.enter_context(gisa_server(folder, first=search_path("나루시")))
        readers = [Reader(serving.port) for _ in range(READERS)]
        for reader in readers:
            reader.start()
            stack.callback(reader.stopped.set)
        places = [
            Place(stack.enter_context(closing(http.client.HTTPConnection(HOST, serving.port, timeout=30))), {})
            for _ in range(CONNECTIONS)
        ]
        for number in range(count + count // 10):
            if not all(all(place.shown(number)) for place in places):
                raise SystemExit(f"t{number} is not shown everywhere before it is removed")
            began = time.perf_counter()
            if number < count:
                library.remove([f"t{number}"], reason="bench", public_reason="삭제 요청")
                calls.append(time.perf_counter() - began)
                by_call.append(last_stale_s(places, number))
            else:
                subprocess.run(
                    [*gisa_command(), "remove", f"t{number}", "--data", str(folder)], check=True, capture_output=True
                )
                by_command.append(last_stale_s(places, number))
        return calls, by_call, by_command, sum(reader.answers for reader in readers)


def line(name: str, times_s: list[float]) -> str:
    ranked = sorted(times_s)
    p50, p99 = (ranked[min(len(ranked) - 1, int(len(ranked) * share))] for share in (0.5, 0.99))
    stale = sum(time_s > 0 for time_s in ranked)
    return f"| {name} | {len(ranked)} | {stale} | {p50 * 1e3:.1f} · {p99 * 1e3:.1f} · {ranked[-1] * 1e3:.1f} ms |"


def main(count: int) -> int:
    with tempfile.TemporaryDirectory() as folder, gisa.open(folder) as library:
        library.add(articles())
        began = time.perf_counter()
        calls, by_call, by_command, answers = measure(library, Path(folder), count)
        seconds = time.perf_counter() - began
    print(*describe_machine(), sep="\n")
    print(
        f"- {ARTICLES:,} articles, 2 workers, {CONNECTIONS} connections, {READERS} readers: {answers / seconds:,.0f} answers/s beside"
    )
    print("\n| | removals | with a stale answer after the return | p50 · p99 · max |\n|---|---|---|---|")
    print(line("last stale answer after the library's call", by_call))
    print(line("last stale answer after `gisa remove`", by_command))
    print(line("the library's call itself", calls))
    return 1 if max(by_call + by_command) > 1 else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
