"""Agents over real transports: ``gisa mcp`` as a process, and ``/mcp`` of a real server; what stops either at the start."""

from __future__ import annotations

import asyncio
import builtins
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp.client.streamable_http import streamable_http_client

import gisa
from gisa.access import Scope
from gisa.cli import mcp as command
from gisa.library import Library
from gisa.library.keys import KeyFile
from gisa.mcp.calling import Caller
from mcp import Client, StdioServerParameters
from tests.cli.test_commands import run
from tests.cli.test_serve import start, wait_until_answering
from tests.mcp.agent import Agent

ARTICLE = {
    "id": "one",
    "title": "등대 소식",
    "body": "등대를 새로 칠했다. " * 30 + "끝말이다.",
    "published_at": "2026-01-01T09:00:00+09:00",
    "access": "subscriber",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with gisa.open(tmp_path / "data") as library:
        library.add([ARTICLE])
    return tmp_path / "data"


def key_of(folder: Path) -> tuple[str, str]:
    whole, key = KeyFile(folder / "keys.jsonl").create("agent", scopes=[Scope.SUBSCRIBER], now=datetime.now(UTC))
    return whole, key.id


def test_an_agent_asks_over_standard_input_and_output(folder: Path) -> None:
    """A client starts the command and is answered, with what the key in the environment opens until it is revoked."""
    whole, key_id = key_of(folder)
    environment = {name: os.environ[name] for name in os.environ if name.startswith(("GISA", "PYTHON", "COV"))}
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "gisa.cli.main", "mcp", "--data", str(folder)],
        env={**environment, command.KEY_VARIABLE: whole},
    )

    async def session() -> tuple[Any, Any, Any]:
        async with Client(server) as client:
            found = await client.call_tool("search", {"query": "등대"})
            read = await client.call_tool("read", {"id": "one"})
            KeyFile(folder / "keys.jsonl").revoke(key_id, now=datetime.now(UTC))
            return found, read, await client.call_tool("read", {"id": "one"})

    found, read, refused = asyncio.run(session())
    assert found.structured_content["total"] == 1
    assert "끝말이다" in str(read.structured_content)
    assert refused.is_error
    assert refused.structured_content["error"]["code"] == "key"


def test_an_agent_asks_a_real_server(folder: Path) -> None:
    """granian serves /mcp like everything else, with two workers that know each other's cursors."""
    whole, _ = key_of(folder)
    process, address = start(folder)

    @asynccontextmanager
    async def connect() -> AsyncIterator[Client]:
        async with (
            httpx2.AsyncClient(headers={"authorization": f"Bearer {whole}"}) as http,
            Client(streamable_http_client(f"{address}/mcp", http_client=http)) as client,
        ):
            yield client

    with process:
        try:
            wait_until_answering(address)
            agent = Agent(connect)
            first = agent.call("read", id="one")
            checked = agent.call("verify_quote", sentence="끝말이다. 등대를 새로")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)

    assert first["article"]["printed"]["title"] == "등대 소식"
    assert checked["articles_searched"] == 1


def served(monkeypatch: pytest.MonkeyPatch) -> list[Caller]:
    """Who would be served, in place of serving them."""
    callers: list[Caller] = []

    def serve(library: Library, caller: Caller) -> None:
        assert library.count() == 1
        callers.append(caller)

    monkeypatch.setattr("gisa.mcp.stdio.serve_stdio", serve)
    return callers


def test_without_a_key_an_agent_sees_what_everybody_sees(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever may read the folder could read more; an agent does not unless it is told to."""
    callers = served(monkeypatch)
    monkeypatch.delenv(command.KEY_VARIABLE, raising=False)

    assert run("mcp", data=folder).returncode == 0
    assert callers[0].asker == "public"


def test_a_key_that_opens_nothing_is_told_at_the_start(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, exit 1; a good one is served."""
    callers = served(monkeypatch)
    monkeypatch.setenv(command.KEY_VARIABLE, "gisa_00000000_wrong")
    done = run("mcp", data=folder)

    assert (done.returncode, callers) == (1, [])
    assert "revoked" in done.stderr

    monkeypatch.setenv(command.KEY_VARIABLE, key_of(folder)[0])
    assert run("mcp", data=folder).returncode == 0
    assert callers[0].asker == "subscriber"


def test_without_the_sdk_the_command_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As for every extra."""
    importing = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("gisa.mcp"):
            raise ImportError("no module named mcp")
        return importing(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    done = run("mcp", data=folder)

    assert done.returncode == 1
    assert "gisa[agents]" in done.stderr
