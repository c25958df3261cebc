"""The forms in which each word of a query is searched for: its own, and those of its variants that are switched on.
``plan`` joins the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    across_barriers,
    inside_words,
    matches_shorthand,
    matches_word,
    with_verbs,
    word_forms,
)
from gisa.text.analyser import Analyser

MAX_WORD_VARIANTS: Final = 6
"""The most variants of one word that are searched for. Each costs some tenths of a millisecond."""
MAX_QUERY_VARIANTS: Final = 24
"""The most variants of all words of a query together: 60 words with all of theirs took 0.5 s."""
_MAX_CACHED: Final = 5_000
"""Words whose forms are cached between queries: some 10 MB. Making forms is most of the cost of compiling a query."""


class WordVariant(NamedTuple):
    """A variant of a word in the form of each view."""

    variant: Variant
    forms: tuple[WordForms, ...]
    in_shorthand: bool
    """True: searched for in the expansions of articles' shorthand, not in their letters."""


class WordExpander:
    """Makes the forms and variants of words, as of one day. Caches them between queries. Not thread-safe."""

    def __init__(self, analyser: Analyser, lexicon: Lexicon, *, on: date) -> None:
        self.analyser = analyser
        self.on = on
        self._lexicon = lexicon
        self._forms: dict[str, tuple[WordForms, ...]] = {}
        self._variants: dict[str, tuple[WordVariant, ...]] = {}
        self._names: dict[str, tuple[tuple[int, int, WordVariant], ...]] = {}

    def forms(self, text: str) -> tuple[WordForms, ...]:
        """The word's own forms; empty when nothing in it can be searched."""
        known = self._forms.get(text)
        if known is None:
            if len(self._forms) >= _MAX_CACHED:
                self._forms.clear()
            known = self._forms[text] = word_forms(text, self.analyser)
        return known

    def variants(self, text: str) -> tuple[WordVariant, ...]:
        """The word's variants, likeliest first; at most ``MAX_WORD_VARIANTS``."""
        known = self._variants.get(text)
        if known is None:
            if len(self._variants) >= _MAX_CACHED:
                self._variants.clear()
            known = self._variants[text] = tuple(islice(self._find(text), MAX_WORD_VARIANTS))
        return known

    def names(self, words: Sequence[str]) -> tuple[tuple[int, int, WordVariant], ...]:
        """Names of several words: ``words[first:end]`` and what may stand for them. At most ``MAX_QUERY_VARIANTS``."""
        text = " ".join(words)
        known = self._names.get(text)
        if known is None:
            if len(self._names) >= _MAX_CACHED:
                self._names.clear()
            found = islice(self._lexicon.phrases(words), MAX_QUERY_VARIANTS)
            known = self._names[text] = tuple((first, end, self.written(variant)) for first, end, variant in found)
        return known

    def written(self, variant: Variant) -> WordVariant:
        """The variant in its own letters."""
        return WordVariant(variant, self.forms(variant.text), in_shorthand=False)

    def _find(self, text: str) -> Iterator[WordVariant]:
        forms = self.forms(text)
        if len(forms) == 1:
            terms = forms[0].terms
            joined = "".join(term or "" for term in terms)  # a name that the dictionary does not have: 이 하나
            shorthand = self._lexicon.written_as((*terms, joined))
            if shorthand is not None:
                yield WordVariant(shorthand, forms, in_shorthand=True)
        for variant in self._lexicon.variants(text, self.analyser, on=self.on):
            variant_forms = self.forms(variant.text)
            if variant_forms:
                whole = across_barriers(variant_forms)
                yield WordVariant(variant, tuple(map(_as_a_name, whole)), in_shorthand=False)


@dataclass(frozen=True, slots=True)
class QueryWords:
    """The words of one query with their variants: how many each may use, and which are switched on."""

    expander: WordExpander
    shares: Mapping[str, int]
    """How many of its variants each word may use."""
    variants_left_out: bool
    """True: the words have more variants than one query may use."""
    without: frozenset[str] = frozenset()
    """Keys of the variants that are switched off."""
    inside: bool = False
    """True: words of two syllables are looked for inside other words as well."""
    verbs: bool = False
    """True: words that are read as nouns and are a verb's form, too, are also looked for as that verb."""
    typed: Mapping[str, Variant] = field(default_factory=dict)
    """Words that are also looked for as typed on the other keyboard."""

    def forms(self, text: str) -> tuple[WordForms, ...]:
        """The word's own forms."""
        return self.expander.forms(text)

    def wanted(self, text: str) -> tuple[WordForms, ...]:
        """The word's own forms as articles are to hold them: inside other words and as a verb as well, if that is asked for."""
        forms = inside_words(self.forms(text)) if self.inside else self.forms(text)
        return with_verbs(forms) if self.verbs else forms

    def variants(self, text: str) -> list[WordVariant]:
        """The word's variants that are switched on, as many as its share allows."""
        found = list(self.expander.variants(text)[: self.shares.get(text, MAX_WORD_VARIANTS)])
        if text in self.typed:
            found.append(self.expander.written(self.typed[text]))
        return [each for each in found if each.variant.key not in self.without] if self.without else found

    def names(self, words: Sequence[str]) -> Iterator[tuple[int, int, WordVariant]]:
        """Names of several words that are switched on: ``words[first:end]`` and what may stand for them."""
        return (each for each in self.expander.names(words) if each[2].variant.key not in self.without)

    def clauses(self, text: str, fields: tuple[FieldViews, ...] = EVERYWHERE) -> list[Clause]:
        """What an article must satisfy to hold the word or one of its variants; empty when there is nothing to search."""
        own = matches_word(self.wanted(text), fields)
        variants = self.variants(text) if own else []
        if not variants:
            return own
        return [any_of([all_of(own), *(matches_variant(each, fields) for each in variants)])]


def query_words(
    texts: Iterable[str],
    expander: WordExpander,
    *,
    without: frozenset[str] = frozenset(),
    inside: bool = False,
    verbs: bool = False,
) -> QueryWords:
    """Divide the variants that one query may have among its words (``texts``), the likeliest of each first."""
    left = MAX_QUERY_VARIANTS
    known = {text: len(expander.variants(text)) for text in texts}
    shares = dict.fromkeys(known, 0)
    for rank in range(MAX_WORD_VARIANTS):
        for text, count in known.items():
            if rank < count and left:
                shares[text] += 1
                left -= 1
    return QueryWords(expander, shares, shares != known, without=without, inside=inside, verbs=verbs)


def _as_a_name(form: WordForms) -> WordForms:
    """A variant is not looked for in less than its letters.

    A name of two syllables that the dictionary has is looked for as a term only: 전남 for 전라남도, not in 전남편. One whose first
    syllable the analyser takes for a particle is looked for as a whole: 로만석 for 노만석, not in 만석.
    """
    if len(form.word) == 2 and form.terms == form.runs:
        return replace(form, word="")
    if form.word and form.terms and form.terms[0] is None:
        return replace(form, terms=(), splits=())
    return form


def matches_variant(variant: WordVariant, fields: tuple[FieldViews, ...] = EVERYWHERE) -> Clause:
    """What an article must satisfy to hold a word as this variant."""
    if variant.in_shorthand:
        return matches_shorthand(variant.forms, fields)
    return all_of(matches_word(variant.forms, fields))
