"""What one query may cost: the leaves that an index pays most for, bounded. The words themselves are bounded in ``parse``."""

from __future__ import annotations

from typing import Final

from gisa.query.syntax import And, Literal, Node, Or, Without
from gisa.text.normal import normalise
from gisa.text.runs import BARRIER, cut, is_hangul

MAX_LONE_SYLLABLES: Final = 2
"""Quoted single syllables of a query: each is looked for among all pairs of syllables, 20 ms on 60,000 articles, so that 64
of them took 1.2 s."""


def without_costly(root: Node) -> tuple[Node | None, bool]:
    """The tree without quoted single syllables beyond the first ones, and whether any was left out."""
    kept, left = _bounded(root, MAX_LONE_SYLLABLES)
    return kept, left < 0


def _bounded(node: Node, left: int) -> tuple[Node | None, int]:
    """The node with its first ``left`` lone syllables, and how many more it could have had (negative: some were cut)."""
    match node:
        case And(nodes) | Or(nodes):
            kept: list[Node] = []
            for child in nodes:
                cut_child, left = _bounded(child, left)
                if cut_child is not None:
                    kept.append(cut_child)
            return (type(node)(tuple(kept)) if kept else None), left
        case Without(child):
            cut_child, left = _bounded(child, left)
            return (None if cut_child is None else Without(cut_child)), left
        case Literal(text) if _is_lone(text):
            return (node if left > 0 else None), left - 1
        case _:
            return node, left


def _is_lone(text: str) -> bool:
    runs = [run for run in cut(normalise(text)) if run != BARRIER]
    return len(runs) == 1 and len(runs[0]) == 1 and is_hangul(runs[0])
