"""Results that tell the same story, found among a search's matches: which of them stands for the others. Counts; fetches no article.

An index does not know stories: they change whenever an article comes. So the matches that share a story are asked for by
number, and all but one of each are then left out of the page's query. What may not be seen is no match, so it is in no group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from gisa.clause import Clause, Numbered, all_of
from gisa.model import Sort, StoryHead
from gisa.ports import IndexQuery, IndexView, Known

StoryNumbers = Callable[[], Mapping[int, int]]
"""The story of each article that is not alone in it, as numbers."""

OFFERED: Final = 5_000
"""Of more results it is not counted beside the page how many stories they tell: 5,000 take 2 ms."""
MOST: Final = 100_000
"""Of more results, if more articles share a story, none are grouped: 100,000 take 50 ms."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Which results stand under which."""

    under: Mapping[int, tuple[int, ...]]
    """By the number of the article that stands for its story: the others among the results, newest first."""

    @property
    def hidden(self) -> tuple[int, ...]:
        """The results that stand under another one."""
        return tuple(sorted(chain.from_iterable(self.under.values())))

    @property
    def saved(self) -> int:
        """How many fewer there are if each story counts once."""
        return sum(map(len, self.under.values()))


class Grouper:
    """Groups results by story."""

    def __init__(self, numbers: StoryNumbers, *, head: StoryHead) -> None:
        self._numbers, self._head = numbers, head

    def group(self, index: IndexView, match: Clause, *, total: int, known: Iterable[Known] = ()) -> Grouped | None:
        """What of ``total`` matches tells the same story; None if there are too many. ``known``: all of them, if they are known."""
        numbers = self._numbers()
        if total < 2 or not numbers:
            return Grouped({})
        newest_first = [each.seq for each in known]
        if len(newest_first) != total:
            if min(total, len(numbers)) > MOST:
                return None
            if total > len(numbers):
                match, total = all_of((match, Numbered(tuple(sorted(numbers))))), len(numbers)
            asked = IndexQuery(match=match, score=None, sort=Sort.NEWEST, limit=total, offset=0)
            newest_first = [hit.seq for hit in index.search(asked).hits]
        return Grouped(self._under(newest_first, numbers))

    def cost(self, entries: int) -> int:
        """How many matches are asked for at most, in entries of the index, if a search reads so many ``entries``."""
        return min(entries, len(self._numbers()), MOST)

    def _under(self, newest_first: Iterable[int], numbers: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
        members: dict[int, list[int]] = {}
        for seq in newest_first:
            if (story := numbers.get(seq)) is not None:
                members.setdefault(story, []).append(seq)
        under = {}
        for together in members.values():
            if len(together) > 1:
                head = together.pop(0 if self._head is StoryHead.NEWEST else -1)
                under[head] = tuple(together)
        return under
