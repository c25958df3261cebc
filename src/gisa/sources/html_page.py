"""Reads a page of a newspaper's site as the article it shows. ``pages`` finds the article; this opens the file.

A page that shows none (a home page, a list, a wall) is refused with the next step.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.model import Draft, Item, Reject
from gisa.sources.byte_reader import ByteReader
from gisa.sources.encoding import xml_text
from gisa.sources.foreign import is_page, of_a_page
from gisa.sources.format import Fit, Format, Head, Origin
from gisa.sources.source import FileSource

PAGE_LIMIT: Final = 16 * 1024 * 1024
"""Bytes of a page; long reads with everything inlined have 5 MB."""


class HtmlPageSource(FileSource):
    """The one draft of a page; its place is the page's. Raises ``SourceError`` on construction if it shows no article."""

    def __init__(self, reader: ByteReader, origin: Origin) -> None:
        from gisa.sources.pages.extract import extract

        super().__init__(reader)
        head, data = Head(reader.head()), bytearray()
        for chunk in reader:
            data += chunk
            if len(data) > PAGE_LIMIT:
                raise SourceError(Message(SourceCode.PAGE_TOO_LARGE, megabytes=PAGE_LIMIT // 1024**2), self.name)
        text, _ = xml_text(bytes(data), charset=origin.charset)
        self._page = extract(text, url=origin.url, rules=origin.page_rules)
        if not self._page.is_article:
            raise SourceError(of_a_page(head, origin), self.name)

    def __iter__(self) -> Iterator[Item]:
        if self._reader.defect is not None:
            yield Reject(self.name, Message(SourceCode.NOT_WHOLE, defect=self._reader.defect))
            return
        yield Draft(self._page.fields, self.name)


FORMAT: Final = Format(
    name="html",
    title="HTML page",
    endings=(".html", ".htm", ".xhtml"),
    media_types=("text/html", "application/xhtml+xml"),
    sniff=lambda head: Fit.SURE if is_page(head) else Fit.NO,
    open=HtmlPageSource,
)
