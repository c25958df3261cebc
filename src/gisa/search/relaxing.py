"""How results are ranked if no article holds every word. Decides only; runs no query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from gisa.clause import AnyOf, Clause, Worth, all_of, any_of
from gisa.query.plan import Plan

RARE: Final = 300
"""The most articles that may hold a rare word, which is usually a name. A word in more of them is common."""
HANDFUL: Final = 5
"""How many results are shown if only one common word of the query is left."""
_RANKED: Final = 16
"""Words whose rarity counts, the rarest first: each is worth more than all after it, and a score has 24 bits."""
_RAREST: Final = 2.0 ** (_RANKED + 1)
"""More than to hold all others and to be about them. With half of it, of 133 trending queries whose rarest word has 1 to 300
articles 9 did not begin with those: two articles about 가을야구 and 1차전 stood before the only one with 최원태."""


class Relaxation(NamedTuple):
    """What a relaxed page shows."""

    match: Clause
    score: Clause
    nowhere: tuple[int, ...]
    """The numbers of the units that no article holds."""
    at_most: int | None
    """How many results are worth showing; None: all."""


def relaxation(plan: Plan, counts: Sequence[int], *, most_held: int) -> Relaxation:
    """The page for a plan whose units are held by so many articles each, and by one article ``most_held`` at most.

    It has the articles that hold the most words, and those that hold the rarest. The rarest word decides the order, whatever
    the others say; then the next: of 나루대교 방탄소년단 공연 an article with the band comes before all that hold bridge and
    concert. Of the others, to be about a word counts as much as to hold the next one, too.
    """
    units, required = plan.requirements.units, plan.requirements.required
    ranked = sorted((place for place, count in enumerate(counts) if count), key=lambda place: counts[place])
    match = plan.requirements.relaxed(most_held)
    rarest = ranked[0]
    if counts[rarest] <= RARE and most_held > 1:
        match = any_of((match, all_of((required, units[rarest]))))
    abouts = plan.unit_abouts
    parts: list[Clause] = []
    for rank, place in enumerate(ranked[:_RANKED]):
        worth = 2.0 ** (_RANKED - rank)
        held = worth if rank else _RAREST
        parts += [Worth(units[place], held), Worth(all_of((units[place], abouts[place])), worth / 2)]
    score = AnyOf(tuple(parts))
    only_common = most_held == 1 and counts[rarest] > RARE
    nowhere = tuple(place for place, count in enumerate(counts) if not count)
    return Relaxation(match, score, nowhere, HANDFUL if only_common else None)
