"""Standard input and output, with streams in their place; the process itself: ``tests/cli/test_mcp.py``."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from mcp.shared.memory import create_client_server_memory_streams

from gisa.library import Library
from gisa.mcp import stdio
from gisa.mcp.calling import ThreadCaller
from mcp import Client


def test_an_agent_is_served_until_its_input_ends(agents_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """It asks as often as it likes, and the command ends with it."""

    async def session() -> Any:
        async with create_client_server_memory_streams() as (client_side, server_side):

            @asynccontextmanager
            async def standard() -> AsyncIterator[Any]:
                yield server_side

            @asynccontextmanager
            async def transport() -> AsyncIterator[Any]:
                yield client_side

            monkeypatch.setattr(stdio, "stdio_server", standard)
            served = asyncio.create_task(stdio._serve(agents_library, ThreadCaller(agents_library)))
            async with Client(transport()) as client:
                found = [await client.call_tool("count", {"query": query}) for query in ("앞바다", "등대")]
            await client_side[1].aclose()
            await asyncio.wait_for(served, 10)
            return [each.structured_content["total"] for each in found]

    assert asyncio.run(session()) == [40, 41]


def test_the_command_runs_a_loop_of_its_own(agents_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """It returns when the agent is gone."""
    served: list[Library] = []

    async def serve(library: Library, _: object) -> None:
        served.append(library)

    monkeypatch.setattr(stdio, "_serve", serve)
    stdio.serve_stdio(agents_library, ThreadCaller(agents_library))

    assert served == [agents_library]
