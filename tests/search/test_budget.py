"""A time budget: hits and total are always found, what stands beside them while time lasts, and a notice says so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

import gisa
from gisa.library import Library
from gisa.model import NoticeCode, SearchPage


class Passing:
    """Time of which a second passes each time somebody looks."""

    def __init__(self) -> None:
        self._seconds = count()

    def __call__(self) -> float:
        return float(next(self._seconds))


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Library]:
    """Five articles with a synonym, a figure, a name that hides a word, and a headline to mistype."""
    with gisa.open(tmp_path / "paper", monotonic=Passing()) as library:
        library.add(
            {"id": str(number), "title": title, "body": body, "section": "사회", "published_at": f"2025-06-0{number}"}
            for number, (title, body) in enumerate(
                (
                    ("인공지능 우정", "예산 2천만원을 늘렸다."),
                    ("AI 우정", "예산 20,000,000원을 늘렸다."),
                    ("심우정", "인공지능 예산 2천만원"),
                    ("나루대교 개통", "나루대교가 열렸다."),
                    ("나루대교 통행", "나루대교를 건넜다."),
                ),
                start=1,
            )
        )
        yield library


def codes(page: SearchPage) -> list[NoticeCode]:
    return [notice.code for notice in page.notices]


def test_without_a_budget_nothing_is_left_out(paper: Library) -> None:
    """The library waits as long as it takes."""
    page = paper.search("인공지능 우정", facets=True)

    assert page.facets is not None
    assert (len(page.variants), page.inside) == (1, 1)
    assert not page.is_partial


def test_hits_and_total_are_found_whatever_the_budget(paper: Library) -> None:
    """With no time at all: the same hits in the same order, the same total; counts beside them are missing, and it says so."""
    whole = paper.search("인공지능 우정", facets=True)

    page = paper.search("인공지능 우정", facets=True, budget_s=0)

    assert [hit.article.id for hit in page.hits] == [hit.article.id for hit in whole.hits] == ["2", "1"]
    assert page.total == whole.total == 2
    assert (page.facets, page.variants, page.inside) == (None, (), None)
    assert codes(page) == [NoticeCode.PARTIAL]


@pytest.mark.parametrize(
    ("budget_s", "held"),
    [
        (0.5, (False, False, False, False)),
        (2.5, (True, False, False, False)),
        (4.5, (True, True, False, False)),
        (6.5, (True, True, False, True)),
        (99.0, (True, True, True, True)),
    ],
)
def test_steps_are_done_in_their_order_while_time_lasts(
    paper: Library, budget_s: float, held: tuple[bool, bool, bool, bool]
) -> None:
    """How many are about it, filters, then whether any variant brings something, what stands inside words, each variant; a second passes before each."""
    page = paper.search("인공지능 우정", facets=True, budget_s=budget_s)

    found = (page.scopes is not None, page.facets is not None, bool(page.variants), page.inside is not None)
    assert found == held
    assert page.is_partial is not all(held)


def test_an_answer_is_not_called_partial_for_what_it_would_not_have(paper: Library) -> None:
    """A step that the query does not call for is not missed."""
    page = paper.search("나루대교 나루시청", budget_s=9_999)
    without = paper.search('제목:"나루대교 개통"', match="any", budget_s=0)

    assert not page.is_partial
    assert [hit.article.id for hit in without.hits] == ["4"]
    assert not without.is_partial


def test_highlights_by_analysis_are_left_out(paper: Library) -> None:
    """늘리다 is found in 늘렸다 and, when time is up, not marked."""
    marked = paper.search("늘리다")
    hurried = paper.search("늘리다", budget_s=0)

    assert [hit.snippet.highlights != () for hit in marked.hits] == [True, True]
    assert [hit.snippet.highlights != () for hit in hurried.hits] == [False, False]
    assert codes(hurried) == [NoticeCode.PARTIAL]


def test_the_other_keyboard_and_proposals_are_left_out(paper: Library) -> None:
    """Words that are nowhere are neither read as typed otherwise nor replaced, and the page says that it did not try."""
    assert paper.search("skfneory").total == 2
    assert paper.search("나루대굥").did_you_mean == "나루대교"

    typed, mistyped = paper.search("skfneory", budget_s=0), paper.search("나루대굥", budget_s=0)

    assert (typed.total, codes(typed)) == (0, [NoticeCode.PARTIAL])
    assert (mistyped.did_you_mean, codes(mistyped)) == (None, [NoticeCode.PARTIAL])
