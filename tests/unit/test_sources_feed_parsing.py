"""A feed is parsed in time, whatever stands in it."""

from __future__ import annotations

from io import BytesIO

import pytest

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.sources import feed_parsing
from gisa.sources.byte_reader import ByteReader
from gisa.sources.feed import FeedSource
from gisa.sources.feed_parsing import LONGEST_TAG, parse_feed
from tests.said import refused

ITEM = "<item><title>등대 {}</title><link>https://news.example/{}</link><pubDate>Thu, 01 Jan 2026 09:00:00 +0900</pubDate></item>"


def feed(*items: str) -> str:
    return f"<rss version='2.0'><channel><title>신문</title>{''.join(items)}</channel></rss>"


def titles(text: str) -> list[str]:
    return [entry["title"] for entry in parse_feed(text, url="").entries]


def test_a_tag_of_many_attributes_costs_itself_only() -> None:
    """300,000 attributes took more than eight minutes; the items around it are read."""
    hostile = ITEM.format("둘", 2).replace("<item>", "<item " + " ".join(f'a{n}="{n}"' for n in range(300_000)) + ">")

    assert titles(feed(ITEM.format("하나", 1), hostile, ITEM.format("셋", 3))) == ["등대 하나", "등대 둘", "등대 셋"]


def test_a_long_address_keeps_its_attributes() -> None:
    """An enclosure's address may have thousands of characters."""
    address = "https://news.example/" + "x" * (LONGEST_TAG - 200)
    item = ITEM.format("하나", 1).replace("</item>", f'<enclosure url="{address}" type="image/png"/></item>')

    assert parse_feed(feed(item), url="").entries[0]["enclosures"][0]["href"] == address


def test_a_large_feed_is_parsed_as_a_small_one() -> None:
    """In a process of its own, with the same entries and the same defect."""
    text = feed(*(ITEM.format(number, number) for number in range(50))) + "<unclosed>"

    here, there = parse_feed(text, url=""), parse_feed(text, url="", in_place=0)

    assert there == here
    assert there.defect


def test_a_feed_that_takes_too_long_is_refused() -> None:
    """Its process is ended, and the message says what to do."""
    with refused(SourceError, r"cannot be parsed within 0\.01 s — split it"):
        parse_feed(feed(ITEM.format(1, 1)), url="", within_s=0.01, in_place=0)


def test_a_refusal_names_the_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As every message about a source does."""
    monkeypatch.setattr(
        feed_parsing,
        "_parse",
        lambda text, url: (_ for _ in ()).throw(SourceError(Message(SourceCode.FEED_UNPARSED, error="torn"))),
    )

    with refused(SourceError, r"^a\.xml: cannot be parsed"):
        FeedSource(ByteReader(BytesIO(feed().encode()), name="a.xml", total_bytes=None))
