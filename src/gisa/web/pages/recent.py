"""Recent searches as they live in the reader's own cookie: the list, its rules, and its written form. Pure.

The value is base64url (without padding) of compact JSON: ``[saving, [[day, query], …]]``, newest first, where
``saving`` is 1 or 0 and ``day`` is a proleptic ordinal (``date.toordinal``). It is not compressed: twenty ordinary
queries take about 1.2 KB, and a value that cannot unfold cannot be a bomb. It is not signed: it is the reader's
own list and is shown to nobody else. A new form would take a new cookie name.

A list that was cleared stands in a second cookie of the same form, for a minute, so that clearing can be undone.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from gisa.text.unseen import clean_line

COOKIE: Final = "gisa_recent"
COOKIE_NAME: Final = COOKIE.encode()
"""As it stands in a header."""
MAX_AGE_S: Final = 365 * 24 * 3600
CLEARED_COOKIE: Final = "gisa_cleared"
CLEARED_COOKIE_NAME: Final = CLEARED_COOKIE.encode()
CLEARED_MAX_AGE_S: Final = 60
"""Long enough to see a slip, short enough that the next reader at a shared computer finds nothing to undo."""
MAX_ENTRIES: Final = 20
MAX_QUERY_CHARS: Final = 100
"""Longer queries are searched but not kept: cut, they would be other queries; whole, they push the rest out."""
MAX_VALUE_BYTES: Final = 2_900
"""Leaves the whole ``Set-Cookie`` line, name and attributes included, under 3 KB."""


@dataclass(frozen=True, slots=True)
class RecentSearch:
    query: str
    """In the form of ``clean_line``, at most ``MAX_QUERY_CHARS`` long."""
    day: date
    """The day it was last searched for, in Asia/Seoul."""


@dataclass(frozen=True, slots=True)
class RecentSearches:
    """A reader's recent searches. While ``saving`` is off nothing is added; what was kept stays out of sight."""

    entries: tuple[RecentSearch, ...] = ()
    """Newest first; no query twice."""
    saving: bool = True
    cleared: tuple[RecentSearch, ...] = ()
    """What ``restore`` brings back; empty unless the last change was to clear the list."""

    def record(self, query: str, *, day: date) -> RecentSearches:
        """The list after a search: the query moves to the top. Unchanged while saving is off."""
        query = clean_line(query)
        if not self.saving or not query or len(query) > MAX_QUERY_CHARS:
            return self
        others = tuple(entry for entry in self.entries if entry.query != query)
        return replace(self, entries=(RecentSearch(query, day), *others)[:MAX_ENTRIES])

    def delete(self, query: str) -> RecentSearches:
        query = clean_line(query)
        return replace(self, entries=tuple(entry for entry in self.entries if entry.query != query), cleared=())

    def clear(self) -> RecentSearches:
        """The empty list. It can be restored unless saving is off: then nothing is kept."""
        return replace(self, entries=(), cleared=self.entries if self.saving else ())

    def restore(self) -> RecentSearches:
        """The list as it was before it was cleared, below what has been searched for since."""
        since = {entry.query for entry in self.entries}
        before = tuple(entry for entry in self.cleared if entry.query not in since)
        return replace(
            self, entries=(*self.entries, *before)[:MAX_ENTRIES] if self.saving else self.entries, cleared=()
        )

    def switch_off(self, *, keep: bool) -> RecentSearches:
        return RecentSearches(entries=self.entries if keep else (), saving=False)

    def switch_on(self) -> RecentSearches:
        return replace(self, saving=True, cleared=())


EMPTY: Final = RecentSearches()


def encode(recent: RecentSearches) -> str:
    """The cookie's value, at most ``MAX_VALUE_BYTES`` long; the oldest searches fall off where it would be longer.

    An empty string stands for the empty list, for which no cookie is needed.
    """
    entries = recent.entries[:MAX_ENTRIES]
    if recent.saving and not entries:
        return ""
    while True:
        items = [[entry.day.toordinal(), entry.query] for entry in entries]
        text = json.dumps([int(recent.saving), items], ensure_ascii=False, separators=(",", ":"))
        value = base64.urlsafe_b64encode(text.encode()).rstrip(b"=")
        if len(value) <= MAX_VALUE_BYTES:
            return value.decode("ascii")
        entries = entries[:-1]


def decode(value: str | None) -> RecentSearches:
    """What a cookie's value says; a missing, broken, oversized or hostile one is the empty list. Never raises."""
    if not value or len(value) > MAX_VALUE_BYTES or not value.isascii():
        return EMPTY
    try:
        raw = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
        saving, items = json.loads(raw)
        entries = tuple(_read_entry(day, query) for day, query in items)
    except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError):
        return EMPTY
    if saving not in (0, 1) or len(entries) > MAX_ENTRIES or len({entry.query for entry in entries}) < len(entries):
        return EMPTY
    return RecentSearches(entries, saving=bool(saving))


def read(cookies: Mapping[str, str]) -> RecentSearches | None:
    """What a reader's cookies say; None for a reader who has none of these."""
    kept, cleared = cookies.get(COOKIE), cookies.get(CLEARED_COOKIE)
    if kept is None and cleared is None:
        return None
    recent = decode(kept)
    return replace(recent, cleared=decode(cleared).entries) if cleared and recent.saving else recent


def _read_entry(day: object, query: object) -> RecentSearch:
    if type(day) is not int or type(query) is not str:
        raise TypeError
    if not 0 < len(query) <= MAX_QUERY_CHARS or clean_line(query) != query:
        raise ValueError
    return RecentSearch(query, date.fromordinal(day))
