"""Corrections rescue most queries whose keys slipped: 120 of them, six kinds with 20 each, made of the sample newspaper's words."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

import gisa
from gisa.lexicon.variants.keyboard import hangul_of, keys_of
from gisa.library import Library
from gisa.sample import open_articles
from gisa.text.analyser import MecabAnalyser
from gisa.text.hangul import is_hangul
from gisa.text.runs import cut

FLOOR: Final = 100
PER_KIND: Final = 20
BESIDE: Final = {
    "r": "t", "s": "d", "d": "s", "f": "d", "a": "s", "t": "r", "w": "q", "k": "j", "h": "g", "j": "h", "l": "k",
    "n": "b", "m": "n", "g": "f", "q": "w", "e": "w", "z": "x", "x": "z", "c": "x",
}  # fmt: skip
"""A key beside it."""
ALIKE: Final = {"o": "p", "p": "o", "q": "v", "r": "z", "e": "x", "w": "c", "t": "T", "m": "l"}


def neighbour(keys: str, place: int) -> str:
    """The key beside it."""
    return keys[:place] + BESIDE.get(keys[place], keys[place]) + keys[place + 1 :]


def left_out(keys: str, place: int) -> str:
    """No key."""
    return keys[:place] + keys[place + 1 :]


def doubled(keys: str, place: int) -> str:
    """The key twice."""
    return keys[: place + 1] + keys[place:]


def swapped(keys: str, place: int) -> str:
    """The next key first."""
    return keys[:place] + keys[place + 1 : place + 2] + keys[place] + keys[place + 2 :]


def alike(keys: str, place: int) -> str:
    """A letter that sounds like it."""
    return keys[:place] + ALIKE.get(keys[place], keys[place]) + keys[place + 1 :]


def of_keys(slip: Callable[[str, int], str]) -> Callable[[str, random.Random], str]:
    return lambda word, chance: hangul_of(slip(keys_of(word), chance.randrange(len(keys_of(word)))))


def syllables(word: str, chance: random.Random) -> str:
    """Two syllables swapped."""
    place = chance.randrange(len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


KINDS: Final = {
    "neighbouring key": of_keys(neighbour),
    "key left out": of_keys(left_out),
    "key doubled": of_keys(doubled),
    "keys swapped": of_keys(swapped),
    "letters that sound alike": of_keys(alike),
    "syllables swapped": syllables,
}


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Library]:
    with gisa.open(tmp_path) as library:
        library.add(draft.fields for draft in open_articles())
        yield library


def words_held() -> list[str]:
    """The nouns of headlines and bodies that three articles hold, half of them of three syllables or more."""
    analyser, held = MecabAnalyser(), Counter[str]()
    for draft in open_articles():
        text = f"{draft.fields['title']} {draft.fields.get('body', '')}"
        runs = [run for run in cut(text) if is_hangul(run[0])]
        terms = {(run[term.start : term.end], term.text) for run in runs for term in analyser.analyse(run).terms}
        held.update(letters for letters, term in terms if letters == term and len(term) > 1)
    known = sorted(word for word, articles in held.items() if articles > 2)
    long = [word for word in known if len(word) > 2]
    return long + [word for word in known if len(word) == 2][: len(long)]


def test_most_slips_are_put_right(paper: Library, record_property: Callable[[str, object], None]) -> None:
    """At least 100 of 120 queries of one word with one slip get the word that was meant."""
    chance = random.Random(12)
    words, rescued, missed = words_held(), Counter[str](), []
    for kind, slip in KINDS.items():
        tried = 0
        while tried < PER_KIND:
            word = chance.choice(words)
            typed = slip(word, chance)
            if typed == word or not all(map(is_hangul, typed)) or paper.search(typed, as_typed=True).total:
                continue
            tried += 1
            meant = paper.search(typed).did_you_mean
            rescued[kind] += meant == word
            if meant != word:
                missed.append(f"{kind}: {word} → {typed} → {meant}")
    record_property("rescued", dict(rescued))

    assert rescued.total() >= FLOOR, [dict(rescued), *missed]
