"""Figures as papers print them: 3만5천 read where it stands in a word, and the ways to write it. Knows no counters, no words.

figure   := sections, falling: section 조, section 억, section 만, section     3만5천, 1조5000억, 2천500만, 1.5조
section  := digits ("5000", "5,000", "1.5")
          | [digit] 천, [digit] 백, [digit] 십, up to three digits           2천, 2백50, 오천육백
digit    := 1–9 or 일–구; before 천 백 십, and before a 만 at the very beginning, it may be missing (만오천 = 15000)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_SAID: Final = "일이삼사오육칠팔구"
_DIGIT: Final = {
    **{str(value): value for value in range(1, 10)},
    **{d: n for n, d in enumerate(_SAID, 1)},
}
SMALL: Final = {"천": 1000, "백": 100, "십": 10}
GREAT: Final = (("조", 10**12), ("억", 10**8), ("만", 10**4))
_UNIT_BELOW: Final = {"조": "억", "억": "만", "만": ""}
GREATEST: Final = 10**16
"""9,999조. Newspapers print nothing larger; longer strings of digits are account or telephone numbers."""
_PLAIN_BELOW: Final = 10**9
"""From 10억 on hardly anybody prints every digit."""

_ONE: Final = "[1-9일이삼사오육칠팔구]"
_SECTION: Final = (
    r"(?:(?:\d{1,3}(?:,\d{3})+|\d{1,16})(?:\.\d{1,2})?(?![천백십\d])"
    rf"|(?P<NAME_천>{_ONE}?천)?(?P<NAME_백>{_ONE}?백)?(?P<NAME_십>{_ONE}?십)?LAST)"
)


def _figure(last: str) -> re.Pattern[str]:
    section = _SECTION.replace("LAST", last)
    great = "".join(rf"(?:(?P<{name}>{section.replace('NAME', name)}){name})?" for name, _ in GREAT)
    return re.compile(rf"{great}(?P<rest>{section.replace('NAME', 'rest')})")


_FIGURE: Final = _figure(r"(?P<NAME_일>\d{1,3}(?!\d))?")
"""A figure with digits: 이 after 30억 is a particle."""
_HANGUL_FIGURE: Final = _figure("(?P<NAME_일>[일이삼사오육칠팔구])?")


class Figure(NamedTuple):
    """A figure found in a word."""

    value: int
    end: int
    """Where it ends in its word (characters)."""
    units: str
    """The units it was written with: ``만천`` for 3만5천."""


def read_figure(word: str, start: int, *, hangul: bool = False) -> Figure | None:
    """The figure at this place of the word: one with digits or, with ``hangul``, one without. None if there is none."""
    match = (_HANGUL_FIGURE if hangul else _FIGURE).match(word, start)
    if match is None or match.end() == start:
        return None
    value, units = 0.0, ""
    for name, worth in (*GREAT, ("rest", 1)):
        written = match[name]
        if written is None or (name == "rest" and not written):
            continue
        if name != "rest":
            units += name
        if not written:  # 만오천: a unit alone, at the beginning only
            if match.start(name) != start:
                return None
            value += worth
            continue
        section = _section(match, name, written)
        in_digits = written[0].isdigit() and not any(unit in written for unit in SMALL)
        if section is None or ((value or worth > 1) and section >= 10_000) or ("." in written and worth == 1):
            return None
        if in_digits and written[0] == "0":
            return None
        if not in_digits:
            units += "".join(unit for unit in SMALL if unit in written)
        value += section * worth
    whole = round(value)
    if whole <= 0 or whole >= GREATEST or abs(value - whole) > 1e-6:
        return None
    return Figure(whole, match.end(), units)


def _section(match: re.Match[str], name: str, written: str) -> float | None:
    parts = [(unit, match[f"{name}_{unit}"]) for unit in "천백십일"]
    if not any(part for _, part in parts):
        return float(written.replace(",", ""))
    value = 0
    room = 10_000
    for unit, part in parts:
        if not part:
            continue
        if unit == "일":
            rest = _DIGIT[part] if part in _DIGIT else int(part)
            if rest >= room:
                return None
            value += rest
        else:
            value += _DIGIT.get(part[:-1], 1) * SMALL[unit]
            room = SMALL[unit]
    return value


def ways_to_write(value: int, *, keep_digits: bool) -> Iterator[str]:
    """A figure as papers print it, the commonest way first: 3만5000, 3만5천, 35000, 3.5만; 1000만, 천만; 2백50만."""
    if keep_digits and value < 10_000:
        yield str(value)
        return
    sections: list[tuple[int, str]] = []
    rest = value
    for unit, worth in GREAT:
        count, rest = divmod(rest, worth)
        if count:
            sections.append((count, unit))
    if rest:
        sections.append((rest, ""))
    yield "".join(f"{count}{unit}" for count, unit in sections)
    yield "".join(_thousands(count) + unit for count, unit in sections)
    if value < _PLAIN_BELOW:
        yield str(value)
    count, unit = sections[0]
    if len(sections) == 1 and unit and count in (10, 100, 1000):
        yield {10: "십", 100: "백", 1000: "천"}[count] + unit
    if len(sections) == 2 and unit and sections[1][0] % 1000 == 0 and sections[1][1] == _UNIT_BELOW[unit]:
        yield f"{count}.{sections[1][0] // 1000}{unit}"
    yield "".join(_hundreds(count) + unit for count, unit in sections)


def _thousands(count: int) -> str:
    """2500 → 2천500, as the news agencies print it."""
    return f"{count // 1000}천{count % 1000 or ''}" if count >= 1000 else str(count)


def _hundreds(count: int) -> str:
    """2550 → 2천5백50, as papers printed it until the 1990s."""
    text = f"{count // 1000}천" if count >= 1000 else ""
    text += f"{count % 1000 // 100}백" if count % 1000 >= 100 else ""
    return text + (str(count % 100) if count % 100 else "")


def said(year: str) -> str:
    """Four digits as they are said, with a 일 at the end only: 2026 → 이천이십육, 1919 → 천구백십구."""
    text = ""
    for digit, unit in zip(year, (*SMALL, ""), strict=True):
        if digit > "1" or (digit == "1" and not unit):
            text += _SAID[int(digit) - 1]
        if digit > "0":
            text += unit
    return text
