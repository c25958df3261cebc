"""Decides which article of the archive a given one is: by its id and by its address. Pure.

An article has two keys. If one key agrees but the other, the headline and the day differ, it is another article: it is
refused and never treated as an update. The same text under another section, or at the mobile twin of its address,
changes nothing but that the section is added.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from gisa.archive.rows import Content, content_of
from gisa.messages import ArticleCode, Message
from gisa.model import Article, WithheldAs
from gisa.text.addresses import address_key, id_of_url

_DAY: Final = 86_400_000_000
_SEOUL_OFFSET: Final = 9 * 3_600_000_000
_FEED_ID: Final = "g-"
"""How ids begin that were made of a feed's guid (``sources.feed``): some feeds use one again for a later article."""
_URL_ID: Final = "u-"
"""How ids begin that were made of the address: then the two keys are one."""
SECTIONS: Final = "sections"
"""The field of ``extra`` that lists every section of an article that has several, its own first."""


class KeptArticle(NamedTuple):
    """An article as the archive keeps it before the batch: what decides whether another one is the same."""

    article_id: str
    seq: int
    revision: int
    digest: bytes
    is_removed: bool
    title: str
    published_at: int
    """Microseconds since 1970-01-01T00:00Z."""
    url: str | None
    section: str | None
    sections: tuple[str, ...] = ()
    """All sections, if it has several."""
    is_held: bool = False
    """The desk holds it back."""


def standing_of(columns: Sequence[Any]) -> KeptArticle:
    """The standing in a row's columns (``_STANDING`` in ``sql``)."""
    article_id, seq, revision, digest, is_removed, title, published_at, url, section, extra, details = columns
    sections = _sections(json.loads(extra)) if extra and SECTIONS in extra else ()
    is_held = bool(details) and json.loads(details).get("withheld_as") == WithheldAs.DESK
    return KeptArticle(
        article_id, seq, revision, digest, bool(is_removed), title, published_at, url, section, sections, is_held
    )


class Claim(NamedTuple):
    """What an article says it is."""

    article: Article
    content: Content
    key: int | None
    """Of its address."""
    lifts_hold: bool = False
    """True: the desk itself says how the article stands."""


class Resolved(NamedTuple):
    """Which article it is: the content to keep under an id, or why it is refused."""

    article: Article
    content: Content
    standing: KeptArticle | None
    conflict: Message | None = None


def claim_of(article: Article, *, lifts_hold: bool = False) -> Claim:
    """The article with its content and the key of its address."""
    return Claim(article, content_of(article), address_key(article.url), lifts_hold)


def resolve(claim: Claim, *, by_id: KeptArticle | None, by_key: KeptArticle | None) -> Resolved:
    """Which article ``claim`` is. ``by_id`` and ``by_key`` are those that have its id and its address.

    What the desk holds stays withheld, whatever its source says, and whichever key it comes by.
    """
    for standing in (by_id, by_key):
        if standing is not None and standing.is_held and not claim.lifts_hold and claim.article.withheld_as is None:
            held = replace(claim.article, withheld_as=WithheldAs.DESK)
            claim = claim._replace(article=held, content=content_of(held))
    return _resolve(claim, by_id=by_id, by_key=by_key)


def _resolve(claim: Claim, *, by_id: KeptArticle | None, by_key: KeptArticle | None) -> Resolved:
    article, content, key, _ = claim
    if by_id is not None and not by_id.is_removed and _is_another(claim, by_id, agree=_both_agree(claim, by_id)):
        if article.id.startswith(_FEED_ID) and article.url is not None and key is not None and by_key is None:
            other = replace(article, id=id_of_url(article.url))
            return Resolved(other, content, None)
        return Resolved(article, content, by_id, _conflict(ArticleCode.ID_TAKEN, article.id, by_id))
    if by_id is None and by_key is not None:
        if not _is_another(claim, by_key, agree=False):
            article = replace(article, id=by_key.article_id)
            by_id = by_key
        elif not by_key.is_removed:
            return Resolved(article, content, by_key, _conflict(ArticleCode.ADDRESS_TAKEN, article.url or "", by_key))
    if by_id is None or by_id.is_removed or by_id.digest == content.digest:
        return Resolved(article, content, by_id)
    return _kept_apart(article, content, by_id, key)


def standing_after(resolved: Resolved, *, seq: int, revision: int) -> KeptArticle:
    """How the article stands once the batch has written it."""
    article, columns = resolved.article, resolved.content.columns
    return KeptArticle(
        article.id, seq, revision, resolved.content.digest, False, article.title, columns["published_at"], article.url,
        article.section, _sections(article.extra), article.withheld_as is WithheldAs.DESK,
    )  # fmt: skip


def _kept_apart(article: Article, content: Content, standing: KeptArticle, key: int | None) -> Resolved:
    """The article as it is kept if it differs from what is there by its section, or by a twin of its address, alone."""
    sections = standing.sections or ((standing.section,) if standing.section else ())
    same = article
    if article.section and sections and article.section != standing.section:
        same = replace(same, section=standing.section)
    if article.url != standing.url and key is not None and key == address_key(standing.url):
        same = replace(same, url=standing.url)
    if standing.sections and SECTIONS not in same.extra:
        same = replace(same, extra={**same.extra, SECTIONS: list(standing.sections)})
    if same is article or content_of(same).digest != standing.digest:
        return Resolved(article, content, standing)
    if article.section and article.section not in sections:
        same = replace(same, extra={**same.extra, SECTIONS: [*sections, article.section]})
    return Resolved(same, content_of(same), standing)


def _both_agree(claim: Claim, standing: KeptArticle) -> bool:
    if claim.key is None or claim.article.id.startswith(_URL_ID):
        return False
    return claim.key == address_key(standing.url)


def _is_another(claim: Claim, standing: KeptArticle, *, agree: bool) -> bool:
    if agree or claim.article.title == standing.title:
        return False
    return _day_of(claim.content.columns["published_at"]) != _day_of(standing.published_at)


def _day_of(microseconds: int) -> int:
    return (microseconds + _SEOUL_OFFSET) // _DAY


def _conflict(code: ArticleCode, value: str, standing: KeptArticle) -> Message:
    return Message(code, value=value[:80], title=standing.title[:60])


def _sections(extra: Mapping[str, Any]) -> tuple[str, ...]:
    found: Sequence[Any] = extra.get(SECTIONS, ()) if isinstance(extra.get(SECTIONS), list) else ()
    return tuple(each for each in found if isinstance(each, str))
