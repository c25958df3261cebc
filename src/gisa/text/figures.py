"""Figures of a text that are also written otherwise: Ⅳ is 4, 第九條 제9조, 2025.11.1 2025년 11월 1일, 3-0 3대0. Pure.

A text is read with both, so that a query finds either; each rule gives the words around the figure as they would be written.

1. *Days*: year, month and day with full stops, hyphens or slashes are said with 년 월 일; ’25년 is 2025년.
2. *Scores*: two figures of at most two digits with a hyphen or a colon are said with 대; a time (10:30) is not.
3. *Roman numerals* up to 20: ii iii iv … anywhere; i, v and x only where 한글 is attached (물리i, i급).
4. *漢字 numerals* before what they count (一九四五年, 二十世紀, 第九條), and the days that are names (五一六).
5. 元 after a figure is 위안, too.
6. *Telephone numbers* are said without their marks: 010-1234-5678 is 01012345678.
7. *평형* after a figure is 평, too: a flat of 30평형 is one of 30평.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gisa.text.hangul import is_hangul
from gisa.text.runs import HAN, holds_han, read_han

_DAY: Final = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?<![\d.]....)(?P<mark>[./-]) ?(?P<month>0?[1-9]|1[0-2])(?P=mark) ?(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)"
)
_MAYBE_A_DAY: Final = re.compile(r"(?:19|20)\d\d[./-] ?\d")
_SHORT_YEAR: Final = re.compile(r"['’‘`](?P<year>\d\d)년")
_SCORE: Final = re.compile(r"(?P<mark>[:-])(?P<b>\d{1,2})(?![\d:-]|\.\d)(?P<rest>[가-힣]*)")
_FIRST_SCORE: Final = re.compile(r"(?<![\d.:-])\d{1,2}\Z")
_MAYBE_A_SCORE: Final = re.compile(r"\d[:-]\d")

_ROMAN: Final = {
    roman: number
    for number, roman in enumerate(
        "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split(), start=1
    )
}
_MAYBE_ROMAN: Final = re.compile(r"[ivx](?<![a-z].)[ivx]{0,4}(?![a-z0-9])")
_AS_WORDS: Final = frozenset("ivx")
_ROMAN_RUN: Final = re.compile(r"[ivx]{1,5}(?![a-z0-9])(?P<after>[가-힣]*)")
_WORD_BEFORE: Final = re.compile(r"[^\W_]+[ -]{0,3}\Z")
_REACH: Final = 24
"""Characters before a Roman numeral in which the word before it is looked for."""
_COUNTED_IN_ROMAN: Final = re.compile("급|단계|부|편|권|장|형|호|기|세|차")

_DIGIT: Final = {numeral: digit for digit, numeral in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}
_UNIT: Final = {"十": 10, "百": 100, "千": 1000}
_GREAT: Final = {"萬": 10_000, "億": 100_000_000}
_NUMERALS: Final = "○〇零一二三四五六七八九十百千萬億"
_COUNTERS: Final = "年月日條次個世回代位名黨周週番號卷篇章節期共階級歲時分秒度層棟戶人軍項市道弗圓"
_HAN_FIGURE: Final = re.compile(rf"(?P<numerals>[{_NUMERALS}]+)(?=[{_COUNTERS}원])")
_HAN_WORDS: Final = re.compile(
    rf"第?[{_NUMERALS}]+[{_COUNTERS}원][{HAN}가-힣]*(?: ?第?[{_NUMERALS}]+[{_COUNTERS}원][{HAN}가-힣]*)*"
)
_NAMED_DAYS: Final = {
    "三一": "3·1", "四三": "4·3", "四一九": "4·19", "五一六": "5·16", "五一八": "5·18", "六二五": "6·25", "六二九": "6·29", "八一五": "8·15",
    "一二一二": "12·12", "十二十二": "12·12", "一○二六": "10·26",
}  # fmt: skip
_NAMED_DAY: Final = re.compile(
    rf"(?<![{_NUMERALS}·])(?P<named>[{_NUMERALS}]{{1,2}}·?[{_NUMERALS}]{{1,3}})(?![{_NUMERALS}])(?P<rest>[{HAN}가-힣]*)"
)
_YUAN: Final = re.compile(r"\d[\d,.]*[조억만천백]*(?P<yuan>元)(?P<rest>[가-힣]*)")

_TELEPHONE: Final = re.compile(
    r"(?<![\d.-])(?:(?P<area>0\d{1,2})(?:-|\) ?)(?P<office>\d{3,4})|(?P<short>1[568]\d\d))-(?P<line>\d{4})(?![\d-])"
)
_MAYBE_A_TELEPHONE: Final = re.compile(r"\d{3}-\d{4}")
_PYEONG: Final = re.compile(r"(?P<figure>\d[\d,.]*)평형")


def read_figures(normal: str, ascii_only: str) -> Iterator[str]:
    """What a text in normal form says with its figures written otherwise; a few words each.

    ``ascii_only`` are its ASCII characters: most texts have none of these figures, and there it shows three times as soon.
    """
    if _MAYBE_A_DAY.search(ascii_only):
        for match in _DAY.finditer(normal):
            yield f"{match['year']}년 {int(match['month'])}월 {int(match['day'])}일"
    if "'" in ascii_only or "’2" in normal or "‘2" in normal:
        yield from (f"{full_year(match['year'])}년" for match in _SHORT_YEAR.finditer(normal))
    if _MAYBE_A_SCORE.search(ascii_only):
        for match in _SCORE.finditer(normal):
            first = _FIRST_SCORE.search(normal, max(0, match.start() - 3), match.start())
            if first and (match["mark"] == "-" or len(match["b"]) < 2 or int(first[0]) > _HOURS):  # 10:30 is a time
                yield f"{first[0]}대{match['b']}{match['rest']}"
    if _MAYBE_A_TELEPHONE.search(ascii_only):
        for match in _TELEPHONE.finditer(normal):
            yield "".join(filter(None, match.group("area", "office", "short", "line")))
    if "평형" in normal:
        yield from (f"{match['figure']}평" for match in _PYEONG.finditer(normal))
    if _MAYBE_ROMAN.search(ascii_only):
        yield from _roman(normal)
    if holds_han(normal):
        yield from _han(normal)


_HOURS: Final = 24


def full_year(two_digits: str) -> int:
    """’25 is 2025, ’88 is 1988."""
    year = int(two_digits)
    return year + (2000 if year < 50 else 1900)


def _roman(normal: str) -> Iterator[str]:
    for match in _ROMAN_RUN.finditer(normal):
        start, roman, after = match.start(), match[0][: match.start("after") - match.start()], match["after"]
        number = _ROMAN.get(roman)
        if number is None or (start and "a" <= normal[start - 1] <= "z"):
            continue
        hangul_before = start > 0 and is_hangul(normal[start - 1])
        if roman in _AS_WORDS and not (hangul_before and roman == "i") and not _COUNTED_IN_ROMAN.match(after):
            continue
        before = _WORD_BEFORE.search(normal, max(0, start - _REACH), start)
        yield f"{before[0] if before else ''}{number}{after}"


def _han(normal: str) -> Iterator[str]:
    if any(numeral in normal for numeral in _NUMERALS):  # 4 µs for 1,400 characters, where the patterns take 85
        for match in _HAN_WORDS.finditer(normal):
            yield read_han(in_digits(match[0]))
        for match in _NAMED_DAY.finditer(normal):
            named = _NAMED_DAYS.get(match["named"].replace("·", ""))
            if named is not None:
                yield named + match["rest"]
    for match in _YUAN.finditer(normal) if "元" in normal else ():
        yield f"{match[0][: match.start('yuan') - match.start()]}위안{match['rest']}"


def in_digits(text: str) -> str:
    """The text with its 漢字 numerals as digits, where they count something: 第二十五條 → 第25條."""
    return _HAN_FIGURE.sub(lambda match: str(_value(match["numerals"])), text)


def _value(numerals: str) -> int:
    """一九四五 is 1945, as is 千九百四十五."""
    if not any(numeral in _UNIT or numeral in _GREAT for numeral in numerals):
        return int("".join(str(_DIGIT[numeral]) for numeral in numerals))
    total = section = digit = 0
    for numeral in numerals:
        if numeral in _DIGIT:
            digit = digit * 10 + _DIGIT[numeral]
        elif numeral in _UNIT:
            section += (digit or 1) * _UNIT[numeral]
            digit = 0
        else:
            total += (section + digit or 1) * _GREAT[numeral]
            section = digit = 0
    return total + section + digit
