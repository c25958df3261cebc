"""Reading queries."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.model import NoticeCode
from gisa.query.parse import MAX_CHARACTERS, MAX_WORDS, parse
from gisa.query.syntax import And, Days, FieldName, Literal, Node, Or, Without, Word

TREES: dict[str, tuple[str, Node | None]] = {
    "one word": ("AI센터", Word("AI센터")),
    "words": ("포항  AI센터", And((Word("포항"), Word("AI센터")))),
    "literal": ('"AI 센터"', Literal("AI 센터")),
    "literal beside a word": ('포항"AI 센터"', And((Word("포항"), Literal("AI 센터")))),
    "without": ("이재용 -노태문", And((Word("이재용"), Without(Word("노태문"))))),
    "without a literal": ('-"AI 센터"', Without(Literal("AI 센터"))),
    "OR": ("포항 OR 울산 센터", Or((Word("포항"), And((Word("울산"), Word("센터")))))),
    "bar": ("포항|울산", Or((Word("포항"), Word("울산")))),
    "parentheses": ("(포항 OR 울산) 센터", And((Or((Word("포항"), Word("울산"))), Word("센터")))),
    "nested": ("((포항))", Word("포항")),
    "without a group": ("센터 -(포항|울산)", And((Word("센터"), Without(Or((Word("포항"), Word("울산"))))))),
    "AND is allowed": ("포항 AND 센터", And((Word("포항"), Word("센터")))),
    "Korean field": ("제목:포항", Word("포항", FieldName.TITLE)),
    "English field": ("title:포항", Word("포항", FieldName.TITLE)),
    "field of a literal": ('본문:"AI 센터"', Literal("AI 센터", FieldName.BODY)),
    "field of a group": ("제목:(포항 OR 울산)", Or((Word("포항", FieldName.TITLE), Word("울산", FieldName.TITLE)))),
    "full-width colon": ("분야：정치", Word("정치", FieldName.SECTION)),
    "days": ("2025-10-01..2025-12-31", Days(date(2025, 10, 1), date(2025, 12, 31))),
    "days open at one side": ("AI 2025-10-01..", And((Word("AI"), Days(date(2025, 10, 1), None)))),
    "a hyphen inside": ("LG전자-서울대", Word("LG전자-서울대")),
    "a hyphen after a quote": ('"준법"-감시', And((Literal("준법"), Word("-감시")))),
    "a hyphen alone": ("포항 - 울산", And((Word("포항"), Word("-"), Word("울산")))),
    "parentheses inside": ("증강현실(AR) 기기", And((Word("증강현실(AR)"), Word("기기")))),
    "parentheses inside a group": ("(증강현실(AR) OR VR)", Or((Word("증강현실(AR)"), Word("VR")))),
    "an unknown field": ("점수:3", Word("점수:3")),
    "typographic quotes": ("“국가 투자”", And((Word("“국가"), Word("투자”")))),
    "nothing": ("   ", None),
    "only a literal's quotes": ('""', Literal("")),
}


@pytest.mark.parametrize(("text", "tree"), TREES.values(), ids=TREES.keys())
def test_tree(text: str, tree: Node | None) -> None:
    """A query of the grammar gives its tree, without a notice."""
    parsed = parse(text)

    assert parsed.root == tree
    assert parsed.notices == ()


UNREADABLE = {
    "open quote": '포항 "AI 센터',
    "open parenthesis": "(포항 OR 울산",
    "closing parenthesis": "포항) 울산",
    "empty group": "포항 ()",
    "OR without a side": "포항 OR",
    "bars": "|| 포항",
    "impossible day": "2025-13-45..2025-12-31",
    "deep nesting": "(" * 50 + "포항" + ")" * 50,
    "minus upon minus": "- " + "-(" * 30 + "포항" + ")" * 30,
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_unreadable_is_plain_words(text: str) -> None:
    """What is not of the grammar is read as words, and says so."""
    parsed = parse(text)

    assert parsed.notices == (NoticeCode.UNPARSED,)
    assert isinstance(parsed.root, And)
    assert all(isinstance(node, Word) for node in parsed.root.nodes)


def test_long_query_is_cut() -> None:
    """A query of 10,000 characters is read up to the limit, and says so."""
    parsed = parse("가나다 " * 2_500)

    assert len(parsed.text) <= MAX_CHARACTERS
    assert NoticeCode.TOO_LONG in parsed.notices


def test_many_words_are_cut() -> None:
    """Words beyond the limit are left out, and the page says so; a query of just as many is whole."""
    parsed = parse("가 " * (MAX_WORDS + 1))

    assert parsed.notices == (NoticeCode.TOO_MANY_WORDS,)
    assert isinstance(parsed.root, And)
    assert len(parsed.root.nodes) == MAX_WORDS
    assert parse("가 " * MAX_WORDS).notices == ()


def test_unseen_characters_are_dropped() -> None:
    """NUL, control characters and lone surrogates never reach the archive."""
    assert parse("AI\x00센터\ud800").root == Word("AI센터")


@given(st.text(alphabet=st.one_of(st.sampled_from('"()|- :OR제목가.2025-01'), st.characters()), max_size=60))
def test_never_fails(text: str) -> None:
    """Any text whatever is read as something."""
    parse(text)
