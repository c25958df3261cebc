"""Clauses in OpenSearch's query language. Pure: JSON out, no request.

Every query is combined with ``ARTICLES``, because the state document is in the same index.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from gisa.clause import (
    NOTHING,
    AllOf,
    AnyOf,
    AtLeast,
    Beyond,
    Boost,
    Clause,
    Not,
    Numbered,
    OpensAfter,
    Phrase,
    PublishedBetween,
    SyllableIn,
    Token,
    Worth,
)
from gisa.index.fields import sort_key

Json = dict[str, Any]

TOKENS: Final = "tokens"
MOST_TERMS: Final = 65_536
"""The analyser: splits at spaces and drops the barrier, leaving its position empty."""

BARRIER: Final = "|"

ARTICLES: Final[Json] = {"term": {"mark": "article"}}
_NOTHING: Final[Json] = {"match_none": {}}

_SHIFT: Final = 1 << 63
"""Sort keys are unsigned, a ``long`` is signed: subtracting this keeps their order."""

_OPERATORS: Final = re.compile(r'[.?+*|{}\[\]()"\\#@&<>~^$-]')
"""Signs that mean something in a Lucene regular expression."""


def shifted(published_at_s: int, seq: int) -> int:
    """The sort key as a ``long``."""
    return sort_key(published_at_s, seq) - _SHIFT


def unshifted(key: int) -> int:
    """The sort key that ``shifted`` was made of."""
    return key + _SHIFT


def to_query(clause: Clause) -> Json:
    """The clause as a query. Scores are BM25's, as tantivy's are."""
    match clause:
        case Token(field, token):
            return {"term": {field: token}}
        case Phrase(field, tokens):
            return _phrase(field, tokens)
        case SyllableIn(field, character):
            escaped = _OPERATORS.sub(r"\\\g<0>", character)
            return {"regexp": {field: {"value": f".?_?{escaped}_?.?", "flags": "NONE"}}}
        case PublishedBetween(since_s, until_s):
            bounds = {"gte": since_s, "lt": until_s}
            given = {name: bound for name, bound in bounds.items() if bound is not None}
            return {"range": {"published_at": given}} if given else ARTICLES
        case Beyond(published_at_s, seq, older, within_s):
            bounds = {"lt" if older else "gt": shifted(published_at_s, seq)}
            if within_s is not None and older:
                bounds["gte"] = shifted(published_at_s - within_s, 0)
            elif within_s is not None:
                bounds["lt"] = shifted(published_at_s + within_s + 1, 0)
            return {"range": {"sort_key": bounds}}
        case OpensAfter(at_s):
            return {"range": {"opens_at": {"gt": at_s}}}
        case Numbered(seqs):
            return _numbered(seqs)
        case AllOf(clauses):
            return _all(clauses)
        case AnyOf(clauses):
            return at_least(1, clauses) if clauses else _NOTHING
        case AtLeast(minimum, clauses):
            return at_least(minimum, clauses) if minimum <= len(clauses) else _NOTHING
        case Not():
            return _all((clause,))
        case Boost(inner, factor):
            return {"bool": {"must": [to_query(inner)], "boost": factor}}
        case Worth(inner, score):
            return {"constant_score": {"filter": to_query(inner), "boost": score}}


def at_least(minimum: int, clauses: Sequence[Clause]) -> Json:
    """Matches if at least so many of the clauses do."""
    return {"bool": {"should": [to_query(each) for each in clauses], "minimum_should_match": minimum}}


def matching(clause: Clause) -> Json:
    """Articles that satisfy the clause, without a score."""
    return {"bool": {"filter": [ARTICLES, to_query(clause)]}}


def scored(match: Clause, score: Clause) -> Json:
    """Articles that satisfy ``match``, scored by ``score`` alone."""
    return {"bool": {"filter": [ARTICLES, to_query(match)], "should": [to_query(score)]}}


def counting(clauses: Sequence[Clause], within: Clause, *, whole: Clause) -> Json:
    """Articles scored by how many of the clauses they satisfy; ``whole`` counts as much as all of them."""
    worths = [Worth(each, 1.0) for each in clauses]
    if whole != NOTHING:
        worths.append(Worth(whole, float(len(clauses))))
    if not worths:
        return _NOTHING
    return {"bool": {"filter": [ARTICLES, to_query(within)]} | at_least(1, worths)["bool"]}


def _numbered(seqs: Sequence[int]) -> Json:
    """By the 65,536, which is the most that one ``terms`` takes (``index.max_terms_count``)."""
    parts: list[Json] = [
        {"terms": {"seq": list(seqs[start : start + MOST_TERMS])}} for start in range(0, len(seqs) or 1, MOST_TERMS)
    ]
    return parts[0] if len(parts) == 1 else {"bool": {"should": parts, "minimum_should_match": 1}}


def _phrase(field: str, tokens: tuple[str | None, ...]) -> Json:
    """The stop filter removes the barrier and leaves its position empty, so it matches any token."""
    placed = [place for place, token in enumerate(tokens) if token is not None]
    if not placed:
        return _NOTHING
    kept = tokens[placed[0] : placed[-1] + 1]
    if len(kept) == 1:
        return {"term": {field: kept[0]}}
    text = " ".join(BARRIER if token is None else token for token in kept)
    return {"match_phrase": {field: {"query": text, "analyzer": TOKENS}}}


def _all(clauses: tuple[Clause, ...]) -> Json:
    """A ``bool`` of exclusions alone matches nothing, so it excludes from all articles."""
    required = [to_query(each) for each in clauses if not isinstance(each, Not)]
    excluded = [to_query(each.clause) for each in clauses if isinstance(each, Not)]
    return {"bool": {"must": required or [ARTICLES]} | ({"must_not": excluded} if excluded else {})}
