"""The wires of agencies: NewsML-G2, NewsML 1, NITF, YNewsML; updates, kills and embargoes."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from gisa.ingest.accept import accept, removal_of
from gisa.model import Article, Draft, Item, Reject, Remark, Removal, WithheldAs
from gisa.sources.opening import open_source, open_stream
from tests.conftest import data_file
from tests.said import line_of, reason_of

NOW = datetime(2026, 11, 27, tzinfo=UTC)

G2 = """<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:naru:1" version="2" xml:lang="ko">
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="np:NARU"><name>나루통신</name></provider>
<versionCreated>2025-11-03T10:00:00+09:00</versionCreated><firstCreated>2025-11-03T09:05:00+09:00</firstCreated>
<pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><by>홍예담 기자</by><subject qcode="s:1"><name>사회</name><broader qcode="s:0"><name>전체</name></broader></subject>
<subject qcode="s:2"><name>다리</name></subject><headline>나루대교 개통</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body><p>열렸다.</p><p>3&lt;5이다.</p></body></html></inlineXML></contentSet></newsItem>"""

NITF = """<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf><head><title>창 제목</title>
<docdata management-status="usable"><doc-id id-string="naru-1"/><date.issue norm="20251103T090500+0900"/></docdata>
<pubdata name="나루일보" edition.name="5판" position.section="사회" position.sequence="12"/></head>
<body><body.head><hedline><hl1>나루대교 개통</hl1><hl2>왕복 4차로</hl2></hedline><byline>By <person>홍예담</person></byline></body.head>
<body.content><p>열렸다.</p><media media-type="image"><media-reference source="https://naru.example/a.jpg"/>
<media-caption>개통식</media-caption></media><p>시는 기쁘다.</p></body.content></body></nitf>"""

NEWSML1 = """<?xml version="1.0"?><NewsML><NewsEnvelope><DateAndTime>20251103T100000+0900</DateAndTime></NewsEnvelope>
<NewsItem><Identification><NewsIdentifier><ProviderId>naru.example</ProviderId><DateId>20251103</DateId><NewsItemId>A1</NewsItemId>
<RevisionId PreviousRevision="0" Update="N">1</RevisionId></NewsIdentifier></Identification>
<NewsManagement><NewsItemType FormalName="News"/><FirstCreated>20251103T090500+0900</FirstCreated>
<ThisRevisionCreated>20251103T090500+0900</ThisRevisionCreated><Status FormalName="Usable"/></NewsManagement>
<NewsComponent><NewsLines><HeadLine>나루대교 개통</HeadLine><SubHeadLine>왕복 4차로</SubHeadLine><ByLine>홍예담 기자</ByLine></NewsLines>
<ContentItem><DataContent><body><body.content><p>열렸다.</p><p>시는 기쁘다.</p></body.content></body></DataContent></ContentItem>
</NewsComponent></NewsItem></NewsML>"""

YNEWSML = """<?xml version="1.0" encoding="utf-8"?><YNewsML><Header><Action>I</Action><ContentID>AKR1</ContentID>
<SendDate>20251103</SendDate><SendTime>090500</SendTime></Header><Metadata><Urgency>4</Urgency><Category code="1">사회</Category>
<Region code="11">나루</Region><Credit>나루통신</Credit></Metadata><NewsContent><Title>나루대교 개통</Title>
<Subtitle>왕복 4차로</Subtitle><Body>열렸다.
시는 기쁘다.</Body></NewsContent></YNewsML>"""


def read(text: str | bytes, name: str = "a.xml") -> list[Item]:
    content = text.encode() if isinstance(text, str) else text
    with open_stream(io.BytesIO(content), name) as source:
        return list(source)


def only(text: str | bytes) -> Article:
    (draft,) = (item for item in read(text) if isinstance(item, Draft))
    return accept(draft, now=NOW)


def removal(text: str) -> Removal | None:
    (draft,) = (item for item in read(text) if isinstance(item, Draft))
    return removal_of(draft)


def test_a_news_item_of_g2() -> None:
    """Headline, text, times, subjects and names come out of one item."""
    article = only(G2)

    assert (article.id, article.title, article.body) == ("urn:naru:1", "나루대교 개통", "열렸다.\n3<5이다.")
    assert (article.section, article.keywords, article.byline) == ("사회", ("다리",), ("홍예담 기자",))
    assert (article.publisher, article.lang) == ("나루통신", "ko")
    assert article.published_at == datetime(2025, 11, 3, 0, 5, tzinfo=UTC)
    assert article.modified_at == datetime(2025, 11, 3, 1, 0, tzinfo=UTC)


def test_a_message_of_many_items() -> None:
    """A message is a list of items; packages and pictures are passed over and counted."""
    item = G2.partition("?>")[2]
    picture = item.replace("ninat:text", "ninat:picture")
    items = read(
        f"<newsMessage><header><channel>A</channel></header><itemSet><packageItem/>{item}{picture}{item}</itemSet></newsMessage>"
    )

    assert [each.place for each in items if isinstance(each, Draft)] == ["a.xml#1", "a.xml#3"]
    assert [line_of(each) for each in items if isinstance(each, Remark)] == [
        "a.xml: passed over as no articles, of class picture: 1"
    ]


@pytest.mark.parametrize(
    "text", [pytest.param(NITF, id="nitf"), pytest.param(NEWSML1, id="newsml 1"), pytest.param(YNEWSML, id="ynewsml")]
)
def test_other_wires(text: str) -> None:
    """The same story comes out of every format."""
    article = only(text)

    assert (article.title, article.subtitle, article.body) == ("나루대교 개통", "왕복 4차로", "열렸다.\n시는 기쁘다.")
    assert article.published_at == datetime(2025, 11, 3, 0, 5, tzinfo=UTC)
    assert article.withheld_as is None


def test_what_nitf_says_of_print() -> None:
    """Edition, page, section and the picture with its caption are kept."""
    article = only(NITF)

    assert (article.id, article.publisher, article.edition, article.page, article.section) == (
        "naru-1",
        "나루일보",
        "5판",
        "12",
        "사회",
    )
    assert [(each.url, each.caption) for each in article.pictures] == [("https://naru.example/a.jpg", "개통식")]
    assert article.byline == ("홍예담",)


@pytest.mark.parametrize(
    ("text", "was", "becomes", "reason"),
    [
        pytest.param(G2, "stat:usable", "stat:canceled", WithheldAs.KILLED, id="g2 canceled"),
        pytest.param(G2, "stat:usable", "stat:withheld", WithheldAs.OTHER, id="g2 withheld"),
        pytest.param(NITF, 'status="usable"', 'status="killed"', WithheldAs.KILLED, id="nitf killed"),
        pytest.param(NITF, 'status="usable"', 'status="embargoed"', WithheldAs.EMBARGO, id="nitf embargoed"),
        pytest.param(NEWSML1, '"Usable"', '"Canceled"', WithheldAs.KILLED, id="newsml 1 canceled"),
        pytest.param(NEWSML1, '"Usable"', '"Embargoed"', WithheldAs.EMBARGO, id="newsml 1 embargoed"),
    ],
)
def test_what_the_agency_holds_back_is_withheld(text: str, was: str, becomes: str, reason: WithheldAs) -> None:
    """A kill and an embargo without an end keep a story from readers."""
    assert only(text.replace(was, becomes)).withheld_as is reason


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(G2.replace("stat:usable", "stat:canceled").replace("<headline>나루대교 개통</headline>", "").replace("<title>x</title>", ""), id="g2"),
        pytest.param(NITF.replace('"usable"', '"killed"').replace("<hl1>나루대교 개통</hl1><hl2>왕복 4차로</hl2>", "").replace("<title>창 제목</title>", ""), id="nitf"),
        pytest.param(NEWSML1.replace("Usable", "Canceled").replace("나루대교 개통", ""), id="newsml 1"),
        pytest.param(YNEWSML.replace("<Action>I", "<Action>D"), id="ynewsml"),
    ],
)  # fmt: skip
def test_a_kill_takes_the_story_down(text: str) -> None:
    """A kill that brings no story is the removal of the one it names."""
    found = removal(text)

    assert found is not None
    assert found.article_id in ("urn:naru:1", "naru-1", "naru.example/20251103/A1", "AKR1")


def test_an_embargo_with_an_end() -> None:
    """The story opens when the agency says."""
    article = only(G2.replace("<pubStatus", "<embargoed>2026-12-01T00:00:00+09:00</embargoed><pubStatus"))

    assert article.visible_from == datetime(2026, 11, 30, 15, tzinfo=UTC)


def test_an_embargo_that_cannot_be_read_stays_closed() -> None:
    """A story whose embargo is no date is withheld, not published."""
    article = only(G2.replace("<pubStatus", "<embargoed>월요일 조간</embargoed><pubStatus"))

    assert article.withheld_as is WithheldAs.EMBARGO


def test_an_update_is_the_same_article() -> None:
    """An update keeps its identifier, so that it becomes a revision."""
    assert only(NEWSML1).id == only(NEWSML1.replace('Update="N">1<', 'Update="U">2<')).id
    assert only(YNEWSML).id == only(YNEWSML.replace("<Action>I", "<Action>U")).id


@pytest.mark.parametrize("text", [G2, NITF, NEWSML1, YNEWSML])
def test_a_story_that_is_cut_short(text: str) -> None:
    """Half a story is a reject that says so."""
    (reject,) = read(text[:-60])

    assert isinstance(reject, Reject)
    assert "cut short" in reason_of(reject)


@pytest.mark.parametrize("text", [G2, NITF, NEWSML1, YNEWSML])
@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "cp949"])
def test_encodings(text: str, coding: str) -> None:
    """What is written beats what is declared."""
    assert only(text.encode(coding)).title == "나루대교 개통"


def test_an_entity_bomb_expands_nothing() -> None:
    """A DTD of its own is not read."""
    bomb = '<!DOCTYPE nitf [<!ENTITY a "하하"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    text = NITF.replace('<!DOCTYPE nitf SYSTEM "nitf.dtd">', bomb).replace("<p>열렸다.</p>", "<p>&b; &f;</p>")

    assert only(text).body.startswith("&b; &f;")


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("newsml-g2/LISTING_1_A_NewsML-G2_News_Item.xml", 1),
        ("newsml-g2/LISTING_2_NewsML-G2_Text_Document.xml", 1),
        ("newsml-g2/LISTING_22_Sports_story_in_NewsML-G2NITF.xml", 1),
        ("newsml-g2/LISTING_24_News_Message_conveying_a_complete_News_Package.xml", 0),
        ("newsml-g2/LISTING_25_An_NITF_marked-up_article_conveyed_in_inlineXML.xml", 1),
        ("made/yonhap_ynewsml.xml", 1),
    ],
)
def test_the_files_of_the_formats_folder(name: str, count: int) -> None:
    """Every example is read; a package of placeholders holds no story."""
    with open_source(data_file(f"formats/{name}")) as source:
        items = list(source)

    assert len([item for item in items if isinstance(item, Draft)]) == count
    assert not [item for item in items if isinstance(item, Reject)]
