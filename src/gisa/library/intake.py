"""Counts what adding has accepted and refused since the data folder began, for metrics and ``gisa status``. Keeps no record.

The counts are in ``intake.json`` and written by the one writer. Nothing else depends on them.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

import orjson

from gisa.durable import write_durably
from gisa.reports import AddReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Totals over all runs of adding, and when the last one ended (ISO 8601; None: there was none)."""

    runs: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    last_rejected: int = 0
    """Of the last run alone."""
    last_at: str | None = None


def read_intake(path: Path) -> Intake:
    """The counts; those of a folder that has none, or a broken file, are zero."""
    try:
        found = orjson.loads(path.read_bytes())
        return Intake(**{name: found[name] for name in Intake.__dataclass_fields__})
    except (OSError, ValueError, KeyError, TypeError):
        return Intake()


def note_intake(path: Path, report: AddReport, *, at: datetime) -> None:
    """Count one more run. If the file cannot be written the counts stay as they are; the articles are archived."""
    before = read_intake(path)
    after = replace(
        before,
        runs=before.runs + 1,
        added=before.added + report.added,
        updated=before.updated + report.updated,
        unchanged=before.unchanged + report.unchanged,
        rejected=before.rejected + report.rejected,
        last_rejected=report.rejected,
        last_at=at.isoformat(timespec="seconds"),
    )
    with suppress(OSError):
        write_durably(path, [orjson.dumps(asdict(after))])
