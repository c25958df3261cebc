"""The archive on SQLAlchemy Core: reads and writes rows. ``ledger`` decides what a batch changes."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import zstandard
from sqlalchemy import Connection, Select, func, insert, select, update

from gisa.archive.audit import problems
from gisa.archive.batch import Batch, Counters
from gisa.archive.engines import Engines, build_engines
from gisa.archive.erasing import empty_log, erase, purge, purge_mark, purges_of, put_back
from gisa.archive.failures import archive_errors, is_cut, is_damage
from gisa.archive.identity import KeptArticle, claim_of, resolve, standing_of
from gisa.archive.ledger import Ledger
from gisa.archive.migrating import prepare_schema
from gisa.archive.moments import moment_of
from gisa.archive.packing import TRAINED_ON, no_dictionaries, packer, read_dictionary, train, unpacker
from gisa.archive.recent import RecentBodies
from gisa.archive.replay import replay
from gisa.archive.rows import archived_articles, change_of, headline, log_entries, states
from gisa.archive.server_files import Files
from gisa.archive.server_lock import LockLost, ServerLock
from gisa.archive.server_nodes import CHANNEL, Sharing
from gisa.archive.statements import (
    CHANGES_AFTER,
    DICTIONARY,
    FETCH_SIZES,
    FETCHES,
    FIRST_BODIES,
    GET,
    HEADLINES,
    HISTORY,
    KEYS_TAKEN,
    KNOWN,
    LAST_NUMBERS,
    LOG,
    MOVE,
    NEWEST_DICTIONARY,
    ONE,
    OWNERS,
    REVISIONS_BETWEEN,
    REVISIONS_OF,
    SEQS_AFTER,
    STANDINGS,
    STATES,
    WHY_REMOVED,
)
from gisa.archive.tables import ARTICLES, CHANGES, COUNTERS, DICTIONARIES, KEYS, METADATA, REVISIONS
from gisa.config import Database
from gisa.errors import ArchiveError, ArticleNotFound, ArticleRemoved
from gisa.model import Addition, ArchivedArticle, Article, Change, Headline, LogEntry, Purge, Removal, State

log: Final = logging.getLogger("gisa.archive")

T = TypeVar("T")

_RECENT_BYTES: Final = 16_000_000
"""Size of the cache of unpacked bodies in ``fetch``. The trending queries over 60,000 Wikipedia articles fetch 18,500 bodies of
10,600 characters; the cache saves unpacking three quarters of them."""

_IDS_AT_ONCE: Final = 500
"""Ids in one IN list; SQLite takes 32,766 parameters a statement, PostgreSQL 65,535."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def open_archive(
    url: str,
    *,
    create: bool = True,
    read_only: bool = False,
    clock: Callable[[], datetime] = utc_now,
    database: Database | None = None,
) -> SqlArchive:
    """Open the archive at a SQLAlchemy URL, making it when it is new and migrating it when it is behind.

    ``create=False`` refuses to make one; ``read_only=True`` neither makes nor migrates nor writes. ``database`` limits the
    connections to a server; a file needs none. Raises
    ``ArchiveError`` when there is none or it does not open, ``SchemaError`` when it was written by a newer Gisa,
    ``ConfigError`` when the URL is not one Gisa can use.
    """
    database = database or Database()
    engines = build_engines(url, create=create, read_only=read_only, database=database)
    try:
        prepare_schema(engines, create=create, read_only=read_only)
    except BaseException:
        engines.reads.dispose()
        raise
    return SqlArchive(engines, is_read_only=read_only, clock=clock, failover_s=database.failover_s)


class SqlArchive:
    """``ports.Archive`` in SQLite or PostgreSQL. Safe to use from many threads; writers wait for each other.

    Reads are single statements outside any transaction: each sees what was committed when it began.
    """

    def __init__(
        self, engines: Engines, *, is_read_only: bool, clock: Callable[[], datetime], failover_s: float = 0.0
    ) -> None:
        """``failover_s``: how long the holder of the shared lock waits for a server that has gone away."""
        self._engines = engines
        self._failover_s = failover_s
        self._lock = ServerLock(engines) if engines.path is None else None
        self._sharing = (
            Sharing(engines, lock=self._lock, files=Files(engines, clock=clock)) if self._lock is not None else None
        )
        self._reads = engines.reads
        self._is_read_only = is_read_only
        self._clock = clock
        self._recent = RecentBodies(limit_bytes=_RECENT_BYTES)
        self._dictionaries: dict[int, zstandard.ZstdCompressionDict] = {}
        self._unreadable: set[int] = set()
        self._has_trained = False

    @property
    def is_local(self) -> bool:
        return self._engines.path is not None

    @property
    def shared(self) -> Sharing | None:
        return self._sharing

    def add(self, articles: Sequence[Article], *, lift_holds: bool = False) -> list[Addition]:
        """See ``ports.Archive.add``. 500 articles of 1,200 characters take 0.03–0.04 s, those known already 0.01 s."""
        claims = [claim_of(article, lifts_hold=lift_holds) for article in articles]
        keys = [claim.key for claim in claims if claim.key is not None]

        def write() -> list[Addition]:
            with self._ledger([article.id for article in articles], keys) as ledger:
                return [ledger.add(claim) for claim in claims]

        return self._patiently(write)

    def preview(self, articles: Sequence[Article]) -> list[Addition]:
        """See ``ports.Archive.preview``."""
        claims = [claim_of(article) for article in articles]
        keys = [claim.key for claim in claims if claim.key is not None]
        with archive_errors(self._engines.place), self._reads.connect() as connection:
            standings = _standings(connection, [article.id for article in articles])
            ledger = Ledger(
                self._counters(),
                standings,
                _owners(connection, keys),
                changed_at=self._clock(),
                pack=lambda _body: b"",
            )
        return [ledger.add(claim) for claim in claims]

    def id_of(self, article: Article) -> str | None:
        claim = claim_of(article)
        keys = [] if claim.key is None else [claim.key]
        with archive_errors(self._engines.place), self._reads.connect() as connection:
            by_id, by_key = _standings(connection, [article.id]), _owners(connection, keys)
        resolved = resolve(claim, by_id=by_id.get(article.id), by_key=by_key.get(claim.key) if claim.key else None)
        return None if resolved.standing is None or resolved.conflict is not None else resolved.standing.article_id

    def remove(self, removals: Sequence[Removal]) -> list[Change]:
        known = [removal for removal in removals if _can_be_stored(removal.article_id)]
        with self._ledger([removal.article_id for removal in known], []) as ledger:
            changes = [ledger.remove(removal) for removal in known]
        return [change for change in changes if change is not None]

    def get(self, article_id: str) -> ArchivedArticle:
        row = self._rows(GET, {"article_id": article_id}) if _can_be_stored(article_id) else []
        if not row:
            raise ArticleNotFound(article_id)
        *columns, removed_at = row[0]
        if removed_at is not None:
            why = self._rows(WHY_REMOVED, {"article_id": article_id})
            raise ArticleRemoved(article_id, moment_of(removed_at), public_reason=why[0][0] if why else None)
        archived = self._articles([columns])[0]
        if not archived.article.title:  # blank: it could not be read when it was copied
            raise ArticleNotFound(article_id)
        return archived

    def fetch(self, seqs: Sequence[int]) -> dict[int, ArchivedArticle]:
        """See ``ports.Archive.fetch``. 20 articles of 1,200 characters take 0.5 ms (0.8 beside other work): 0.2 unpacking,
        0.15 SQLite, 0.1 SQLAlchemy."""
        found = {}
        largest = FETCH_SIZES[-1]
        for start in range(0, len(seqs), largest):
            some = list(seqs[start : start + largest])
            statement, names = next(fetch for fetch in FETCHES if len(fetch[1]) >= len(some))
            some += some[-1:] * (len(names) - len(some))
            rows = self._readable(statement, dict(zip(names, some, strict=True)), some)
            for archived in self._those_that_read(rows, self._recent):
                found[archived.seq] = archived
        return found

    def revisions(self, article_id: str) -> list[ArchivedArticle]:
        if not _can_be_stored(article_id):
            return []
        return self._articles(self._rows(REVISIONS_OF, {"article_id": article_id}))

    def states(self, article_id: str) -> list[State]:
        """See ``ports.Archive.states``."""
        if not _can_be_stored(article_id):
            return []
        return states(self._rows(STATES, {"article_id": article_id}))

    def history(self, article_id: str, *, first: int, last: int) -> list[LogEntry]:
        """See ``ports.Archive.history``."""
        if not _can_be_stored(article_id):
            return []
        wanted = {"article_id": article_id, "first": first, "last": last}
        return log_entries(self._rows(HISTORY, wanted), self._dictionary)

    def headlines(self, revisions: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Headline]:
        """See ``ports.Archive.headlines``. Bodies are not read: 60,000 headlines take 0.6 s."""
        wanted, seqs = set(revisions), sorted({seq for seq, _ in revisions})
        found = {}
        for start in range(0, len(seqs), _IDS_AT_ONCE):
            for seq, revision, *columns in self._rows(HEADLINES, {"seqs": seqs[start : start + _IDS_AT_ONCE]}):
                if (seq, revision) in wanted:
                    found[seq, revision] = headline(columns)
        return found

    def changes(self, *, after: int, limit: int) -> list[Change]:
        return [change_of(row) for row in self._rows(CHANGES_AFTER, {"after": after, "limit": limit})]

    def log(self, *, after: int, limit: int) -> list[LogEntry]:
        return log_entries(self._rows(LOG, {"after": after, "limit": limit}), self._dictionary)

    def replay(self, entries: Sequence[LogEntry]) -> None:
        seqs = sorted({entry.change.article_seq for entry in entries})
        with self._writing() as (connection, counters, pack):
            known: set[int] = set()
            for start in range(0, len(seqs), _IDS_AT_ONCE):
                known |= set(connection.execute(KNOWN, {"seqs": seqs[start : start + _IDS_AT_ONCE]}).scalars())
            self._write(connection, replay(counters, entries, known=known, pack=pack))

    def revisions_between(self, first_seq: int, last_seq: int) -> list[tuple[int, int]]:
        rows = self._rows(REVISIONS_BETWEEN, {"first": first_seq, "last": last_seq})
        return [(seq, revision) for seq, revision in rows]

    def problems(self, *, progress: Callable[[int], None] | None = None) -> Iterator[str]:
        return problems(self._engines, LOG, self._dictionary, progress=progress)

    def each(self, *, batch: int) -> Iterator[list[ArchivedArticle]]:
        """See ``ports.Archive.each``. Lazy; between lists nothing is held open, so what was committed meanwhile
        is seen if its ``seq`` is still ahead. For an exact copy, replay ``changes`` afterwards.
        """
        if batch < 1:
            raise ValueError(f"batch must be 1 or more, not {batch}")
        after = 0
        while seqs := [row[0] for row in self._rows(SEQS_AFTER, {"after": after, "batch": batch})]:
            found = self.fetch(seqs)
            yield [found[seq] for seq in seqs if seq in found]
            after = seqs[-1]

    def purge(self, purges: Sequence[Purge]) -> list[Purge]:
        with self._writing() as (connection, _, _pack):
            done = purge(connection, purges, self._dictionary)
        self._recent = RecentBodies(limit_bytes=_RECENT_BYTES)
        with archive_errors(self._engines.place):
            empty_log(self._engines)
        return done

    def purges(self) -> list[Purge]:
        with archive_errors(self._engines.place), self._reads.connect() as connection:
            return purges_of(connection)

    def purge_mark(self) -> str:
        with archive_errors(self._engines.place), self._reads.connect() as connection:
            return purge_mark(connection)

    def put_back(self, change: Change, article: Article | None) -> None:
        with self._writing() as (connection, _, pack):
            revision = [(change.article_seq, change.revision)]
            if article is None:
                erase(connection, revision)
            else:
                put_back(connection, revision[0], article, pack)
        self._unreadable.discard(change.article_seq)

    @property
    def unreadable(self) -> frozenset[int]:
        return frozenset(self._unreadable)

    def count(self) -> int:
        return self._counters().article_count

    def last_change_seq(self) -> int:
        return self._counters().last_change_seq

    def size_bytes(self) -> int:
        """The SQLite file with its write-ahead log; on PostgreSQL the tables with their indexes."""
        path = self._engines.path
        if path is not None:
            return sum(_file_size(path.with_name(path.name + suffix)) for suffix in ("", "-wal"))
        sizes = [func.pg_total_relation_size(name) for name in METADATA.tables]
        return sum(int(size) for size in self._rows(select(*sizes), {})[0])

    def close(self) -> None:
        """Close every connection that is not in use; closing the last one checkpoints SQLite's log."""
        self._reads.dispose()

    def _rows(self, statement: Select[Any], parameters: dict[str, Any]) -> Sequence[Sequence[Any]]:
        def read() -> Sequence[Sequence[Any]]:
            with archive_errors(self._engines.place), self._reads.connect() as connection:
                return connection.execute(statement, parameters).all()

        return self._patiently(read)

    def _patiently(self, step: Callable[[], T]) -> T:
        """Run ``step``, and run it again if the server goes away while this process holds the lock.

        So a long run of adding survives a failover of some seconds. Without the lock the error is raised at once.
        """
        deadline = 0.0
        while True:
            try:
                return step()
            except ArchiveError as error:
                if self._lock is None or not self._lock.is_held or not (isinstance(error, LockLost) or is_cut(error)):
                    raise
                now = time.monotonic()
                deadline = deadline or now + self._failover_s
                if now >= deadline:
                    raise
                log.warning("%s — waiting for it, %.0f s at most", error, deadline - now)
                self._lock.regain(within_s=deadline - now)

    def _readable(
        self, statement: Select[Any], parameters: dict[str, Any], seqs: Sequence[int]
    ) -> Sequence[Sequence[Any]]:
        """The rows of a statement. If a damaged row makes it fail, each article is read by itself."""
        try:
            return self._rows(statement, parameters)
        except ArchiveError as error:
            if not is_damage(error):
                raise
        one, (name,) = ONE
        rows: list[Sequence[Any]] = []
        for seq in dict.fromkeys(seqs):
            try:
                rows += self._rows(one, {name: seq})
            except ArchiveError as error:
                if not is_damage(error):
                    raise
                self._note_unreadable(seq, error)
        return rows

    def _those_that_read(self, rows: Sequence[Sequence[Any]], recent: RecentBodies) -> Iterator[ArchivedArticle]:
        """The rows as articles, without those that cannot be decoded or are blank."""
        try:
            found = archived_articles(rows, self._dictionary, recent)
        except ArchiveError:
            found = []
            for row in rows:
                try:
                    found += archived_articles([row], self._dictionary, recent)
                except ArchiveError as error:
                    if not is_damage(error):
                        raise
                    self._note_unreadable(row[0], error)
        return (archived for archived in found if archived.article.title)

    def _note_unreadable(self, seq: int, error: ArchiveError) -> None:
        if seq not in self._unreadable:
            log.error("article number %s is left out (`gisa verify` names it): %s", seq, error)
            self._unreadable.add(seq)

    def _articles(self, rows: Sequence[Sequence[Any]]) -> list[ArchivedArticle]:
        return archived_articles(rows, self._dictionary)

    def _dictionary(self, number: int) -> zstandard.ZstdCompressionDict:
        """See ``packing.Dictionaries``. Also finds one that another process has made since."""
        known = self._dictionaries.get(number)
        if known is None:
            contents = self._rows(DICTIONARY, {"number": number})
            known = self._dictionaries[number] = (
                read_dictionary(contents[0][0]) if contents else no_dictionaries(number)
            )
        return known

    def _dictionary_to_pack_with(
        self, connection: Connection, counters: Counters
    ) -> zstandard.ZstdCompressionDict | None:
        """The newest dictionary; trained now if there is none and there are enough articles. None: pack without."""
        if counters.last_seq < TRAINED_ON:
            return None
        newest = connection.execute(NEWEST_DICTIONARY).scalar()
        if newest is not None:
            return self._dictionary(newest)
        if self._has_trained:
            return None
        self._has_trained = True  # or tried: training on bodies with too little in common fails every time
        unpack = unpacker(no_dictionaries)
        made = train(unpack(body) for (body,) in connection.execute(FIRST_BODIES))
        if made is not None:
            connection.execute(insert(DICTIONARIES), {"number": made.dict_id(), "content": made.as_bytes()})
        return made

    def _counters(self) -> Counters:
        return Counters(*self._rows(LAST_NUMBERS, {})[0])

    @contextmanager
    def _ledger(self, ids: Sequence[str], keys: Sequence[int]) -> Iterator[Ledger]:
        """A ledger loaded with the articles of these ids and addresses. Its batch is written and committed when the block ends."""
        with self._writing() as (connection, counters, pack):
            standings = _standings(connection, list(dict.fromkeys(ids)))
            ledger = Ledger(counters, standings, _owners(connection, keys), changed_at=self._clock(), pack=pack)
            yield ledger
            if ledger.batch.changes:
                self._write(connection, ledger.batch)

    @contextmanager
    def _writing(self) -> Iterator[tuple[Connection, Counters, Callable[[str], bytes]]]:
        """A transaction, the counters it begins at, and the function that packs bodies.

        No other writer comes between the first read and the commit. An error rolls everything back.
        """
        if self._is_read_only:
            raise ArchiveError(f"archive {self._engines.place}: it is open for reading only")
        with archive_errors(self._engines.place), self._engines.writes.begin() as connection:
            # PostgreSQL: locking this row excludes other writers; in SQLite the transaction has done so already.
            counters = Counters(*connection.execute(LAST_NUMBERS.with_for_update()).one())
            if self._lock is not None:
                self._lock.check(connection)
            yield connection, counters, packer(self._dictionary_to_pack_with(connection, counters))

    def _write(self, connection: Connection, batch: Batch) -> None:
        steps = (
            (insert(ARTICLES), batch.new_articles),
            (MOVE, batch.moved_articles),
            (insert(REVISIONS), batch.revisions),
            (insert(CHANGES), batch.changes),
        )
        for statement, rows in steps:
            if rows:
                connection.execute(statement, rows)
        if batch.keys:
            _write_keys(connection, batch.keys)
        connection.execute(update(COUNTERS), batch.counters._asdict())
        if self._sharing is not None:
            connection.execute(select(func.pg_notify(CHANNEL, "")))  # heard when this transaction commits


def _standings(connection: Connection, ids: Sequence[str]) -> dict[str, KeptArticle]:
    found = {}
    for start in range(0, len(ids), _IDS_AT_ONCE):
        some = ids[start : start + _IDS_AT_ONCE]
        for row in connection.execute(STANDINGS, {"ids": some}):
            found[row[0]] = standing_of(row)
    return found


def _owners(connection: Connection, keys: Sequence[int]) -> dict[int, KeptArticle]:
    """The articles that have these addresses, by key."""
    found = {}
    for start in range(0, len(keys), _IDS_AT_ONCE):
        for *columns, key in connection.execute(OWNERS, {"keys": keys[start : start + _IDS_AT_ONCE]}):
            found[key] = standing_of(columns)
    return found


def _write_keys(connection: Connection, keys: Mapping[int, int]) -> None:
    """Write the keys that are free: the first article at an address keeps it."""
    some = list(keys)
    taken: set[int] = set()
    for start in range(0, len(some), _IDS_AT_ONCE):
        taken |= set(connection.execute(KEYS_TAKEN, {"keys": some[start : start + _IDS_AT_ONCE]}).scalars())
    if rows := [{"key": key, "seq": seq} for key, seq in keys.items() if key not in taken]:
        connection.execute(insert(KEYS), rows)


def _can_be_stored(article_id: str) -> bool:
    """False for ids no archive can hold, so that asking for one is "not found" and never a driver's error."""
    try:
        article_id.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in article_id


def _file_size(path: Path) -> int:
    try:
        return int(path.stat().st_size)
    except FileNotFoundError:
        return 0
