"""The record of a post as WordPress's REST interface answers it (``/wp-json/wp/v2/posts?_embed``). Reads no file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gisa.messages import Message, SourceCode, Tell
from gisa.sources.links import guid_id, host_of
from gisa.sources.wordpress import body_of

_TAKEN: Final = frozenset(
    "id guid date date_gmt modified modified_gmt slug link title content excerpt status type author categories tags "
    "featured_media jetpack_featured_media_url comment_status ping_status sticky template format meta class_list _links "
    "_embedded yoast_head yoast_head_json generated_slug permalink_template has_password password".split()
)
"""Keys that are read here or that say nothing of the article; every other one is kept."""


def fits(keys: frozenset[str]) -> bool:
    """True for a post of the REST interface."""
    return {"date_gmt", "link", "title", "content"} <= keys


def read(record: Mapping[str, Any], tell: Tell) -> dict[str, Any] | None:
    """The post in the names of an article; None for pages and attachments."""
    kind = record.get("type") or "post"
    if kind in ("page", "attachment", "nav_menu_item"):
        tell(Message(SourceCode.TYPE_PASSED_OVER, type=str(kind)))
        return None
    embedded = record.get("_embedded")
    embedded = embedded if isinstance(embedded, Mapping) else {}
    yoast = record.get("yoast_head_json")
    yoast = yoast if isinstance(yoast, Mapping) else {}
    link, guid = record.get("link"), record.get("guid")
    content, excerpt = record.get("content"), record.get("excerpt")
    body, pictures = body_of(str(content or excerpt or ""))
    terms = [term for group in embedded.get("wp:term") or () for term in _records(group)]
    sections = [term.get("name") for term in terms if term.get("taxonomy") == "category"]
    lead = next((_picture(each) for each in _records(embedded.get("wp:featuredmedia")) if each.get("source_url")), None)
    if lead is None and (url := record.get("jetpack_featured_media_url")):
        lead = {"url": url}
    fields = {
        "id": guid_id(host_of(str(link)), guid) if isinstance(guid, str) and guid.strip() not in ("", link) else None,
        "title": record.get("title"),
        "body": body,
        "excerpt": bool(excerpt and not content),
        "published_at": _utc(record.get("date_gmt")) or record.get("date"),
        "modified_at": _utc(record.get("modified_gmt")) or record.get("modified"),
        "section": next(iter(sections), None),
        "keywords": [*sections[1:], *(term.get("name") for term in terms if term.get("taxonomy") == "post_tag")],
        "byline": [each.get("name") for each in _records(embedded.get("author")) if each.get("name")]
        or yoast.get("author"),
        "url": link,
        "pictures": [lead, *(each for each in pictures if each["url"] != lead["url"])] if lead else pictures,
        "status": record.get("status"),
        "has_password": record.get("has_password") or record.get("password"),
    }
    others = {key: value for key, value in record.items() if key not in _TAKEN}
    return {**others, **{name: value for name, value in fields.items() if value}}


def _records(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _picture(media: Mapping[str, Any]) -> dict[str, Any]:
    caption = media.get("caption")
    text = caption.get("rendered") if isinstance(caption, Mapping) else caption
    return {"url": media["source_url"], "caption": text, "alt": media.get("alt_text")}


def _utc(value: object) -> str | None:
    """A time of the database, which keeps UTC without saying so."""
    if not isinstance(value, str) or not value or value.startswith("0000"):
        return None
    return value if value.endswith("Z") or "+" in value else f"{value}+00:00"
