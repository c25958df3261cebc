"""What stands beside an article, for one asker: the others of its story, and related ones."""

from __future__ import annotations

from contextlib import suppress

from gisa.access import Asker
from gisa.clause import Numbered
from gisa.errors import SearchIndexError
from gisa.library.searches import Searches
from gisa.model import ArchivedArticle, Article
from gisa.stories.asking import Stories
from gisa.stories.comparing import SHOWN, SIMILAR, Story, compare, first_printed
from gisa.stories.related import related


class Beside:
    """Asks for one asker. For one question; holds nothing."""

    def __init__(self, stories: Stories, searches: Searches, asker: Asker) -> None:
        self._stories, self._searches, self._asker = stories, searches, asker

    def similar(self, article_id: str) -> list[Article]:
        """See ``Library.similar``."""
        asked = self._searches.texts(self._asker).get(article_id)
        return [each for each in self._first_printed(asked, limit=SIMILAR + 1) if each.id != article_id]

    def similar_total(self, article_id: str) -> int:
        """See ``Library.similar_total``. Without an index there are none."""
        return self._others(self._searches.texts(self._asker).get(article_id))

    def story(self, article_id: str) -> Story:
        """See ``Library.story``."""
        asked = self._searches.texts(self._asker).get(article_id)
        shown = self._first_printed(asked, limit=SHOWN)
        return compare(shown, total=max(len(shown), 1 + self._others(asked)))

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

    def _first_printed(self, asked: ArchivedArticle, *, limit: int) -> list[Article]:
        members = self._stories.members(asked.seq)
        return first_printed(members, self._searches.texts(self._asker), asked=asked, limit=limit)

    def _others(self, asked: ArchivedArticle) -> int:
        """How many other articles of its story the asker may see; counted in the index, since a story may have thousands."""
        others = tuple(sorted(seq for seq in self._stories.members(asked.seq) if seq != asked.seq))
        with suppress(SearchIndexError):
            return self._searches.of(self._asker).articles.count(Numbered(others)) if others else 0
        return 0
