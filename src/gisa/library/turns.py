"""Holds the writer lock only while a batch is written, so that a slow source blocks nobody. Reads and parses nothing.

A turn stays open between batches, because opening an index takes longer than writing a batch. It ends if another process waits
for the lock, or if the source brings nothing for ``IDLE_S``. The next batch opens another turn.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from types import TracebackType
from typing import Final, Self

from gisa.clock import Monotonic
from gisa.errors import GisaError
from gisa.ingest.pipeline import Indexer

IDLE_S: Final = 1.0
"""A turn ends after so long without a batch."""
_TURN_S: Final = 0.5
"""Minimum length of a turn before it makes room for others: ending one and opening the next takes 0.1 s."""
_LOOK_EVERY_S: Final = 0.05


class Turns:
    """The turns of one run. ``turn`` is for one thread; another one ends a turn while the run is reading its source."""

    def __init__(
        self,
        opened: Callable[[], AbstractContextManager[Indexer]],
        *,
        is_wanted: Callable[[], bool],
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        """``opened``: the writer lock and an indexer; leaving it commits. ``is_wanted``: whether somebody waits for the lock."""
        self._opened, self._is_wanted, self._monotonic = opened, is_wanted, monotonic
        self._writing = threading.Lock()
        """Held while a batch is written, and while a turn is opened or ended."""
        self._turn: ExitStack | None = None
        self._indexer: Indexer | None = None
        self._began = self._idle_since = 0.0
        self._failure: BaseException | None = None
        self._is_over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="gisa-turns", daemon=True)

    @contextmanager
    def turn(self) -> Iterator[Indexer]:
        """The indexer to write one batch with. Raises what opening it raises, and what ending an earlier turn raised."""
        with self._writing:
            indexer = self._open()
            yield indexer
            self._idle_since = self._monotonic()
            if self._idle_since - self._began > _TURN_S and self._is_wanted():
                self._end()

    def __enter__(self) -> Self:
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._watcher.join()
        with suppress(GisaError) if error is not None else nullcontext():  # the first error says what went wrong
            self._end()
        if error is None and self._failure is not None:
            raise self._failure

    def _open(self) -> Indexer:
        if self._failure is not None:
            raise self._failure
        if self._indexer is None:
            with ExitStack() as stack:
                self._indexer = stack.enter_context(self._opened())
                self._turn = stack.pop_all()
            self._began = self._idle_since = self._monotonic()
        return self._indexer

    def _end(self) -> None:
        turn, self._turn, self._indexer = self._turn, None, None
        if turn is not None:
            turn.close()

    def _watch(self) -> None:
        """End the turn of a run that is busy with its source."""
        while not self._is_over.wait(_LOOK_EVERY_S):
            if self._turn is None or not self._writing.acquire(blocking=False):
                continue
            try:
                if self._turn is not None and (self._is_wanted() or self._monotonic() - self._idle_since > IDLE_S):
                    self._end()
            except BaseException as failure:
                self._failure = failure
            finally:
                self._writing.release()
