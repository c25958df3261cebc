"""What an article must satisfy, in terms of the views that every index keeps. Small, closed, without any Korean.

An index translates a clause into its engine's query; the tests' oracle evaluates it by looking at the tokens.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """The view holds the token."""

    field: str
    token: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """The view holds the tokens at consecutive positions; None stands for one position of anything."""

    field: str
    tokens: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class SyllableIn:
    """The view (a stream) holds a token with this one character in it."""

    field: str
    character: str


@dataclass(frozen=True, slots=True)
class PublishedBetween:
    """Published at or after ``since_s`` and before ``until_s`` (seconds since 1970 UTC; None: no bound)."""

    since_s: int | None
    until_s: int | None


@dataclass(frozen=True, slots=True)
class Beyond:
    """Stands after this article in the order of time (equal times: of ``seq``): older than it, or newer."""

    published_at_s: int
    seq: int
    older: bool
    within_s: int | None = None
    """At most so many seconds away; None: however far."""


@dataclass(frozen=True, slots=True)
class OpensAfter:
    """Readers see it only after ``at_s`` (seconds since 1970 UTC). Nothing that was open when it was indexed."""

    at_s: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """The article is one of these, by ``seq``."""

    seqs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every clause holds; of none: every article."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One clause holds, or more; of none: no article."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``minimum`` (1 or more) of the clauses hold."""

    minimum: int
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The clause does not hold."""

    clause: Clause


@dataclass(frozen=True, slots=True)
class Boost:
    """As the clause; in a score it counts ``factor`` times."""

    clause: Clause
    factor: float


@dataclass(frozen=True, slots=True)
class Worth:
    """As the clause; in a score it counts exactly ``score``, however rare what it asks for is."""

    clause: Clause
    score: float


Clause = (
    Token
    | Phrase
    | SyllableIn
    | PublishedBetween
    | Beyond
    | OpensAfter
    | Numbered
    | AllOf
    | AnyOf
    | AtLeast
    | Not
    | Boost
    | Worth
)

EVERYTHING = AllOf(())
NOTHING = AnyOf(())


def all_of(clauses: Iterable[Clause]) -> Clause:
    """``AllOf``, without the wrapper around a single clause."""
    kept = tuple(clause for clause in clauses if clause != EVERYTHING)
    return kept[0] if len(kept) == 1 else AllOf(kept)


def any_of(clauses: Iterable[Clause]) -> Clause:
    """``AnyOf``, without repeats and without the wrapper around a single clause."""
    kept = tuple(dict.fromkeys(clauses))
    return kept[0] if len(kept) == 1 else AnyOf(kept)


def phrase(field: str, tokens: Iterable[str | None]) -> Clause:
    """The tokens as a phrase, a single one as a token; nothing for none."""
    kept = tuple(tokens)
    if not kept:
        return NOTHING
    return Token(field, kept[0]) if len(kept) == 1 and kept[0] is not None else Phrase(field, kept)
