"""What helps a reader on: the next result, the size of the text, 상세검색, and lines that break where an editor has them break."""

from __future__ import annotations

import re
import time

import pytest
from fastapi import FastAPI
from hypothesis import example, given
from hypothesis import strategies as st

from gisa.web.pages.advanced import query_of
from gisa.web.pages.line_breaks import keep_together
from tests.web.visitor import Visitor, links, one, texts


def test_a_reader_goes_from_result_to_result(visitor: Visitor) -> None:
    """Each article knows its place: the next and the one before follow the list across its pages, and the way back fits."""
    page = visitor.page("/search", q="바다", section="경제")
    article = visitor.page(links(page, ".hit h2 a")[19])
    before, after = links(article, ".neighbours a")
    next_address = visitor.get(after).headers["location"]
    previous_address = visitor.get(before).headers["location"]

    assert next_address.startswith("/articles/sea-61?q=%EB%B0%94%EB%8B%A4&section=")
    assert next_address.endswith("&page=2&at=21")
    assert "/articles/sea-55?" in previous_address
    assert "page=2#" in links(visitor.page(next_address), ".back a")[0]


@pytest.mark.parametrize(
    ("at", "leads_to"),
    [("1", "/articles/sea-00?"), ("65", "/articles/sea-64?"), ("66", "/search?q=%EB%B0%94%EB%8B%A4&page=4")],
)
def test_past_the_last_result_is_the_list(visitor: Visitor, at: str, leads_to: str) -> None:
    """Its last page, where the reader came from."""
    answer = visitor.get("/result", q="바다", at=at)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(leads_to)


@pytest.mark.parametrize("query", ["at=0", "at=x", "at=99999999", "at=٣", "", "at=1"])
def test_a_place_that_is_none_is_not_found(visitor: Visitor, query: str) -> None:
    """Numbers from 1, of a search."""
    assert visitor.get("/result?" + (query if query == "at=1" else f"q=바다&{query}")).status_code == 404


@pytest.mark.parametrize("path", ["/", "/search?q=바다", "/articles/sea-01", "/nowhere"])
def test_the_chosen_size_holds_on_every_page(visitor: Visitor, path: str) -> None:
    """The form remembers it in a cookie and leads back; every page is served in it, cached ones too."""
    plain = visitor.get(path)
    back = visitor.post("/text-size", size="largest", next="/search?q=x")
    large = visitor.get(path)

    assert back.headers["location"] == "/search?q=x"
    assert "HttpOnly; SameSite=Lax" in back.headers["set-cookie"]
    assert ' data-size="' not in plain.text
    assert large.text.startswith('<!doctype html>\n<html data-size="largest" lang="ko">')
    assert large.headers.get("etag") != plain.headers.get("etag") or path == "/nowhere"


@pytest.mark.parametrize("cookie", ["", "huge", '"><script>', "normal"])
def test_a_size_that_is_none_is_the_normal_one(app: FastAPI, cookie: str) -> None:
    """Nothing of the cookie gets into the page."""
    assert "<html lang" in Visitor(app).get("/", {"cookie": f"gisa_size={cookie}"}).text


def test_the_size_stays_beside_the_readers_list(visitor: Visitor) -> None:
    """Both are the reader's own, and both are there."""
    visitor.post("/text-size", size="large")
    visitor.get("/search", q="등대")
    page = visitor.page("/search", q="바다")

    assert one(page, "html").attributes["data-size"] == "large"
    assert texts(page, ".recent li a") == ["바다", "등대"]


@pytest.mark.parametrize(
    ("fields", "query"),
    [
        ({"all": "나루  항구"}, "나루 항구"),
        ({"phrase": 'AI "센터'}, '"AI 센터"'),
        ({"any": "태풍 호우"}, "(태풍 OR 호우)"),
        ({"any": "태풍"}, "태풍"),
        ({"all": "나루", "none": "주가 (환율)"}, "나루 -주가 -환율"),
        ({"phrase": '""'}, ""),
    ],
)
def test_fields_become_a_query(fields: dict[str, str], query: str) -> None:
    """In the language of the search box, whose marks in a field count for nothing."""
    assert query_of(fields) == query


def test_the_form_leads_to_an_address_like_any_other(visitor: Visitor) -> None:
    """With its filters; empty fields leave nothing behind."""
    found = visitor.get("/advanced?search=1&all=바다&phrase=&section=경제&title_only=1&byline=&from=")
    form = visitor.page("/advanced", q="바다")

    assert found.headers["location"] == "/search?q=%EB%B0%94%EB%8B%A4&section=%EA%B2%BD%EC%A0%9C&title_only=1"
    assert one(form, "#all").attributes["value"] == "바다"
    assert texts(form, "#section option")[:2] == ["전체", "경제"]
    assert visitor.get("/advanced", search="1").status_code == 200


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("‘꼴찌의 식탁’은 나루", "‘꼴찌의 식탁’~은 나루"),
        ("“정하라”며", "“정하라”~며"),
        ("홍길동(54)씨", "홍길동(54)~씨"),
        ("<mark>‘AI센터’</mark>의", "<mark>‘AI센터’</mark>~의"),
        ("‘AI센터’<mark>장</mark>", "‘AI센터’~<mark>장</mark>"),
        ("AI·바람·다리’에", "AI~·~바람~·~다리’~에"),
        ("아·태", "아~·~태"),
        ("前ㆍ現", "前~ㆍ~現"),
        ("서울특별시·부산광역시·대구광역시", "서울특별시~·부산광역시~·대구광역시"),
        ("“예” 라고", "“예” 라고"),
        ("끝났다.” 그는", "끝났다.” 그는"),
        ("· 첫째", "· 첫째"),
    ],
)  # fmt: skip
def test_lines_do_not_break_there(text: str, kept: str) -> None:
    """After a closing mark before Hangul; before a dot between words, and after one in a short row. ``~`` is U+2060."""
    assert keep_together(text) == kept.replace("~", "\u2060")


@given(st.text(alphabet=st.sampled_from("가나a1‘’“”()·ㆍ <>&;."), max_size=30))
def test_marking_breaks_changes_no_text(text: str) -> None:
    """Without the joiners it is as it was, and doing it twice adds nothing that a reader sees."""
    assert keep_together(text).replace("\u2060", "") == text


@given(st.text(alphabet=st.sampled_from("가나a_·ㆍ・ <>;"), max_size=14))
@example("ㆍ가")
@example("ㆍㆍ가")
@example("ㆍ가ㆍ나·")
@example("가ㆍ·나")
@example("_·_·;")
def test_words_joined_by_dots_are_found_as_the_plain_pattern_finds_them(text: str) -> None:
    """Also where ``ㆍ``, a letter to ``\\w``, begins or ends a word."""

    def joined(chain: re.Match[str]) -> str:
        return re.sub("[·ㆍ・]", "\u2060\\g<0>" + "\u2060" * (len(chain[0]) <= 12), chain[0])

    assert keep_together(text) == re.sub(r"\w+(?:[·ㆍ・]\w+)+", joined, text)


@pytest.mark.parametrize(
    "text",
    [
        "가" * 200_000,
        "·" + "가" * 200_000,
        "가" * 200_000 + "ㆍ",
        "가·" * 100_000 + "·",
        "ㆍ" * 200_000,
        "ㆍ가 " * 66_667,
    ],
    ids=["letters", "a dot and letters", "an end", "pairs", "dots", "words that begin with a dot"],
)
def test_line_breaks_take_linear_time(text: str) -> None:
    """200,000 letters take milliseconds; quadratic work takes a quarter of an hour."""
    began = time.process_time()
    keep_together(text)

    assert time.process_time() - began < 2
