"""Readers of ``soak``: each asks on and on for what readers ask for, and what it finds wrong goes to the tally."""

from __future__ import annotations

import http.client
import random
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import quote

import orjson

from bench.asking import (
    CURSOR_LIMIT,
    Answer,
    Client,
    Tally,
    check_saving,
    check_shown,
    check_status,
    check_walk,
    shown_on,
)
from bench.newsroom import Ledger
from bench.servers import search_path
from gisa.model import SEOUL
from gisa.web.pages import recent

ORDERS: Final = ("", "&sort=oldest", "&sort=relevance")
_PAUSE_S: Final = 0.05
"""A reader's pause between two requests is up to twice this."""
_PAGES: Final = 5
_CURSOR_PAGES: Final = 20
_HOSTILE: Final = ('"', "((((", "-", "OR OR", "제목:", "\x00\ufffd", "가" * 500, "2025-13-40..", '-"', "%", "'; --")


class Reader(threading.Thread):
    """One reader after another on one connection, until stopped."""

    def __init__(
        self, port: int, *, queries: Sequence[str], ids: Sequence[str], ledger: Ledger, tally: Tally, seed: int
    ) -> None:
        super().__init__(daemon=True)
        self._queries, self._ids, self._ledger, self._tally = queries, ids, ledger, tally
        self._rng = random.Random(seed)
        self._client = Client(port)
        self._cookie = recent.EMPTY
        self._known: dict[str, tuple[str, list[str]]] = {}
        self.stopped = threading.Event()

    def run(self) -> None:
        visits = (
            (self._search, 30),
            (self._pages, 6),
            (self._cursor, 2),
            (self._suggest, 20),
            (self._article, 20),
            (self._api, 10),
            (self._api_article, 6),
            (self._with_cookie, 8),
            (self._saving_off, 6),
            (self._conditional, 8),
            (self._home, 3),
            (self._hostile, 3),
        )
        while not self.stopped.wait(self._rng.uniform(0, 2 * _PAUSE_S)):
            visit = self._rng.choices([each for each, _ in visits], [weight for _, weight in visits])[0]
            try:
                visit()
            except (OSError, http.client.HTTPException) as error:
                self._tally.complain(visit.__name__.strip("_"), [f"the connection broke: {error!r}"])
        self._client.close()

    def _ask(
        self,
        kind: str,
        path: str,
        *,
        allowed: frozenset[int] = frozenset((200,)),
        headers: Mapping[str, str] | None = None,
    ) -> Answer | None:
        """The answer if its status is right; else None, and the tally knows why."""
        answer = self._client.get(path, headers)
        if answer.is_refusal:
            self._tally.refuse()
            return None
        self._tally.took(kind, answer)
        if wrong := check_status(answer, allowed):
            self._tally.complain(kind, [f"{path} {each}" for each in wrong])
            return None
        return answer

    def _look_at_page(self, kind: str, answer: Answer) -> list[str]:
        shown = shown_on(answer.body)
        self._tally.complain(kind, check_shown(shown, self._ledger.gone(answer.asked_at)))
        return shown

    def _query(self) -> str:
        return self._rng.choice(self._queries)

    def _search(self) -> None:
        if answer := self._ask("search page", search_path(self._query()) + self._rng.choice(ORDERS)):
            self._look_at_page("search page", answer)

    def _pages(self) -> None:
        path = search_path(self._rng.choice(self._query().split()))
        for page in range(1, _PAGES + 1):
            answer = self._ask("search page, paging", f"{path}&page={page}")
            if answer is None or not self._look_at_page("search page, paging", answer):
                return

    def _cursor(self) -> None:
        path = "/api/search?limit={}&q={}".format(CURSOR_LIMIT, quote(self._rng.choice(self._query().split()), safe=""))
        hits: list[tuple[str, datetime]] = []
        left, total, cursor = self._ledger.left, None, ""
        for _ in range(_CURSOR_PAGES):
            answer = self._ask("API, cursor", path + cursor)
            if answer is None:
                return
            data = answer.data
            if data["relaxed"]:  # what holds most of the words may be others after any addition
                return
            total = data["total"] if total is None else total
            found = [(hit["id"], datetime.fromisoformat(hit["published_at"])) for hit in data["hits"]]
            self._tally.complain(
                "API, cursor", check_shown([hit for hit, _ in found], self._ledger.gone(answer.asked_at))
            )
            hits += found
            following = orjson.loads(answer.body)["meta"]["next_cursor"]
            if following is None:
                break
            cursor = f"&cursor={following}"
        else:
            total = None
        self._tally.complain("API, cursor", check_walk(hits, total=total, left=self._ledger.left - left))

    def _suggest(self) -> None:
        word = self._query()
        for length in range(1, min(len(word), 4) + 1):  # as it is typed
            if answer := self._ask("suggestions", "/api/suggest?q=" + quote(word[:length], safe="")):
                offered = answer.data["suggestions"]
                if any(each["articles"] < 1 for each in offered):
                    self._tally.complain("suggestions", [f"something is offered that no article holds: {offered}"])

    def _article(self) -> None:
        self._look_up("article page", "/articles/")

    def _api_article(self) -> None:
        self._look_up("API, article", "/api/articles/")

    def _look_up(self, kind: str, place: str) -> None:
        article_id = self._rng.choice(self._ids)
        path = place + quote(article_id, safe="")
        answer = self._client.get(path)
        if answer.is_refusal:
            self._tally.refuse()
            return
        self._tally.took(kind, answer)
        # looked up after the answer: what a removal overtook may be answered either way
        allowed = self._ledger.statuses(article_id, asked_at=answer.asked_at)
        self._tally.complain(kind, [f"{path} {each}" for each in check_status(answer, allowed)])

    def _api(self) -> None:
        sort = self._rng.choice(("newest", "oldest", "relevance"))
        answer = self._ask("API, search", f"/api{search_path(self._query())}&sort={sort}&facets=true")
        if answer is not None:
            shown = [hit["id"] for hit in answer.data["hits"]]
            self._tally.complain("API, search", check_shown(shown, self._ledger.gone(answer.asked_at)))

    def _with_cookie(self) -> None:
        query = self._query()
        answer = self._ask("search page, recent searches", search_path(query), headers=_cookie(self._cookie))
        if answer is None:
            return
        self._look_at_page("search page, recent searches", answer)
        self._tally.complain("search page, recent searches", check_saving(query, answer, self._cookie))
        self._cookie = self._cookie.record(query, day=datetime.now(SEOUL).date())

    def _saving_off(self) -> None:
        query, off = self._query(), recent.RecentSearches(saving=False)
        if answer := self._ask("search page, saving off", search_path(query), headers=_cookie(off)):
            self._look_at_page("search page, saving off", answer)
            self._tally.complain("search page, saving off", check_saving(query, answer, off))

    def _conditional(self) -> None:
        """A page that the reader's browser holds already: 304 means that what it shows is right still."""
        if self._known and self._rng.random() < 0.6:
            path = self._rng.choice(list(self._known))
        else:
            path = search_path(self._query())
        etag, shown = self._known.pop(path, ("", []))
        answer = self._ask(
            "search page, conditional",
            path,
            allowed=frozenset((200, 304)) if etag else frozenset((200,)),
            headers={"if-none-match": etag} if etag else None,
        )
        if answer is None:
            return
        if answer.status == 304:
            self._tally.complain("search page, conditional", check_shown(shown, self._ledger.gone(answer.asked_at)))
        else:
            shown = self._look_at_page("search page, conditional", answer)
        self._known[path] = answer.headers.get("etag", etag), shown

    def _home(self) -> None:
        if answer := self._ask("first page", "/"):
            self._look_at_page("first page", answer)

    def _hostile(self) -> None:
        if answer := self._ask("search page, nonsense", search_path(self._rng.choice(_HOSTILE))):
            self._look_at_page("search page, nonsense", answer)


def _cookie(kept: recent.RecentSearches) -> dict[str, str]:
    value = recent.encode(kept)
    return {"cookie": f"{recent.COOKIE}={value}"} if value else {}
