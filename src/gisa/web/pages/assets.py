"""The site's own files and the theme's, held in memory under addresses that carry their content's hash: they never go stale.

Not the paper's pictures: those are files of the data folder (see ``media``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from gisa.web.pages.theme import SERVED_TYPES

STATIC_DIR: Final = Path(__file__).parent / "static"
_CSS_URL: Final = re.compile(rb"url\(\s*[\"']?([\w.-]+)[\"']?\s*\)")
_FOREVER: Final = "public, max-age=31536000, immutable"


class Assets:
    """Reads the static folder once; ``generated`` adds files made at start, such as the theme."""

    def __init__(
        self, generated: Mapping[str, str], *, theme: Mapping[str, bytes] | None = None, base: str = ""
    ) -> None:
        """``theme``: the paper's files, called ``theme/NAME`` here; ``base`` is what every address of the site begins with."""
        files = {path.name: path.read_bytes() for path in sorted(STATIC_DIR.iterdir()) if path.suffix in SERVED_TYPES}
        files |= {name: text.encode() for name, text in generated.items()}
        self._base = base
        self._served: dict[str, tuple[bytes, str]] = {}
        self._urls: dict[str, str] = {}
        self._contents: dict[str, bytes] = {}
        for name, content in files.items():
            self._serve(name, content)
        own = theme or {}
        for name, content in sorted(own.items(), key=lambda item: item[0].endswith(".css")):  # they name the others
            self._serve(f"theme/{name}", self._with_addresses(content) if name.endswith(".css") else content)

    def _serve(self, name: str, content: bytes) -> None:
        stem, dot, kind = name.replace("/", "-").rpartition(".")
        hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{dot}{kind}"
        self._served[hashed] = content, SERVED_TYPES["." + kind]
        self._urls[name] = f"{self._base}/static/{hashed}"
        self._contents[name] = content

    def _with_addresses(self, css: bytes) -> bytes:
        """A stylesheet whose ``url(NAME)`` of a file of the theme leads to that file."""

        def address(found: re.Match[bytes]) -> bytes:
            url = self._urls.get("theme/" + found[1].decode("utf-8", "replace"))
            return found[0] if url is None else b'url("' + url.encode() + b'")'

        return _CSS_URL.sub(address, css)

    def url(self, name: str) -> str:
        """The address of a file by its plain name; KeyError for a name that is not there."""
        return self._urls[name]

    def content(self, name: str) -> bytes:
        """What is in a file, by its plain name; KeyError for a name that is not there."""
        return self._contents[name]

    async def serve(self, request: Request) -> Response:
        try:
            content, media_type = self._served[request.path_params["name"]]
        except KeyError:
            raise HTTPException(404) from None
        return Response(content, media_type=media_type, headers={"cache-control": _FOREVER})
