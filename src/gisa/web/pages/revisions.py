"""The page that says how an article changed. What of it may be shown is decided below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from gisa.model import SEOUL, Article
from gisa.revisions.history import Revision
from gisa.saying.wording import sentence_for
from gisa.text.sentence_diff import SentenceChange
from gisa.web.pages.editions import Edition
from gisa.web.pages.longer_ids import or_longer_id
from gisa.web.pages.routes import Pages
from gisa.web.serving.askers import asker_in

_NUMBER: Final = re.compile("[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class PassageView:
    """A sentence that is not as it was; empty texts are not shown."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the article with what changed in it."""

    name: str
    passages: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One revision as the page shows it."""

    heading: str
    iso: str
    parts: tuple[PartView, ...]
    only_marks: bool
    """What it says is the same: spaces, marks or pictures differ."""


@or_longer_id("revisions")
async def revisions(pages: Pages, request: Request) -> Response:
    """``/articles/ID/revisions``. An article whose own id ends so is shown if there is none whose revisions these are."""
    article_id, asker = request.path_params["article_id"], asker_in(request.scope)
    asked = request.query_params.get("earlier_than", "")
    earlier_than = int(asked) if _NUMBER.fullmatch(asked) else None
    found = await pages.ask(request, pages.library.revisions, article_id, earlier_than=earlier_than, asker=asker)
    article = (await pages.ask(request, pages.library.article, article_id, asker=asker)).article
    edition = pages.edition(request)
    context = {
        "title": article.title,
        "lang": article.lang,
        "back": edition.links.to_article(article_id),
        "revisions": _views(found, article, edition),
        "is_whole": earlier_than is None and len(found) == 1,
        "more": edition.links.revisions(article_id, earlier_than=found[-1].number)
        if found[-1:] and found[-1].number > 1
        else "",
    }
    return pages.fill(request, "revisions.html", context)


def _views(found: Sequence[Revision], article: Article, edition: Edition) -> list[RevisionView]:
    speaker, text = edition.speaker, edition.speaker.wording.revisions
    views = []
    for revision in found:
        at, is_first = revision.at.astimezone(SEOUL), revision.number == 1
        when = speaker.day(at.date()) if is_first and article.date_only else speaker.moment(at)
        passages = revision.passages
        views.append(
            RevisionView(
                heading=speaker.fill(text.first if is_first else text.changed, when=when),
                iso=at.isoformat(),
                parts=tuple(
                    PartView(
                        sentence_for(text.parts, part),
                        tuple(
                            PassageView(
                                sentence_for(text.changes, each.change),
                                "" if each.change is SentenceChange.MOVED else each.before,
                                each.after,
                            )
                            for each in of_part
                        ),
                    )
                    for part, of_part in groupby(passages or (), key=lambda each: each.part)
                ),
                only_marks=passages is not None and not passages,
            )
        )
    return views
