"""OpenSearch with nori, on a server that somebody else runs (``--opensearch URL``; the server needs the plugin analysis-nori).

One shard without replicas. Texts are cut by ``nori_tokenizer`` as it comes (compounds are split, ``discard``), then parts of
speech, readings and lower case as in the plugin's own analyser; queries ask for every word, in headline or body. The folder
is not used: the articles are in an index of their own, which is deleted before it is filled.

Memory is what the server's Java has set aside, and the processor's time is the whole node's: run it on a node without other work.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx
import orjson

from bench.corpus import articles_in
from bench.engines import PAGE, Memory
from bench.processes import BenchError
from gisa.model import Sort

INDEX: Final = "gisa-bench"
SETTINGS: Final[dict[str, Any]] = {
    "settings": {
        "index": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"},
        "analysis": {
            "tokenizer": {"korean": {"type": "nori_tokenizer", "decompound_mode": "discard"}},
            "analyzer": {
                "korean": {
                    "type": "custom",
                    "tokenizer": "korean",
                    "filter": ["nori_part_of_speech", "nori_readingform", "lowercase"],
                }
            },
        },
    },
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "title": {"type": "text", "analyzer": "korean"},
            "body": {"type": "text", "analyzer": "korean"},
            "published_at": {"type": "date"},
        },
    },
}
_FIELDS: Final = ["title", "body"]
_AT_ONCE: Final = 1_000


class OpenSearch:
    name = "OpenSearch nori"

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._http = httpx.Client(base_url=self._url, timeout=300.0)

    def version(self) -> str:
        return str(self._call("GET", "/")["version"]["number"])

    def add(self, corpus: Path, folder: Path) -> None:
        del folder
        self._call("DELETE", f"/{INDEX}?ignore_unavailable=true")
        self._call("PUT", f"/{INDEX}", content=orjson.dumps(SETTINGS))
        waiting: list[dict[str, Any]] = []
        for fields in articles_in(corpus):
            waiting.append(fields)
            if len(waiting) == _AT_ONCE:
                self._load(waiting)
                waiting = []
        self._load(waiting)
        self._call("POST", f"/{INDEX}/_refresh")
        self._call("POST", f"/{INDEX}/_flush?wait_if_ongoing=true")

    def disk_bytes(self, folder: Path) -> int:
        del folder
        return int(self._call("GET", f"/{INDEX}/_stats/store")["_all"]["primaries"]["store"]["size_in_bytes"])

    def cpu_elsewhere_s(self) -> float:
        return float(sum(node["process"]["cpu"]["total_in_millis"] for node in self._nodes("process"))) / 1000

    @contextmanager
    def open(self, folder: Path) -> Iterator[AskingOpenSearch]:
        del folder
        yield AskingOpenSearch(self)

    def search(self, body: dict[str, Any]) -> int:
        """The exact total of a search."""
        answer = self._call("POST", f"/{INDEX}/_search?request_cache=false", content=orjson.dumps(body))
        return int(answer["hits"]["total"]["value"])

    def memory(self) -> Memory:
        kinds = ("heap_committed_in_bytes", "non_heap_committed_in_bytes")
        return Memory(sum(node["jvm"]["mem"][kind] for node in self._nodes("jvm") for kind in kinds), None)

    def _nodes(self, metric: str) -> list[dict[str, Any]]:
        return list(self._call("GET", f"/_nodes/stats/{metric}")["nodes"].values())

    def _load(self, articles: list[dict[str, Any]]) -> None:
        if not articles:
            return
        answer = self._call("POST", f"/{INDEX}/_bulk", content=bulk_body(articles), kind="application/x-ndjson")
        if answer["errors"]:
            failed = next(item["index"] for item in answer["items"] if "error" in item["index"])
            raise BenchError(f"OpenSearch did not take {failed['_id']}: {failed['error']}")

    def _call(self, method: str, path: str, *, content: bytes | None = None, kind: str = "application/json") -> Any:
        try:
            answer = self._http.request(method, path, content=content, headers={"content-type": kind})
        except httpx.HTTPError as error:
            raise BenchError(f"OpenSearch at {self._url}: {error}") from error
        if answer.is_error:
            raise BenchError(f"OpenSearch: {method} {path}: {answer.status_code} {answer.text[:300]}")
        return orjson.loads(answer.content)


class AskingOpenSearch:
    def __init__(self, server: OpenSearch) -> None:
        self._server = server

    def page(self, query: str, *, sort: Sort) -> int:
        return self._server.search(page_body(query, sort=sort))

    def numbers(self, query: str) -> float:
        started = time.perf_counter()
        body = page_body(query, sort=Sort.NEWEST) | {"_source": False}
        del body["highlight"]
        self._server.search(body)
        return time.perf_counter() - started

    def total(self, literal: str) -> int | None:
        phrase = {"multi_match": {"query": literal, "fields": _FIELDS, "type": "phrase"}}
        return self._server.search({"query": phrase, "size": 0, "track_total_hits": True})

    def memory(self) -> Memory:
        return self._server.memory()


def page_body(query: str, *, sort: Sort) -> dict[str, Any]:
    """A page as a reader sees it: 20 headlines with a snippet of the body each, and the exact total."""
    return {
        "query": {"multi_match": {"query": query, "fields": _FIELDS, "type": "cross_fields", "operator": "and"}},
        "sort": ["_score"] if sort is Sort.RELEVANCE else [{"published_at": "desc"}],
        "size": PAGE,
        "track_total_hits": True,
        "_source": ["title"],
        "highlight": {"fields": {"body": {"fragment_size": 160, "number_of_fragments": 1}}},
    }


def bulk_body(articles: Iterable[dict[str, Any]]) -> bytes:
    """Lines for the bulk API: for each article what is done, then its fields."""
    return b"".join(
        orjson.dumps({"index": {"_id": fields["id"]}})
        + b"\n"
        + orjson.dumps({name: fields[name] for name in ("title", "body", "published_at")})
        + b"\n"
        for fields in articles
    )
