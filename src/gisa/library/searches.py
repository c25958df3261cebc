"""The search service that fits the index and the paper's own files as they are now. Adds nothing and builds nothing."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from gisa.clock import Clock, Monotonic
from gisa.errors import SearchIndexError
from gisa.lexicon.lexicon import build_lexicon
from gisa.lexicon.vocabulary import Vocabulary, vocabulary_from_text
from gisa.library.own_files import OwnLines, WatchedFile
from gisa.model import SearchPage
from gisa.ports import Archive, IndexEngine, Suggestions
from gisa.search.request import SearchRequest
from gisa.search.service import SearchService
from gisa.suggest.following import OwnWords


class Searches:
    """Makes a new search service whenever the index goes by other words, or ``synonyms.txt`` has changed. Thread-safe."""

    def __init__(
        self,
        archive: Archive,
        engine: IndexEngine,
        suggestions: Suggestions,
        synonyms: WatchedFile,
        *,
        clock: Clock,
        monotonic: Monotonic,
    ) -> None:
        """Asks nothing yet; the index is opened when first needed."""
        self._archive, self._engine, self._suggestions = archive, engine, suggestions
        self._clock, self._monotonic = clock, monotonic
        self.synonyms = synonyms
        self._made: _Made | None = None

    @property
    def vocabulary(self) -> Vocabulary:
        """What the index was built with, and so what its readers go by."""
        return vocabulary_from_text(self._engine.reader().vocabulary)

    def indexed_words(self) -> OwnWords | None:
        """The paper's own words that the index goes by; None if there is no index to say."""
        try:
            return self.vocabulary.words
        except SearchIndexError:
            return None

    @property
    def service(self) -> SearchService:
        """The search by the vocabulary that the index holds now, and by the synonyms as they are now."""
        vocabulary, synonyms = self.vocabulary, self.synonyms.current()
        made = self._made
        if made is None or made.vocabulary is not vocabulary or made.synonyms is not synonyms:
            lexicon, _ = build_lexicon(synonyms.lines, holders=vocabulary.holder_table)
            service = SearchService(
                self._archive,
                self._engine.reader(),
                clock=self._clock,
                lexicon=lexicon,
                suggestions=self._suggestions,
                new_analyser=vocabulary.analyser,
                monotonic=self._monotonic,
            )
            made = self._made = _Made(vocabulary, synonyms, service)
        return made.service

    @property
    def stamp(self) -> Hashable:
        """Cache key: changes with the index, with its words and with the synonyms."""
        return self._engine.reader().stamp, self.service

    def search(self, request: SearchRequest, *, facets: bool, budget_s: float | None) -> SearchPage:
        """One page of results; query and articles are read by the same words, also if some are applied meanwhile."""
        service = self.service
        page = service.search(request, facets=facets, budget_s=budget_s)
        if self.service is not service:
            page = self.service.search(request, facets=facets, budget_s=budget_s)
        return page


class _Made(NamedTuple):
    """A search service with what it was made of."""

    vocabulary: Vocabulary
    synonyms: OwnLines
    service: SearchService
