"""The articles of one story side by side: which was printed first, and what each says otherwise. Through the gate; renders nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from gisa.model import ArchivedArticle, Article
from gisa.ports import ArchiveView
from gisa.text.sentence_diff import SentenceChange, sentence_diff

SHOWN: Final = 30
"""Articles of a story that are compared, the first printed; 30 take 20 ms."""
SIMILAR: Final = 200
"""The most other articles of a story that are named; 200 whole articles are 1 MB of a daily paper's."""
_MOST_COMPARED: Final = 400_000
"""Characters that are compared for one story; as of revisions, a fifth of a second of the processor."""


class Uncompared(Enum):
    """Why an article is not compared."""

    FIRST = auto()
    """The others are compared with it."""
    CUT = auto()
    """Only the beginning of one of both may be read."""
    LONG = auto()


@dataclass(frozen=True, slots=True)
class Telling:
    """One article of a story, and its sentences beside those of the one printed first."""

    article: Article
    uncompared: Uncompared | None
    same: int = 0
    """Sentences that are the same, wherever they stand."""
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    """Sentences written anew, each as it was and as it is."""


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that tell the same event in nearly the same words, as one asker may see them."""

    tellings: tuple[Telling, ...]
    """The one printed first, then the others in the order of their time."""
    total: int
    """How many there are; more than ``SHOWN`` are not shown."""


def first_printed(members: Sequence[int], texts: ArchiveView, *, asked: ArchivedArticle, limit: int) -> list[Article]:
    """The first ``limit`` articles of a story that the asker may see, and in place of the last the one asked for if it comes later.

    ``members``: the numbers of the story's articles in the order in which they were printed.
    """
    found: dict[int, Article] = {}
    for start in range(0, len(members), limit):  # once, unless the gate hides what the store does not know of yet
        seqs = members[start : start + limit]
        fetched = texts.fetch(seqs)
        found.update((seq, fetched[seq].article) for seq in seqs if seq in fetched)
        if len(found) >= limit:
            break
    articles = list(found.values())[:limit]
    if asked.article.id not in {each.id for each in articles}:
        articles[limit - 1 :] = [asked.article]
    return articles


def compare(articles: Sequence[Article], *, total: int) -> Story:
    """Articles of a story, in the order in which they were printed, beside the first; ``total``: how many the story has."""
    return Story(tuple(_tellings(articles)), total)


def _tellings(articles: Sequence[Article]) -> Iterator[Telling]:
    first, left = articles[0], _MOST_COMPARED
    for article in articles:
        length = len(first.body) + len(article.body)
        if article is first:
            yield Telling(article, Uncompared.FIRST)
        elif article.excerpt or first.excerpt:
            yield Telling(article, Uncompared.CUT)
        elif length > left:
            yield Telling(article, Uncompared.LONG)
        else:
            left -= length
            yield _compared(article, first)


def _compared(article: Article, first: Article) -> Telling:
    before, after = first.body, article.body
    added, dropped, changed = [], [], []
    same = 0
    for change, old, new in sentence_diff(before, after):
        was, now = (text[slice(*span)] if span else "" for text, span in ((before, old), (after, new)))
        if change is SentenceChange.ADDED:
            added.append(now)
        elif change is SentenceChange.DROPPED:
            dropped.append(was)
        elif change is SentenceChange.CHANGED:
            changed.append((was, now))
        else:
            same += 1
    return Telling(article, None, same, tuple(added), tuple(dropped), tuple(changed))
