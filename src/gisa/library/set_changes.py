"""Tells from the change log how a cited result set has changed: added, corrected, gone. Builds no index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sized
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gisa.access import Asker, Gate
from gisa.clause import Clause, OpensAfter
from gisa.errors import ArticleNotFound, ArticleRemoved
from gisa.model import ArchivedArticle, Change, ChangeKind
from gisa.ports import Archive
from gisa.query.matching import ArticleTokens
from gisa.search.gated import GatedArchive
from gisa.search.service import SearchService
from gisa.search.sets import ResultSet

MOST_CHANGES: Final = 200_000
"""Maximum lines of the change log that are read: five years of a daily paper, 0.4 s."""
MOST_LOOKED_AT: Final = 1_000
"""Maximum articles whose old revision is analysed, at 2 to 5 ms each."""
SHOWN: Final = 100
"""Articles of each kind that are named; the counts are of all."""
_BATCH: Final = 5_000
_READ_AT_ONCE: Final = 200
"""Articles whose texts are held at once."""


@dataclass(frozen=True, slots=True)
class SetArticle:
    """An article that is named, as it is now and as anybody may see it."""

    id: str
    title: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class SetRemoval:
    """A removed article: nothing of its text."""

    id: str
    removed_at: datetime
    public_reason: str | None


@dataclass(frozen=True, slots=True)
class SetChanges:
    """A set then and now. Lists name at most ``SHOWN`` articles each."""

    found: ResultSet
    total: int
    """Results now."""
    added: tuple[SetArticle, ...]
    """Results now that were none then."""
    corrected: tuple[SetArticle, ...]
    """Results then and now, in another revision."""
    removed: tuple[SetRemoval, ...]
    """Results then that the paper has removed since."""
    left: tuple[SetArticle, ...]
    """Visible articles that were results then and are not now: another revision, other words, another day."""
    counts: dict[str, int]
    """Of each kind; ``hidden``: results then that cannot be seen now."""
    is_exact: bool
    """False: too much has changed to list it; ``total`` is still exact."""
    same_words: bool
    """Whether the paper's words and synonyms are the same as then."""


class SetComparison:
    """Compares one set. For one thread."""

    def __init__(
        self,
        found: ResultSet,
        *,
        archive: Archive,
        texts: GatedArchive,
        service: SearchService,
        tokens: Callable[[ArchivedArticle], ArticleTokens],
        preview: int,
        same_words: bool,
    ) -> None:
        """``texts`` and ``service`` are what anybody may see now; ``tokens`` analyses an article as the index's were."""
        self._found, self._archive, self._texts, self._service = found, archive, texts, service
        self._tokens, self._same_words = tokens, same_words
        self._then = Gate(Asker.PUBLIC, found.at, preview)

    def compare(self) -> SetChanges:
        """The set then and now."""
        match, seqs = self._service.members(self._found.request)
        now = dict.fromkeys(seqs)  # in their order
        first = self._first_changes()
        if first is None or sum(each.kind is not ChangeKind.ADD for each in first.values()) > MOST_LOOKED_AT:
            return self._told(len(now), added=[], corrected=[], gone={}, is_exact=False)
        opens_later = OpensAfter(int(self._found.at.timestamp()))
        opened = set(self._service.members(self._found.request, also=opens_later)[1])
        before = {seq for seq, change in first.items() if self._was_in(change, match)}
        return self._told(
            len(now),
            added=[seq for seq in now if (seq in first and seq not in before) or seq in opened],
            corrected=[seq for seq in now if seq in before and seq not in opened],
            gone={seq: first[seq].article_id for seq in before if seq not in now},
            is_exact=True,
        )

    def _first_changes(self) -> dict[int, Change] | None:
        """Of each article the first change since, by number; None if there are too many."""
        first: dict[int, Change] = {}
        after = self._found.change_seq
        for _ in range(0, MOST_CHANGES, _BATCH):
            changes = self._archive.changes(after=after, limit=_BATCH)
            for change in changes:
                first.setdefault(change.article_seq, change)
            if len(changes) < _BATCH:
                return first
            after = changes[-1].change_seq
        return None

    def _was_in(self, change: Change, match: Clause) -> bool:
        """Whether an article was among the results before its first change since."""
        if change.kind is ChangeKind.ADD:
            return False
        number = change.revision if change.kind is ChangeKind.REMOVE else change.revision - 1
        then = next((each for each in self._archive.revisions(change.article_id) if each.revision == number), None)
        if then is None or not then.article.title or not self._then.shows(then.article):
            return False
        return self._tokens(then).holds(match)

    def _told(
        self, total: int, *, added: list[int], corrected: list[int], gone: dict[int, str], is_exact: bool
    ) -> SetChanges:
        """What is told of these articles, by number; ``gone``: ids of the results then that are none now."""
        left = self._left(list(gone))
        removals = [self._removal(article_id) for seq, article_id in gone.items() if seq not in left]
        removed = [each for each in removals if each is not None]
        kinds: dict[str, Sized] = {"added": added, "corrected": corrected, "removed": removed, "left": left}
        return SetChanges(
            found=self._found,
            total=total,
            added=tuple(self._named(added)),
            corrected=tuple(self._named(corrected)),
            removed=tuple(removed[:SHOWN]),
            left=tuple(self._named(list(left))),
            counts={kind: len(each) for kind, each in kinds.items()} | {"hidden": len(removals) - len(removed)},
            is_exact=is_exact,
            same_words=self._same_words,
        )

    def _left(self, gone: list[int]) -> dict[int, None]:
        """Those that can be seen, in their order."""
        left: dict[int, None] = {}
        for start in range(0, len(gone), _READ_AT_ONCE):
            some = gone[start : start + _READ_AT_ONCE]
            fetched = self._texts.fetch(some)
            left |= {seq: None for seq in some if seq in fetched}
        return left

    def _removal(self, article_id: str) -> SetRemoval | None:
        """The tombstone of an article that was removed."""
        try:
            self._archive.get(article_id)
        except ArticleRemoved as error:
            return SetRemoval(article_id, error.removed_at, error.public_reason)
        except ArticleNotFound:
            pass
        return None

    def _named(self, seqs: list[int]) -> Iterator[SetArticle]:
        shown = seqs[:SHOWN]
        fetched = self._texts.fetch(shown)
        for seq in shown:
            if seq in fetched:
                article = fetched[seq].article
                yield SetArticle(article.id, article.title, article.published_at)
