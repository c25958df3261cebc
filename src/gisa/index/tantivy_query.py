"""Compiles clauses to tantivy's queries. Pure: needs the schema, not the index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from tantivy import FieldType, Occur, Query, Schema

from gisa.clause import (
    EVERYTHING,
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

MARK: Final = "mark"
"""A field of every entry: ``article``, or ``state`` for the one that holds the change_seq."""
_MANY: Final = 1_000
"""From as many numbers on they are one set and no query each: 5,000 then take 3 ms beside 7, but 100 of them 1 ms beside 0.3."""
ARTICLE: Final = "article"
STATE: Final = "state"
PUBLISHED_AT: Final = "published_at"
SORT_KEY: Final = "sort_key"
OPENS_AT: Final = "opens_at"
"""Set only for articles that were not open when they were indexed; a search for it is free if there are none."""
SEQ: Final = "seq"


def may_match(clause: Clause, frequency: Callable[[str, str], int]) -> bool:
    """Whether an entry may satisfy the clause, judged by the frequencies of its tokens. False only if none can.

    Of 300 candidate corrections of a word, all but some 30 hold a syllable pair that no article holds. Two frequencies take
    2 µs, a search for the phrase 60.
    """
    match clause:
        case Token(field, token):
            return frequency(field, token) > 0
        case Phrase(field, tokens):
            return all(frequency(field, token) for token in tokens if token is not None)
        case AllOf(clauses):
            return all(may_match(each, frequency) for each in clauses)
        case AnyOf(clauses):
            return any(may_match(each, frequency) for each in clauses)
        case _:
            return True


def to_query(clause: Clause, schema: Schema) -> Query:
    """The clause as a tantivy query, which matches articles only.

    Kinds are tried in turn, so those come first of which a page has hundreds.
    """
    match clause:
        case Token(field, token):
            return Query.term_query(schema, field, token)
        case Phrase(field, tokens):
            placed = [(place, token) for place, token in enumerate(tokens) if token is not None]
            if len(placed) == 1:
                return Query.term_query(schema, field, placed[0][1])
            return Query.phrase_query(schema, field, list(placed)) if placed else Query.empty_query()
        case AnyOf(clauses):
            if not clauses:
                return Query.empty_query()
            return Query.boolean_query([(Occur.Should, to_query(each, schema)) for each in clauses])
        case AllOf(clauses):
            return _all(clauses, schema)
        case Worth(inner, score):
            return Query.const_score_query(to_query(inner, schema), score)
        case SyllableIn(field, character):
            return Query.regex_query(schema, field, f".?_?{character}_?.?")
        case PublishedBetween(since_s, until_s):
            if since_s is None and until_s is None:
                return articles(schema)
            # the last second itself: tantivy-py refuses an exclusive bound beside an open one
            last_s = None if until_s is None else until_s - 1
            return Query.range_query(schema, PUBLISHED_AT, FieldType.Integer, since_s, last_s)
        case Beyond(published_at_s, seq, older, within_s):
            key, first, last = sort_key(published_at_s, seq), None, None
            if within_s is not None:  # one range: beside a second one this one was read to its end, 26 ms of 600,000
                first, last = sort_key(published_at_s - within_s, 0), sort_key(published_at_s + within_s + 1, 0) - 1
            if older:
                return Query.range_query(schema, SORT_KEY, FieldType.Unsigned, first, max(key - 1, 0))
            return Query.range_query(schema, SORT_KEY, FieldType.Unsigned, key + 1, last)
        case OpensAfter(at_s):
            return Query.range_query(schema, OPENS_AT, FieldType.Integer, at_s + 1, None)
        case Numbered(seqs) if len(seqs) > _MANY:
            return Query.term_set_query(schema, SEQ, list(seqs))
        case Numbered(seqs):
            return Query.boolean_query([(Occur.Should, Query.term_query(schema, SEQ, seq)) for seq in seqs])
        case AtLeast(minimum, clauses):
            if minimum > len(clauses):
                return Query.empty_query()
            shoulds = [(Occur.Should, to_query(each, schema)) for each in clauses]
            return Query.boolean_query(shoulds, minimum_number_should_match=minimum)
        case Not():
            return _all((clause,), schema)
        case Boost(inner, factor):
            return Query.boost_query(to_query(inner, schema), factor)


def to_scored_query(match: Clause, score: Clause, schema: Schema) -> Query:
    """A query that matches what ``match`` does and scores by ``score`` alone."""
    return Query.boolean_query(
        [
            (Occur.Must, Query.const_score_query(to_query(match, schema), 0.0)),
            (Occur.Should, to_query(score, schema)),
        ]
    )


def to_counting_query(clauses: Sequence[Clause], within: Clause, schema: Schema, *, whole: Clause) -> Query:
    """A query that scores an article by how many of the clauses it satisfies; ``whole`` counts as much as all of them."""
    parts = [(Occur.Should, Query.const_score_query(to_query(each, schema), 1.0)) for each in clauses]
    if whole != NOTHING:
        parts.append((Occur.Should, Query.const_score_query(to_query(whole, schema), float(len(clauses)))))
    if within != EVERYTHING:  # to require every article costs as much as the search itself
        parts.append((Occur.Must, Query.const_score_query(to_query(within, schema), 0.0)))
    return Query.boolean_query(parts)


def articles(schema: Schema) -> Query:
    """Every article."""
    return Query.term_query(schema, MARK, ARTICLE, "basic")


def _all(clauses: tuple[Clause, ...], schema: Schema) -> Query:
    parts = [
        (Occur.MustNot, to_query(each.clause, schema))
        if isinstance(each, Not)
        else (Occur.Must, to_query(each, schema))
        for each in clauses
    ]
    if all(occur is Occur.MustNot for occur, _ in parts):
        parts.append((Occur.Must, articles(schema)))
    return Query.boolean_query(parts)
