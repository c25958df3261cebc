"""Reading 漢字 in Hangul, one character one syllable, with 두음법칙. Does not know word readings (金 as a surname)."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Final

_FIRST: Final = 0xAC00
_INITIALS: Final = 21 * 28
_FINALS: Final = 28
_N, _L, _NONE = 2, 5, 11  # ㄴ, ㄹ and ㅇ among the initial consonants
_Y_VOWELS: Final = frozenset((2, 3, 6, 7, 12, 17, 20))  # ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ
_NIEUN_FINAL: Final = 4


@lru_cache(maxsize=1)
def readings() -> dict[str, str]:
    """Every character with its reading: ``{"北": "북", "李": "리", …}`` (8,500 characters, from Unihan kHangul)."""
    table = files("gisa.text").joinpath("tables/hanja.tsv").read_text(encoding="utf-8")
    lines = (line.partition("\t") for line in table.splitlines() if not line.startswith("#"))
    return {character: reading for reading, _, characters in lines for character in characters}


def read(run: str, *, after_digit: bool = False) -> str:
    """A run of 漢字 in Hangul, as long as the run: ``歷史`` → ``역사``, ``比率`` → ``비율``, ``李`` → ``이``.

    ``after_digit`` says that a figure stands before it, where 두음법칙 does not hold (2025年 → 년). A character
    without a known reading stays as it is.
    """
    table = readings()
    out: list[str] = []
    for place, character in enumerate(run):
        reading = table.get(character, character)
        if place == 0:
            out.append(reading if after_digit else initial_form(reading))
        elif reading in "렬률":
            out.append(_soften_after(out[-1], reading))
        else:
            out.append(reading)
    return "".join(out)


def initial_form(syllable: str) -> str:
    """두음법칙 (한글 맞춤법 제10–12항): how a Sino-Korean syllable is written at a word's beginning (력 → 역, 녀 → 여)."""
    code = ord(syllable) - _FIRST
    if not 0 <= code < 19 * _INITIALS:
        return syllable
    initial, rest = divmod(code, _INITIALS)
    before_y = rest // _FINALS in _Y_VOWELS
    if initial == _L:
        initial = _NONE if before_y else _N
    elif initial == _N and before_y:
        initial = _NONE
    return chr(_FIRST + initial * _INITIALS + rest)


def _soften_after(before: str, syllable: str) -> str:
    """렬·률 are 열·율 after a vowel or ㄴ (한글 맞춤법 제11항 붙임 1)."""
    final = (ord(before) - _FIRST) % _FINALS if "가" <= before <= "힣" else -1
    return initial_form(syllable) if final in (0, _NIEUN_FINAL) else syllable
