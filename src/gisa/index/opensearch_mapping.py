"""Settings, fields and names of an index on OpenSearch. Pure."""

from __future__ import annotations

import re
from typing import Any, Final

from gisa.index.fields import COUNTED, column, fingerprint
from gisa.index.opensearch_query import BARRIER, TOKENS
from gisa.text.views import FIELDS, ViewField

MAPPING_VERSION: Final = 1
"""Raise it if settings or fields change."""

FINGERPRINT: Final = fingerprint(engine=f"opensearch {MAPPING_VERSION}")

STATE: Final = "state"
"""The id of the state document, the only one that is not an article: change_seq and vocabulary."""

MAX_TOKEN: Final = 8_000
"""Maximum characters of a token. The tokenizer's default is 255; Lucene refuses an article with a token of more than
32,766 bytes, which is 8,191 characters of four bytes."""

WINDOW: Final = 10_000
"""How many results one request may collect (``index.max_result_window``, whose default this is)."""


def index_body(*, shards: int, replicas: int, server_major: int) -> dict[str, Any]:
    """Settings and fields for a new index.

    Nothing is visible before a refresh. Versions of deleted articles are kept for an hour, so that a late writer cannot bring
    one back. OpenSearch 3 dropped the factor ``k1 + 1`` from BM25, by which ``Worth`` is measured.
    """
    settings: dict[str, Any] = {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",
        "max_result_window": WINDOW,
        "gc_deletes": "1h",
        "sort.field": "sort_key",
        "sort.order": "desc",
    }
    if server_major >= 3:
        settings["similarity"] = {"default": {"type": "LegacyBM25"}}
    tokens = {"type": "custom", "tokenizer": "spaces", "filter": ["barrier"]}
    return {
        "settings": {
            "index": settings,
            "analysis": {
                "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": MAX_TOKEN}},
                "filter": {"barrier": {"type": "stop", "stopwords": [BARRIER]}},
                "analyzer": {TOKENS: tokens},
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"fingerprint": FINGERPRINT},
            "_source": {"includes": ["change_seq", "vocabulary", "forgotten"]},
            "properties": {field.name: _text(field) for field in FIELDS} | _COLUMNS | _NUMBERS,
        },
    }


_COLUMNS: Final[dict[str, Any]] = {column(name): {"type": "keyword", "index": False} for name in COUNTED}
_UNINDEXED: Final = {"type": "long", "index": False}
_NUMBERS: Final[dict[str, Any]] = {
    "mark": {"type": "keyword"},
    "section": {"type": "keyword"},
    "seq": {"type": "long"},
    "revision": _UNINDEXED,
    "published_at": {"type": "long"},
    "opens_at": {"type": "long"},
    "sort_key": {"type": "long"},
    "change_seq": _UNINDEXED,
    "forgotten": _UNINDEXED,
    "vocabulary": {"type": "keyword", "index": False, "doc_values": False},
}


def _text(field: ViewField) -> dict[str, Any]:
    options = "positions" if field.positions else "docs"
    return {"type": "text", "analyzer": TOKENS, "index_options": options, "norms": field.positions}


def index_name(alias: str, number: int) -> str:
    """The name of one generation: ``gisa-3f2c…-000002``."""
    return f"{alias}-{FINGERPRINT}-{number:06d}"


def number_of(alias: str, name: str) -> int | None:
    """The generation's number in an index's name; None for an index that is not of this alias."""
    found = re.fullmatch(re.escape(alias) + r"-[0-9a-f]{16}-(\d{6})", name)
    return int(found[1]) if found else None
