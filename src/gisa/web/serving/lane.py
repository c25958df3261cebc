"""A process of its own for what may take long: dear searches and explanations, one at a time, each ended when its time is up.

A call of the index cannot be interrupted, and while one runs on the event loop every reader waits. The process beside it opens the
same folder, runs at a lower priority, and is killed and started again at once if an answer does not come within twice the budget.
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

_FIRST_START_S: Final = 30.0
"""How long the first process may take to open the folder beside the time of its question: half a second on a quiet machine."""
MOST_WAITING: Final = 4
"""Clients whose question is in the lane; each holds one place. At half a second a question the last would wait two."""


class DearAnswers(Protocol):
    """Answers what may take long."""

    async def ask(self, method: str, *args: Any, client: str, forgets: bool = False, **named: Any) -> Any:
        """What the library's method returns or raises. Raises ``TooDear`` if it does not come in time, or would have to wait.

        ``forgets``: whoever answers must forget what was asked.
        """
        ...


class Lane:
    """One process that answers dear questions. For one event loop; the process ends with this one."""

    def __init__(self, folder: Path, *, budget_s: float) -> None:
        """Starts nothing yet."""
        self._folder, self._within_s = folder, 2 * budget_s
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="gisa-lane")
        self._process: _Process | None = None
        self._clients: set[str] = set()

    async def ask(self, method: str, *args: Any, client: str, forgets: bool = False, **named: Any) -> Any:
        if client in self._clients or len(self._clients) >= MOST_WAITING:
            raise TooDear("such searches are answered one at a time")
        self._clients.add(client)
        given_up = threading.Event()
        asked = asyncio.get_running_loop().run_in_executor(
            self._thread, self._exchange, (method, args, named, forgets), time.monotonic() + self._within_s, given_up
        )
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
            self._process.end()
            self._process = None

    def _begin_anew(self) -> None:
        """Another process. It is not waited for."""
        self._end_process()
        self._process = _Process(self._folder)

    def _exchange(self, question: Any, until: float, given_up: threading.Event) -> Any:
        """Ask the process, in the lane's thread. Starting the lane's first process does not count, starting a later one does."""
        if given_up.is_set() or time.monotonic() >= until:
            raise TooDear("it waited too long")
        began, is_first = time.monotonic(), self._process is None
        if self._process is None or self._process.has_ended:
            self._begin_anew()
        assert self._process is not None
        try:
            self._process.wait_until_ready(began + _FIRST_START_S if is_first else until)
        except TimeoutError as error:  # it goes on starting, for whoever asks next
            raise TooDear("the process that answers it is being started") from error
        if is_first:
            until += time.monotonic() - began
        try:
            answer = self._process.answer(question, until)
        except TimeoutError as error:
            self._begin_anew()
            raise TooDear("it took too long") from error
        except (OSError, EOFError) as error:
            self._begin_anew()
            raise TooDear("it ended the process that was answering it") from error
        if isinstance(answer, Exception):
            raise answer
        return answer


class _Process:
    """A process that opens the folder and answers questions about it. For one thread."""

    def __init__(self, folder: Path) -> None:
        """Starts it, and waits for nothing."""
        root = str(Path(__file__).parents[3])
        path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(  # noqa: S603 - our own module, and the folder that is served
            [sys.executable, "-m", "gisa.web.serving.lane_process", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,  # Ctrl-C reaches the server, and the lane ends when its input does
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._questions, self._answers = self._process.stdin, self._process.stdout
        self._is_ready = False

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def wait_until_ready(self, until: float) -> None:
        """Until it has opened the folder, or has ended. Raises ``TimeoutError`` when it is ``until`` on the clock."""
        if not self._is_ready:
            self._wait(until)
            self._answers.readline()  # it says so when it is ready
            self._is_ready = True

    def answer(self, question: Any, until: float) -> Any:
        """Raises ``TimeoutError``, and ``OSError`` or ``EOFError`` if it ends over the question."""
        pickle.dump(question, self._questions, protocol=pickle.HIGHEST_PROTOCOL)
        self._questions.flush()
        self._wait(until)
        return pickle.load(self._answers)  # noqa: S301 - our own process wrote it

    def end(self) -> None:
        """Kill it, and wait for its end."""
        self._process.kill()
        for pipe in (self._questions, self._answers):
            with suppress(BrokenPipeError):  # what it was asked last is still in the buffer
                pipe.close()
        self._process.wait()

    def _wait(self, until: float) -> None:
        """Until it says something."""
        if not select.select([self._answers], [], [], max(0.0, until - time.monotonic()))[0]:
            raise TimeoutError
