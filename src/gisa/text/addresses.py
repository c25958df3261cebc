"""Addresses of articles on the web: which are safe to link to, and which two are one article's. Pure."""

from __future__ import annotations

import hashlib
import re
from typing import Final

_URL: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-f:.]+\]|[^\x00-\x20\x7f\s/?#\\@:\[\]\ud800-\udfff]+)(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[^\x00-\x20\x7f\s?#\\\ud800-\udfff]*)?(?:\?(?P<query>[^\x00-\x20\x7f\s#\\\ud800-\udfff]*))?"
    r"(?:\#(?P<fragment>[^\x00-\x20\x7f\s\\\ud800-\udfff]*))?",
    re.IGNORECASE,
)
"""An http(s) URL that is safe to link to: no white space, no backslash, nobody's password before an ``@``."""

TRACKING: Final = (
    "fbclid gclid dclid gbraid wbraid msclkid igshid yclid twclid ttclid mc_cid mc_eid mkt_tok n_media n_query n_rank "
    "n_ad_group n_ad n_keyword_id n_keyword n_campaign_type kakao_from spm"
).split()  # fmt: skip
"""Query parameters that say where a reader came from, not which article it is; those that begin with ``utm_`` are too."""
_TRACKING: Final = re.compile(
    rf"(?:utm_[^=]*|{'|'.join(TRACKING)})(?:=.*)?|ref(?:=(?![0-9]+$).*)?", re.IGNORECASE | re.DOTALL
)
"""``ref=naver`` says where from; ``ref=1001`` is the number of an article."""

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_TWIN: Final = re.compile(r"(?:www|m|mobile|amp)\.(?=[^.]+\.)")
_NO_ARTICLE: Final = re.compile(r"/(?:index\.(?:html?|php|jsp|asp))?|", re.IGNORECASE)


def is_web_url(text: str) -> bool:
    """True for an absolute http or https URL. International characters (``/기사/1``) are fine, white space is not."""
    match = _URL.fullmatch(text)
    return match is not None and (match["port"] is None or 0 < int(match["port"]) < 65536)


def canonical_url(url: str) -> str:
    """The URL with everything gone that does not tell one article from another; ``url`` must be a web URL.

    Host in lower case, without default port, fragment (but ``#!…`` is an address of its own) and tracking parameters; the
    other parameters sorted; letters beyond ASCII percent-encoded; ``https`` for ``http``, as a paper that moved to https
    did not publish its articles again.
    """
    match = _match(url)
    host = match["host"].lower()
    if match["port"] is not None and int(match["port"]) != _DEFAULT_PORTS[match["scheme"].lower()]:
        host += f":{int(match['port'])}"
    kept = sorted(part for part in (match["query"] or "").split("&") if part and not _TRACKING.fullmatch(part))
    fragment = match["fragment"] or ""
    return "https://" + _percent_encode(
        host
        + (match["path"] or "/")
        + ("?" + "&".join(kept) if kept else "")
        + (f"#{fragment}" if fragment[:1] == "!" else "")
    )


def names_an_article(url: str) -> bool:
    """False for the address of a site itself, which exports give to every row."""
    match = _match(url)
    return not (
        _NO_ARTICLE.fullmatch(match["path"] or "")
        and all(_TRACKING.fullmatch(part) for part in (match["query"] or "").split("&") if part)
        and (match["fragment"] or "")[:1] != "!"
    )


def address_key(url: str | None) -> int | None:
    """64 bits of an article's address, equal for its twins (``www.``, ``m.``, ``amp.``); None if it names no article.

    Among 10 million addresses the chance that any two share a key is 1 in 370,000.
    """
    if url is None or not is_web_url(url) or not names_an_article(url):
        return None
    scheme, _, rest = canonical_url(url).partition("://")
    same = f"{scheme}://{_TWIN.sub('', rest, count=1)}" if _TWIN.match(rest) else f"{scheme}://{rest}"
    return int.from_bytes(hashlib.blake2b(same.encode(), digest_size=8).digest(), "big", signed=True)


def id_of_url(url: str) -> str:
    """The id of an article that came with this web URL and no id of its own."""
    return "u-" + digest(canonical_url(url))


def digest(text: str) -> str:
    """20 hex digits of BLAKE2b over the text in UTF-8."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=10).hexdigest()


def _match(url: str) -> re.Match[str]:
    match = _URL.fullmatch(url)
    if match is None:
        raise ValueError(f"not a web URL: {url!r}")
    return match


def _percent_encode(text: str) -> str:
    text = re.sub("[^\x00-\x7f]+", lambda run: "".join(f"%{byte:02X}" for byte in run[0].encode("utf-8")), text)
    return re.sub("%[0-9a-f]{2}", lambda code: code[0].upper(), text, flags=re.IGNORECASE)
