"""The record of a post as Ghost writes it, in its export and its Content API. Reads no file; ``ghost_export`` does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gisa.messages import Message, SourceCode, Tell

_MARKS: Final = frozenset({"mobiledoc", "lexical", "feature_image", "custom_excerpt", "comment_id", "reading_time"})
_TAKEN: Final = frozenset(
    "id uuid title slug html plaintext mobiledoc lexical feature_image feature_image_alt feature_image_caption featured "
    "type status visibility created_at updated_at published_at custom_excerpt excerpt canonical_url url authors author tags "
    "primary_author primary_tag locale og_image og_title og_description twitter_image twitter_title twitter_description "
    "meta_title meta_description codeinjection_head codeinjection_foot custom_template comment_id reading_time access "
    "email_recipient_filter newsletter_id show_title_and_feature_image email_only frontmatter".split()
)
"""Keys that are read here or that say nothing of the article; every other one is kept."""


def fits(keys: frozenset[str]) -> bool:
    """True for a post of Ghost."""
    return {"title", "slug", "html"} <= keys and not keys.isdisjoint(_MARKS)


def read(record: Mapping[str, Any], tell: Tell) -> dict[str, Any] | None:
    """The post in the names of an article; None for pages and for unpublished posts without a date."""
    if record.get("type") == "page":
        tell(Message(SourceCode.TYPE_PASSED_OVER, type="page"))
        return None
    status = record.get("status") or "published"
    if status == "sent":  # by mail alone: the site does not show it
        status = "private"
    published = record.get("published_at") or (record.get("created_at") if status != "published" else None)
    if published is None and status != "published":
        tell(Message(SourceCode.UNDATED_PASSED_OVER))
        return None
    tags = [name for name in map(_name, _list(record.get("tags"))) if name and not name.startswith("#")]
    body = record.get("html") or record.get("plaintext")
    picture = {
        "url": record.get("feature_image"),
        "caption": record.get("feature_image_caption"),
        "alt": record.get("feature_image_alt"),
    }
    visibility = record.get("visibility") or "public"
    fields = {
        "id": record.get("id") or record.get("uuid"),
        "title": record.get("title"),
        "subtitle": record.get("custom_excerpt"),
        "body": body,
        "published_at": published,
        "modified_at": record.get("updated_at"),
        "section": _name(record.get("primary_tag")) or next(iter(tags), None),
        "keywords": tags[1:],
        "byline": [name for name in map(_name, _list(record.get("authors") or record.get("author"))) if name],
        "url": record.get("canonical_url") or record.get("url"),
        "pictures": [picture] if picture["url"] else None,
        "lang": record.get("locale"),
        "status": status,
        "access": None if visibility == "public" else "subscriber",
    }
    others = {key: value for key, value in record.items() if key not in _TAKEN}
    return {**others, **{name: value for name, value in fields.items() if value}}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("name") or (value["data"].get("name") if isinstance(value.get("data"), Mapping) else None)
    return value if isinstance(value, str) else ""
