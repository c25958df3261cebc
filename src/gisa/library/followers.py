"""The table of followers of the change log, and the one place that runs them. Knows nothing of their stores.

``docs/adding-a-follower.md`` says how to add one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

from gisa.clock import Clock
from gisa.config import Settings
from gisa.corrections.following import CorrectionsFollower
from gisa.errors import GisaError, SearchIndexError
from gisa.ports import Archive, Follower
from gisa.quotes.following import QuotationsFollower
from gisa.reports import FollowerState
from gisa.stories.following import StoriesFollower
from gisa.suggest.following import OwnWords, SuggestionsFollower

_CHANGES_AT_ONCE: Final = 5_000
_MANY: Final = 1_000
"""Changes for which followers do not wait until the writer is done: 0.8 s of work."""
_LOOK_EVERY_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class Followed:
    """What a follower is made of."""

    settings: Settings
    archive: Archive
    clock: Clock
    words: Callable[[], OwnWords | None]
    """The paper's own words that the index goes by now; None if no index says."""


def _suggestions(followed: Followed) -> Follower:
    return SuggestionsFollower(
        followed.settings.suggestions_path, followed.archive, words=followed.words, clock=followed.clock
    )


def _quotations(followed: Followed) -> Follower:
    settings = followed.settings
    return QuotationsFollower(settings.quotations_path, followed.archive, preview=settings.paper.preview)


def _stories(followed: Followed) -> Follower:
    settings = followed.settings
    return StoriesFollower(
        settings.stories_path, followed.archive, clock=followed.clock, preview=settings.paper.preview
    )


def _corrections(followed: Followed) -> Follower:
    settings = followed.settings
    return CorrectionsFollower(settings.corrections_path, followed.archive, preview=settings.paper.preview)


FOLLOWERS: Final[tuple[Callable[[Followed], Follower], ...]] = (_suggestions, _quotations, _stories, _corrections)
"""Every follower, in the order in which they run and are listed. The index is not among them: it is written with each batch."""


class Followers:
    """The followers of one archive."""

    def __init__(self, archive: Archive, followers: Iterable[Follower]) -> None:
        self._archive, self._followers = archive, tuple(followers)

    def follow(self) -> None:
        """Bring each up to the archive's last change; the caller holds the writer lock.

        A follower without a usable store is rebuilt. If one fails the others still follow; its ``SearchIndexError`` is raised at
        the end.
        """
        self._run(self._catch_up)

    @contextmanager
    def beside(self, *, many: int = _MANY, look_every_s: float = _LOOK_EVERY_S) -> Iterator[None]:
        """Follow in a thread of its own, whenever ``many`` changes wait, while the caller writes to the archive.

        An article takes followers a third of the time that its analysis takes; left to the end of a long run, that is a
        tail on one core. What fails here fails again in the ``follow`` at the end, which raises it.
        """
        is_over = threading.Event()

        def keep_up() -> None:
            with suppress(GisaError):
                while not is_over.wait(look_every_s):
                    if self._archive.last_change_seq() - self._slowest() >= many:
                        self.follow()

        thread = threading.Thread(target=keep_up, name="gisa-followers", daemon=True)
        thread.start()
        try:
            yield
        finally:
            is_over.set()
            thread.join()

    def _slowest(self) -> int:
        return min(
            (max(follower.change_seq, 0) for follower in self._followers), default=self._archive.last_change_seq()
        )

    def rebuild(self, *, go_on: Callable[[], None] = lambda: None) -> None:
        """Build each anew; the caller holds the writer lock. Raises as ``follow``, and what ``go_on``, called before each, does."""

        def step(follower: Follower) -> None:
            go_on()
            follower.rebuild()

        self._run(step)

    def are_behind(self) -> bool:
        """Whether a follower with a store lacks changes. One without a store is left to the next writer: building may take long."""
        last = self._archive.last_change_seq()
        return any(0 <= follower.change_seq != last for follower in self._followers)

    def states(self) -> Iterator[FollowerState]:
        """How far each is, in the order of the table."""
        last = self._archive.last_change_seq()
        for follower in self._followers:
            held = follower.change_seq
            yield FollowerState(follower.name, None if held < 0 else held, last - max(held, 0))

    def problems(self) -> Iterator[tuple[str, str]]:
        """What is wrong with each: its name, one sentence."""
        for follower in self._followers:
            for what in follower.problems():
                yield follower.name, what

    def _run(self, step: Callable[[Follower], None]) -> None:
        failed: SearchIndexError | None = None
        for follower in self._followers:
            try:
                step(follower)
            except SearchIndexError as error:
                failed = failed or error
        if failed is not None:
            raise failed

    def _catch_up(self, follower: Follower) -> None:
        last, held = self._archive.last_change_seq(), follower.change_seq
        if max(held, 0) == last:
            return
        if not 0 <= held < last:  # no store, or one ahead of an archive that has lost its last changes
            follower.rebuild()
            return
        while 0 <= held < last:
            follower.follow(self._archive.changes(after=held, limit=_CHANGES_AT_ONCE))
            before, held = held, follower.change_seq
            if held == before:
                raise SearchIndexError(f"{follower.name}: does not get beyond change {held:,} — run `gisa reindex`")
