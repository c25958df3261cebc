"""Dates as newsrooms write them: the rules that a table of accepted articles does not reach."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from gisa.ingest.dates import read_date
from gisa.model import SEOUL


@pytest.mark.parametrize(
    ("written", "year"),
    [("00", 2000), ("25", 2025), ("49", 2049), ("50", 1950), ("69", 1969), ("70", 1970), ("99", 1999)],
)
def test_a_year_of_two_digits_is_read_as_rfc_2822_says(written: str, year: int) -> None:
    """00 to 49 are of this century, 50 to 99 of the last (RFC 2822, section 4.3)."""
    assert read_date(f"24 Dec {written} 09:05 KST") == datetime(year, 12, 24, 9, 5, tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-12-24T09", datetime(2025, 12, 24, 9, tzinfo=SEOUL)),
        ("2025-12-24T0905", datetime(2025, 12, 24, 9, 5, tzinfo=SEOUL)),
        ("2025-12-24 090507Z", datetime(2025, 12, 24, 18, 5, 7, tzinfo=SEOUL)),
        ("2025-12-24T09:05:07,5+09:00", datetime(2025, 12, 24, 9, 5, 7, 500_000, tzinfo=SEOUL)),
        ("2025. 12. 24. 오전 12:05", datetime(2025, 12, 24, 0, 5, tzinfo=SEOUL)),
        ("2025. 12. 24. 오후 12:05", datetime(2025, 12, 24, 12, 5, tzinfo=SEOUL)),
        ("2025. 12. 24. 오후 15:05", datetime(2025, 12, 24, 15, 5, tzinfo=SEOUL)),
        ("2025. 12. 24. 오전 13:05", None),
        ("2025. 12. 24. 오전 9:05 pm", None),
        ("2025-12-24x09:05", None),
        ("2025-W52-3", None),
        ("2025.12.24 24:00", datetime(2025, 12, 25, tzinfo=SEOUL)),
        ("2025.12.24 24:01", None),
        ("2025.12.24 09:05 +0930", datetime(2025, 12, 24, 9, 5, tzinfo=timezone(timedelta(hours=9, minutes=30)))),
        ("2025.12.24 09:05 -930", datetime(2025, 12, 24, 9, 5, tzinfo=timezone(-timedelta(hours=9, minutes=30)))),
        ("2025.12.24 09:05 +09:59", datetime(2025, 12, 24, 9, 5, tzinfo=timezone(timedelta(hours=9, minutes=59)))),
        ("2025.12.24 09:05:00 +090030", datetime(2025, 12, 24, 9, 5, tzinfo=timezone(timedelta(hours=9, seconds=30)))),
        (
            "2025.12.24 09:05:00 -93015",
            datetime(2025, 12, 24, 9, 5, tzinfo=timezone(-timedelta(hours=9, seconds=1815))),
        ),
        ("2025.12.24 09:05 +09:60", None),
        ("2025.12.24 09:05 +0900:60", None),
        ("24 Dec 2025 09:05 EST", datetime(2025, 12, 24, 23, 5, tzinfo=SEOUL)),
    ],
)
def test_forms_at_the_edges(text: str, expected: datetime | None) -> None:
    """Halves of the day, the end of a day, offsets and short ISO forms are read exactly, or not at all."""
    assert read_date(text) == expected
