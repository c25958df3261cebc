"""What of a page is a reader's own, the list of recent searches and its cookie, apart from what is the same for everybody.

A route fills in a page as for a reader whom nobody knows; for one who has Gisa's cookie their own list is then put in the
place of that one. So one page that was worked out serves all readers, and nothing of a reader is ever remembered here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.types import Scope

from gisa.web.pages import recent as recents
from gisa.web.pages.recent import RecentSearch, RecentSearches
from gisa.web.serving.noted import Noted
from gisa.web.serving.security import is_https


@dataclass(frozen=True, slots=True)
class OwnPart:
    """Where a page holds the list of recent searches, and what it takes to write another reader's there."""

    start: int
    """Where it begins in the page, in bytes."""
    end: int
    here: str
    """The page's own address, to which changing the list leads back."""
    asking: bool
    """Whether the page asks what shall become of the list when saving is switched off."""
    recorded: RecentSearch | None
    """The search that reading the page adds to the list."""


_OWN_PART: Final = Noted[OwnPart]("own_part")
_READER: Final = Noted[tuple[object, RecentSearches | None]]("reader")
_LEAVES_NOTHING: Final = Noted[bool]("leaves_nothing")

OWN_PART_MARK: Final = Markup("<!--own-part-->")
"""Where a template writes the list, before it is filled in. No text of a page can hold it: there ``<`` is escaped."""


def note_own_part(request: Request, part: OwnPart) -> None:
    """Say where the answer to this request holds the reader's own part."""
    _OWN_PART.put(request.scope, part)


def own_part_of(scope: Scope) -> OwnPart | None:
    return _OWN_PART.of(scope)


def known_reader(scope: Scope) -> RecentSearches | None:
    """The recent searches of a reader who has Gisa's cookie; None for one who has none.

    The cookie is read once per request: the scope keeps what it says beside the headers it stands in, since a copy of a scope may
    have others.
    """
    headers = scope["headers"]
    kept = _READER.of(scope)
    if kept is None or kept[0] is not headers:
        kept = (headers, _read_cookie(scope))
        _READER.put(scope, kept)
    return kept[1]


def _read_cookie(scope: Scope) -> RecentSearches | None:
    for name, value in scope["headers"]:
        if name == b"cookie" and (recents.COOKIE_NAME in value or recents.CLEARED_COOKIE_NAME in value):
            return recents.read(Request(scope).cookies)
    return None


def saves(scope: Scope) -> bool:
    """Whether this reader lets searches be saved."""
    if _LEAVES_NOTHING.of(scope):
        return False
    reader = known_reader(scope)
    return reader is None or reader.saving


def leave_nothing(request: Request) -> None:
    """Answer this request as one whose sender lets nothing be saved."""
    _LEAVES_NOTHING.put(request.scope, True)


def cookie_line(recent: RecentSearches, request: Request, *, base: str, trust_proxy: bool) -> bytes:
    """The ``Set-Cookie`` that leaves a list with its reader, for the paths below ``base`` alone."""
    value = recents.encode(RecentSearches(recent.entries, saving=recent.saving))
    return _line(recents.COOKIE, value, recents.MAX_AGE_S, request, base=base, trust_proxy=trust_proxy)


def cleared_line(recent: RecentSearches, request: Request, *, base: str, trust_proxy: bool) -> bytes:
    """The ``Set-Cookie`` that leaves what was cleared with its reader for a minute, or takes it away."""
    value = recents.encode(RecentSearches(recent.cleared))
    return _line(recents.CLEARED_COOKIE, value, recents.CLEARED_MAX_AGE_S, request, base=base, trust_proxy=trust_proxy)


def _line(name: str, value: str, max_age_s: int, request: Request, *, base: str, trust_proxy: bool) -> bytes:
    line = f"{name}={value}; Max-Age={max_age_s if value else 0}; Path={base}/; HttpOnly; SameSite=Lax"
    if is_https(request.scope["scheme"], request.headers, trust_proxy=trust_proxy):
        line += "; Secure"
    return line.encode("ascii")
