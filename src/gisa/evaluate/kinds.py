"""Sorts queries into classes by their form alone, so that one class's figures do not hide another's."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class QueryKind(StrEnum):
    """The classes of queries, in the order in which they are tried."""

    ALL = "all"
    """Not a class: every query together."""
    QUESTION = "question"
    """Ends in a question mark, or in an ending that asks, or holds a question word: 시장은 누구인가요"""
    NUMBER = "number"
    """Holds a figure: 2025 예산안, 12·3"""
    WORD = "word"
    """One word: 심우정"""
    WORDS = "words"
    """Two words or more: 김무호 한라장사 3연패, without the figure"""


_ASKING: Final = re.compile(
    r"[?？]\s*$|(?:[가-힣](?:나요|가요|까요|까|느냐|냐)|(?:인|는|은|던|한|된)가)\s*$"
    r"|(?:^|\s)(?:(?:누구|누가|무엇|언제|어디|얼마)[가-힣]{0,3}|무슨|어느|어떤|어떻게|왜)(?:\s|$)"
)
_DIGIT: Final = re.compile(r"\d")


def kind_of(text: str) -> QueryKind:
    """The class of a query: ``kind_of("한라산의 높이는?")`` is a question, ``kind_of("심우정")`` a word."""
    if _ASKING.search(text):
        return QueryKind.QUESTION
    if _DIGIT.search(text):
        return QueryKind.NUMBER
    return QueryKind.WORDS if len(text.split()) > 1 else QueryKind.WORD
