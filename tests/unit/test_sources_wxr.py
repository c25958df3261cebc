"""The export of WordPress: what is an article, what of it is public, and what damage costs."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.ingest.accept import accept
from gisa.model import Article, Draft, Item, Reject, Remark, WithheldAs
from gisa.sources.opening import open_source, open_stream
from gisa.sources.wordpress import body_of, without_shortcodes
from gisa.sources.xml_elements import ElementCutter
from tests.conftest import data_file
from tests.said import Said, said

NOW = datetime(2026, 11, 27, tzinfo=UTC)
TOP = """<?xml version="1.0" encoding="UTF-8"?>
<!-- generator="WordPress/6.7" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>나루일보</title>
<link>https://naru.example</link><language>ko-KR</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login><![CDATA[hong]]></wp:author_login><wp:author_display_name><![CDATA[홍예담 기자]]></wp:author_display_name></wp:author>
"""
END = "</channel></rss>"
ITEM = """<item><title><![CDATA[나루대교 개통]]></title><link>https://naru.example/2025/11/bridge/</link>
<pubDate>Mon, 03 Nov 2025 00:05:00 +0000</pubDate><dc:creator><![CDATA[hong]]></dc:creator>
<guid isPermaLink="false">https://naru.example/?p=7</guid>
<content:encoded><![CDATA[<!-- wp:paragraph --><p>나루대교가 열렸다.</p><!-- /wp:paragraph -->
[caption id="a" width="300"]<img src="https://naru.example/b.jpg" alt="다리"/> 3일 열린 나루대교[/caption]
<p>시는 [단독] 보도를 부인했다.</p>[gallery ids="1,2"]]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>7</wp:post_id><wp:post_date>2025-11-03 09:05:00</wp:post_date><wp:post_date_gmt>2025-11-03 00:05:00</wp:post_date_gmt>
<wp:post_modified_gmt>2025-11-03 01:00:00</wp:post_modified_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:post_password></wp:post_password><category domain="post_tag" nicename="b">다리</category>
<category domain="category" nicename="s">사회</category></item>
"""


def read(text: str | bytes) -> list[Item]:
    content = text.encode() if isinstance(text, str) else text
    with open_stream(io.BytesIO(content), "site.xml") as source:
        return list(source)


def articles(items: list[Item]) -> list[Article]:
    return [accept(item, now=NOW) for item in items if isinstance(item, Draft)]


def test_an_article_of_wordpress() -> None:
    """Title, text, picture with caption, names, times in UTC and terms come out of one item."""
    (article,) = articles(read(TOP + ITEM + END))

    assert (article.title, article.body) == ("나루대교 개통", "나루대교가 열렸다.\n시는 [단독] 보도를 부인했다.")
    assert article.published_at == datetime(2025, 11, 3, 0, 5, tzinfo=UTC)
    assert article.modified_at == datetime(2025, 11, 3, 1, 0, tzinfo=UTC)
    assert (article.byline, article.publisher, article.section) == (("홍예담 기자",), "나루일보", "사회")
    assert (article.keywords, article.lang, article.url) == (("다리",), "ko-KR", "https://naru.example/2025/11/bridge/")
    (picture,) = article.pictures
    assert (picture.url, picture.caption, picture.alt) == ("https://naru.example/b.jpg", "3일 열린 나루대교", "다리")


@pytest.mark.parametrize(
    ("was", "becomes", "reason"),
    [
        pytest.param(">publish<", ">draft<", WithheldAs.DRAFT, id="draft"),
        pytest.param(">publish<", ">auto-draft<", WithheldAs.DRAFT, id="draft that WordPress saved"),
        pytest.param(">publish<", ">pending<", WithheldAs.PENDING, id="pending"),
        pytest.param(">publish<", ">private<", WithheldAs.PRIVATE, id="private"),
        pytest.param(">publish<", ">trash<", WithheldAs.TRASH, id="trash"),
        pytest.param(">publish<", ">future<", WithheldAs.SCHEDULED, id="scheduled for a day that is past"),
        pytest.param("<wp:post_password>", "<wp:post_password>1234", WithheldAs.PASSWORD, id="password"),
        pytest.param("<wp:status>publish</wp:status>", "", WithheldAs.OTHER, id="no status at all"),
    ],
)
def test_what_is_not_published_is_withheld(was: str, becomes: str, reason: WithheldAs) -> None:
    """An item that the site does not show is no public article."""
    (article,) = articles(read(TOP + ITEM.replace(was, becomes) + END))

    assert article.withheld_as is reason


@pytest.mark.parametrize("kind", ["page", "attachment", "nav_menu_item", "revision", "wp_block", "product", "feedback"])
def test_other_things_are_passed_over_and_told(kind: str) -> None:
    """Pages, menus, files and what plugins keep are no articles."""
    items = read(TOP + ITEM.replace("<wp:post_type>post", f"<wp:post_type>{kind}") + END)

    assert said(items) == [Said(Remark, "site.xml", f"passed over as no articles, of type {kind}: 1")]


def test_a_type_of_the_papers_own_is_read() -> None:
    """Papers keep their articles under types of their own."""
    assert articles(read(TOP + ITEM.replace("<wp:post_type>post", "<wp:post_type>np_news") + END))


def test_a_picture_by_its_number() -> None:
    """The lead picture is an item of its own."""
    picture = (
        "<item><title>bridge</title><wp:post_id>5</wp:post_id><wp:attachment_url>https://naru.example/lead.jpg</wp:attachment_url>"
        "<excerpt:encoded>개통식</excerpt:encoded><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type></item>"
    )
    meta = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>5</wp:meta_value></wp:postmeta></item>"

    (article,) = articles(read(TOP + picture + ITEM.replace("</item>", meta) + END))

    assert (article.pictures[0].url, article.pictures[0].caption) == ("https://naru.example/lead.jpg", "개통식")


@pytest.mark.parametrize("size", [1, 7, 64, 5_000])
def test_cutting_does_not_depend_on_chunks(size: int) -> None:
    """The items are the same however the stream is cut."""
    text = TOP + ITEM * 3 + END
    chunks = [text[at : at + size] for at in range(0, len(text), size)]

    assert list(ElementCutter("item").cut(chunks)) == list(ElementCutter("item").cut([text]))


@given(
    st.lists(
        st.sampled_from(["<item>", "</item>", "<item/>", "<![CDATA[", "]]>", "<!--", "-->", "가", "<", ">", "<itemx>"]),
        max_size=20,
    ),
    st.integers(1, 30),
)
def test_cutting_never_fails(parts: list[str], size: int) -> None:
    """Whatever tags and marks follow one another, the cutter ends, and gives the same in chunks and at once."""
    text = "".join(parts)
    chunks = [text[at : at + size] for at in range(0, len(text), size)]

    at_once = list(ElementCutter("item").cut([text]))

    assert list(ElementCutter("item").cut(chunks)) == at_once


def test_an_item_in_a_text_is_text() -> None:
    """Tags inside CDATA and comments part nothing."""
    items = read(
        TOP
        + ITEM.replace("나루대교가 열렸다.", "</item><item> 나루대교가 열렸다.").replace(
            "<item><title>", "<item><!-- </item> --><title>"
        )
        + END
    )

    assert len(articles(items)) == 1


def test_a_file_that_is_cut_short() -> None:
    """What stands before the tear is read; the torn item is named."""
    items = read((TOP + ITEM * 2)[: -len(ITEM) // 2])

    assert len(articles(items)) == 1
    assert said(items) == [Said(Reject, "site.xml#2", "the item is cut short — export the site again")]


def test_one_broken_item_costs_itself_alone() -> None:
    """A bare & and a tag that is not closed are mended or told; the items beside them are read."""
    items = read(
        TOP
        + ITEM
        + ITEM.replace("?p=7", "?p=8&x=1").replace('<category domain="post_tag"', '<b><category domain="post_tag"')
        + ITEM
        + END
    )

    assert len(articles(items)) == 3
    assert [item.place for item in items if isinstance(item, Remark)] == ["site.xml#2"]


def test_an_entity_bomb_expands_nothing() -> None:
    """The DTD is never read: an entity of its own stays as it is written."""
    bomb = '<!DOCTYPE rss [<!ENTITY a "하하하하"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    text = TOP.replace("<rss", f"{bomb}<rss") + ITEM.replace("<![CDATA[나루대교 개통]]>", "나루 &b; 개통 &file;") + END

    (article,) = articles(read(text))

    assert article.title == "나루 &b; 개통 &file;"


def test_an_item_that_is_too_large_is_named() -> None:
    """One item beyond the limit is passed over; the next one is read."""
    text = TOP + ITEM.replace("나루대교가 열렸다.", "가" * 10_000) + ITEM + END

    cuts = list(ElementCutter("item", limit=5_000).cut([text[at : at + 1_000] for at in range(0, len(text), 1_000)]))

    assert [(cut.number, cut.text is None) for cut in cuts] == [(0, False), (1, True), (2, False)]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("[단독] 가", "[단독] 가"),
        ("[sic] a", "[sic] a"),
        ("[gallery]가", "가"),
        ('[vc_row gap="1"]가[/vc_row]', "가"),
        ("[su_box]가[/su_box]", "가"),
        ('[embed width="1"]https://a.example[/embed]', "https://a.example"),
    ],
)
def test_shortcodes(text: str, plain: str) -> None:
    """A shortcode goes, its content stays; brackets of headlines are none."""
    assert without_shortcodes(text) == plain


def test_paragraphs_by_blank_lines() -> None:
    """The old editor wrote no <p>: its line breaks part the text."""
    assert body_of("첫 문단\n\n둘째 <b>문단</b>") == ("첫 문단<br><br>둘째 <b>문단</b>", [])


def test_the_files_of_the_formats_folder() -> None:
    """Of the export with private items one article is public, and each other is withheld for its reason."""
    path = data_file("formats/made/wxr_private.xml")

    with open_source(path) as source:
        found = articles(list(source))

    assert [article.withheld_as for article in found] == [
        None, WithheldAs.PRIVATE, WithheldAs.DRAFT, WithheldAs.PASSWORD, WithheldAs.TRASH, None,
    ]  # fmt: skip
    assert found[-1].visible_from == datetime(2027, 12, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "count"), [("small-export", 6), ("wxr-comprehensive", 1), ("crazy-cdata", 1), ("malformed", 0)]
)
def test_exports_of_wordpress_itself(name: str, count: int) -> None:
    """The exports that WordPress's importer is tested with are read."""
    path: Path = data_file(f"formats/wxr/{name}.xml")

    with open_source(path) as source:
        assert len(articles(list(source))) == count
