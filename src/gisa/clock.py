"""The time, as something that is passed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from gisa.model import SEOUL

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, aware, in Asia/Seoul."""
    return datetime.now(SEOUL)


Monotonic = Callable[[], float]
"""Seconds that only grow, from no particular moment on: for how long something takes."""
