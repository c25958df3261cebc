"""The wrappings in which JSON holds articles: answers of services, dumps of databases, corpora. Pure; reads no file.

The rules look at shapes, not at products: an envelope is an object without a headline that holds a list of objects; a
database's record is one that keeps the fields in ``_source``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

ENVELOPES: Final = (
    "articles items data results result posts post documents document docs hits news list rows row records entries entry response "
    "channel feed rss stories story content contents body value values payload page children"
).split()  # fmt: skip
"""Keys under which services put their list of articles."""
_DEEPEST: Final = 5
_BULK_ACTIONS: Final = frozenset({"index", "create", "update", "delete"})
_TEXT_KEYS: Final = (
    "rendered",
    "#text",
    "_text",
    "$t",
    "__cdata",
    "$oid",
    "$numberLong",
    "$numberInt",
    "$numberDouble",
)
"""What an object is that holds one value: WordPress's REST answers, XML turned into JSON, MongoDB's extended JSON."""

Record = dict[str, Any]


def records(value: Any, *, is_article: Callable[[Record], bool]) -> Iterator[Record | None]:
    """The records of articles in one JSON value; None for a value in it that can be no record.

    ``is_article`` says whether an object has a headline by one of its names.
    """
    yield from _within(value, is_article, 0)


def _within(value: Any, is_article: Callable[[Record], bool], depth: int) -> Iterator[Record | None]:
    if isinstance(value, list):
        for each in value:
            yield from _within(each, is_article, depth)
        return
    if not isinstance(value, dict):
        yield None
        return
    if isinstance(source := value.get("_source"), dict):
        yield from _within(_with_id(source, value), is_article, depth)
        return
    if len(value) == 1 and (action := next(iter(value))) in _BULK_ACTIONS and isinstance(value[action], dict):
        if action == "delete" and "_id" in value[action]:
            yield {"id": value[action]["_id"], "removed": True}
        elif isinstance(doc := value[action].get("doc"), dict):
            yield from _within(_with_id(doc, value[action]), is_article, depth)
        return
    if isinstance(doc := value.get("doc"), dict) and not is_article(value):  # CouchDB, and bulk updates
        yield from _within(_with_id(doc, value), is_article, depth)
        return
    flat = _flat(value)
    if not is_article(flat) and depth < _DEEPEST and (inner := _list_in(value)) is not None:
        yield from _within(inner, is_article, depth + 1)
        return
    yield flat


def _with_id(record: Record, holder: Mapping[str, Any]) -> Record:
    held = holder.get("_id", holder.get("id"))
    return record if held is None or "id" in record or "_id" in record else {**record, "id": held}


def _list_in(value: Record) -> list[Any] | Record | None:
    """The list of articles in an envelope, or the inner envelope that may hold it."""
    for key in ENVELOPES:
        inner = value.get(key)
        if isinstance(inner, list) and any(isinstance(each, dict) for each in inner):
            return inner
    for key in ENVELOPES:
        inner = value.get(key)
        if isinstance(inner, dict) and inner:
            return inner
    objects = [
        inner
        for inner in value.values()
        if isinstance(inner, list) and inner and all(isinstance(each, dict) for each in inner)
    ]
    return objects[0] if len(objects) == 1 else None


def _flat(value: Record) -> Record:
    """The record with its one-value objects opened, what ``metadata`` holds beside it, and paragraphs as one text."""
    flat = value
    if any(isinstance(each, dict) for each in value.values()):
        flat = {key: _opened(each) for key, each in value.items()}
        if any(isinstance(each, dict) and each.get("protected") is True for each in value.values()):
            flat["has_password"] = True  # WordPress says so inside ``content``, which it leaves empty
        metadata = value.get("metadata")
        if isinstance(metadata, dict):
            flat = {
                **{key: _opened(each) for key, each in metadata.items()},
                **{k: v for k, v in flat.items() if k != "metadata"},
            }
    paragraphs = flat.get("paragraph", flat.get("paragraphs"))
    if isinstance(paragraphs, list) and "body" not in flat:
        flat = _with_paragraphs(flat, paragraphs)
    return flat


def _with_paragraphs(record: Record, paragraphs: list[Any]) -> Record:
    texts = [each if isinstance(each, str) else next((each[k] for k in ("form", "text", "content") if isinstance(each.get(k), str)), "")
             for each in paragraphs if isinstance(each, str | dict)]  # fmt: skip
    if texts and texts[0].strip() == str(record.get("title", "")).strip():
        texts = texts[1:]
    return {**{k: v for k, v in record.items() if k not in ("paragraph", "paragraphs")}, "body": "\n".join(texts)}


def _opened(value: Any) -> Any:
    """The value of an object that holds one; any other as it is."""
    if isinstance(value, dict):
        for key in _TEXT_KEYS:
            if key in value:
                return _opened(value[key])
        if value.keys() == {"$date"}:
            return _opened(value["$date"])
    return value
