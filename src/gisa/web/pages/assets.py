"""The site's own files, held in memory under addresses that carry their content's hash, so that they never go stale.

Not the paper's pictures: those are files of the data folder (see ``media``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

STATIC_DIR: Final = Path(__file__).parent / "static"
_TYPES: Final = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_FOREVER: Final = "public, max-age=31536000, immutable"


class Assets:
    """Reads the static folder once; ``generated`` adds files made at start, such as the theme."""

    def __init__(self, generated: Mapping[str, str], *, base: str = "") -> None:
        """``base`` is what every address of the site begins with."""
        files = {path.name: path.read_bytes() for path in sorted(STATIC_DIR.iterdir()) if path.suffix in _TYPES}
        files |= {name: text.encode() for name, text in generated.items()}
        self._served: dict[str, tuple[bytes, str]] = {}
        self._urls: dict[str, str] = {}
        for name, content in files.items():
            stem, dot, kind = name.rpartition(".")
            hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{dot}{kind}"
            self._served[hashed] = content, _TYPES["." + kind]
            self._urls[name] = f"{base}/static/{hashed}"

    def url(self, name: str) -> str:
        """The address of a file by its plain name; KeyError for a name that is not there."""
        return self._urls[name]

    async def serve(self, request: Request) -> Response:
        try:
            content, media_type = self._served[request.path_params["name"]]
        except KeyError:
            raise HTTPException(404) from None
        return Response(content, media_type=media_type, headers={"cache-control": _FOREVER})
