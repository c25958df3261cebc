"""Readers of a server alone and beside hostile clients: ``python -m bench.hostile DATA [SECONDS]``.

Each reader and each hostile client has a loopback address of its own (127.0.0.2 and on), since a server tells clients by address. Words are
taken from the folder's own headlines. A line for each number of hostile clients, all in one run of one server.
"""

from __future__ import annotations

import http.client
import random
import sys
import threading
import time
from pathlib import Path
from typing import Final
from urllib.parse import quote

import gisa
from bench.machine import describe_machine
from bench.servers import HOST, gisa_server, search_path

_READERS: Final = 2
_PAUSE_S: Final = 0.05
"""Between two pages of one reader."""
_WORDS: Final = 64
_HOSTILE: Final = (0, 2, 16)


class Client(threading.Thread):
    """Asks again and again, each time something that nobody has asked before."""

    def __init__(self, port: int, *, number: int, words: list[str], is_hostile: bool) -> None:
        super().__init__(daemon=True)
        self._port, self._words, self._is_hostile = port, words, is_hostile
        self._from = f"127.0.0.{number + 2}"
        self._rng = random.Random(number)
        self.stopped = threading.Event()
        self.answers: list[tuple[int, float]] = []
        """Status and seconds of each answer; status 0 for a connection that broke."""

    def run(self) -> None:
        connection = self._connect()
        while not self.stopped.is_set():
            began = time.perf_counter()
            try:
                connection.request("GET", self._path())
                response = connection.getresponse()
                response.read()
                status = response.status
            except (OSError, http.client.HTTPException):
                status = 0
                connection.close()
                connection = self._connect()
            self.answers.append((status, time.perf_counter() - began))
            if not self._is_hostile:
                time.sleep(_PAUSE_S)
        connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(HOST, self._port, timeout=30, source_address=(self._from, 0))

    def _path(self) -> str:
        nonce = f"{self._rng.random():.12f}"[2:]
        if not self._is_hostile:
            return f"/search?q={quote(self._rng.choice(self._words))}&without={nonce}"
        query = quote(" ".join(self._rng.choice(self._words) + self._rng.choice(self._words) for _ in range(_WORDS)))
        return f"/api/search?match=any&sort=relevance&limit=100&facets=true&q={query}&without={nonce}"


def measure(port: int, words: list[str], *, hostile: int, seconds: float) -> str:
    """A line of the table."""
    readers = [Client(port, number=number, words=words, is_hostile=False) for number in range(_READERS)]
    others = [Client(port, number=100 + number, words=words, is_hostile=True) for number in range(hostile)]
    for client in (*others, *readers):
        client.start()
    time.sleep(seconds)
    for client in (*readers, *others):
        client.stopped.set()
    for client in (*readers, *others):
        client.join(60)
    answers = [answer for reader in readers for answer in reader.answers]
    times = sorted(took for status, took in answers if status == 200)
    dear = [status for client in others for status, _ in client.answers]
    p50, p95 = (times[int(len(times) * share)] * 1000 if times else float("nan") for share in (0.5, 0.95))
    return (
        f"| {hostile} | {p50:.0f} | {p95:.0f} | {len(times)} of {len(answers)} | {dear.count(200)} | {dear.count(429)} | "
        f"{len(dear) - dear.count(200) - dear.count(429)} |"
    )


def main(data_dir: Path, seconds: float) -> None:
    with gisa.open(data_dir) as library:
        titles = [hit.article.title for hit in library.search("이", limit=100).hits]
    words = sorted({word for title in titles for word in title.split() if 2 <= len(word) <= 3})
    print(*describe_machine(), f"- {_READERS} readers, {seconds:.0f} s a line, {len(words)} words", sep="\n")
    print(
        "\n| hostile clients | readers' p50 ms | p95 | pages | dear answers | 429 | other |\n|---|---|---|---|---|---|---|"
    )
    with gisa_server(data_dir, first=search_path(words[0])) as serving:
        measure(serving.port, words, hostile=0, seconds=2)  # warm
        for hostile in _HOSTILE:
            print(measure(serving.port, words, hostile=hostile, seconds=seconds), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 10.0)
