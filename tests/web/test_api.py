"""The REST API: one envelope, one problem shape, strict parameters, its own description."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from fastapi import FastAPI

from gisa.library import Library
from gisa.web.problems import EVERY_PROBLEM
from tests.web.visitor import Visitor, text, texts

CLI_HIT = {"id", "title", "published_at", "section", "url", "snippet", "score"}
CLI_ANSWER = {"query", "total", "hits", "notices"}


def problem(response: Any, status: int) -> dict[str, Any]:
    """The problem a response holds; it must have the one shape."""
    body: dict[str, Any] = response.json()
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "instance"} <= set(body)
    assert body["status"] == status
    assert body["type"] in {known.type for known in EVERY_PROBLEM}
    assert "?" not in body["instance"]
    return body


def test_a_search_answers_in_the_envelope(visitor: Visitor) -> None:
    """``data`` is what ``gisa search --json`` prints and more; ``meta`` says how it was asked."""
    body = visitor.get("/api/search", q="바다", limit=2, offset=1, sort="oldest", facets="true").json()
    data, meta = body["data"], body["meta"]

    assert set(body) == {"data", "meta"}
    assert set(data) >= CLI_ANSWER
    assert all(set(hit) >= CLI_HIT for hit in data["hits"])
    assert (data["total"], [hit["id"] for hit in data["hits"]]) == (65, ["sea-63", "sea-62"])
    assert meta.pop("next_cursor").startswith("o-")
    assert visitor.get(f"/sets/{meta.pop('set_id')}").status_code == 200
    assert meta == {
        "sort": "oldest", "match": "all", "limit": 2, "offset": 1, "total_pages": 33, "next_offset": 3
    }  # fmt: skip
    assert {facet["value"]: facet["count"] for facet in data["facets"]["section"]}["경제"] == 22
    assert [facet["value"] for facet in data["facets"]["period"]] == [
        "all",
        "today",
        "week",
        "month",
        "quarter",
        "year",
    ]


def test_a_hit_says_where_it_was_found(visitor: Visitor) -> None:
    """Highlights are spans of the headline and of the snippet; the time carries its zone; href leads to the page."""
    hit = visitor.get("/api/search", q="바다 등대", limit=1).json()["data"]["hits"][0]

    start, end = hit["highlights"]["title"][0]
    assert hit["title"][start:end] == "바다"
    assert {hit["snippet"][start:end] for start, end in hit["highlights"]["snippet"]} == {"바다", "등대"}
    assert datetime.fromisoformat(hit["published_at"]).utcoffset() is not None
    assert visitor.get(hit["href"]).status_code == 200


def test_pages_follow_one_another(visitor: Visitor) -> None:
    """Following ``next_offset`` shows every hit once."""
    offset: int | None = 0
    found: list[str] = []
    while offset is not None:
        body = visitor.get("/api/search", q="바다", limit=30, offset=offset).json()
        found += [hit["id"] for hit in body["data"]["hits"]]
        offset = body["meta"]["next_offset"]

    assert found == [f"sea-{number:02}" for number in range(65)]


def test_filters_and_notices_travel(visitor: Visitor) -> None:
    """Days, section and match narrow or widen; how a query was read is told."""
    narrowed = visitor.get(
        "/api/search", None, **{"q": "바다", "from": "2026-11-10", "to": "2026-11-10", "section": "지역"}
    )
    relaxed = visitor.get("/api/search", q="바다 우주엘리베이터").json()["data"]
    either = visitor.get("/api/search", q="바다 우주엘리베이터", match="any").json()["data"]

    assert narrowed.json()["data"]["total"] == 1
    assert relaxed["relaxed"] is True
    assert [notice["code"] for notice in relaxed["notices"]] == ["relaxed", "nowhere"]
    assert (either["relaxed"], either["total"]) == (False, 65)


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"limit": "101"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"offset": "-1"}, "offset"),
        ({"offset": "9" * 30}, "offset"),
        ({"sort": "best"}, "sort"),
        ({"period": "decade"}, "period"),
        ({"match": "some"}, "match"),
        ({"from": "2025-13-45"}, "from"),
        ({"to": "gestern"}, "to"),
        ({"facets": "perhaps"}, "facets"),
        ({"form": "2025-01-01"}, "form"),
        ({"from": "2025-02-01", "period": "week"}, "period"),
        ({"cursor": "next"}, "cursor"),
    ],
)
def test_an_invalid_parameter_is_named(visitor: Visitor, parameters: dict[str, Any], named: str) -> None:
    """422 with the parameter's name and the reason; unknown parameters are refused too; values are not repeated."""
    body = problem(visitor.get("/api/search", q="바다비밀", **parameters), 422)

    assert [item["parameter"] for item in body["errors"]] == [named]
    assert "바다비밀" not in str(body)


def test_an_article_is_served_in_full(visitor: Visitor) -> None:
    """Every field, the revision, and highlights when there is a query."""
    plain = visitor.get("/api/articles/sea-01").json()
    marked = visitor.get("/api/articles/sea-01", q="등대").json()["data"]

    assert plain["data"]["byline"] == ["오세림 기자"]
    assert plain["meta"] == {"revision": 1}
    assert plain["data"]["highlights"] == {"title": [], "body": []}
    assert {marked["body"][start:end] for start, end in marked["highlights"]["body"]} == {"등대"}


def test_what_a_source_sent_beyond_the_fields_is_not_published(library: Library) -> None:
    """Unknown fields are kept in the archive, not shown to the public."""
    from gisa.web import create_app

    library.add(
        [{"id": "1", "title": "제목", "body": "본문", "published_at": "2026-01-01T00:00:00Z", "desk_note": "극비"}]
    )

    assert "극비" not in Visitor(create_app(library)).get("/api/articles/1").text


@pytest.mark.parametrize(
    ("path", "status"), [("/api/articles/none", 404), ("/api/articles/sea-99", 410), ("/api", 404), ("/api/x/y", 404)]
)
def test_what_is_not_there_is_a_problem(visitor: Visitor, path: str, status: int) -> None:
    """Unknown articles, removed articles and unknown routes under /api alike."""
    assert problem(visitor.get(path), status)["instance"] == path


def test_a_wrong_method_is_a_problem(visitor: Visitor) -> None:
    """With the methods that are allowed."""
    response = visitor.ask("POST", "/api/search")

    problem(response, 405)
    assert "GET" in response.headers["allow"]


def test_health_says_what_can_be_found(visitor: Visitor) -> None:
    """Ready, with the number of articles and how far the index is."""
    body = visitor.get("/api/health").json()

    assert body["data"]["ready"] is True
    assert body["data"]["articles"] == 66
    assert body["data"]["change_seq"] == body["data"]["indexed_change_seq"] == 70


def test_nobody_else_s_page_may_read_the_api(visitor: Visitor) -> None:
    """Cross-origin reading is off."""
    response = visitor.get("/api/search", {"origin": "https://elsewhere.example"}, q="바다")

    assert "access-control-allow-origin" not in response.headers


def test_the_description_names_every_route_and_the_problem(visitor: Visitor) -> None:
    """OpenAPI lists the API's routes only, with problem+json for every failure."""
    described = visitor.get("/api/openapi.json").json()

    assert set(described["paths"]) == {
        "/api/search",
        "/api/articles/{article_id}",
        "/api/articles/{article_id}/related",
        "/api/articles/{article_id}/revisions",
        "/api/articles/{article_id}/similar",
        "/api/corrections",
        "/api/quotes/export",
        "/api/explain",
        "/api/health",
        "/api/health/live",
        "/api/suggest",
        "/api/export",
        "/api/quotes",
        "/api/sets/{set_id}",
        "/api/verify",
    }
    for path, methods in described["paths"].items():
        for code, answer in methods["get"]["responses"].items():
            if code != "200":
                assert list(answer["content"]) == ["application/problem+json"]
            elif not path.endswith("/export"):  # a file, in one of several formats
                assert list(answer["content"]) == ["application/json"]
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_the_documentation_is_a_page_of_ours(visitor: Visitor) -> None:
    """Every route, parameter and field is on it, every problem has its place, and nothing comes from elsewhere."""
    page = visitor.page("/api/docs")
    codes = texts(page, "code")

    assert text(page, "h1") == "Search API"
    assert {"GET /api/search", "GET /api/articles/{article_id}", "GET /api/health"} <= set(codes)
    assert {"q", "from", "facets", "data.total", "data.hits[].snippet", "data.hits[].highlights.title"} <= set(codes)
    assert all(page.css(f"#{known.name}") for known in EVERY_PROBLEM)


def test_generated_requests_never_break_the_api(app: FastAPI) -> None:
    """Requests that schemathesis makes from the description get an answer that the description allows."""
    import schemathesis
    from hypothesis import HealthCheck, given, settings
    from schemathesis.checks import not_a_server_error

    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]

        @given(case=operation.as_strategy())
        @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
        def ask(case: Any) -> None:
            response = case.call()
            case.validate_response(response, checks=[not_a_server_error])
            if response.status_code >= 400:
                assert response.headers["content-type"] == ["application/problem+json"]
                assert {"type", "title", "status", "detail", "instance"} <= set(response.json())
            elif "content-disposition" not in response.headers:  # an export is a file
                assert set(response.json()) == {"data", "meta"}

        ask()


def test_a_removed_article_s_problem_says_when_and_why(visitor: Visitor) -> None:
    """Both as members of the problem; the reason only where the paper gives readers one."""
    silent = visitor.get("/api/articles/sea-99").json()
    told = visitor.get("/api/articles/sea-98").json()

    assert datetime.fromisoformat(told["removed_at"]).utcoffset() is not None
    assert silent["reason"] is None
    assert told["reason"].startswith("당사자 요청")
    assert "속사정" not in str(silent) + str(told)


def test_a_correction_is_part_of_the_answer(visitor: Visitor) -> None:
    """Hits and articles say whether, when and what."""
    [hit] = visitor.get("/api/search", q="함정").json()["data"]["hits"]
    article = visitor.get("/api/articles/bad%2F..%2F%22id%22%3Fx%23y").json()["data"]
    plain = visitor.get("/api/articles/sea-01").json()["data"]

    assert (hit["corrected"], hit["corrected_at"]) == (True, "2026-01-04T05:06:00+09:00")
    assert article["correction"].endswith("등대입니다.")
    assert (plain["corrected"], plain["corrected_at"], plain["correction"]) == (False, None, None)


def test_what_stands_inside_words_is_counted_and_given_on_request(visitor: Visitor) -> None:
    """``inside`` says how many more there are; asked for, they come and nothing more is promised."""
    first = visitor.get("/api/search", q="다소").json()["data"]
    asked = visitor.get("/api/search", q="다소", inside="true").json()["data"]

    assert (first["total"], first["inside"]) == (0, 65)
    assert (asked["total"], asked["inside"]) == (65, None)


def test_suggestions_are_the_same_for_everybody_and_kept_by_nobody(visitor: Visitor) -> None:
    """What was typed stays in no cache, and no cookie changes the answer."""
    first = visitor.get("/api/suggest", q="바ㄷ")
    visitor.get("/search", q="바다 검색어")
    again = visitor.get("/api/suggest", q="바ㄷ")

    assert first.headers["cache-control"] == "private, no-store"
    assert first.json() == again.json()
    assert first.json()["data"]["suggestions"][:2] == [
        {"text": "바다 소식", "articles": 65},
        {"text": "바다", "articles": 65},
    ]
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize("text", ["", "\0", "😀", "ㅏㅎㅏ", "%_*[", "가" * 5_000])
def test_any_text_is_answered(visitor: Visitor, text: str) -> None:
    """A suggestion is asked for at each letter: whatever stands in the box gets a clean answer."""
    assert visitor.get("/api/suggest", q=text).json()["data"] == {"suggestions": []}


def test_a_mistyped_word_is_corrected(visitor: Visitor) -> None:
    """The hits are the correction's at once; asked for as typed, the answer only proposes it."""
    data = visitor.get("/api/search", q="바더").json()["data"]
    typed = visitor.get("/api/search", q="바더", as_typed="true").json()["data"]

    assert (data["query"], data["total"], data["corrected_from"]) == ("바다", 65, "바더")
    assert (typed["total"], typed["did_you_mean"], typed["corrected_from"]) == (0, "바다", None)


def test_only_the_fields_that_are_asked_for(visitor: Visitor) -> None:
    """``fields=`` makes each hit as small as one likes; a field that is not there is named."""
    hits = visitor.get("/api/search?q=바다&limit=2&fields=id, title").json()["data"]["hits"]
    refused = visitor.get("/api/search?q=바다&fields=id,body")

    assert [set(hit) for hit in hits] == [{"id", "title"}] * 2
    assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (422, "fields")


def test_links_lead_through_all_pages(visitor: Visitor) -> None:
    """The ``Link`` header has first, previous, next and last; following ``next`` meets every article once."""
    address, met, pages = "/api/search?q=바다&limit=20&sort=oldest", [], 0
    while address:
        answer = visitor.get(address)
        met += [hit["id"] for hit in answer.json()["data"]["hits"]]
        pages += 1
        links = {rel: target for target, rel in re.findall(r'<([^>]+)>; rel="(\w+)"', answer.headers["link"])}
        address = links.get("next", "")

    meta = answer.json()["meta"]
    assert (len(met), len(set(met)), pages, meta["total_pages"]) == (65, 65, 4, 4)
    assert set(links) == {"first", "prev", "last"}
    assert visitor.get(links["last"]).json()["data"]["hits"][-1]["id"] == met[-1]


@pytest.mark.parametrize(
    "path", ["/api/search?q=바다", "/api/articles/sea-01", "/search?q=바다", "/api/export?q=바다&format=csv"]
)
def test_head_is_get_without_the_body(visitor: Visitor, path: str) -> None:
    """Status and headers are those of a GET that stores no recent search."""
    head, whole = visitor.ask("HEAD", path), visitor.get(path, {"sec-purpose": "prefetch"})

    assert (head.status_code, head.content) == (200, b"")
    same = ("content-type", "etag", "vary", "cache-control", "link")
    assert {name: head.headers.get(name) for name in same} == {name: whole.headers.get(name) for name in same}
