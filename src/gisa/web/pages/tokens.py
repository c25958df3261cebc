"""Custom properties of stylesheets, as far as contrast needs them: colours of light and dark pages. No CSS parser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gisa.web.pages.colours import TEXT_CONTRAST, contrast

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_DARK: Final = re.compile(r"@media[^{]*prefers-color-scheme:\s*dark[^{]*\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}")
_ROOT: Final = re.compile(r":root\s*\{([^{}]*)\}")
_TOKEN: Final = re.compile(r"--([a-z-]+)\s*:\s*([^;}]+)")
_HEX: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)

READ_TOGETHER: Final = (
    ("ink", "ground"), ("ink", "panel"), ("soft", "ground"), ("soft", "panel"), ("accent", "ground"), ("accent", "panel"),
    ("on-button", "button"), ("mark-ink", "mark"),
)  # fmt: skip
"""Text and what it stands on."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by token, as ``#rrggbb``, of light and of dark pages."""

    light: Mapping[str, str]
    dark: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pale:
    """Text that cannot be read well."""

    text: str
    ground: str
    is_dark: bool
    contrast: float


def read_tokens(*stylesheets: str) -> Tokens:
    """The colours that several stylesheets set on ``:root``, later ones over earlier ones; other values are passed over.

    >>> read_tokens(":root{--ink:#222}", "@media (prefers-color-scheme: dark){:root{--ink:#eee}}").dark["ink"]
    '#eeeeee'
    """
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for sheet in stylesheets:
        plain = _COMMENT.sub("", sheet)
        always = _colours(_DARK.sub("", plain))
        light |= always
        dark |= always | _colours(" ".join(_DARK.findall(plain)))
    return Tokens(light, dark)


def grounds(mode: Mapping[str, str]) -> tuple[str, str]:
    """What text stands on in a mode, light or dark: page and panel."""
    return mode["ground"], mode["panel"]


def pale_texts(tokens: Tokens) -> list[Pale]:
    """Every text of less than 4.5 : 1 on what it stands on (WCAG 2.2, 1.4.3)."""
    return [
        Pale(text, ground, is_dark, ratio)
        for is_dark, mode in ((False, tokens.light), (True, tokens.dark))
        for text, ground in READ_TOGETHER
        if text in mode and ground in mode and (ratio := contrast(mode[text], mode[ground])) < TEXT_CONTRAST
    ]


def _colours(css: str) -> dict[str, str]:
    found = (pair for block in _ROOT.findall(css) for pair in _TOKEN.findall(block))
    return {name: _long(value.strip().lower()) for name, value in found if _HEX.fullmatch(value.strip())}


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * part for part in colour[1:])
