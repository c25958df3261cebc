"""Reads the dates of articles as newsrooms, databases and spreadsheets write them. Decides nothing about which are acceptable.

What could be two moments (11/3/2025, 25.12.24), and what names none (3시간 전, 2025년 11월), is no date.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final, NamedTuple

from gisa.model import SEOUL


class Moment(NamedTuple):
    """A time, aware. If the text named a day alone it is the day's midnight."""

    at: datetime
    is_day: bool


_LONGEST: Final = 96
"""Characters; no form below is longer."""

_ZONE: Final = (
    r"(?P<zone>z|\(?kst\)?|jst|(?:utc|gmt)?[+-][0-9]{1,2}(?::?[0-9]{2}(?::?[0-9]{2})?)?|utc|gmt|ut|[ecmp][sd]t)"
)
_WEEKDAY: Final = r"(?:[월화수목금토일](?:요일)?|[月火水木金土日](?:曜日|曜)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?)"
_CLOCK: Final = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]+))?)?"
_HALF: Final = r"(?P<{}>오전|오후|午前|午後|[ap]\.?m\.?)"

_WRITTEN: Final = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:\s*(?P<mark>[-./])\s*(?P<month>[0-9]{1,2})\s*(?P=mark)\s*(?P<day>[0-9]{1,2})(?:\s*\.)?"
    r"|\s*[년年]\s*(?P<k_month>[0-9]{1,2})\s*[월月]\s*(?P<k_day>[0-9]{1,2})\s*[일日])"
    rf"(?:\s*[(\[]?{_WEEKDAY}[)\]]?)?"
    r"(?:(?:t|\s+|(?<=[.일日)\]])\s*)"
    rf"(?:{_HALF.format('half')}\s*)?"
    r"(?P<hour>[0-9]{1,2})"
    r"(?:\s*:\s*(?P<minute>[0-9]{2})(?:\s*:\s*(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]+))?)?"
    r"|\s*[시時](?:\s*(?P<k_minute>[0-9]{1,2})\s*[분分](?:\s*(?P<k_second>[0-9]{1,2})\s*[초秒])?)?)"
    rf"(?:\s*{_HALF.format('half_after')})?"
    rf"(?:\s*{_ZONE})?)?",
    re.ASCII | re.IGNORECASE,
)
"""``2025-12-24T09:05:07.5+09:00`` · ``2025.12.24. 09:05`` · ``2025. 12. 24. (수) 오후 3:05`` ·
``2025년 12월 24일 오후 3시 5분``."""

_COMPACT: Final = re.compile(
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"(?:[t\s]?(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})?(?:[.,](?P<fraction>[0-9]+))?"
    r"|[t\s](?P<c_hour>[0-9]{1,2}):(?P<c_minute>[0-9]{2})(?::(?P<c_second>[0-9]{2}))?)?"
    rf"(?:\s*{_ZONE})?",
    re.ASCII | re.IGNORECASE,
)
"""``20251224`` · ``202512240905`` · ``20251224T090507Z`` · ``20251224 09:05``."""

_MAIL: Final = re.compile(
    rf"(?:{_WEEKDAY},?\s+)?(?P<day>[0-9]{{1,2}})[\s-](?:(?P<name>[a-z]{{3,9}})\.?,?|(?P<k_month>[0-9]{{1,2}})월)[\s-](?P<year>[0-9]{{4}}|[0-9]{{2}})"
    rf"(?:\s+(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})(?::(?P<second>[0-9]{{2}}))?(?:\s*{_ZONE})?)?"
    r"(?:\s*\([a-z ]*\))?",
    re.ASCII | re.IGNORECASE,
)
"""RFC 2822 and RFC 822, as feeds have it: ``Wed, 24 Dec 2025 09:05:07 +0900``; in a Korean locale ``수, 24 12월 2025``."""

_C_TIME: Final = re.compile(
    rf"{_WEEKDAY}\s+(?P<name>[a-z]{{3,9}})\s+(?P<day>[0-9]{{1,2}})\s+(?:(?P<year>[0-9]{{4}})\s+)?{_CLOCK}"
    rf"(?:\s+{_ZONE})?(?:\s+(?P<last_year>[0-9]{{4}}))?(?:\s*\([^()]*\))?",
    re.ASCII | re.IGNORECASE,
)
"""``Wed Dec 24 09:05:07 2025`` (C) · ``Wed Dec 24 09:05:07 KST 2025`` (Java) · ``Wed Dec 24 2025 09:05:07 GMT+0900 (한국 표준시)``
(JavaScript)."""

_NAMED: Final = re.compile(
    rf"(?:{_WEEKDAY},?\s+)?(?P<name>[a-z]{{3,9}})\.?\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>[0-9]{{4}})"
    rf"(?:,?\s+(?:at\s+)?{_CLOCK}(?:\s*{_HALF.format('half_after')})?(?:\s*{_ZONE})?)?",
    re.ASCII | re.IGNORECASE,
)
"""``Dec 24, 2025 9:05 AM``."""

_LABEL: Final = re.compile(
    r"(?:(?:기사|최초|최종|뉴스)?\s*(?:입력|승인|등록|송고|발행|게재|게시|작성|수정|출고|전송|보도|업데이트)(?:\s*(?:일시|일자|시간|시각|일))?"
    r"|published(?:\s+(?:at|on))?|posted(?:\s+on)?|updated|date)\s*[:：|]?\s+|^(?:입력|승인|등록|송고|수정)(?=[0-9])",
    re.IGNORECASE,
)
_LABEL_AFTER: Final = re.compile(r"\s+(?:입력|승인|등록|송고|발행|게재|작성|수정|업데이트)\.?")
_ZONE_NAME: Final = re.compile(r"\s*\[?\b[A-Z][a-z]+/[A-Z][A-Za-z_]+\]?")
"""Java's ``2025-12-24T09:05+09:00[Asia/Seoul]``."""
_FIGURES: Final = re.compile(r"[0-9]{5,16}(?:\.[0-9]*)?|[0-9]\.[0-9]{3,16}E\+?[0-9]{1,2}", re.ASCII | re.IGNORECASE)

_FIRST_SERIAL: Final = 20_000
_LAST_SERIAL: Final = 80_000
"""Days since 1899-12-30, as spreadsheets keep dates: 1954 to 2119. A smaller number is hardly ever one."""
_SERIAL_ZERO: Final = datetime(1899, 12, 30, tzinfo=SEOUL)
_LARGEST: Final = 1e17
_EPOCH_UNITS: Final = ((10, 1), (13, 1_000), (16, 1_000_000))
"""How many figures a time since 1970 has in seconds, milliseconds, microseconds, from 2001 to 2286."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_ZONE_HOURS: Final = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "kst": 9, "jst": 9,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
"""RFC 822's names, Korea's and Japan's. Any other name makes the text no date: a wrong hour is worse than a reject."""


def moment_of_value(value: object) -> Moment | None:
    """The moment that a field holds: a text, a time, a day, a number, MongoDB's ``{"$date": …}``; None if it is none."""
    if isinstance(value, str):
        return read_moment(value)
    if isinstance(value, datetime):
        if type(value) is not datetime:  # pandas has subclasses, one of which (NaT) is not a time
            return read_moment(value.isoformat())
        return Moment(value if value.utcoffset() is not None else value.replace(tzinfo=SEOUL), False)
    if isinstance(value, date):
        return Moment(datetime.combine(value, time(), SEOUL), True)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _of_figures(repr(value)) if 0 < value < _LARGEST else None
    if isinstance(value, Mapping):
        inner = value.get("$date", value.get("$numberLong"))
        return moment_of_value(inner) if inner is not None else None
    return None


def read_date(text: str) -> datetime | None:
    """As ``read_moment``, without saying whether the text named a time of day."""
    moment = read_moment(text)
    return None if moment is None else moment.at


def read_moment(text: str) -> Moment | None:
    """The moment that ``text`` names; None when it is not a date in any form this module knows.

    A time without a zone is Asia/Seoul; a date without a time is its midnight there; ``24:00`` is the midnight that
    ends the day. Two-digit years and days before months are not read (25.12.24 could be anything), save in RFC 822.
    """
    if text[4:5] == "-" and text[7:8] == "-" and text[10:11] in ("T", " ", "") and len(text) < _LONGEST:
        try:  # ISO 8601, as nearly every source has it; also T09 and T0905, which no pattern below reads
            moment = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            return Moment(moment if moment.tzinfo is not None else moment.replace(tzinfo=SEOUL), len(text) == 10)
    if len(text) > _LONGEST:
        return None
    text = text.replace("\u00a0", " ").replace("\u3000", " ").strip()
    if _FIGURES.fullmatch(text) and (found := _of_figures(text)) is not None:
        return found
    if (label := _LABEL.match(text)) is not None:
        text = text[label.end() :]
    text = _ZONE_NAME.sub("", _LABEL_AFTER.sub("", text)).strip()
    for form in (_WRITTEN, _COMPACT, _MAIL, _C_TIME, _NAMED):
        if (match := form.fullmatch(text)) is not None:
            found_parts = match.groupdict()
            try:
                return Moment(_moment(found_parts), not any(found_parts.get(name) for name in ("hour", "c_hour")))
            except (ValueError, OverflowError):
                return None
    return None


def _of_figures(text: str) -> Moment | None:
    """A time that databases and spreadsheets write as one number; None if it is none of them, or a day written in figures."""
    try:
        number = float(text)
    except ValueError:
        return None
    if not 0 < number < _LARGEST:
        return None
    whole = str(int(number))
    if number == int(number) and len(whole) == 8:  # 20251224.0, 2.0251224E7: a column with gaps
        return _day_in_figures(whole)
    if number == int(number) and len(whole) in (12, 14) and whole[:2] in ("19", "20"):
        return None if text.isdigit() else read_moment(whole)
    if whole[:2] in ("19", "20") and _day_in_figures(whole[:8]) is not None and len(whole) > 8:
        return None  # ambiguous: a day with a partial time, or a Unix time of the year 2033
    for figures, unit in _EPOCH_UNITS:
        if len(whole) == figures:
            return Moment(datetime.fromtimestamp(number / unit, UTC), False)
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        seconds = round((number - int(number)) * 86_400)
        return Moment(_SERIAL_ZERO + timedelta(days=int(number), seconds=seconds), number == int(number))
    return None


def _day_in_figures(figures: str) -> Moment | None:
    try:
        return Moment(datetime(int(figures[:4]), int(figures[4:6]), int(figures[6:]), tzinfo=SEOUL), True)
    except ValueError:
        return None


def _moment(found: dict[str, str | None]) -> datetime:
    """Raises ``ValueError`` for what no calendar or clock has."""
    if found.get("year") and found.get("last_year"):
        raise ValueError("two years")

    def number(*names: str) -> int:
        return int(next((value for name in names if (value := found.get(name))), 0))

    year, month = number("year", "last_year"), number("month", "k_month")
    if name := found.get("name"):
        month = _MONTHS.index(name[:3].lower()) + 1
        if year < 100:  # RFC 2822 §4.3
            year += 2000 if year < 50 else 1900
    hour, minute = number("hour", "c_hour"), number("minute", "k_minute", "c_minute")
    second = number("second", "k_second", "c_second")
    half = found.get("half") or found.get("half_after")
    if found.get("half") and found.get("half_after"):
        raise ValueError("two halves of the day")
    if half is not None:
        hour = _hour_of_day(hour, is_afternoon=half in ("오후", "午後") or half[0] in "pP")
    day_after = hour == 24 and minute == second == 0
    moment = datetime(
        year,
        month,
        number("day", "k_day"),
        0 if day_after else hour,
        minute,
        second,
        int((found.get("fraction") or "").ljust(6, "0")[:6]),
        tzinfo=_zone(found.get("zone")),
    )
    return moment + timedelta(days=1) if day_after else moment


def _hour_of_day(hour: int, *, is_afternoon: bool) -> int:
    """오전 12시 is 0, 오후 12시 (and 오후 0시) is 12; 오후 15시, which some papers write, is 15."""
    if hour > 12 and not is_afternoon:
        raise ValueError("an hour of the afternoon in the morning")
    return hour % 12 + (12 if is_afternoon else 0)


def _zone(written: str | None) -> tzinfo:
    if not written:
        return SEOUL
    written = written.lower().strip("()")
    if written in _ZONE_HOURS:
        return timezone(timedelta(hours=_ZONE_HOURS[written]))
    written = written.removeprefix("utc").removeprefix("gmt")
    sign = -1 if written[0] == "-" else 1
    parts = written[1:].split(":")
    if len(parts) == 1 and len(parts[0]) > 2:  # +0900, +930
        digits = parts[0]
        parts = [digits[:-2], digits[-2:]] if len(digits) < 5 else [digits[:-4], digits[-4:-2], digits[-2:]]
    hours, minutes, seconds = (*map(int, parts), 0, 0)[:3]
    if minutes > 59 or seconds > 59:
        raise ValueError("an offset of more than 59 minutes")
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return timezone(sign * offset) if offset else UTC
