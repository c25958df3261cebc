"""A search's filters as clauses, and the days that a period reaches back. Counts nothing: that is ``facets``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gisa.clause import Clause, Not, PublishedBetween, Token, all_of
from gisa.model import Period
from gisa.query.days import midnight_s
from gisa.query.node_clauses import between_days, in_section
from gisa.query.syntax import FieldName, Node, within
from gisa.search.request import SearchRequest
from gisa.text.views import BULLETIN, BYLINE_NAMES, FORM, byline_key

_PERIOD_DAYS: Final = {Period.TODAY: 0, Period.WEEK: 7, Period.MONTH: 30, Period.QUARTER: 91, Period.YEAR: 365}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filters beside the query, as clauses, each with the group of choices that it belongs to."""

    clauses: tuple[tuple[str, Clause], ...]

    @property
    def all(self) -> tuple[Clause, ...]:
        return tuple(clause for _, clause in self.clauses)

    def but(self, group: str) -> tuple[Clause, ...]:
        """The clauses that choices of this group are counted with: all but its own."""
        return tuple(clause for other, clause in self.clauses if other != group)

    def of(self, match: Clause) -> Clause:
        """What of a query's matches the filters leave."""
        return all_of((match, *self.all))


def narrow(request: SearchRequest, *, today: date) -> Narrowing:
    """The clauses of a request's filters on this day."""
    made = ((group, clause_of(request, today)) for group, clause_of in _FILTERS)
    return Narrowing(tuple((group, clause) for group, clause in made if clause is not None))


def period_start(period: Period, *, today: date) -> date:
    """The first day (Asia/Seoul) of a period that ends now."""
    return today - timedelta(days=_PERIOD_DAYS[period])


def period_start_s(period: Period, *, today: date) -> int:
    """When a period that ends now began: a midnight of Asia/Seoul, in seconds."""
    return midnight_s(period_start(period, today=today))


def _days(request: SearchRequest, _: date) -> Clause | None:
    return between_days(request.since, request.until) if request.since or request.until else None


def _period(request: SearchRequest, today: date) -> Clause | None:
    return PublishedBetween(period_start_s(request.period, today=today), None) if request.period else None


def _section(request: SearchRequest, _: date) -> Clause | None:
    return in_section(request.section) if request.section else None


def _byline(request: SearchRequest, _: date) -> Clause | None:
    return Token(BYLINE_NAMES, byline_key(request.byline)) if request.byline else None


def _form(request: SearchRequest, _: date) -> Clause | None:
    return Not(Token(FORM, BULLETIN)) if request.no_bulletins else None


def scoped(root: Node, request: SearchRequest) -> Node:
    """A query's tree with its words looked for where the request wants them."""
    return within(root, FieldName.TITLE) if request.title_only else root


PERIOD: Final = "period"
SECTION: Final = "section"
NAMED: Final = {"byline": BYLINE_NAMES}
"""Filters by a name, each with the view that holds the names: what there is to choose is counted there."""
_FILTERS: Final[tuple[tuple[str, Callable[[SearchRequest, date], Clause | None]], ...]] = (
    (PERIOD, _days),
    (PERIOD, _period),
    (SECTION, _section),
    ("byline", _byline),
    ("no_bulletins", _form),
)
"""Each filter's group of choices, and its clause; None when it is not set."""
