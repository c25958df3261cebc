"""Searching and writing one index of OpenSearch. Decides nothing about Korean, and nothing about generations."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from gisa.clause import NOTHING, Clause, OpensAfter
from gisa.errors import IndexDamaged, IndexOutdated, SearchIndexError
from gisa.index.fields import COUNTED, column, second_of, seq_of
from gisa.index.opensearch_connection import WRITE_TIMEOUT_S, opensearch_errors
from gisa.index.opensearch_mapping import FINGERPRINT, STATE, WINDOW
from gisa.index.opensearch_query import Json, counting, matching, scored, shifted, to_query, unshifted
from gisa.model import Sort
from gisa.ports import FacetCounts, IndexEntry, IndexHit, IndexQuery, IndexRemoval, IndexResult, Known, MostHeld

LOOK_EVERY_S: Final = 0.4
"""Seconds after which a reader refreshes its state in the background; after twice as long, before the request."""
_MAX_SECTIONS: Final = 1_000
_BULK: Final = 500
"""Articles in one bulk request: some megabytes of tokens."""


class State(NamedTuple):
    """The state document of the live index."""

    generation: str
    """The name of the index behind the alias."""
    change_seq: int
    vocabulary: str
    forgotten: int
    """How often ``forget_answers`` was called."""


class OpenSearchReader:
    """An ``IndexReader`` on the index behind the alias. Safe from many threads."""

    def __init__(self, client: Any, alias: str, *, place: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Raises ``IndexOutdated``, and ``IndexDamaged`` if there is no index."""
        self._client, self._alias, self._place, self._monotonic = client, alias, place, monotonic
        self._looking = threading.Lock()
        self._state: State
        self._looked_at: float
        self._look()

    def search(self, query: IndexQuery) -> IndexResult:
        by_relevance = query.sort.is_scored and query.score is not None
        newest = {"sort_key": "asc" if query.sort is Sort.OLDEST else "desc"}
        asked: Json = {
            "query": scored(query.match, query.score) if by_relevance and query.score else matching(query.match),
            "sort": ["_score", newest] if by_relevance else [newest],
            "docvalue_fields": ["seq"],
        }
        total, hits = self._page(asked, offset=query.offset, limit=query.limit)
        return IndexResult(
            total,
            tuple(IndexHit(hit["fields"]["seq"][0], float(hit["sort"][0]) if by_relevance else None) for hit in hits),
        )

    def count(self, match: Clause) -> int:
        return _total(self._ask({"size": 0, "query": matching(match)}))

    def count_each(self, matches: Iterable[Clause]) -> Iterator[int]:
        """Counts all in one round trip, when the first count is read."""
        asked: list[Json] = [{"size": 0, "query": matching(match)} for match in matches]
        yield from map(_total, self._ask_together(asked))

    def most_held(
        self, clauses: Sequence[Clause], *, within: Clause, whole: Clause = NOTHING, at_most: int = 0
    ) -> MostHeld:
        asked = {
            "size": at_most + 1,
            "query": counting(clauses, within, whole=whole),
            "sort": ["_score", {"sort_key": "desc"}],
            "docvalue_fields": ["sort_key", "section"],
            "track_total_hits": False,
            "aggs": {str(place): {"filter": to_query(clause)} for place, clause in enumerate(clauses)},
        }
        found = self._ask(asked)
        hits, counted = found["hits"]["hits"], found.get("aggregations", {})
        counts = tuple(counted[str(place)]["doc_count"] if counted else 0 for place in range(len(clauses)))
        number = min(round(hits[0]["sort"][0]), len(clauses)) if hits else 0
        best = [hit["fields"] for hit in hits if hit["sort"][0] >= number]
        if not number or len(best) > at_most:
            return MostHeld(number, None, counts)
        keys = [(unshifted(fields["sort_key"][0]), fields.get("section", [None])[0]) for fields in best]
        keys.sort(key=lambda known: known[0], reverse=True)
        return MostHeld(number, tuple(Known(seq_of(key), second_of(key), section) for key, section in keys), counts)

    def frequency(self, field: str, token: str) -> int:
        del field, token
        return 0

    def scores(self, seq: int, clauses: Sequence[Clause]) -> tuple[float, ...]:
        asked: list[Json] = [
            {"size": 1, "query": {"bool": {"filter": [{"term": {"seq": seq}}], "should": [to_query(each)]}}}
            for each in clauses
        ]
        answers = [answer["hits"]["hits"] for answer in self._ask_together(asked)]
        return tuple(float(hits[0]["_score"]) if hits else 0.0 for hits in answers)

    def facet_counts(self, match: Clause, *, since_s: Sequence[int] = (), views: Sequence[str] = ()) -> FacetCounts:
        asked: Json = {"sections": {"terms": {"field": "section", "size": _MAX_SECTIONS}}}
        asked |= {view: {"terms": {"field": column(view), "size": _MAX_SECTIONS}} for view in views}
        for number, since in enumerate(since_s):
            asked[f"since_{number}"] = {"filter": {"range": {"published_at": {"gte": since}}}}
        found = self._ask({"size": 0, "query": matching(match), "aggs": asked})["aggregations"]
        return FacetCounts(
            sections=_by_key(found["sections"]),
            since=tuple(found[f"since_{number}"]["doc_count"] for number in range(len(since_s))),
            tokens={view: _by_key(found[view]) for view in views},
        )

    def opens_next(self, *, after_s: int) -> int | None:
        query = matching(OpensAfter(after_s))
        hits = self._ask({"size": 1, "query": query, "sort": [{"opens_at": "asc"}], "track_total_hits": False})["hits"][
            "hits"
        ]
        return int(hits[0]["sort"][0]) if hits else None

    def revisions_between(self, first_seq: int, last_seq: int) -> list[tuple[int, int]]:
        asked: Json = {
            "size": WINDOW,
            "query": {"range": {"seq": {"gte": first_seq, "lte": last_seq}}},
            "sort": [{"seq": "asc"}],
            "docvalue_fields": ["revision"],
        }
        return [(hit["sort"][0], hit["fields"]["revision"][0]) for hit in self._each(asked)]

    @property
    def change_seq(self) -> int:
        return self._known().change_seq

    @property
    def vocabulary(self) -> str:
        return self._known().vocabulary

    @property
    def stamp(self) -> Hashable:
        return self._known()

    @property
    def generation(self) -> str:
        """The name of the index that serves."""
        return self._known().generation

    def look_again(self) -> None:
        """Make the next call see a commit of this process at once."""
        self._looked_at = -2 * LOOK_EVERY_S

    def close(self) -> None:
        self._client.close()

    def _known(self) -> State:
        age_s = self._monotonic() - self._looked_at
        if age_s >= 2 * LOOK_EVERY_S:
            self._look()
        elif age_s >= LOOK_EVERY_S and self._looking.acquire(blocking=False):
            threading.Thread(target=self._look_beside, name="gisa-index-state", daemon=True).start()
        return self._state

    def _look(self) -> None:
        asked_at = self._monotonic()
        self._state = state_of(self._client, self._alias, place=self._place)
        self._looked_at = asked_at

    def _look_beside(self) -> None:
        """Refresh the state in the background; this request uses the old one. A failure is raised by the next request."""
        try:
            self._look()
        except SearchIndexError:
            self.look_again()
        finally:
            self._looking.release()

    def _page(self, asked: Json, *, offset: int, limit: int) -> tuple[int, list[Json]]:
        """The total and one page. OpenSearch collects at most ``WINDOW`` results; pages beyond are reached with ``search_after``."""
        if offset + limit <= WINDOW:
            found = self._ask(asked | {"from": offset, "size": limit})
            return _total(found), found["hits"]["hits"]
        total = _total(self._ask({"size": 0, "query": asked["query"]}))
        if offset >= total:
            return total, []
        hits: list[Json] = []
        for number, hit in enumerate(self._each(asked | {"size": WINDOW, "track_total_hits": False})):
            if number >= offset:
                hits.append(hit)
            if len(hits) == limit:
                break
        return total, hits

    def _each(self, asked: Json) -> Iterator[Json]:
        """Every result in order, in requests of ``asked["size"]``."""
        last: list[Any] | None = None
        while True:
            hits = self._ask(asked if last is None else asked | {"search_after": last})["hits"]["hits"]
            yield from hits
            if len(hits) < asked["size"]:
                return
            last = hits[-1]["sort"]

    def _ask(self, asked: Json) -> Json:
        [answer] = self._ask_together([asked])
        return answer

    def _ask_together(self, asked: Sequence[Json]) -> list[Json]:
        """Several searches in one round trip. Raises if a shard did not answer, because the total would be wrong."""
        if not asked:
            return []
        lines: list[Json] = []
        for each in asked:
            lines += [{"search_type": "dfs_query_then_fetch"}, {"_source": False, "track_total_hits": True} | each]
        with opensearch_errors(self._place):
            answers = self._client.msearch(index=self._alias, body=lines)["responses"]
        for answer in answers:
            if "error" in answer:
                raise SearchIndexError(f"{self._place}: the search failed ({answer['error'].get('type')})")
            if answer["timed_out"] or answer["_shards"]["failed"]:
                raise SearchIndexError(f"{self._place}: a part of the index did not answer; no total is given then")
        return list(answers)


class OpenSearchWriter:
    """An ``IndexWriter`` on one index, which may be live. The caller holds the writer lock.

    Entries wait in memory until ``commit``. OpenSearch has no transaction over a bulk request: if a node restarts during a
    commit, a part of it may show. The state is written last, so the index never claims a change that it lacks.
    """

    def __init__(self, client: Any, index: str, *, place: str, committed: Callable[[], None] = lambda: None) -> None:
        self._client, self._index, self._place, self._committed = client, index, place, committed
        self._waiting: dict[int, Json] = {}
        """The pending bulk action of each article, by ``seq``; the last one wins."""

    def put(self, entries: Sequence[IndexEntry]) -> None:
        for entry in entries:
            self._waiting[entry.seq] = self._action("index", entry.seq, version=2 * entry.revision) | {
                "_source": _document(entry)
            }

    def remove(self, removals: Sequence[IndexRemoval]) -> None:
        for removal in removals:
            self._waiting[removal.seq] = self._action("delete", removal.seq, version=2 * removal.revision + 1)

    def commit(self, *, change_seq: int, vocabulary: str = "") -> None:
        from opensearchpy import helpers

        with opensearch_errors(self._place):
            answers = helpers.streaming_bulk(
                self._client,
                self._waiting.values(),
                chunk_size=_BULK,
                max_retries=5,  # a full queue answers 429; retries after 2, 4, 8 … seconds
                raise_on_error=False,
                request_timeout=WRITE_TIMEOUT_S,
            )
            for is_done, item in answers:
                self._check(is_done, item)
            write_state(self._client, self._index, change_seq=change_seq, vocabulary=vocabulary)
            refresh(self._client, self._index, place=self._place)
        self._waiting = {}
        self._committed()

    def close(self) -> None:
        self._waiting = {}

    def _action(self, kind: str, seq: int, *, version: int) -> Json:
        """The version of an entry. Of two writers the higher revision wins, in whatever order they write; a removal follows its revision."""
        return {
            "_op_type": kind,
            "_index": self._index,
            "_id": str(seq),
            "version": version,
            "version_type": "external_gte",
        }

    def _check(self, is_done: bool, item: Json) -> None:
        [answer] = item.values()
        if is_done or answer["status"] in (404, 409):  # nothing to remove; a later revision is there
            return
        reason = answer.get("error", {})
        reason = reason.get("reason", reason) if isinstance(reason, dict) else reason
        raise SearchIndexError(
            f"{self._place}: article number {answer['_id']} could not be indexed ({answer['status']}: {reason}) — nothing is "
            "lost: the next `gisa add` or `gisa serve` catches up from the archive"
        )


def state_of(client: Any, alias: str, *, place: str) -> State:
    """The state document of the live index, as of the last refresh.

    Raises ``IndexOutdated`` if another Gisa built it, and ``IndexDamaged`` if there is none.
    """
    with opensearch_errors(place):
        live = live_index(client, alias)
        if live is None:
            raise IndexDamaged(f"{place}: there is no index — run `gisa reindex`")
        name, built_by = live
        if built_by != FINGERPRINT:
            raise IndexOutdated(f"{place}: {name} was built by another version of Gisa — run `gisa reindex`")
        found = client.get(index=name, id=STATE, realtime=False, ignore=404)
    said = found.get("_source") or {}
    return State(name, said.get("change_seq", 0), said.get("vocabulary", ""), said.get("forgotten", 0))


def live_index(client: Any, alias: str) -> tuple[str, str | None] | None:
    """The name and the fingerprint of the index that the alias names; None if there is none."""
    found = client.indices.get_mapping(index=alias, ignore=404)
    if "error" in found:
        return None
    [(name, body)] = found.items()
    return name, body["mappings"].get("_meta", {}).get("fingerprint")


def write_state(client: Any, index: str, *, change_seq: int, vocabulary: str, forgotten: int = 0) -> None:
    """Store the last change that the index holds. A writer with a lower number is ignored."""
    document = {"mark": "state", "change_seq": change_seq, "vocabulary": vocabulary, "forgotten": forgotten}
    client.index(index=index, id=STATE, body=document, version=change_seq, version_type="external_gte", ignore=409)


def refresh(client: Any, index: str, *, place: str) -> None:
    """Make visible what was written. Raises ``SearchIndexError`` if a shard did not."""
    answer = client.indices.refresh(index=index, request_timeout=WRITE_TIMEOUT_S)
    if answer["_shards"]["failed"]:
        raise SearchIndexError(
            f"{place}: {answer['_shards']['failed']} shards of {index} did not show what was written"
        )


def _document(entry: IndexEntry) -> Json:
    document: Json = {name: tokens for name, tokens in entry.views.items() if tokens}
    document |= {column(name): entry.views[name].split() for name in COUNTED if entry.views.get(name)}
    document |= {
        "mark": "article",
        "seq": entry.seq,
        "revision": entry.revision,
        "published_at": entry.published_at_s,
        "sort_key": shifted(entry.published_at_s, entry.seq),
    }
    if entry.section:
        document["section"] = entry.section
    if entry.opens_at_s is not None:
        document["opens_at"] = entry.opens_at_s
    return document


def _by_key(counted: Json) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in counted["buckets"]}


def _total(answer: Json) -> int:
    return int(answer["hits"]["total"]["value"])
