"""The word that was meant on the other keyboard: ``tjdnf`` → 서울, ``ㅑㅔㅙㅜㄷ`` → iphone. Knows no words.

The layout is 두벌식 (KS X 5002). The caller decides whether a result is a word: it knows the archive's words. Take the
word *as typed*: shift makes ㅒ ㅖ and the double consonants, so ``dPtks`` is 예산 and ``dptks`` 에산.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from gisa.lexicon.variants.variant import Variant, VariantKind, distinct
from gisa.text.hangul import FINALS, INITIALS, compose, decompose, is_hangul
from gisa.text.jamo import COMPOUNDS, JAMO_OF_KEY, KEYS_OF_JAMO

_SYLLABLE: Final = re.compile(
    # a final stays in its syllable only where no vowel follows it; of two finals the second may go over
    rf"(?P<initial>[{INITIALS}])"
    r"(?P<vowel>ㅗ[ㅏㅐㅣ]|ㅜ[ㅓㅔㅣ]|ㅡㅣ|[ㅏ-ㅣ])"
    rf"(?P<final>(?:ㄱㅅ|ㄴ[ㅈㅎ]|ㄹ[ㄱㅁㅂㅅㅌㅍㅎ]|ㅂㅅ|[{''.join(FINALS)}])(?![ㅏ-ㅣ]))?"
)
_KEYS: Final = re.compile("[a-zA-Z]+")
_LETTERS: Final = re.compile("[ㄱ-ㅎㅏ-ㅣ가-힣]+")
_UNFINISHED: Final = re.compile("[ㄱ-ㅣa-zA-Z]")


def keyboard_variants(typed: str) -> Iterator[Variant]:
    """The word on the other keyboard, if every letter of it makes a syllable or a Latin letter there. Digits and marks
    stay.

    ``tjdnf`` gives 서울; ``sus`` 년, so ``2025sus`` gives 2025년; ``ㅑㅔㅙㅜㄷ`` gives iphone; ``search`` gives nothing, as
    ``ㄴㄷㅁㄱ초`` has letters that are no syllable. Capitals are also tried without shift, as Caps Lock and telephones make
    them: ``Tjdnf`` gives 써울 and 서울.
    """
    return distinct(typed, _found(unicodedata.normalize("NFC", typed)))


def _found(typed: str) -> Iterator[Variant]:
    latin, hangul = bool(_KEYS.search(typed)), bool(_LETTERS.search(typed))
    if latin == hangul or any(letter.isalpha() and not _is_known(letter) for letter in typed):
        return
    if hangul:
        keys = keys_of(typed).lower()
        yield Variant(VariantKind.KEYBOARD, keys, typed, keys)
        return
    attempts = (typed.lower(), typed) if typed.isupper() else (typed, typed.lower())
    for text in map(hangul_of, attempts):
        if not _UNFINISHED.search(text):
            yield Variant(VariantKind.KEYBOARD, text, typed, text)


def _is_known(letter: str) -> bool:
    return bool(_KEYS.match(letter) or _LETTERS.match(letter))


def hangul_of(keys: str) -> str:
    """What the keys write when the keyboard is Korean: ``dkssud`` → 안녕, ``dPtks`` → 예산, ``rk1`` → 가1."""
    jamo = "".join(JAMO_OF_KEY.get(key) or JAMO_OF_KEY.get(key.lower(), key) for key in keys)
    return _SYLLABLE.sub(_compose, jamo)


def keys_of(hangul: str) -> str:
    """The keys that write this on a Korean keyboard, with shift as capitals: 안녕 → ``dkssud``, 예산 → ``dPtks``."""
    return "".join(_keys(character) for character in hangul)


def _keys(character: str) -> str:
    if not is_hangul(character):
        return KEYS_OF_JAMO.get(character, character)
    return "".join(KEYS_OF_JAMO[letter] for letter in decompose(character) if letter)


def _compose(match: re.Match[str]) -> str:
    initial, vowel, final = match["initial"], match["vowel"], match["final"] or ""
    return compose(initial, COMPOUNDS.get(vowel, vowel), COMPOUNDS.get(final, final))
