"""The forms in which a query's words are searched for: a word's own, and those of its variants that are switched on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Final, NamedTuple

from gisa.clause import Clause, all_of, any_of
from gisa.lexicon.lexicon import Lexicon
from gisa.lexicon.variants.variant import Variant
from gisa.query.word_forms import (
    EVERYWHERE,
    FieldViews,
    WordForms,
    inside_words,
    matches_shorthand,
    matches_word,
    word_forms,
)
from gisa.text.analyser import Analyser

MAX_WORD_VARIANTS: Final = 6
"""Variants of one word that are searched for: each costs an index some tenths of a millisecond."""
MAX_QUERY_VARIANTS: Final = 24
"""Variants of all words of a query together: 60 words with all of theirs took 0.5 s."""
_REMEMBERED: Final = 5_000
"""Words whose forms are remembered from query to query: some 10 MB. Working them out is most of what compiling a query takes."""


class WordVariant(NamedTuple):
    """Another way in which a word may stand in an article."""

    variant: Variant
    forms: tuple[WordForms, ...]
    in_shorthand: bool
    """True: looked for among what articles' shorthand stands for, not in their letters."""


class WordExpander:
    """Gives the words of one query their forms, on one day, without the variants whose keys are switched off. Not thread-safe."""

    def __init__(
        self,
        analyser: Analyser,
        lexicon: Lexicon,
        *,
        on: date,
        without: frozenset[str] = frozenset(),
        inside: bool = False,
    ) -> None:
        """``inside``: words of two syllables are looked for inside other words as well."""
        self.analyser = analyser
        self._lexicon = lexicon
        self.on = on
        self._without = without
        self._forms: dict[str, tuple[WordForms, ...]] = {}
        self._alternatives: dict[str, list[WordVariant]] = {}
        self._typed: dict[str, Variant] = {}
        self._inside = inside
        self._most: dict[str, int] = {}

    def share(self, words: Iterable[str]) -> bool:
        """Divide what one query may cost among its words, each word's likeliest variants first; True: some are left out."""
        left = MAX_QUERY_VARIANTS
        self._most = dict.fromkeys(words, 0)
        known = {text: len(self._known(text)) for text in self._most}
        for rank in range(MAX_WORD_VARIANTS):
            for text, count in known.items():
                if rank < count and left:
                    self._most[text] += 1
                    left -= 1
        return self._most != known

    def but(self, *keys: str) -> WordExpander:
        """The same reader with more variants switched off; what was worked out is shared."""
        return self._like(self._without.union(keys), inside=self._inside)

    def inside(self) -> WordExpander:
        """The same reader, looking for words of two syllables inside other words as well."""
        return self._like(self._without, inside=True)

    def for_another(self, without: frozenset[str]) -> WordExpander:
        """A reader for another query of the same day: what was worked out of words is shared, how they were typed is not."""
        other = WordExpander(self.analyser, self._lexicon, on=self.on, without=without)
        if len(self._forms) < _REMEMBERED:
            other._forms, other._alternatives = self._forms, self._alternatives
        return other

    def _like(self, without: frozenset[str], *, inside: bool) -> WordExpander:
        other = WordExpander(self.analyser, self._lexicon, on=self.on, without=without, inside=inside)
        other._forms, other._alternatives, other._typed = self._forms, self._alternatives, self._typed
        return other

    def typed_as(self, text: str, variant: Variant) -> None:
        """From now on read the word ``text`` as typed on the other keyboard, too."""
        self._typed[text] = variant

    def forms(self, text: str) -> tuple[WordForms, ...]:
        """The word's own forms."""
        if text not in self._forms:
            self._forms[text] = word_forms(text, self.analyser)
        return self._forms[text]

    def wanted(self, text: str) -> tuple[WordForms, ...]:
        """The word's own forms as articles are to hold them: inside other words as well, where the reader looks there."""
        return inside_words(self.forms(text)) if self._inside else self.forms(text)

    def alternatives(self, text: str) -> list[WordVariant]:
        """The word's other forms that are switched on, as many as its share allows."""
        known = self._known(text)[: self._most.get(text, MAX_WORD_VARIANTS)]
        found = [each for each in known if each.variant.key not in self._without]
        typed = self._typed.get(text)
        if typed is not None and typed.key not in self._without:
            found.append(WordVariant(typed, self.forms(typed.text), in_shorthand=False))
        return found

    def phrases(self, words: Sequence[str]) -> list[tuple[int, int, WordVariant]]:
        """Names of several words that are switched on: ``words[first:end]`` and what stands for them."""
        return [
            (first, end, WordVariant(variant, self.forms(variant.text), in_shorthand=False))
            for first, end, variant in islice(self._lexicon.phrases(words), MAX_QUERY_VARIANTS)
            if variant.key not in self._without
        ]

    def clauses(self, text: str, fields: tuple[FieldViews, ...] = EVERYWHERE) -> list[Clause]:
        """What an article must satisfy to hold the word in one of its ways; empty when there is nothing to search."""
        own = matches_word(self.wanted(text), fields)
        alternatives = self.alternatives(text) if own else []
        if not alternatives:
            return own
        return [any_of([all_of(own), *(matches_variant(each, fields) for each in alternatives)])]

    def _known(self, text: str) -> list[WordVariant]:
        if text not in self._alternatives:
            self._alternatives[text] = list(self._find(text))[:MAX_WORD_VARIANTS]
        return self._alternatives[text]

    def _find(self, text: str) -> Iterator[WordVariant]:
        forms = self.forms(text)
        if len(forms) == 1:
            terms = forms[0].terms
            whole = "".join(term or "" for term in terms)  # a name that the dictionary does not have: 이 하나
            shorthand = self._lexicon.written_as((*terms, whole))
            if shorthand is not None:
                yield WordVariant(shorthand, forms, in_shorthand=True)
        for variant in self._lexicon.variants(text, self.analyser, on=self.on):
            variant_forms = self.forms(variant.text)
            if variant_forms:
                yield WordVariant(variant, tuple(map(_as_a_term, variant_forms)), in_shorthand=False)


def _as_a_term(form: WordForms) -> WordForms:
    """A name of two syllables that the dictionary has is looked for as a term only: 전남 for 전라남도, not in 전남편.

    A longer one that ends in 대 is not looked for to the letter, which would find 아주대 in 아주 대단한, 국민대 in 국민대회.
    """
    if len(form.runs) != 1 or not form.terms:
        return form
    word = form.runs[0]
    return replace(
        form,
        pair=None if form.terms == form.runs else form.pair,
        stream=() if word.endswith("대") else form.stream,
    )


def matches_variant(alternative: WordVariant, fields: tuple[FieldViews, ...] = EVERYWHERE) -> Clause:
    """What an article must satisfy to hold a word in this other way."""
    if alternative.in_shorthand:
        return matches_shorthand(alternative.forms, fields)
    return all_of(matches_word(alternative.forms, fields))
