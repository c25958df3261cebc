"""Two sentences held side by side: the same to the letter, but for spacing, nearly, or not. Pure.

What differs is told word by word. A changed number, a changed name and a negation that came or went turn a sentence into
another, so they are told apart from other words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from gisa.model import Span
from gisa.text.normal import normalise, normalise_with_map
from gisa.text.sentences import letters_of

_WORD: Final = re.compile(r"[\w%℃.,·:-]*\w[\w%℃]*")
_NUMBER: Final = re.compile(r"\d")
_NUMERALS: Final = re.compile("(?=[영공일이삼사오육칠팔구]*[십백천만억조])[영공일이삼사오육칠팔구십백천만억조]{2,}")
"""이백만, but not 공영 in 공영민."""
_NEGATION: Final = re.compile(
    "않|못|없|아니|말[라고아]|^안$|^안(?:했|한|할|하는|하지|되|된|될|됐|갔|왔|나)|금지|불가|반대|거부|부인"
)
_MARKS: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."})


class DifferenceKind(StrEnum):
    """What differs between a given sentence and the printed one."""

    NUMBER = "number"
    NEGATION = "negation"
    NAME = "name"
    WORD = "word"
    ORDER = "order"


class Difference(NamedTuple):
    """Words that differ; either may be empty."""

    kind: DifferenceKind
    given: str
    printed: str


def places_of(letters: str, text: str) -> Iterator[Span]:
    """Where these letters stand in a text, whatever the spaces and marks between them, in characters."""
    if letters not in letters_of(text):
        return
    normal = normalise_with_map(text)
    places = [at for at, letter in enumerate(normal.text) if letter.isalnum()]
    held = "".join(normal.text[at] for at in places)
    at = held.find(letters)
    while at >= 0:
        end = at + len(letters)
        yield normal.original(Span(places[at], places[end - 1] + 1))
        at = held.find(letters, end)


def is_same(given: str, printed: str) -> bool:
    """Whether two stretches are the same but for line ends, repeated spaces and the form of quotation marks."""
    return _plain(given) == _plain(printed)


def differences(given: str, printed: str, *, names: frozenset[str] = frozenset()) -> tuple[Difference, ...]:
    """What differs, word by word, in the order of the given sentence. ``names``: words known to be names."""
    one, other = _WORD.findall(_plain(given)), _WORD.findall(_plain(printed))
    found: list[Difference] = []
    for what, start, end, other_start, other_end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        mine, theirs = one[start:end], other[other_start:other_end]
        if "".join(mine) == "".join(theirs):
            continue
        found += _of_words(mine, theirs, names)
    return tuple(_as_moved(found))


def _of_words(mine: list[str], theirs: list[str], names: frozenset[str]) -> Iterator[Difference]:
    if len(mine) == len(theirs):
        yield from (Difference(_kind(a, b, names), a, b) for a, b in zip(mine, theirs, strict=True) if a != b)
    else:
        a, b = " ".join(mine), " ".join(theirs)
        yield Difference(_kind(a, b, names), a, b)


def _kind(given: str, printed: str, names: frozenset[str]) -> DifferenceKind:
    if _numbers(given) != _numbers(printed):
        return DifferenceKind.NUMBER
    if bool(_NEGATION.search(given)) != bool(_NEGATION.search(printed)):
        return DifferenceKind.NEGATION
    if any(word.startswith(name) for name in names for word in (*given.split(), *printed.split())):
        return DifferenceKind.NAME
    return DifferenceKind.WORD


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(text) + _NUMERALS.findall(text)


def _as_moved(found: list[Difference]) -> Iterator[Difference]:
    """Words that are left out in one place and stand in another have only moved; so have all, if what differs are the same words."""
    given, printed = (Counter(word for each in found for word in each[side].split()) for side in (1, 2))
    if found and given == printed:
        yield from (Difference(DifferenceKind.ORDER, each.given, each.given) for each in found if each.given)
        return
    gone = {each.given for each in found if not each.printed}
    come = {each.printed for each in found if not each.given}
    moved = gone & come
    for each in found:
        if each.given in moved and not each.printed:
            yield Difference(DifferenceKind.ORDER, each.given, each.given)
        elif not (each.printed in moved and not each.given):
            yield each


def forget_sentences() -> None:
    """Empty the cache of compared sentences, which holds what was asked for."""
    _plain.cache_clear()


@lru_cache(maxsize=64)
def _plain(text: str) -> str:
    return " ".join(normalise(text.translate(_MARKS)).split()).strip("\"' .,")
