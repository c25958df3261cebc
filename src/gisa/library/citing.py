"""Gives a search's results an id to cite, and tells from an id what has changed since. Stores nothing: the id holds the search."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gisa.access import Asker
from gisa.clock import Clock
from gisa.errors import SetInvalid
from gisa.ingest.analysis import make_builder
from gisa.library.searches import Searches
from gisa.library.set_changes import SetChanges, SetComparison
from gisa.library.set_key import set_key
from gisa.model import SEOUL, SearchPage
from gisa.ports import Archive
from gisa.search.explain import article_tokens
from gisa.search.request import SearchRequest
from gisa.search.sets import ResultSet, read_set, set_of, write_set


class Sets:
    """The result sets of one data folder, as the public sees them. Thread-safe."""

    def __init__(self, archive: Archive, searches: Searches, key_path: Path, *, clock: Clock, preview: int) -> None:
        """Makes no key yet."""
        self._archive, self._searches, self._clock, self._preview = archive, searches, clock, preview
        self._key_path = key_path
        self._known_key: bytes | None = None

    def id_of(self, request: SearchRequest, page: SearchPage) -> str | None:
        """See ``Library.set_id``, of a page that the public may see. Takes 0.05 ms."""
        if page.change_seq is None or not page.query or (key := self._key()) is None:
            return None
        now = self._clock()
        asked = replace(request, query=page.query, as_typed=request.as_typed or page.corrected_from is not None)
        found = set_of(
            asked,
            about=page.about,
            change_seq=page.change_seq,
            at=now,
            total=page.total,
            words=self._searches.words,
            today=now.astimezone(SEOUL).date(),
        )
        return write_set(found, key=key)

    def found(self, set_id: str) -> ResultSet:
        """See ``Library.result_set``."""
        if (key := self._key()) is None:
            raise SetInvalid
        return read_set(set_id, key=key)

    def changes(self, set_id: str) -> SetChanges:
        """See ``Library.set_changes``."""
        found = self.found(set_id)
        view, builder = self._searches.of(Asker.PUBLIC), make_builder(self._searches.vocabulary)
        return SetComparison(
            found,
            archive=self._archive,
            texts=view.texts,
            service=view.service,
            tokens=lambda archived: article_tokens(archived, builder, now=found.at),
            preview=self._preview,
            same_words=found.words == self._searches.words,
        ).compare()

    def _key(self) -> bytes | None:
        if self._known_key is None:
            self._known_key = set_key(self._key_path)
        return self._known_key
