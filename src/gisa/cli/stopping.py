"""Ctrl-C and SIGTERM during a long command: the first asks it to stop where nothing is lost, the second ends it at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class StopRequest:
    """Whether somebody has asked the command to stop."""

    def __init__(self) -> None:
        self.signal: int | None = None
        """The signal that asked; None as long as none has."""

    @property
    def exit_status(self) -> int:
        """What a shell expects of a command that a signal ended: 130 after Ctrl-C, 143 after SIGTERM."""
        return 128 + (self.signal or 0)


@contextmanager
def stop_on_signals(say: Callable[[str], None], *, stopping: str) -> Iterator[StopRequest]:
    """A request that the first SIGINT or SIGTERM makes; ``say`` gets the line ``stopping`` then. Signals are as before afterwards.

    In a thread other than the main one, where no signal arrives, nothing is asked.
    """
    request = StopRequest()
    if threading.current_thread() is not threading.main_thread():
        yield request
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, _: FrameType | None) -> None:
        request.signal = number
        for each, handler in before.items():
            signal.signal(each, handler)
        say(stopping)

    for number in before:
        signal.signal(number, stop)
    try:
        yield request
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
