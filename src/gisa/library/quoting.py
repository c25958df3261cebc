"""The questions about quotations that a library answers: who said what, and whether a sentence stands in the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Final

from gisa.access import Asker
from gisa.cursors import cursor_of, numbers_in
from gisa.errors import SearchInvalid
from gisa.library.results import Results
from gisa.library.searches import Searches
from gisa.quotes.asking import QuotationPage, Quotations, QuotedWords, SaidBy
from gisa.quotes.verifying import QuoteCheck, quotations_in, verify_quote
from gisa.search.request import MAX_LIMIT, SearchRequest

_MOST_QUOTATIONS: Final = 10
"""Of a draft that are checked: half a second at most."""

LOOKED_THROUGH: Final = 500
"""Articles that are looked through for a page of quotations by words: 0.1 s at most (500 of 1,500 articles of 900 characters)."""
_LONGEST_NAME: Final = 30
"""Characters of a query that may be a name."""


class Quoting:
    """Asks for one asker. For one question; holds nothing."""

    def __init__(
        self, quotations: Quotations, searches: Searches, asker: Asker, *, results: Callable[[SearchRequest], Results]
    ) -> None:
        """``results`` gives every result of a search, as this asker may see them."""
        self._quotations, self._searches, self._asker, self._results = quotations, searches, asker, results

    def quotations(self, speaker: str, *, text: str, limit: int, cursor: str | None) -> QuotationPage:
        """See ``Library.quotations``."""
        if not 1 <= limit <= MAX_LIMIT:
            raise SearchInvalid(f"limit must be 1 to {MAX_LIMIT}, not {limit}")
        if speaker:
            texts = self._searches.texts(self._asker)
            return self._quotations.of_speaker(speaker, texts, holding=text, limit=limit, cursor=cursor)
        if not text:
            raise SearchInvalid("give a speaker, a text, or both")
        return self._holding(text, limit=limit, cursor=cursor)

    def _holding(self, text: str, *, limit: int, cursor: str | None) -> QuotationPage:
        """Quotations that hold words, from the articles that a search for them finds, so many articles at once.

        The cursor: at which result the page before ended, its article, and from which character of it to go on. The article
        counts, since others may have come before it; the result is for one that is gone.
        """
        results = self._results(SearchRequest(text, as_typed=True, group=False))
        begin, seq, start = numbers_in(cursor, count=3) if cursor is not None else (0, 0, 0)
        with suppress(ValueError):
            begin = results.seqs.index(seq)
        begin = max(begin, 0)
        end = begin + LOOKED_THROUGH
        found: list[QuotedWords] = []
        for archived in replace(results, seqs=results.seqs[begin:end]).archived():
            for quoted in self._quotations.of_article(archived, holding=text):
                if archived.seq == seq and quoted.start < start:
                    continue
                if len(found) == limit:
                    last = found[-1]
                    at = results.seqs.index(last.archived.seq)
                    return QuotationPage(tuple(found), cursor_of(at, last.archived.seq, last.start + 1))
                found.append(quoted)
        goes_on = end < len(results.seqs)
        return QuotationPage(tuple(found), cursor_of(end, results.seqs[end], 0) if goes_on else None)

    def every_quotation(self, speaker: str, *, text: str) -> Iterator[QuotedWords]:
        """See ``Library.every_quotation``."""
        cursor: str | None = None
        page = self.quotations(speaker, text=text, limit=MAX_LIMIT, cursor=None)
        while True:
            yield from page.quotations
            cursor = page.next_cursor
            if cursor is None:
                return
            page = self.quotations(speaker, text=text, limit=MAX_LIMIT, cursor=cursor)

    def said_by(self, query: str) -> SaidBy | None:
        """See ``Library.said_by``."""
        name = " ".join(query.split())
        if not 2 <= len(name) <= _LONGEST_NAME or not name.replace(" ", "").isalpha():
            return None
        view = self._searches.of(self._asker)
        return self._quotations.said_by(name, view.texts, view.gate())

    def verify(self, text: str) -> QuoteCheck:
        """See ``Library.verify_quote``."""
        view = self._searches.of(self._asker)
        analyser = self._searches.vocabulary.analyser()
        gate = view.gate()
        return verify_quote(
            text, index=view.articles, texts=view.texts, analyser=analyser, partly=gate.partly, at=gate.now
        )

    def verify_draft(self, draft: str) -> list[QuoteCheck]:
        """See ``Library.verify_draft``."""
        checks = []
        for text in quotations_in(draft, at_most=_MOST_QUOTATIONS):
            with suppress(SearchInvalid):
                checks.append(self.verify(text))
        return checks
