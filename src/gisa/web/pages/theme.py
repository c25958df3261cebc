"""The paper's own look: what stands in ``DATA/theme/``, read once. Fills nothing in and judges nothing (see ``theme_check``).

``head.html``, ``header.html``, ``footer.html`` and ``aside.html`` are parts of every page. A file called like one of Gisa's
templates stands in its place. ``paper.css`` is loaded last. Every other file of a known type is served as it is.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from gisa.errors import ConfigError
from gisa.messages import ConfigCode, Message

PACKAGED_DIR: Final = Path(__file__).parent / "templates"
PARTS: Final = ("head.html", "header.html", "footer.html", "aside.html")
STYLESHEET: Final = "paper.css"
ICON: Final = "icon.svg"
SERVED_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
}
_INLINE_SCRIPT: Final = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_DATA_BLOCK: Final = re.compile(r"<script[^>]*\stype=[\"']?application/", re.IGNORECASE)
_TEMPLATE_CODE: Final = re.compile(r"\{[{%#]")


@dataclass(frozen=True, slots=True)
class InlineScript:
    """A script inside a template of the theme."""

    template: str
    line: int
    text: str

    @property
    def is_fixed(self) -> bool:
        """Whether it is the same on every page, so that the pages' policy can name it."""
        return _TEMPLATE_CODE.search(self.text) is None

    @property
    def source(self) -> str:
        """How the policy names it (https://www.w3.org/TR/CSP3/#framework-directive-source-list)."""
        digest = hashlib.sha256(self.text.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"


@dataclass(frozen=True, slots=True)
class Theme:
    """A paper's own files."""

    templates: Mapping[str, str] = field(default_factory=dict)
    """Parts and templates in the place of Gisa's, by name."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What is served, by name."""
    unused: tuple[str, ...] = ()
    """Names of files that are none of these."""

    @property
    def overrides(self) -> tuple[str, ...]:
        """Names of the templates that stand in the place of Gisa's."""
        return tuple(name for name in self.templates if name not in PARTS)

    @property
    def stylesheet(self) -> str:
        """What ``paper.css`` says; empty if there is none."""
        return self.files.get(STYLESHEET, b"").decode("utf-8", "replace")

    def inline_scripts(self) -> Iterator[InlineScript]:
        """The scripts inside its templates; data (JSON-LD) is none."""
        for name, text in self.templates.items():
            for found in _INLINE_SCRIPT.finditer(text):
                if not _DATA_BLOCK.match(found[0]):
                    yield InlineScript(name, text.count("\n", 0, found.start()) + 1, found[1])


def read_theme(folder: Path) -> Theme:
    """The theme in a folder, which need not exist. Raises ``ConfigError`` for a template that is not UTF-8."""
    templates: dict[str, str] = {}
    files: dict[str, bytes] = {}
    unused: list[str] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(".") or not path.is_file():
            continue
        if path.name in PARTS or (path.suffix == ".html" and (PACKAGED_DIR / path.name).is_file()):
            templates[path.name] = _text(path)
        elif path.suffix in SERVED_TYPES:
            files[path.name] = path.read_bytes()
        elif path.suffix != ".md":
            unused.append(path.name)
    return Theme(templates, files, tuple(unused))


def packaged_templates() -> Iterator[str]:
    """Names of the templates that a theme can replace."""
    return (path.name for path in sorted(PACKAGED_DIR.glob("*.html")))


def packaged_text(name: str) -> str:
    return (PACKAGED_DIR / name).read_text("utf-8")


def mark_of(name: str) -> str:
    """The first line of a copy of a template: from which version of it it was made."""
    return f"{{# gisa: {name} {hashlib.sha256(packaged_text(name).encode()).hexdigest()[:12]} #}}"


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(Message(ConfigCode.FILE_NO_UTF8), str(path)) from error
