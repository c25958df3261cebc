"""Reading 漢字 in Hangul, one character one syllable: by the word it stands in, and with 두음법칙. Looks at one run only.

1. Words that read a character otherwise than it is read by itself are in ``tables/hanja_words.tsv``, the longest at each
   place first: 敗北 패배, 復活 부활, 更新 갱신 (and 경신: ``other_readings``).
2. 不 is 부 before ㄷ and ㅈ (不動産 부동산); 率 and 列 follow the rule for 률·율 (比率 비율).
3. 두음법칙 at the run's beginning (歷史 역사), and where a word of the table begins anew within it (新女性 신여성).
4. 金 and 沈 at a run's beginning are the surnames 김 and 심, but for the table's words (金融, 沈沒).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from gisa.text.hangul import decompose, final_of, initial_of, is_hangul, with_initial

_Y_VOWELS: Final = frozenset("ㅑㅒㅕㅖㅛㅠㅣ")
_SURNAMES: Final = {"金": "김", "沈": "심"}


class _Word(NamedTuple):
    readings: tuple[str, ...]
    """The commoner first."""
    anew: bool
    """Whether 두음법칙 holds for it inside a longer run as well."""


@lru_cache(maxsize=1)
def readings() -> dict[str, str]:
    """Every character with its reading: ``{"北": "북", "李": "리", …}`` (11,900 characters, from Unihan kHangul)."""
    return {character: reading for reading, characters in _lines("hanja.tsv") for character in characters}


def read(run: str, *, after_digit: bool = False) -> str:
    """A run of 漢字 in Hangul, as long as the run: ``歷史`` → ``역사``, ``敗北`` → ``패배``, ``李`` → ``이``.

    ``after_digit`` says that a figure stands before it, where 두음법칙 does not hold (2025年 → 년). A character
    without a known reading stays as it is.
    """
    return _read(run, _pieces(run), after_digit=after_digit)


def other_readings(run: str) -> Iterator[str]:
    """The run in the readings that words of it have beside the first: ``更新`` → ``경신``, ``金`` → ``김``."""
    pieces = list(_pieces(run))
    for place, (start, word) in enumerate(pieces):
        for other in word.readings[1:]:
            yield _read(run, [*pieces[:place], (start, word._replace(readings=(other,))), *pieces[place + 1 :]])


def initial_form(syllable: str) -> str:
    """두음법칙 (한글 맞춤법 제10–12항): how a Sino-Korean syllable is written at a word's beginning (력 → 역, 녀 → 여)."""
    if not is_hangul(syllable):
        return syllable
    initial, vowel, _ = decompose(syllable)
    if initial in "ㄴㄹ" and vowel in _Y_VOWELS:
        return with_initial(syllable, "ㅇ")
    return with_initial(syllable, "ㄴ") if initial == "ㄹ" else syllable


def _lines(name: str) -> Iterator[tuple[str, str]]:
    """The lines of a table that are no comments, in two parts."""
    for line in files("gisa.text").joinpath(f"tables/{name}").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            head, _, rest = line.partition("\t")
            yield head, rest


@lru_cache(maxsize=1)
def _words() -> dict[str, _Word]:
    """The words of the table, with their readings before 두음법칙."""
    table = readings()
    words: dict[str, _Word] = {}
    for head, listed in _lines("hanja_words.tsv"):
        character, *others = head.split(" ")
        for word in listed.split():
            known = words.get(word) or _Word(("".join(table.get(each, each) for each in word),), anew=False)
            if others:  # a word of two lines (牡丹) has both its characters read otherwise
                first = known.readings[0]
                spelt = (
                    "".join(other if one == character else first[at] for at, one in enumerate(word)) for other in others
                )
                known = known._replace(readings=tuple(spelt))
            words[word] = known._replace(anew=known.anew or character == "+")
    return words


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _words()))


def _pieces(run: str) -> Iterator[tuple[int, _Word]]:
    """Where words of the table stand in a run, from its beginning, the longest at each place."""
    words, longest = _words(), _longest()
    if len(run) == 1:
        if run in words:
            yield 0, words[run]
        return
    at = 0
    while at < len(run) - 1:
        for end in range(min(at + longest, len(run)), at + 1, -1):
            word = words.get(run[at:end])
            if word is not None:
                yield at, word
                at = end
                break
        else:
            at += 1


def _read(run: str, pieces: Iterable[tuple[int, _Word]], *, after_digit: bool = False) -> str:
    table = readings()
    out = [table.get(character, character) for character in run]
    anew = {0}
    listed: set[int] = set()
    for start, word in pieces:
        reading = word.readings[0]
        out[start : start + len(reading)] = reading
        listed.update(range(start, start + len(reading)))
        if word.anew:
            anew.add(start)
    if run[0] in _SURNAMES and 0 not in listed and len(run) > 1:
        out[0] = _SURNAMES[run[0]]
    for place, syllable in enumerate(out):
        if place in anew and not (place == 0 and after_digit):
            out[place] = initial_form(syllable)
        elif syllable in "렬률" and place:
            out[place] = _soften_after(out[place - 1], syllable)
        elif syllable == "불" and run[place] == "不":
            out[place] = _not_before(out[place + 1 : place + 2])
    if out[0] == "불" and run[0] == "不":
        out[0] = _not_before(out[1:2])
    return "".join(out)


def _not_before(following: list[str]) -> str:
    """不: 부 before ㄷ and ㅈ, else 불."""
    return "부" if following and is_hangul(following[0]) and initial_of(following[0]) in "ㄷㅈ" else "불"


def _soften_after(before: str, syllable: str) -> str:
    """렬·률 are 열·율 after a vowel or ㄴ (한글 맞춤법 제11항 붙임 1)."""
    return initial_form(syllable) if is_hangul(before) and final_of(before) in ("", "ㄴ") else syllable
