"""Converts fields that few articles have (subtitle, captions, edition, embargo …) to one JSON column and back. Defaults
are not written.

So an article without them takes no room, and its digest is the same as before these fields existed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from gisa.archive.moments import moment_of, split_time
from gisa.model import Access, Article, CorrectionKind, Picture, WithheldAs

encode_details = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode

_PLAIN: Final = ("subtitle", "edition", "page", "date_only", "excerpt")
"""Fields that are written as they are, and not at all if empty."""


def details_of(article: Article) -> dict[str, Any]:
    """The article's details, as JSON can hold them; empty for most articles."""
    details: dict[str, Any] = {name: value for name in _PLAIN if (value := getattr(article, name))}
    pictures = article.pictures
    if len(pictures) > 1 or (pictures and pictures[0] != Picture(url=pictures[0].url)):
        details["pictures"] = [[each.url, each.caption, each.credit, each.alt] for each in pictures]
    if article.withheld_as is not None:
        details["withheld_as"] = article.withheld_as.value
    if article.visible_from is not None:
        details["visible_from"] = split_time(article.visible_from)
    if article.access is not Access.PUBLIC:
        details["access"] = article.access.value
    if article.correction_kind is not None:
        details["correction_kind"] = article.correction_kind.value
    return details


def without_offsets(details: Mapping[str, Any]) -> dict[str, Any]:
    """The same for a digest: the same moment with another UTC offset is the same content."""
    moment = details.get("visible_from")
    return {**details, "visible_from": moment[0]} if moment is not None else dict(details)


def fields_of_details(column: str | None, *, image_url: str | None) -> dict[str, Any]:
    """The article's fields that ``details_of`` wrote. ``image_url`` is the one picture of an article without details.

    Raises ``ValueError`` for what was not written here.
    """
    if column is None:
        return {"pictures": (Picture(url=image_url),)} if image_url is not None else {}
    details: dict[str, Any] = json.loads(column)
    fields: dict[str, Any] = {name: details[name] for name in _PLAIN if name in details}
    if "pictures" in details:
        fields["pictures"] = tuple(
            Picture(url=url, caption=caption, credit=credit, alt=alt)
            for url, caption, credit, alt in details["pictures"]
        )
    elif image_url is not None:
        fields["pictures"] = (Picture(url=image_url),)
    if "withheld_as" in details:
        fields["withheld_as"] = WithheldAs(details["withheld_as"])
    if "visible_from" in details:
        microseconds, offset_s = details["visible_from"]
        fields["visible_from"] = moment_of(microseconds, offset_s=offset_s)
    if "access" in details:
        fields["access"] = Access(details["access"])
    if "correction_kind" in details:
        fields["correction_kind"] = CorrectionKind(details["correction_kind"])
    return fields
