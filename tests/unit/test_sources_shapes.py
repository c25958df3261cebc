"""Records of known products: WordPress's REST answers, Ghost, ninjs, BIG KINDS."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from gisa.errors import SourceError
from gisa.ingest.accept import accept, removal_of
from gisa.model import Access, Article, Draft, Item, Reject, Remark, WithheldAs
from gisa.sources.bigkinds import byline, published_at
from gisa.sources.opening import open_source, open_stream
from tests.conftest import data_file
from tests.said import Said, line_of, refused, said

NOW = datetime(2026, 11, 27, tzinfo=UTC)


def read(value: object, name: str = "a.json") -> list[Item]:
    content = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    with open_stream(io.BytesIO(content), name) as source:
        return list(source)


def articles(items: list[Item]) -> list[Article]:
    return [accept(item, now=NOW) for item in items if isinstance(item, Draft)]


REST: dict[str, Any] = {
    "id": 7,
    "date": "2025-11-03T09:05:00",
    "date_gmt": "2025-11-03T00:05:00",
    "modified_gmt": "2025-11-03T01:00:00",
    "guid": {"rendered": "https://naru.example/?p=7"},
    "link": "https://naru.example/bridge/",
    "status": "publish",
    "type": "post",
    "title": {"rendered": "나루대교 &#8216;개통&#8217;"},
    "content": {"rendered": "<p>열렸다.</p>", "protected": False},
    "excerpt": {"rendered": "<p>열</p>", "protected": False},
    "categories": [3],
    "_embedded": {
        "author": [{"id": 1, "name": "홍예담 기자"}],
        "wp:term": [[{"taxonomy": "category", "name": "사회"}], [{"taxonomy": "post_tag", "name": "다리"}]],
        "wp:featuredmedia": [
            {"source_url": "https://naru.example/a.jpg", "caption": {"rendered": "개통식"}, "alt_text": "다리"}
        ],
    },
}


def test_a_post_of_the_rest_interface() -> None:
    """Names come out of ``_embedded``; times are the database's UTC."""
    (article,) = articles(read([REST]))

    assert (article.title, article.body, article.section) == ("나루대교 ‘개통’", "열렸다.", "사회")
    assert article.published_at == datetime(2025, 11, 3, 0, 5, tzinfo=UTC)
    assert (article.byline, article.keywords) == (("홍예담 기자",), ("다리",))
    assert (article.pictures[0].caption, article.withheld_as) == ("개통식", None)
    assert article.extra == {}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": "draft"}, WithheldAs.DRAFT),
        ({"status": "private"}, WithheldAs.PRIVATE),
        ({"content": {"rendered": "", "protected": True}}, WithheldAs.PASSWORD),
    ],
)
def test_posts_that_are_not_public(changes: dict[str, Any], reason: WithheldAs) -> None:
    """A draft and a post behind a password stay out of sight."""
    (article,) = articles(read([REST | changes]))

    assert article.withheld_as is reason


def test_pages_are_passed_over() -> None:
    """A page is no article; the report counts it."""
    assert said(read([REST | {"type": "page"}])) == [
        Said(Remark, "a.json", "passed over as no articles, of type page: 1")
    ]


def ghost(*posts: dict[str, Any]) -> dict[str, Any]:
    tables = {
        "posts": list(posts),
        "tags": [{"id": "t1", "name": "사회"}, {"id": "t2", "name": "다리"}],
        "posts_tags": [
            {"post_id": "p1", "tag_id": "t2", "sort_order": 1},
            {"post_id": "p1", "tag_id": "t1", "sort_order": 0},
        ],
        "users": [{"id": "u1", "name": "홍예담"}],
        "posts_authors": [{"post_id": "p1", "author_id": "u1", "sort_order": 0}],
    }
    return {"db": [{"meta": {"exported_on": 1, "version": "5.0"}, "data": tables}]}


POST: dict[str, Any] = {
    "id": "p1", "title": "나루대교 개통", "slug": "bridge", "html": "<p>열렸다.</p>", "lexical": None, "type": "post",
    "status": "published", "visibility": "public", "published_at": "2025-11-03T00:05:00.000Z", "custom_excerpt": "왕복 4차로",
    "created_at": "2025-11-01T00:00:00.000Z", "feature_image": "https://naru.example/a.jpg",
}  # fmt: skip


def test_an_export_of_ghost() -> None:
    """Tags and authors are joined, in the editor's order; the first tag is the section."""
    (article,) = articles(read(ghost(POST)))

    assert (article.title, article.body, article.subtitle) == ("나루대교 개통", "열렸다.", "왕복 4차로")
    assert (article.section, article.keywords, article.byline) == ("사회", ("다리",), ("홍예담",))


@pytest.mark.parametrize(
    ("changes", "reason", "access"),
    [
        ({"status": "draft", "published_at": None}, WithheldAs.DRAFT, Access.PUBLIC),
        ({"status": "scheduled"}, WithheldAs.SCHEDULED, Access.PUBLIC),
        ({"status": "sent"}, WithheldAs.PRIVATE, Access.PUBLIC),
        ({"visibility": "members"}, None, Access.SUBSCRIBER),
        ({"visibility": "paid"}, None, Access.SUBSCRIBER),
    ],
)
def test_posts_of_ghost_that_are_not_for_all(
    changes: dict[str, Any], reason: WithheldAs | None, access: Access
) -> None:
    """What the site does not show is withheld; what it shows to members alone is for subscribers."""
    (article,) = articles(read(ghost(POST | changes)))

    assert (article.withheld_as, article.access) == (reason, access)


def test_a_ghost_export_that_is_cut_short() -> None:
    """Half an export says so and names the next step."""
    with refused(SourceError, "Ghost export that is cut short or damaged"):
        read(json.dumps(ghost(POST)).encode()[:-20])


@pytest.mark.parametrize(
    ("item", "title", "body"),
    [
        pytest.param({"uri": "u:1", "versioncreated": "2025-11-03T09:05:00+09:00", "headline": "가", "body_xhtml": "<p>나</p><p>다</p>", "body_text": "나 다"}, "가", "나\n다", id="1"),
        pytest.param({"uri": "u:1", "versioncreated": "2025-11-03T09:05:00+09:00", "headline_main": "가", "body_main": "나"}, "가", "나", id="1 with roles"),
        pytest.param({"uri": "u:1", "versionCreated": "2025-11-03T09:05:00+09:00", "headlines": [{"role": "main", "value": "가"}], "bodies": [{"role": "main", "contentType": "text/plain", "value": "나"}]}, "가", "나", id="2 and 3"),
    ],
)  # fmt: skip
def test_a_news_item_of_ninjs(item: dict[str, Any], title: str, body: str) -> None:
    """Headline and text are found in every version, alone or in a list."""
    for value in (item, [item], {"items": [item]}):
        (article,) = articles(read(value))

        assert (article.id, article.title, article.body) == ("u:1", title, body)


NINJS = {
    "uri": "u:1",
    "type": "text",
    "versioncreated": "2025-11-03T09:05:00+09:00",
    "headline": "가",
    "body_text": "나",
}


def test_a_canceled_item_is_killed() -> None:
    """``pubstatus`` canceled takes an article out of sight, and an item without a headline takes it down."""
    (article,) = articles(read(NINJS | {"pubstatus": "canceled"}))
    (item,) = read(
        {"uri": "u:1", "versioncreated": "2025-11-03T09:05:00+09:00", "pubstatus": "canceled", "headline": ""}
    )

    assert article.withheld_as is WithheldAs.KILLED
    assert isinstance(item, Draft)
    removal = removal_of(item)
    assert removal is not None
    assert removal.article_id == "u:1"


def test_an_embargoed_item_opens_at_its_time() -> None:
    """``embargoed`` is when readers may see it."""
    (article,) = articles(read(NINJS | {"embargoed": "2025-11-04T00:00:00+09:00"}))

    assert article.visible_from == datetime(2025, 11, 3, 15, tzinfo=UTC)


def test_pictures_are_no_articles() -> None:
    """An item of a picture is counted and passed over."""
    assert said(read(NINJS | {"type": "picture"})) == [
        Said(Remark, "a.json", "passed over as no articles, of type picture: 1")
    ]


@pytest.mark.parametrize(
    ("identifier", "day", "expected"),
    [
        pytest.param("01100101.20251103090512001", "20251103", "2025-11-03T09:05:12+09:00", id="the same day"),
        pytest.param("01100101.20251103090512001", 20251103.0, "2025-11-03T09:05:12+09:00", id="a number"),
        pytest.param("01100101.20251103090512001", date(2025, 11, 3), "2025-11-03T09:05:12+09:00", id="a date"),
        pytest.param("01100101.20251104000512001", "20251103", "20251103", id="another day"),
        pytest.param("01100101.20251103250512001", "20251103", "20251103", id="no hour"),
        pytest.param(None, "20251103", "20251103", id="no identifier"),
    ],
)
def test_the_time_of_a_bigkinds_row(identifier: object, day: object, expected: object) -> None:
    """The identifier's time is the article's only if its day is."""
    assert published_at(identifier, day) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("홍예담 기자", ["홍예담 기자"]),
        ("부산=홍예담|기자", ["홍예담 기자"]),
        ("홍예담(hong@naru.example)", ["홍예담"]),
        ("홍예담 기자 hong@naru.example", ["홍예담 기자"]),
        ("홍예담·김하늘 기자", ["홍예담", "김하늘 기자"]),
        ("나루일보", []),
        ("", []),
    ],
)
def test_the_byline_of_a_bigkinds_row(text: str, names: list[str]) -> None:
    """Places, roles and mail are taken apart; the paper's own name is nobody's."""
    assert byline(text, publisher="나루일보") == names


def test_a_bigkinds_row_is_an_excerpt() -> None:
    """A text that was cut at 200 characters is marked; what was left out of the analysis is counted."""
    header = "뉴스 식별자,일자,언론사,기고자,제목,통합 분류1,본문,URL,분석제외 여부\n"
    row = f"01100101.20251103090512001,20251103,나루일보,홍예담,나루대교 개통,지역>부산,{'가' * 200},https://naru.example/1,중복\n"

    items = read((header + row).encode(), "a.csv")

    (article,) = articles(items)
    assert (article.excerpt, article.section, article.byline) == (True, "지역", ("홍예담",))
    assert [line_of(item) for item in items if isinstance(item, Remark)] == [
        "a.csv: rows marked 분석제외 (중복), read all the same: 1"
    ]


@pytest.mark.parametrize(
    ("name", "count"),
    [("ghost/ghost.json", 3), ("ghost/multi-post-only.json", 3)]
    + [
        (f"ninjs/{version}-{kind}.json", 1)
        for version in ("1.6", "2.2", "3.1")
        for kind in ("001_simple_example", "004_simple_text_article", "005_complex_text_article")
    ],
)
def test_the_files_of_the_formats_folder(name: str, count: int) -> None:
    """Every example of the formats folder is read without a reject."""
    with open_source(data_file(f"formats/{name}")) as source:
        items = list(source)

    assert len(articles(items)) == count
    assert not [item for item in items if isinstance(item, Reject)]
