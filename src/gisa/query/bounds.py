"""Limits the leaves of a query that cost an index most. ``parse`` limits the number of words."""

from __future__ import annotations

from typing import Final

from gisa.query.syntax import Leaf, Literal, Node, first_leaves
from gisa.text.hangul import is_hangul
from gisa.text.normal import normalise
from gisa.text.runs import BARRIER, cut

MAX_LONE_SYLLABLES: Final = 2
"""Quoted single syllables of a query: each is looked for among all pairs of syllables, 20 ms on 60,000 articles, so that 64
of them took 1.2 s."""


def without_costly(root: Node) -> tuple[Node | None, bool]:
    """The tree without quoted single syllables beyond the first ones, and whether any was left out."""
    kept, left = first_leaves(root, MAX_LONE_SYLLABLES, counts=_is_lone)
    return kept, left < 0


def _is_lone(leaf: Leaf) -> bool:
    """Whether a leaf is a single syllable between quotes."""
    if not isinstance(leaf, Literal):
        return False
    runs = [run for run in cut(normalise(leaf.text)) if run != BARRIER]
    return len(runs) == 1 and len(runs[0]) == 1 and is_hangul(runs[0])
