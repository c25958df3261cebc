"""Stories on a page of results: how many there are, and which articles stand under a result. Pure: what templates show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gisa.model import SEOUL, Article, Hit, SearchPage
from gisa.saying.speaker import Speaker
from gisa.web.pages.links import Links, SearchLinks


class StoryLink(NamedTuple):
    """Another article of a story."""

    href: str
    title: str
    iso: str
    day: str
    publisher: str


class SimilarView(NamedTuple):
    """What stands under a result."""

    label: str
    """``비슷한 기사 4건``."""
    articles: list[StoryLink]
    href: str
    """Where all articles of the story are compared."""


class BesideView(NamedTuple):
    """What stands under an article."""

    similar: str
    """``비슷한 기사 4건``; empty if no other article tells the same."""
    related: list[StoryLink]


class GroupingView(NamedTuple):
    """What a page of results says of stories, and the way to the other kind of list."""

    told: str
    """How many results the page groups; empty if it does not group."""
    href: str
    switch: str


def grouping(page: SearchPage, links: SearchLinks, speaker: Speaker) -> GroupingView | None:
    """How many there are both ways: articles and stories. None if it is the same number, or was not counted."""
    text = speaker.wording.stories
    if page.grouped:
        told = speaker.fill(text.grouped, total=page.total, stories=page.results)
        return GroupingView(told, links.to(group=False), text.apart)
    if page.stories is None or page.stories == page.total:
        return None
    return GroupingView("", links.to(group=True), speaker.fill(text.together, stories=page.stories))


def similar(hit: Hit, speaker: Speaker, site: Links) -> SimilarView | None:
    """The articles that tell the same as a result, if results are grouped and there are some."""
    if not hit.similar_total:
        return None
    return SimilarView(
        label=speaker.fill(speaker.wording.stories.similar, count=hit.similar_total),
        articles=[story_link(each, speaker, site) for each in hit.similar],
        href=site.similar(hit.article.id),
    )


def beside(related: Sequence[Article], speaker: Speaker, site: Links, *, similar: int) -> BesideView:
    """What stands under an article; so many others, ``similar``, tell the same story as it."""
    return BesideView(
        similar=speaker.fill(speaker.wording.stories.similar, count=similar) if similar else "",
        related=[story_link(each, speaker, site) for each in related],
    )


def story_link(article: Article, speaker: Speaker, site: Links) -> StoryLink:
    """An article named in a line."""
    published = article.published_at.astimezone(SEOUL)
    return StoryLink(
        href=site.to_article(article.id),
        title=article.title,
        iso=published.isoformat(),
        day=speaker.day(published.date()) if article.date_only else speaker.moment(published),
        publisher=article.publisher or article.section or "",
    )
