"""How much of a call's time is spent in methods of one class, without a change to that class's code."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch


@dataclass(slots=True)
class Stopwatch:
    spent_s: float = 0.0


@contextmanager
def stopwatch(cls: type, *methods: str) -> Iterator[Stopwatch]:
    """Adds up the time spent in methods of a class, whoever calls them, until the block ends."""
    watch = Stopwatch()

    def timed(method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            started = time.perf_counter()
            try:
                return method(*arguments, **named)
            finally:
                watch.spent_s += time.perf_counter() - started

        return call

    with ExitStack() as stack:
        for name in methods:
            stack.enter_context(patch.object(cls, name, timed(getattr(cls, name))))
        yield watch
