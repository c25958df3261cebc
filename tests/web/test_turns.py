"""Clients share the turns: whoever asks much waits for himself."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gisa.web.serving.admission import Admission, Places
from gisa.web.serving.clients import client_of


class Clock:
    """Time that passes when somebody works."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def served(requests: list[str], *, limit: int = 100, cost_s: float = 0.1) -> tuple[list[str], list[str]]:
    """Who of these clients, who all come at once, was served in which order, and who was refused."""
    clock, order, refused = Clock(), [], []

    async def work(scope: Any, receive: Any, send: Any) -> None:
        clock.now += cost_s if scope["client"] == "dear" else 0.001
        order.append(scope["client"])

    async def refuse(request: Any) -> Any:
        refused.append(request.scope["client"])

        async def nothing(*_: Any) -> None:
            return None

        return nothing

    admission = Admission(
        work,
        places=Places(limit),
        budget_s=None,
        refuse=refuse,
        monotonic=clock,
        client_of=lambda scope: scope["client"],
    )

    async def crowd() -> None:
        scopes = [{"type": "http", "path": "/", "client": client} for client in requests]
        await asyncio.gather(*(admission(scope, None, None) for scope in scopes))  # type: ignore[arg-type]  # unused here

    asyncio.run(crowd())
    return order, refused


def test_a_clients_queue_is_its_own() -> None:
    """A reader who comes behind thirty requests of another client waits for one of them."""
    order, _ = served(["dear"] * 30 + ["reader"])

    assert order.index("reader") <= 1


def test_readers_with_cheap_pages_go_before_one_who_asks_dearly() -> None:
    """What a client has used counts, not how often it came."""
    order, _ = served(["dear", "reader"] * 10)

    assert order[:12].count("reader") == 10


def test_a_place_is_taken_from_whoever_has_most() -> None:
    """A reader is let in although one client has filled all places."""
    order, refused = served(["dear"] * 10 + ["reader", "reader"], limit=10)

    assert order.count("reader") == 2
    assert refused == ["dear", "dear"]


def test_one_client_alone_is_refused_beyond_the_limit() -> None:
    """Nobody else's place is there to be had."""
    order, refused = served(["dear"] * 12, limit=10)

    assert (len(order), len(refused)) == (10, 2)


CLIENTS: dict[str, tuple[dict[str, Any], bool, str]] = {
    "its address": ({"client": ("192.0.2.7", 5)}, False, "192.0.2.7"),
    "none, over a socket file": ({"client": None}, False, ""),
    "a proxy that is not trusted": ({"client": ("192.0.2.7", 5), "for": b"198.51.100.1"}, False, "192.0.2.7"),
    "a trusted proxy": ({"client": ("127.0.0.1", 5), "for": b"198.51.100.1"}, True, "198.51.100.1"),
    "what the reader told the proxy": ({"client": ("127.0.0.1", 5), "for": b"1.1.1.1, 198.51.100.1"}, True, "198.51.100.1"),
    "a network of IPv6": ({"client": ("2001:db8:1:2:3::4", 5)}, False, "20010db800010002"),
    "IPv4 in IPv6": ({"client": ("::ffff:192.0.2.7", 5)}, False, "192.0.2.7"),
    "nonsense": ({"client": ("127.0.0.1", 5), "for": b"a:b"}, True, "a:b"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "trust_proxy", "expected"), CLIENTS.values(), ids=CLIENTS)
def test_a_client_is_an_address(given: dict[str, Any], trust_proxy: bool, expected: str) -> None:
    """Of IPv6 the network that one household has; behind a trusted proxy what the proxy has seen itself."""
    headers = [(b"x-forwarded-for", given["for"])] if "for" in given else []

    assert client_of({"client": given["client"], "headers": headers}, trust_proxy=trust_proxy) == expected
