"""Recent searches through the pages: every state, without JavaScript."""

from __future__ import annotations

from datetime import date
from http.cookies import SimpleCookie

import pytest
from fastapi import FastAPI

from gisa.web.pages import recent as recents
from gisa.web.pages.own_part import saves
from gisa.web.pages.recent import CLEARED_COOKIE, COOKIE, EMPTY, RecentSearches, decode, encode
from tests.web.visitor import Visitor, links, one, text, texts


def remembered(visitor: Visitor) -> list[str]:
    return [entry.query for entry in decode(visitor.cookies.get(COOKIE)).entries]


def test_searches_are_remembered_newest_first_with_their_day(visitor: Visitor) -> None:
    """Each search goes to the top, once, with the day in Seoul."""
    for query in ("등대", "바다", "등대"):
        page = visitor.page("/search", q=query)

    assert texts(page, ".recent li a") == ["등대", "바다"]
    assert texts(page, ".recent time") == ["2026-11-16"] * 2
    assert links(page, ".recent li a") == ["/search?q=%EB%93%B1%EB%8C%80", "/search?q=%EB%B0%94%EB%8B%A4"]
    assert texts(visitor.page("/"), ".recent li a") == ["등대", "바다"]


def test_only_a_first_page_that_somebody_reads_is_remembered(visitor: Visitor) -> None:
    """Further pages, HEAD requests and pages loaded ahead of a click store nothing."""
    visitor.get("/search", q="바다", page="2")
    visitor.ask("HEAD", "/search", params={"q": "바다"})
    visitor.get("/search", {"sec-purpose": "prefetch;prerender"}, q="바다")

    assert remembered(visitor) == []


def test_an_unchanged_list_is_not_sent_again(visitor: Visitor) -> None:
    """The cookie is set only when it changes."""
    visitor.get("/search", q="바다")

    assert "set-cookie" not in visitor.get("/search", q="바다").headers


def test_the_cookie_is_read_once_per_request(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many parts of the site ask who reads."""
    visitor.get("/search", q="등대")
    read: list[str] = []

    def counted(value: str | None) -> RecentSearches:
        read.append(value or "")
        return decode(value)

    monkeypatch.setattr(recents, "decode", counted)
    visitor.get("/search", q="바다")

    assert len(read) == 1


def test_a_copied_request_with_other_headers_is_another_reader() -> None:
    """What a reader's cookie says is never taken for somebody else's."""
    cookie = f"{COOKIE}={encode(EMPTY.switch_off(keep=False))}".encode()
    scope = {"type": "http", "headers": [(b"cookie", cookie)]}

    assert not saves(scope)
    assert saves({**scope, "headers": []})


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
def test_the_cookie_is_guarded(app: FastAPI, scheme: str, *, secure: bool) -> None:
    """HttpOnly, SameSite=Lax, for the whole site, a year long, Secure under https, and small."""
    line = Visitor(app, scheme=scheme).get("/search", q="바다").headers["set-cookie"]
    cookie = SimpleCookie(line)[COOKIE]

    assert cookie["httponly"] is True
    assert (cookie["samesite"], cookie["path"], cookie["max-age"]) == ("Lax", "/", "31536000")
    assert bool(cookie["secure"]) == secure
    assert len(line) < 3 * 1024


def test_one_search_can_be_deleted(visitor: Visitor) -> None:
    """검색기록 지우기 beside a search removes it alone and returns to the page."""
    visitor.get("/search", q="등대")
    page = visitor.page("/search", q="바다")
    button = one(page, ".recent li button[name=query]")

    response = visitor.post("/recent/delete", query=button.attributes["value"] or "", next="/search?q=x")

    assert (response.status_code, response.headers["location"]) == (303, "/search?q=x&recent=changed#recent")
    assert remembered(visitor) == ["등대"]
    assert texts(page, ".recent li button")[0] == "바다 검색기록 지우기"


@pytest.mark.parametrize("path", ["/recent/delete", "/recent/clear"])
def test_a_deleted_search_does_not_come_back_with_its_page(visitor: Visitor, path: str) -> None:
    """On the page of the very search that is deleted, the way back does not store it again."""
    page = visitor.page("/search", q="등대")
    here = one(page, ".recent input[name=next]").attributes["value"] or ""

    response = visitor.post(path, query="등대", next=here)
    back = visitor.page(response.headers["location"])

    assert texts(back, ".recent li a") == []
    assert remembered(visitor) == []
    assert text(back, "h1").startswith("‘등대’")
    assert one(back, ".recent input[name=next]").attributes["value"] == here


def test_all_searches_can_be_deleted(visitor: Visitor) -> None:
    """전체삭제 leaves an empty list, and no cookie of it."""
    page = visitor.page("/search", q="등대")
    assert "전체삭제" in texts(page, ".recent button")

    visitor.post("/recent/clear", next="/")

    assert COOKIE not in visitor.cookies
    assert "검색어 1개를 삭제했습니다." in texts(visitor.page("/"), ".recent p")


def test_clearing_can_be_undone(visitor: Visitor) -> None:
    """되돌리기 brings the list back as it was; then there is nothing more to undo."""
    for query in ("등대", "바다"):
        page = visitor.page("/search", q=query)
    days = texts(page, ".recent time")

    response = visitor.post("/recent/clear", next="/search?q=x")
    page = visitor.page(response.headers["location"])
    assert "검색어 2개를 삭제했습니다." in texts(page, ".recent p")
    assert texts(page, ".recent button") == ["되돌리기", "검색어 저장 끄기"]
    visitor.post("/recent/restore", next="/")
    page = visitor.page("/")

    assert texts(page, ".recent li a") == ["바다", "등대"]
    assert texts(page, ".recent time") == days
    assert CLEARED_COOKIE not in visitor.cookies


def test_what_was_cleared_is_kept_for_a_minute(visitor: Visitor) -> None:
    """In the reader's own browser, out of reach of scripts."""
    visitor.get("/search", q="등대")

    lines = visitor.post("/recent/clear", next="/").headers.get_list("set-cookie")

    (line,) = [line for line in lines if line.startswith(CLEARED_COOKIE)]
    assert line.endswith("; Max-Age=60; Path=/; HttpOnly; SameSite=Lax")


@pytest.mark.parametrize(
    ("path", "form"),
    [("/recent/off", {}), ("/recent/delete", {"query": "바다"})],
    ids=["switching off", "deleting another"],
)
def test_a_change_after_clearing_leaves_nothing_of_it(visitor: Visitor, path: str, form: dict[str, str]) -> None:
    """What was cleared is gone for good as soon as the list is changed otherwise."""
    visitor.get("/search", q="등대")
    visitor.post("/recent/clear", next="/")

    visitor.post(path, None, next="/", **form)

    assert CLEARED_COOKIE not in visitor.cookies
    assert "되돌리기" not in texts(visitor.page("/"), ".recent button")


def test_switching_off_asks_what_becomes_of_the_list(visitor: Visitor) -> None:
    """검색어 저장 끄기 with searches in the list leads to a choice on the same page; nothing has changed yet."""
    visitor.get("/search", q="등대")

    response = visitor.post("/recent/off", next="/search?q=%EB%93%B1%EB%8C%80")
    page = visitor.page("/search", q="등대", recent="off")

    assert response.status_code == 303
    assert texts(page, ".asking button") == ["삭제하고 끄기", "그대로 두고 끄기"]
    assert text(page, ".asking a") == "취소"
    assert remembered(visitor) == ["등대"]


def test_the_choice_stands_at_the_page_it_came_from(visitor: Visitor) -> None:
    """The choice has a URL of its own: the page's, with one parameter more."""
    visitor.get("/search", q="등대")

    for target, location in (("/", "/?recent=off#recent"), ("/search?q=x", "/search?q=x&recent=off#recent")):
        assert visitor.post("/recent/off", next=target).headers["location"] == location


@pytest.mark.parametrize(("choice", "kept"), [("delete", []), ("keep", ["등대"])])
def test_off_means_nothing_is_stored(visitor: Visitor, choice: str, kept: list[str]) -> None:
    """After switching off, the off state shows, searches leave no trace, and the kept ones stay out of sight."""
    visitor.get("/search", q="등대")
    visitor.post("/recent/off", entries=choice, next="/")

    response = visitor.get("/search", q="비밀")
    page = visitor.page("/")

    assert "set-cookie" not in response.headers
    assert remembered(visitor) == kept
    assert any("검색어 저장 기능이 꺼져 있습니다." in line for line in texts(page, ".recent p"))
    assert "검색어 저장 켜기" in texts(page, ".recent button")
    assert page.css(".recent li") == []


def test_an_empty_list_is_switched_off_at_once(visitor: Visitor) -> None:
    """Without anything to delete there is nothing to ask."""
    page = visitor.page("/")
    assert texts(page, ".recent button") == ["검색어 저장 끄기"]

    visitor.post("/recent/off", next="/")

    assert decode(visitor.cookies.get(COOKIE)).saving is False


def test_switching_on_brings_the_kept_list_back(visitor: Visitor) -> None:
    """검색어 저장 켜기 shows what was kept, and searches are stored again."""
    visitor.get("/search", q="등대")
    visitor.post("/recent/off", entries="keep", next="/")

    visitor.post("/recent/on", next="/")
    visitor.get("/search", q="바다")

    assert remembered(visitor) == ["바다", "등대"]


def test_a_kept_list_can_be_deleted_while_off(visitor: Visitor) -> None:
    """전체삭제 is offered in the off state too, and does not switch anything on."""
    visitor.get("/search", q="등대")
    visitor.post("/recent/off", entries="keep", next="/")

    visitor.post("/recent/clear", next="/")

    recent = decode(visitor.cookies.get(COOKIE))
    assert (recent.entries, recent.saving) == ((), False)
    assert CLEARED_COOKIE not in visitor.cookies


@pytest.mark.parametrize(
    "value", ["%%%", "A" * 9000, "W1tbW1s", "null", "\x7f"], ids=["marks", "huge", "cut", "json", "control"]
)
def test_a_broken_cookie_is_an_empty_list(visitor: Visitor, value: str) -> None:
    """Pages come as if there were none, and the next search starts a new list."""
    response = visitor.get("/search", {"cookie": f"{COOKIE}={value}"}, q="바다")

    assert response.status_code == 200
    assert response.headers["set-cookie"].startswith(
        f"{COOKIE}={encode(EMPTY.record('바다', day=date(2026, 11, 16)))};"
    )


@pytest.mark.parametrize("path", ["/recent/delete", "/recent/clear", "/recent/off", "/recent/on"])
@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://paper.example"},
        {"sec-fetch-site": ""},
    ],
)
def test_another_site_can_change_nothing(visitor: Visitor, path: str, headers: dict[str, str]) -> None:
    """A form that another site sends is refused with a page of its own, and the list stays."""
    visitor.get("/search", q="등대")

    response = visitor.post(path, headers, next="/", query="등대", entries="delete")

    assert response.status_code == 403
    assert "set-cookie" not in response.headers
    assert "요청을 확인할 수 없습니다" in response.text


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/search?q=%EB%93%B1%EB%8C%80&page=2", "/search?q=%EB%93%B1%EB%8C%80&page=2&recent=changed#recent"),
        ("https://evil.example/", "/?recent=changed#recent"),
        ("//evil.example/", "/?recent=changed#recent"),
        ("/\\evil.example", "/?recent=changed#recent"),
        ("javascript:alert(1)", "/?recent=changed#recent"),
        ("/a\r\nset-cookie: x=1", "/?recent=changed#recent"),
        ("", "/?recent=changed#recent"),
        ("/" + "a" * 9000, "/?recent=changed#recent"),
    ],
)
def test_the_way_back_stays_on_this_site(visitor: Visitor, target: str, location: str) -> None:
    """``next`` leads to a path of this site or to the first page."""
    assert visitor.post("/recent/on", next=target).headers["location"] == location


def test_an_enormous_form_is_refused(visitor: Visitor) -> None:
    """Nobody fills the server's memory through a form."""
    assert visitor.post("/recent/on", next="/" + "a" * 100_000).status_code == 413
    assert visitor.post("/recent/on", None, **{f"field{number}": "x" for number in range(50)}).status_code == 413


def test_a_change_by_get_is_refused(visitor: Visitor) -> None:
    """Links and pictures elsewhere cannot change the list."""
    assert visitor.get("/recent/clear").status_code == 405


def test_a_search_that_finds_nothing_is_not_kept(visitor: Visitor) -> None:
    """A slip would be offered again."""
    visitor.get("/search", q="쀍뛟괡")

    assert remembered(visitor) == []
