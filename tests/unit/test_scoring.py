"""What adds to an article's score, and what does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from gisa.clause import AllOf, AnyOf, AtLeast, Boost, Clause, Not, Phrase, PublishedBetween, Token, Worth
from gisa.lexicon.lexicon import packaged_lexicon
from gisa.library import Library
from gisa.model import SEOUL
from gisa.query.expansion import WordExpander
from gisa.query.parse import parse
from gisa.query.plan import compile_query
from gisa.text.analyser import MecabAnalyser
from gisa.text.views import BODY_STREAM, BODY_TERMS, TITLE_KEY


def scored(query: str, *, typed: str = "") -> list[Clause]:
    """Every clause of a query's score."""
    root = parse(query).root
    assert root is not None
    plan = compile_query(root, WordExpander(MecabAnalyser(), packaged_lexicon(), on=date(2025, 6, 1)), typed=typed)
    return list(_each(plan.score)) if plan is not None and plan.score is not None else []


def _each(clause: Clause) -> Iterator[Clause]:
    yield clause
    match clause:
        case AllOf(inner) | AnyOf(inner) | AtLeast(_, inner):
            for one in inner:
                yield from _each(one)
        case Boost(one, _) | Worth(one, _) | Not(one):
            yield from _each(one)


def tokens(query: str, field: str) -> set[str]:
    """What a query's score looks for in a view."""
    return {clause.token for clause in scored(query) if isinstance(clause, Token) and clause.field == field}


def _most(clause: Clause) -> float:
    """The most that BM25 and fixed gains can give, written anew: 44 for a token, a phrase as much for each of its tokens."""
    match clause:
        case Token():
            return 44.0
        case Phrase(_, phrase):
            return 44.0 * len(phrase)
        case AllOf(inner) | AnyOf(inner):
            return sum(map(_most, inner))
        case Boost(one, factor):
            return factor * _most(one)
        case Worth(_, gain):
            return gain
        case _:
            return 1.0


@pytest.mark.parametrize("query", ["나루산", "해온도 나루산 등산로 안내", "WHO 나루산 AI센터 착공식"])
def test_the_article_whose_headline_is_the_query_cannot_be_overtaken(query: str) -> None:
    """What it gets for that is more than all other parts of the score together can give another."""
    score = scored(query, typed=query)[0]
    assert isinstance(score, AnyOf)
    of_the_headline = [
        part
        for part in score.clauses
        if isinstance(part, Worth) and isinstance(part.clause, Token) and part.clause.field == TITLE_KEY
    ]
    others = sum(_most(part) for part in score.clauses if part not in of_the_headline)

    assert of_the_headline
    assert min(part.score for part in of_the_headline if isinstance(part, Worth)) > others


def test_question_words_do_not_count() -> None:
    """Neither the term of a question word nor its syllables add to a score."""
    assert tokens("나루산의 높이는 얼마나 되나요", BODY_TERMS).isdisjoint({"얼마나"})
    assert "얼마" not in tokens("나루산의 높이는 얼마나 되나요", BODY_STREAM)
    assert "나루" in tokens("나루산의 높이는 얼마나 되나요", BODY_TERMS)


def test_a_query_of_question_words_still_counts() -> None:
    """Where there is nothing else, they do."""
    assert "누구" in tokens("누구", BODY_TERMS)


def test_names_are_looked_for_among_headlines() -> None:
    """Stretches from a word's beginning may be a headline, whatever particle ends them; single syllables may not."""
    names = tokens("한 나루산의 높이는", TITLE_KEY)

    assert {"나루산", "나루산의높이", "한나루산"} <= names
    assert names.isdisjoint({"한", "루산"})


def test_only_a_query_with_words_has_a_score() -> None:
    """Days alone cannot be better or worse."""
    assert scored("2025-01-01..2025-02-01") == []
    assert any(isinstance(clause, PublishedBetween) for clause in scored("나루시"))


@pytest.mark.parametrize("days", [7, 30, 365])
def test_recency_counts_from_the_first_second_of_its_last_day(days: int) -> None:
    """An article of just so many days ago still gets that share, one published a second earlier does not."""
    starts = [
        share.clause.since_s
        for share in scored("나루시")
        if isinstance(share, Worth) and isinstance(share.clause, PublishedBetween)
    ]

    midnight = datetime(2025, 6, 1, tzinfo=SEOUL) - timedelta(days=days)
    assert int(midnight.timestamp()) in starts
    assert len(starts) == 3


BODY = "나루산은 해온도의 산이다. 등산로가 넷 있다."
MORNING = datetime(2025, 6, 1, 9, tzinfo=SEOUL)


def row(title: str, body: str = BODY, *, days: int = 0) -> dict[str, Any]:
    """An article so many days before the search."""
    return {"id": title, "title": title, "body": body, "published_at": MORNING - timedelta(days=days)}


def first(library: Library, query: str, **asked: Any) -> str:
    """The id of the best hit."""
    return library.search(query, sort="relevance", **asked).hits[0].article.id


def test_the_article_that_the_query_names_comes_first(library: Library) -> None:
    """Of articles that say the same, the one whose whole headline the question holds."""
    library.add([row("나루산 등산로 안내"), row("나루산", days=400), row("해온도의 나루산 등산로")])

    assert first(library, "나루산의 등산로는 몇 개인가요?", match="any") == "나루산"


def test_of_equals_the_recent_comes_first_and_of_unequals_the_better(library: Library) -> None:
    """Recency decides between articles that say as much, and no more than that."""
    now = datetime.now(SEOUL)
    old, new = now - timedelta(days=500), now - timedelta(days=1)
    library.add(
        [
            {**row("산길 소식 하나"), "published_at": old},
            {**row("산길 소식 둘"), "published_at": new},
            {**row("바다 소식", "해온항 소식이다. 나루산이 보인다."), "published_at": new},
        ]
    )

    assert first(library, "해온도 등산로") == "산길 소식 둘"
    assert first(library, "나루산 등산로", match="any") == "산길 소식 둘"
    assert first(library, "산길 소식 하나", match="any") == "산길 소식 하나"
