"""Faults under a running server: what its readers were answered meanwhile. Cases like those of ``cases``.

Lost is an article that an answer left out while it was there, or an answer that failed.
"""

from __future__ import annotations

import http.client
import os
import random
import shutil
import signal
import threading
import time
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import quote

import orjson
from bench.processes import tree
from bench.servers import HOST, gisa_server, search_path

from tests.faults.cases import BASE, Outcome, look, start_python

_CONNECTIONS: Final = 6
"""Spread over the two workers by the kernel."""


class Asker(threading.Thread):
    """Asks for all articles again and again, each time under another address, so that no answer comes from memory."""

    def __init__(self, port: int, name: str, totals: Collection[int]) -> None:
        """``totals``: what is right."""
        super().__init__(daemon=True)
        self._port, self._name, self._totals = port, name, totals
        self.stopped = threading.Event()
        self.wrong: list[str] = []
        self.broken: list[tuple[float, float]] = []
        """When a request was begun and when it came to nothing, because its connection broke or was refused."""
        self.answers = 0

    def run(self) -> None:
        number = 0
        connection = self._connect()
        while not self.stopped.is_set():
            number += 1
            began = time.monotonic()
            try:
                connection.request("GET", f"/api/search?q={quote('소식')}&limit=1&without={self._name}{number}")
                answer = connection.getresponse()
                said = answer.read()
            except (OSError, http.client.HTTPException):
                self.broken.append((began, time.monotonic()))
                connection.close()
                connection = self._connect()
                continue
            self.answers += 1
            total = orjson.loads(said)["data"]["total"] if answer.status == 200 else None
            if total not in self._totals:
                self.wrong.append(f"{answer.status}: {total}")
        connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(HOST, self._port, timeout=30)


def asking(port: int, fault: Callable[[], None], *, totals: Collection[int] = frozenset({BASE})) -> list[Asker]:
    """Readers before, during and after the fault."""
    askers = [Asker(port, f"a{number}-", totals) for number in range(_CONNECTIONS)]
    for asker in askers:
        asker.start()
    try:
        fault()
        time.sleep(0.3)
    finally:
        for asker in askers:
            asker.stopped.set()
    for asker in askers:
        asker.join(60)
    return askers


def index_deleted_while_serving(folder: Path, rng: random.Random) -> Outcome:
    """The old index serves from files that are no more until ``gisa reindex`` has built another."""
    took_s = 0.0

    def fault() -> None:
        nonlocal took_s
        time.sleep(rng.uniform(0, 0.3))
        shutil.rmtree(folder / "index")
        time.sleep(rng.uniform(0, 0.3))
        began = time.monotonic()
        done = start_python(["-m", "gisa.cli.main", "reindex", "--workers", "0"], folder)
        _, said = done.communicate(timeout=120)
        took_s = time.monotonic() - began
        if done.returncode:
            raise RuntimeError(said)

    with gisa_server(folder, first=search_path("소식")) as serving:
        askers = asking(serving.port, fault)
    after = look(folder, BASE, time.monotonic())
    missed = sum(len(asker.wrong) + len(asker.broken) for asker in askers)
    return Outcome(after.lost + missed, took_s, told=True, whole=after.whole)


def worker_killed(folder: Path, rng: random.Random) -> Outcome:
    """Requests in that worker's hands break; every answer that comes is whole, and a new worker takes its place.

    Recovery is until no request breaks.
    """
    killed_at = 0.0

    def fault() -> None:
        nonlocal killed_at
        time.sleep(rng.uniform(0, 0.5))
        killed_at = time.monotonic()
        os.kill(rng.choice(workers), signal.SIGKILL)
        time.sleep(2)

    with gisa_server(folder, first=search_path("소식")) as serving:
        workers = tree(serving.process.pid)[1:]
        askers = asking(serving.port, fault)
        with closing(http.client.HTTPConnection(HOST, serving.port, timeout=30)) as connection:
            connection.request("GET", "/api/health")
            is_answering = connection.getresponse().status == 200 and len(tree(serving.process.pid)) == 1 + len(workers)
    broken = [ended for asker in askers for _, ended in asker.broken]
    after = look(folder, BASE, time.monotonic())
    lost = after.lost + sum(len(asker.wrong) for asker in askers)
    return Outcome(lost, max([0.0, *(each - killed_at for each in broken)]), told=is_answering, whole=after.whole)


SERVING: Final[dict[str, Callable[[Path, random.Random], Outcome]]] = {
    "the index is deleted under a server, then `gisa reindex`": index_deleted_while_serving,
    "kill -9 of one of two server workers": worker_killed,
}
