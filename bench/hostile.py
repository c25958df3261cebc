"""Readers of a server alone and beside hostile clients: ``python -m bench.hostile DATA [SECONDS]``.

Each reader and each hostile client has a loopback address of its own (127.0.0.2 and on), since a server tells clients by address. Words are
taken from the folder's own headlines. A line for each number of hostile clients, taken in turns in one run of one server, so that what else
the machine does falls on all of them alike.
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
_ROUNDS: Final = 6


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


class Seen:
    """What readers and hostile clients were answered under one number of hostile clients."""

    def __init__(self) -> None:
        self.readers: list[tuple[int, float]] = []
        self.dear: list[int] = []

    def line(self, hostile: int, alone: Seen) -> str:
        """A line of the table; ``alone``: the readers without anybody beside them."""
        p50, p95 = self._ms(0.5), self._ms(0.95)
        good, refused = self.dear.count(200), self.dear.count(429)
        return (
            f"| {hostile} | {p50:.0f} | {p95:.0f} | {p95 - alone._ms(0.95):+.0f} | "
            f"{sum(status == 200 for status, _ in self.readers)} of {len(self.readers)} | {good} | {refused} | "
            f"{len(self.dear) - good - refused} |"
        )

    def _ms(self, share: float) -> float:
        times = sorted(took for status, took in self.readers if status == 200)
        return times[int(len(times) * share)] * 1000 if times else float("nan")


def measure(port: int, words: list[str], seen: Seen, *, hostile: int, seconds: float) -> None:
    """One stretch of a round."""
    readers = [Client(port, number=number, words=words, is_hostile=False) for number in range(_READERS)]
    others = [Client(port, number=100 + number, words=words, is_hostile=True) for number in range(hostile)]
    for client in (*others, *readers):
        client.start()
    time.sleep(seconds)
    for client in (*readers, *others):
        client.stopped.set()
    for client in (*readers, *others):
        client.join(60)
    for reader in readers:
        seen.readers += reader.answers
    for client in others:
        seen.dear += [status for status, _ in client.answers]


def main(data_dir: Path, seconds: float) -> None:
    with gisa.open(data_dir) as library:
        titles = [hit.article.title for hit in library.search("이", limit=100).hits]
    words = sorted({word for title in titles for word in title.split() if 2 <= len(word) <= 3})
    print(
        *describe_machine(),
        f"- {_READERS} readers, {_ROUNDS} rounds in turns of {seconds:.0f} s each, {len(words)} words",
        "\n| hostile clients | readers' p50 ms | p95 | beside alone | pages | dear answers | 429 | other |",
        "|---|---|---|---|---|---|---|---|",
        sep="\n",
    )
    seen = {hostile: Seen() for hostile in _HOSTILE}
    with gisa_server(data_dir, first=search_path(words[0])) as serving:
        measure(serving.port, words, Seen(), hostile=2, seconds=3)  # warm, the lane too
        for number in range(_ROUNDS):
            for hostile in _HOSTILE if number % 2 == 0 else _HOSTILE[::-1]:
                measure(serving.port, words, seen[hostile], hostile=hostile, seconds=seconds)
    for hostile, each in seen.items():
        print(each.line(hostile, seen[0]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 5.0)
