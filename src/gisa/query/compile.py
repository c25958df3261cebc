"""From a query's tree to clauses: what must match, what counts for relevance, what may be given up when nothing matches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from gisa.clause import (
    NOTHING,
    AnyOf,
    AtLeast,
    Boost,
    Clause,
    Not,
    PublishedBetween,
    Token,
    all_of,
    any_of,
    phrase,
)
from gisa.model import SEOUL, Match
from gisa.query.syntax import And, Days, FieldName, Literal, Node, Or, Without, Word, positive_leaves
from gisa.query.words import BODY, EVERYWHERE, TITLE, WordForms, matches_literal, matches_word, word_forms
from gisa.text.analyser import Analyser
from gisa.text.normal import normalise
from gisa.text.runs import BARRIER, cut
from gisa.text.stream import stream_tokens
from gisa.text.views import (
    BODY_STREAM,
    BODY_TERMS,
    BYLINE,
    SECTION_KEY,
    TITLE_STREAM,
    TITLE_TERMS,
    byline_tokens,
    section_key,
)

TITLE_WEIGHT: Final = 1.5
STREAM_WEIGHT: Final = 0.3
"""A light share of the stream beside the terms: on Korean Wikipedia (MIRACL-ko dev) 0.43 → 0.46–0.48 nDCG@10."""
WHOLE_TITLE_WEIGHT: Final = 4.0
"""A headline that holds the whole query to the letter comes before one that holds its words."""

_SCOPES: Final = {FieldName.TITLE: (TITLE,), FieldName.BODY: (BODY,)}
_MAX_SCORED_TOKENS: Final = 200


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """A query ready for an index."""

    match: Clause
    units: tuple[Clause, ...]
    """The words side by side at the top of the query, in order; what a relaxed search counts."""
    required: Clause
    """What holds in a relaxed search too: exclusions, fields named, days."""
    score: Clause | None
    """What adds to the score; None when the query has no words."""
    words: tuple[tuple[WordForms, ...], ...]
    """The forms of each positive word, for highlights."""
    literals: tuple[str, ...]
    """The positive quoted stretches, for highlights."""

    def relaxed(self, minimum: int) -> Clause:
        """What must match when ``minimum`` of the ``units`` are enough."""
        return all_of((self.required, AtLeast(minimum, self.units)))


def compile_query(root: Node, analyser: Analyser, *, match: Match = Match.ALL) -> CompiledQuery | None:
    """Decide what a tree means. None when nothing in it can be searched (marks, emoji only)."""
    tops = root.nodes if isinstance(root, And) else (root,)
    units: list[Clause] = []
    required: list[Clause] = []
    for node in tops:
        loose = isinstance(node, Word | Literal) and node.field in (None, FieldName.TITLE, FieldName.BODY)
        (units if loose else required).extend(_clauses(node, analyser))
    if not units and not required:
        return None
    leaves = [leaf for leaf in positive_leaves(root) if leaf.field not in (FieldName.BYLINE, FieldName.SECTION)]
    words = tuple(word_forms(leaf.text, analyser) for leaf in leaves if isinstance(leaf, Word))
    wanted = AtLeast(1, tuple(units)) if match is Match.ANY and len(units) > 1 else all_of(units)
    return CompiledQuery(
        match=all_of((wanted, *required)),
        units=tuple(units),
        required=all_of(required),
        score=_score(leaves, words),
        words=words,
        literals=tuple(leaf.text for leaf in leaves if isinstance(leaf, Literal)),
    )


def _clauses(node: Node, analyser: Analyser) -> list[Clause]:
    """What a node requires, all of it; empty when it holds nothing that can be searched."""
    match node:
        case Word(text, FieldName.BYLINE) | Literal(text, FieldName.BYLINE):
            tokens = byline_tokens(text)
            return [phrase(BYLINE, tokens)] if tokens else []
        case Word(text, FieldName.SECTION) | Literal(text, FieldName.SECTION):
            return [in_section(text)] if section_key(text) else []
        case Word(text, field):
            return matches_word(word_forms(text, analyser), _scope(field))
        case Literal(text, field):
            clause = matches_literal(text, _scope(field))
            return [clause] if clause is not None else []
        case Days(since, until):
            return [between_days(since, until)]
        case And(nodes):
            return [clause for child in nodes for clause in _clauses(child, analyser)]
        case Or(nodes):
            sides = [_clauses(child, analyser) for child in nodes]
            kept = [all_of(side) for side in sides if side]
            return [any_of(kept)] if kept else []
        case Without(child):
            unwanted = _clauses(child, analyser)
            return [Not(all_of(unwanted))] if unwanted else []


def _scope(field: FieldName | None) -> tuple[tuple[str, str, str], ...]:
    return EVERYWHERE if field is None else _SCOPES[field]


def in_section(section: str) -> Clause:
    """The articles of a section, however it is spelt."""
    key = section_key(section)
    return Token(SECTION_KEY, key) if key else NOTHING


def between_days(since: date | None, until: date | None) -> Clause:
    """Published on these days of Asia/Seoul, both included; the two may be given in either order."""
    if since is not None and until is not None and until < since:
        since, until = until, since
    after = until + timedelta(days=1) if until is not None and until < date.max else None
    return PublishedBetween(None if since is None else midnight_s(since), None if after is None else midnight_s(after))


def midnight_s(day: date) -> int:
    """When a day begins in Asia/Seoul, in seconds since 1970 UTC."""
    return int(datetime.combine(day, time(), tzinfo=SEOUL).timestamp())


def _score(leaves: list[Word | Literal], words: tuple[tuple[WordForms, ...], ...]) -> Clause | None:
    """BM25 of the terms in headline and body, a light share of the stream, and the whole query in the headline."""
    terms = dict.fromkeys(term for forms in words for form in forms for term in form.scoring)
    runs = [run for leaf in leaves for run in [*cut(normalise(leaf.text)), BARRIER]]
    stream = dict.fromkeys(token for token in stream_tokens(runs) if token != BARRIER)
    whole = [run for leaf in leaves for run in cut(normalise(leaf.text)) if run != BARRIER]
    parts: list[Clause] = []
    for term in list(terms)[:_MAX_SCORED_TOKENS]:
        parts += [Boost(Token(TITLE_TERMS, term), TITLE_WEIGHT), Token(BODY_TERMS, term)]
    for token in list(stream)[:_MAX_SCORED_TOKENS]:
        parts += [
            Boost(Token(TITLE_STREAM, token), STREAM_WEIGHT * TITLE_WEIGHT),
            Boost(Token(BODY_STREAM, token), STREAM_WEIGHT),
        ]
    if not parts:
        return None
    whole_stream = stream_tokens(whole)
    if len(whole_stream) > 1:
        parts.append(Boost(phrase(TITLE_STREAM, whole_stream), WHOLE_TITLE_WEIGHT))
    return AnyOf(tuple(parts))
