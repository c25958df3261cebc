"""Who held an office on a day."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.lexicon.variants.holders import holder, load_holders, packaged_holders
from gisa.lexicon.variants.variant import table_lines
from tests.said import reason_of

HELD = {
    "李 2025": ("李", "대통령", "2025-08-01", "이재명"),
    "李 1950": ("李", "대통령", "1950-07-01", "이승만"),
    "李 2010": ("李", "대통령", "2010-01-01", "이명박"),
    "文 2019": ("文", "대통령", "2019-02-01", "문재인"),
    "尹 March 2025": ("尹", "대통령", "2025-03-01", "윤석열"),
    "尹 1961": ("尹", "대통령", "1961-01-01", "윤보선"),
    "the last day": ("金", "대통령", "1998-02-24", "김영삼"),
    "the first day": ("金", "대통령", "1998-02-25", "김대중"),
    "盧 1990": ("盧", "대통령", "1990-01-01", "노태우"),
    "盧 2005": ("盧", "대통령", "2005-01-01", "노무현"),
    "a prime minister": ("韓", "총리", "2023-05-01", "한덕수"),
    "a speaker": ("禹", "국회의장", "2025-01-01", "우원식"),
    "a party leader": ("鄭", "대표", "2025-09-01", "정청래"),
    "the surname alone": ("習", "", "2015-05-01", "시진핑"),
    "between two terms": ("李", "대통령", "2025-05-01", None),
    "after impeachment": ("尹", "대통령", "2025-04-05", None),
    "before the first": ("李", "대통령", "1945-08-15", None),
    "two leaders of one surname": ("李", "대표", "2020-08-28", "이해찬"),
    "an unknown title": ("李", "사장", "2025-08-01", None),
    "an unknown surname": ("皇", "대통령", "2025-08-01", None),
    "習 before his time": ("習", "", "2005-05-01", None),
}


@pytest.mark.parametrize(("surname", "title", "day", "name"), HELD.values(), ids=HELD.keys())
def test_holder(surname: str, title: str, day: str, name: str | None) -> None:
    """The day decides who is meant; nobody, where nobody of that surname held the office."""
    assert holder(surname, title, date.fromisoformat(day)) == name


FORMER = {
    "the only one": ("文", "대통령", "2023-01-01", "문재인"),
    "long after the one before": ("盧", "대통령", "2009-05-25", "노무현"),
    "李 in 2018": ("李", "대통령", "2018-04-01", "이명박"),
    "朴 in 1990": ("朴", "대통령", "1990-01-01", "박정희"),
    "two who left shortly after each other": ("金", "대통령", "2005-05-01", None),
    "still in office": ("文", "대통령", "2019-01-01", None),
}


@pytest.mark.parametrize(("surname", "title", "day", "name"), FORMER.values(), ids=FORMER.keys())
def test_former_holder(surname: str, title: str, day: str, name: str | None) -> None:
    """李 전 대통령 is the last of that surname who left, where that is beyond doubt."""
    assert packaged_holders().former_holder(surname, title, date.fromisoformat(day)) == name


def test_two_at_once_are_nobody() -> None:
    """Where two of one surname hold the same title, neither is meant for sure."""
    table, _ = load_holders(["金\t대표\t김하나\t2020-01-01\t", "金\t대표\t김두리\t2020-06-01\t"])

    assert table.holder("金", "대표", date(2020, 3, 1)) == "김하나"
    assert table.holder("金", "대표", date(2020, 7, 1)) is None


BROKEN = {
    "a day that is none": ("李\t시장\t이나루\t2020-02-30\t", "2020-02-30"),
    "days the wrong way round": ("李\t시장\t이나루\t2021-01-01\t2020-01-01", "before the first day"),
    "no name": ("李\t시장\t\t2020-01-01\t", "name is missing"),
    "no tabs": ("李 시장 이나루", "1 columns"),
    "too many columns": ("李\t시장\t이나루\t\t\t\t", "columns"),
    "a surname in Hangul": ("이\t시장\t이나루", "surname"),
    "no surname": ("\t시장\t이나루", "surname"),
}


@pytest.mark.parametrize(("line", "reason"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_line_is_named(line: str, reason: str) -> None:
    """A broken line is reported with its number and what is wrong; the others count."""
    table, rejects = load_holders(["# 우리 시", "", line, "朴\t시장\t박해온\t2022-07-01\t"], source="holders.tsv")

    assert [reject.place for reject in rejects] == ["holders.tsv:3"]
    assert reason in reason_of(rejects[0])
    assert table.holder("朴", "시장", date(2024, 1, 1)) == "박해온"


def test_paper_extends_the_table() -> None:
    """A paper's own lines stand beside the packaged ones."""
    table, rejects = load_holders([*table_lines("holders.tsv"), "羅\t시장\t나해온\t2022-07-01\t2026-06-30"])

    assert not rejects
    assert table.holder("羅", "시장", date(2024, 1, 1)) == "나해온"
    assert table.holder("李", "대통령", date(2025, 8, 1)) == "이재명"


def test_presidents_follow_each_other() -> None:
    """No day has two presidents."""
    terms = sorted(
        (holding.since or date.min, holding.until or date.max)
        for (_, title), holdings in packaged_holders().holdings.items()
        if title == "대통령"
        for holding in holdings
    )

    assert len(terms) == 14
    assert all(until < since for (_, until), (since, _) in pairwise(terms))


@given(st.lists(st.text(max_size=30), max_size=5))
def test_any_lines_load(lines: list[str]) -> None:
    """Whatever stands in a paper's file, loading it raises nothing."""
    _, rejects = load_holders(lines)

    assert len(rejects) <= len(lines)
