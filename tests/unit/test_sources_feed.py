"""RSS and Atom: which element fills which field, encodings, damage, and what a hostile feed cannot do."""

from __future__ import annotations

import gzip
import io
import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gisa
from gisa.errors import SourceError
from gisa.ingest.accept import accept
from gisa.model import SEOUL, Draft, Item, Reject, Remark
from gisa.sources.byte_reader import ByteReader
from gisa.sources.feed import FeedSource
from gisa.sources.html_text import html_to_text
from tests.said import Said, line_of, reason_of, refused, said

ITEM = """<item><title>AI센터 문 연다</title><link>https://news.naru.example/1</link>
<description>나루시가 AI센터를 연다.</description><pubDate>Wed, 24 Dec 2025 09:05:00 +0900</pubDate></item>"""
FIELDS = {
    "title": "AI센터 문 연다",
    "url": "https://news.naru.example/1",
    "body": "나루시가 AI센터를 연다.",
    "published_at": "Wed, 24 Dec 2025 09:05:00 +0900",
}


def rss(items: str, *, channel: str = "", declaration: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return (
        f'{declaration}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>나루일보</title><link>https://news.naru.example/</link>{channel}{items}</channel></rss>"
    )


def atom(entry: str) -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>나루일보</title><entry>{entry}</entry></feed>'


def read(content: str | bytes, *, charset: str | None = None, url: str | None = None) -> list[Item]:
    raw = content.encode() if isinstance(content, str) else content
    return list(
        FeedSource(ByteReader(io.BytesIO(raw), name="feed.xml", total_bytes=len(raw)), charset=charset, url=url)
    )


def fields_of(content: str | bytes, *, charset: str | None = None, url: str | None = None) -> dict[str, object]:
    (draft,) = read(content, charset=charset, url=url)
    assert isinstance(draft, Draft)
    return dict(draft.fields)


def item_fields(inner: str) -> dict[str, object]:
    return fields_of(rss(f"<item><title>제목</title><link>https://news.naru.example/1</link>{inner}</item>"))


def test_an_item_is_a_draft() -> None:
    """Headline, text, date and address arrive; the place is the item's number."""
    items = read(rss(ITEM + ITEM))

    assert [item.place for item in items] == ["feed.xml#1", "feed.xml#2"]
    assert isinstance(items[0], Draft)
    assert items[0].fields == FIELDS


def test_a_full_rss_item() -> None:
    """Everything a newspaper's feed can say lands in its field."""
    fields = fields_of(
        rss(
            """<item><title><![CDATA[“AI센터” &amp; 북항]]></title><link>https://news.naru.example/1</link>
            <guid isPermaLink="false">20251224-001</guid>
            <description>요약</description>
            <content:encoded><![CDATA[<p>첫 문단</p><p>둘째 <b>문단</b></p><script>track()</script>]]></content:encoded>
            <pubDate>2025-12-24 09:05:00</pubDate><dc:creator>김하늘 기자</dc:creator>
            <category>지역</category><category>AI센터</category><category>북항</category>
            <enclosure url="https://news.naru.example/1.jpg" type="image/jpeg" length="1"/></item>""",
            channel="<language>ko-KR</language>",
        )
    )

    assert re.fullmatch("g-[0-9a-f]{20}", str(fields.pop("id")))
    assert fields == {
        "title": "“AI센터” & 북항",
        "url": "https://news.naru.example/1",
        "body": "첫 문단\n둘째 문단",
        "published_at": "2025-12-24 09:05:00",
        "byline": ["김하늘 기자"],
        "section": "지역",
        "keywords": ["AI센터", "북항"],
        "image_url": "https://news.naru.example/1.jpg",
        "lang": "ko-KR",
    }


def test_a_full_atom_entry() -> None:
    """The same for Atom, with its two dates and its content in XHTML."""
    fields = fields_of(
        atom(
            """<title type="text">AI &lt;센터&gt; 문 연다</title><id>tag:naru.example,2025:1</id>
            <link href="https://news.naru.example/1"/><link rel="enclosure" type="image/png" href="https://a.example/1.png"/>
            <published>2025-12-24T09:05:00+09:00</published><updated>2025-12-24T10:00:00+09:00</updated>
            <author><name>김하늘</name></author><author><name>박바다</name></author>
            <category term="local" label="지역"/>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>첫 문단</p><p>둘째</p></div></content>"""
        )
    )

    assert str(fields.pop("id")).startswith("g-")
    assert fields == {
        "title": "AI <센터> 문 연다",
        "url": "https://news.naru.example/1",
        "body": "첫 문단\n둘째",
        "published_at": "2025-12-24T09:05:00+09:00",
        "modified_at": "2025-12-24T10:00:00+09:00",
        "byline": ["김하늘", "박바다"],
        "section": "지역",
        "image_url": "https://a.example/1.png",
    }


@pytest.mark.parametrize(
    ("inner", "name", "value"),
    [
        pytest.param(
            "<description>가 &amp;lt; 나 &amp;amp; 다</description>", "body", "가 < 나 & 다", id="escaped twice"
        ),
        pytest.param("<description>&lt;AI 시대&gt; 연재</description>", "body", "<AI 시대> 연재", id="angle brackets"),
        pytest.param("<dc:date>2025-12-24</dc:date>", "published_at", "2025-12-24", id="dc:date alone"),
        pytest.param(
            "<author>kim@naru.example (김하늘 기자)</author>",
            "byline",
            ["kim@naru.example (김하늘 기자)"],
            id="author with address",
        ),
        pytest.param("<author>김하늘 기자</author>", "byline", ["김하늘 기자"], id="author without"),
        pytest.param(
            '<media:content url="https://a.example/1.jpg"/>', "image_url", "https://a.example/1.jpg", id="media"
        ),
        pytest.param('<media:thumbnail url="/t.jpg"/>', "image_url", "https://news.naru.example/t.jpg", id="thumbnail"),
        pytest.param('<enclosure url="https://a.example/1.mp3" type="audio/mpeg"/>', "image_url", None, id="a sound"),
        pytest.param('<media:content url="data:image/png;base64,x" medium="image"/>', "image_url", None, id="data"),
        pytest.param("<guid>https://news.naru.example/1</guid>", "id", None, id="guid is the link"),
        pytest.param("<dc:publisher>나루일보</dc:publisher>", "publisher", "나루일보", id="publisher"),
        pytest.param("<category>정치</category><category>정치</category>", "keywords", None, id="a category twice"),
    ],
)
def test_elements_fill_fields(inner: str, name: str, value: object) -> None:
    """One element, one field; what cannot be used is left out rather than spoiling the article."""
    assert item_fields(inner).get(name) == value


def test_the_same_guid_in_two_papers_is_two_articles() -> None:
    """Papers count from 1: a guid identifies an article only together with its host."""
    ours = item_fields("<guid>1</guid>")["id"]
    theirs = fields_of(rss("<item><link>https://other.example/1</link><guid>1</guid></item>"))["id"]
    moved = fields_of(rss("<item><link>https://www.news.naru.example/new</link><guid> 1 </guid></item>"))["id"]

    assert ours != theirs
    assert ours == moved


def test_what_a_feed_gives_is_acceptable() -> None:
    """Drafts of feeds go through acceptance, dates in their own forms and addresses with blanks included."""
    item = ITEM.replace("example/1", "example/a b")

    (draft,) = read(rss(item))

    assert isinstance(draft, Draft)
    article = accept(draft, now=datetime(2025, 12, 24, tzinfo=UTC))
    assert article.published_at == datetime(2025, 12, 24, 9, 5, tzinfo=SEOUL)
    assert article.url == "https://news.naru.example/a%20b"


PLAIN = rss(ITEM, declaration="")
LABELLED = rss(ITEM, declaration='<?xml version="1.0" encoding="EUC-KR"?>\n')


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        pytest.param(PLAIN.encode(), None, id="UTF-8"),
        pytest.param(PLAIN.encode("utf-8-sig"), None, id="UTF-8 with a mark"),
        pytest.param(PLAIN.encode("utf-16"), None, id="UTF-16"),
        pytest.param(LABELLED.encode("cp949"), None, id="EUC-KR as declared"),
        pytest.param(LABELLED.encode("cp949"), "utf-8", id="EUC-KR as declared, the server wrong"),
        pytest.param(LABELLED.encode("cp949"), "iso-8859-1", id="EUC-KR as declared, the server vague"),
        pytest.param(LABELLED.encode(), None, id="UTF-8, declared EUC-KR"),
        pytest.param(PLAIN.encode("cp949"), None, id="EUC-KR, undeclared"),
        pytest.param(PLAIN.encode("cp949"), "EUC-KR", id="EUC-KR as the server says"),
        pytest.param(
            LABELLED.replace("EUC-KR", "x-no-such").encode("cp949"), "nonsense", id="EUC-KR, nonsense declared"
        ),
        pytest.param(gzip.compress(LABELLED.encode("cp949")), None, id="EUC-KR in gzip"),
        pytest.param(PLAIN.replace("AI", "\x08A\x1fI").encode(), None, id="control characters"),
        pytest.param(b"\n  " + LABELLED.encode("cp949"), None, id="blanks before the declaration"),
    ],
)
def test_every_encoding(content: bytes, charset: str | None) -> None:
    """The feed is read in the encoding it is written in, whatever is said of it."""
    assert fields_of(content, charset=charset) == FIELDS


def test_syllables_beyond_euc_kr() -> None:
    """A feed that says EUC-KR and means Windows' CP949 keeps its 똠방각하."""
    assert fields_of(LABELLED.replace("AI센터", "똠방각하").encode("cp949"))["title"] == "똠방각하 문 연다"


def test_western_encodings_are_believed_last() -> None:
    """A feed in Latin-1 is read as declared."""
    text = LABELLED.replace("EUC-KR", "ISO-8859-1")
    content = re.sub("[가-힣]+", "é", text).encode("latin-1")

    assert fields_of(content)["title"] == "AIé é é"


def test_damaged_bytes_are_told() -> None:
    """A feed with a few bad bytes is read, and the damage told once: no article is lost."""
    draft, remark = read(PLAIN.encode().replace("터".encode(), b"\xff", 1))

    assert isinstance(draft, Draft)
    assert draft.fields["title"] == "AI센\ufffd 문 연다"
    assert line_of(remark) == (
        "feed.xml: the feed is damaged: it holds bytes that are not UTF-8 — all of its 1 articles were read"
    )


@pytest.mark.parametrize(
    ("written", "title"),
    [
        pytest.param("문 & 연다", "AI센터 문 & 연다", id="a bare ampersand"),
        pytest.param("문&nbsp;연다", "AI센터 문 연다", id="an entity of HTML"),
        pytest.param("문 &#8;연다", "AI센터 문 연다", id="a reference to a forbidden character"),
        pytest.param("문 &#x48;연다", "AI센터 문 H연다", id="a reference"),
    ],
)
def test_what_breaks_xml_and_loses_nothing_is_mended(written: str, title: str) -> None:
    """What feeds are broken by most often costs nothing."""
    drafts = read(rss(ITEM.replace("문 연다", written, 1) + ITEM))

    assert [draft.fields["title"] for draft in drafts if isinstance(draft, Draft)] == [title, "AI센터 문 연다"]
    assert len(drafts) == 2


def test_damage_that_lost_nothing_is_a_remark() -> None:
    """A feed whose articles were all read is told with line and column, and no article counts as lost."""
    *drafts, remark = read(rss(ITEM.replace("문 연다", "<단독> 연다", 1) + ITEM))

    assert len(drafts) == 2
    assert isinstance(remark, Remark)
    assert re.search(r"the feed is damaged: .+ at line 1, column \d+ — all of its 2 articles", reason_of(remark))


def test_guids_that_are_not_distinct() -> None:
    """If one guid stands at several links, articles are known by their links."""
    one = "<item><title>가</title><link>https://naru.example/1</link><guid>0</guid></item>"

    remark, first, second = read(rss(one + one.replace("/1<", "/2<")))

    assert isinstance(remark, Remark)
    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert "id" not in first.fields
    assert "id" not in second.fields


def test_a_feed_cut_short_loses_only_the_cut_article() -> None:
    """Half an article is not an article."""
    drafts = read(rss(ITEM + ITEM).partition("연다.</description>")[0] + "연다.</description></item>" + ITEM[:120])

    assert [type(item) for item in drafts] == [Draft, Reject]
    assert "article 2 is cut off" in line_of(drafts[1])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            "<!DOCTYPE html><html><body>x</body></html>", "an HTML page, not an RSS or Atom feed — give", id="HTML"
        ),
        pytest.param("<html><p>x<br></html>", "an HTML page", id="HTML of old"),
        pytest.param(
            "<?xml version='1.0'?><urlset><url/></urlset>", "XML, but not an RSS or Atom feed", id="other XML"
        ),
        pytest.param("<rss><channel><item><title>가", "no article could be read from it as RSS or Atom: ", id="cut"),
        pytest.param("그냥 글", "no article could be read", id="plain text"),
    ],
)
def test_what_is_no_feed_is_refused(content: str, message: str) -> None:
    """A location that holds no feed is an error that says what it holds."""
    with pytest.raises(SourceError) as caught:
        read(content)

    assert gisa.say(caught.value).startswith(f"feed.xml: {message}")


def test_empty_feeds_yield_nothing() -> None:
    """An empty file and a feed without items are no errors."""
    assert read("") == read(" \n") == []
    assert said(read(rss(""))) == [Said(Remark, "feed.xml", "the feed holds no articles at the moment")]


def test_a_feed_too_large_is_refused() -> None:
    """The limit counts unpacked bytes."""
    packed = gzip.compress(b"<rss>" + b" " * (2 << 20))

    with refused(SourceError, "the feed is larger than 1 MB — split it"):
        FeedSource(ByteReader(io.BytesIO(packed), name="feed.xml", total_bytes=None), size_limit=1 << 20)


def test_no_external_entity_is_read(tmp_path: Path) -> None:
    """A feed cannot make Gisa read a file."""
    secret = tmp_path / "secret.txt"
    secret.write_text("암호는 나루")
    declared = f'<!DOCTYPE rss [<!ENTITY secret SYSTEM "{secret.as_uri()}">]>'

    items = read(rss(ITEM.replace("AI센터를", "&secret;"), declaration=declared))

    assert len(items) >= 1
    assert "암호" not in str(items)


def test_entities_do_not_explode() -> None:
    """A billion laughs stay a feed of a few hundred bytes."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<!DOCTYPE rss [<!ENTITY l0 "하">{laughs}]>'
    started = time.process_time()  # of this process, for the machine may be busy with others

    items = read(rss(ITEM.replace("AI센터를", "&l9;"), declaration=declared))

    assert time.process_time() - started < 5
    assert len(str(items)) < 10_000


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("그냥 글", "그냥 글", id="text"),
        pytest.param("<p>첫 문단</p>\n<p>둘째\n문단</p>", "첫 문단\n둘째 문단", id="paragraphs"),
        pytest.param("첫 줄<br>둘째 줄<br/><br />셋째", "첫 줄\n둘째 줄\n셋째", id="breaks"),
        pytest.param("<div>가<span>나</span>다</div><div>라</div>", "가나다\n라", id="inline and block"),
        pytest.param("A&amp;B &lt;b&gt; &#44032;&nbsp;&hellip;", "A&B <b> 가 …", id="entities"),
        pytest.param(
            "<style>p{}</style>가<script>alert('<p>')</script><!-- 나 -->다", "가다", id="scripts and comments"
        ),
        pytest.param("<ul><li>하나<li>둘</ul>", "하나\n둘", id="list"),
        pytest.param(
            "<table><tr><th>당</th><td>석</td></tr><tr><td>가</td><td>1</td></tr></table>", "당 석\n가 1", id="table"
        ),
        pytest.param("<pre>첫 줄\n  둘째</pre>", "첫 줄\n둘째", id="preformatted"),
        pytest.param("<AI 시대> 연재 <신간> 2 < 3", "<AI 시대> 연재 <신간> 2 < 3", id="no tags"),
        pytest.param("<o:p>가</o:p><my-tag>나</my-tag>", "가나", id="foreign tags"),
        pytest.param("<figure><img src='a'><figcaption>사진</figcaption></figure>글", "사진\n글", id="caption"),
        pytest.param("<b><p>닫지 않은</b> 글", "닫지 않은 글", id="unclosed"),
        pytest.param("<script>", "", id="nothing left"),
        pytest.param("", "", id="empty"),
        pytest.param("<![CDATA[x]]>가", "가", id="CDATA"),
    ],
)
def test_html_becomes_text(html: str, text: str) -> None:
    """The text is what a reader would see, one line a paragraph."""
    assert html_to_text(html) == text


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<div>" * 100_000 + "끝", id="deep"),
        pytest.param("<ul><li>" * 100_000 + "끝", id="lists"),
        pytest.param("".join(f"<b a={n}>" for n in range(30_000)) + "<p>x" * 30_000 + "끝", id="formatting"),
        pytest.param("끝" + "<!--" * 200_000, id="comments"),
        pytest.param("끝" + "<" * 500_000, id="brackets"),
        pytest.param("끝" + "&" * 500_000, id="ampersands"),
        pytest.param("끝<a " + "b " * 200_000, id="attributes"),
    ],
)
def test_hostile_html_takes_linear_time(html: str) -> None:
    """A megabyte of broken HTML is a second's work at most."""
    started = time.monotonic()

    text = html_to_text(html)

    assert time.monotonic() - started < 10
    assert "끝" in text


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["<p>", "</p>", "<b", ">", "&", "가", "<!--", "]]>", "<"])).map("".join)
)
def test_any_text_is_html(html: str) -> None:
    """Turning HTML into text never raises and leaves neither blank lines nor blanks at their ends."""
    text = html_to_text(html)

    assert all(line == line.strip(" \t") and line for line in text.split("\n")) or not text


PIECES = [
    "<item>",
    "</item>",
    "<title>",
    "</title>",
    "<link>http://[",
    "<pubDate>",
    "&x;",
    "<![CDATA[",
    "]]>",
    "<!",
    "가",
]
PIECES += [
    "<guid>",
    "<media:content url='http://[::'/>",
    "<author>",
    "<category>",
    "<?",
    "<!ENTITY",
    "<content type='x/y'>",
]


@given(
    st.binary(max_size=120)
    | st.lists(st.sampled_from(PIECES), max_size=12).map(lambda pieces: "".join(pieces).encode())
)
def test_any_bytes_are_drafts_or_rejects_or_no_feed(content: bytes) -> None:
    """No content makes the reader raise anything but SourceError."""
    head, _, tail = rss("|").partition("|")
    for attempt in (content, head.encode() + content, head.encode() + content + tail.encode()):
        try:
            items = read(attempt)
        except SourceError:
            continue
        assert all(isinstance(item, Draft | Reject | Remark) for item in items)
