"""What programs read of an article's page: search engines, networks where it is shared, reference managers. Pure.

Everything is said of the article as its asker may read it, so nothing is here that is not on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from markupsafe import Markup

from gisa.config import Paper
from gisa.model import SEOUL, Access, Article
from gisa.text.corrections import correction_of
from gisa.web.pages.links import Links, web_url

_DESCRIPTION_CHARS: Final = 150
"""About as much as search engines and networks show."""
_WORD: Final = re.compile(r"\S+")
_LOCALES: Final = {"ko": "ko_KR", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What an article's head says; empty texts are left out."""

    description: str
    canonical: str
    """The article's one address; empty if it is not known here."""
    named: list[tuple[str, str]]
    """``<meta name=… content=…>``: ``citation_*`` and ``twitter:*``."""
    properties: list[tuple[str, str]]
    """``<meta property=… content=…>``: ``og:*`` and ``article:*``."""
    json_ld: Markup
    """A schema.org NewsArticle, as it may stand inside ``<script>``."""


def article_metadata(
    article: Article, paper: Paper, site: Links, *, canonical: str | None, notices: Sequence[Article] = ()
) -> PageMetadata:
    """``canonical``: scheme and host of this site if its pages are the canonical ones. ``notices``: articles that correct this one.

    What a request calls the host is never written: the page is the same for everybody who asks for it.
    """

    def address_of(one: Article) -> str:
        here = canonical + site.article(one.id) if canonical else None
        return here or web_url(one.url) or ""

    address = address_of(article)
    publisher = article.publisher or paper.name
    pictures = [url for each in article.pictures if (url := _absolute(site.picture(each.url), canonical))]
    description, changed = _description(article), _changed(article)
    return PageMetadata(
        description=description,
        canonical=address,
        named=_filled(
            ("citation_title", article.title),
            *(("citation_author", name) for name in article.byline),
            ("citation_publication_date", f"{article.published_at.astimezone(SEOUL):%Y/%m/%d}"),
            ("citation_journal_title", publisher),
            ("citation_language", article.lang),
            ("citation_public_url", address),
            ("twitter:card", "summary_large_image" if pictures else "summary"),
        ),
        properties=_filled(
            ("og:type", "article"),
            ("og:title", article.title),
            ("og:description", description),
            ("og:site_name", publisher),
            ("og:locale", _LOCALES.get(article.lang[:2], "")),
            ("og:url", address),
            *(("og:image", url) for url in pictures[:1]),
            ("article:published_time", _time(article, article.published_at)),
            ("article:modified_time", changed),
            ("article:section", article.section or ""),
            *(("article:tag", each) for each in article.keywords),
        ),
        json_ld=in_script(
            _news_article(
                article,
                corrections=[
                    *_own_correction(article),
                    *(_notice(each, address_of(each)) for each in notices),
                ],
                description=description,
                changed=changed,
                publisher=publisher,
                address=address,
                pictures=pictures,
            )
        ),
    )


def in_script(data: Any) -> Markup:
    """JSON that cannot end the ``<script>`` it stands in."""
    text = orjson.dumps(data).decode()
    for mark, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(mark, escaped)
    return Markup(text)  # noqa: S704 - nothing in it begins a tag


def _news_article(
    article: Article,
    *,
    corrections: list[dict[str, str]],
    description: str,
    changed: str,
    publisher: str,
    address: str,
    pictures: list[str],
) -> dict[str, Any]:
    """As https://schema.org/NewsArticle and Google's page on paywalled content have it."""
    is_free = article.access is Access.PUBLIC
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "alternativeHeadline": article.subtitle,
        "description": description,
        "datePublished": _time(article, article.published_at),
        "dateModified": changed,
        "author": [{"@type": "Person", "name": name} for name in article.byline],
        "publisher": {"@type": "NewsMediaOrganization", "name": publisher},
        "image": pictures,
        "articleSection": article.section,
        "keywords": list(article.keywords),
        "inLanguage": article.lang,
        "printEdition": article.edition,
        "printPage": article.page,
        "url": address,
        "mainEntityOfPage": address,
        "isAccessibleForFree": is_free,
    }
    if not is_free:
        said["hasPart"] = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".text"}
    said["correction"] = corrections[0] if len(corrections) == 1 else corrections
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def _own_correction(article: Article) -> Iterator[dict[str, str]]:
    """A schema.org CorrectionComment, if something was put right in the article itself."""
    correction = correction_of(article)
    if correction is not None:
        at = article.corrected_at
        said = {
            "@type": "CorrectionComment",
            "text": correction.text,
            "datePublished": at.astimezone(SEOUL).isoformat() if at is not None else "",
        }
        yield {name: value for name, value in said.items() if value}


def _notice(notice: Article, address: str) -> dict[str, str]:
    """The same for a notice of its own."""
    said = {
        "@type": "CorrectionComment",
        "name": notice.title,
        "text": notice.body,
        "datePublished": _time(notice, notice.published_at),
        "url": address,
    }
    return {name: value for name, value in said.items() if value}


def _description(article: Article) -> str:
    """The subtitle, else the text's beginning, on one line. Reads no more of the text than it says."""
    said = ""
    for word in _WORD.finditer(article.subtitle or article.body):
        said = f"{said} {word[0]}" if said else word[0]
        if len(said) > _DESCRIPTION_CHARS:
            return said[:_DESCRIPTION_CHARS].rstrip() + "…"
    return said


def _changed(article: Article) -> str:
    """When it was last changed after publication, in Seoul's time; empty if it was not."""
    changes = [moment for moment in (article.modified_at, article.corrected_at) if moment is not None]
    return max(changes).astimezone(SEOUL).isoformat() if changes else ""


def _time(article: Article, moment: datetime) -> str:
    local = moment.astimezone(SEOUL)
    return local.date().isoformat() if article.date_only else local.isoformat()


def _absolute(url: str | None, origin: str | None) -> str | None:
    """A picture's address as other sites can use it; None if it is one of a host that is not known."""
    if url is None or url.startswith("https://"):
        return url
    return origin + url if origin else None


def _filled(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    return [(name, text) for name, text in pairs if text]
