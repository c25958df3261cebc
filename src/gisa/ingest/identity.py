"""The id of an article that came without one, derived so that the same article gets the same id again. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

from gisa.text.addresses import canonical_url, digest, id_of_url, is_web_url, names_an_article

__all__ = ["canonical_url", "derived_id", "id_of_url", "is_web_url"]


def derived_id(*, url: str | None, publisher: str | None, title: str, published_at: datetime) -> str:
    """``u-`` and 20 hex digits of the canonical URL, or, without the URL of an article, ``a-`` and 20 of publisher,
    headline, time.

    The digits are BLAKE2b with 10 bytes: among 100 million articles the chance that any two share an id is under
    1 in 200 million. The time counts as a moment, so that 09:00+09:00 and 00:00Z are the same.
    """
    if url is not None and names_an_article(url):
        return id_of_url(url)
    return "a-" + digest("\x1f".join((publisher or "", title, published_at.astimezone(UTC).isoformat())))
