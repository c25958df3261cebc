"""A compiled query: match, score, highlights and explanation all come from one plan. Runs no query."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

from gisa.clause import EVERYTHING, NOTHING, AtLeast, Clause, Not, Token, all_of, any_of
from gisa.lexicon.variants.variant import Variant
from gisa.model import Match, Sort
from gisa.query.about import about_all, about_any
from gisa.query.expansion import QueryWords, WordExpander, WordVariant, query_words
from gisa.query.node_clauses import joined, names_among
from gisa.query.scoring import SHIPPED, Weights, recommended, score_of
from gisa.query.syntax import And, FieldName, Literal, Node, Word, all_leaves, groups_of, positive_leaves
from gisa.query.word_forms import WordForms
from gisa.text.bulletins import KINDS
from gisa.text.views import BULLETIN, FORM, TITLE_KEY, TitleKeys, title_keys

_COUNTED: Final = (None, FieldName.TITLE, FieldName.BODY)
"""The fields of words that a relaxed search may do without. A byline or section that a query names must match."""
_ELSEWHERE: Final = (FieldName.BYLINE, FieldName.SECTION)
"""The fields that no highlight stands in."""


class PlannedPart(NamedTuple):
    """One part of the query in the order it was typed: a node, or several words that are one name."""

    nodes: tuple[Node, ...]
    clauses: tuple[Clause, ...]
    """What it requires, all of it."""
    is_counted: bool
    """True: a relaxed search may do without it."""


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a plan requires of an article, with some variants switched off or none."""

    match: Clause
    """What an article must satisfy to be found."""
    units: tuple[Clause, ...]
    """The words side by side at the top of the query, in order; what a relaxed search counts."""
    required: Clause
    """What holds in a relaxed search too: exclusions, fields named, days."""

    @property
    def holds_words(self) -> bool:
        """False if only a headline of exactly these marks can match."""
        return bool(self.units) or self.required != EVERYTHING

    def relaxed(self, minimum: int) -> Clause:
        """What must match when ``minimum`` of the ``units`` are enough."""
        return all_of((self.required, AtLeast(minimum, self.units)))


class Sought(NamedTuple):
    """What highlights look for in a text."""

    words: tuple[tuple[WordForms, ...], ...]
    """The forms of each positive word; a word's number is its place here."""
    variants: tuple[tuple[int, WordVariant], ...]
    """Every variant that is searched for, with the number of its word."""
    literals: tuple[str, ...]
    """The positive quoted stretches; they are numbered after the words."""


@dataclass(frozen=True)
class Plan:
    """What one query means on one day. Its parts are computed lazily. Not thread-safe.

    ``match`` is needed for every search, ``sought`` for every page, ``score`` by relevance only, ``parts`` to explain.
    """

    root: Node
    words: QueryWords
    keys: TitleKeys
    """Keys of the query as typed, as if it were a headline."""
    wanted: Match
    weights: Weights

    @cached_property
    def requirements(self) -> Requirements:
        """What an article must satisfy, with the variants that the request has switched on."""
        return self._requirements(self.words)

    @property
    def match(self) -> Clause:
        """What an article must satisfy to be found."""
        return self.requirements.match

    def match_without(self, keys: Collection[str]) -> Clause:
        """The same with the variants of these keys switched off as well."""
        return self._requirements(replace(self.words, without=self.words.without.union(keys))).match

    def match_inside(self) -> Clause:
        """The same with words of two syllables looked for inside other words as well."""
        return self._requirements(replace(self.words, inside=True)).match

    def match_verbs(self) -> Clause:
        """The same with what is read as a noun also looked for as the verb that it is a form of."""
        return self._requirements(replace(self.words, verbs=True)).match

    @cached_property
    def about(self) -> Clause:
        """What an article that matches must satisfy to be about the query; ``EVERYTHING`` if nothing more is asked."""
        of_tops = about_any if self.wanted is Match.ANY else about_all
        asked = of_tops(self._tops, self.words)
        if asked == EVERYTHING:
            return asked
        if KINDS.isdisjoint(self.texts):  # a list of names is about none of them, unless lists are asked for
            asked = all_of((asked, Not(Token(FORM, BULLETIN))))
        return any_of((asked, self.headline))

    @cached_property
    def headline(self) -> Clause:
        """The articles of which the query is the whole headline.

        To the mark; a query of plain words also to the letter alone, so that ``SK AI`` is found by ``SKAI``. With operators
        it is not: ``서울 -부산`` must not find 서울·부산.
        """
        is_plain = all(isinstance(node, Word) and node.field is None for node in self._tops)
        return any_of(Token(TITLE_KEY, key) for key in (self.keys if is_plain else self.keys[:1]) if key)

    @property
    def can_be_searched(self) -> bool:
        """True if anything in the query can be searched for."""
        return self.requirements.holds_words or self.headline != NOTHING

    @property
    def texts(self) -> list[str]:
        """The positive words that are looked for in texts, as they were typed, in the order of their numbers."""
        return [leaf.text for leaf in self._leaves if isinstance(leaf, Word)]

    @cached_property
    def sought(self) -> Sought:
        """What highlights look for."""
        words = self.texts
        variants = [(number, each) for number, text in enumerate(words) for each in self.words.variants(text)]
        for nodes in groups_of(self.root):
            for first, (_, ways) in names_among(nodes, self.words).items():
                node = nodes[first]
                if isinstance(node, Word):
                    variants += [(words.index(node.text), way) for way in ways]
        return Sought(
            words=tuple(map(self.words.wanted, words)),
            variants=tuple(variants),
            literals=tuple(leaf.text for leaf in self._leaves if isinstance(leaf, Literal)),
        )

    @property
    def variants(self) -> dict[str, Variant]:
        """The variants that are searched for, by key."""
        return {each.variant.key: each.variant for _, each in self.sought.variants}

    @property
    def variants_off(self) -> dict[str, Variant]:
        """The variants of this query that are switched off, by key."""
        if not self.words.without:
            return {}
        every = replace(self, words=replace(self.words, without=frozenset())).variants
        return {key: variant for key, variant in every.items() if key in self.words.without}

    @property
    def has_bound_words(self) -> bool:
        """True if a word must start where a word begins, so that some of its places do not count."""
        return any(form.is_bound for forms in self.sought.words for form in forms)

    @property
    def has_verbs(self) -> bool:
        """Whether a word is read as a noun that is a form of a verb, too."""
        return any(form.verb for forms in self.sought.words for form in forms)

    @cached_property
    def score(self) -> Clause | None:
        """What adds to the score of an article; None for a query without words."""
        own = [self.words.forms(leaf.text) for leaf in self._leaves]
        variants = [each for _, each in self.sought.variants]
        return score_of(own, variants, keys=self.keys, on=self.words.expander.on, weights=self.weights)

    def score_for(self, sort: Sort) -> Clause | None:
        """What an index orders by; None for an order of time, and for a query without words."""
        if not sort.is_scored or self.score is None:
            return None
        on = self.words.expander.on
        return self.score if sort is Sort.RELEVANCE else recommended(self.score, about=self.about, on=on)

    @cached_property
    def parts(self) -> tuple[PlannedPart, ...]:
        """The parts of the query in order, each with what it requires."""
        return tuple(self._parts(self.words))

    @property
    def unit_texts(self) -> list[str]:
        """Each of the ``units`` as it was typed."""
        return [
            " ".join(node.text for node in part.nodes if isinstance(node, Word | Literal))
            for part in self.parts
            if part.is_counted
            for _ in part.clauses
        ]

    @property
    def unit_abouts(self) -> list[Clause]:
        """What an article must satisfy to be about each of the ``units``."""
        return [about_all(part.nodes, self.words) for part in self.parts if part.is_counted for _ in part.clauses]

    def typed_as(self, typed: Mapping[str, Variant]) -> Plan:
        """The same plan, with these words looked for as typed on the other keyboard as well."""
        return replace(self, words=replace(self.words, typed=typed))

    @property
    def _tops(self) -> tuple[Node, ...]:
        return _tops_of(self.root)

    @property
    def _leaves(self) -> list[Word | Literal]:
        """The words and quoted stretches that are looked for in texts."""
        return [leaf for leaf in positive_leaves(self.root) if leaf.field not in _ELSEWHERE]

    def _requirements(self, words: QueryWords) -> Requirements:
        units: list[Clause] = []
        required: list[Clause] = []
        for part in self.parts if words is self.words else self._parts(words):
            (units if part.is_counted else required).extend(part.clauses)
        one_is_enough = self.wanted is Match.ANY and len(units) > 1
        asked = all_of((AtLeast(1, tuple(units)) if one_is_enough else all_of(units), *required))
        if not units and not required:
            asked = NOTHING
        match = asked if self.headline == NOTHING else any_of((asked, self.headline))
        return Requirements(match, tuple(units), all_of(required))

    def _parts(self, words: QueryWords) -> Iterator[PlannedPart]:
        for nodes, clauses in joined(self._tops, words):
            counted = isinstance(nodes[0], Word | Literal) and nodes[0].field in _COUNTED
            yield PlannedPart(nodes, tuple(clauses), counted)


def compile_query(
    root: Node,
    expander: WordExpander,
    *,
    match: Match = Match.ALL,
    typed: str = "",
    without: frozenset[str] = frozenset(),
    inside: bool = False,
    verbs: bool = False,
    weights: Weights = SHIPPED,
) -> Plan | None:
    """Decide what a tree means. None when nothing in it can be searched.

    ``typed`` is the query as it was typed: it may be an article's whole headline, pasted, and then finds that article
    first, whatever operators the headline seems to hold. ``without`` are keys of variants that are switched off.
    ``inside``: words of two syllables are looked for inside other words as well. ``verbs``: 하자 also as 하다.
    """
    texts = [leaf.text for leaf in all_leaves(root) if isinstance(leaf, Word)]
    plan = Plan(
        root,
        query_words(texts, expander, without=without, inside=inside, verbs=verbs),
        title_keys(typed),
        match,
        weights,
    )
    return plan if plan.can_be_searched else None


def _tops_of(root: Node) -> tuple[Node, ...]:
    """What is joined by AND at the top of a query."""
    return root.nodes if isinstance(root, And) else (root,)
