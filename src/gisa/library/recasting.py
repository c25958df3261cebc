"""Bringing an index in line with a paper's own words: which articles they concern, and analysing just those again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from gisa.clause import Clause, any_of
from gisa.ingest.pipeline import BATCH, Indexer
from gisa.lexicon.lexicon import Lexicon, build_lexicon
from gisa.lexicon.vocabulary import Vocabulary
from gisa.model import SEOUL, ArchivedArticle, Sort
from gisa.ports import Archive, IndexQuery, IndexReader
from gisa.query.concerned import concerned_by
from gisa.text.normal import normalise

_CLAUSES_AT_ONCE: Final = 100


def recast(
    archive: Archive,
    index: IndexReader,
    indexer: Indexer,
    *,
    held: Vocabulary,
    wanted: Vocabulary,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Analyse again, with the indexer of ``wanted``, what the index holds by ``held``; returns how many articles.

    The caller holds the writer lock. Nothing shows before all of it is committed, together with the vocabulary.
    """
    done = 0

    def counted() -> Iterator[Sequence[ArchivedArticle]]:
        nonlocal done
        for batch in concerned_articles(archive, index, held=held, wanted=wanted):
            yield batch
            done += len(batch)
            if progress is not None:
                progress(done)

    indexer.recast(counted(), change_seq=index.change_seq)
    return done


def concerned_articles(
    archive: Archive, index: IndexReader, *, held: Vocabulary, wanted: Vocabulary
) -> Iterator[list[ArchivedArticle]]:
    """The articles whose views may differ between the two vocabularies, in lists."""
    found = {seq for clause in concerned_clauses(held, wanted) for seq in seqs(index, clause)}
    if held.holders == wanted.holders:
        remaining = iter(sorted(found))
        while some := list(islice(remaining, BATCH)):
            present = archive.fetch(some)
            yield [present[seq] for seq in some if seq in present]
        return
    # who is meant by 李총리 depends on titles and days that the stream does not have: read each article both ways
    before, after = _lexicon(held), _lexicon(wanted)
    for batch in archive.each(batch=BATCH):
        changed = [each for each in batch if each.seq in found or _read_otherwise(each, before, after)]
        if changed:
            yield changed


def concerned_clauses(held: Vocabulary, wanted: Vocabulary) -> Iterator[Clause]:
    """What the articles satisfy that the words of just one of the two concern."""
    words = {word.text for word in set(held.words) ^ set(wanted.words)}
    if not words:
        return
    clauses = concerned_by(words, {*_lexicon(held).read_as, *_lexicon(wanted).read_as}, held.analyser())
    while some := list(islice(clauses, _CLAUSES_AT_ONCE)):
        yield any_of(some)


def seqs(index: IndexReader, clause: Clause) -> list[int]:
    """The numbers of all articles that satisfy the clause."""
    total = index.count(clause)
    found = index.search(IndexQuery(match=clause, score=None, sort=Sort.NEWEST, limit=total, offset=0))
    return [hit.seq for hit in found.hits]


def _lexicon(vocabulary: Vocabulary) -> Lexicon:
    return build_lexicon(holders=vocabulary.holder_table)[0]


def _read_otherwise(archived: ArchivedArticle, before: Lexicon, after: Lexicon) -> bool:
    day = archived.article.published_at.astimezone(SEOUL).date()
    texts = (normalise(archived.article.title), normalise(archived.article.body))
    return any(list(before.expand(text, day)) != list(after.expand(text, day)) for text in texts)
