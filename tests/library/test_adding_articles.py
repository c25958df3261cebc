"""``gisa.Article`` values given to a library."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from gisa.library import Library
from gisa.model import SEOUL, Access, Article, CorrectionKind, Picture

WHOLE = Article(
    id="a1",
    title="나루시 AI센터 착공",
    subtitle="첫 삽을 뜨다",
    body="나루시가 AI센터의 첫 삽을 떴다.",
    published_at=datetime(2025, 6, 1, 9, tzinfo=SEOUL),
    modified_at=datetime(2025, 6, 2, 1, tzinfo=UTC),
    section="IT·과학",
    byline=("홍예담", "차우정"),
    publisher="나루일보",
    url="https://paper.example/1",
    pictures=(Picture(url="https://paper.example/1.jpg", caption="착공식", credit="나루일보", alt="삽"),),
    keywords=("AI센터", "12·3 착공"),
    lang="ko",
    edition="5판",
    page="A12",
    visible_from=datetime(2025, 6, 1, 10, tzinfo=SEOUL),
    access=Access.SUBSCRIBER,
    excerpt=True,
    correction="날짜를 바로잡았습니다.",
    corrected_at=datetime(2025, 6, 3, tzinfo=SEOUL),
    correction_kind=next(iter(CorrectionKind)),
    extra={"desk": "과학", "rank": 3},
)


def test_an_article_comes_back_as_it_was_given(library: Library) -> None:
    """Every field of an ``Article`` is kept, unknown fields among them, and adding it again changes nothing."""
    first = library.add([WHOLE])
    again = library.add([WHOLE])

    assert (first.added, first.rejected, again.unchanged) == (1, 0, 1)
    assert library.article("a1").article == WHOLE


def test_an_article_that_is_refused_is_named_by_its_number(library: Library) -> None:
    """Good articles beside it go in; the reject says which it was."""
    bad = Article(id="a2", title=" ", body="", published_at=datetime(2025, 6, 1, tzinfo=SEOUL))

    report = library.add([WHOLE, bad])

    assert (report.added, report.rejected) == (1, 1)
    assert report.rejects[0].place == "article 2"


def test_sections_are_counted_most_first(library: Library) -> None:
    """Every section with the number of its articles, for the front page."""
    library.add(
        [replace(WHOLE, id=f"a{n}", url=None, title=f"소식 {n}", section="정치" if n else "문화") for n in range(3)]
    )

    assert [(each.value, each.count) for each in library.sections()] == [("정치", 2), ("문화", 1)]


def test_a_preview_shows_the_first_five_as_they_would_be(library: Library) -> None:
    """What would be added is counted and shown under the id it would have; nothing is written, and what is refused is not shown."""
    library.add([WHOLE])
    twin = replace(WHOLE, id="a2", url="https://m.paper.example/1", body="나루시가 삽을 떴다.")
    bad = replace(WHOLE, id="a3", title=" ")
    others = [replace(WHOLE, id=f"b{number}", url=None, title=f"새 기사 {number}") for number in range(6)]

    report, shown = library.preview_add([bad, twin, *others])

    assert (report.added, report.updated, report.rejected) == (6, 1, 1)
    assert [each.id for each in shown] == ["a1", "b0", "b1", "b2", "b3"]
    assert library.count() == 1
