"""The record of a news item in ninjs 1 to 3 (IPTC), in the names of an article. Reads no file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gisa.messages import Message, SourceCode, Tell

_DATES: Final = frozenset({"versioncreated", "firstcreated", "contentcreated", "pubstatus"})
_TEXTS: Final = ("headline", "bod", "description")
_TEXT_TYPES: Final = ("text", "")
_HTML: Final = ("xhtml", "html", "richtext", "nitf")


def fits(keys: frozenset[str]) -> bool:
    """True for a news item: it has a ``uri``, a date of ninjs, and a text."""
    lower = {key.lower() for key in keys}
    return "uri" in lower and not lower.isdisjoint(_DATES) and any(key.startswith(_TEXTS) for key in lower)


def read(record: Mapping[str, Any], tell: Tell) -> dict[str, Any] | None:
    """The item in the names of an article; None for pictures, films and packages.

    ``pubstatus`` canceled takes the item out of the readers' sight, withheld keeps it out; ``embargoed`` is obeyed.
    """
    item = {key.lower(): value for key, value in record.items()}
    kind = str(item.get("type") or "").lower()
    if kind not in _TEXT_TYPES:
        tell(Message(SourceCode.TYPE_PASSED_OVER, type=str(kind)))
        return None
    status = str(item.get("pubstatus") or "usable").lower()
    title = _by_role(item, "headline")
    if not title and status == "canceled":
        return {"id": item["uri"], "removed": True, "reason": "canceled by its agency"}
    subjects = [name for each in _list(item.get("subject") or item.get("subjects")) if (name := _name(each))]
    version = item.get("versioncreated")
    first = item.get("firstcreated") or item.get("contentcreated") or version
    fields = {
        "id": item["uri"],
        "title": title,
        "subtitle": _by_role(item, "headline", role="sub"),
        "body": _body(item),
        "published_at": first,
        "modified_at": version if version != first else None,
        "section": next(iter(subjects), None),
        "keywords": [*subjects[1:], *(each for each in _list(item.get("keywords")) if isinstance(each, str))],
        "byline": item.get("byline") or item.get("by"),
        "publisher": _name(
            item.get("infosource")
            if not isinstance(item.get("infosource"), list)
            else next(iter(item["infosource"]), None)
        ),
        "url": item.get("representationurl") or item.get("canonical"),
        "pictures": list(_pictures(item.get("associations"))),
        "lang": item.get("language"),
        "visible_from": item.get("embargoed"),
        "status": status,
        "slugline": item.get("slugline") or item.get("slug"),
        "located": item.get("located"),
        "version": item.get("version"),
    }
    return {name: value for name, value in fields.items() if value}


def _by_role(item: Mapping[str, Any], name: str, *, role: str = "main") -> str:
    """``headline`` · ``headline_main`` (1.x) · ``headlines: [{role, value}]`` (2 and 3)."""
    listed = [each for each in _list(item.get(f"{name}s")) if isinstance(each, Mapping)]
    for each in listed:
        if str(each.get("role") or "main").lower() == role:
            return str(each.get("value") or "")
    if role == "main":
        return str(
            item.get(name) or item.get(f"{name}_main") or next((each.get("value") for each in listed), None) or ""
        )
    return str(item.get(f"{name}_{role}") or "")


def _body(item: Mapping[str, Any]) -> str:
    """The text with its paragraphs where one is given, else the plain one."""
    texts = {key: value for key, value in item.items() if key.startswith("body_") and isinstance(value, str)}
    for each in _list(item.get("bodies")):
        if isinstance(each, Mapping) and isinstance(each.get("value"), str):
            texts[
                f"body_{each.get('role', '')}_{str(each.get('contenttype') or each.get('contentType') or '').lower()}"
            ] = each["value"]
    html = next((text for key, text in texts.items() if any(word in key for word in _HTML) and text.strip()), "")
    return html or next((text for text in texts.values() if text.strip()), "")


def _pictures(associations: Any) -> Iterator[dict[str, Any]]:
    values = associations.values() if isinstance(associations, Mapping) else _list(associations)
    for each in values:
        if not isinstance(each, Mapping) or str(each.get("type") or "").lower() not in ("picture", "graphic"):
            continue
        held = {key.lower(): value for key, value in each.items()}
        renditions = held.get("renditions")
        files = [
            file
            for file in (renditions.values() if isinstance(renditions, Mapping) else _list(renditions))
            if isinstance(file, Mapping)
        ]
        largest = max(files, key=lambda file: file.get("width") or 0, default={})
        yield {
            "url": largest.get("href") or held.get("uri"),
            "caption": held.get("description_text") or held.get("description_main") or _by_role(held, "description"),
            "credit": held.get("byline") or held.get("by"),
            "alt": _by_role(held, "headline"),
        }


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("literal") or value.get("code")
    return value if isinstance(value, str) else ""
