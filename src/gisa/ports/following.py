"""What a store that is derived from the archive must do, and what suggestions answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from gisa.model import Change, Suggestion


class Follower(Protocol):
    """A store that is derived from the archive and follows its change log. It can be thrown away and built anew.

    It keeps the number of the last change it holds in the same transaction as what it made of it. One process writes
    (the caller holds the writer lock), any number may read meanwhile. A store that cannot be written must not go on
    offering what the archive no longer holds: it discards itself.
    """

    @property
    def name(self) -> str:
        """One lower-case word, for ``gisa status``, ``gisa verify`` and metrics."""
        ...

    @property
    def change_seq(self) -> int:
        """The last change that the store holds. -1 if there is no usable one: missing, damaged, or built by other rules."""
        ...

    def follow(self, changes: Sequence[Change]) -> None:
        """Take in the changes after ``change_seq``, in order: all of them or, after a crash, none.

        A store that turns out to be damaged is built anew. Raises ``SearchIndexError`` if it can be neither written nor
        discarded.
        """
        ...

    def rebuild(self) -> None:
        """Build the store from the archive alone, beside the one that serves, then swap. Raises as ``follow``."""
        ...

    def problems(self) -> Iterator[str]:
        """What is wrong with what is kept, one sentence each. That it is behind is not: who asks knows ``change_seq``."""
        ...


class Suggestions(Protocol):
    """What readers may be offered to search for. Safe from many threads; sees a commit at once; never raises.

    Where it cannot be read, or was built by another version, it is empty until the next writer has built it anew.
    """

    def suggest(self, typed: str, *, limit: int) -> list[Suggestion]:
        """Phrases that begin with what has been typed, most held first, recent ones a little more; see ``text.jamo``."""
        ...

    def like(self, word: str, *, limit: int) -> list[Suggestion]:
        """Words that somebody may have meant who typed ``word``, likeliest first."""
        ...
