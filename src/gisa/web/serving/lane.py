"""A process of its own for what may take long: dear searches and explanations, one at a time, each ended when its time is up.

A call of the index cannot be interrupted, and while one runs on the event loop every reader waits. The process beside it opens the
same folder, runs at a lower priority, and is killed and started again if an answer does not come within twice the budget.
Decides neither what is dear (``search.cost``) nor what a refusal says.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import select
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Protocol

from gisa.errors import TooDear

MOST_WAITING: Final = 4
"""Clients whose question is in the lane; each holds one place. At half a second a question the last would wait two."""


class DearAnswers(Protocol):
    """Answers what may take long."""

    async def ask(self, method: str, *args: Any, client: str, ends_after: bool = False, **named: Any) -> Any:
        """What the library's method returns or raises. Raises ``TooDear`` if it does not come in time, or would have to wait.

        ``ends_after``: whoever answers must forget what was asked.
        """
        ...


class Lane:
    """One process that answers dear questions. For one event loop; the process ends with this one."""

    def __init__(self, folder: Path, *, budget_s: float) -> None:
        """Starts nothing yet."""
        self._folder, self._within_s = folder, 2 * budget_s
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="gisa-lane")
        self._process: subprocess.Popen[bytes] | None = None
        self._clients: set[str] = set()

    async def ask(self, method: str, *args: Any, client: str, ends_after: bool = False, **named: Any) -> Any:
        if client in self._clients or len(self._clients) >= MOST_WAITING:
            raise TooDear("such searches are answered one at a time")
        self._clients.add(client)
        given_up = threading.Event()
        asked = asyncio.get_running_loop().run_in_executor(
            self._thread, self._exchange, (method, args, named), time.monotonic() + self._within_s, given_up
        )
        if ends_after:
            self._thread.submit(self._end_process)
        asked.add_done_callback(lambda _: self._clients.discard(client))
        try:
            return await asked
        except asyncio.CancelledError:
            given_up.set()
            raise

    def close(self) -> None:
        """End the process."""
        self._thread.submit(self._end_process)
        self._thread.shutdown()

    def _end_process(self) -> None:
        if self._process is not None:
            _end(self._process)
            self._process = None

    def _exchange(self, question: Any, until: float, given_up: threading.Event) -> Any:
        """Ask the process, in the lane's thread. Starting it does not count."""
        if given_up.is_set() or time.monotonic() >= until:
            raise TooDear("it waited too long")
        process = self._process
        if process is None or process.poll() is not None:
            began = time.monotonic()
            process = self._process = _start(self._folder)
            until += time.monotonic() - began
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump(question, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            while not select.select([process.stdout], [], [], 0.05)[0]:
                if time.monotonic() >= until:
                    raise TooDear("it took too long")
            answer = pickle.load(process.stdout)  # noqa: S301 - our own process wrote it
        except (OSError, EOFError, TooDear) as error:
            self._process = None
            _end(process)
            if isinstance(error, TooDear):
                raise
            raise TooDear("it ended the process that was answering it") from error
        if isinstance(answer, Exception):
            raise answer
        return answer


def _start(folder: Path) -> subprocess.Popen[bytes]:
    """A process that has opened the folder."""
    root = str(Path(__file__).parents[3])
    path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    process = subprocess.Popen(  # noqa: S603 - our own module, and the folder that is served
        [sys.executable, "-m", "gisa.web.serving.lane_process", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,  # Ctrl-C reaches the server, and the lane ends when its input does
    )
    assert process.stdout is not None
    process.stdout.readline()  # it says so when it is ready
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):  # what it was asked last is still in the buffer
                pipe.close()
    process.wait()
