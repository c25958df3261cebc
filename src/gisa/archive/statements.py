"""Every statement that the archive reads and moves rows by, built once. Runs none of them."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BigInteger, Select, bindparam, func, select, update

from gisa.archive.packing import TRAINED_ON
from gisa.archive.tables import ARTICLES, CHANGES, COUNTERS, DICTIONARIES, KEYS, REVISIONS

FETCH_SIZES: Final = (20, 100, 500)
"""Statements of fixed sizes, padded with a number given already, so that SQLAlchemy and the database each prepare
them once. Measured for 20 articles: see ``SqlArchive.fetch``."""

_ARCHIVED: Final = select(
    REVISIONS.c.seq,
    REVISIONS.c.revision,
    ARTICLES.c.id,
    REVISIONS.c.title,
    REVISIONS.c.published_at,
    REVISIONS.c.published_offset,
    REVISIONS.c.modified_at,
    REVISIONS.c.modified_offset,
    REVISIONS.c.section,
    REVISIONS.c.byline,
    REVISIONS.c.publisher,
    REVISIONS.c.url,
    REVISIONS.c.image_url,
    REVISIONS.c.keywords,
    REVISIONS.c.lang,
    REVISIONS.c.extra,
    REVISIONS.c.body,
    REVISIONS.c.correction,
    REVISIONS.c.corrected_at,
    REVISIONS.c.corrected_offset,
    REVISIONS.c.details,
)
"""The columns ``rows.archived_articles`` reads, in its order."""

_IS_NEWEST: Final = (REVISIONS.c.seq == ARTICLES.c.seq) & (REVISIONS.c.revision == ARTICLES.c.revision)

REVISIONS_OF: Final = (
    _ARCHIVED.join_from(ARTICLES, REVISIONS, REVISIONS.c.seq == ARTICLES.c.seq)
    .where(ARTICLES.c.id == bindparam("article_id"))
    .order_by(REVISIONS.c.revision)
)
_HEADLINE: Final = (
    REVISIONS.c.title,
    REVISIONS.c.byline,
    REVISIONS.c.keywords,
    REVISIONS.c.published_at,
    REVISIONS.c.published_offset,
    REVISIONS.c.details,
)
"""The columns ``rows.headline`` reads, in its order."""
HEADLINES: Final = select(REVISIONS.c.seq, REVISIONS.c.revision, *_HEADLINE).where(
    REVISIONS.c.seq.in_(bindparam("seqs", expanding=True))
)
GET: Final = (
    _ARCHIVED.add_columns(ARTICLES.c.removed_at)
    .join_from(ARTICLES, REVISIONS, _IS_NEWEST)
    .where(ARTICLES.c.id == bindparam("article_id"))
)
SEQS_AFTER: Final = (
    select(ARTICLES.c.seq)
    .where(ARTICLES.c.seq > bindparam("after"), ARTICLES.c.removed_at.is_(None))
    .order_by(ARTICLES.c.seq)
    .limit(bindparam("batch"))
)
_STANDING: Final = select(
    ARTICLES.c.id,
    ARTICLES.c.seq,
    ARTICLES.c.revision,
    REVISIONS.c.digest,
    ARTICLES.c.removed_at.is_not(None),
    REVISIONS.c.title,
    REVISIONS.c.published_at,
    REVISIONS.c.url,
    REVISIONS.c.section,
    REVISIONS.c.extra,
    REVISIONS.c.details,
).join_from(ARTICLES, REVISIONS, _IS_NEWEST)
"""The columns ``identity.standing_of`` reads, in its order."""
STANDINGS: Final = _STANDING.where(ARTICLES.c.id.in_(bindparam("ids", expanding=True)))
OWNERS: Final = (
    _STANDING.add_columns(KEYS.c.key)
    .join(KEYS, KEYS.c.seq == ARTICLES.c.seq)
    .where(KEYS.c.key.in_(bindparam("keys", expanding=True)))
)
KEYS_TAKEN: Final = select(KEYS.c.key).where(KEYS.c.key.in_(bindparam("keys", expanding=True)))
_CHANGE: Final = (
    CHANGES.c.change_seq,
    CHANGES.c.seq,
    ARTICLES.c.id,
    CHANGES.c.kind,
    CHANGES.c.revision,
    CHANGES.c.changed_at,
    CHANGES.c.reason,
    CHANGES.c.public_reason,
)
CHANGES_AFTER: Final = (
    select(*_CHANGE)
    .join_from(CHANGES, ARTICLES)
    .where(CHANGES.c.change_seq > bindparam("after"))
    .order_by(CHANGES.c.change_seq)
    .limit(bindparam("limit"))
)
_MADE_BY: Final = (
    (REVISIONS.c.seq == CHANGES.c.seq) & (REVISIONS.c.revision == CHANGES.c.revision) & (CHANGES.c.kind != "remove")
)
"""Which revision a change made; none for a removal."""
_LOGGED: Final = (
    select(*_CHANGE, REVISIONS.c.digest, *_ARCHIVED.selected_columns)
    .join_from(CHANGES, ARTICLES)
    .outerjoin(REVISIONS, _MADE_BY)
    .order_by(CHANGES.c.change_seq)
)
"""The columns ``rows.log_entries`` reads, in its order."""
LOG: Final = _LOGGED.where(CHANGES.c.change_seq > bindparam("after")).limit(bindparam("limit"))
HISTORY: Final = _LOGGED.where(
    ARTICLES.c.id == bindparam("article_id"), CHANGES.c.change_seq.between(bindparam("first"), bindparam("last"))
)
STATES: Final = (
    select(*_CHANGE, *_HEADLINE)
    .join_from(CHANGES, ARTICLES)
    .outerjoin(REVISIONS, _MADE_BY)
    .where(ARTICLES.c.id == bindparam("article_id"))
    .order_by(CHANGES.c.change_seq)
)
REVISIONS_BETWEEN: Final = (
    select(ARTICLES.c.seq, ARTICLES.c.revision)
    .join_from(ARTICLES, REVISIONS, _IS_NEWEST)
    .where(
        ARTICLES.c.seq.between(bindparam("first"), bindparam("last")),
        ARTICLES.c.removed_at.is_(None),
        REVISIONS.c.title != "",
    )
)
KNOWN: Final = select(ARTICLES.c.seq).where(ARTICLES.c.seq.in_(bindparam("seqs", expanding=True)))
WHY_REMOVED: Final = (
    select(CHANGES.c.public_reason)
    .join_from(CHANGES, ARTICLES)
    .where(ARTICLES.c.id == bindparam("article_id"), CHANGES.c.kind == "remove")
    .order_by(CHANGES.c.change_seq.desc())
    .limit(1)
)
MOVE: Final = (
    update(ARTICLES)
    .where(ARTICLES.c.seq == bindparam("of_seq"))
    .values(revision=bindparam("to_revision"), removed_at=bindparam("to_removed_at"))
)
FIRST_BODIES: Final = select(REVISIONS.c.body).order_by(REVISIONS.c.seq).limit(TRAINED_ON)
DICTIONARY: Final = select(DICTIONARIES.c.content).where(DICTIONARIES.c.number == bindparam("number"))
NEWEST_DICTIONARY: Final = select(func.max(DICTIONARIES.c.number))
LAST_NUMBERS: Final = select(COUNTERS.c.last_seq, COUNTERS.c.last_change_seq, COUNTERS.c.article_count)


def _build_fetch(size: int) -> Select[Any]:
    seqs = [bindparam(f"s{n}", type_=BigInteger) for n in range(size)]
    return _ARCHIVED.join_from(ARTICLES, REVISIONS, _IS_NEWEST).where(
        ARTICLES.c.seq.in_(seqs), ARTICLES.c.removed_at.is_(None)
    )


ONE: Final = (_build_fetch(1), ("s0",))
FETCHES: Final = tuple((_build_fetch(size), tuple(f"s{n}" for n in range(size))) for size in FETCH_SIZES)
