"""Turns the nodes of a query's tree into clauses. ``plan`` decides which nodes belong together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from gisa.clause import NOTHING, Clause, Not, PublishedBetween, Token, all_of, any_of, phrase
from gisa.query.days import midnight_s
from gisa.query.expansion import QueryWords, WordVariant, matches_variant
from gisa.query.syntax import And, Days, FieldName, Literal, Node, Or, Without, Word
from gisa.query.word_forms import BODY, EVERYWHERE, TITLE, FieldViews, matches_literal
from gisa.text.views import BYLINE, SECTION_KEY, byline_tokens, section_key

_SEARCHED: Final = (None, FieldName.TITLE, FieldName.BODY)
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
            clause = matches_literal(text, words.expander.analyser, scope_of(field))
            return [clause] if clause is not None else []
        case Days(since, until):
            return [between_days(since, until)]
        case And(nodes):
            return [clause for together in joined(nodes, words) for clause in together.clauses]
        case Or(nodes):
            sides = [clauses_of(child, words) for child in nodes]
            kept = [all_of(side) for side in sides if side]
            return [any_of(kept)] if kept else []
        case Without(child):
            # with its variants: -AI leaves out what 인공지능 would bring; never inside other words, nor a noun's verb
            unwanted = clauses_of(child, replace(words, inside=False, verbs=False))
            return [Not(all_of(unwanted))] if unwanted else []


class Joined(NamedTuple):
    """A node among those joined by AND, or several words there that are one name."""

    nodes: tuple[Node, ...]
    clauses: list[Clause]
    """What it requires, all of it."""


def joined(nodes: Sequence[Node], words: QueryWords) -> Iterator[Joined]:
    """What nodes side by side require, each or as a name of several words; what cannot be searched is left out."""
    names = names_among(nodes, words)
    place = 0
    while place < len(nodes):
        end, variants = names.get(place, (place + 1, []))
        together = tuple(nodes[place:end])
        clauses = [clause for node in together for clause in clauses_of(node, words)]
        if variants:
            fields = scope_of(_field(together[0]))
            clauses = [any_of([all_of(clauses), *(matches_variant(each, fields) for each in variants)])]
        if clauses:
            yield Joined(together, clauses)
        place = end


def names_among(nodes: Sequence[Node], words: QueryWords) -> dict[int, tuple[int, list[WordVariant]]]:
    """Where words side by side, of one field, are a name that is switched on: first → (end, what stands for it).

    세계 보건 기구 = WHO. The first name at each word only.
    """
    named: dict[int, tuple[int, list[WordVariant]]] = {}
    covered = first = 0
    while first < len(nodes):
        last = first + 1
        if isinstance(nodes[first], Word) and _field(nodes[first]) in _SEARCHED:
            while last < len(nodes) and isinstance(nodes[last], Word) and _field(nodes[last]) == _field(nodes[first]):
                last += 1
        texts = [node.text for node in nodes[first:last] if isinstance(node, Word)]
        for start, end, variant in words.names(texts) if len(texts) > 1 else ():
            place = first + start
            if place >= covered or named.get(place, (0,))[0] == first + end:
                named.setdefault(place, (first + end, []))[1].append(variant)
                covered = first + end
        first = last
    return named


def _field(node: Node) -> FieldName | None:
    return node.field if isinstance(node, Word | Literal) else None


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
