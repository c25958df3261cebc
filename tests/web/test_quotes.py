"""The page and the API of what somebody said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

import gisa
from gisa.access import Asker
from gisa.web import create_app
from tests.web.conftest import clock, still
from tests.web.visitor import Visitor


def text_of(page: LexborHTMLParser, selector: str) -> str:
    """The text of the first element that fits."""
    return page.css(selector)[0].text()


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    with gisa.open(tmp_path_factory.mktemp("quotes"), clock=clock, monotonic=still) as library:
        library.add(
            {
                "id": f"a{number}",
                "title": f"나루시 소식 {number} & <b>",
                "body": f"김하늘 나루시장은 “{number}번 <i>다리</i>를 놓겠다”고 밝혔다. “늦었다”는 지적이 나온다.",
                "published_at": f"2026-01-{number:02}T09:00:00+09:00",
            }
            for number in range(1, 26)
        )
        yield Visitor(create_app(library, clock=clock, monotonic=still))


def test_the_page_of_a_speaker(visitor: Visitor) -> None:
    """Twenty quotations, newest first, each with its article; the rest behind a link; texts are texts."""
    page = visitor.page("/quotes", speaker="김하늘")
    [more] = page.css("a[rel=next]")
    rest = visitor.page(str(more.attributes["href"]))

    assert text_of(page, "h1") == "김하늘의 발언"
    assert len(page.css("blockquote")) == 20
    assert text_of(page, "blockquote p") == "“25번 <i>다리</i>를 놓겠다”"
    assert page.css("blockquote footer") == []
    assert len(rest.css("blockquote")) == 5


def test_the_page_says_when_nobody_is_named(visitor: Visitor) -> None:
    """Nobody is a speaker by guess."""
    page = visitor.page("/quotes", q="늦었다", lang="en")
    named = visitor.page("/quotes", q="놓겠다")

    assert text_of(page, "blockquote footer") == "Speaker not named in the article"
    assert text_of(named, "blockquote footer a") == "김하늘"


@pytest.mark.parametrize("asked", [{}, {"speaker": "없는이"}, {"speaker": "김하늘", "cursor": "x"}], ids=str)
def test_the_page_never_fails(visitor: Visitor, asked: dict[str, str]) -> None:
    """Without a question, without an answer, with a cursor written by hand."""
    assert visitor.page("/quotes", **asked).css("form")


def test_the_api(visitor: Visitor) -> None:
    """The same as data, with a cursor; a question that is none is a problem."""
    answer = visitor.get("/api/quotes", speaker="김하늘", q="25번").json()
    pages = visitor.get("/api/quotes", speaker="김하늘", limit=1).json()
    refused = visitor.get("/api/quotes")

    [quotation] = answer["data"]["quotations"]
    assert quotation["text"] == "25번 <i>다리</i>를 놓겠다"
    assert (quotation["speaker"], quotation["is_person"], quotation["told"]) == ("김하늘", True, "고 밝혔다")
    assert quotation["article"]["id"] == "a25"
    assert pages["meta"]["next_cursor"]
    assert refused.status_code == 422


def test_a_draft_is_checked(visitor: Visitor) -> None:
    """Each quotation of it, with what differs; nothing of it stands in an address or a cache."""
    draft = "시장은 “25번 다리를 놓겠다”고, 또 “26번 <i>다리</i>를 놓겠다”고 했다."
    response = visitor.post("/verify", text=draft)
    page = LexborHTMLParser(response.text)

    assert [item.text() for item in page.css("li.lacks strong")] == [
        (
            "그대로 실은 기사는 없습니다. 가장 비슷한 문장과 다른 곳을 보여 드립니다. "
            "2026년 11월 16일 12:00 현재 전문을 찾아본 기사 25건, 일부만 찾아본 기사 0건."
        )
    ] * 2
    assert "26번" in page.css("table.differences")[-1].text()
    assert response.headers["cache-control"] == "private, no-store"
    assert text_of(page, "textarea") == draft


def test_a_draft_of_another_site_is_refused(visitor: Visitor) -> None:
    """As every form."""
    assert visitor.post("/verify", {"sec-fetch-site": "cross-site"}, text="나루대교를 놓겠다").status_code == 403


def test_the_api_verifies(visitor: Visitor) -> None:
    """One sentence; a sentence that is none is a problem."""
    answer = visitor.get("/api/verify", text="25번 <i>다리</i>를 놓겠다").json()["data"]

    assert answer["standing"] == "exact"
    assert answer["printings"][0]["article"]["id"] == "a25"
    assert visitor.get("/api/verify", text="가").status_code == 422


def test_the_commands(tmp_path: Path) -> None:
    """``gisa quotes`` prints them, and as JSON; ``gisa verify-quote`` says so by its exit status."""
    import json

    from tests.cli.test_commands import jsonl, run

    record = {
        "id": "a1",
        "title": "다리",
        "body": "김하늘 나루시장은 “다리를 놓겠다”고 밝혔다.",
        "published_at": "2026-01-01T09:00:00+09:00",
    }
    run("add", jsonl(tmp_path / "a.jsonl", record), data=tmp_path / "d")
    shown = run("quotes", "김하늘", data=tmp_path / "d")
    exact = run("verify-quote", "다리를 놓겠다", data=tmp_path / "d")
    none = run("verify-quote", "배를 띄우겠다고 했다", "--json", data=tmp_path / "d")
    as_json = json.loads(run("quotes", "--text", "다리", "--json", data=tmp_path / "d").stdout)

    assert "“다리를 놓겠다” — 김하늘" in shown.stdout
    assert (exact.returncode, exact.stdout.splitlines()[0]) == (0, "It stands in an article, word for word.")
    assert (none.returncode, json.loads(none.stdout)["standing"]) == (1, "none")
    assert as_json["quotations"][0]["speaker"] == "김하늘"
    assert run("quotes", data=tmp_path / "d").returncode == 2


def test_a_search_for_a_person_tells_what_the_person_said(visitor: Visitor) -> None:
    """How many quotations and the newest, above the results; for a full name alone, and on the first page."""
    page = visitor.page("/search", q="김하늘")

    assert text_of(page, ".said a") == "김하늘의 발언 25건"
    assert page.css(".said a")[0].attributes["href"] == "/quotes?speaker=%EA%B9%80%ED%95%98%EB%8A%98"
    assert "25번" in text_of(page, ".said blockquote")
    assert visitor.page("/search", q="김하늘 나루시장").css(".said") == []
    assert visitor.page("/search", q="김하늘", page=2).css(".said") == []
    assert visitor.page("/search", q="나루시").css(".said") == []


def test_what_somebody_said_is_a_file(visitor: Visitor) -> None:
    """Every quotation, newest first, as CSV that Excel opens and as JSON Lines."""
    table = visitor.get("/api/quotes/export", speaker="김하늘")
    lines = visitor.get("/api/quotes/export", speaker="김하늘", format="jsonl", q="25번").text.splitlines()

    assert table.content.startswith(b"\xef\xbb\xbfspeaker,text,told")
    assert len(table.text.splitlines()) == 26
    assert 'filename="quotations.csv"' in table.headers["content-disposition"]
    assert [json.loads(line)["article"] for line in lines] == ["a25"]
    assert visitor.get("/api/quotes/export").status_code == 422


HIDDEN: dict[str, dict[str, object]] = {
    "withheld": {"status": "draft"},
    "embargoed": {"visible_from": "2035-01-01T00:00:00Z"},
    "behind the beginning of a subscriber's article": {"access": "subscriber", "body": "긴 글이다. " * 60},
}


@pytest.mark.parametrize("fields", HIDDEN.values(), ids=HIDDEN.keys())
def test_what_may_not_be_read_is_not_counted(tmp_path: Path, fields: dict[str, object]) -> None:
    """Neither in the number of quotations nor in a file; subscribers count what they may read."""
    said = "김하늘 나루시장은 “{} 다리를 놓겠다”고 밝혔다."
    base = {"title": "나루시 소식", "published_at": "2026-01-01T09:00:00+09:00"}
    shown = {**base, "id": "a1", "body": said.format("첫")}
    hidden = {**base, **fields, "id": "a2", "title": "다른 소식"}
    hidden["body"] = f"{fields.get('body', '')}{said.format('둘째')}"
    with gisa.open(tmp_path, clock=clock) as library:
        library.add([shown, hidden])
        found = library.said_by("김하늘")
        everything = library.said_by("김하늘", asker=Asker.SUBSCRIBER)

        assert found is not None
        assert (found.total, found.newest.words) == (1, "첫 다리를 놓겠다")
        assert len(list(library.every_quotation("김하늘"))) == 1
        assert everything is not None
        assert everything.total == 1 + ("access" in fields)
