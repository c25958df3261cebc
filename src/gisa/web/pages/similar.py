"""The page that compares the articles of one story: who printed first, and what each says otherwise."""

from __future__ import annotations

from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from gisa.saying.speaker import Speaker
from gisa.stories.comparing import Story, Telling, Uncompared
from gisa.web.pages.links import Links
from gisa.web.pages.longer_ids import or_longer_id
from gisa.web.pages.routes import Pages
from gisa.web.pages.stories import StoryLink, story_link
from gisa.web.serving.askers import asker_in

_SENTENCES: Final = 40
"""Sentences of one kind that are shown of an article."""


class TellingView(NamedTuple):
    """One article of the story as the page shows it."""

    link: StoryLink
    lang: str
    is_asked: bool
    """Whether it is the article whose story was asked for."""
    told: str
    """``먼저 게재``, or how many sentences are the same, added, dropped and changed."""
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    changed: tuple[tuple[str, str], ...]


@or_longer_id("similar")
async def similar(pages: Pages, request: Request) -> Response:
    """``/articles/ID/similar``. An article whose own id ends so is shown if there is none whose story this is."""
    article_id, asker = request.path_params["article_id"], asker_in(request.scope)
    story = await pages.ask(request, pages.library.story, article_id, asker=asker)
    edition = pages.edition(request)
    context = {
        "back": edition.links.to_article(article_id),
        "tellings": view_story(story, edition.speaker, edition.links, asked=article_id),
        "total": story.total,
    }
    return pages.fill(request, "similar.html", context)


def view_story(story: Story, speaker: Speaker, site: Links, *, asked: str) -> list[TellingView]:
    """The articles of a story, the one printed first first."""
    return [
        TellingView(
            link=story_link(telling.article, speaker, site),
            lang=telling.article.lang,
            is_asked=telling.article.id == asked,
            told=_told(telling, speaker),
            added=telling.added[:_SENTENCES],
            dropped=telling.dropped[:_SENTENCES],
            changed=telling.changed[:_SENTENCES],
        )
        for telling in story.tellings
    ]


def _told(telling: Telling, speaker: Speaker) -> str:
    text = speaker.wording.stories
    if telling.uncompared is Uncompared.FIRST:
        return text.first
    if telling.uncompared is Uncompared.CUT:
        return text.not_compared
    if telling.uncompared is Uncompared.LONG:
        return text.too_long
    return speaker.fill(
        text.counts,
        same=telling.same,
        added=len(telling.added),
        dropped=len(telling.dropped),
        changed=len(telling.changed),
    )
