"""Recognises questions typed into the search box, and which of their words only ask. Knows no names."""

from __future__ import annotations

import re
from typing import Final

from gisa.query.syntax import And, Node, Word

_ASKING: Final = re.compile(
    r"(?:^|\s)(?:(?:누구|누가|무엇|언제|어디|얼마)[가-힣]{0,5}|무슨|어느|어떤|어떻게|왜|몇)(?=\s|[?？]?$)"
)
"""A word that asks: 언제, 어디서, 무엇인가요."""
_ENDING: Final = re.compile(r"[가-힣](?:나|나요|냐|까|까요|가|가요|니|니까)\s*[?？]?\s*$")
"""An end that asks, if a word before it does, too: 막혔나, 누구인가요."""
_SURELY: Final = re.compile(r"[가-힣](?:나요|인가요|는가요|까요|습니까|입니까|는가|인가)\s*[?？]\s*$")
"""An end that asks by itself, with a question mark."""
_ONLY_ASKS: Final = re.compile(
    r"(?:누구|누가|무엇|언제|어디|얼마)[가-힣]{0,5}|무슨|어느|어떤|어떻게|왜|몇|수|것|하나|하나요|되나|되나요|있나|있나요|했나|됐나|인가요|인가"
)
_LEAST_WORDS: Final = 2


def is_question(text: str) -> bool:
    """True if a query is a sentence that asks: ``의대 정원은 언제 결정됐나``; one word is none, nor is a headline that ends in …나.

    It asks by a word (언제) and by its end (…됐나, or a question mark), or by an end that can do nothing else.
    """
    if len(text.split()) < _LEAST_WORDS:
        return False
    is_marked = text.rstrip().endswith(("?", "？"))
    if _ASKING.search(text) is not None:
        return is_marked or _ENDING.search(text) is not None
    return _SURELY.search(text) is not None


def content_of(root: Node) -> Node | None:
    """A question without the words that only ask; None for a query with operators, or if nothing else is left."""
    words = [node for node in root.nodes if isinstance(node, Word)] if isinstance(root, And) else []
    if not isinstance(root, And) or len(words) < len(root.nodes):
        return None
    kept = tuple(word for word in words if not _ONLY_ASKS.fullmatch(word.text.rstrip("?？")))
    return And(kept) if kept else None
