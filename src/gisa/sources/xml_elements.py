"""Cuts the elements of one name out of a stream of XML and parses each by itself. Knows no format.

A file is never parsed as a whole: memory is one element's, damage in one element leaves the others whole, and the file's
DTD is never read, so that an entity bomb has nothing to expand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from lxml import etree

from gisa.sources.byte_reader import ByteReader
from gisa.sources.encoding import decoded
from gisa.sources.xml_repair import mended_xml

ELEMENT_LIMIT: Final = 32 * 1024 * 1024
"""Characters of one element; three times the longest body that is accepted."""
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMESPACES: Final = re.compile(r"""\sxmlns(?::[\w.-]+)?\s*=\s*(?:"[^"<]*"|'[^'<]*')""")
_DAMAGE: Final = frozenset({"PARSER", "IO", "TREE"})
"""What libxml2's log holds about the text itself; prefixes without a namespace are no damage."""


class Cut(NamedTuple):
    """A stretch of the file: one element, or what stands before the first one."""

    number: int
    """Of the element, from 1; 0 for what stands before the first."""
    text: str | None
    """None if the element is longer than the limit."""
    is_whole: bool = True
    """False if the file ends inside it, or the next one begins there."""


class ElementCutter:
    """Cuts one text. Elements of the name never stand inside one another; what stands between them is passed over."""

    def __init__(self, name: str, *, limit: int = ELEMENT_LIMIT) -> None:
        """``name``: the local name, compared without case, whatever its prefix."""
        self._limit = limit
        self._token = re.compile(
            rf"<!\[CDATA\[(?:.*?\]\]>)?|<!--(?:.*?-->)?|<(?P<end>/?)(?:[\w.-]+:)?{re.escape(name)}(?=[\s/>])(?P<rest>[^>]*)>",
            re.DOTALL | re.IGNORECASE,
        )
        self._held = ""
        self._scanned = 0
        """Up to here tags are looked at."""
        self._has_begun = False
        """True once what stands before the first element has been yielded."""
        self._is_inside = False
        self._is_too_long = False
        self._number = 0

    def cut(self, texts: Iterable[str]) -> Iterator[Cut]:
        """What stands before the first element, then the elements, in order."""
        for text in texts:
            self._held += text
            yield from self._take()
            if len(self._held) > self._limit:
                yield from self._pass_over()
        if not self._has_begun:
            yield Cut(0, self._held)
        elif self._is_inside and not self._is_too_long:
            yield Cut(self._number, self._held, is_whole=False)

    def _take(self) -> Iterator[Cut]:
        held, start, end = self._held, 0, self._scanned
        for token in self._token.finditer(held, end):
            if token[0] in ("<![CDATA[", "<!--"):  # it goes on in the next text
                end = token.start()
                break
            end = token.end()
            if token["end"] is None:
                continue
            if token["end"]:
                if self._is_inside and not self._is_too_long:
                    yield Cut(self._number, held[start:end])
                self._is_inside, start = False, end
                continue
            before = held[start : token.start()]
            if not self._has_begun:
                self._has_begun = True
                yield Cut(0, before)
            elif self._is_inside and not self._is_too_long:
                yield Cut(self._number, before, is_whole=False)
            self._number += 1
            self._is_inside, self._is_too_long, start = not token["rest"].endswith("/"), False, token.start()
            if not self._is_inside:
                yield Cut(self._number, token[0])
                start = end
        else:
            last = held.rfind("<", end)
            end = last if last >= 0 and ">" not in held[last:] else len(held)  # a tag may be cut in the middle
        if self._has_begun and not self._is_inside:
            start = end
        self._held = held[start:]
        self._scanned = end - start

    def _pass_over(self) -> Iterator[Cut]:
        """Let go of what is longer than the limit: the element, or what stands before the first one."""
        if not self._has_begun:
            self._has_begun = True
            yield Cut(0, self._held[: self._scanned])
        elif self._is_inside and not self._is_too_long:
            self._is_too_long = True
            yield Cut(self._number, None)
        self._held = self._held[max(self._scanned, len(self._held) - 256) :]
        self._scanned = 0


class Parsed(NamedTuple):
    """One element of the file, and what was wrong with its text (None: nothing)."""

    element: Any
    defect: str | None


class ElementParser:
    """Parses stretches of one file, in the namespaces that its first tags declare. For one thread."""

    def __init__(self) -> None:
        self._parser = etree.XMLParser(
            recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
        )
        self._root = "<root>"

    def declare(self, before: str) -> None:
        """Take over the namespaces that what stands before the first element declares."""
        declared: dict[str, str] = {}
        for each in _NAMESPACES.findall(before):
            declared.setdefault(each.partition("=")[0].strip(), each)
        self._root = f"<root{''.join(declared.values())}>"

    def parse(self, text: str) -> Parsed | None:
        """The element; None if nothing of it parses."""
        mended = mended_xml(_NOT_IN_XML.sub("", text))
        try:
            root = etree.fromstring(f"{self._root}{mended}</root>".encode(), self._parser)
        except etree.XMLSyntaxError:
            return None
        if root is None or not len(root):
            return None
        told = [entry for entry in self._parser.error_log if entry.domain_name in _DAMAGE]
        return Parsed(root[0], f"{told[0].message.strip()}" if told else None)


def elements(
    reader: ByteReader, names: Sequence[str], *, limit: int = ELEMENT_LIMIT
) -> Iterator[tuple[Cut, Parsed | None]]:
    """The elements of the first of ``names`` that the file's beginning holds, each parsed; the stretch before them first.

    ``None`` stands beside an element that is cut short, too long, or no XML.
    """
    head = reader.head().decode("utf-8", "replace")
    name = next(
        (each for each in names if re.search(rf"<(?:[\w.-]+:)?{re.escape(each)}[\s/>]", head, re.IGNORECASE)), names[-1]
    )
    parser = ElementParser()
    for cut in ElementCutter(name, limit=limit).cut(without_declaration(decoded(reader))):
        if cut.number == 0:
            parser.declare(cut.text or "")
        yield cut, parser.parse(cut.text) if cut.text is not None and cut.is_whole else None


def without_declaration(texts: Iterator[str]) -> Iterator[str]:
    """The text of a file without byte order mark and XML declaration: it is Unicode by now."""
    first = next(texts, "")
    yield re.sub(r"\A\s*<\?xml[^>]*\?>", "", first.removeprefix("\ufeff"), count=1)
    yield from texts


def qualified(element: Any) -> str:
    """The name of an element as the file writes it: ``wp:status``. Raises nothing; a comment is an empty name."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    local = tag.rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local


def local(element: Any) -> str:
    """The name of an element without namespace and prefix, in lower case."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def children(element: Any, *names: str) -> Iterator[Any]:
    """The direct children with one of these local names, in lower case."""
    return (child for child in element if local(child) in names)


def within(element: Any, *names: str) -> Iterator[Any]:
    """The elements below, at any depth, with one of these local names, in lower case; in the file's order."""
    return (each for each in element.iter() if local(each) in names)


def text_of(element: Any | None) -> str:
    """All text in an element, on one line; empty for None."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def first_text(element: Any, *names: str) -> str:
    """The first text that is not blank among the elements below with one of these names; empty if there is none."""
    return next((text for each in within(element, *names) if (text := text_of(each))), "")


def markup_of(element: Any) -> str:
    """The content of an element as HTML, for acceptance to read: its text and its children, without namespaces."""
    parts = [_escaped(element.text or "")]
    for child in element:
        if isinstance(child.tag, str):
            parts.append(_tagged(child))
        parts.append(_escaped(child.tail or ""))
    return "".join(parts).strip()


def _tagged(element: Any) -> str:
    name = local(element)
    attributes = "".join(
        f' {key}="{_escaped(value)}"' for key, value in element.attrib.items() if key in ("src", "alt", "href", "class")
    )
    return f"<{name}{attributes}>{markup_of(element)}</{name}>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
