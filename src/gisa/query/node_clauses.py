"""From the nodes of a query's tree to clauses: what each requires of an article. Which nodes belong together, ``plan`` decides."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from gisa.clause import NOTHING, Clause, Not, PublishedBetween, Token, all_of, any_of, phrase
from gisa.query.days import midnight_s
from gisa.query.expansion import QueryWords
from gisa.query.syntax import And, Days, FieldName, Literal, Node, Or, Without, Word
from gisa.query.word_forms import BODY, EVERYWHERE, TITLE, FieldViews, matches_literal, matches_word
from gisa.text.views import BYLINE, SECTION_KEY, byline_tokens, section_key

_SCOPES: Final = {FieldName.TITLE: (TITLE,), FieldName.BODY: (BODY,)}


def clauses_of(node: Node, words: QueryWords) -> list[Clause]:
    """What a node requires, all of it; empty when it holds nothing that can be searched."""
    match node:
        case Word(text, FieldName.BYLINE) | Literal(text, FieldName.BYLINE):
            tokens = byline_tokens(text)
            return [phrase(BYLINE, tokens)] if tokens else []
        case Word(text, FieldName.SECTION) | Literal(text, FieldName.SECTION):
            return [in_section(text)] if section_key(text) else []
        case Word(text, field):
            return words.clauses(text, scope_of(field))
        case Literal(text, field):
            clause = matches_literal(text, scope_of(field))
            return [clause] if clause is not None else []
        case Days(since, until):
            return [between_days(since, until)]
        case And(nodes):
            return [clause for child in nodes for clause in clauses_of(child, words)]
        case Or(nodes):
            sides = [clauses_of(child, words) for child in nodes]
            kept = [all_of(side) for side in sides if side]
            return [any_of(kept)] if kept else []
        case Without(child):
            unwanted = _unwanted(child, words)
            return [Not(all_of(unwanted))] if unwanted else []


def _unwanted(node: Node, words: QueryWords) -> list[Clause]:
    """What a node under ``-`` excludes: just what was typed, no variant of it."""
    match node:
        case Word(text, None | FieldName.TITLE | FieldName.BODY):
            return matches_word(words.forms(text), scope_of(node.field))
        case And(nodes):
            return [clause for child in nodes for clause in _unwanted(child, words)]
        case Or(nodes):
            sides = [side for child in nodes if (side := _unwanted(child, words))]
            return [any_of([all_of(side) for side in sides])] if sides else []
        case _:
            return clauses_of(node, words)


def scope_of(field: FieldName | None) -> tuple[FieldViews, ...]:
    """The views in which a node that is bound to this field is looked for."""
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
