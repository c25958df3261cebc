"""Which person a surname before a title means on a day: 李대통령 in August 2025 is 이재명. Reads no texts.

The format, of the packaged table and of a paper's own: tab-separated lines ``surname⇥title⇥name⇥first day⇥last day``
(ISO days, both included; empty: no bound), ``#`` begins a comment. An empty title is for the surname alone, as headlines
use it for heads of state: ``習⇥⇥시진핑⇥2012-11-15⇥``. The source of the packaged one is public record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from gisa.errors import LineInvalid
from gisa.lexicon.variants.variant import table_lines
from gisa.messages import ListCode, Message
from gisa.model import Reject
from gisa.text.hangul import is_hangul
from gisa.text.listing import entries
from gisa.text.normal import normalise
from gisa.text.runs import is_han

_FORMER_YEARS: Final = 10
"""A former holder is meant when the one of that surname before left ten years earlier still: 盧 전 대통령 of 2009 is
노무현 (2008), not 노태우 (1993); 金 전 대통령 of 2005 could be 김대중 (2003) or 김영삼 (1998), and is nobody."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One line of the table: who was meant from when to when, both days included; None: no bound."""

    name: str
    since: date | None
    until: date | None

    def covers(self, day: date | None) -> bool:
        """True if the day is within the bounds. None, an unknown day, is within a holding without bounds only."""
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


_Office = tuple[str, str]
"""Surname and title."""


@dataclass(frozen=True, slots=True)
class HolderTable:
    """Holdings by surname and title. Immutable; safe from many threads."""

    holdings: Mapping[tuple[str, str], tuple[Holding, ...]]
    surnames: frozenset[str]
    """Surnames of one 漢字, whole names in 漢字, and initials."""
    initials: tuple[str, ...]
    """Those of them that are not 漢字, longest first."""
    titles: tuple[str, ...]
    """Longest first, without the empty one."""

    def holder(self, surname: str, title: str, on: date | None) -> str | None:
        """Who is meant that day: ``("李", "대통령", 2025-08-01)`` → 이재명; None when nobody or two at once."""
        names = {holding.name for holding in self.holdings.get((surname, title), ()) if holding.covers(on)}
        return names.pop() if len(names) == 1 else None

    def holder_by_name(self, surname: str, title: str, *, on: date | None) -> str | None:
        """As ``holder``, by a surname in Hangul: ``("이", "대통령", on=2025-08-01)`` → 이재명."""
        names = {
            holding.name
            for (_, held), holdings in self.holdings.items()
            if held == title
            for holding in holdings
            if holding.name.startswith(surname) and holding.covers(on)
        }
        return names.pop() if len(names) == 1 else None

    def former_holder(self, surname: str, title: str, on: date) -> str | None:
        """Who is meant by 李 전 대통령 that day: the last who left before, unless another had left shortly before him."""
        left = [
            (holding.until, holding.name)
            for holding in self.holdings.get((surname, title), ())
            if holding.until is not None and holding.until < on
        ]
        last = max((until.year for until, _ in left), default=0)
        names = {name for until, name in left if until.year > last - _FORMER_YEARS}
        return names.pop() if len(names) == 1 else None


def load_holders(lines: Iterable[str], *, source: str = "holders.tsv") -> tuple[HolderTable, list[Reject]]:
    """The table of the lines that can be used, and a reject for each that cannot."""
    parsed, rejects = _parse(lines, source=source)
    holdings: dict[_Office, list[Holding]] = {}
    for office, holding in parsed:
        holdings.setdefault(office, []).append(holding)
    return _build(holdings), rejects


def own_holders(lines: Iterable[str], *, source: str = "holders.txt") -> tuple[list[str], list[Reject]]:
    """A paper's own lines in normal form, each once, and a reject for each that cannot be used."""
    parsed, rejects = _parse(lines, source=source)
    written = [
        "\t".join((*office, holding.name, _iso(holding.since), _iso(holding.until))) for office, holding in parsed
    ]
    return list(dict.fromkeys(written)), rejects


@lru_cache(maxsize=4)
def holders_with(own: tuple[str, ...]) -> HolderTable:
    """The packaged table with a paper's own lines. Where the two disagree about a day, the paper's own line counts.

    A packaged holding without a last day ends when the paper names the next; so a change of office is one line.
    """
    if not own:
        return packaged_holders()
    parsed, _ = _parse(own, source="holders.txt")
    holdings = {office: list(found) for office, found in packaged_holders().holdings.items()}
    for office, holding in parsed:
        holdings[office] = [part for found in holdings.get(office, []) for part in _outside(found, holding)]
    for office, holding in parsed:
        holdings[office].append(holding)
    return _build(holdings)


def _outside(holding: Holding, other: Holding) -> Iterator[Holding]:
    """What is left of a holding outside the days of another: nothing, all of it, or one or two stretches."""
    before = None if other.since is None or other.since == date.min else other.since - timedelta(days=1)
    after = None if other.until is None or other.until == date.max else other.until + timedelta(days=1)
    if before is not None and (holding.since is None or holding.since <= before):
        yield Holding(holding.name, holding.since, before if holding.until is None else min(before, holding.until))
    if after is not None and (holding.until is None or holding.until >= after):
        yield Holding(holding.name, after if holding.since is None else max(after, holding.since), holding.until)


def _parse(lines: Iterable[str], *, source: str) -> tuple[list[tuple[_Office, Holding]], list[Reject]]:
    parsed: list[tuple[_Office, Holding]] = []
    rejects: list[Reject] = []
    for number, text in entries(lines, around="\r\n\ufeff"):  # tabs and spaces count
        try:
            surname, title, holding = _holding(text)
        except LineInvalid as error:
            rejects.append(Reject(f"{source}:{number}", error.reason))
            continue
        parsed.append(((surname, title), holding))
    return parsed, rejects


def _build(holdings: Mapping[_Office, Iterable[Holding]]) -> HolderTable:
    surnames = frozenset(surname for surname, _ in holdings)
    titles = {title for _, title in holdings if title}
    return HolderTable(
        holdings={office: tuple(found) for office, found in holdings.items()},
        surnames=surnames,
        initials=_longest_first(surname for surname in surnames if not is_han(surname[0])),
        titles=_longest_first(titles),
    )


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _holding(line: str) -> tuple[str, str, Holding]:
    """Parse one line. Raises ``LineInvalid``."""
    fields = [" ".join(normalise(field).split()) for field in line.split("\t")]
    if not 3 <= len(fields) <= 5:
        raise LineInvalid(Message(ListCode.HOLDER_COLUMNS, count=len(fields)))
    surname, title, name, since, until = [*fields, "", ""][:5]
    if not surname or not surname.isalpha() or (len(surname) == 1 and is_hangul(surname)):
        raise LineInvalid(Message(ListCode.HOLDER_SURNAME, surname=fields[0]))
    if not name:
        raise LineInvalid(Message(ListCode.HOLDER_UNNAMED))
    first, last = _day(since), _day(until)
    if first and last and last < first:
        raise LineInvalid(Message(ListCode.HOLDER_DAYS, last=until, first=since))
    return surname, title, Holding(name, first, last)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise LineInvalid(Message(ListCode.HOLDER_DAY, value=text)) from None


@lru_cache(maxsize=1)
def packaged_holders() -> HolderTable:
    """The table that comes with Gisa."""
    table, rejects = load_holders(table_lines("holders.tsv"))
    assert not rejects, rejects[0]
    return table


def holder(surname: str, title: str, on: date) -> str | None:
    """Who is meant that day by the packaged table: ``holder("尹", "대통령", date(2025, 3, 1))`` → 윤석열."""
    return packaged_holders().holder(surname, title, on)
