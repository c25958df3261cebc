"""Reads and writes OPML 2.0, in which feed readers exchange lists of feeds (http://opml.org/spec2.opml). Keeps no files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.sources.links import web_url

LARGEST: Final = 16 * 1024 * 1024
"""Bytes of a list."""
_OWN: Final = "urn:gisa:opml"
"""The namespace of what Gisa keeps beside OPML's own attributes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of a list."""

    url: str
    title: str = ""
    section: str = ""
    """The first of its ``category``, or the folder that it lies in."""
    own: frozenset[str] = frozenset()
    """Words of Gisa's own about it."""


def read_opml(content: bytes, *, name: str) -> list[Outline]:
    """The feeds of a list, each once, in its order. Raises ``SourceError`` if it is none."""
    if len(content) > LARGEST:
        raise SourceError(Message(SourceCode.OPML_TOO_LARGE, megabytes=LARGEST // 1024**2), name)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(Message(SourceCode.OPML_STRANGE, error=str(error)), name) from error
    if root is None or root.tag != "opml":
        raise SourceError(Message(SourceCode.OPML_ROOTLESS), name)
    found: dict[str, Outline] = {}
    for each in root.iter("outline"):
        url = web_url("", each.get("xmlUrl") or each.get("xmlurl"))
        if url is None or not (each.get("xmlUrl") or each.get("xmlurl")):
            continue
        parent = each.getparent()
        folder = parent.get("text", "") if parent is not None and parent.tag == "outline" else ""
        category = (each.get("category") or folder).split(",")[0].strip("/ ")
        words = frozenset((each.get(f"{{{_OWN}}}is") or "").split())
        found.setdefault(url, Outline(url=url, title=each.get("text") or "", section=category, own=words))
    return list(found.values())


def write_opml(outlines: Iterable[Outline], *, title: str) -> bytes:
    """The list as a file; ``read_opml`` gives the same outlines again."""
    root = etree.Element("opml", nsmap={"gisa": _OWN}, version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for outline in outlines:
        # RSS 2.0 is what the specification calls every feed
        each = etree.SubElement(body, "outline", type="rss", text=outline.title or outline.url, xmlUrl=outline.url)
        if outline.section:
            each.set("category", outline.section)
        if outline.own:
            each.set(f"{{{_OWN}}}is", " ".join(sorted(outline.own)))
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return content
