"""One request of the Model Context Protocol over HTTP: streamable HTTP without sessions. Knows neither keys nor routes."""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.responses import Response
from starlette.types import Message, Receive, Scope


async def answer_once(server: Server[Any], scope: Scope, receive: Receive) -> Response:
    """The answer to one POST, whole: a result of ours is small, and there is nothing to stream.

    The SDK's manager is made for this request (1.2 ms of the processor, with all that the SDK does), so no worker
    needs a lifespan and nothing is kept between two requests.
    """
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    manager = StreamableHTTPSessionManager(server, json_response=True, stateless=True)
    async with manager.run():
        await manager.handle_request(scope, receive, send)
    start, *parts = sent
    response = Response(b"".join(part.get("body", b"") for part in parts), status_code=start["status"])
    response.raw_headers = [*start["headers"], (b"cache-control", b"no-store")]
    return response
