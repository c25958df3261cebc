"""What a total should be: articles counted by reading every one of them, without any index. Two ways to say "holds".

* *letters*: Gisa's promise for a quoted query. Spaces and marks do not count, sentence punctuation parts, Latin words and figures
  are whole (``"센터장"`` stands in ``AI센터장`` and ``센터 장``, ``"AI"`` does not stand in ``KAIST``). An explanation in parentheses may
  be passed over (``"연합의 결정"`` stands in ``유럽 연합(EU)의 결정``), and 漢字 with two readings have both.
* *substring*: the string as it is written, upper case aside; the promise of an index over n-grams.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from gisa.text.glosses import glossed
from gisa.text.hangul import is_hangul
from gisa.text.normal import normalise
from gisa.text.runs import BARRIER, cut, other_han_readings

_WHOLE: Final = "\x01"
"""Stands on both sides of what is found whole or not at all."""
_WORD: Final = re.compile(r"\w\w+")
_AROUND: Final = 60
"""Characters beside a second reading: as long as a literal is."""
_SEED: Final = 20251008


@dataclass(frozen=True, slots=True)
class Truth:
    """Literals with how many articles hold each, either way."""

    literals: tuple[str, ...]
    letters: tuple[int, ...]
    substring: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Exactness:
    """An engine's totals beside the true ones."""

    asked: int
    exact: int
    over: int
    """Articles counted too many, over all literals."""
    under: int
    true: int
    """What all totals together should be."""
    unasked: int
    """Literals that the engine cannot look for."""

    @property
    def share(self) -> float:
        """Of all literals, also those that could not be asked."""
        return self.exact / (self.asked + self.unasked)


def sample_literals(queries: Sequence[str], count: int, *, seed: int = _SEED) -> tuple[str, ...]:
    """Words of the queries, two thirds of the sample, and words that stand side by side in one, the rest. No word is of one letter."""
    split = [query.split() for query in queries]
    words = sorted({word for each in split for word in each if _WORD.fullmatch(word)})
    pairs = sorted(
        {f"{one} {other}" for each in split for one, other in pairwise(each) if _WORD.fullmatch(one + other)}
    )
    chance = random.Random(seed)
    chosen = chance.sample(words, min(len(words), count - count // 3))
    return (*chosen, *chance.sample(pairs, min(len(pairs), count // 3)))


def count_true(articles: Iterable[dict[str, Any]], literals: Sequence[str]) -> Truth:
    """Reads every article, its headline and its body each by itself."""
    by_letters: list[str] = []
    by_substring: list[str] = []
    for fields in articles:
        title, body = fields["title"], fields["body"]
        by_letters.append(BARRIER.join(map(letters_of, (*_read_as(title), *_read_as(body)))))
        by_substring.append(f"{title}\0{body}".lower())
    return Truth(
        tuple(literals),
        tuple(sum(needle in text for text in by_letters) for needle in map(letters_of, literals)),
        tuple(sum(literal.lower() in text for text in by_substring) for literal in literals),
    )


def _read_as(text: str) -> Iterator[str]:
    """The text, and what may be read in a place of it instead, each with the text around it."""
    yield text
    normal = normalise(text)
    yield from glossed(normal)
    for start, end, reading in other_han_readings(normal):
        yield f"{normal[max(0, start - _AROUND) : start]}{reading}{normal[end : end + _AROUND]}"


def letters_of(text: str) -> str:
    """The text's letters alone: ``아·태 AI 센터.`` → ``아태`` ``ai`` (whole) ``센터`` and a barrier in one string."""
    return "".join(
        run if run == BARRIER or is_hangul(run[0]) else f"{_WHOLE}{run}{_WHOLE}" for run in cut(normalise(text))
    )


def compare(totals: Sequence[int | None], true: Sequence[int]) -> Exactness:
    """None stands for a literal that was not asked."""
    pairs = [(total, count) for total, count in zip(totals, true, strict=True) if total is not None]
    return Exactness(
        asked=len(pairs),
        exact=sum(total == count for total, count in pairs),
        over=sum(max(0, total - count) for total, count in pairs),
        under=sum(max(0, count - total) for total, count in pairs),
        true=sum(count for _, count in pairs),
        unasked=len(totals) - len(pairs),
    )
