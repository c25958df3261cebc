"""Whose turn it is among those who wait: whoever has used the least, a client's own requests in their order. Knows no HTTP.

Fair queueing as in Demers, Keshav and Shenker (1989): each client has a clock that runs by the time its requests have taken. One that
comes anew starts where the clock of the last one served stands, so nobody saves up turns.
"""

from __future__ import annotations

import asyncio
from collections import deque


class Turns:
    """Lets those who wait go on one after the other, each in a round of the event loop of its own. For one event loop."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[asyncio.Future[bool]]] = {}
        self._used_s: dict[str, float] = {}
        """Of each client that waits or has been served lately."""
        self._now_s = 0.0
        """What the client served last had used."""
        self._is_called = False

    async def take(self, client: str) -> bool:
        """Return when it is one's turn; False if the place was given up to a client who held fewer."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[bool] = loop.create_future()
        if client not in self._waiting:
            self._waiting[client] = deque()
            self._used_s[client] = max(self._used_s.get(client, 0.0), self._now_s)
        self._waiting[client].append(turn)
        if not self._is_called:
            self._is_called = True
            loop.call_soon(self._call, loop)
        return await turn

    def used(self, client: str, seconds: float) -> None:
        """Note what a client's request has taken."""
        if len(self._used_s) > _KNOWN:
            self._used_s = {each: used for each, used in self._used_s.items() if used > self._now_s}
        self._used_s[client] = max(self._used_s.get(client, 0.0), self._now_s) + seconds

    def give_up_place(self, client: str) -> bool:
        """Turn away the newest request of the client who waits with most; False if ``client`` would have as many itself."""
        most = max(self._waiting, key=lambda each: len(self._waiting[each]), default=client)
        if most == client or len(self._waiting[most]) <= len(self._waiting.get(client, ())) + 1:
            return False
        turn = self._waiting[most].pop()
        if not turn.done():
            turn.set_result(False)
        return True

    def _call(self, loop: asyncio.AbstractEventLoop) -> None:
        """Call the next who still waits; the one after it is called in the next round, when this one's search is done."""
        while self._waiting:
            client = min(self._waiting, key=lambda each: self._used_s.get(each, 0.0))
            turns = self._waiting[client]
            turn = turns.popleft() if turns else None
            if not turns:
                del self._waiting[client]
            if turn is not None and not turn.done():  # its reader has not gone
                self._now_s = max(self._now_s, self._used_s.get(client, 0.0))
                turn.set_result(True)
                break
        self._is_called = bool(self._waiting)
        if self._is_called:
            loop.call_soon(self._call, loop)


_KNOWN = 10_000
"""Clients whose use is remembered; past it those are forgotten who owe nothing."""
