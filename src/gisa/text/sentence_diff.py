"""What one text says otherwise than another, sentence by sentence. Pure; renders nothing.

Sentences that differ in spacing and marks only are the same. A sentence that stands in another place has moved. One that was
dropped where a like one was added was changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from gisa.model import Span
from gisa.text.sentences import NEAR, letters_of, likeness, pairs_of, sentences

_MOST_COMPARED: Final = 20
"""Sentences of one gap that are compared each with each, to find which of them were changed."""


class SentenceChange(StrEnum):
    """What became of a sentence."""

    SAME = "same"
    CHANGED = "changed"
    """Other words in its place, most of its letters are the same."""
    MOVED = "moved"
    """The same letters in another place. Told where it stands now."""
    ADDED = "added"
    DROPPED = "dropped"


class SentenceDiff(NamedTuple):
    """One sentence and what became of it."""

    change: SentenceChange
    before: Span | None
    """Where it stood in the first text, in characters; None if it was added."""
    after: Span | None
    """Where it stands in the second text; None if it was dropped."""


class _Sentence(NamedTuple):
    span: Span
    key: tuple[str, int]
    """Its letters, or its marks if it has none, and how often they stood before."""


def sentence_diff(before: str, after: str) -> list[SentenceDiff]:
    """Every sentence of both texts, in the order of ``after``; what was dropped comes where it stood before.

    n sentences take the time of n · log n.

    >>> [each.change.value for each in sentence_diff("비가 온다. 바람이 분다.", "비가 온다. 눈이 내린다.")]
    ['same', 'dropped', 'added']
    """
    old, new = _sentences(before), _sentences(after)
    places = {each.key: place for place, each in enumerate(old)}
    stood = {place: places[each.key] for place, each in enumerate(new) if each.key in places}
    stays = set(stood.values())
    found: list[SentenceDiff] = []
    old_at = new_at = 0
    for old_place, new_place in [*_in_one_order(list(stood.items())), (len(old), len(new))]:
        gone = [each.span for place, each in enumerate(old[old_at:old_place], old_at) if place not in stays]
        come = [each.span for place, each in enumerate(new[new_at:new_place], new_at) if place not in stood]
        changed = _changed(gone, come, before, after)
        rewritten = set(changed.values())
        found += (SentenceDiff(SentenceChange.DROPPED, span, None) for span in gone if span not in rewritten)
        for place, (span, _) in enumerate(new[new_at:new_place], new_at):
            if place in stood:
                found.append(SentenceDiff(SentenceChange.MOVED, old[stood[place]].span, span))
            elif span in changed:
                found.append(SentenceDiff(SentenceChange.CHANGED, changed[span], span))
            else:
                found.append(SentenceDiff(SentenceChange.ADDED, None, span))
        if new_place < len(new):
            found.append(SentenceDiff(SentenceChange.SAME, old[old_place].span, new[new_place].span))
        old_at, new_at = old_place + 1, new_place + 1
    return found


def _sentences(text: str) -> list[_Sentence]:
    seen: Counter[str] = Counter()
    found = []
    for span in sentences(text):
        words = text[slice(*span)]
        letters = letters_of(words) or words
        found.append(_Sentence(span, (letters, seen[letters])))
        seen[letters] += 1
    return found


def _in_one_order(stood: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most sentences whose order is the same in both texts, as old and new places: the longest increasing subsequence."""
    ends: list[int] = []
    """The old place at which the best subsequence of each length ends so far."""
    last: list[int] = []
    """The number in ``stood`` of that end."""
    before: list[int] = []
    for number, (_, old_place) in enumerate(stood):
        length = bisect_left(ends, old_place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [old_place]
        last[length : length + 1] = [number]
    found = []
    at = last[-1] if last else -1
    while at >= 0:
        new_place, old_place = stood[at]
        found.append((old_place, new_place))
        at = before[at]
    return found[::-1]


def _changed(gone: list[Span], come: list[Span], before: str, after: str) -> dict[Span, Span]:
    """Which sentences of a gap were written anew from which, each once, the most alike first."""
    alike = sorted(
        (
            (share, one, other)
            for one in gone[:_MOST_COMPARED]
            for pairs in [pairs_of(before[slice(*one)])]
            for other in come[:_MOST_COMPARED]
            if (share := likeness(pairs, after[slice(*other)])) >= NEAR
        ),
        key=lambda found: (-found[0], found[1:]),
    )
    changed: dict[Span, Span] = {}
    for _, one, other in alike:
        if other not in changed and one not in changed.values():
            changed[other] = one
    return changed
