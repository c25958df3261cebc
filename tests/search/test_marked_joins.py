"""Words that a text writes as two, or with marks, are marked as they stand there."""

from __future__ import annotations

import pytest

from gisa.library import Library


@pytest.mark.parametrize(
    ("query", "title", "marked"),
    [
        ("smartphone", "새 smart phone 판매", ["smart phone"]),
        ("smart phone", "새 smartphone 판매", ["smartphone"]),
        ("email", "새 e-mail 판매", ["e-mail"]),
        ("ACDC", "밴드 AC/DC 공연", ["AC/DC"]),
        ("mcdonalds", "가게 McDonald’s 앞", ["McDonald’s"]),
        ("유럽·미국", "유럽, 미국 순방", ["유럽", "미국"]),
        ("스파이더맨-홈커밍", "영화 스파이더맨: 홈커밍", ["스파이더맨: 홈커밍"]),
    ],
)
def test_what_was_found_is_marked(query: str, title: str, marked: list[str], library: Library) -> None:
    """The stretch of the headline that holds the word, marks and spaces included."""
    library.add([{"id": "a", "title": title, "body": "본문", "published_at": "2025-01-01T09:00:00+09:00"}])
    [hit] = library.search(query, as_typed=True).hits

    assert [title[start:end] for start, end in hit.title_highlights] == marked
