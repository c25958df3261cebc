"""What a newsroom writes while ``soak`` and ``newsday`` look on: articles one at a time, corrections, removals; and what of it is acknowledged.

Every revision holds a word that is nowhere else, by which it must be found, and which must be gone when the revision is.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import Any, Final

from gisa.model import SEOUL

_SYLLABLES: Final = "갸꿔뇨뎨럇뮤븟숀윰쥰츄큐튬펠휀깽뻥쏭쨍튄"
_BEGINNING: Final = "쇼쿄"


def word_of(number: int) -> str:
    """A word of six syllables that no article holds by itself; another for every number below 160,000."""
    base = len(_SYLLABLES)
    if not 0 <= number < base**4:
        raise ValueError(f"there are words for 0 to {base**4 - 1}, not for {number}")
    return _BEGINNING + "".join(_SYLLABLES[number // base**place % base] for place in (3, 2, 1, 0))


@dataclass(frozen=True, slots=True)
class Written:
    """One revision of an article that the newsroom has written."""

    article_id: str
    word: str
    fields: dict[str, Any]


class Newsroom:
    """Writes new articles out of given texts, and corrections of its own. Knows no archive."""

    def __init__(self, texts: Iterator[dict[str, Any]]) -> None:
        self._texts, self._words, self._articles = texts, 0, 0

    def new(self) -> Written:
        """An article of this moment. Raises ``StopIteration`` when the texts are used up."""
        text = next(self._texts)
        self._articles += 1
        fields = {
            "id": f"newsroom-{self._articles}",
            "title": text["title"],
            "body": text["body"],
            "section": text.get("section"),
            "published_at": datetime.now(SEOUL).isoformat(),
        }
        return self._with_word(fields)

    def corrected(self, before: Written) -> Written:
        """The same article with a notice of correction, and with another word in the place of its own."""
        title, body = (before.fields[name].replace(f" {before.word}", "") for name in ("title", "body"))
        notice = {"correction": "이름을 바로잡습니다.", "corrected_at": datetime.now(SEOUL).isoformat()}
        return self._with_word({**before.fields, **notice, "title": title, "body": body})

    def _with_word(self, fields: dict[str, Any]) -> Written:
        word = word_of(self._words)
        self._words += 1
        fields = {
            **fields,
            "title": f"{fields['title']} {word}",
            "body": f"{fields['body']} {word}",
            "keywords": [word],  # a name, so that it is suggested from one article on
        }
        return Written(fields["id"], word, fields)


class Ledger:
    """Which articles are there and which were removed, as far as the archive has acknowledged it. Safe from many threads.

    Moments are of ``time.monotonic``.
    """

    def __init__(self, article_ids: Iterable[str]) -> None:
        self._lock = threading.Lock()
        self._there = set(article_ids)
        self._leaving: set[str] = set()
        self._gone: dict[str, float] = {}

    def added(self, article_id: str) -> None:
        with self._lock:
            self._there.add(article_id)

    def removing(self, article_id: str) -> None:
        """Its removal is asked for: from now on it may be gone."""
        with self._lock:
            self._there.remove(article_id)
            self._leaving.add(article_id)

    def removed(self, article_id: str) -> None:
        """Its removal is acknowledged: from now on it must be gone."""
        with self._lock:
            self._gone[article_id] = time.monotonic()

    def statuses(self, article_id: str, *, asked_at: float) -> frozenset[int]:
        """What an article's page may say to a request that was asked at that moment and has been answered."""
        with self._lock:
            if self._gone.get(article_id, inf) <= asked_at:
                return frozenset((410,))
            if article_id in self._leaving:
                return frozenset((200, 410))
            return frozenset((200 if article_id in self._there else 404,))

    def gone(self, asked_at: float) -> set[str]:
        """What no answer to a request of that moment may show."""
        with self._lock:
            return {article_id for article_id, gone_at in self._gone.items() if gone_at <= asked_at}

    def there(self) -> set[str]:
        """Every article that was acknowledged and that nobody has asked to remove."""
        with self._lock:
            return set(self._there)

    @property
    def left(self) -> int:
        """How many removals have been asked for so far."""
        with self._lock:
            return len(self._leaving)
