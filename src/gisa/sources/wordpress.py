"""What WordPress writes into its texts: shortcodes, blocks, captions, paragraphs by blank lines. Reads no file.

Both ways out of WordPress use it: ``wxr`` (the export) and ``shapes`` (the REST answers).
"""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree

_BLOCK: Final = re.compile(r"<!--\s*/?wp:.*?-->", re.DOTALL)
_HAS_PARAGRAPHS: Final = re.compile(r"<p[\s>]|<br\s*/?>", re.IGNORECASE)
_CAPTION: Final = re.compile(r"\[caption\b[^\]]*\](?P<inside>.*?)\[/caption\]", re.DOTALL | re.IGNORECASE)
_FIGURE: Final = re.compile(r"<figure\b[^>]*>(?P<inside>.*?)</figure>", re.DOTALL | re.IGNORECASE)
_IMAGE: Final = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"""\b(src|alt|data-src)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_SHORTCODE: Final = re.compile(
    r"\[/?(?P<name>[a-z][a-z0-9_-]{1,40})(?P<arguments>\s+[a-z_-]+\s*=[^\]]*)?\s*/?\]", re.IGNORECASE
)
_KNOWN: Final = frozenset(
    "gallery embed video audio playlist caption contact-form contact-form-7 more ads adsense toc button quote dropcap "
    "row column columns one_half one_third tabs tab accordion divider spacer code pullquote".split()
)
"""Shortcodes that stand without arguments. ``[단독]`` and ``[sic]`` are none."""
_PLAIN: Final = etree.HTMLParser(encoding="utf-8", recover=True)


def body_of(content: str) -> tuple[str, list[dict[str, str]]]:
    """The text as HTML with its paragraphs marked, and its pictures with their captions, which leave the text."""
    pictures: list[dict[str, str]] = []

    def take(match: re.Match[str]) -> str:
        inside = match["inside"]
        found = _IMAGE.search(inside)
        if found is None:
            return inside  # a quotation, a table, an embedded address
        pictures.append(_picture(found[0], caption=_text(inside)))
        return ""

    if "<" in content or "[" in content:
        content = _FIGURE.sub(take, _CAPTION.sub(take, _BLOCK.sub("", content)))
        pictures += [_picture(tag) for tag in _IMAGE.findall(content)]
        content = without_shortcodes(content)
    if not _HAS_PARAGRAPHS.search(content):
        content = content.strip().replace("\n", "<br>")
    return content, [picture for picture in pictures if picture.get("url")]


def without_shortcodes(text: str) -> str:
    """The text without shortcodes; what stands between two of them stays."""
    if "[" not in text:
        return text
    closed = {match.lower() for match in re.findall(r"\[/([a-z][a-z0-9_-]{1,40})\]", text, re.IGNORECASE)}

    def drop(match: re.Match[str]) -> str:
        name = match["name"].lower()
        return "" if match["arguments"] or name in closed or name in _KNOWN else match[0]

    return _SHORTCODE.sub(drop, text)


def _picture(tag: str, *, caption: str = "") -> dict[str, str]:
    found = {name.lower(): first or second for name, first, second in _ATTRIBUTE.findall(tag)}
    picture = {
        "url": found.get("data-src") or found.get("src", ""),
        "caption": caption,
        "alt": _text(found.get("alt", "")),
    }
    return {name: value for name, value in picture.items() if value}


def _text(html: str) -> str:
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    root: Any = etree.fromstring(f"<div>{html}</div>".encode(), _PLAIN)
    return " ".join("".join(root.itertext()).split()) if root is not None else ""
