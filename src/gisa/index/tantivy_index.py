"""The embedded index: tantivy's files in one folder, read by many and written by one. Decides nothing about Korean.

The index's change_seq and vocabulary are an entry of their own (``mark:state``). It is replaced in the same commit as the
articles, so the two never disagree.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import tantivy
from tantivy import (
    Document,
    FieldType,
    Occur,
    Order,
    Query,
    Schema,
    SchemaBuilder,
    Searcher,
)

from gisa.clause import EVERYTHING, NOTHING, Clause, OpensAfter
from gisa.durable import share
from gisa.errors import SearchIndexError
from gisa.index.fields import COUNTED, column, fingerprint, second_of, section_number, seq_of, sort_key
from gisa.index.generations import Generation, Generations
from gisa.index.tantivy_files import remove_leftovers
from gisa.index.tantivy_live import DRIVER_ERRORS, LENGTH, TOKENS, LiveIndex, index_errors, open_index
from gisa.index.tantivy_query import (
    ARTICLE,
    MARK,
    OPENS_AT,
    PUBLISHED_AT,
    SEQ,
    SORT_KEY,
    STATE,
    articles,
    may_match,
    to_counting_query,
    to_query,
    to_scored_query,
)
from gisa.model import Sort
from gisa.ports import FacetCounts, IndexEntry, IndexHit, IndexQuery, IndexRemoval, IndexResult, Known, MostHeld
from gisa.text.views import BODY_STREAM, FIELDS

ENGINE: Final = "tantivy " + ".".join(version("tantivy").split(".")[:2])
FINGERPRINT: Final = fingerprint(engine=ENGINE)

_REVISION: Final = "revision"
_SECTION: Final = "section"
_SECTION_NUMBER: Final = "section_number"
"""The section as a number, because tantivy-py does not read text fast fields of single entries."""
_CHANGE_SEQ: Final = "change_seq"
_VOCABULARY: Final = "vocabulary"
_MAX_SECTIONS: Final = 1000
_PRIVATE: Final = ("meta.json", ".managed.json")
"""Files that tantivy replaces by temporary files, which only their owner may read."""
_BY_SECTION: Final = {"sections": {"terms": {"field": _SECTION, "size": _MAX_SECTIONS}}}
_HEAP_BYTES: Final = 512 * 1024 * 1024
"""Memory of the writer before it writes a segment: at most 75,000 articles of 1,200 characters."""


def build_schema() -> Schema:
    """The fields of the index. Of an article nothing is stored: texts live in the archive."""
    builder = SchemaBuilder()
    for field in FIELDS:
        builder.add_text_field(
            field.name, tokenizer_name=TOKENS, index_option="position" if field.positions else "basic"
        )
    for name in COUNTED:
        builder.add_text_field(column(name), tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field(MARK, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(_SECTION, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field(_SECTION_NUMBER, fast=True)
    builder.add_unsigned_field(SEQ, indexed=True, fast=True)
    builder.add_unsigned_field(_REVISION, fast=True)
    builder.add_unsigned_field(SORT_KEY, fast=True)
    builder.add_integer_field(PUBLISHED_AT, fast=True)
    builder.add_integer_field(OPENS_AT, fast=True)
    builder.add_unsigned_field(_CHANGE_SEQ, fast=True)
    builder.add_unsigned_field(LENGTH, fast=True)
    builder.add_bytes_field(_VOCABULARY, stored=True, indexed=False)
    return builder.build()


def create_generation(generations: Generations) -> Generation:
    """A new, empty, openable generation that is not live yet."""
    generation = generations.create(FINGERPRINT)
    writer = TantivyWriter(generation)
    writer.commit(change_seq=0)
    writer.close()
    return generation


class TantivyReader:
    """An ``IndexReader`` over the live generation."""

    def __init__(self, folder: Path) -> None:
        """Raises ``IndexOutdated`` or ``IndexDamaged``; a folder without any index is damaged too."""
        self._state: tuple[Searcher, int, str] | None = None
        self._sections: tuple[Searcher, dict[Any, str | None]] | None = None
        self._schema: Schema = build_schema()
        self._live = LiveIndex(folder, self._schema, fingerprint=FINGERPRINT)

    def search(self, query: IndexQuery) -> IndexResult:
        searcher = self._fresh()
        with index_errors(self._live.path):
            if query.sort.is_scored and query.score is not None:
                return self._by_relevance(searcher, query, query.score)
            return self._by_time(searcher, query)

    def count(self, match: Clause) -> int:
        return self._count(self._fresh(), match)

    def count_each(self, matches: Iterable[Clause]) -> Iterator[int]:
        searcher = self._fresh()
        frequencies: dict[tuple[str, str], int] = {}

        def frequency(field: str, token: str) -> int:
            known = frequencies.get((field, token))
            if known is None:
                with index_errors(self._live.path):
                    known = frequencies[field, token] = searcher.doc_freq(field, token)
            return known

        return (self._count(searcher, match) if may_match(match, frequency) else 0 for match in matches)

    def most_held(
        self, clauses: Sequence[Clause], *, within: Clause, whole: Clause = NOTHING, at_most: int = 0
    ) -> MostHeld:
        searcher = self._fresh()
        with index_errors(self._live.path):
            query = to_counting_query(clauses, within, self._schema, whole=whole)
            hits = searcher.search(query, limit=at_most + 1, count=False).hits
            number = min(round(hits[0][0]), len(clauses)) if hits else 0
            addresses = [address for held, address in hits if held >= number]
            if not number or len(addresses) > at_most:
                return MostHeld(number, None)
            keys = [_int(key) for key in searcher.fast_field_values(SORT_KEY, addresses)]
            sections = searcher.fast_field_values(_SECTION_NUMBER, addresses)
            names = self._section_names(searcher)
        try:
            known = [(key, names[section]) for key, section in zip(keys, sections, strict=True)]
        except KeyError:
            return MostHeld(number, None)
        known.sort(reverse=True)
        return MostHeld(number, tuple(Known(seq_of(key), second_of(key), section) for key, section in known))

    def frequency(self, field: str, token: str) -> int:
        with index_errors(self._live.path):
            return self._fresh().doc_freq(field, token)

    def scores(self, seq: int, clauses: Sequence[Clause]) -> tuple[float, ...]:
        searcher = self._fresh()
        article = Query.const_score_query(Query.term_query(self._schema, SEQ, seq), 0.0)
        values: list[float] = []
        for clause in clauses:
            parts = [(Occur.Must, article), (Occur.Should, to_query(clause, self._schema))]
            with index_errors(self._live.path):
                hits = searcher.search(Query.boolean_query(parts), limit=1).hits
            values.append(float(hits[0][0]) if hits else 0.0)
        return tuple(values)

    def facet_counts(self, match: Clause, *, since_s: Sequence[int] = (), views: Sequence[str] = ()) -> FacetCounts:
        searcher = self._fresh()
        asked: dict[str, Any] = dict(_BY_SECTION)
        asked |= {view: {"terms": {"field": column(view), "size": _MAX_SECTIONS}} for view in views}
        times = sorted(set(since_s))
        if times:  # one range after the other: overlapping ranges in one aggregation would be counted one by one
            ranges = [{"from": start, "to": end} for start, end in pairwise(times)] + [{"from": times[-1]}]
            asked["times"] = {"range": {"field": PUBLISHED_AT, "ranges": ranges}}
        with index_errors(self._live.path):
            found = searcher.aggregate(to_query(match, self._schema), asked)
        reached, since = 0, {}
        for bucket in sorted(found["times"]["buckets"] if times else (), key=lambda each: -each.get("from", -math.inf)):
            reached += int(bucket["doc_count"])
            since[int(bucket.get("from", times[0] - 1))] = reached
        return FacetCounts(
            sections=_by_key(found["sections"]),
            since=tuple(since[each] for each in since_s),
            tokens={view: _by_key(found[view]) for view in views},
        )

    def opens_next(self, *, after_s: int) -> int | None:
        searcher = self._fresh()
        query = to_query(OpensAfter(after_s), self._schema)
        with index_errors(self._live.path):
            found = searcher.search(query, limit=1, count=False, order_by_field=OPENS_AT, order=Order.Asc)
            values = searcher.fast_field_values(OPENS_AT, [address for _, address in found.hits])
        return _int(values[0]) if values else None

    def revisions_between(self, first_seq: int, last_seq: int) -> list[tuple[int, int]]:
        searcher = self._fresh()
        query = Query.range_query(self._schema, SEQ, FieldType.Unsigned, first_seq, last_seq)
        with index_errors(self._live.path):
            found = searcher.search(query, limit=last_seq - first_seq + 1, count=True)
            if _total(found) > len(found.hits):  # duplicates
                found = searcher.search(query, limit=_total(found), count=True)
            addresses = [address for _, address in found.hits]
            seqs, revisions = (searcher.fast_field_values(name, addresses) for name in (SEQ, _REVISION))
            return [(_int(seq), _int(revision)) for seq, revision in zip(seqs, revisions, strict=True)]

    @property
    def change_seq(self) -> int:
        return self._known()[1]

    @property
    def vocabulary(self) -> str:
        return self._known()[2]

    @property
    def stamp(self) -> Hashable:
        return self._live.stamp()

    def look_again(self) -> None:
        """Make the next call see a commit of this process at once."""
        self._live.look_again()

    @property
    def generation(self) -> str:
        """The name of the generation that serves."""
        self._fresh()
        return self._live.path.name

    def close(self) -> None:
        self._live.close()
        self._state = self._sections = None

    def _known(self) -> tuple[Searcher, int, str]:
        """The state of the newest commit: change_seq and vocabulary. Cached for each commit."""
        searcher = self._fresh()
        known = self._state
        if known is None or known[0] is not searcher:
            with index_errors(self._live.path):
                known = self._state = (searcher, *_state(searcher, self._schema))
        return known

    def _section_names(self, searcher: Searcher) -> dict[Any, str | None]:
        """Every section by its number, as of the newest commit. Leaves out numbers that two sections share, and those beyond the limit."""
        known = self._sections
        if known is None or known[0] is not searcher:
            found = searcher.aggregate(articles(self._schema), _BY_SECTION)["sections"]["buckets"]
            names = [str(bucket["key"]) for bucket in found]
            times = Counter(map(section_number, names))
            by_number: dict[Any, str | None] = {
                number: name for name in names if times[number := section_number(name)] == 1
            }
            by_number[None] = None
            known = self._sections = (searcher, by_number)
        return known[1]

    def _by_time(self, searcher: Searcher, query: IndexQuery) -> IndexResult:
        order = Order.Asc if query.sort is Sort.OLDEST else Order.Desc
        found = searcher.search(
            to_query(query.match, self._schema),
            limit=max(query.limit, 1),
            offset=query.offset,
            count=True,
            order_by_field=SORT_KEY,
            order=order,
        )
        addresses = [address for _, address in found.hits][: query.limit]
        seqs = searcher.fast_field_values(SEQ, addresses)
        return IndexResult(_total(found), tuple(IndexHit(_int(seq), None) for seq in seqs))

    def _by_relevance(self, searcher: Searcher, query: IndexQuery, score: Clause) -> IndexResult:
        """Hits by score; equal scores newest first, also across the end of a page."""
        scored = to_scored_query(query.match, score, self._schema)
        wanted = query.offset + query.limit
        reach = wanted + 1
        while True:
            found = searcher.search(scored, limit=max(reach, 1), count=True)
            hits = found.hits
            if len(hits) < reach or wanted == 0 or hits[-1][0] < hits[wanted - 1][0]:
                break
            reach *= 2
        addresses = [address for _, address in hits]
        keys = searcher.fast_field_values(SORT_KEY, addresses)
        ranked = sorted(zip(hits, keys, strict=True), key=lambda hit: (-hit[0][0], -_int(hit[1])))
        page = ranked[query.offset : wanted]
        seqs = searcher.fast_field_values(SEQ, [address for (_, address), _ in page])
        scores = [value for (value, _), _ in page]
        return IndexResult(
            _total(found), tuple(IndexHit(_int(seq), float(value)) for seq, value in zip(seqs, scores, strict=True))
        )

    def _count(self, searcher: Searcher, match: Clause) -> int:
        """Every article is counted without a search; of others none is scored, which saves a sixth of counting."""
        if match == EVERYTHING:
            return searcher.num_docs - 1  # beside the articles there is one entry: the state
        with index_errors(self._live.path):
            unscored = Query.const_score_query(to_query(match, self._schema), 0.0)
            return _total(searcher.search(unscored, limit=1, count=True))

    def _fresh(self) -> Searcher:
        """The searcher of the newest commit."""
        return self._live.searcher()


class TantivyWriter:
    """An ``IndexWriter`` on one generation. The caller holds the writer lock of the data folder."""

    def __init__(self, generation: Generation, *, committed: Callable[[], None] = lambda: None) -> None:
        """``committed`` is called after each commit."""
        self._committed = committed
        self._path = generation.path
        self._schema = build_schema()
        self._index = open_index(generation.path, self._schema)
        self._closed = False
        self._is_clean = True
        if (generation.path / "meta.json").exists():
            remove_leftovers(generation.path)
        try:
            self._writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
            self._last_seq = _last_seq(self._index.searcher(), self._schema)
        except DRIVER_ERRORS as error:
            raise SearchIndexError(f"{self._path}: cannot be written: {error}") from error

    def put(self, entries: Sequence[IndexEntry]) -> None:
        self._is_clean = False
        with self._write_errors("an article could not be written"):
            for entry in entries:
                if entry.seq <= self._last_seq:  # a number above the highest one replaces no entry
                    self._delete(entry.seq)
                else:
                    self._last_seq = entry.seq
                self._writer.add_document(_document(entry))

    def remove(self, removals: Sequence[IndexRemoval]) -> None:
        self._is_clean = False
        with self._write_errors("an article could not be removed"):
            for removal in removals:
                self._delete(removal.seq)

    def commit(self, *, change_seq: int, vocabulary: str = "") -> None:
        state = Document()
        state.add_text(MARK, STATE)
        state.add_unsigned(_CHANGE_SEQ, change_seq)
        state.add_unsigned(LENGTH, 0)
        if vocabulary:
            state.add_bytes(_VOCABULARY, vocabulary.encode())
        self._is_clean = False
        with self._write_errors("the commit failed"):
            self._writer.delete_documents_by_term(MARK, STATE)
            self._writer.add_document(state)
            self._writer.commit()
        for name in _PRIVATE:
            share(self._path / name)
        self._is_clean = True
        self._committed()

    def close(self) -> None:
        """Closes also if the disk is full; what was not committed is given up.

        Waits for the merges that the last commit began. A rollback would cancel them, and single additions would leave a
        segment each (211 after 180 additions, and 30 times the size).
        """
        if self._closed:
            return
        self._closed = True
        with suppress(*DRIVER_ERRORS):
            if not self._is_clean:
                self._writer.rollback()
            self._writer.wait_merging_threads()

    @contextmanager
    def _write_errors(self, what: str) -> Iterator[None]:
        """The error of a failed write, mostly a full disk. tantivy's threads end at the first failure; only a new writer can go on."""
        try:
            yield
        except DRIVER_ERRORS as error:
            raise SearchIndexError(
                f"{self._path}: {what} ({error}) — free some space if the disk is full; nothing is lost: the next "
                "`gisa add` or `gisa serve` catches up from the archive"
            ) from error

    def _delete(self, seq: int) -> None:
        # by query: tantivy-py 0.27 makes a signed term of an int, which delete_documents_by_term then never finds
        self._writer.delete_documents_by_query(Query.term_query(self._schema, SEQ, seq))


def _document(entry: IndexEntry) -> Document:
    document = Document()
    for name, tokens in entry.views.items():
        if tokens:
            document.add_text(name, tokens)
    for name in COUNTED:
        for token in dict.fromkeys(entry.views.get(name, "").split()):
            document.add_text(column(name), token)
    document.add_text(MARK, ARTICLE)
    if entry.section:
        document.add_text(_SECTION, entry.section)
        document.add_unsigned(_SECTION_NUMBER, section_number(entry.section))
    document.add_unsigned(SEQ, entry.seq)
    document.add_unsigned(_REVISION, entry.revision)
    document.add_unsigned(SORT_KEY, sort_key(entry.published_at_s, entry.seq))
    document.add_integer(PUBLISHED_AT, entry.published_at_s)
    if entry.opens_at_s is not None:
        document.add_integer(OPENS_AT, entry.opens_at_s)
    document.add_unsigned(LENGTH, len(entry.views.get(BODY_STREAM, "")))
    return document


def _last_seq(searcher: Searcher, schema: Schema) -> int:
    """The largest number of an article in the index; 0 when it has none."""
    found = searcher.search(articles(schema), limit=1, count=False, order_by_field=SEQ, order=Order.Desc)
    values = searcher.fast_field_values(SEQ, [address for _, address in found.hits])
    return _int(values[0]) if values else 0


def _state(searcher: Searcher, schema: Schema) -> tuple[int, str]:
    """The change_seq and the vocabulary of a commit."""
    found = searcher.search(Query.term_query(schema, MARK, STATE, "basic"), limit=1)
    addresses = [address for _, address in found.hits]
    if not addresses:
        return 0, ""
    vocabulary: Any = searcher.doc(addresses[0]).get_first(_VOCABULARY)
    change_seq = _int(searcher.fast_field_values(_CHANGE_SEQ, addresses)[0])
    return change_seq, "" if vocabulary is None else bytes(vocabulary).decode()


def _by_key(counted: Any) -> dict[str, int]:
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in counted["buckets"]}


def _total(found: tantivy.SearchResult) -> int:
    count: Any = found.count  # type: ignore[attr-defined]  # tantivy-py's stub leaves it out
    return int(count)


def _int(value: Any) -> int:
    """A number that every entry has. Raises ``ValueError`` if it is missing, as in damaged files."""
    if value is None:
        raise ValueError("an entry has lost its number")
    return int(value)
