"""How much of a list fits into an answer of so many bytes. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import BaseModel

A = TypeVar("A", bound=BaseModel)
T = TypeVar("T")


def size_bytes(answer: BaseModel) -> int:
    """Of the answer as UTF-8 JSON, which is what an agent reads."""
    return len(answer.model_dump_json().encode())


def fitting(make: Callable[[Sequence[T]], A], items: Sequence[T], *, at_most: int) -> int:
    """How many of the first items ``make`` can put into ``at_most`` bytes: at least one, if there is one.

    Asks for a logarithm of their number of answers.
    """
    if not items or size_bytes(make(items)) <= at_most:
        return len(items)
    low, high = 1, len(items)
    while high - low > 1:
        middle = (low + high) // 2
        if size_bytes(make(items[:middle])) <= at_most:
            low = middle
        else:
            high = middle
    return low
