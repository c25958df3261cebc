"""Words typed on the other keyboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.lexicon.variants.keyboard import hangul_of, keyboard_variants, keys_of

CASES = {
    "lower case": ("tjdnf", ["서울"]),
    "shift makes ㅖ": ("dPtks", ["예산", "에산"]),
    "shift makes a double consonant": ("Ekf", ["딸", "달"]),
    "Caps Lock": ("TJDNF", ["서울", "써울"]),
    "capitalised by the telephone": ("Tjdnf", ["써울", "서울"]),
    "figures stay": ("2025sus", ["2025년"]),
    "compound vowel": ("rhkrj", ["과거"]),
    "ㅢ": ("dmltk", ["의사"]),
    "compound final": ("ekfr", ["닭"]),
    "ㄳ": ("ahrt", ["몫"]),
    "ㅄ before a consonant": ("rkqtdms", ["값은"]),
    "a final goes over": ("rkrtk", ["각사"]),
    "half of a compound goes over": ("ekfrdl", ["닭이"]),
    "ㄲ final": ("Rkrek", ["깍다", "각다"]),
    "Latin word": ("ㅑㅔㅙㅜㄷ", ["iphone"]),
    "syllables and jamo": ("챰ㄷ", ["ciae"]),
    "Hangul word": ("메ㅔㅣㄷ", ["apple"]),
}


@pytest.mark.parametrize(("typed", "expected"), CASES.values(), ids=CASES.keys())
def test_other_keyboard(typed: str, expected: list[str]) -> None:
    """A word typed on the wrong keyboard has what was meant among its variants, as typed first."""
    assert [variant.text for variant in keyboard_variants(typed)] == expected


NONE = {
    "letters left over": "search",
    "no vowel": "kbs",  # ㅏㅠㄴ
    "both scripts": "ai센터",
    "figures only": "2025",
    "漢字": "美tjdnf",
    "accented": "café",
    "nothing": "",
    "marks": "·-",
}


@pytest.mark.parametrize("typed", NONE.values(), ids=NONE.keys())
def test_no_other_keyboard(typed: str) -> None:
    """What gives no whole syllables, or is of both scripts already, has no variant."""
    assert list(keyboard_variants(typed)) == []


@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=12))
def test_round_trip(text: str) -> None:
    """Every Hangul text can be typed with keys that write it again."""
    assert hangul_of(keys_of(text)) == text


def test_every_syllable() -> None:
    """All 11,172 syllables, one after the other, survive the way over the keys."""
    everything = "".join(map(chr, range(0xAC00, 0xD7A4)))

    assert hangul_of(keys_of(everything)) == everything


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzQWERTOP1-", max_size=15))
def test_wholly_of_one_script(typed: str) -> None:
    """A variant of a Latin word has no Latin letter and no single jamo."""
    for variant in keyboard_variants(typed):
        assert all("가" <= letter <= "힣" for letter in variant.text if letter.isalpha())
