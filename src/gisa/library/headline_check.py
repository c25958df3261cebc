"""Whether every article is found: first by its own headline, and by a word of its body. Reads the archive once; changes nothing.

A headline is searched as a reader would paste it: through the grammar, sorted by relevance. If several articles have the same
headline, one of them must come first. The word of the body is drawn by a seed and the article's id, with its particles; it
shows what normalising or cutting has lost.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator
from typing import Final

from gisa.clause import Token
from gisa.model import ArchivedArticle, Article, Sort
from gisa.ports import Archive, IndexReader
from gisa.reports import CheckReport, Miss, MissReason
from gisa.search.request import MAX_LIMIT, SearchRequest
from gisa.search.service import SearchService
from gisa.text.views import TITLE_KEY, title_keys

_BATCH: Final = 200
_KEPT_MISSES: Final = 1_000


_WORD: Final = re.compile(r"(?<![^\s])[^\W_]{2,20}(?![^\s.,!?]|[.,]\d)")
"""A word between spaces, of letters and figures only."""
_SEED: Final = 11


class HeadlineCheck:
    """Checks the articles of one archive."""

    def __init__(self, archive: Archive, index: IndexReader, searching: SearchService) -> None:
        self._archive, self._index, self._searching = archive, index, searching

    def run(self, *, limit: int | None = None, progress: Callable[[int], None] | None = None) -> CheckReport:
        """Check the first ``limit`` articles (None: all). ``progress`` is called with how many are done."""
        started = time.monotonic()
        articles = found = words = words_found = 0
        misses: list[Miss] = []
        for batch in self._batches(limit):
            for archived in batch:
                missed = self._misses_of(archived)
                articles += 1
                found += not missed
                if not missed and (word := _drawn(archived.article)):
                    is_found = self._searching.finds(word, archived.seq)
                    words += 1
                    words_found += is_found
                    if not is_found:
                        article = archived.article
                        missed.append(Miss(article.id, article.title, word, MissReason.WORD, None))
                misses += missed[: _KEPT_MISSES - len(misses)]
            if progress is not None:
                progress(articles)
        return CheckReport(articles, found, tuple(misses), time.monotonic() - started, words, words_found)

    def _misses_of(self, archived: ArchivedArticle) -> list[Miss]:
        """The forms of one article's headline that do not find it first."""
        title = archived.article.title
        forms = dict.fromkeys((title, "".join(title.split())))
        return [miss for form in forms if (miss := self._miss(archived, form)) is not None]

    def _batches(self, limit: int | None) -> Iterator[list[ArchivedArticle]]:
        left = limit
        for batch in self._archive.each(batch=_BATCH):
            if left is not None and left <= len(batch):
                yield batch[:left]
                return
            yield batch
            left = None if left is None else left - len(batch)

    def _miss(self, archived: ArchivedArticle, query: str) -> Miss | None:
        article = archived.article
        first, relaxed = self._ranked(query, limit=1)
        if first and not relaxed and (first[0] == archived.seq or self._is_twin(first[0], article)):
            return None
        seqs, _ = self._ranked(query, limit=MAX_LIMIT)
        place = seqs.index(archived.seq) + 1 if archived.seq in seqs else None
        if not self._is_indexed(article):
            reason = MissReason.NOT_INDEXED
        else:
            reason = MissReason.BEHIND if seqs and not relaxed else MissReason.NOT_FOUND
        return Miss(article.id, article.title, query, reason, place)

    def _ranked(self, query: str, *, limit: int) -> tuple[list[int], bool]:
        request = SearchRequest(query, sort=Sort.RELEVANCE, limit=limit)
        result, relaxed = self._searching.ranked(request)
        return [hit.seq for hit in result.hits], relaxed

    def _is_indexed(self, article: Article) -> bool:
        """Whether the index holds an article with this headline."""
        keys = title_keys(article.title)
        return bool(self._index.count(Token(TITLE_KEY, keys.letters or keys.marked)))

    def _is_twin(self, seq: int, article: Article) -> bool:
        other = self._archive.fetch([seq]).get(seq)
        return other is not None and title_keys(other.article.title).letters == title_keys(article.title).letters


def _drawn(article: Article) -> str:
    """A word of the body, the same at every check; empty if there is none."""
    words = _WORD.findall(article.body)
    return random.Random(f"{_SEED} {article.id}").choice(words) if words else ""  # noqa: S311 - a sample, no secret
