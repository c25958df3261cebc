"""The table of formats: which one a file is in, and that a new one needs nothing but its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gisa.errors import ConfigError, SourceError
from gisa.model import Draft, Item
from gisa.sources.byte_reader import lines
from gisa.sources.format import Fit, Format, Head
from gisa.sources.formats import FORMATS, format_named, format_of
from gisa.sources.opening import Wishes, open_source
from gisa.sources.source import FileSource
from tests.said import refused

RSS = "<rss version='2.0'><channel><item><title>가</title></item></channel></rss>"


class LedgerSource(FileSource):
    """The format of ``docs/adding-a-format.md``: headline, day and text with bars between them."""

    def __iter__(self) -> Iterator[Item]:
        for number, line in enumerate(lines(self._reader, newline=b"\n", limit=1 << 20), start=1):
            if number > 1 and line is not None:
                title, day, body = line.decode().split("|")
                yield Draft({"title": title, "published_at": day, "body": body}, f"{self.name}:{number}")


LEDGER = Format(
    name="ledger",
    title="Ledger",
    endings=(".ledger",),
    sniff=lambda head: Fit.SURE if head.text.startswith("#ledger") else Fit.NO,
    open=lambda reader, origin: LedgerSource(reader),
)


def test_a_new_format_needs_only_its_line(tmp_path: Path) -> None:
    """A format in the table is found by its content and opened, whatever the file is called."""
    path = tmp_path / "a.csv"
    path.write_text("#ledger\n나루대교 개통|2025-11-03|문을 열었다.\n")

    with open_source(path, wishes=Wishes(formats=(*FORMATS, LEDGER))) as source:
        items = list(source)

    assert items == [
        Draft({"title": "나루대교 개통", "published_at": "2025-11-03", "body": "문을 열었다."}, f"{path}:2")
    ]


@pytest.mark.parametrize(
    ("content", "ending", "media_type", "name"),
    [
        pytest.param(RSS, "", "", "feed", id="content alone"),
        pytest.param(RSS, ".csv", "", "feed", id="content before ending"),
        pytest.param('<?xml version="1.0"?><!-- x --><urlset xmlns="u"><url/></urlset>', ".xml", "", "sitemap", id="sitemap"),
        pytest.param('<opml version="2.0"><body/></opml>', ".xml", "", "opml", id="xml is not forced to be a feed"),
        pytest.param("<nitf><head/></nitf>", ".xml", "", "nitf", id="nitf"),
        pytest.param("<!DOCTYPE html><html><head></head></html>", ".xml", "", "html", id="a page"),
        pytest.param("", ".rss", "", "feed", id="an empty file goes by its ending"),
        pytest.param("무엇", "", "text/csv", "csv", id="media type"),
        pytest.param("무엇", ".csv", "text/xml", "csv", id="ending before media type"),
        pytest.param('{"body": "<rss>"}', "", "", "json", id="a feed's mark inside JSON"),
    ],
)  # fmt: skip
def test_what_a_file_is(content: str, ending: str, media_type: str, name: str) -> None:
    """Content that can be only one thing comes first, then the ending, then the media type, then what it looks like."""
    found = format_of(Head(content.encode()), ending=ending, media_type=media_type)

    assert found is not None
    assert found.name == name


def test_a_forced_format(tmp_path: Path) -> None:
    """``--as`` reads a file as that format, whatever it looks like."""
    path = tmp_path / "a.xml"
    path.write_text("제목,본문,날짜\n가,나,2025-11-03\n")

    with open_source(path, wishes=Wishes(formats=(format_named("CSV"),))) as source:
        assert len(list(source)) == 1


def test_a_name_that_no_format_has() -> None:
    """A wrong ``--as`` says which names there are."""
    with refused(ConfigError, "no format is called 'pdf' — known are json, csv, wxr, "):
        format_named("pdf")


def test_names_are_given_once() -> None:
    """No two formats share a name."""
    names = [each.name for each in FORMATS]

    assert len(names) == len(set(names))


def test_a_page_names_its_feed(tmp_path: Path) -> None:
    """The home page of a site is refused with the address of the feed that it names."""
    path = tmp_path / "index.html"
    path.write_text(
        "<!doctype html><html><head><link rel='alternate' type='application/rss+xml'"
        " href='https://naru.example/rss?a=1&amp;b=2'></head></html>"
    )

    with refused(SourceError, r"gisa add https://naru\.example/rss\?a=1&b=2"):
        open_source(path)
