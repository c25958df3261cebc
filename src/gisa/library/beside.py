"""What stands beside an article, for one asker: the others of its story, and related ones."""

from __future__ import annotations

from contextlib import suppress

from gisa.access import Asker
from gisa.errors import SearchIndexError
from gisa.library.searches import Searches
from gisa.model import Article
from gisa.stories.asking import Stories
from gisa.stories.comparing import Story, compare, printed_order
from gisa.stories.related import related


class Beside:
    """Asks for one asker. For one question; holds nothing."""

    def __init__(self, stories: Stories, searches: Searches, asker: Asker) -> None:
        self._stories, self._searches, self._asker = stories, searches, asker

    def similar(self, article_id: str) -> list[Article]:
        """See ``Library.similar``."""
        return [article for article in self._story(article_id) if article.id != article_id]

    def story(self, article_id: str) -> Story:
        """See ``Library.story``."""
        return compare(self._story(article_id))

    def related(self, article_id: str, *, limit: int) -> list[Article]:
        """See ``Library.related``. Without an index there are none."""
        archived = self._searches.texts(self._asker).get(article_id)
        with suppress(SearchIndexError):
            view = self._searches.of(self._asker)
            return related(
                archived,
                index=view.articles,
                texts=view.texts,
                analyser=view.service.analyser,
                same=self._stories.members(archived.seq),
                stories=self._stories.numbers(),
                limit=limit,
            )
        return []

    def _story(self, article_id: str) -> list[Article]:
        texts = self._searches.texts(self._asker)
        return printed_order(self._stories.members(texts.get(article_id).seq), texts)
