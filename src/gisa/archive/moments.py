"""Aware times as whole microseconds and back, exactly, whatever their year and offset. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_KOREAN_OFFSET_S: Final = 9 * 3600
_KOREAN_TIME: Final = timezone(timedelta(seconds=_KOREAN_OFFSET_S))
_KOREAN_EPOCH: Final = datetime(1970, 1, 1, tzinfo=_KOREAN_TIME)


def microseconds_of(moment: datetime) -> int:
    """Microseconds since 1970-01-01T00:00Z of an aware time, exactly; negative before."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(microseconds: int, *, offset_s: int = 0) -> datetime:
    """The aware time of ``microseconds_of``, at an offset from UTC."""
    if offset_s == _KOREAN_OFFSET_S:
        return _KOREAN_EPOCH + timedelta(seconds=offset_s, microseconds=microseconds)
    # Counting from the zone's own midnight keeps to the range of years even where UTC would leave it.
    offset = timedelta(seconds=offset_s)
    return datetime(1970, 1, 1, tzinfo=timezone(offset)) + offset + timedelta(microseconds=microseconds)


def split_time(moment: datetime) -> tuple[int, int]:
    """An aware time as microseconds and its offset in whole seconds (finer offsets exist in no calendar)."""
    offset = moment.utcoffset()
    if offset is None:
        raise TypeError(f"{moment!r} has no time zone")
    return (moment - _EPOCH) // _MICROSECOND, offset // timedelta(seconds=1)
