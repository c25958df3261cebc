"""``archive.check()``: every article is found first by its own headline, whatever stands in it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gisa.library import Library
from gisa.ports import IndexRemoval
from gisa.reports import MissReason
from gisa.sample import open_articles

HEADLINES = {
    "plain": "나루시, AI센터 첫 삽",
    "one common word": "나루시",
    "two syllables": "수능",
    "one syllable": "비",
    "exclusion": "나루시 -구룡포 협의",
    "dashes about": "나루시 탄원서 -내 재산 지켜 주세요-",
    "quotes": '"우정" 총재 "나루시" 찾아',
    "typographic quotes": "‘우정’의 무게…“나루시, 이대로는 안 된다”",
    "one quote": '나루시 24" 모니터 보급',
    "quote then dash": '나루시 상식 "준법" - ***을 처벌하라 -',
    "parentheses": "나루항(港) 준설(浚渫)공사 (종합)",
    "torn parenthesis": "나루시 예산 2) 보류",
    "or": "나루시 OR 포항시",
    "bar": "나루시 | 사설",
    "days": "나루시 2025-01-01..2025-03-31 휴장",
    "field word": "제목: 나루시",
    "unknown section": "분야:없음 나루시",
    "hanja": "李대통령 “北核 불용”…與野 온도차",
    "glosses": "흙의 선線, 손의 결結",
    "masked": "나루시 하**의 자격을 박탈하라",
    "brackets and emoji": "[포토] 나루시 🎉 불꽃축제 📷",
    "marks only": "********",
    "emoji only": "🎉🎉",
    "latin words": "나루시 K-ICT WEEK in BUSAN 개최",
    "figures": "나루시 1 2위 20,000,000원 9.7% ↑",
    "decomposed": "나루시 \u1112\u1161\u11ab\u1100\u1173\u11af 축제",
    "over 64 words": " ".join(f"가{number}" for number in range(90)),
    "over 500 characters": "나루시 의회 예산안 심의 결과 보고 " * 40,
    "over 500 marks": "나루시 " + "…! " * 300 + "끝",
    "other keyboard": "sk fn tl",
}


def add(library: Library, *titles: str) -> None:
    library.add(
        {
            "id": f"a{number}",
            "title": title,
            "body": "나루시 이야기. 수능 이야기. " * 20,
            "published_at": datetime(2025, 1, 1, number // 60, number % 60, tzinfo=UTC),
        }
        for number, title in enumerate(titles)
    )


@pytest.mark.parametrize("title", HEADLINES.values(), ids=HEADLINES.keys())
def test_a_pasted_headline_finds_its_article_first(library: Library, title: str) -> None:
    """Verbatim and without spaces, before articles of longer headlines that repeat it, and not by relaxing."""
    add(
        library,
        title,
        *(f"속보 {number} {title[:300]} {title[:300]}" for number in range(3)),
        "나루시 나루시 수능 수능",
    )
    pages = [library.search(query, sort="relevance") for query in (title, "".join(title.split()))]

    assert [page.hits[0].article.id for page in pages] == ["a0", "a0"]
    assert not any(page.relaxed for page in pages)


def test_an_exclusion_holds_for_every_other_headline(library: Library) -> None:
    """A query with operators is a headline only where it is one to the mark."""
    add(library, "서울-부산", "서울·부산", "서울 부산", "서울 이야기")

    assert [hit.article.title for hit in library.search("서울 -부산").hits] == ["서울 이야기"]


def test_every_headline_is_found(library: Library) -> None:
    """The headlines above, identical ones among them, and the sample newspaper."""
    add(library, *HEADLINES.values(), *HEADLINES.values())
    library.add(open_articles())
    done: list[int] = []
    report = library.check(progress=done.append)

    assert report.misses == ()
    assert report.articles == report.found == done[-1] == 2 * len(HEADLINES) + 176
    assert report.rate == 1.0


def test_what_is_missing_from_the_index_is_named(library: Library) -> None:
    """An article that the index lost is a miss, once for each form of its headline."""
    add(library, "나루시 예산", "포항시 예산")
    with library._engine.writing() as writer:
        writer.remove([IndexRemoval(1, 1)])
        writer.commit(change_seq=2)
    report = library.check()

    assert [(miss.article_id, miss.query, miss.reason, miss.place) for miss in report.misses] == [
        ("a0", "나루시 예산", MissReason.NOT_INDEXED, None),
        ("a0", "나루시예산", MissReason.NOT_INDEXED, None),
    ]
    assert (report.articles, report.found, report.rate) == (2, 1, 0.5)


def test_only_the_first_are_checked_when_asked(library: Library) -> None:
    """``limit`` counts articles; an empty archive is whole."""
    empty = library.check()
    add(library, "하나", "둘", "셋")

    assert (empty.articles, empty.rate) == (0, 1.0)
    assert library.check(limit=2).articles == 2


def test_a_word_of_every_body_is_looked_for(library: Library) -> None:
    """One of each article, drawn by its id: all are found, verbs and nouns like them too; a body without words has none."""
    library.add(open_articles())
    library.add([{"id": "b", "title": "제목", "body": "보고, 보고.", "published_at": "2025-01-01T09:00:00+09:00"}])
    library.add([{"id": "empty", "title": "빈 기사", "body": "", "published_at": "2025-01-01T09:00:00+09:00"}])
    report = library.check()

    assert report.misses == ()
    assert report.words == report.words_found == 177


def test_a_word_that_is_lost_is_named(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body's word that finds nothing is a miss with its word, although the headline finds the article."""
    add(library, "나루시 예산")
    monkeypatch.setattr("gisa.search.service.SearchService.finds", lambda *_: False)
    [miss] = library.check().misses

    assert (miss.article_id, miss.reason) == ("a0", MissReason.WORD)
    assert miss.query in ("나루시", "이야기", "수능")
