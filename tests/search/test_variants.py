"""Variants through the Python API: found, shown with their counts, and switched off."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import gisa
from gisa.library import Library
from gisa.model import SearchPage, VariantCount

NOW = datetime(2025, 8, 15, tzinfo=UTC)


def add(library: Library, *texts: str, published_at: str = "2025-08-01T09:00:00+09:00") -> None:
    """Add an article for each text; its id is the text."""
    library.add(
        {"id": text.replace(" ", "_"), "title": text, "body": "본문", "published_at": published_at} for text in texts
    )


def found(page: SearchPage) -> set[str]:
    return {hit.article.title for hit in page.hits} if not page.relaxed else set()


FINDS = {
    "a synonym": ("인공지능", "AI 반도체 경쟁"),
    "a synonym the other way": ("AI 반도체", "인공지능 반도체 경쟁"),
    "a synonym inside a word": ("국가AI전략", "국가 인공지능 전략 발표"),
    "an abbreviation": ("헌재", "헌법재판소 결정"),
    "a name of several words": ("세계 보건 기구", "WHO 총회 개막"),
    "a loan word": ("케이팝", "K팝 공연"),
    "a figure": ("2천만원", "예산 20,000,000원 삭감"),
    "a figure in Hangul": ("이천이십육년", "2026년 예산안"),
    "a day": ("12·3 비상계엄", "12월 3일 비상계엄 선포"),
    "saisiot": ("전세값", "전셋값 상승"),
    "a country's character": ("미국 연준", "美연준 금리 동결"),
    "a country's character in the query": ("美연준", "미국 연준 금리 동결"),
    "a president by date": ("이재명 대통령", "李대통령 취임 1년"),
    "the other keyboard": ("tjdnf", "서울 집값"),
}


@pytest.mark.parametrize(("query", "text"), FINDS.values(), ids=FINDS.keys())
def test_finds_another_way_of_writing(library: Library, query: str, text: str) -> None:
    """A word finds what says the same, the page shows by which variant, and without it the article is not found."""
    add(library, text, "전혀 다른 기사")
    page = library.search(query)

    assert found(page) == {text}
    assert page.variants
    assert page.variants[0].count == 1
    assert text not in found(library.search(query, without=[variant.key for variant in page.variants]))


MISSES = {
    "another president": ("문재인 대통령", "李대통령 취임 1년"),
    "another figure": ("2천만원", "예산 2천만명"),
    "a city that looks like a figure": ("이천시", "2000시"),
    "another character": ("중국 연준", "美연준 금리 동결"),
    "part of a word": ("한은", "무한은하 관측"),
}


@pytest.mark.parametrize(("query", "text"), MISSES.values(), ids=MISSES.keys())
def test_does_not_find_something_else(library: Library, query: str, text: str) -> None:
    """A variant says the same; what only looks alike is not found."""
    add(library, text)

    assert found(library.search(query)) == set()


def test_office_holder_is_of_the_article_s_day(library: Library) -> None:
    """李대통령 is another president in 2010 than in 2025."""
    add(library, "李대통령 해외 순방", published_at="2010-05-01T09:00:00+09:00")
    add(library, "李대통령 국무회의", published_at="2025-08-01T09:00:00+09:00")

    assert found(library.search("이명박 대통령")) == {"李대통령 해외 순방"}
    assert found(library.search("이재명 대통령")) == {"李대통령 국무회의"}


def test_variants_are_counted_and_switched_off(library: Library) -> None:
    """Each variant says how many results it brought; switched off, just those are gone, and the page says what is off."""
    add(library, "인공지능 전략", "AI 반도체", "AI 교과서", "에이아이 학교")
    page = library.search("인공지능", facets=True)
    assert page.variants == (
        VariantCount(page.variants[0].kind, "인공지능", "AI", 2, "synonym:인공지능=ai"),
        VariantCount(page.variants[0].kind, "인공지능", "에이아이", 1, "synonym:인공지능=에이아이"),
    )
    narrowed = library.search("인공지능", without=["synonym:인공지능=ai"])

    assert page.total == 4
    assert found(narrowed) == {"인공지능 전략", "에이아이 학교"}
    assert [variant.replacement for variant in narrowed.variants_off] == ["AI"]


def test_variants_are_marked(library: Library) -> None:
    """The snippet and headline mark the variant that matched."""
    add(library, "美연준 금리 동결")
    [hit] = library.search("미국 금리").hits

    assert [hit.article.title[start:end] for start, end in hit.title_highlights] == ["美", "금리"]


def test_exclusion_takes_the_variants_along(library: Library) -> None:
    """-word leaves out what the word's variants would bring, too, unless they are switched off."""
    add(library, "AI 반도체", "인공지능 반도체", "메모리 반도체")

    assert found(library.search("반도체 -인공지능")) == {"메모리 반도체"}
    assert found(library.search("반도체 -인공지능", without=["synonym:인공지능=ai"])) == {"AI 반도체", "메모리 반도체"}


def test_literal_takes_no_variants(library: Library) -> None:
    """A quoted stretch is found to the letter only."""
    add(library, "AI 반도체", "인공지능 반도체")

    assert found(library.search('"인공지능"')) == {"인공지능 반도체"}


@pytest.mark.parametrize(
    "query",
    [
        "학교 폭력",
        "학교 폭력 OR 원자로",
        "(학교 폭력) OR 원자로",
        "원자로 OR (학교 폭력)",
        "본문:(학교 폭력)",
        "(논란 (학교 폭력))",
    ],
)
def test_a_name_of_several_words_holds_wherever_it_stands(library: Library, query: str) -> None:
    """A OR B finds no less than A, where A is several words that have a synonym; so in parentheses and fields."""
    library.add(
        [{"id": "1", "title": "기록", "body": "학폭 논란이 커졌다", "published_at": "2025-08-01T09:00:00+09:00"}]
    )

    assert library.search(query).total == 1


def test_keyboard_only_when_nothing_else(library: Library) -> None:
    """A Latin word that is in the archive is not read as Hangul keys."""
    add(library, "tjdnf 부품 번호", "서울 집값")

    assert found(library.search("tjdnf")) == {"tjdnf 부품 번호"}


def test_own_synonyms(tmp_path: Path) -> None:
    """A paper's synonyms.txt takes effect when the folder is opened; its broken lines are named, the rest counts."""
    (tmp_path / "synonyms.txt").write_text("돌핀스\t나루 돌핀스\t고래군단\n혼자\n해온바이오\t해바\n", encoding="utf-8")
    with gisa.open(tmp_path, clock=lambda: NOW) as library:
        add(library, "고래군단 5연승")

        assert found(library.search("돌핀스")) == {"고래군단 5연승"}
        assert [reject.place.endswith("synonyms.txt:2") for reject in library.words().rejects] == [True]


def test_words_of_every_kind_stay_in_time(library: Library) -> None:
    """Fifty words with variants are answered, and the counts of their variants are exact."""
    import time

    add(library, "AI WHO 2천만원 헌재 미국")
    started = time.monotonic()
    page = library.search(" ".join(["인공지능 세계보건기구 20000000원 헌법재판소 美"] * 10))

    assert page.total == 1
    assert time.monotonic() - started < 5


def test_a_variant_of_the_other_keyboard_can_be_switched_off_and_is_shown(library: Library) -> None:
    """It is offered with its count, and, switched off, among those that are off."""
    add(library, "서울 집값")
    page = library.search("tjdnf")

    narrowed = library.search("tjdnf", without=[page.variants[0].key])

    assert (page.total, page.variants[0].count) == (1, 1)
    assert narrowed.total == 0
    assert [variant.key for variant in narrowed.variants_off] == [page.variants[0].key]


def test_syllables_with_a_dot_between_are_no_phrase_of_single_syllables(library: Library) -> None:
    """미·중 is 미중, not a 미 with a 중 beside it, which stand together in too many other words."""
    add(library, "미·중 회담", "미중 갈등", "미 중학교 방문")

    assert found(library.search("미·중")) == {"미·중 회담", "미중 갈등"}


def test_what_one_query_may_cost_is_bounded(library: Library) -> None:
    """Variants and quoted single syllables beyond what one query may ask for are left out, and the page says so."""
    add(library, "AI WHO 헌법재판소 20,000,000원", "가나다라마")
    names = (
        "인공지능 세계보건기구 헌재 공수처 한은 민노총 전교조 중대본 국과수 질병청 금감원 공정위 과기부 2천만원 3천만원"
    )
    many = library.search(names + " 4천만원 5천만원 6천만원 7천만원 8천만원")
    lone = library.search(" ".join(f'"{syllable}"' for syllable in "가나다라힣"))
    few = library.search("인공지능 WHO")

    assert "too_many_variants" in [notice.code for notice in many.notices]
    assert [notice.code for notice in lone.notices] == ["too_many_syllables"]
    assert lone.total == 1
    assert not few.notices
