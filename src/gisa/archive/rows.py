"""Articles as rows of the revisions table and back, exactly. Pure: no database, no clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import zstandard

from gisa.access import opens_at
from gisa.archive.details import details_of, encode_details, fields_of_details, without_offsets
from gisa.archive.moments import moment_of, split_time
from gisa.archive.packing import Dictionaries, no_dictionaries, unpacker
from gisa.archive.recent import RecentBodies
from gisa.errors import ArchiveError
from gisa.model import ArchivedArticle, Article, Change, ChangeKind, Headline, LogEntry, State

DIGEST_BYTES: Final = 16
"""128 bits of SHA-256, so that no two contents of one article collide. 2.0 µs an article; BLAKE2b takes 3.4."""

_encode_list = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Its bytes are part of the digest: they may not change."""
_encode_extra = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode
"""Escaped to ASCII, because unknown fields are not cleaned (NUL, lone surrogates)."""


@dataclass(frozen=True, slots=True)
class Content:
    """One article's content, ready to be compared by digest and to be written."""

    digest: bytes
    columns: Mapping[str, Any]
    """Every column of a revision except ``seq``, ``revision``, ``digest`` and ``body``."""
    body: str
    """Not packed yet: most articles of a feed are unchanged and need no packing."""


def content_of(article: Article) -> Content:
    """The article's content. Two articles have the same digest if and only if they are equal but for their ids.

    The same moment with another UTC offset is equal, as it is for ``==``. The digest is stored: if its recipe changes, every
    article gets a new revision when it is added next. Raises ``TypeError`` if ``extra`` holds what JSON cannot.
    """
    published_at, published_offset = split_time(article.published_at)
    modified_at, modified_offset = (None, None) if article.modified_at is None else split_time(article.modified_at)
    corrected_at, corrected_offset = (None, None) if article.corrected_at is None else split_time(article.corrected_at)
    byline = _encode_list(article.byline) if article.byline else None
    keywords = _encode_list(article.keywords) if article.keywords else None
    extra = _encode_extra(dict(article.extra)) if article.extra else None
    details = details_of(article)
    head = _encode_list(
        (
            article.title,
            published_at,
            modified_at,
            article.section,
            byline,
            article.publisher,
            article.url,
            article.image_url,
            keywords,
            article.lang,
            extra,
        )
    )
    digest = hashlib.sha256(head.encode())
    digest.update(article.body.encode("utf-16-le"))
    if article.is_corrected:  # added only if there is one, so that the digests of other articles did not change
        digest.update(_encode_list((article.correction, corrected_at)).encode())
    if details:  # as above
        digest.update(encode_details(without_offsets(details)).encode())
    return Content(
        digest=digest.digest()[:DIGEST_BYTES],
        columns={
            "title": article.title,
            "published_at": published_at,
            "published_offset": published_offset,
            "modified_at": modified_at,
            "modified_offset": modified_offset,
            "section": article.section,
            "byline": byline,
            "publisher": article.publisher,
            "url": article.url,
            "image_url": article.image_url,
            "keywords": keywords,
            "lang": article.lang,
            "extra": extra,
            "correction": article.correction,
            "corrected_at": corrected_at,
            "corrected_offset": corrected_offset,
            "details": encode_details(details) if details else None,
        },
        body=article.body,
    )


def log_entries(rows: Sequence[Sequence[Any]], dictionaries: Dictionaries = no_dictionaries) -> list[LogEntry]:
    """Log entries of rows: the change's eight columns, the revision's digest, then the article's columns.

    Raises ``ArchiveError`` if a revision is missing, cannot be decoded, or does not match its digest.
    """
    found = []
    for row in rows:
        change, digest, columns = change_of(row[:8]), row[8], row[9:]
        if change.kind is ChangeKind.REMOVE:
            found.append(LogEntry(change, None))
            continue
        where = f"article {change.article_id!r} (seq {change.article_seq}, revision {change.revision})"
        if digest is None:
            raise ArchiveError(f"{where} is missing — it is damaged: run `gisa repair`")
        [archived] = archived_articles([columns], dictionaries)
        if content_of(archived.article).digest != digest:
            raise ArchiveError(f"{where} does not match its digest — it is damaged: run `gisa repair`")
        found.append(LogEntry(change, archived.article))
    return found


def states(rows: Sequence[Sequence[Any]]) -> list[State]:
    """States of rows: the change's eight columns, then those of the headline."""
    found = []
    for *columns, title, byline, keywords, published_at, published_offset, details in rows:
        made = None if title is None else (title, byline, keywords, published_at, published_offset, details)
        found.append(State(change_of(columns), None if made is None else headline(made)))
    return found


def change_of(columns: Sequence[Any]) -> Change:
    """The change of a row's columns (``_CHANGE`` in ``statements``)."""
    change_seq, seq, article_id, kind, revision, changed_at, reason, public_reason = columns
    return Change(change_seq, seq, article_id, ChangeKind(kind), revision, moment_of(changed_at), reason, public_reason)


def headline(columns: Sequence[Any]) -> Headline:
    """The headline of a row's columns (``_HEADLINES`` in ``sql``, after its keys)."""
    title, byline, keywords, published_s, published_offset, column = columns
    published_at = moment_of(published_s, offset_s=published_offset)
    details = fields_of_details(column, image_url=None)
    is_withheld = details.get("withheld_as") is not None
    return Headline(
        title=title,
        byline=tuple(json.loads(byline)) if byline else (),
        keywords=tuple(json.loads(keywords)) if keywords else (),
        published_at=published_at,
        opens_at=None if is_withheld else opens_at(published_at=published_at, visible_from=details.get("visible_from")),
    )


def archived_articles(
    rows: Sequence[Sequence[Any]], dictionaries: Dictionaries = no_dictionaries, recent: RecentBodies | None = None
) -> list[ArchivedArticle]:
    """Rows of an article's columns (``_ARCHIVED`` in ``sql``), as articles, in the same order. ``recent``: cache of unpacked bodies.

    Raises ``ArchiveError`` naming the article if a row cannot be decoded.
    """
    unpack = unpacker(dictionaries)
    found = []
    for (
        seq,
        revision,
        article_id,
        title,
        published_at,
        published_offset,
        modified_at,
        modified_offset,
        section,
        byline,
        publisher,
        url,
        image_url,
        keywords,
        lang,
        extra,
        body,
        correction,
        corrected_at,
        corrected_offset,
        details,
    ) in rows:
        try:
            article = Article(
                id=article_id,
                title=title,
                body=unpack(body) if recent is None else recent.body(seq, body, unpack),
                published_at=moment_of(published_at, offset_s=published_offset),
                modified_at=None if modified_at is None else moment_of(modified_at, offset_s=modified_offset),
                section=section,
                byline=tuple(json.loads(byline)) if byline else (),
                publisher=publisher,
                url=url,
                keywords=tuple(json.loads(keywords)) if keywords else (),
                lang=lang,
                correction=correction,
                corrected_at=None if corrected_at is None else moment_of(corrected_at, offset_s=corrected_offset),
                extra=json.loads(extra) if extra else {},
                **fields_of_details(details, image_url=image_url),
            )
        except (zstandard.ZstdError, ValueError, OverflowError) as error:
            raise ArchiveError(
                f"article {article_id!r} (seq {seq}, revision {revision}) does not read back: {error} — "
                "it is damaged: run `gisa repair`"
            ) from error
        found.append(ArchivedArticle(seq, revision, article))
    return found
