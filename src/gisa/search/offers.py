"""What a page offers beside its results: to switch a variant off, to look inside words, to look for a noun's verb as
well. Counts what each would change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from gisa.clause import Clause
from gisa.lexicon.variants.variant import Variant
from gisa.model import Match, VariantCount
from gisa.ports import IndexView
from gisa.query.plan import Plan
from gisa.search.answer import SearchAnswer
from gisa.search.request import SearchRequest

_MAX_COUNTED: Final = 8
"""Variants of a query whose results are counted one by one."""
_COUNTING_COST: Final = 160
"""Words and variants in all of those counts together: each count is a search. Four words with six variants each have five."""

Shown = Callable[[str], str]
"""A name as it is written where people see it: ``ai`` → ``AI``."""


class Offers(NamedTuple):
    """The changes to a search that are one click away."""

    variants: tuple[VariantCount, ...] = ()
    """The variants that brought results, with how many there would not be without each, most first."""
    inside: int | None = None
    """How many articles more hold the query's short words inside other words; None if that was not counted."""
    verbs: int | None = None
    """How many more hold the verb of which a word that is read as a noun is a form; None if that was not counted."""


def count_offers(index: IndexView, answer: SearchAnswer, plan: Plan, request: SearchRequest, *, shown: Shown) -> Offers:
    """Counted in one call of the index, while the budget lasts. If no variant brings anything, none is counted by itself."""
    total = answer.found.result.total
    variants = plan.variants if total else {}
    may_widen = _may_widen(answer, plan, request)
    asks_inside = may_widen and not request.inside and plan.has_bound_words
    asks_verbs = may_widen and not request.verbs and plan.has_verbs
    if not variants and not asks_inside and not asks_verbs:
        return Offers()

    def matches() -> Iterator[Clause]:
        if variants:
            yield plan.match_without(variants.keys())
        if asks_inside:
            yield plan.match_inside()
        if asks_verbs:
            yield plan.match_verbs()
        for key in list(variants)[: _most_counted(plan)] if len(variants) > 1 else ():
            yield plan.match_without({key})

    counts = index.count_each(map(answer.narrowing.of, answer.budget.within(matches())))
    without_any = next(counts, total) if variants else total
    inside = next(counts, None) if asks_inside else None
    verbs = next(counts, None) if asks_verbs else None
    if without_any == total:
        left: Iterable[int] = ()
    else:
        left = counts if len(variants) > 1 else (without_any,)
    brought = [
        variant_count(variant, total - count, shown=shown)
        for variant, count in zip(variants.values(), left, strict=False)
        if count != total
    ]
    return Offers(
        tuple(sorted(brought, key=lambda each: -each.count)),
        None if inside is None else inside - total,
        None if verbs is None else verbs - total,
    )


def _most_counted(plan: Plan) -> int:
    """How many variants are counted one by one."""
    sought = plan.sought
    return min(_MAX_COUNTED, max(1, _COUNTING_COST // (len(sought.words) + len(sought.variants))))


def variants_off(plan: Plan, *, shown: Shown) -> tuple[VariantCount, ...]:
    """The variants of the query that are switched off."""
    return tuple(variant_count(variant, 0, shown=shown) for variant in plan.variants_off.values())


def variant_count(variant: Variant, count: int, *, shown: Shown) -> VariantCount:
    """The variant with the number of articles that it brought."""
    return VariantCount(variant.kind, shown(variant.source), shown(variant.replacement), count, variant.key)


def _may_widen(answer: SearchAnswer, plan: Plan, request: SearchRequest) -> bool:
    """Whether to count what words would find beyond what they are read as: on the first page.

    Not if nothing holds all of several words: what has most of them is of more use.
    """
    is_first = not request.offset and request.cursor is None
    return (
        is_first and request.match is Match.ALL and (answer.found.result.total > 0 or len(plan.requirements.units) < 2)
    )
