"""For words that no article holds: which of them exist as typed on the other keyboard. Changes no query."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gisa.clause import Clause, all_of
from gisa.lexicon.lexicon import Lexicon
from gisa.lexicon.variants.variant import Variant
from gisa.ports import IndexView
from gisa.query.plan import Plan
from gisa.query.syntax import Word, positive_leaves
from gisa.query.word_forms import matches_word
from gisa.search.budget import Budget
from gisa.text.hangul import is_hangul

_MAX_TYPED: Final = 8
"""The most words of a query that are tried on the other keyboard; each costs at least one search."""


def typed_otherwise(plan: Plan, index: IndexView, lexicon: Lexicon, budget: Budget) -> dict[str, Variant]:
    """The words of the query that no article holds, with what their keys give on the other keyboard if an article holds that.

    ``tjdnf`` → 서울. Two calls of the index, while the budget lasts.
    """
    texts = dict.fromkeys(leaf.text for leaf in positive_leaves(plan.root) if isinstance(leaf, Word))
    tried = [text for text in texts if not _is_written_out(text)][:_MAX_TYPED]
    typed = {text: variants for text in tried if (variants := lexicon.typed_otherwise(text))}
    if not typed:
        return {}
    counts = index.count_each(budget.within(all_of(plan.words.clauses(text)) for text in typed))
    nowhere = [text for text, count in zip(typed, counts, strict=False) if not count]
    found: dict[str, Variant] = {}

    def candidates() -> Iterator[tuple[str, Variant, Clause]]:
        for text in nowhere:
            for variant in typed[text]:
                if clauses := matches_word(plan.words.forms(variant.text)):
                    yield text, variant, all_of(clauses)

    asked = list(candidates())
    counts = index.count_each(budget.within(clause for _, _, clause in asked))
    for (text, variant, _), count in zip(asked, counts, strict=False):
        if count:
            found.setdefault(text, variant)
    return found


def _is_written_out(word: str) -> bool:
    """Whether a word is of whole syllables and figures, which are what was meant on any keyboard."""
    return all(is_hangul(letter) or letter.isdigit() for letter in word)
