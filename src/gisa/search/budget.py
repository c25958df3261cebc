"""A time budget for one answer: what an answer can do without is left out once it is spent. Interrupts nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from gisa.clock import Monotonic

T = TypeVar("T")


class Budget:
    """How long one answer may take, looked at between its steps, since a call of the index cannot be interrupted."""

    def __init__(self, limit_s: float | None, *, monotonic: Monotonic) -> None:
        """Begins now. None: no limit; 0: every optional step is left out."""
        self._monotonic = monotonic
        self._until = None if limit_s is None else monotonic() + limit_s
        self.left_out = False
        """Whether an optional step was left out."""

    @property
    def left_s(self) -> float | None:
        """What is left of it; None if there is no limit."""
        return None if self._until is None else max(self._until - self._monotonic(), 0.0)

    def allows_more(self) -> bool:
        """Whether another optional step may begin; asked only where there is one, for a no is noted."""
        if self._until is None or self._monotonic() < self._until:
            return True
        self.left_out = True
        return False

    def within(self, steps: Iterable[T]) -> Iterator[T]:
        """The steps for as long as another one may begin."""
        for step in steps:
            if not self.allows_more():
                return
            yield step
