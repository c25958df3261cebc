"""An agent without a model: calls tools by the SDK's own client and keeps every answer as it came."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from typing import Any

from mcp_types import CallToolResult, TextContent

from mcp import Client, MCPError

Connect = Callable[[], AbstractAsyncContextManager[Client]]


class Agent:
    """Connects anew for each call, as a stateless server has it."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect

    def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """The tool's answer, which must be one. The client holds it against the output schema."""
        result = self.result(tool, **arguments)
        assert not result.is_error, result.content
        answer: dict[str, Any] = result.structured_content
        assert json.loads(text_of(result)) == answer
        return answer

    def refused(self, tool: str, **arguments: Any) -> dict[str, str]:
        """Why the tool did not answer."""
        result = self.result(tool, **arguments)
        assert result.is_error, result.content
        error: dict[str, str] = json.loads(text_of(result))["error"]
        assert error["next"]
        return error

    def result(self, tool: str, **arguments: Any) -> CallToolResult:
        return asyncio.run(self._call(tool, arguments))

    async def _call(self, tool: str, arguments: dict[str, Any]) -> CallToolResult:
        async with self._connect() as client:
            await client.list_tools()
            try:
                return await client.call_tool(tool, arguments)
            except MCPError as error:
                refused = error
        raise refused  # by itself, not in the group of the client's tasks


def text_of(result: CallToolResult) -> str:
    [content] = result.content
    assert isinstance(content, TextContent)
    return content.text


def pages(agent: Agent, tool: str, **arguments: Any) -> Iterator[dict[str, Any]]:
    """Every page of an answer, by its cursors."""
    cursor: str | None = None
    while True:
        answer = agent.call(tool, **arguments, **({} if cursor is None else {"cursor": cursor}))
        yield answer
        cursor = answer["next_cursor"]
        if cursor is None:
            return


def strings_outside_printed(said: Any) -> Iterator[str]:
    """Every string of an answer that does not stand under ``printed``."""
    if isinstance(said, dict):
        for name, value in said.items():
            if name != "printed":
                yield name
                yield from strings_outside_printed(value)
    elif isinstance(said, list):
        for each in said:
            yield from strings_outside_printed(each)
    elif isinstance(said, str):
        yield said
