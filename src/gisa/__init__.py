"""Gisa: Korean-first news search that a paper, a library or a researcher runs themselves.

>>> import gisa
>>> with gisa.open("data") as archive:  # doctest: +SKIP
...     archive.add([{"title": "AI센터장 선임", "body": "…", "published_at": "2025-12-24T09:00:00+09:00"}])
...     archive.search("AI센터").total
1
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gisa.errors import GisaError
from gisa.model import Article, Picture
from gisa.version import __version__

if TYPE_CHECKING:
    from gisa.library import Library, open, restore  # noqa: A004 - gisa.open is the public name
    from gisa.remote import connect
    from gisa.saying.messages import say
    from gisa.search.request import SearchRequest

__all__ = [
    "Article",
    "GisaError",
    "Library",
    "Picture",
    "SearchRequest",
    "__version__",
    "connect",
    "open",
    "restore",
    "say",
]


def __getattr__(name: str) -> Any:
    """Load the library on first use, so that importing a part of Gisa does not import all of it."""
    if name in ("Library", "open", "restore"):
        from gisa import library

        return getattr(library, name)
    if name == "connect":
        from gisa.remote import connect

        return connect
    if name == "SearchRequest":
        from gisa.search.request import SearchRequest

        return SearchRequest
    if name == "say":
        from gisa.saying.messages import say

        return say
    raise AttributeError(f"module 'gisa' has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
