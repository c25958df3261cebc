"""A reader's browser without a screen: follows cookies and forms, in process."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx
from selectolax.lexbor import LexborHTMLParser, LexborNode

HOST = "paper.example"


class Visitor:
    """Asks the application and keeps its cookies, like one browser. Redirects are not followed."""

    def __init__(self, app: Any, *, scheme: str = "http") -> None:
        self._app, self._base = app, f"{scheme}://{HOST}"
        self.cookies = httpx.Cookies()

    def get(self, path: str, headers: Mapping[str, str] | None = None, **params: Any) -> httpx.Response:
        return self.ask("GET", path, params=params or None, headers=dict(headers or {}))

    def page(self, path: str, **params: Any) -> LexborHTMLParser:
        """The page at a path, which must be there."""
        response = self.get(path, **params)
        assert response.status_code == 200, response.text
        return LexborHTMLParser(response.text)

    def post(self, path: str, headers: Mapping[str, str] | None = None, **form: str) -> httpx.Response:
        """Send a form as the site's own page would."""
        return self.ask("POST", path, data=form, headers={"sec-fetch-site": "same-origin"} | dict(headers or {}))

    def get_raw(self, path: str, query_string: bytes) -> tuple[int, bytes]:
        """Status and body for a query string that httpx would not send."""
        return asyncio.run(self._get_raw(path, query_string))

    async def _get_raw(self, path: str, query_string: bytes) -> tuple[int, bytes]:
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query_string,
            "root_path": "",
            "headers": [(b"host", HOST.encode())],
            "server": (HOST, 80),
            "client": ("127.0.0.1", 1),
        }
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self._app(scope, receive, send)
        return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._ask(method, path, options))

    async def _ask(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url=self._base, cookies=self.cookies) as client:
            response = await client.request(method, path, **options)
            self.cookies = client.cookies
            return response


def texts(page: LexborHTMLParser, selector: str) -> list[str]:
    """What every node of a selector says, on one line each."""
    return [" ".join(node.text().split()) for node in page.css(selector)]


def text(page: LexborHTMLParser, selector: str) -> str:
    """What the one node of a selector says."""
    found = texts(page, selector)
    assert len(found) == 1, (selector, found)
    return found[0]


def one(page: LexborHTMLParser, selector: str) -> LexborNode:
    """The first node of a selector; there must be one."""
    found = page.css_first(selector)
    assert found is not None, selector
    return found


def links(page: LexborHTMLParser, selector: str) -> list[str]:
    return [node.attributes["href"] or "" for node in page.css(selector)]
