"""The variants of a query as a page shows them: what each brought, so that a reader can leave it out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from gisa.lexicon.variants.variant import Variant
from gisa.model import Match, VariantCount
from gisa.ports import IndexReader
from gisa.query.compile import CompiledQuery, compile_query
from gisa.search.answer import SearchAnswer

_MAX_COUNTED: Final = 8
"""Variants of a query whose results are counted one by one."""
_COUNTING_COST: Final = 160
"""Words and variants in all of those counts together: each count is a search. Four words with six variants each have five."""

Shown = Callable[[str], str]
"""A name as it is written where people see it: ``ai`` → ``AI``."""


def count_variants(
    index: IndexReader, answer: SearchAnswer, compiled: CompiledQuery, match: Match, *, shown: Shown
) -> tuple[VariantCount, ...]:
    """The variants that brought results, with how many there would not be without each, most first."""
    variants = {each.variant.key: each.variant for _, each in compiled.alternatives}
    total = answer.result.total
    if not variants or not total or not answer.budget.allows_more():
        return ()

    def count_without(*keys: str) -> int:
        other = compile_query(answer.root, answer.reader.but(*keys), match=match, typed=answer.parsed.text)
        return 0 if other is None else index.count(answer.narrowing.of(other.match))

    most = min(_MAX_COUNTED, max(1, _COUNTING_COST // (len(compiled.words) + len(compiled.alternatives))))
    if count_without(*variants) == total:
        return ()
    counted = [
        variant_count(variant, total - count_without(key), shown=shown)
        for key, variant in list(variants.items())[:most]
        if answer.budget.allows_more()
    ]
    return tuple(sorted((each for each in counted if each.count), key=lambda each: -each.count))


def variant_count(variant: Variant, count: int, *, shown: Shown) -> VariantCount:
    """The variant with the number of articles that it brought."""
    return VariantCount(variant.kind, shown(variant.source), shown(variant.replacement), count, variant.key)
