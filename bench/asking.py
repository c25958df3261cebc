"""Asking a server and holding its answers against what they must be; the checks return their complaints. Knows no plan."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any, Final
from urllib.parse import quote, unquote

import orjson

from bench.newsroom import Written
from bench.servers import HOST, search_path
from gisa.saying.korean import KOREAN
from gisa.text.unseen import clean_line
from gisa.web.pages import recent

_HREF: Final = re.compile(rb'href="/articles/([^"?]+)')
CURSOR_LIMIT: Final = 100
"""Hits on a page of a walk."""
_COME_BACK_S: Final = 0.05
_IDLE_S: Final = 5.0
"""A connection that has waited longer is opened anew before the next request: the server may close it at that very moment."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. Moments are of ``time.monotonic``."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    asked_at: float
    seconds: float

    @property
    def is_refusal(self) -> bool:
        """The server was full and said so: the one 5xx that is right."""
        return self.status == 503 and "retry-after" in self.headers

    @property
    def data(self) -> Any:
        return orjson.loads(self.body)["data"]


@dataclass(slots=True)
class Tally:
    """Requests by kind, and what was wrong. Safe from many threads."""

    seconds: defaultdict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    """By kind: when each was asked, and how long it took."""
    refused: int = 0
    """Requests that a full server told to come back."""
    errors: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, kind: str, answer: Answer) -> None:
        with self._lock:
            self.seconds[kind].append((answer.asked_at, answer.seconds))

    def refuse(self) -> None:
        with self._lock:
            self.refused += 1

    def complain(self, kind: str, complaints: Iterable[str]) -> None:
        errors = [f"{kind}: {complaint}" for complaint in complaints]
        with self._lock:
            self.errors += errors


class Client:
    """One connection that is opened again when it breaks. For one thread."""

    def __init__(self, port: int) -> None:
        self._port, self._asked_at = port, time.monotonic()
        self._connection = http.client.HTTPConnection(HOST, port, timeout=60)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Raises ``OSError`` or ``HTTPException``; the next request has a new connection then."""
        asked_at = time.monotonic()
        if asked_at - self._asked_at > _IDLE_S:
            self.close()
        self._asked_at = asked_at
        try:
            self._connection.request("GET", path, headers=dict(headers or {}))
            answer = self._connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, named, body, asked_at, time.monotonic() - asked_at)

    def get_patiently(self, path: str) -> Answer:
        """As ``get``, again and again while a full server says to come back."""
        while (answer := self.get(path)).is_refusal:
            time.sleep(_COME_BACK_S)
        return answer

    def close(self) -> None:
        self._connection.close()
        self._connection = http.client.HTTPConnection(HOST, self._port, timeout=60)


# --- the checks --------------------------------------------------------------------------------------------------


def check_status(answer: Answer, allowed: frozenset[int] = frozenset((200,))) -> list[str]:
    """Another status than those that are right."""
    return [] if answer.status in allowed else [f"answered {answer.status}, not {sorted(allowed)}"]


def check_shown(shown: Sequence[str], gone: set[str]) -> list[str]:
    """An article that was removed before it was asked for."""
    return [f"{article_id} is shown after its removal" for article_id in shown if article_id in gone]


def check_walk(hits: Sequence[tuple[str, datetime]], *, total: int | None, left: int) -> list[str]:
    """A walk by cursor, newest first: order, repetitions, gaps.

    ``total``: of its first page, where the walk went to the end; None where it was given up. ``left``: removals meanwhile.
    """
    complaints = [
        f"{one} stands before {other}, which is newer"
        for (one, earlier), (other, later) in pairwise(hits)
        if later > earlier
    ]
    if len({article_id for article_id, _ in hits}) < len(hits):
        complaints.append("an article came twice")
    if total is not None and not total - left <= len(hits) <= total:
        complaints.append(f"{len(hits)} of {total} articles came, {left} were removed meanwhile")
    return complaints


def check_saving(query: str, answer: Answer, before: recent.RecentSearches) -> list[str]:
    """Whether the reader's list holds what was searched for, or, with saving off, nothing more than before."""
    line = answer.headers.get("set-cookie", "")
    if not before.saving:
        complaints = ["a cookie was set although saving is off"] if line else []
        return complaints + ([] if KOREAN.page.recent_off.encode() in answer.body else ["the page does not say so"])
    wanted = clean_line(query)
    held = recent.decode(line.partition("=")[2].partition(";")[0]) if line else before
    kept = bool(held.entries) and held.entries[0].query == wanted
    return [] if kept or len(wanted) > recent.MAX_QUERY_CHARS else ["the search is not among the recent ones"]


def shown_on(body: bytes) -> list[str]:
    """The articles that a page links to."""
    return list(dict.fromkeys(unquote(found.decode()) for found in _HREF.findall(body)))


def walk(client: Client, query: str) -> Iterator[str]:
    """The ids of everything that a query finds, by cursor. Raises ``ValueError`` for an answer that is none."""
    path = "/api/search?limit={}&q={}".format(CURSOR_LIMIT, quote(query, safe=""))
    cursor = ""
    while True:
        answer = client.get_patiently(path + cursor)
        if answer.status != 200:
            raise ValueError(f"{path} answered {answer.status}")
        said = orjson.loads(answer.body)
        yield from (hit["id"] for hit in said["data"]["hits"])
        if said["meta"]["next_cursor"] is None:
            return
        cursor = f"&cursor={said['meta']['next_cursor']}"


# --- what must be so after a change ---


def complaints_if_there(client: Client, written: Written) -> list[str]:
    """An article that must be found by its word, suggested, and readable as it was last written."""
    found = client.get_patiently("/api" + _word_path(written.word))
    page = client.get_patiently("/articles/" + quote(written.article_id, safe=""))
    offered = client.get_patiently("/api/suggest?q=" + quote(written.word, safe=""))
    complaints = [each for answer in (found, page, offered) for each in check_status(answer)]
    if complaints:
        return [f"{written.article_id} {each}" for each in complaints]
    if [hit["id"] for hit in found.data["hits"]] != [written.article_id] or found.data["relaxed"]:
        complaints.append(f"{written.article_id} is not found by its word")
    if written.word.encode() not in page.body:
        complaints.append(f"{written.article_id} is shown as it was before")
    if written.word not in [each["text"] for each in offered.data["suggestions"]]:
        complaints.append(f"{written.article_id}: its word is not suggested")
    return complaints


def _word_path(word: str) -> str:
    """To the letter: as words by themselves, those that end in 뇨 are read as verbs, whose other forms are found too."""
    return search_path(f'"{word}"')


def complaints_if_found(client: Client, article_id: str, word: str) -> list[str]:
    """A word that was taken out of an article must neither find it nor be suggested."""
    found = client.get_patiently("/api" + _word_path(word))
    page = client.get_patiently(_word_path(word))
    offered = client.get_patiently("/api/suggest?q=" + quote(word, safe=""))
    complaints = [each for answer in (found, page, offered) for each in check_status(answer)]
    if complaints:
        return [f"{article_id} {each}" for each in complaints]
    shown = [hit["id"] for hit in found.data["hits"]] + shown_on(page.body)
    if article_id in shown:
        complaints.append(f"{article_id} is found by a word that it holds no more")
    if word in [each["text"] for each in offered.data["suggestions"]]:
        complaints.append(f"{article_id}: a word that it holds no more is suggested")
    return complaints


def complaints_if_gone(client: Client, article_id: str, word: str | None) -> list[str]:
    """A removed article: its addresses say so, the first page knows nothing of it, nor what its own word finds."""
    complaints = [
        f"{place}/articles/{article_id} {each}"
        for place in ("", "/api")
        for each in check_status(
            client.get_patiently(f"{place}/articles/{quote(article_id, safe='')}"), frozenset((410,))
        )
    ]
    complaints += check_shown(shown_on(client.get_patiently("/").body), {article_id})
    return complaints if word is None else complaints + complaints_if_found(client, article_id, word)
