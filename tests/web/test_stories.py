"""Stories on pages, in feeds, files and the API: one result with the others under it, the articles compared, related ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

import gisa
from gisa.model import Access
from gisa.web import create_app
from tests.stories.labelled import families
from tests.web.conftest import clock, still
from tests.web.visitor import Visitor, links, text, texts

FAMILIES = [[article for article, _ in family] for family in families()]
BRIDGE = FAMILIES[0]
FIRST, SECOND, THIRD, NEWEST, COUNCIL, ELSEWHERE = (each.id for each in BRIDGE)


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A paper with a story of four articles, and others; one has an id like an address of a story."""
    with gisa.open(tmp_path_factory.mktemp("stories"), clock=clock, monotonic=still) as library:
        library.add([replace(article, publisher="나루일보") for family in FAMILIES[:6] for article in family])
        library.add([replace(BRIDGE[4], id="odd/similar", title="다른 소식", body="짧다")])
        yield Visitor(create_app(library, clock=clock, monotonic=still))


def test_a_page_offers_to_group_and_leads_back(visitor: Visitor) -> None:
    """Both totals, and a way to the other kind of list; a grouped page says what its filters count."""
    apart = visitor.page("/search", q="나루대교")
    together = visitor.page("/search", q="나루대교", group="1")

    assert links(apart, ".found a") == ["/search?q=%EB%82%98%EB%A3%A8%EB%8C%80%EA%B5%90&group=1"]
    assert texts(apart, ".found") == ["‘나루대교’ 검색 결과 5건 묶어 보기(2건)"]
    assert texts(together, ".grouping") == [
        "기사 5건을 비슷한 기사끼리 2건으로 묶었습니다. 조건별 건수는 묶기 전의 기사 수입니다. 묶지 않고 모두 보기"
    ]
    assert links(together, ".grouping a") == ["/search?q=%EB%82%98%EB%A3%A8%EB%8C%80%EA%B5%90&group=0"]


def test_the_others_stand_under_a_result(visitor: Visitor) -> None:
    """Newest first, each with its publisher and time; the page works without script."""
    page = visitor.page("/search", q="나루대교", group="1")

    assert texts(page, ".similar summary") == ["비슷한 기사 3건"]
    assert links(page, ".similar li a") == [f"/articles/{each}" for each in (THIRD, SECOND, FIRST)]
    assert links(page, ".similar p a") == [f"/articles/{NEWEST}/similar"]
    assert texts(visitor.page("/search", q="나루대교"), ".similar") == []


def test_nothing_is_offered_where_nothing_repeats(visitor: Visitor) -> None:
    """A page whose results tell different stories says nothing of grouping."""
    assert links(visitor.page("/search", q="바다대교"), ".found a") == []


def test_the_articles_of_a_story_are_compared(visitor: Visitor) -> None:
    """The one printed first first; of the others what they add, drop and change beside it."""
    page = visitor.page(f"/articles/{THIRD}/similar")

    assert texts(page, "h2") == [BRIDGE[0].title, BRIDGE[1].title, BRIDGE[2].title, BRIDGE[3].title]
    assert texts(page, ".meta")[0] == "나루일보2026년 3월 4일 10:05가장 먼저 나온 기사"
    assert texts(page, ".meta")[1].endswith("같은 문장 3 · 추가 2 · 삭제 0 · 수정 0")
    assert texts(page, ".meta")[2].endswith("보던 기사")
    assert text(visitor.page(f"/articles/{THIRD}/similar", lang="en"), "h1") == "Similar articles"


def test_of_a_long_story_the_page_says_how_many_it_shows(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first printed and the one that the reader came from, and how many there are."""
    whole = visitor.get(f"/articles/{SECOND}/similar").text
    monkeypatch.setattr("gisa.library.beside.SHOWN", 2)
    page = visitor.page(f"/articles/{NEWEST}/similar")

    assert texts(page, "h2") == [BRIDGE[0].title, BRIDGE[3].title]
    assert "기사 4건입니다." in text(page, "main")
    assert "2건을 보여 드립니다." in text(page, "main")
    assert "건을 보여 드립니다." not in whole


def test_an_article_alone_says_so(visitor: Visitor) -> None:
    """Its page of similar articles has none, and nothing leads there."""
    assert "비슷한 기사가 없습니다." in visitor.get(f"/articles/{COUNCIL}/similar").text
    assert links(visitor.page(f"/articles/{COUNCIL}"), "p.beside a") == []


def test_an_article_leads_to_its_story_and_to_related_ones(visitor: Visitor) -> None:
    """Related articles tell another story."""
    page = visitor.page(f"/articles/{NEWEST}")
    related = links(page, "nav.beside a")

    assert texts(page, "p.beside a") == ["비슷한 기사 3건"]
    assert f"/articles/{COUNCIL}" in related
    assert not {f"/articles/{each}" for each in (FIRST, SECOND, THIRD, NEWEST)} & set(related)


def test_an_id_that_ends_like_the_address_is_an_article(visitor: Visitor) -> None:
    """It is shown as every other, also by the API; what is not there is not found."""
    assert text(visitor.page("/articles/odd%2Fsimilar"), "h1") == "다른 소식"
    assert visitor.get("/api/articles/odd%2Fsimilar").json()["data"]["title"] == "다른 소식"
    assert visitor.get("/articles/none/similar").status_code == 404
    assert visitor.get("/api/articles/none/related").status_code == 404


def test_the_api_says_the_same(visitor: Visitor) -> None:
    """Search, the articles of a story, related ones."""
    found = visitor.get("/api/search", q="나루대교", group="true", limit="1").json()
    similar = visitor.get(f"/api/articles/{THIRD}/similar").json()
    related = visitor.get(f"/api/articles/{THIRD}/related", limit="1").json()

    data, meta = found["data"], found["meta"]
    assert (data["total"], data["stories"], data["grouped"], meta["total_pages"]) == (5, 2, True, 2)
    council, bridge = visitor.get("/api/search", q="나루대교", group="true").json()["data"]["hits"]
    assert (council["similar_total"], bridge["similar_total"]) == (0, 3)
    assert [each["id"] for each in bridge["similar"]] == [THIRD, SECOND, FIRST]
    assert [each["article"]["id"] for each in similar["data"]["articles"]] == [FIRST, SECOND, THIRD, NEWEST]
    assert similar["data"]["articles"][1]["added"][0].startswith("사업비 1320억원")
    assert similar["meta"]["total"] == 4
    assert len(related["data"]["articles"]) == 1
    assert related["data"]["articles"][0]["id"] not in {FIRST, SECOND, THIRD, NEWEST}


def test_feeds_and_files_hold_each_story_once_if_asked(visitor: Visitor) -> None:
    """``group=1`` in their address means what it means on the page."""
    feed = visitor.get("/search.json", q="나루대교", group="1").json()
    rows = visitor.get("/api/export", q="나루대교", group="1", format="jsonl").text

    assert [each["id"] for each in feed["items"]] == [COUNCIL, NEWEST]
    assert [row["id"] for row in map(json.loads, rows.splitlines()) if "id" in row] == [COUNCIL, NEWEST]


def test_a_takedown_is_followed_on_every_page(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The next article stands for the story at once, and the removed one is named nowhere, also where pages are cached."""
    with gisa.open(tmp_path_factory.mktemp("takedown"), clock=clock, monotonic=still) as library:
        library.add(BRIDGE[:4])
        visitor = Visitor(create_app(library, clock=clock, monotonic=still))
        paths = ["/search?q=나루대교&group=1", f"/articles/{FIRST}/similar", f"/articles/{FIRST}"]
        before = [visitor.get(path).text for path in paths]
        library.remove([NEWEST])
        after = [visitor.get(path).text for path in paths]

    assert NEWEST in before[0]
    assert not any(NEWEST in page for page in after)
    assert all("비슷한 기사 2건" in page for page in (after[0], after[2]))


def test_what_is_for_subscribers_is_not_compared(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where only the beginning may be read, no sentence of the rest is shown as added or dropped."""
    one, other = (
        BRIDGE[1],
        replace(BRIDGE[2], access=Access.SUBSCRIBER, body=BRIDGE[1].body + " 구독자만 읽는 문장이다." * 9),
    )
    with gisa.open(tmp_path_factory.mktemp("subscribers"), clock=clock, monotonic=still) as library:
        library.add([one, other])
        seen = Visitor(create_app(library, clock=clock, monotonic=still)).get(f"/articles/{one.id}/similar").text

    assert "구독자만" not in seen
