"""The id of an article that came without one, derived so that the same article gets the same id again. Pure."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import Final

_URL: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-f:.]+\]|[^\x00-\x20\x7f\s/?#\\@:\[\]\ud800-\udfff]+)(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[^\x00-\x20\x7f\s?#\\\ud800-\udfff]*)?(?:\?(?P<query>[^\x00-\x20\x7f\s#\\\ud800-\udfff]*))?"
    r"(?:\#[^\x00-\x20\x7f\s\\\ud800-\udfff]*)?",
    re.IGNORECASE,
)
"""An http(s) URL that is safe to link to: no white space, no backslash, nobody's password before an ``@``."""

_TRACKING: Final = re.compile(
    r"(?:utm_[^=]*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|igshid|ref)(?:=.*)?", re.IGNORECASE | re.DOTALL
)
"""Query parameters that say where a reader came from, not which article it is."""

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


def is_web_url(text: str) -> bool:
    """True for an absolute http or https URL. International characters (``/기사/1``) are fine, white space is not."""
    match = _URL.fullmatch(text)
    return match is not None and (match["port"] is None or 0 < int(match["port"]) < 65536)


def canonical_url(url: str) -> str:
    """The URL with everything gone that does not tell one article from another; ``url`` must be a web URL.

    Host in lower case, without default port, fragment and tracking parameters (``utm_*``, ``fbclid``, ``gclid``,
    ``ref`` …); the other parameters sorted; letters beyond ASCII percent-encoded; ``https`` for ``http``, as a paper
    that moved to https did not publish its articles again.
    """
    match = _URL.fullmatch(url)
    if match is None:
        raise ValueError(f"not a web URL: {url!r}")
    host = match["host"].lower()
    if match["port"] is not None and int(match["port"]) != _DEFAULT_PORTS[match["scheme"].lower()]:
        host += f":{int(match['port'])}"
    kept = sorted(part for part in (match["query"] or "").split("&") if part and not _TRACKING.fullmatch(part))
    return "https://" + _percent_encode(host + (match["path"] or "/") + ("?" + "&".join(kept) if kept else ""))


def derived_id(*, url: str | None, publisher: str | None, title: str, published_at: datetime) -> str:
    """``u-`` and 20 hex digits of the canonical URL, or, without a URL, ``a-`` and 20 of publisher, headline, time.

    The digits are BLAKE2b with 10 bytes: among 100 million articles the chance that any two share an id is under
    1 in 200 million. The time counts as a moment, so that 09:00+09:00 and 00:00Z are the same.
    """
    if url is not None:
        return id_of_url(url)
    return "a-" + digest("\x1f".join((publisher or "", title, published_at.astimezone(UTC).isoformat())))


def id_of_url(url: str) -> str:
    """The id of an article that came with this web URL and no id of its own."""
    return "u-" + digest(canonical_url(url))


def digest(text: str) -> str:
    """20 hex digits of BLAKE2b over the text in UTF-8."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=10).hexdigest()


def _percent_encode(text: str) -> str:
    text = re.sub("[^\x00-\x7f]+", lambda run: "".join(f"%{byte:02X}" for byte in run[0].encode("utf-8")), text)
    return re.sub("%[0-9a-f]{2}", lambda code: code[0].upper(), text, flags=re.IGNORECASE)
