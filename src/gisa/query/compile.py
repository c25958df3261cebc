"""From a query's tree to clauses: what must match, what counts for relevance, what may be given up when nothing matches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gisa.clause import (
    EVERYTHING,
    NOTHING,
    AtLeast,
    Clause,
    Not,
    PublishedBetween,
    Token,
    all_of,
    any_of,
    phrase,
)
from gisa.model import Match
from gisa.query.days import midnight_s
from gisa.query.expansion import WordExpander, WordVariant, matches_variant
from gisa.query.scoring import SHIPPED, Weights, score_of
from gisa.query.syntax import And, Days, FieldName, Literal, Node, Or, Without, Word, positive_leaves
from gisa.query.word_forms import BODY, EVERYWHERE, TITLE, FieldViews, WordForms, matches_literal, matches_word
from gisa.text.views import (
    BYLINE,
    SECTION_KEY,
    TITLE_KEY,
    TitleKeys,
    byline_tokens,
    section_key,
    title_keys,
)

_SCOPES: Final = {FieldName.TITLE: (TITLE,), FieldName.BODY: (BODY,)}


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """A query ready for an index."""

    match: Clause
    units: tuple[Clause, ...]
    """The words side by side at the top of the query, in order; what a relaxed search counts."""
    required: Clause
    """What holds in a relaxed search too: exclusions, fields named, days."""
    words: tuple[tuple[WordForms, ...], ...]
    """The forms of each positive word, for highlights."""
    literals: tuple[str, ...]
    """The positive quoted stretches, for highlights."""
    headline: Clause
    """The articles of which the query is the whole headline."""
    parts: tuple[tuple[tuple[Node, ...], Clause], ...]
    """The parts of the query in order, each with what it requires; several words that are one name are one part."""
    alternatives: tuple[tuple[int, WordVariant], ...]
    """Every variant that is searched for, with the number of its word in ``words``."""
    variants_left_out: bool
    """True: the words have more variants than one query may ask for."""
    own_words: tuple[tuple[WordForms, ...], ...]
    """The forms of each positive word or literal as it stands in the query, for the score."""
    keys: TitleKeys
    """Of the query as it was typed, were it a headline."""
    on: date
    """The day of the search."""
    weights: Weights

    @property
    def score(self) -> Clause | None:
        """What adds to the score; None when the query has no words. Built when asked for: newest first needs none."""
        alternatives = [each for _, each in self.alternatives]
        return score_of(self.own_words, alternatives, keys=self.keys, on=self.on, weights=self.weights)

    @property
    def has_short_words(self) -> bool:
        """Whether a word is bound to where words begin, so that some of its places are hidden."""
        return any(form.pair is not None for forms in self.words for form in forms)

    @property
    def holds_words(self) -> bool:
        """Whether there is anything to search for but a headline of just these marks."""
        return bool(self.units) or self.required != EVERYTHING

    def relaxed(self, minimum: int) -> Clause:
        """What must match when ``minimum`` of the ``units`` are enough."""
        return all_of((self.required, AtLeast(minimum, self.units)))


def compile_query(
    root: Node, reader: WordExpander, *, match: Match = Match.ALL, typed: str = "", weights: Weights = SHIPPED
) -> CompiledQuery | None:
    """Decide what a tree means. None when nothing in it can be searched.

    ``typed`` is the query as it was typed: it may be an article's whole headline, pasted, and then finds that article
    first, whatever operators the headline seems to hold.
    """
    tops = root.nodes if isinstance(root, And) else (root,)
    left_out = reader.share(leaf.text for leaf in positive_leaves(root) if isinstance(leaf, Word))
    named = _names_of_words(tops, reader)
    units: list[Clause] = []
    required: list[Clause] = []
    parts: list[tuple[tuple[Node, ...], Clause]] = []
    place = 0
    while place < len(tops):
        node = tops[place]
        if place in named:
            end, ways = named[place]
            own = [clause for each in tops[place:end] for clause in clauses_of(each, reader)]
            units.append(any_of([all_of(own), *map(matches_variant, ways)]))
            parts.append((tops[place:end], units[-1]))
            place = end
            continue
        loose = isinstance(node, Word | Literal) and node.field in (None, FieldName.TITLE, FieldName.BODY)
        clauses = clauses_of(node, reader)
        (units if loose else required).extend(clauses)
        if clauses:
            parts.append(((node,), all_of(clauses)))
        place += 1
    headline = _whole_headline(typed, plain=all(isinstance(node, Word) and node.field is None for node in tops))
    if not units and not required and headline == NOTHING:
        return None
    leaves = highlighted_leaves(root)
    words = [leaf.text for leaf in leaves if isinstance(leaf, Word)]
    alternatives = [(number, each) for number, text in enumerate(words) for each in reader.alternatives(text)]
    alternatives += [(words.index(_text(tops[first])), way) for first, (_, ways) in named.items() for way in ways]
    forms = tuple(reader.wanted(text) for text in words)
    wanted = AtLeast(1, tuple(units)) if match is Match.ANY and len(units) > 1 else all_of(units)
    asked = all_of((wanted, *required)) if units or required else NOTHING
    return CompiledQuery(
        match=asked if headline == NOTHING else any_of((asked, headline)),
        units=tuple(units),
        required=all_of(required),
        words=forms,
        literals=tuple(leaf.text for leaf in leaves if isinstance(leaf, Literal)),
        headline=headline,
        parts=tuple(parts),
        alternatives=tuple(alternatives),
        variants_left_out=left_out,
        own_words=tuple(reader.forms(leaf.text) for leaf in leaves),
        keys=title_keys(typed),
        on=reader.on,
        weights=weights,
    )


def highlighted_leaves(root: Node) -> list[Word | Literal]:
    """The words and quoted stretches that are looked for in texts; the words are numbered in their order."""
    return [leaf for leaf in positive_leaves(root) if leaf.field not in (FieldName.BYLINE, FieldName.SECTION)]


def _names_of_words(tops: tuple[Node, ...], reader: WordExpander) -> dict[int, tuple[int, list[WordVariant]]]:
    """Where words side by side are one name: first → (end, what stands for it). The first name at each word only."""
    named: dict[int, tuple[int, list[WordVariant]]] = {}
    first = 0
    while first < len(tops):
        last = first
        while last < len(tops) and _text(tops[last]):
            last += 1
        covered = first
        for start, end, way in reader.phrases([_text(node) for node in tops[first:last]]) if last - first > 1 else ():
            if first + start >= covered or named.get(first + start, (0,))[0] == first + end:
                named.setdefault(first + start, (first + end, []))[1].append(way)
                covered = first + end
        first = last + 1
    return named


def _text(node: Node) -> str:
    """The text of a word that is not bound to a field; empty for every other node."""
    return node.text if isinstance(node, Word) and node.field is None else ""


def clauses_of(node: Node, reader: WordExpander) -> list[Clause]:
    """What a node requires, all of it; empty when it holds nothing that can be searched."""
    match node:
        case Word(text, FieldName.BYLINE) | Literal(text, FieldName.BYLINE):
            tokens = byline_tokens(text)
            return [phrase(BYLINE, tokens)] if tokens else []
        case Word(text, FieldName.SECTION) | Literal(text, FieldName.SECTION):
            return [in_section(text)] if section_key(text) else []
        case Word(text, field):
            return reader.clauses(text, scope_of(field))
        case Literal(text, field):
            clause = matches_literal(text, scope_of(field))
            return [clause] if clause is not None else []
        case Days(since, until):
            return [between_days(since, until)]
        case And(nodes):
            return [clause for child in nodes for clause in clauses_of(child, reader)]
        case Or(nodes):
            sides = [clauses_of(child, reader) for child in nodes]
            kept = [all_of(side) for side in sides if side]
            return [any_of(kept)] if kept else []
        case Without(child):
            unwanted = _unwanted(child, reader)
            return [Not(all_of(unwanted))] if unwanted else []


def _unwanted(node: Node, reader: WordExpander) -> list[Clause]:
    """What a node under ``-`` excludes: just what was typed, no variant of it."""
    match node:
        case Word(text, None | FieldName.TITLE | FieldName.BODY):
            return matches_word(reader.forms(text), scope_of(node.field))
        case And(nodes):
            return [clause for child in nodes for clause in _unwanted(child, reader)]
        case Or(nodes):
            sides = [side for child in nodes if (side := _unwanted(child, reader))]
            return [any_of([all_of(side) for side in sides])] if sides else []
        case _:
            return clauses_of(node, reader)


def scope_of(field: FieldName | None) -> tuple[FieldViews, ...]:
    return EVERYWHERE if field is None else _SCOPES[field]


def _whole_headline(typed: str, *, plain: bool) -> Clause:
    """The articles of which the query is the headline.

    To the mark; a query of plain words also to the letter alone, so that ``SK AI`` is found by ``SKAI``. With operators it
    is not: ``서울 -부산`` must not find 서울·부산.
    """
    keys = title_keys(typed)
    return any_of(Token(TITLE_KEY, key) for key in (keys if plain else keys[:1]) if key)


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
