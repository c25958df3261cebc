"""What was put right: which articles say so, which are notices, and which article a notice names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gisa.model import Article, CorrectionKind
from gisa.text.corrections import Correction, correction_of, is_correction, names_in, names_of, notice_kind

C, R, F = CorrectionKind.CORRECTION, CorrectionKind.REPLY, CorrectionKind.FOLLOW_UP
DAY = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)


def article(title: str = "나루대교 오는 5월 개통", body: str = "연다.", **fields: Any) -> Article:
    return Article(**{"id": "a1", "title": title, "body": body, "published_at": DAY, **fields})


OWN: dict[str, tuple[Article, tuple[CorrectionKind, str] | None]] = {
    "none": (article(), None),
    "a field": (article(correction="6월입니다."), (C, "6월입니다.")),
    "a field with its kind": (article(correction="알려왔습니다.", correction_kind=R), (R, "알려왔습니다.")),
    "a field with a label": (article(correction="[반론보도문] 다릅니다."), (R, "[반론보도문] 다릅니다.")),
    "a field that speaks of a reply": (article(correction="시의 반론을 실었습니다."), (C, "시의 반론을 실었습니다.")),
    "a labelled paragraph": (article(body="연다.\n[정정] 6월입니다."), (C, "[정정] 6월입니다.")),
    "a label by itself": (
        article(body="연다.\n[정정보도문]\n6월입니다.\n7월이 아닙니다."),
        (C, "6월입니다.\n7월이 아닙니다."),
    ),
    "바로잡습니다": (article(body="연다.\n바로잡습니다: 6월입니다."), (C, "바로잡습니다: 6월입니다.")),
    "a mark before it": (article(body="연다.\n※ [반론보도] 시는 다릅니다."), (R, "※ [반론보도] 시는 다릅니다.")),
    "추후보도": (
        article(body="연다.\n【추후보도문】 무죄가 확정됐습니다."),
        (F, "【추후보도문】 무죄가 확정됐습니다."),
    ),
    "the headline's label": (article(title="[정정] 나루대교 6월 개통"), (C, "")),
    "an agency's label": (article(title="<고침> 나루대교 6월 개통"), (C, "")),
    "a word of the text": (article(body="그는 정정당당했다. 정정보도를 청구했다. 그의 반론은 없었다."), None),
    "a sentence about one": (article(body="바로잡습니다라는 말은 없었다.\n정정보도 청구가 기각됐다."), None),
    "a label behind a sentence": (article(body="연다. [정정] 6월입니다."), (C, "[정정] 6월입니다.")),
    "a label within a sentence": (
        article(body="연다. 시는 [정정보도]라는 표시를 두 번의 정정보도: 하나와 바꿨다."),
        None,
    ),
    "a headline about one": (article(title="정정보도 청구 기각한 법원"), None),
    "a notice about another": (article(title="[정정보도] 나루대교 관련", body="[정정보도문] 6월입니다."), None),
}


@pytest.mark.parametrize(("given", "expected"), OWN.values(), ids=OWN.keys())
def test_what_was_put_right_in_an_article(given: Article, expected: tuple[CorrectionKind, str] | None) -> None:
    """By a field, a labelled paragraph, or the headline's label; words that only speak of corrections are none."""
    found = correction_of(given)

    assert (found if found is None else (found.kind, found.text)) == expected


def test_a_correction_that_begins_the_text_need_not_be_shown_twice() -> None:
    """The page is told."""
    assert correction_of(article(body="[정정] 6월입니다.\n연다.")) == Correction(
        C, "[정정] 6월입니다.", None, is_first=True
    )
    assert is_correction("[정정] 6월입니다.")


NOTICES: dict[str, tuple[Article, CorrectionKind | None]] = {
    "정정보도": (article(title="[정정보도] ‘나루대교’ 관련"), C),
    "정정보도문": (article(title="[정정보도문] 나루대교 보도 관련"), C),
    "정정 및 반론": (article(title="[정정 및 반론보도] 나루대교 보도 관련"), C),
    "반론보도": (article(title="<반론보도> 나루대교 관련"), R),
    "추후보도": (article(title="[추후보도] 나루시장 무죄 확정"), F),
    "바로잡습니다": (article(title="바로잡습니다"), C),
    "알려왔습니다": (article(title="[알려왔습니다] 나루대교"), R),
    "a field": (article(extra={"corrects": "a9"}), C),
    "no notice": (article(), None),
    "corrected itself": (article(title="[정정] 나루대교 6월 개통"), None),
    "about one": (article(title="언론중재위, 정정보도 결정"), None),
}


@pytest.mark.parametrize(("given", "expected"), NOTICES.values(), ids=NOTICES.keys())
def test_which_articles_are_notices(given: Article, expected: CorrectionKind | None) -> None:
    """By the label of the headline, or the source's field."""
    assert notice_kind(given) == expected


TARGET = article(url="https://paper.example/news/1234")
NAMED: dict[str, tuple[dict[str, Any], bool]] = {
    "by id": ({"extra": {"corrects": "a1"}}, True),
    "by address in a field": ({"extra": {"corrects": ["https://paper.example/news/1234"]}}, True),
    "by address": ({"body": "바로잡습니다. https://paper.example/news/1234."}, True),
    "by headline and day": ({"body": "본지는 2025년 3월 3일 ‘나루대교 오는 5월 개통’ 제목의 기사에서"}, True),
    "without the year": ({"body": "본지는 지난 3월 3일자 「나루대교, 오는 5월 개통」 기사에서"}, True),
    "the print edition's day": ({"body": "본지 3월 4일자 3면 <나루대교 오는 5월 개통> 기사에서"}, True),
    "another day": ({"body": "본지는 2025년 3월 9일 ‘나루대교 오는 5월 개통’ 기사에서"}, False),
    "another headline": ({"body": "본지는 2025년 3월 3일 ‘나루대교 5월 개통’ 기사에서"}, False),
    "a headline without a day": ({"body": "본지는 ‘나루대교 오는 5월 개통’ 기사에서"}, False),
    "another address": ({"body": "https://paper.example/news/12345"}, False),
    "an impossible day": ({"body": "13월 41일 ‘나루대교 오는 5월 개통’"}, False),
}


@pytest.mark.parametrize(("fields", "is_named"), NAMED.values(), ids=NAMED.keys())
def test_which_article_a_notice_names(fields: dict[str, Any], is_named: bool) -> None:
    """By id, address, or headline with its day; never by likeness."""
    notice = article(
        title="[정정보도] 나루대교", id="n1", published_at=datetime(2025, 4, 1, tzinfo=UTC), **{"body": "", **fields}
    )

    assert bool(names_in(notice) & names_of(TARGET)) == is_named


@pytest.mark.parametrize("between", ["\n", " "], ids=["paragraphs", "one paragraph"])
@pytest.mark.parametrize(("place", "is_found"), [(0, True), (2_000, False), (3_999, True)])
def test_of_a_long_text_the_beginning_and_the_end_are_read(between: str, place: int, is_found: bool) -> None:
    """Corrections stand there; to read ten thousand characters of twenty articles was a sixth of a page of results."""
    words = ["나루."] * 4_000
    words[place] = "[정정] 6월입니다."

    found = correction_of(article(body=between.join(words)))

    assert (found is not None) == is_found
