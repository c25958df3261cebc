"""Hangul syllables and the letters they are made of. Pure arithmetic; knows no words and no keyboard.

A syllable is ``U+AC00 + (initial × 21 + vowel) × 28 + final`` (The Unicode Standard, section 3.12). Letters are the
compatibility jamo that a keyboard types (ㄱ U+3131), an absent final is ``""``.
"""

from __future__ import annotations

from typing import Final

INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS: Final[tuple[str, ...]] = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")

FIRST_SYLLABLE: Final = "가"
LAST_SYLLABLE: Final = "힣"
_FIRST: Final = 0xAC00
_PER_VOWEL: Final = len(FINALS)
_PER_INITIAL: Final = len(VOWELS) * len(FINALS)


def is_hangul(character: str) -> bool:
    """Whether the character is a whole syllable: 값 is, ㄱ is not."""
    return FIRST_SYLLABLE <= character <= LAST_SYLLABLE


def decompose(syllable: str) -> tuple[str, str, str]:
    """Initial, vowel and final of a whole syllable: 값 → ``("ㄱ", "ㅏ", "ㅄ")``, 가 → ``("ㄱ", "ㅏ", "")``."""
    rest, final = divmod(ord(syllable) - _FIRST, _PER_VOWEL)
    initial, vowel = divmod(rest, len(VOWELS))
    return INITIALS[initial], VOWELS[vowel], FINALS[final]


def compose(initial: str, vowel: str, final: str = "") -> str:
    """The syllable of these letters, the inverse of ``decompose``. Raises ``ValueError`` for letters that make none."""
    place = INITIALS.index(initial) * len(VOWELS) + VOWELS.index(vowel)
    return chr(_FIRST + place * _PER_VOWEL + FINALS.index(final))


def initial_of(syllable: str) -> str:
    """The first letter of a whole syllable: 값 → ㄱ."""
    return INITIALS[(ord(syllable) - _FIRST) // _PER_INITIAL]


def final_of(syllable: str) -> str:
    """The final of a whole syllable, ``""`` if it has none: 값 → ㅄ, 가 → ``""``."""
    return FINALS[(ord(syllable) - _FIRST) % _PER_VOWEL]


def syllables_of(initial: str) -> tuple[str, str]:
    """The first and the last syllable that begin with an initial: ㅅ gives 사 and 싷."""
    return compose(initial, VOWELS[0]), compose(initial, VOWELS[-1], FINALS[-1])


def with_final(syllable: str, final: str) -> str:
    """A whole syllable with another final, or with none: 걷, ㄹ → 걸; 짓, ``""`` → 지."""
    return chr(ord(syllable) - (ord(syllable) - _FIRST) % _PER_VOWEL + FINALS.index(final))


def with_initial(syllable: str, initial: str) -> str:
    """A whole syllable with another initial: 까, ㅋ → 카."""
    return chr(_FIRST + INITIALS.index(initial) * _PER_INITIAL + (ord(syllable) - _FIRST) % _PER_INITIAL)
