"""The peer of the search pages: an application that only says hello, behind granian with the settings of Gisa's own.

``python -m bench.hello PORT WORKERS``. The settings are those of ``gisa.web.serving.server.serve_folder``; keep them the same.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from granian.constants import Interfaces
from granian.server import Server

Message = MutableMapping[str, Any]

_BODY = b"hello"
_START: Message = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"text/plain"), (b"content-length", str(len(_BODY)).encode())],
}
_END: Message = {"type": "http.response.body", "body": _BODY}


async def app(scope: Message, _: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]) -> None:
    """Hello, whatever is asked."""
    if scope["type"] == "http":
        await send(_START)
        await send(_END)


if __name__ == "__main__":
    Server(
        "bench.hello:app",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.ASGI,
        workers=int(sys.argv[2]),
        websockets=False,
        log_access=False,
        respawn_failed_workers=True,
    ).serve()
