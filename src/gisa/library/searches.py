"""Caches a search service for each asker, and replaces it if the index, its words or the synonyms change. Builds no index."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from gisa.access import Asker, Gate
from gisa.clock import Clock, Monotonic
from gisa.config import Searching
from gisa.errors import SearchIndexError
from gisa.follower_file import FollowerFile
from gisa.lexicon.lexicon import Lexicon, build_lexicon
from gisa.lexicon.vocabulary import Vocabulary, vocabulary_from_text
from gisa.library.own_files import OwnFiles, OwnLines
from gisa.library.results import Results
from gisa.model import SearchPage
from gisa.ports import Archive, IndexEngine, Suggestions
from gisa.search.gated import GatedArchive, GatedIndex, NewGate
from gisa.search.grouping import Grouper
from gisa.search.request import SearchRequest
from gisa.search.service import SearchService
from gisa.search.sets import words_digest
from gisa.stories.asking import Stories
from gisa.suggest.following import OwnWords


class View(NamedTuple):
    """What one asker may see, and the search over it."""

    gate: NewGate
    articles: GatedIndex
    texts: GatedArchive
    service: SearchService


class Searches:
    """Makes new search services if the index's vocabulary or the synonyms have changed. Thread-safe."""

    def __init__(
        self,
        archive: Archive,
        engine: IndexEngine,
        suggestions: Suggestions,
        own: OwnFiles,
        *,
        clock: Clock,
        monotonic: Monotonic,
        preview: int,
        searching: Searching,
        stories: Stories,
        stores: Sequence[FollowerFile],
    ) -> None:
        """Asks nothing yet; the index is opened when first needed. ``preview``: see ``access.Gate``; ``searching``: what a
        request that does not say so itself wants. ``stores``: what else than the index and the stories answers are made of."""
        self._searching, self._stories, self._stores = searching, stories, tuple(stores)
        self._archive, self._engine, self._suggestions = archive, engine, suggestions
        self._clock, self._monotonic, self._preview = clock, monotonic, preview
        self._own = own
        self._made: _Made | None = None

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary that the index was built with; queries must use it too."""
        return vocabulary_from_text(self._engine.reader().vocabulary)

    @property
    def words(self) -> bytes:
        """Digest of the paper's words, holders and synonyms; cached until one of them changes."""
        return self._current().words

    def indexed_words(self) -> OwnWords | None:
        """The paper's own words that the index was built with; None without an index."""
        try:
            return self.vocabulary.words
        except SearchIndexError:
            return None

    def of(self, asker: Asker) -> View:
        """The search with the index's current vocabulary and the current synonyms."""
        made = self._current()
        view = made.views.get(asker)
        if view is None:
            view = made.views[asker] = self._view(asker, made.vocabulary, made.lexicon)
        return view

    def stamp(self, asker: Asker) -> Hashable:
        """Cache key: changes with the index, with its words, with the synonyms, with what followers keep, and when an embargo ends.

        The index is committed before the followers run: what was answered between is answered anew.
        """
        view = self.of(asker)
        return view.articles.stamp, view.service, self._stories.stamp, tuple(store.stamp for store in self._stores)

    def search(self, request: SearchRequest, *, asker: Asker, facets: bool, budget_s: float | None) -> SearchPage:
        """One page of results. Searches again if words were applied meanwhile, so that query and index use the same ones."""
        service = self.of(asker).service
        page = service.search(request, facets=facets, budget_s=budget_s)
        if (newer := self.of(asker).service) is not service:
            page = newer.search(request, facets=facets, budget_s=budget_s)
        return page

    def results(self, request: SearchRequest, *, asker: Asker, cite: Callable[[SearchPage], str | None]) -> Results:
        """Every result as of one state of the index. ``cite`` gives the id of the set that a page's results belong to."""
        view = self.of(asker)
        change_seq = view.articles.change_seq
        query, seqs = view.service.every(request)

        def set_id() -> str | None:
            if asker is Asker.DESK:
                return None  # ``cite`` would say so; the search for it is spared
            first = view.service.search(replace(request, limit=1, offset=0, cursor=None), budget_s=0)
            is_same = (first.change_seq, first.results) == (change_seq, len(seqs))
            is_whole = first.results == first.total  # what cites them cites every article, also those under another one
            return cite(first) if is_same and is_whole else None

        return Results(query, request, change_seq, seqs, view.texts, set_id)

    def texts(self, asker: Asker) -> GatedArchive:
        """The articles as this asker may read them; needs no index."""
        return GatedArchive(self._archive, partial(self.gate, asker))

    def _current(self) -> _Made:
        """What is made of the words as they are now, anew if they are others."""
        text, synonyms = self._engine.reader().vocabulary, self._own.synonyms
        vocabulary, made = vocabulary_from_text(text), self._made
        if made is None or made.vocabulary is not vocabulary or made.synonyms is not synonyms:
            lexicon, _ = build_lexicon(synonyms.lines, holders=vocabulary.holder_table)
            words = words_digest(text + "\n".join(synonyms.lines))
            made = self._made = _Made(vocabulary, synonyms, lexicon, words, {})
        return made

    def _view(self, asker: Asker, vocabulary: Vocabulary, lexicon: Lexicon) -> View:
        gate = partial(self.gate, asker)
        index, texts = GatedIndex(self._engine.reader(), gate), GatedArchive(self._archive, gate)
        service = SearchService(
            texts,
            index,
            clock=self._clock,
            lexicon=lexicon,
            suggestions=self._suggestions,
            new_analyser=vocabulary.analyser,
            monotonic=self._monotonic,
            grouper=Grouper(self._stories.numbers, head=self._searching.story_head),
            about=self._searching.about,
            group=self._searching.group,
        )
        return View(gate, index, texts, service)

    def gate(self, asker: Asker) -> Gate:
        """What this asker may see at this moment."""
        return Gate(asker, self._clock(), self._preview)


class _Made(NamedTuple):
    """The views of one state of the words, with what they were made of."""

    vocabulary: Vocabulary
    synonyms: OwnLines
    lexicon: Lexicon
    words: bytes
    views: dict[Asker, View]
