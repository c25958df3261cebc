"""``gisa mcp``: the tools over standard input and output, for an agent on this machine."""

from __future__ import annotations

import anyio
from mcp.server.stdio import stdio_server

from gisa.clock import system_clock
from gisa.library import Library
from gisa.mcp.calling import Caller, facts_of
from gisa.mcp.server import make_server


def serve_stdio(library: Library, caller: Caller) -> None:
    """Answer until the input ends. ``library`` is open, and stays so."""
    anyio.run(_serve, library, caller)


async def _serve(library: Library, caller: Caller) -> None:
    server = make_server(facts_of(library, clock=system_clock), caller)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
