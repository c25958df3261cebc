"""Reads the dates of articles as Korean newsrooms write them. Decides nothing about which dates are acceptable."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

from gisa.model import SEOUL

_LONGEST: Final = 64
"""Characters; no form below is longer."""

_ZONE: Final = r"(?P<zone>z|\(?kst\)?|(?:utc|gmt)?[+-][0-9]{1,2}(?::?[0-9]{2}(?::?[0-9]{2})?)?|utc|gmt|ut|[ecmp][sd]t)"
_HALF: Final = r"(?P<{}>오전|오후|[ap]\.?m\.?)"

_WRITTEN: Final = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:\s*(?P<mark>[-./])\s*(?P<month>[0-9]{1,2})\s*(?P=mark)\s*(?P<day>[0-9]{1,2})(?:\s*\.)?"
    r"|\s*년\s*(?P<k_month>[0-9]{1,2})\s*월\s*(?P<k_day>[0-9]{1,2})\s*일)"
    r"(?:\s*\([월화수목금토일]\)|\s*\(?[월화수목금토일]요일\)?)?"
    r"(?:(?:t|\s+|(?<=[.일)])\s*)"
    rf"(?:{_HALF.format('half')}\s*)?"
    r"(?P<hour>[0-9]{1,2})"
    r"(?:\s*:\s*(?P<minute>[0-9]{2})(?:\s*:\s*(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]+))?)?"
    r"|\s*시(?:\s*(?P<k_minute>[0-9]{1,2})\s*분(?:\s*(?P<k_second>[0-9]{1,2})\s*초)?)?)"
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
    r"(?:[a-z]{3,9}\.?,?\s+)?(?P<day>[0-9]{1,2})[\s-](?P<name>[a-z]{3,9})\.?,?[\s-](?P<year>[0-9]{4}|[0-9]{2})"
    rf"(?:\s+(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})(?::(?P<second>[0-9]{{2}}))?(?:\s*{_ZONE})?)?"
    r"(?:\s*\([a-z ]*\))?",
    re.ASCII | re.IGNORECASE,
)
"""RFC 2822 and RFC 822, as feeds have it: ``Wed, 24 Dec 2025 09:05:07 +0900``."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_ZONE_HOURS: Final = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "kst": 9,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
"""RFC 822's names, and Korea's. Any other name makes the text no date: a wrong hour is worse than a reject."""


def read_date(text: str) -> datetime | None:
    """The moment that ``text`` names, aware; None when it is not a date in any form this module knows.

    A time without a zone is Asia/Seoul; a date without a time is its midnight there; ``24:00`` is the midnight that
    ends the day. Two-digit years and days before months are not read (25.12.24 could be anything), save in RFC 822.
    """
    if text[4:5] == "-" and text[7:8] == "-" and text[10:11] in ("T", " ", "") and len(text) < _LONGEST:
        try:  # ISO 8601 as nearly every source has it: 0.2 µs instead of 4 µs
            moment = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            return moment if moment.tzinfo is not None else moment.replace(tzinfo=SEOUL)
    if len(text) > _LONGEST:
        return None
    text = text.replace("\u00a0", " ").replace("\u3000", " ").strip()
    match = _WRITTEN.fullmatch(text) or _COMPACT.fullmatch(text) or _MAIL.fullmatch(text)
    if match is None:
        return None
    found = match.groupdict()
    try:
        return _moment(found)
    except (ValueError, OverflowError):
        return None


def _moment(found: dict[str, str | None]) -> datetime:
    """Raises ``ValueError`` for what no calendar or clock has."""

    def number(*names: str) -> int:
        return int(next((value for name in names if (value := found.get(name))), 0))

    year, month = number("year"), number("month", "k_month")
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
        hour = _hour_of_day(hour, is_afternoon=half.lower() == "오후" or half[0] in "pP")
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
