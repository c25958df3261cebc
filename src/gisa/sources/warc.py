"""Reads web archives (WARC) by warcio: each captured page that shows an article. An extra (``gisa[warc]``), imported late.

WACZ is a zip with WARC files inside, which ``archives`` opens. Later captures of an address become revisions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.model import Draft, Item, Reject, Remark
from gisa.sources.byte_reader import ByteReader
from gisa.sources.encoding import xml_text
from gisa.sources.format import Fit, Format, Origin
from gisa.sources.pages.extract import extract
from gisa.sources.source import FileSource
from gisa.sources.spooling import ReadOn

_PAGE_LIMIT: Final = 16 * 1024 * 1024
_PAGES: Final = ("text/html", "application/xhtml+xml")


class WarcSource(FileSource):
    """The drafts of an archive; a draft's place is ``name#number``, the number of its record, from 1.

    Raises ``SourceError`` on construction if warcio is not installed.
    """

    def __init__(self, reader: ByteReader, origin: Origin) -> None:
        super().__init__(reader)
        self._rules = origin.page_rules
        try:
            from warcio.archiveiterator import ArchiveIterator
        except ImportError:
            raise SourceError(Message(SourceCode.WARC_MISSING), reader.name) from None
        self._records = ArchiveIterator(ReadOn(reader))

    def __iter__(self) -> Iterator[Item]:
        number = passed_over = 0
        while True:
            try:
                record = next(self._records, None)
                if record is None:
                    break
                number += 1
                if (url := _page_address(record)) is None:
                    continue
                content = record.content_stream().read(_PAGE_LIMIT + 1)
            except Exception as error:  # warcio lets errors of many kinds out on damage
                yield Reject(f"{self.name}#{number + 1}", Message(SourceCode.WARC_DAMAGED, error=str(error)))
                break
            if len(content) > _PAGE_LIMIT:
                yield Reject(
                    f"{self.name}#{number}", Message(SourceCode.WARC_PAGE_TOO_LARGE, megabytes=_PAGE_LIMIT // 1024**2)
                )
                continue
            text, _ = xml_text(content, charset=_charset(record))
            page = extract(text, url=url, rules=self._rules)
            if page.is_article:
                yield Draft(page.fields, f"{self.name}#{number}")
            else:
                passed_over += 1
        if passed_over:
            yield Remark(self.name, Message(SourceCode.COUNTED, what=Message(SourceCode.WARC_PAGES), count=passed_over))
        if self._reader.defect is not None:
            yield Reject(self.name, Message(SourceCode.REST_UNREAD, defect=self._reader.defect))


def _page_address(record: Any) -> str | None:
    """The address of a captured page; None for every other record, and for answers that are no success."""
    if record.rec_type not in ("response", "resource"):
        return None
    headers = record.http_headers
    media_type = (headers.get_header("Content-Type") if headers is not None else record.content_type) or ""
    if media_type.partition(";")[0].strip().lower() not in _PAGES:
        return None
    if headers is not None and headers.get_statuscode() != "200":
        return None
    url: str | None = record.rec_headers.get_header("WARC-Target-URI")
    return url.strip("<>") if url else None


def _charset(record: Any) -> str | None:
    media_type = (record.http_headers.get_header("Content-Type") if record.http_headers is not None else "") or ""
    _, found, charset = media_type.lower().partition("charset=")
    return charset.strip(" \"';") if found else None


FORMAT: Final = Format(
    name="warc",
    title="WARC",
    endings=(".warc",),
    media_types=("application/warc",),
    sniff=lambda head: Fit.SURE if head.data.startswith(b"WARC/") else Fit.NO,
    open=WarcSource,
)
