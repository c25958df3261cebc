"""A search as one value: what a page's address, a form, the API, the command line and Python keywords all say. Reads no query.

Each field declares once how it is spelt, of what kind it is and what it is for; ``from_params`` and ``to_params`` are the only
places that read and write it. A new filter is a field here, a clause in ``filters``, and its words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import KW_ONLY, dataclass, field, fields
from datetime import date
from typing import Any, Final, NamedTuple, Self, TypedDict

from gisa.errors import SearchInvalid
from gisa.model import Match, Mistake, MistakeCode, Period, Sort
from gisa.search.cursor import Cursor
from gisa.search.values import Choice, Day, Flag, Keys, Kind, Line, Number, Place

MAX_LIMIT: Final = 100
MAX_OFFSET: Final = 1_000_000
"""An index collects everything before an offset; deeper than this, narrow the search by date instead."""
PER_PAGE: Final = 20
_PAGE: Final = "page"
_STRETCH: Final = frozenset(("limit", "offset", "cursor"))
"""Fields that a page's address does not hold: it has a page number, and ``PER_PAGE`` results."""


@dataclass(frozen=True, slots=True)
class Param:
    """How one field of a request is spelt: in an address, as the API's parameter and, after ``--``, as an option."""

    field: str
    """The field's name, and the keyword's in Python."""
    name: str
    kind: Kind
    default: Any
    about: str
    """One line, English, for developers."""
    example: str
    is_filter: bool
    """True if it narrows the query's matches."""
    instead_of: tuple[str, ...]
    """Fields that cannot be set together with it."""


class _Unusable(NamedTuple):
    """A parameter that could not be used."""

    name: str
    value: str
    kind: Kind | None
    """Of what kind it should have been; None for a parameter that is not known, or not beside the others."""
    reason: str
    """What is wrong, as an English clause after the name; does not quote the value."""


class SearchKeywords(TypedDict, total=False):
    """The fields of a ``SearchRequest`` but the query, as keywords; a value may also be given as its text."""

    sort: Sort | str
    period: Period | str | None
    since: date | str | None
    until: date | str | None
    section: str | None
    byline: str | None
    title_only: bool
    no_bulletins: bool
    about: bool | None
    group: bool | None
    match: Match | str
    without: Collection[str]
    inside: bool
    verbs: bool
    as_typed: bool
    limit: int
    offset: int
    cursor: Cursor | str | None


def _spelt(
    name: str, kind: Kind, about: str, *, example: str = "", is_filter: bool = False, instead_of: tuple[str, ...] = ()
) -> dict[str, Any]:
    said = {"about": about, "example": example, "is_filter": is_filter, "instead_of": instead_of}
    return {"name": name, "kind": kind, **said}


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search as asked for, checked. Equal requests have the same answer at the same moment.

    Raises ``SearchInvalid`` for a value that is impossible, naming the field. Days given in the wrong order are put in order.
    """

    query: str = field(
        default="",
        metadata=_spelt("q", Line(""), "The query, in the same language as the search box.", example="AI센터"),
    )
    _: KW_ONLY
    sort: Sort = field(default=Sort.NEWEST, metadata=_spelt("sort", Choice(Sort), "Order of the hits."))
    period: Period | None = field(
        default=None,
        metadata=_spelt(
            "period",
            Choice(Period),
            "A stretch of time that ends now; not together with days.",
            is_filter=True,
            instead_of=("since", "until"),
        ),
    )
    since: date | None = field(
        default=None,
        metadata=_spelt("from", Day(), "First day (Asia/Seoul), included.", example="2025-10-01", is_filter=True),
    )
    until: date | None = field(
        default=None,
        metadata=_spelt("to", Day(), "Last day (Asia/Seoul), included.", example="2025-12-31", is_filter=True),
    )
    section: str | None = field(
        default=None, metadata=_spelt("section", Line(None), "Only this section.", example="경제", is_filter=True)
    )
    byline: str | None = field(
        default=None, metadata=_spelt("byline", Line(None), "Only by this reporter.", example="홍예담", is_filter=True)
    )
    title_only: bool = field(
        default=False,
        metadata=_spelt("title_only", Flag(), "Look for the words in headlines only.", is_filter=True),
    )
    no_bulletins: bool = field(
        default=False,
        metadata=_spelt(
            "no_bulletins",
            Flag(),
            "Without lists and notices ([인사], [부고], 오늘의 날씨), told by form.",
            is_filter=True,
        ),
    )
    about: bool | None = field(
        default=None,
        metadata=_spelt(
            "about",
            Flag(),
            "Only articles that are about the query, not those that only mention its words. Left out: as the paper has it.",
        ),
    )
    group: bool | None = field(
        default=None,
        metadata=_spelt(
            "group",
            Flag(),
            "Show each story once, with the other articles that tell it. Left out: as the paper has it.",
        ),
    )
    match: Match = field(
        default=Match.ALL,
        metadata=_spelt("match", Choice(Match), "`all`: every word must match. `any`: one is enough."),
    )
    without: frozenset[str] = field(
        default=frozenset(),
        metadata=_spelt(
            "without", Keys(10), "Keys of `variants` to switch off, separated by `|`.", example="synonym:ai=인공지능"
        ),
    )
    inside: bool = field(
        default=False,
        metadata=_spelt(
            "inside", Flag(), "Look for words of two syllables inside other words as well: 우정 in 심우정."
        ),
    )
    verbs: bool = field(
        default=False,
        metadata=_spelt(
            "verbs", Flag(), "Look for words that are a noun and a verb's form as the verb as well: 하자 as 하다."
        ),
    )
    as_typed: bool = field(
        default=False,
        metadata=_spelt(
            "as_typed", Flag(), "Do not search for a correction in the place of a query that finds nothing."
        ),
    )
    limit: int = field(default=PER_PAGE, metadata=_spelt("limit", Number(0, MAX_LIMIT), "How many hits to return."))
    offset: int = field(default=0, metadata=_spelt("offset", Number(0, MAX_OFFSET), "How many hits to pass over."))
    cursor: Cursor | None = field(
        default=None,
        metadata=_spelt(
            "cursor",
            Place(),
            "`next_cursor` of the page before, in the same order: however deep, a page costs the same.",
        ),
    )
    days_swapped: bool = field(default=False, init=False)
    """True: the first day was given as the later one."""

    def __post_init__(self) -> None:
        for param in PARAMS:
            value = getattr(self, param.field)
            if value is not param.default:
                object.__setattr__(self, param.field, _checked(param, value))
        if self.since and self.until and self.since > self.until:
            for name, value in (("since", self.until), ("until", self.since), ("days_swapped", True)):
                object.__setattr__(self, name, value)
        for param, others in _clashes({param.field: getattr(self, param.field) for param in PARAMS}):
            raise SearchInvalid(f"{param.field} cannot be combined with {others} — give one or the other")
        if self.cursor is not None and self.offset:
            raise SearchInvalid("cursor says where the page begins — leave offset out")
        if self.cursor is not None and self.cursor.sort is not self.sort:
            raise SearchInvalid(f"cursor belongs to another order than {self.sort.value} — begin again without one")

    @property
    def page(self) -> int:
        """The number of the page that begins at ``offset``, from 1."""
        return self.offset // max(self.limit, 1) + 1

    @property
    def filters(self) -> frozenset[str]:
        """The names of the fields that narrow the query's matches now."""
        return frozenset(each.field for each in FILTERS if getattr(self, each.field) != each.default)

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> Self:
        """The request that parameters spell; an empty one counts as not given.

        Raises ``SearchInvalid`` for a parameter that is not known or not possible; its ``parameters`` name each with the reason.
        """
        values, mistakes = _read(params)
        known = {param.name for param in PARAMS} | {_PAGE}
        mistakes += [_Unusable(name, params[name], None, "is not a parameter") for name in params if name not in known]
        mistakes += [
            _Unusable(param.name, params[param.name], None, f"cannot be combined with {others}")
            for param, others in _clashes(values)
        ]
        if mistakes:
            raise SearchInvalid(
                "; ".join(f"{each.name} {each.reason}" for each in mistakes),
                parameters={each.name: each.reason for each in mistakes},
            )
        return cls(**values)

    @classmethod
    def from_address(cls, params: Mapping[str, str]) -> tuple[Self, tuple[Mistake, ...]]:
        """The request that a page's address spells, and which days could not be read. Never fails.

        Parameters that are not of a search are passed over; so are ``limit``, ``offset`` and ``cursor``, in whose place
        ``page`` stands. Days take the place of a period.
        """
        values, mistakes = _read({name: text for name, text in params.items() if name not in _STRETCH})
        for param, _ in _clashes(values):
            del values[param.field]
        unread = (each.value for each in mistakes if isinstance(each.kind, Day))
        return cls(**values), tuple(Mistake(MistakeCode.DATE_UNREAD, _short(value)) for value in unread)

    def to_params(self) -> dict[str, str]:
        """The parameters that spell the request, defaults left out, always in the same order.

        ``from_params`` reads the same request from them, with its days in order.
        """
        spelt = spell({param.field: getattr(self, param.field) for param in PARAMS})
        if self.offset and self.limit and self.offset % self.limit == 0:
            del spelt["offset"]
            spelt[_PAGE] = str(self.page)
        return {name: text for name, text in spelt.items() if text}


def request_of(asked: str | SearchRequest, keywords: SearchKeywords) -> SearchRequest:
    """The request that a call's arguments say: a query with keywords, or a whole request.

    Raises ``SearchInvalid`` for a keyword that is not known, one beside a request, and a value that is impossible.
    """
    if isinstance(asked, SearchRequest):
        if keywords:
            raise SearchInvalid(f"a request holds everything — leave out {', '.join(keywords)}")
        return asked
    unknown = keywords.keys() - SearchKeywords.__annotations__.keys()
    if unknown:
        raise SearchInvalid(f"there is no {', '.join(sorted(unknown))} — see gisa.SearchRequest for what there is")
    return SearchRequest(asked, **keywords)  # type: ignore[arg-type]  # a request reads texts of values itself


PARAMS: Final = tuple(
    Param(field=each.name, default=each.default, **each.metadata) for each in fields(SearchRequest) if each.metadata
)
"""How every field of a request is spelt, in the order of addresses."""
FILTERS: Final = tuple(param for param in PARAMS if param.is_filter)
_EXCLUSIVE: Final = tuple(param for param in PARAMS if param.instead_of)
_BY_FIELD: Final = {param.field: param for param in PARAMS}


def spell(values: Mapping[str, Any]) -> dict[str, str]:
    """Field values as parameters; a default is an empty text. The values are those of a checked request."""
    return {(param := _BY_FIELD[name]).name: _text_of(param, value) for name, value in values.items()}


def spell_change(values: Mapping[str, Any]) -> dict[str, str]:
    """Changed field values as parameters, with an empty text for what they stand instead of."""
    excluded = {_BY_FIELD[other].name: "" for name in values for other in _BY_FIELD[name].instead_of}
    return excluded | spell(values)


def _text_of(param: Param, value: Any) -> str:
    return "" if value == param.default else param.kind.write(value)


def _clashes(values: Mapping[str, Any]) -> list[tuple[Param, str]]:
    """Each parameter among field values that cannot be combined with the others, and the names of those."""
    clashes = []
    for param in _EXCLUSIVE:
        others = [_BY_FIELD[name].name for name in param.instead_of if values.get(name) is not None]
        if others and values.get(param.field) is not None:
            clashes.append((param, " and ".join(others)))
    return clashes


def _read(params: Mapping[str, str]) -> tuple[dict[str, Any], list[_Unusable]]:
    """The fields that parameters spell, and what could not be read."""
    values: dict[str, Any] = {}
    mistakes: list[_Unusable] = []
    for param in PARAMS:
        text = params.get(param.name)
        if not text:
            continue
        try:
            values[param.field] = param.kind.read(text)
        except ValueError as error:
            mistakes.append(_Unusable(param.name, text, param.kind, str(error)))
    number = params.get(_PAGE, "").strip()
    if number.isdecimal() and "offset" not in values:
        limit = values.get("limit", PER_PAGE)
        values["offset"] = min(max(int(number[:9]) - 1, 0) * limit, MAX_OFFSET // max(limit, 1) * limit)
    return values, mistakes


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"


def _checked(param: Param, value: object) -> Any:
    try:
        return param.kind.check(value)
    except ValueError as error:
        shown = repr(value)
        raise SearchInvalid(
            f"{param.field} {error}, not {shown if len(shown) <= 60 else type(value).__name__}"
        ) from None
