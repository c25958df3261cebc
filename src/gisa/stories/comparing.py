"""The articles of one story side by side: which was printed first, and what each says otherwise. Through the gate; renders nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gisa.model import Article
from gisa.ports import ArchiveView
from gisa.text.sentence_diff import SentenceChange, sentence_diff

COMPARED: Final = 30
"""Articles of a story that are compared, the first printed; 30 take 20 ms."""


_FETCHED: Final = 200


@dataclass(frozen=True, slots=True)
class Telling:
    """One article of a story, and its sentences beside those of the one printed first."""

    article: Article
    is_compared: bool
    """False for the first one, and where only the beginning of one of both may be read."""
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
    """How many there are; more than ``COMPARED`` are not shown."""


def printed_order(members: Sequence[int], texts: ArchiveView) -> list[Article]:
    """The articles of these numbers that the asker may see, the one printed first first; of more than 200 the rest is left out."""
    found = sorted(texts.fetch(members[:_FETCHED]).values(), key=lambda each: (each.article.published_at, each.seq))
    return [each.article for each in found]


def compare(articles: Sequence[Article]) -> Story:
    """The articles of a story, in the order in which they were printed, beside the first."""
    return Story(tuple(_telling(article, articles[0]) for article in articles[:COMPARED]), len(articles))


def _telling(article: Article, first: Article) -> Telling:
    if article is first or article.excerpt or first.excerpt:
        return Telling(article, is_compared=False)
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
    return Telling(article, True, same, tuple(added), tuple(dropped), tuple(changed))
