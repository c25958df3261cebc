"""Days of Asia/Seoul as an index takes them."""

from __future__ import annotations

from datetime import date, datetime, time

from gisa.model import SEOUL


def midnight_s(day: date) -> int:
    """When a day begins in Asia/Seoul, in seconds since 1970 UTC."""
    return int(datetime.combine(day, time(), tzinfo=SEOUL).timestamp())
