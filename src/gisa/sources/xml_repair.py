"""Mends what the XML of feeds is most often broken by, where the meaning is certain. Parses nothing."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Final

_CDATA: Final = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_NESTED_BEGIN: Final = re.compile(r"<!\[CDATA\[(?:\s*<!\[CDATA\[)+")
_NESTED_END: Final = re.compile(r"\]\](?:\s*\]\])+>")
_REFERENCE: Final = re.compile(
    r"&(?:#(?P<decimal>[0-9]{1,8});|#[xX](?P<hex>[0-9a-fA-F]{1,8});|(?P<name>[A-Za-z][A-Za-z0-9]{0,31};))?"
)
_XML_NAMES: Final = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})


def mended_xml(text: str) -> str:
    """The text with HTML's entities as characters, bare ``&`` escaped, references to forbidden characters gone, and CDATA
    inside CDATA opened. What stands in CDATA is left alone."""
    if "<![CDATA[" not in text:
        return _REFERENCE.sub(_mended_reference, text) if "&" in text else text
    text = _NESTED_END.sub("]]>", _NESTED_BEGIN.sub("<![CDATA[", text))
    parts = _CDATA.split(text)
    return "".join(
        part if number % 2 or "&" not in part else _REFERENCE.sub(_mended_reference, part)
        for number, part in enumerate(parts)
    )


def _mended_reference(match: re.Match[str]) -> str:
    if (name := match["name"]) is not None:
        if name in _XML_NAMES:
            return match[0]
        return html5.get(name, f"&amp;{name}")
    if match["decimal"] is None and match["hex"] is None:
        return "&amp;"
    number = int(match["decimal"]) if match["decimal"] is not None else int(match["hex"], 16)
    return match[0] if _is_in_xml(number) else ""


def _is_in_xml(number: int) -> bool:
    """XML 1.0, production 2 (Char)."""
    return (
        number in (9, 10, 13) or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD or 0x10000 <= number <= 0x10FFFF
    )
