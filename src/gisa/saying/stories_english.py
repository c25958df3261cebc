"""Stories and related articles, in English."""

from __future__ import annotations

from typing import Final

from gisa.saying.stories_wording import StoriesText

ENGLISH_STORIES: Final = StoriesText(
    together="{stories} {stories:story/stories}",
    together_hint="Show each story once",
    grouped="{total} {total:article/articles}, shown as {stories} {stories:story/stories}. The filters count articles.",
    apart="Show every article",
    similar="{count} similar {count:article/articles}",
    compare="Compare the articles",
    title="Similar articles",
    back="Back to the article",
    about="{total} articles tell the same event in nearly the same words. Sentences that differ from the first article are shown.",
    cut="Shown are {shown} of them: those that appeared first, and the one you came from.",
    none="There are no similar articles.",
    first="Published first",
    asked="The article you came from",
    counts="Sentences: {same} same, {added} added, {dropped} removed, {changed} changed",
    not_compared="Only part of it can be read, so it is not compared",
    too_long="Too long to be compared",
    sentences="Show what differs",
    added="Added",
    dropped="Removed",
    changed="Changed",
    related="Related articles",
)
