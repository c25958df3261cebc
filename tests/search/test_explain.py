"""``archive.explain``: its verdict is the search's, its reasons are true, its score adds up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import gisa
from gisa.errors import ArticleNotFound, ArticleRemoved
from gisa.explanation import Explanation, QueryPart, Rule, ScoreSource, Verdict, VerdictCode
from gisa.ingest.pipeline import Indexer
from gisa.language import Language
from gisa.library import Library
from gisa.saying.explaining import say_verdict
from gisa.saying.speaker import Speaker

WORDS = st.sampled_from(
    "국가 AI 센터 센터장 우정 심우정 포항 포항시 12 · . … 北核 美 미국 이재명 李대통령 늘렸다 늘리다 장 ai센터 WHO 2천만원 SK "
    "세계 보건 기구".split()
)
TEXTS = st.lists(WORDS, min_size=1, max_size=7).flatmap(
    lambda words: st.lists(st.sampled_from(["", " "]), min_size=len(words), max_size=len(words)).map(
        lambda gaps: "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    )
)
QUERY_PIECES = st.one_of(
    WORDS,
    WORDS.map("-{}".format),
    WORDS.map('"{}"'.format),
    st.tuples(st.sampled_from(["제목", "본문", "기자", "분야"]), WORDS).map(":".join),
    st.sampled_from(["OR", "|", "(", ")", '"', "-", "2025-01-02..", "..2025-01-02", "tjdnf", "vhgkd"]),
)
QUERIES = st.one_of(
    st.lists(QUERY_PIECES, min_size=1, max_size=5).map(" ".join), TEXTS, TEXTS.map("-{}".format), st.text(max_size=12)
)
ARTICLES = st.lists(st.tuples(TEXTS, TEXTS, st.integers(1, 3)), min_size=1, max_size=4)


def said(explained: Explanation) -> str:
    """The verdict in Korean."""
    return say_verdict(explained.verdict, Speaker(Language.KOREAN))


def article(number: int, title: str, body: str, day: int = 1) -> dict[str, object]:
    return {
        "id": f"a{number}",
        "title": title,
        "body": body,
        "published_at": datetime(2025, 7, day, tzinfo=UTC),
        "section": title[:2].strip() or "정치",
        "byline": [body[:3]],
    }


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One archive, to be filled anew with every example."""
    with gisa.open(tmp_path_factory.mktemp("explain")) as archive:
        yield archive


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(articles=ARTICLES, queries=st.lists(QUERIES, min_size=3, max_size=6))
def test_the_verdict_is_the_search_s(shared: Library, articles: list[tuple[str, str, int]], queries: list[str]) -> None:
    """For any articles and any query, an article is explained as found just when the search has it, relaxed or not."""
    shared.remove([f"a{number}" for number in range(4)])
    shared.add(article(number, *each) for number, each in enumerate(articles))
    ids = [f"a{number}" for number in range(len(articles)) if _is_there(shared, f"a{number}")]

    for query in queries:
        page = shared.search(query, sort="relevance", limit=100, as_typed=True)  # a correction is another query
        scores = {hit.article.id: hit.score for hit in page.hits}
        for article_id in ids:
            explained = shared.explain(query, article_id)
            assert explained.found == (article_id in scores), (query, article_id, explained)
            assert said(explained)
            if explained.found and not explained.relaxed and explained.parts:
                assert all(part.holds for part in explained.parts) or explained.verdict.code is VerdictCode.IS_HEADLINE
            if explained.found and not explained.relaxed:
                assert explained.score == pytest.approx(scores[article_id], rel=1e-4, abs=1e-4)
                assert sum(part.score for part in explained.score_parts) == pytest.approx(explained.score, rel=1e-6)
                assert all(part.source is not ScoreSource.OTHER for part in explained.score_parts)


def _is_there(archive: Library, article_id: str) -> bool:
    try:
        archive.article(article_id)
    except ArticleNotFound:
        return False
    return True


def part_of(library: Library, query: str, number: int = 0) -> QueryPart:
    """The explanation of a query's one part, for the first article."""
    return library.explain(query, "a0").parts[number]


REASONS = {
    "inside a name": (
        "우정",
        "심우정 총장",
        "‘우정’은 ‘심우정’의 일부로만 쓰였습니다. 단어의 첫머리에서 시작해 단어의 끝에서 끝나는 것만 찾습니다. ‘다른 단어의 일부로 쓰인 기사’를 더하면 함께 나옵니다.",
    ),
    "nowhere": ("양자", "심우정 총장", "‘양자’가 제목과 본문 어디에도 없습니다."),
    "excluded": ("총장 -심우정", "심우정 총장", "제외한 ‘심우정’에 맞는 말이 이 기사에 있습니다."),
    "outside the days": ("총장 2026-01-01..", "심우정 총장", "게재일(2025-07-01)이 기간을 벗어납니다."),
    "other section": ("분야:경제", "심우정 총장", "분야가 다릅니다. 이 기사의 분야: 심우"),
    "other reporter": ("기자:홍예담", "심우정 총장", "기자가 다릅니다. 이 기사의 기자: 나루시"),
    "only in the body": ("제목:나루시", "심우정 총장", "본문에는 있지만, 검색하라고 한 곳에는 없습니다."),
    "inside a Latin word": (
        "ai",
        "main 총장",
        "‘ai’는 ‘main’의 일부로만 쓰였습니다. 영문과 숫자는 전체가 같아야 찾습니다.",
    ),
    "none of two": ("양자 OR 반도체", "심우정 총장", "이 가운데 어느 것에도 맞지 않습니다."),
    "marks": ("???", "심우정 총장", "검색할 수 있는 글자가 없습니다. 한글, 영문, 숫자, 한자로 입력해 주세요."),
    "empty": ("", "심우정 총장", "검색할 수 있는 글자가 없습니다. 한글, 영문, 숫자, 한자로 입력해 주세요."),
}


@pytest.mark.parametrize(("query", "title", "reason"), REASONS.values(), ids=REASONS.keys())
def test_the_first_reason_is_named(library: Library, query: str, title: str, reason: str) -> None:
    """Why an article is not found, in one sentence."""
    library.add([article(0, title, "나루시 이야기")])
    explained = library.explain(query, "a0")

    assert not explained.found
    assert said(explained) == reason


RULES = {
    "as a word": ("총장", "심우정 총장", {Rule.TERMS, Rule.LETTERS}),
    "whatever the spacing": ('"심우정총장"', "심우정 총장", {Rule.LETTERS}),
    "part of a noun that is two": ("카드", "체크카드 이용", {Rule.LETTERS}),
    "a synonym": ("WHO", "세계보건기구 총회", {Rule.VARIANT}),
    "shorthand": ("미국", "美연준 금리 동결", {Rule.SHORTHAND}),
}


@pytest.mark.parametrize(("query", "title", "rules"), RULES.values(), ids=RULES.keys())
def test_the_rule_is_named(library: Library, query: str, title: str, rules: set[Rule]) -> None:
    """By which rule a word was found, and in which field."""
    library.add([article(0, title, "나루시 이야기")])
    findings = part_of(library, query).findings

    assert rules <= {finding.rule for finding in findings}
    assert {finding.field for finding in findings} == {"title"}


def test_both_sides_are_shown(library: Library) -> None:
    """The word's terms and pair, and where in the article its letters stand, with the terms there."""
    library.add([article(0, "심우정 총장", "나루시 이야기")])
    part = part_of(library, "우정")

    assert part.terms == ("우정",)
    assert [(place.field, place.text) for place in part.places] == [("title", "심우정")]
    assert part.places[0].terms


def test_a_relaxed_search_is_explained(library: Library) -> None:
    """Which of the words the article holds, and that no article holds all."""
    library.add([article(0, "심우정 총장", "나루시 이야기")])
    explained = library.explain("총장 나루시 양자", "a0")

    assert (explained.found, explained.relaxed) == (True, True)
    assert [part.holds for part in explained.parts] == [True, True, False]
    assert explained.verdict == Verdict(VerdictCode.FOUND_RELAXED, held=2, of=3)


def test_a_score_is_taken_apart(library: Library) -> None:
    """A headline that is the query counts most; the rest is words and letters of headline and body."""
    library.add([article(0, "심우정 총장", "심우정 총장 이야기"), article(1, "나루시", "총장")])
    explained = library.explain("심우정 총장", "a0")
    sources = [part.source for part in explained.score_parts]

    assert explained.verdict.code is VerdictCode.IS_HEADLINE
    assert sources[0] is ScoreSource.HEADLINE
    assert {ScoreSource.TITLE_TERMS, ScoreSource.BODY_TERMS} <= set(sources)


def test_every_share_of_a_score_has_its_name(library: Library) -> None:
    """Neighbours, a headline that the query names, recency and shared letters are told apart."""
    recent = {**article(0, "나루산", "나루산 등산로 안내"), "published_at": datetime.now(UTC)}
    library.add([recent, article(1, "다른 소식", "안내")])
    parts = {part.source: part.words for part in library.explain("나루산 등산로 안내", "a0").score_parts}
    sources = parts.keys()

    assert set(parts[ScoreSource.NEIGHBOURS]) == {"나루산 등산", "등산 안내"}
    assert {
        ScoreSource.NAMED_HEADLINE,
        ScoreSource.NEIGHBOURS,
        ScoreSource.RECENCY,
        ScoreSource.BODY_LETTERS,
    } <= sources
    assert ScoreSource.OTHER not in sources


def test_what_is_not_there_is_an_error(library: Library) -> None:
    """Unknown and removed articles are told apart."""
    library.add([article(0, "심우정 총장", "나루시 이야기")])
    library.remove(["a0"])

    with pytest.raises(ArticleRemoved):
        library.explain("총장", "a0")
    with pytest.raises(ArticleNotFound):
        library.explain("총장", "none")


def test_not_indexed_yet(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the archive holds and the index lacks is said so, not explained away."""
    library.add([article(0, "나루시", "이야기")])
    with monkeypatch.context() as patched:
        patched.setattr(Indexer, "commit", lambda self: None)
        library.add([article(1, "심우정 총장", "나루시 이야기")])
    explained = library.explain("총장", "a1")

    assert not explained.found
    assert explained.verdict.code is VerdictCode.NOT_INDEXED


def test_a_query_of_ten_thousand_characters(library: Library, tmp_path: Path) -> None:
    """It is cut as a search cuts it, and says so."""
    del tmp_path
    library.add([article(0, "심우정 총장", "나루시 이야기")])

    assert [notice.code.value for notice in library.explain("가나다 " * 2_500, "a0").notices] == [
        "too_long",
        "too_many_words",
    ]
