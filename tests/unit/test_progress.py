"""What a long run says of its pace."""

from __future__ import annotations

import io

import pytest

from gisa.cli import progress, terminal
from gisa.cli.progress import LineMeter, Pace, memory_bytes
from gisa.language import Language
from gisa.reports import AddReport
from gisa.saying.figures import plain_number
from gisa.saying.speaker import Speaker


def report(added: int) -> AddReport:
    return AddReport(added=added, updated=0, unchanged=0, removed=0, rejects=(), rejected=0)


def test_pace_is_of_the_last_half_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow beginning does not weigh on the pace for ever."""
    monkeypatch.setattr(progress, "memory_bytes", lambda: 0)
    now = [0.0]
    pace = Pace(clock=lambda: now[0])
    for seconds, added in ((30, 30), (60, 60), (90, 3_060)):
        now[0] = seconds
        said = pace.of(report(added))

    assert said == "100/s"


def test_lines_give_counts_pace_and_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no terminal a line says how far it is, how fast, and in how much memory."""
    monkeypatch.setattr(progress, "memory_bytes", lambda: 810_000_000)
    monkeypatch.setattr(terminal, "LINE_EVERY_S", 0.0)
    stream = io.StringIO()

    LineMeter(stream, Speaker(Language.ENGLISH, number=plain_number)).counts(report(1_200))

    assert "added 1,200" in stream.getvalue()
    assert stream.getvalue().endswith("/s · 810 MB\n")


def test_memory_is_known_where_the_system_says() -> None:
    """Some megabytes on Linux, nothing elsewhere; never an error."""
    assert memory_bytes() == 0 or memory_bytes() > 5_000_000
