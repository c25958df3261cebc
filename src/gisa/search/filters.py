"""A search's filters as clauses, and the days that a period reaches back. Counts nothing: that is ``facets``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gisa.clause import Clause, PublishedBetween, all_of
from gisa.model import Filters, Period
from gisa.query.days import midnight_s
from gisa.query.node_clauses import between_days, in_section

_PERIOD_DAYS: Final = {Period.WEEK: 7, Period.MONTH: 30, Period.YEAR: 365}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filters beside the query, as clauses."""

    days: Clause | None
    period: Clause | None
    section: Clause | None

    @property
    def timed(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in (self.days, self.period) if clause is not None)

    @property
    def sectioned(self) -> tuple[Clause, ...]:
        return () if self.section is None else (self.section,)

    @property
    def all(self) -> tuple[Clause, ...]:
        return (*self.timed, *self.sectioned)

    def of(self, match: Clause) -> Clause:
        """What of a query's matches the filters leave."""
        return all_of((match, *self.all))


def narrow(filters: Filters, *, today: date) -> Narrowing:
    """The clauses of these filters on this day."""
    return Narrowing(
        days=None if filters.since is None and filters.until is None else between_days(filters.since, filters.until),
        period=None if filters.period is None else PublishedBetween(period_start_s(filters.period, today=today), None),
        section=in_section(filters.section) if filters.section else None,
    )


def period_start_s(period: Period, *, today: date) -> int:
    """When a period that ends now began: a midnight of Asia/Seoul, in seconds."""
    return midnight_s(today - timedelta(days=_PERIOD_DAYS[period]))
