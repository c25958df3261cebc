"""Which queries are questions, and which of their words only ask."""

from __future__ import annotations

import pytest

from gisa.query.parse import parse
from gisa.query.questions import content_of, is_question
from gisa.query.syntax import And, Word


@pytest.mark.parametrize(
    ("query", "asks"),
    [
        ("의대 정원은 언제 결정됐나", True),
        ("소비쿠폰은 어디서 쓸 수 있나요", True),
        ("최저임금은 얼마나 올랐나?", True),
        ("나루시장은 누구인가요", True),
        ("나루대교는 왜 막혔나", True),
        ("나루대교 통제", False),
        ("언제", False),
        ("몇 시", False),
        ("어떤 하루", False),
        ("바나나", False),
        ("왜", False),
    ],
)
def test_questions_are_told_from_other_queries(query: str, asks: bool) -> None:
    """A sentence of two words or more that asks twice over is a question; a word, or words that name something, is none."""
    assert is_question(query) is asks


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("소비쿠폰은 어디서 쓸 수 있나요", ["소비쿠폰은", "쓸"]),
        ("나루대교는 왜 막혔나", ["나루대교는", "막혔나"]),
        ("어떻게 되나요", None),
        ("나루대교 -통제 왜", None),
        ('"나루대교" 왜', None),
    ],
)
def test_words_that_only_ask_are_left_out(query: str, kept: list[str] | None) -> None:
    """What stays is what an answer may hold; queries with operators are left as they are."""
    root = parse(query).root
    assert root is not None

    content = content_of(root)

    found = [node.text for node in content.nodes if isinstance(node, Word)] if isinstance(content, And) else None
    assert found == kept
