"""How requests ask the library: in place if all of it is on this machine, in threads with a time limit if it is not.

A local search takes a millisecond or two of the process's own time. A thread added 0.15 ms to it, 0.5 ms with a whole page
under the interpreter's lock (2 cores), and each thread warms up an analyser of its own. What answers over a network would
keep every other request of the worker waiting, health checks among them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, Protocol, TypeVar

from starlette.types import Scope

from gisa.errors import NotAnswered
from gisa.web.pages.own_part import saves

P = ParamSpec("P")
T = TypeVar("T")


def _nothing() -> None:
    """There is nothing to forget."""


class Ask(Protocol):
    """Asks the library a question."""

    async def __call__(self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T: ...


class Asking:
    """Calls what may ask an archive or an index, so that the event loop never waits for a network."""

    def __init__(
        self, *, is_local: bool, threads: int, timeout_s: float, forget: Callable[[], None] = _nothing
    ) -> None:
        """``threads``: how many questions may be under way at once; ``timeout_s``: how long one may take. For remote ones.

        ``forget`` drops what all threads together remember of words.
        """
        self._pool = None if is_local else ThreadPoolExecutor(threads, thread_name_prefix="gisa-asking")
        self._timeout_s, self._forget = timeout_s, forget

    def of(self, scope: Scope) -> Ask:
        """How to ask for one request: ``alone`` for a reader who has switched saving off."""
        return self if saves(scope) else self.alone

    async def alone(self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same in a thread that ends with the answer, and with it every word that was remembered for the next search."""
        once = ThreadPoolExecutor(1, thread_name_prefix="gisa-alone")
        asked = asyncio.get_running_loop().run_in_executor(once, partial(self._forgetting, question, *args, **kwargs))
        try:
            return await asyncio.wait_for(asked, self._timeout_s)
        except TimeoutError:
            raise NotAnswered(f"archive and index did not answer within {self._timeout_s:g} s") from None
        finally:
            once.shutdown(wait=not asked.cancelled())  # of one that goes on, the event loop awaits no end

    def _forgetting(self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return question(*args, **kwargs)
        finally:
            self._forget()

    async def __call__(self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``question`` returns or raises. Raises ``NotAnswered`` when its time is up; its thread goes on to its end."""
        if self._pool is None:
            return question(*args, **kwargs)
        asked = asyncio.get_running_loop().run_in_executor(self._pool, partial(question, *args, **kwargs))
        try:
            async with asyncio.timeout(self._timeout_s):
                return await asked
        except TimeoutError:
            if not asked.cancelled():
                raise
            raise NotAnswered(f"archive and index did not answer within {self._timeout_s:g} s") from None
