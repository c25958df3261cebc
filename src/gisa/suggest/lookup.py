"""Looking suggestions up: ``ports.Suggestions`` over the store's file. Reads only; keeps nothing of what was typed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import groupby, islice
from pathlib import Path
from typing import Final, NamedTuple

from gisa.follower_file import Reader
from gisa.model import Suggestion
from gisa.suggest.store import suggestions_file
from gisa.text.jamo import END, Typed, distance, other_keyboard, strokes, typed
from gisa.text.normal import normalise
from gisa.text.runs import read_han

_MAX_TYPED: Final = 60
"""Characters; nothing that is offered is longer than 40."""
_ROWS_A_TIER: Final = 200
"""The most phrases of one tier that are read. If thousands begin with the same letter and are held equally often,
none of them is better than another."""
_SPARE: Final = 4
"""How many times more phrases are fetched than asked for, because some are the same word in another spelling."""
_LIKE_ROWS: Final = 1_500
"""Words compared with one that may be mistyped, most held first, from each end: 4 ms."""
_IDS_AT_ONCE: Final = 500
_SHORTEST_MISTAKE: Final = 4
"""The fewest strokes of a word that is corrected. A shorter one is close to too many words."""
_SHORTEST_PREFIX: Final = 6
"""Strokes of the shortest beginning in which a mistake is thought of: two or three syllables."""
_TWO_MISTAKES: Final = 9
"""The fewest strokes of a word in which two mistakes are considered."""


class _Found(NamedTuple):
    text: str
    articles: int
    weight: int


class StoredSuggestions:
    """``ports.Suggestions`` over one file, which may come, go and be replaced at any time."""

    def __init__(self, path: Path) -> None:
        self._file = suggestions_file(path)
        self._reader = Reader(self._file)

    def suggest(self, typed: str, *, limit: int) -> list[Suggestion]:
        return self._ask(lambda store: _suggest(store, typed, limit))

    def like(self, word: str, *, limit: int) -> list[Suggestion]:
        return self._ask(lambda store: _like(store, word, limit))

    def close(self) -> None:
        self._reader.close()

    def _ask(self, question: Callable[[sqlite3.Connection], list[Suggestion]]) -> list[Suggestion]:
        """The store's answer, or nothing if it cannot be used: a search never fails because of suggestions."""
        try:
            store = self._reader.store()
            if store is None or self._file.change_seq_in(store) < 0:
                return []
            return question(store)
        except (sqlite3.Error, TypeError, OSError):
            self._reader.drop()
            return []


def _suggest(store: sqlite3.Connection, text: str, limit: int) -> list[Suggestion]:
    text = text[:_MAX_TYPED]
    asked = typed(_spoken(text))
    wanted = limit * _SPARE
    if asked.initials:
        found = _fetch(store, _first(store, "initials", asked.initials, _ROWS_A_TIER))
        found = [each for each in found if strokes(_spoken(each.text)).startswith(asked.strokes)]
    else:
        found = _fetch(store, _first(store, "strokes", asked.strokes, wanted))
    answer = _distinct(found, limit)
    for other in other_keyboard(text):
        if len(answer) < limit and len(other) > 1:
            more = _fetch(store, _first(store, "strokes", other, wanted))
            answer += [each for each in _distinct(more, limit) if each not in answer]
    return answer[:limit] or _with_a_mistake(store, asked, limit)


def _with_a_mistake(store: sqlite3.Connection, asked: Typed, limit: int) -> list[Suggestion]:
    """Phrases whose beginning is one mistake away from what was typed, in its second half: 대통룡시 for 대통령실."""
    key = asked.strokes
    if asked.initials or len(key) < _SHORTEST_PREFIX:
        return []
    rows = islice(_rows(store, "strokes", key[: len(key) // 2]), _LIKE_ROWS)
    near = [number for number, other in rows if _begins_nearly(other, key)]
    return _distinct(_fetch(store, near), limit)


def _begins_nearly(other: str, key: str) -> bool:
    ends = range(max(len(key) - 1, 0), len(key) + 2)
    return any(distance(key, other[:end], limit=1) <= 1 for end in ends)


def _like(store: sqlite3.Connection, word: str, limit: int) -> list[Suggestion]:
    key = strokes(_spoken(word[:_MAX_TYPED]))
    if len(key) < _SHORTEST_MISTAKE:
        return []
    allowed = 2 if len(key) >= _TWO_MISTAKES else 1
    half = max(2, len(key) // 2)  # one half of the word is right or nearly right: look that up, and compare the rest
    numbers = dict.fromkeys(
        [
            *_near(key, _rows(store, "strokes", key[:half]), allowed),
            *_near(key[::-1], _rows(store, "ending", key[::-1][:half]), allowed),
        ]
    )
    by_mistakes = [
        (distance(key, strokes(_spoken(each.text)), limit=allowed), -each.weight, each)
        for each in _fetch(store, list(numbers))
        if " " not in each.text and each.articles > 1
    ]
    ranked = [each for mistakes, _, each in sorted(by_mistakes) if 0 < mistakes <= allowed]
    return [Suggestion(each.text, each.articles) for each in ranked[:limit]]


def _near(key: str, rows: Iterator[tuple[int, str]], allowed: int) -> list[int]:
    return [
        number
        for number, other in islice(rows, _LIKE_ROWS)
        if abs(len(other) - len(key)) <= allowed and distance(key, other, limit=allowed) <= allowed
    ]


def _first(store: sqlite3.Connection, kind: str, prefix: str, wanted: int) -> list[int]:
    """The phrases whose key begins with the prefix, from the highest tiers, until there are ``wanted``."""
    numbers: list[int] = []
    if prefix:
        for _, rows in groupby(_in_tiers(store, kind, prefix), key=lambda row: row[0]):
            numbers += [number for _, number, _ in rows]
            if len(numbers) >= wanted:
                break
    return numbers


def _rows(store: sqlite3.Connection, kind: str, prefix: str) -> Iterator[tuple[int, str]]:
    return ((number, key) for _, number, key in _in_tiers(store, kind, prefix))


def _in_tiers(store: sqlite3.Connection, kind: str, prefix: str) -> Iterator[tuple[int, int, str]]:
    """From the highest tier down: tier, number and key of phrases whose key begins with the prefix.

    One statement for all tiers, which reads as far as the rows are taken: with one or two for each of some 20 tiers, a word that
    is like none took 160.
    """
    table = f"by_{kind}"
    ends = f"SELECT (SELECT max(tier) FROM {table}), (SELECT min(tier) FROM {table})"  # noqa: S608 - fixed names
    highest, lowest = store.execute(ends).fetchone()
    if highest is None:
        return
    of_tiers = (
        f"SELECT * FROM (SELECT tier, id, {kind} FROM {table} WHERE tier = {tier} AND {kind} >= ?1 AND {kind} < ?2 LIMIT ?3)"  # noqa: S608
        for tier in range(highest, lowest - 1, -1)
    )
    with closing(store.execute(" UNION ALL ".join(of_tiers), (prefix, prefix + END, _ROWS_A_TIER))) as rows:
        yield from rows


def _fetch(store: sqlite3.Connection, numbers: list[int]) -> list[_Found]:
    """The phrases, heaviest first."""
    found: list[_Found] = []
    for start in range(0, len(numbers), _IDS_AT_ONCE):
        some = numbers[start : start + _IDS_AT_ONCE]
        marks = ",".join("?" * len(some))
        rows = store.execute(f"SELECT text, articles, weight FROM phrases WHERE id IN ({marks})", some)  # noqa: S608
        found += [_Found(*row) for row in rows if row[0] is not None]
    return sorted(found, key=lambda each: (-each.weight, each.text))


def _distinct(found: list[_Found], limit: int) -> list[Suggestion]:
    """Each phrase once, in its commonest spelling."""
    seen: dict[str, _Found] = {}
    for each in found:
        seen.setdefault(strokes(_spoken(each.text)), each)
    return [Suggestion(each.text, each.articles) for each in list(seen.values())[:limit]]


def _spoken(text: str) -> str:
    return read_han(normalise(text))
