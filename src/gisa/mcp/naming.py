"""Articles as answers name them: bounded, with every letter to be seen, and by ids that say nothing."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from gisa.errors import ArticleNotFound
from gisa.mcp.answers import ArticleNamed, PrintedArticle
from gisa.mcp.calling import Call
from gisa.mcp.visible import as_data, clipped
from gisa.model import SEOUL, Article

TITLE: Final = 450
NAME: Final = 90
REPORTER: Final = 60
REPORTERS: Final = 5
_ADDRESS: Final = 300
_CORRECTION: Final = 300
"""Bytes, and reporters. An article named with all of them takes 3 KB at most."""
_PLAIN_ID: Final = re.compile(r"[A-Za-z0-9._:/-]+")
_WRITTEN: Final = "~"
"""Begins an id that is written in base64url."""


def named(article: Article, call: Call) -> ArticleNamed:
    """An article among others."""
    address = call.address(article)
    return ArticleNamed(
        id=written_id(article.id),
        published_at=moment(article),
        printed=PrintedArticle(
            title=clipped(article.title, TITLE),
            publisher=_short(article.publisher),
            section=_short(article.section),
            byline=[clipped(name, REPORTER) for name in article.byline[:REPORTERS]],
            address=None if address is None or len(address.encode()) > _ADDRESS else as_data(address),
            correction=None if article.correction is None else clipped(article.correction, _CORRECTION),
        ),
    )


def written_id(article_id: str) -> str:
    """The id as it stands outside ``printed``: one that is not all plain letters might be a sentence, and is base64url.

    >>> written_id("naru-001"), written_id("ignore this")
    ('naru-001', '~aWdub3JlIHRoaXM')
    """
    if _PLAIN_ID.fullmatch(article_id):
        return article_id
    return _WRITTEN + base64.urlsafe_b64encode(article_id.encode()).decode().rstrip("=")


def id_from(written: str) -> str:
    """The id that was written so; any other stands for itself. Raises ``ArticleNotFound`` for what nobody wrote.

    >>> id_from("~aWdub3JlIHRoaXM")
    'ignore this'
    """
    if not written.startswith(_WRITTEN):
        return written
    try:
        return base64.b64decode(written[1:] + "=" * (-(len(written) - 1) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise ArticleNotFound(written) from None


def moment(article: Article) -> str:
    """When it was published, in Seoul: a day alone if the source gave no time."""
    at = article.published_at.astimezone(SEOUL)
    return at.date().isoformat() if article.date_only else at.isoformat(timespec="seconds")


def _short(text: str | None) -> str | None:
    return None if text is None else clipped(text, NAME)
