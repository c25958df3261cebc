"""Suggestions through the library: there with the article, gone with it; and the question for a mistyped query."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import gisa
from gisa.errors import SearchIndexError, SearchInvalid
from gisa.library import Library
from gisa.library.followers import Followers
from gisa.ports import IndexView
from gisa.search import service
from gisa.search.answer import SearchAnswer
from gisa.search.facets import Facets, count_facets
from gisa.search.offers import Offers, count_offers


def article(number: int, title: str = "나루시장 선거", **fields: Any) -> dict[str, Any]:
    moment = datetime(2025, 1, 1, 0, number, tzinfo=UTC).isoformat()
    return {"id": f"a{number}", "title": title, "body": "본문", "published_at": moment, **fields}


def offered(library: Library, text: str) -> list[str]:
    return [each.text for each in library.suggest(text)]


def test_suggestions_come_and_go_with_their_articles(library: Library) -> None:
    """Added, revised, removed by command and by source: each is seen when the call has returned, in every process."""
    library.add([article(1), article(2)])
    with gisa.open(library.settings.data_dir) as other:
        assert offered(other, "나루시ㅈ") == ["나루시장", "나루시장 선거"]

        library.add([article(1, title="나루시장 당선")])
        assert offered(other, "나루시장 ㄷ") == ["나루시장 당선"]

        library.remove(["a1"])
        library.add([{"id": "a2", "removed": True}])
        assert offered(other, "나") == []


def test_after_a_long_run_all_of_it_is_offered(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its suggestions are made beside the last commit of the index; an error there is not swallowed."""
    library.add([article(n % 60, id=f"a{n}") for n in range(250)] + [article(0, title="해온도 축제", id="last")])
    found = offered(library, "해온")
    monkeypatch.setattr(Followers, "follow", refuse)

    assert found == ["해온도", "해온도 축제"]
    with pytest.raises(SearchIndexError, match="cannot be written"):
        library.add([article(n % 60, id=f"b{n}") for n in range(250)])
    assert library.search("나루시장").total == 500


def refuse(followers: Followers) -> None:
    """A store that can be neither written nor removed."""
    raise SearchIndexError(f"{followers}: cannot be written")


def test_a_missing_store_is_built_by_the_next_writer_or_reindex(library: Library) -> None:
    """Searching goes on without it."""
    library.add([article(1)])
    library.settings.suggestions_path.unlink()
    assert (offered(library, "나"), library.search("나르시장").did_you_mean) == ([], None)

    library.add([article(2)])
    assert offered(library, "나루시ㅈ")[0] == "나루시장"
    library.settings.suggestions_path.write_bytes(b"torn")
    library.reindex()

    assert offered(library, "나루시ㅈ")[0] == "나루시장"


def test_what_was_archived_but_not_followed_is_caught_up_on_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash between the archive and the store is made good as for the index."""
    with gisa.open(tmp_path) as library:
        library.add([article(1)])
        with monkeypatch.context() as patch:
            patch.setattr(Followers, "follow", lambda _: None)
            library.remove(["a1"])

    with gisa.open(tmp_path) as library:
        assert offered(library, "나") == []


NEXT = {
    "half a word": ("나루시장 무", ["나루시장 무역"]),
    "an unfinished syllable": ("나루시장 묵", []),
    "initials": ("나루시장 ㅁㅇ", ["나루시장 무역"]),
    "Latin": ("나루시장 gp", ["나루시장 GPU"]),
    "a byline": ("나루시장 홍예", ["나루시장 홍예담"]),
    "a word of another article": ("나루시장 폭", []),
    "words that no article holds": ("강아지 무", []),
    "nothing yet": ("나루시장 ", ["나루시장", "나루시장 선거"]),
}


@pytest.mark.parametrize(("typed", "expected"), NEXT.values(), ids=NEXT)
def test_the_next_word_is_one_of_the_articles_that_hold_the_words_before(
    library: Library, typed: str, expected: list[str]
) -> None:
    """Of bodies and bylines too, without particles."""
    library.add([article(n, body="무역과 GPU 수출을 말했다.", byline=["홍예담 기자"]) for n in (1, 2)])
    library.add([article(3, title="폭우 예보", body="무지개")])

    assert offered(library, typed) == expected


def test_a_correction_shows_its_results_at_once(library: Library) -> None:
    """Its page is that of the right query, but says what was typed; ``as_typed`` asks for the query's own."""
    library.add([article(1), article(2)])

    page, right = library.search("나르시장", facets=True), library.search("나루시장", facets=True)
    typed = library.search("나르시장", as_typed=True)

    assert (page.query, page.corrected_from) == ("나루시장", "나르시장")
    assert (page.hits, page.facets) == (right.hits, right.facets)
    assert (typed.total, typed.did_you_mean, typed.corrected_from) == (0, "나루시장", None)


def test_what_a_correction_replaces_is_not_counted(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Filters and offers are counted once, for the page that is shown."""
    library.add([article(1), article(2)])
    totals: dict[str, list[int]] = {"facets": [], "offers": []}

    def spy_facets(*asked: Any, total: int, **named: Any) -> Facets:
        totals["facets"].append(total)
        return count_facets(*asked, total=total, **named)

    def spy_offers(index: IndexView, answer: SearchAnswer, *asked: Any, **named: Any) -> Offers:
        totals["offers"].append(answer.found.result.total)
        return count_offers(index, answer, *asked, **named)

    monkeypatch.setattr(service, "count_facets", spy_facets)
    monkeypatch.setattr(service, "count_offers", spy_offers)

    page = library.search("나르시장", facets=True)

    assert (page.corrected_from, page.total) == ("나르시장", 2)
    assert totals == {"facets": [2], "offers": [2]}


QUESTIONS = {
    "one word": ("나르시장", "나루시장"),
    "one of two": ("나르시장 선거", "나루시장 선거"),
    "inside the grammar": ("제목:나르시장 -폭우", "제목:나루시장 -폭우"),
    "a right word that finds nothing with the other": ("나루시장 폭우", None),
    "nothing like it": ("쀍뛟괡", None),
    "found": ("나루시장", None),
    "a proposal that finds nothing": ("나르시장 폭우", None),
    "marks": ("(((", None),
}


@pytest.mark.parametrize(("query", "expected"), QUESTIONS.values(), ids=QUESTIONS)
def test_a_query_that_finds_nothing_gets_a_question(library: Library, query: str, expected: str | None) -> None:
    """Only words that are nowhere are replaced, and only by what finds something."""
    library.add([article(1), article(2), article(3, title="폭우 예보")])

    assert library.search(query).did_you_mean == expected


@pytest.mark.parametrize("limit", [0, 51])
def test_an_impossible_limit_is_refused(library: Library, limit: int) -> None:
    """The text never fails; the limit may."""
    with pytest.raises(SearchInvalid):
        library.suggest("나", limit=limit)


def test_names_stand_before_common_nouns(library: Library) -> None:
    """Of initials that many words have, a name is offered first although more headlines hold a noun of the dictionary."""
    library.add([article(1, title="수사 결과"), article(2, title="수사 착수"), article(3, title="삼성 공장")])

    assert offered(library, "ㅅㅅ")[0] == "삼성"


def test_years_and_words_with_signs_are_offered(library: Library) -> None:
    """2025년 and C++ are searches; 3조 is a figure."""
    library.add([article(1, title="2025년 예산 3조"), article(2, title="C++ 강좌")])

    assert offered(library, "2025") == ["2025년"]
    assert "C++" in offered(library, "c")
    assert offered(library, "3조") == []


def test_a_mistake_in_what_is_being_typed_is_forgiven(library: Library) -> None:
    """Where nothing begins with the keys, what begins with all but one of them is offered."""
    library.add([article(1), article(2)])

    assert offered(library, "나루스") == ["나루시장", "나루시장 선거"]
    assert offered(library, "바다스") == []


def test_a_search_completes_an_unfinished_syllable(library: Library) -> None:
    """Enter pressed in the middle of a syllable shows what was being typed, with the way back."""
    library.add([article(1)])
    page = library.search("나루시ㅈ")

    assert (page.query, page.corrected_from, page.total) == ("나루시장", "나루시ㅈ", 1)


def test_a_letter_behind_a_mark_is_no_half_of_a_word(library: Library) -> None:
    """Half of a syllable is completed, half of a Latin word is not: a mark that is typed by mistake makes the lengths equal."""
    library.add([article(1, title="AI 국가", body="AI"), article(2, title="AI 센터", body="AI")])

    assert library.search(":A").corrected_from is None


@pytest.mark.parametrize(
    ("typed", "written", "fits"),
    [
        ("반", "반도체", True),
        ("반", "바나나", True),
        ("반", "밝은", False),
        ("바", "발전", True),
        ("고", "과자", True),
        ("닭", "닭갈비", True),
        ("ㅁㅇ", "무역", True),
        ("ai", "AI센터", True),
    ],
)
def test_the_next_word_begins_with_the_keys_typed(library: Library, typed: str, written: str, fits: bool) -> None:
    """A last syllable may still take a final, or give its own to the next; nothing else of its initial is offered."""
    library.add([article(1, title="해온도 소식", body=f"{written} 이야기")])

    assert (f"해온도 {written}" in offered(library, f"해온도 {typed}")) is fits
