"""Web archives: which records are articles, and what damage costs."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from gisa.model import Draft, Item, Reject, Remark
from gisa.sources.opening import open_source, open_stream
from tests.conftest import data_file
from tests.pages.labelled import ARTICLES, local_paper
from tests.said import line_of

URL = "https://paper.example/news/articleView.html?idxno=213450"


def archive(*answers: tuple[str, str, str, bytes], packed: bool = True) -> bytes:
    """A web archive of address, status, media type, content; each record packed by itself."""
    found = b""
    for url, status, media_type, content in answers:
        payload = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n\r\n".encode() + content
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-11-03T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(payload)}\r\n\r\n"
        )
        record = head.encode() + payload + b"\r\n\r\n"
        found += gzip.compress(record) if packed else record
    return found


def read(content: bytes, name: str = "a.warc.gz") -> list[Item]:
    with open_stream(io.BytesIO(content), name) as source:
        return list(source)


PAGE = local_paper(ARTICLES[0]).replace("©", "&copy;")


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("coding", ["utf-8", "cp949"])
def test_captured_pages_are_articles(coding: str, *, packed: bool) -> None:
    """A page that answers 200 and shows an article is one; all else is passed over."""
    items = read(
        archive(
            (URL, "200 OK", f"text/html; charset={coding}", PAGE.encode(coding)),
            ("https://paper.example/a.jpg", "200 OK", "image/jpeg", b"\xff"),
            (URL, "404 Not Found", "text/html", PAGE.encode()),
            ("https://paper.example/", "200 OK", "text/html", "<html><body>홈</body></html>".encode()),
            packed=packed,
        )
    )

    (draft,) = (item for item in items if isinstance(item, Draft))
    assert (draft.place, draft.fields["title"]) == ("a.warc.gz#1", ARTICLES[0].title)
    assert [line_of(item) for item in items if isinstance(item, Remark)] == [
        "a.warc.gz: passed over pages without an article: 1"
    ]


def test_a_wacz_is_a_zip_of_web_archives() -> None:
    """Its lists and indexes are no articles."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as container:
        container.writestr("datapackage.json", "{}")
        container.writestr("pages/pages.jsonl", '{"title": "x"}\n')
        container.writestr("archive/data.warc.gz", archive((URL, "200 OK", "text/html", PAGE.encode())))

    items = read(file.getvalue(), "a.wacz")

    assert [item.place for item in items] == ["a.wacz/archive/data.warc.gz#1"]


def test_a_web_archive_that_is_cut_short() -> None:
    """What came before the tear is read, and the tear is told."""
    content = archive(*[(URL, "200 OK", "text/html", PAGE.encode())] * 2)

    items = read(content[:-200])

    assert isinstance(items[0], Draft)
    assert [item for item in items if isinstance(item, Reject)]


def test_the_file_of_the_formats_folder() -> None:
    """The example is read."""
    with open_source(data_file("formats/made/site.warc.gz")) as source:
        items = list(source)

    assert [item for item in items if isinstance(item, Draft)]
    assert not [item for item in items if isinstance(item, Reject)]
