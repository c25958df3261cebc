"""The paper's pictures, served from its media folder: known picture types only, nothing outside the folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from gisa.web.serving.security import MEDIA_POLICY

_TYPES: Final = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
}


class Media(StaticFiles):
    """Pictures of one folder, which need not exist. Other files, links out of it and hidden files are not found."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, check_dir=False)
        self.config_checked = True  # the folder may come later, with the first picture

    async def get_response(self, path: str, scope: Scope) -> Response:
        asked = Path(path)
        suffix = asked.suffix.lower()
        if suffix not in _TYPES or any(part.startswith(".") for part in asked.parts):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=3600"
        response.headers["content-security-policy"] = MEDIA_POLICY
        if response.status_code == 200:
            response.headers["content-type"] = _TYPES[suffix]
        return response
