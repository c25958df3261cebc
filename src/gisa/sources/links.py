"""Addresses and identities as feeds, exports and pages give them. Pure; fetches nothing."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urljoin, urlsplit


def web_url(base: str, address: str | None) -> str | None:
    """The absolute http(s) address, or None when there is none; blanks in it are encoded, as browsers do."""
    if not address:
        return None
    address = address.strip()
    if address.startswith("www."):
        address = f"https://{address}"
    try:
        url = urljoin(base or "https:", address)
        is_web = urlsplit(url).scheme in {"http", "https"}
    except ValueError:
        return None
    return re.sub(r"\s", "%20", url) if is_web else None


def root_of(url: str) -> str:
    """The address of the site that a web address belongs to: ``https://paper.example``."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def host_of(url: str) -> str:
    """The host of an address without ``www.``; empty if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def guid_id(host: str, guid: str) -> str:
    """``g-`` and 20 hex digits of the paper's host and the guid of a feed's item.

    A guid is unique within its own feed only: two papers that count from 1 must not overwrite one another. The export of a
    site gives its articles the ids that its feed gave them.
    """
    return "g-" + hashlib.blake2b(f"{host}\n{guid.strip()}".encode(), digest_size=10).hexdigest()
