"""Hangul as the strokes of its keyboard (두벌식): what typing by prefix, by initials and by mistake is compared on. Pure.

A stroke is one character: a key's small letter for a jamo (서울 → ``tjdnf``), a mark of its own for one typed with shift,
a capital for a Latin letter, and any other letter or digit for itself. So a syllable that is not finished is a prefix of
the finished one, its final may become the next initial (``대토`` → 대통령), and Latin is never mistaken for Hangul.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from gisa.text.hangul import FINALS, INITIALS, decompose, initial_of, is_hangul

COMPOUNDS: Final = {
    "ㅗㅏ": "ㅘ", "ㅗㅐ": "ㅙ", "ㅗㅣ": "ㅚ", "ㅜㅓ": "ㅝ", "ㅜㅔ": "ㅞ", "ㅜㅣ": "ㅟ", "ㅡㅣ": "ㅢ",
    "ㄱㅅ": "ㄳ", "ㄴㅈ": "ㄵ", "ㄴㅎ": "ㄶ", "ㄹㄱ": "ㄺ", "ㄹㅁ": "ㄻ", "ㄹㅂ": "ㄼ", "ㄹㅅ": "ㄽ",
    "ㄹㅌ": "ㄾ", "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ", "ㅂㅅ": "ㅄ",
}  # fmt: skip
"""Two jamo that one place of a syllable takes together."""
JAMO_OF_KEY: Final = {
    **dict(zip("qwertasdfgzxcv", "ㅂㅈㄷㄱㅅㅁㄴㅇㄹㅎㅋㅌㅊㅍ", strict=True)),
    **dict(zip("yuiophjklbnm", "ㅛㅕㅑㅐㅔㅗㅓㅏㅣㅠㅜㅡ", strict=True)),
    **dict(zip("QWERTOP", "ㅃㅉㄸㄲㅆㅒㅖ", strict=True)),
}
KEYS_OF_JAMO: Final = {jamo: key for key, jamo in JAMO_OF_KEY.items()}
KEYS_OF_JAMO.update({whole: KEYS_OF_JAMO[pair[0]] + KEYS_OF_JAMO[pair[1]] for pair, whole in COMPOUNDS.items()})

_SHIFTED: Final = dict(zip("QWERTOP", "{|}~^_`", strict=True))
_STROKES_OF_JAMO: Final = {jamo: "".join(_SHIFTED.get(key, key) for key in keys) for jamo, keys in KEYS_OF_JAMO.items()}
_STROKES_OF_JAMO[""] = ""
_CONSONANTS: Final = frozenset(INITIALS) | frozenset(FINALS[1:])
END: Final = "\U0010ffff"
"""Sorts after every stroke: ``prefix <= key < prefix + END`` holds for what begins with the prefix."""


class Typed(NamedTuple):
    """What somebody has typed so far, as it is looked up."""

    strokes: str
    """What a phrase's strokes must begin with."""
    initials: str
    """What a phrase's initials must begin with; empty where they are not what was typed."""


def strokes(text: str) -> str:
    """The strokes of a text in normal form, without spaces and marks: ``ai 센터`` → ``AItpsxj``."""
    return "".join([_syllable_strokes(character) if is_hangul(character) else _stroke(character) for character in text])


@lru_cache(maxsize=11_172)
def _syllable_strokes(syllable: str) -> str:
    return "".join([_STROKES_OF_JAMO[jamo] for jamo in decompose(syllable)])


def initials(text: str) -> str:
    """The strokes of a text's initials; what is not a syllable stands for itself: 삼성전자 → ``ttww`` (ㅅㅅㅈㅈ)."""
    return "".join(
        _STROKES_OF_JAMO[initial_of(character)] if is_hangul(character) else _stroke(character) for character in text
    )


def typed(text: str) -> Typed:
    """How to look up a text in normal form that is still being typed.

    Its last letters may be initials of whole syllables: two consonants or more (``삼성ㅈㅈ``), or nothing but consonants.
    """
    letters = "".join(character for character in text if _stroke(character) or is_hangul(character))
    bare = len(letters)
    while bare and letters[bare - 1] in _CONSONANTS:
        bare -= 1
    waiting = initials(letters[bare:])
    if len(waiting) >= 2:
        return Typed(strokes(letters[:bare]) + waiting[0], initials(letters[:bare]) + waiting)
    return Typed(strokes(letters), "")


def other_keyboard(text: str) -> list[str]:
    """The strokes that the same keys give on the other keyboard, likeliest first: ``tjdnf`` → those of 서울.

    Empty where the text is not of one script, or of whole syllables only, which are what was meant.
    """
    letters = [character for character in unicodedata.normalize("NFC", text) if character.isalnum()]
    if not any(letter.isalpha() for letter in letters):
        return []
    if all(letter.isascii() for letter in letters):
        as_typed = "".join(
            _SHIFTED.get(letter) or (letter.lower() if letter.lower() in JAMO_OF_KEY else letter) for letter in letters
        )
        return list(dict.fromkeys((as_typed, "".join(letters).lower())))
    if all(letter.isdigit() or letter in KEYS_OF_JAMO or is_hangul(letter) for letter in letters):
        bare = any(letter in KEYS_OF_JAMO for letter in letters)
        keys = "".join(KEYS_OF_JAMO.get(jamo, jamo) for letter in letters for jamo in _jamo(letter))
        return [keys.upper()] if bare else []
    return []


def distance(one: str, other: str, *, limit: int) -> int:
    """How many strokes must be put in, left out, changed or swapped with the next; ``limit + 1`` when it is more.

    Optimal string alignment (Damerau 1964, Wagner and Fischer 1974) on what differs between equal beginnings and ends.
    """
    start, end = 0, min(len(one), len(other))
    while start < end and one[start] == other[start]:
        start += 1
    while len(one) > start and len(other) > start and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    one, other = one[start:], other[start:]
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    if len(set(one).difference(other)) > limit or len(set(other).difference(one)) > limit:
        return (
            limit + 1
        )  # each of those must be put in, left out or changed; most words are told apart so, in a tenth of the time
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, stroke in enumerate(one, start=1):
        before, above, row = row, before, [at]
        for place, opposite in enumerate(other, start=1):
            cost = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (stroke != opposite))
            if at > 1 and place > 1 and stroke == other[place - 2] and one[at - 2] == opposite:
                cost = min(cost, above[place - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _jamo(letter: str) -> tuple[str, ...]:
    return tuple(filter(None, decompose(letter))) if is_hangul(letter) else (letter,)


def _stroke(character: str) -> str:
    if "a" <= character <= "z":
        return character.upper()
    known = _STROKES_OF_JAMO.get(character)
    if known is not None:
        return known
    return character if character.isalnum() else ""
