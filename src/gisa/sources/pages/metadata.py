"""What a page says of itself for machines: JSON-LD, meta tags, microdata. Three readers, one dictionary of fields each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

_ARTICLE_TYPES: Final = re.compile(
    r"(?:News|Reportage|Analysis|Opinion|Background|Review|Satirical|Report|Tech|Scholarly)?\w*Article|BlogPosting|LiveBlogPosting|Report"
)
_CONTROLS: Final = re.compile(r"[\x00-\x1f]")
_META: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("dable:title", "og:title", "twitter:title", "title"),
    "published_at": (
        "article:published_time",
        "dable:published_time",
        "og:article:published_time",
        "datepublished",
        "pubdate",
        "date",
        "dc.date.issued",
        "article.created",
        "sailthru.date",
        "parsely-pub-date",
    ),
    "modified_at": ("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "lastmod"),
    "section": ("article:section", "dable:section", "og:article:section", "article.section", "section"),
    "byline": ("dable:author", "article:author", "og:article:author", "byl", "author", "dc.creator", "twitter:creator"),
    "url": ("og:url", "dable:url"),
    "image_url": ("og:image", "dable:image", "twitter:image"),
    "publisher": ("og:site_name", "article:publisher", "application-name", "copyright"),
    "keywords": ("news_keywords", "article:tag", "keywords"),
}
"""Field → names of meta tags, the surest first."""


def of_json_ld(root: Any) -> dict[str, Any]:
    """The first news article that the page's JSON-LD describes."""
    for record in _records(root):
        if not any(_ARTICLE_TYPES.fullmatch(str(kind)) for kind in _list(record.get("@type"))):
            continue
        paid = str(record.get("isAccessibleForFree")).lower() == "false"
        return _held({
            "title": record.get("headline") or record.get("name"),
            "subtitle": record.get("alternativeHeadline"),
            "published_at": record.get("datePublished") or record.get("dateCreated"),
            "modified_at": record.get("dateModified"),
            "section": next((each for each in _list(record.get("articleSection")) if isinstance(each, str)), None),
            "byline": [name for each in _list(record.get("author")) if (name := _name(each))],
            "publisher": _name(record.get("publisher")),
            "url": record.get("url") or _name(record.get("mainEntityOfPage"), "@id"),
            "pictures": [picture for each in _list(record.get("image")) if (picture := _picture(each))],
            "keywords": record.get("keywords"),
            "lang": record.get("inLanguage") if isinstance(record.get("inLanguage"), str) else None,
            "body": record.get("articleBody"),
            "is_subscriber_only": True if paid else None,
        })  # fmt: skip
    return {}


def of_meta(root: Any) -> dict[str, Any]:
    """What the meta tags say, in the order of their trust."""
    given: dict[str, list[str]] = {}
    for tag in root.iter("meta"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        content = (tag.get("content") or "").strip()
        if name and content:
            given.setdefault(name, []).append(content)
    found: dict[str, Any] = {}
    for field, names in _META.items():
        for name in names:
            if values := given.get(name):
                found[field] = values if field in ("keywords", "byline") and len(values) > 1 else values[0]
                break
    if isinstance(byline := found.get("byline"), str) and re.match(r"https?://|@|.*[|]", byline):
        del found["byline"]  # the author's page, or a portal that names the paper and itself
    canonical = next(
        (link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"), None
    )
    if canonical:
        found["url"] = canonical
    if lang := root.get("lang"):
        found["lang"] = lang
    return found


def is_article_by_meta(root: Any) -> bool:
    """True if the page calls itself an article: ``og:type``, or a time of publication."""
    for tag in root.iter("meta"):
        name = (tag.get("property") or tag.get("name") or "").lower()
        if (name == "og:type" and (tag.get("content") or "").lower() in ("article", "news")) or name in (
            "article:published_time",
            "dable:item_id",
        ):
            return True
    return False


def of_microdata(root: Any) -> dict[str, Any]:
    """What ``itemprop`` says, outside of lists of other articles."""
    found: dict[str, Any] = {}
    for element in root.xpath(".//*[@itemprop]"):
        field = _ITEMPROPS.get(element.get("itemprop", "").lower())
        if field is None or field in found:
            continue
        value = element.get("content") or element.get("datetime") or " ".join("".join(element.itertext()).split())
        if value:
            found[field] = value
    return found


_ITEMPROPS: Final = {
    "headline": "title", "alternativeheadline": "subtitle", "datepublished": "published_at", "datemodified": "modified_at",
    "author": "byline", "articlesection": "section", "keywords": "keywords",
}  # fmt: skip


def _records(root: Any) -> Iterator[Mapping[str, Any]]:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = (
            _CONTROLS.sub(" ", "".join(script.itertext())).strip().removeprefix("<!--").removesuffix("-->").rstrip("; ")
        )
        try:
            yield from _flat(json.loads(text))
        except (ValueError, RecursionError):
            continue


def _flat(value: Any) -> Iterator[Mapping[str, Any]]:
    for each in _list(value):
        if isinstance(each, Mapping):
            yield each
            yield from _flat(each.get("@graph"))
            main = each.get("mainEntity")
            if isinstance(main, Mapping):
                yield main


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: Any, key: str = "name") -> str:
    if isinstance(value, Mapping):
        value = value.get(key)
    if isinstance(value, list):
        value = next(iter(value), "")
    return value.strip() if isinstance(value, str) else ""


def _picture(value: Any) -> dict[str, Any] | None:
    if isinstance(value, str):
        return {"url": value}
    if isinstance(value, Mapping) and (url := value.get("url") or value.get("contentUrl")):
        return {"url": url, "caption": value.get("caption") or value.get("description")}
    return None


def _held(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
