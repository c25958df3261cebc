"""The tools as a server of the Model Context Protocol, by its official SDK. Knows no transport: ``stdio`` and ``http`` do."""

from __future__ import annotations

import json
from typing import Any, Final

import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from gisa.mcp.answers import READING
from gisa.mcp.calling import Call, Caller, PaperFacts
from gisa.mcp.refusals import Refusal, refusal_of
from gisa.mcp.toolbox import BY_NAME, INSTRUCTIONS, TOOLS, Tool
from gisa.version import __version__

NAME: Final = "gisa"


def make_server(facts: PaperFacts, caller: Caller, *, root: str | None = None) -> Server[Any]:
    """A server for one caller. Making one takes 0.01 ms, so HTTP makes one for each request. ``root``: see ``Call``."""
    call = Call(caller, facts, root)

    async def list_tools(_: Any, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=list(_DECLARED))

    async def call_tool(_: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        tool = BY_NAME.get(params.name)
        if tool is None:
            raise MCPError(types.INVALID_PARAMS, f"there is no such tool — call one of {', '.join(BY_NAME)}")
        return await _result(tool, params.arguments or {}, call)

    server: Server[Any] = Server(
        NAME,
        version=__version__,
        title=facts.name,
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )
    server.middleware.clear()  # the SDK's own writes traces; nothing is noted of what an agent asks
    return server


async def _result(tool: Tool, arguments: dict[str, Any], call: Call) -> types.CallToolResult:
    try:
        _ = call.caller.asker  # whose key opens nothing is told so by every tool
        answer = await tool(arguments, call)
    except Exception as error:  # the SDK would answer with its message, which may quote the question
        return _refused(refusal_of(error))
    said = answer.model_dump(mode="json")
    return types.CallToolResult(content=[_text(said)], structured_content=said)


def _refused(refusal: Refusal) -> types.CallToolResult:
    said = refusal.as_dict()
    return types.CallToolResult(content=[_text(said)], structured_content=said, is_error=True)


def _text(said: dict[str, Any]) -> types.TextContent:
    """The same as JSON text, for clients that know no structured content."""
    return types.TextContent(type="text", text=json.dumps(said, ensure_ascii=False, separators=(",", ":")))


def _declared(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=_plain(tool.takes.model_json_schema()),
        output_schema=_plain(tool.gives.model_json_schema(mode="serialization")),
        annotations=types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
    )


def _plain(schema: Any) -> Any:
    """The schema without what says nothing to an agent: titles made of names, docstrings of classes, defaults of null and of
    answers. It is a third shorter."""
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    silent = {"title"} | ({"description"} if "properties" in schema else set())
    silent |= {"default"} if schema.get("default") in (None, [], READING) else set()
    return {
        name: {field: _plain(each) for field, each in value.items()} if name in _NAMES else _plain(value)
        for name, value in schema.items()
        if name not in silent
    }


_NAMES: Final = ("properties", "$defs")
"""Parts of a schema whose keys are names, ``title`` among them."""
_DECLARED: Final = tuple(_declared(tool) for tool in TOOLS)
