"""Candidates for a word that was typed with one slip. Holds no dictionary: the caller checks which candidates exist.

A slip is one of these: two neighbouring syllables or keys swapped, a key too many or too few, a syllable typed twice, another
key hit. The keyboard is 두벌식. ``대퉁령`` gives 대통령, ``통대령`` too; two slips in one word are not considered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from gisa.lexicon.variants.keyboard import keys_of

_FEWEST_KEYS: Final = 4
"""The fewest keys of a word that is corrected. A shorter one is one slip away from too many words."""
_MOST_SYLLABLES: Final = 8
"""A longer word has more than 600 candidates, and most are several words written as one."""
_RUN: Final = re.compile("[가-힣]+")
_VOWELS: Final = "yuiophjklbnmOP"
_CONSONANTS: Final = "qwertasdfgzxcvQWERT"
_SYLLABLE_START: Final = re.compile(f"(?<=.)(?=[{_CONSONANTS}][{_VOWELS}])")
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE: Final = ("op", "OP", "qvQ", "exE", "rzR", "wcW", "tT", "ml")
"""Keys of letters that sound alike: ㅐ ㅔ, ㅒ ㅖ, ㅂ ㅍ ㅃ, ㄷ ㅌ ㄸ, ㄱ ㅋ ㄲ, ㅈ ㅊ ㅉ, ㅅ ㅆ, ㅡ ㅣ."""


class Slip(NamedTuple):
    """A word that may have been meant."""

    text: str
    is_near: bool
    """A slip that hands often make: a swap, a missing, doubled or neighbouring key, a letter that sounds alike."""


def slips(word: str) -> tuple[Slip, ...]:
    """The words that may have been meant, likelier slips first, each once. The slip must be in the only run of whole
    syllables (AI샌터); a word with none, with several or with marks has no candidates.
    """
    runs = list(_RUN.finditer(word))
    if len(runs) != 1 or not word.isalnum():
        return ()
    before, after = word[: runs[0].start()], word[runs[0].end() :]
    return tuple(each._replace(text=before + each.text + after) for each in _of_run(runs[0][0]))


def _of_run(word: str) -> tuple[Slip, ...]:
    if not 1 < len(word) <= _MOST_SYLLABLES:
        return ()
    keys = keys_of(word)
    if len(keys) < _FEWEST_KEYS:
        return ()
    found = {word: False}
    for text in _of_syllables(word):
        found.setdefault(text, True)
    for is_near, typed_keys in ((True, _near_slips(keys)), (False, _far_slips(keys))):
        for text in _written(typed_keys):
            if len(text) > 1:
                found.setdefault(text, is_near)
    del found[word]
    return tuple(Slip(text, is_near) for text, is_near in found.items())


def _written(sequences: Iterable[str]) -> Iterator[str]:
    """What each sequence of keys writes, of those that write nothing but syllables that are in use.

    A consonant before a vowel begins a syllable, and nothing else does.
    """
    syllables = _syllables_by_keys()
    for keys in sequences:
        found = [syllables.get(each, "") for each in _SYLLABLE_START.split(keys)]
        if all(found):
            yield "".join(found)


@cache
def _syllables_by_keys() -> dict[str, str]:
    """The 2,350 syllables of KS X 1001 by their keys. Outside of them hardly a word is written: 뢟 is none."""
    rows = bytes(half for row in range(0xB0, 0xC9) for cell in range(0xA1, 0xFF) for half in (row, cell))
    return {keys_of(syllable): syllable for syllable in rows.decode("euc_kr")}


def _of_syllables(word: str) -> Iterator[str]:
    for place in range(len(word) - 1):
        one, two = word[place], word[place + 1]
        yield word[:place] + (two + one if one != two else one) + word[place + 2 :]


def _near_slips(keys: str) -> Iterator[str]:
    """Key sequences from which a likely slip makes these keys: a neighbouring key, two keys swapped, one doubled,
    one missing."""
    for place, key in enumerate(keys):
        before, after = keys[:place], keys[place + 1 :]
        beside = _NEAR[key]
        yield from (before + other + after for other in beside)
        yield before + after[:1] + key + after[1:]
        if after and after[0] in key + beside:
            yield before + after
    for place in range(len(keys) + 1):
        yield from (keys[:place] + other + keys[place:] for other in _VOWELS + _CONSONANTS)


def _far_slips(keys: str) -> Iterator[str]:
    """Key sequences from which any other slip makes these keys: one key replaced by another of its kind, or one too
    many."""
    for place, key in enumerate(keys):
        before, after = keys[:place], keys[place + 1 :]
        yield from (before + other + after for other in _SAME_KIND[key] if other not in _NEAR[key])
        yield before + after


def _near(key: str) -> str:
    """The keys beside a key in its row and in the rows above and below, itself with shift or without, and those that sound
    like it."""
    plain = key.lower()
    row = next(number for number, keys in enumerate(_ROWS) if plain in keys)
    column = _ROWS[row].index(plain)
    beside = {_ROWS[row][place] for place in (column - 1, column + 1) if 0 <= place < len(_ROWS[row])}
    beside |= {_ROWS[row - 1][place] for place in (column, column + 1) if row and place < len(_ROWS[row - 1])}
    beside |= {_ROWS[row + 1][place] for place in (column - 1, column) if row < 2 and 0 <= place < len(_ROWS[row + 1])}
    beside.add(key.swapcase())
    beside.update(*(alike for alike in _ALIKE if key in alike))
    return "".join(sorted(beside & set(_VOWELS + _CONSONANTS) - {key}))


_NEAR: Final = {key: _near(key) for key in _VOWELS + _CONSONANTS}
_SAME_KIND: Final = {key: keys for keys in (_VOWELS, _CONSONANTS) for key in keys}
