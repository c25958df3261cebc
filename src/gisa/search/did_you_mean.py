"""이것을 찾으셨나요?: a query with the words that are nowhere replaced by like ones. Proposes; never searches instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain, islice, product
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
_PLAIN: Final = re.compile(r"[\w\s]+")

Ask = Callable[[Iterable[str]], Iterator[bool]]
"""Asks for words or queries, lazily and in order; ends early when time is up."""


def did_you_mean(
    parsed: ParsedQuery,
    suggestions: Suggestions,
    *,
    seen: Collection[str] = (),
    missing: int = 1,
    are_somewhere: Ask,
    find: Ask,
) -> str | None:
    """A query like this one that finds something, or None.

    Only words that are in no article by themselves (``are_somewhere``; not asked of those ``seen``) are replaced, and a
    query is proposed only if as a whole it can ``find`` something. ``missing`` is how many of the query's parts every
    article lacks, at least: where fewer words are nowhere than that, no other words can help, and none are looked for.
    """
    if parsed.root is None:
        return None
    words = [leaf.text for leaf in positive_leaves(parsed.root) if isinstance(leaf, Word)]
    if len(words) > _MOST_WORDS:
        return None
    unsure = [word for word in words if word not in seen]
    if not unsure or len(unsure) < missing:
        return None
    lost: list[str] = []
    is_somewhere: dict[str, bool] = {}
    answers = are_somewhere(dict.fromkeys(unsure))
    for place, word in enumerate(unsure):
        if len(lost) + len(unsure) - place < missing:
            return None
        if word not in is_somewhere:
            is_somewhere[word] = next(answers, True)  # what was not answered for want of time is not replaced
        if not is_somewhere[word]:
            lost.append(word)
    distinct = list(dict.fromkeys(lost))
    if len(lost) < missing or not 0 < len(distinct) <= _WORDS:
        return None
    choices = []
    for word in distinct:
        like = [each.text for each in suggestions.like(word, limit=_LIKE)]
        if not like:
            return None
        choices.append(like)
    queries = list(islice(_rewritten(parsed.text, distinct, choices), _TRIED))
    if sum(map(len, choices)) > len(choices) and _is_plain(parsed.text, choices):
        any_of_each = [[f"({' | '.join(like)})"] for like in choices]
        found = find([*_rewritten(parsed.text, distinct, any_of_each), *queries])
        if not next(found, False):
            return None
    else:
        found = find(queries)
    return next((query for query, is_found in zip(queries, found, strict=False) if is_found), None)


def _is_plain(text: str, choices: list[list[str]]) -> bool:
    """Whether the query and the like words are words alone, so that it can be asked of all the choices in one search."""
    return all(map(_PLAIN.fullmatch, [text, *chain(*choices)]))


def _rewritten(text: str, lost: list[str], choices: list[list[str]]) -> Iterator[str]:
    for chosen in product(*choices):
        changed = text
        for word, other in zip(lost, chosen, strict=True):
            # what is offered holds no backslash, so that it stands for itself
            changed = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", other.replace("\\", ""), changed)
        yield changed
