"""What an article must satisfy to be *about* a query, not only to mention its words.

It is about a word if its headline holds it, or if its body begins with it and says it again (the view ``TOPICS``); about several,
if it is about each. On 757 judged results of 46 queries that is right of 84 in 100 single words and 80 of two, where 52 and 36 of
all results are wanted; that two words stand near each other says less (``docs/relevance.md``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from gisa.clause import EVERYTHING, Clause, Token, all_of, any_of
from gisa.query.expansion import QueryWords, WordVariant, matches_variant
from gisa.query.node_clauses import names_among
from gisa.query.syntax import And, Days, FieldName, Literal, Node, Or, Without, Word
from gisa.query.word_forms import TITLE, WordForms, matches_word
from gisa.text.joins import is_joinable
from gisa.text.views import TOPICS

_IN_TEXTS = (None, FieldName.BODY)
"""Fields of words that an article may mention; a word that must stand in the headline is always what it is about."""


def about_of(node: Node, words: QueryWords) -> list[Clause]:
    """What an article that satisfies a node must satisfy to be about it, all of it; empty if nothing more is asked."""
    match node:
        case Word(text, field) | Literal(text, field) if field in _IN_TEXTS:
            return _about_word(text, words)
        case Word() | Literal() | Days() | Without():
            return []
        case And(nodes):
            return list(_about_each(nodes, words))
        case Or(nodes):
            sides = [about_of(side, words) for side in nodes]
            return [any_of(map(all_of, sides))] if all(sides) else []


def about_all(nodes: Sequence[Node], words: QueryWords) -> Clause:
    """What an article must satisfy to be about every one of these nodes."""
    return all_of(_about_each(nodes, words))


def about_any(nodes: Sequence[Node], words: QueryWords) -> Clause:
    """What an article must satisfy to be about one of these nodes."""
    asked = [all_of(each) for each in (about_of(node, words) for node in nodes) if each]
    return any_of(asked) if asked else EVERYTHING


def _about_each(nodes: Sequence[Node], words: QueryWords) -> Iterator[Clause]:
    """For nodes joined by AND: several words that are one name are about what stands for the name, too."""
    names = names_among(nodes, words)
    place = 0
    while place < len(nodes):
        end, variants = names.get(place, (place + 1, []))
        asked = [clause for node in nodes[place:end] for clause in about_of(node, words)]
        if asked and variants:
            yield any_of([all_of(asked), *map(_about_variant, variants)])
        else:
            yield from asked
        place = end


def _about_word(text: str, words: QueryWords) -> list[Clause]:
    own = _about_forms(words.wanted(text))
    variants = words.variants(text) if own else []
    return [any_of([all_of(own), *map(_about_variant, variants)])] if variants else own


def _about_variant(variant: WordVariant) -> Clause:
    if variant.in_shorthand:  # an article's shorthand stands in headlines
        return matches_variant(variant, (TITLE,))
    return all_of(_about_forms(variant.forms))


def _about_forms(forms: tuple[WordForms, ...]) -> list[Clause]:
    in_title = matches_word(forms, (TITLE,))
    return [any_of([title, *_topic_ways(form)]) for title, form in zip(in_title, forms, strict=True)]


def _topic_ways(form: WordForms) -> Iterator[Clause]:
    """Any of these says that a stretch which an article holds is one of its topics."""
    whole = [form.word] if form.word else [run for run in form.runs if len(form.runs) == 1 and is_joinable(run)]
    ways = [form.terms or form.scoring, *form.splits, *([each] for each in chain(whole, form.elsewhere.terms))]
    for way in ways:
        tokens = dict.fromkeys(token for token in way if token is not None)
        if tokens:
            yield all_of(Token(TOPICS, token) for token in tokens)
