"""What an article is about, and what it only mentions."""

from __future__ import annotations

from datetime import date

import pytest

from gisa.clause import EVERYTHING
from gisa.lexicon.lexicon import packaged_lexicon
from gisa.model import Match
from gisa.query.expansion import WordExpander
from gisa.query.matching import ArticleTokens
from gisa.query.parse import parse
from gisa.query.plan import Plan, compile_query
from gisa.text.analyser import MecabAnalyser
from gisa.text.views import LEAD_LETTERS, TOPICS, ViewBuilder

EXPANDER = WordExpander(MecabAnalyser(), packaged_lexicon(), on=date(2026, 1, 1))
BUILDER = ViewBuilder()
FAR = "시청은 이날 다른 일도 하나하나 설명했다. " * 12
"""More than a lead."""


def plan_of(query: str, match: Match = Match.ALL) -> Plan:
    root = parse(query).root
    assert root is not None
    plan = compile_query(root, EXPANDER, match=match, typed=query)
    assert plan is not None
    return plan


def is_about(query: str, title: str, body: str, match: Match = Match.ALL) -> bool:
    """Whether an article that holds the query is about it."""
    views = BUILDER.article(title=title, body=body, byline=("홍예담 기자",), section="사회")
    tokens = ArticleTokens(views, seq=1, published_at_s=0)
    plan = plan_of(query, match)
    assert tokens.holds(plan.match)
    return tokens.holds(plan.about)


@pytest.mark.parametrize(
    ("query", "title", "body", "about"),
    [
        pytest.param("폭염", "폭염에 문 연 쉼터", "", True, id="in the headline"),
        pytest.param("폭염", "쉼터 문 열어", f"폭염이 이어진다. {FAR} 폭염 특보는 닷새째다.", True, id="in the lead and again"),
        pytest.param("폭염", "쉼터 문 열어", f"폭염이 이어진다. {FAR}", False, id="in the lead, once"),
        pytest.param("폭염", "쉼터 문 열어", f"{FAR} 폭염과 폭우, 또 폭염에도 일했다.", False, id="late, though twice"),
        pytest.param("이상민", "시장의 하루", f"이상민 시장은 웃었다. {FAR} 이상민은 갔다.", True, id="a name"),
        pytest.param("AI센터", "북항의 하루", f"AI센터가 열렸다. {FAR} AI센터장은 말했다.", True, id="mixed scripts"),
        pytest.param("지하철 파업", "지하철 파업 이틀째", "", True, id="two words in the headline"),
        pytest.param("지하철 파업", "지하철 멈췄다", f"파업이다. {FAR} 파업은 길다.", True, id="one in the headline, one a topic"),
        pytest.param("지하철 파업", "버스 파업", f"지하철은 다닌다. {FAR}", False, id="one of two only mentioned"),
        pytest.param("지하철 -버스", "지하철 멈췄다", "", True, id="what is left out asks nothing"),
        pytest.param("지하철 OR 버스", "버스 멈췄다", f"{FAR} 지하철도.", True, id="one side is enough"),
        pytest.param("제목:지하철", "지하철 멈췄다", "", True, id="a word of the headline"),
        pytest.param("기자:홍예담", "지하철 멈췄다", "", True, id="a reporter asks nothing"),
        pytest.param('"지하철 파업"', "버스의 하루", f"{FAR} 지하철 파업", False, id="a quotation only mentioned"),
        pytest.param("인공지능", "AI 시대", "", True, id="a variant in the headline"),
    ],
)  # fmt: skip
def test_about(query: str, title: str, body: str, about: bool) -> None:
    """An article is about words of its headline, and about those that its lead says and its text says again."""
    assert is_about(query, title, body) is about


def test_about_one_of_several() -> None:
    """Where one word is enough to match, one is enough to be about."""
    assert is_about("지하철 파업", "지하철 멈췄다", f"{FAR} 파업", Match.ANY)


def test_a_query_without_words_is_about_everything() -> None:
    """Days and sections ask nothing of what an article is about."""
    assert plan_of("분야:사회 2025-01-01..2025-01-31").about == EVERYTHING


def test_topics_end_with_the_lead() -> None:
    """A word that begins after the lead is no topic, however often it stands there."""
    lead = "가나 " * (LEAD_LETTERS // 2)

    topics = BUILDER.article(title="", body=f"{lead}폭염 폭염 폭염", byline=(), section=None)[TOPICS].split()

    assert "폭염" not in topics
