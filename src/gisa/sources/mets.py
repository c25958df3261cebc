"""Reads digitised newspapers: a METS file that names the articles, and the ALTO pages beside it that hold their words.

An ALTO page alone has words and no articles. Pages are read from the METS file's own folder, never from outside it.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from lxml import etree

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.model import Draft, Item, Reject, Remark
from gisa.sources.byte_reader import ByteReader
from gisa.sources.encoding import xml_text
from gisa.sources.format import Fit, Format, Origin
from gisa.sources.source import FileSource
from gisa.sources.xml_elements import children, first_text, local, text_of, within

METS_LIMIT: Final = 64 * 1024 * 1024
_PAGES_HELD: Final = 4
"""ALTO pages kept at a time: an article goes on over two or three."""
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_HEADS: Final = ("heading", "title", "headline", "caption_title")
_DAY: Final = re.compile(r"(1[89][0-9]{2}|20[0-9]{2})[-./]?([01][0-9])[-./]?([0-3][0-9])")


class MetsSource(FileSource):
    """The drafts of one issue; a draft's place is ``name#number``, the number of its article, from 1.

    Raises ``SourceError`` on construction if it does not lie on the disk beside its pages, is too large or no XML.
    """

    def __init__(self, reader: ByteReader, origin: Origin) -> None:
        super().__init__(reader)
        if origin.path is None:
            raise SourceError(Message(SourceCode.METS_ALONE), reader.name)
        data = reader.whole(METS_LIMIT, Message(SourceCode.METS_TOO_LARGE, megabytes=METS_LIMIT // 1024**2))
        self._folder = origin.path.parent.resolve()
        self._root = _tree(bytes(data))
        if self._root is None:
            raise SourceError(Message(SourceCode.METS_DAMAGED), reader.name)
        self._files = {
            file.get("ID"): next((each.get(_HREF) for each in children(file, "flocat")), None)
            for file in within(self._root, "file")
        }
        self._pages: OrderedDict[str, dict[str, str] | None] = OrderedDict()

    def __iter__(self) -> Iterator[Item]:
        match = next(
            (found for each in within(self._root, "dateissued", "date") if (found := _DAY.search(text_of(each)))), None
        )
        paper = next((text for record in within(self._root, "mods") if (text := first_text(record, "title"))), None)
        titles = {section.get("ID"): first_text(section, "title") for section in within(self._root, "dmdsec")}
        articles = [div for div in within(self._root, "div") if "article" in (div.get("TYPE") or "").lower()]
        if not articles:
            yield Reject(self.name, Message(SourceCode.METS_UNSEGMENTED))
        for number, article in enumerate(articles, start=1):
            place = f"{self.name}#{number}"
            head, body, missing = self._texts(article)
            if missing:
                yield Reject(place, Message(SourceCode.METS_PAGE_MISSING, page=missing))
                continue
            title = head or article.get("LABEL") or titles.get((article.get("DMDID") or "").split(" ")[0], "")
            fields = {
                "id": f"{Path(self.name).stem}/{article.get('ID') or number}",
                "title": " ".join(title.split()),
                "body": "\n".join(body),
                "published_at": "-".join(match.groups()) if match is not None else None,
                "publisher": paper,
            }
            yield Draft({name: value for name, value in fields.items() if value}, place)

    def _texts(self, article: Any) -> tuple[str, list[str], str | None]:
        """The words of the headline and of the other blocks, and the page that is missing."""
        head: list[str] = []
        body: list[str] = []
        for area in within(article, "area"):
            href = self._files.get(area.get("FILEID"))
            page = self._page(href) if href else None
            if page is None:
                return "", [], href or area.get("FILEID") or "(without a name)"
            text = page.get(area.get("BEGIN") or "", "")
            kinds = [(each.get("TYPE") or "").lower() for each in area.iterancestors() if local(each) == "div"]
            (head if any(kind in _HEADS for kind in kinds) else body).append(text)
        return " ".join(head), [text for text in body if text], None

    def _page(self, href: str) -> dict[str, str] | None:
        """The blocks of an ALTO page; None if it is not there, or not inside the folder."""
        if href not in self._pages:
            path = (self._folder / unquote(href.removeprefix("file://").lstrip("/"))).resolve()
            blocks = None
            if path.is_relative_to(self._folder) and path.is_file() and path.stat().st_size <= METS_LIMIT:
                root = _tree(path.read_bytes())
                blocks = (
                    None if root is None else {block.get("ID"): _words(block) for block in within(root, "textblock")}
                )
            self._pages[href] = blocks
            if len(self._pages) > _PAGES_HELD:
                self._pages.popitem(last=False)
        return self._pages[href]


def _words(block: Any) -> str:
    """The words of a block of ALTO; a word that was parted at a line's end is whole again."""
    words: list[str] = []
    for line in within(block, "textline"):
        for string in children(line, "string"):
            part = (string.get("SUBS_TYPE") or "").lower()
            if part == "hyppart2":
                continue
            words.append(
                string.get("SUBS_CONTENT") or string.get("CONTENT") or ""
                if part == "hyppart1"
                else string.get("CONTENT") or ""
            )
    return " ".join(word for word in words if word)


def _tree(data: bytes) -> Any | None:
    text, _ = xml_text(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(text.strip().encode(), parser)
    except etree.XMLSyntaxError:
        return None


FORMAT: Final = Format(
    name="mets",
    title="METS",
    endings=(".xml",),
    sniff=lambda head: Fit.SURE if head.root == "mets" else Fit.NO,
    open=MetsSource,
)


class AltoSource(FileSource):
    """A page of a digitised paper, whose articles its METS file names: it holds none by itself."""

    def __iter__(self) -> Iterator[Item]:
        yield Remark(self.name, Message(SourceCode.ALTO_PAGE))


ALTO: Final = Format(
    name="alto",
    title="ALTO",
    endings=(".xml",),
    sniff=lambda head: Fit.SURE if head.root == "alto" else Fit.NO,
    open=lambda reader, _origin: AltoSource(reader),
)
