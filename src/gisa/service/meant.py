"""이것을 찾으셨나요?: a query with the words that are nowhere replaced by like ones. Proposes; never searches instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice, product
from typing import Final

from gisa.ports import Suggestions
from gisa.query.parse import ParsedQuery
from gisa.query.syntax import Word, positive_leaves

_MOST_WORDS: Final = 12
"""A longer query is a pasted text, and each of its words would cost a search."""
_WORDS: Final = 3
"""Words that are nowhere, at most; where more are, the query is of another archive."""
_LIKE: Final = 3
"""Like words tried for each."""
_TRIED: Final = 6
"""Whole queries tried, likeliest first."""


def did_you_mean(
    parsed: ParsedQuery,
    suggestions: Suggestions,
    *,
    is_somewhere: Callable[[str], bool],
    finds: Callable[[str], bool],
) -> str | None:
    """A query like this one that finds something, or None.

    Only words that are in no article by themselves (``is_somewhere``) are replaced, and a query is proposed only
    when it ``finds`` something as a whole.
    """
    if parsed.root is None:
        return None
    leaves = [leaf for leaf in positive_leaves(parsed.root) if isinstance(leaf, Word)]
    if len(leaves) > _MOST_WORDS:
        return None
    lost = list(dict.fromkeys(leaf.text for leaf in leaves if not is_somewhere(leaf.text)))
    if not 0 < len(lost) <= _WORDS:
        return None
    choices = []
    for word in lost:
        like = [each.text for each in suggestions.like(word, limit=_LIKE) if is_somewhere(each.text)]
        if not like:
            return None
        choices.append(like)
    return next(filter(finds, islice(_rewritten(parsed.text, lost, choices), _TRIED)), None)


def _rewritten(text: str, lost: list[str], choices: list[list[str]]) -> Iterator[str]:
    for chosen in product(*choices):
        changed = text
        for word, other in zip(lost, chosen, strict=True):
            # what is offered holds no backslash, so that it stands for itself
            changed = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", other.replace("\\", ""), changed)
        yield changed
