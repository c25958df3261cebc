"""Days of the year that stand for what happened on them: 12·3 = 12월3일, 6·25 = 육이오.

``12·3`` is a day of the year when it is a valid one and stands alone or before what days are named for (계엄, 운동, 절,
사건 …). With a full stop alone (``10.1``) it is a decimal, unless the day is one that Koreans call by its figures (_NAMED).
``1·2`` alone, two figures that follow each other, is a listing. The engine reads ``12·3`` and ``12.3`` alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gisa.lexicon.variants.edges import ends_noun
from gisa.lexicon.variants.variant import Variant, VariantKind, replaced
from gisa.text.hangul import is_hangul

_EVENT: Final = (
    "비상계엄|계엄|내란|선언|민주화운동|민주항쟁|민중항쟁|운동|항쟁|사태|절|사건|의거|혁명|전쟁|동란|사변|참사|테러|쿠데타|군사정변|정변|"
    "학살|희생자|만세|독립|해방|광복|민주|총선|대선|지선|지방선거|재보선|보궐선거|선거|대책|조치|합의|남북|공동선언|회담|지진|대지진|"
    "집회|시위|총파업|봉기|시국선언|특별법|진상규명|기념|묘지|유공자|세대|정신"
)
_MONTH_DAY: Final = re.compile(
    r"(?P<month>1[0-2]|0?[1-9])(?P<mark>[.·])(?P<day>3[01]|[12]\d|0?[1-9])(?![\d.·,])(?P<rest>.*)$"
)
_MONTH_AND_DAY: Final = re.compile(r"(?P<month>1[0-2]|0?[1-9])월 ?(?P<day>3[01]|[12]\d|0?[1-9])일(?P<rest>.*)$")
_EVENT_NEXT: Final = re.compile(f"[-·]?(?:{_EVENT})")
_DAYS_IN: Final = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NAMED: Final = frozenset(
    (int(month), int(day))
    for month, day in (
        day.split("·")
        for day in "1·21 2·28 3·1 3·8 3·15 4·3 4·16 4·19 5·16 5·18 6·10 6·15 6·25 6·29 7·4 8·15 9·11 9·19 10·4 10·26 10·29 "
        "12·3 12·12 12·29".split()
    )
)
"""Days of the year that stand for what happened on them, whatever the year."""
_SPOKEN: Final = {
    "육이오": "6·25", "사일구": "4·19", "오일팔": "5·18", "팔일오": "8·15", "오일육": "5·16", "육이구": "6·29", "십이십이": "12·12",
    "삼일절": "3·1절", "삼일운동": "3·1운동", "삼일만세": "3·1만세", "삼일독립": "3·1독립",
}  # fmt: skip
"""How those days are said, if that can mean nothing else (삼일 alone means three days)."""
_SPOKEN_RE: Final = re.compile("(?P<said>" + "|".join(_SPOKEN) + ")(?P<rest>.*)$")
_SPOKEN_OF: Final = {written: said for said, written in _SPOKEN.items()}


def day_variants(word: str) -> Iterator[Variant]:
    """What the day that begins the word is called, or how it is written: 12·3계엄 = 12월3일계엄."""
    match = _MONTH_DAY.match(word)
    if match is not None:
        month, day, rest = int(match["month"]), int(match["day"]), match["rest"]
        named = (month, day) in _NAMED
        event = _EVENT_NEXT.match(rest) is not None
        alone = ends_noun(rest) and (not rest or is_hangul(rest[0]))
        listing = match["mark"] == "." or day == month + 1
        if day > _DAYS_IN[month] or not (event or (alone and (named or not listing))):
            return
        written, end = f"{month}·{day}", match.start("rest")
        for said_with in ("", "절", "운동", "만세", "독립"):
            if rest.startswith(said_with) and (said := _SPOKEN_OF.get(written + said_with)):
                yield replaced(VariantKind.NUMBER, word, 0, end + len(said_with), by=said)
        if not rest.startswith("절"):
            yield replaced(VariantKind.NUMBER, word, 0, end, by=f"{month}월{day}일")
        return
    match = _MONTH_AND_DAY.match(word)
    if match is not None:
        month, day, rest = int(match["month"]), int(match["day"]), match["rest"]
        named = (month, day) in _NAMED and ends_noun(rest)
        if day <= _DAYS_IN[month] and (named or _EVENT_NEXT.match(rest.lstrip())):
            yield replaced(VariantKind.NUMBER, word, 0, match.start("rest"), by=f"{month}·{day}")


def spoken_day_variants(word: str) -> Iterator[Variant]:
    """The day that the word says in Hangul: 육이오 = 6·25."""
    match = _SPOKEN_RE.match(word)
    if match is not None and (ends_noun(match["rest"]) or _EVENT_NEXT.match(match["rest"])):
        yield replaced(VariantKind.NUMBER, word, 0, match.end("said"), by=_SPOKEN[match["said"]])


def day_before_event(said: str, following: str) -> str | None:
    """``12·3`` for "12월 3일" where a word follows that days are named for (비상계엄); None otherwise."""
    day = _MONTH_AND_DAY.fullmatch(said)
    if day is None or day["rest"] or int(day["day"]) > _DAYS_IN[int(day["month"])] or not _EVENT_NEXT.match(following):
        return None
    return f"{int(day['month'])}·{int(day['day'])}"
