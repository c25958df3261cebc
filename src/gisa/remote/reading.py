"""Answers of the API as the values that a library on this machine gives. Asks nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gisa.model import (
    Article,
    ArticleView,
    FacetCount,
    Hit,
    Notice,
    NoticeCode,
    Picture,
    ScopeCounts,
    SearchPage,
    Snippet,
    Sort,
    Span,
    Suggestion,
    VariantCount,
    VariantKind,
)

Said = Mapping[str, Any]
"""A part of an answer, as JSON has it."""


def search_page(answer: Said) -> SearchPage:
    """``GET /api/search``."""
    data, meta = answer["data"], answer["meta"]
    return SearchPage(
        query=data["query"],
        sort=Sort(meta["sort"]),
        total=data["total"],
        stories=data.get("stories"),
        grouped=data.get("grouped", False),
        hits=tuple(map(_hit, data["hits"])),
        also=tuple(map(_hit, data.get("also", ()))),
        notices=tuple(map(_notice, data["notices"])),
        relaxed=data["relaxed"],
        limit=meta["limit"],
        offset=meta["offset"],
        facets=None
        if data["facets"] is None
        else {
            name: tuple(FacetCount(each["value"], each["count"]) for each in counts)
            for name, counts in data["facets"].items()
        },
        variants=tuple(map(_variant, data["variants"])),
        next_cursor=meta["next_cursor"],
        inside=data["inside"],
        verbs=data.get("verbs"),
        scopes=None if data["scopes"] is None else ScopeCounts(data["scopes"]["all"], data["scopes"]["about"]),
        about=data["about"],
        did_you_mean=data["did_you_mean"],
        corrected_from=data["corrected_from"],
    )


def article_view(answer: Said) -> ArticleView:
    """``GET /api/articles/{id}``."""
    data = answer["data"]
    shown = data["highlights"]
    return ArticleView(
        _article(data, body=data["body"]), answer["meta"]["revision"], _spans(shown["title"]), _spans(shown["body"])
    )


def suggestions(answer: Said) -> list[Suggestion]:
    """``GET /api/suggest``."""
    return [Suggestion(each["text"], each["articles"]) for each in answer["data"]["suggestions"]]


def _hit(said: Said) -> Hit:
    snippet = Snippet(
        said["snippet"],
        _spans(said["highlights"]["snippet"]),
        cut_before=said["snippet_cut_before"],
        cut_after=said["snippet_cut_after"],
    )
    article = _article(said, body="")
    return Hit(
        article,
        _spans(said["highlights"]["title"]),
        snippet,
        said["score"],
        similar=tuple(_article(each, body="") for each in said.get("similar", ())),
        similar_total=said.get("similar_total", 0),
        is_mention=said["mention"],
    )


def _article(said: Said, *, body: str) -> Article:
    """An article; of a hit the body is not sent, of one that is named beside it little more than its headline."""
    return Article(
        id=said["id"],
        title=said["title"],
        body=body,
        published_at=datetime.fromisoformat(said["published_at"]),
        modified_at=_moment(said.get("modified_at")),
        section=said["section"],
        byline=tuple(said.get("byline", ())),
        publisher=said["publisher"],
        url=said["url"],
        pictures=(Picture(url=said["image_url"]),) if said.get("image_url") else (),
        keywords=tuple(said.get("keywords", ())),
        lang=said.get("lang", "ko"),
        correction=said.get("correction"),
        corrected_at=_moment(said.get("corrected_at")),
    )


def _notice(said: Said) -> Notice:
    return Notice(NoticeCode(said["code"]), said["limit"], tuple(said["words"]), said["count"])


def _variant(said: Said) -> VariantCount:
    return VariantCount(
        key=said["key"],
        kind=VariantKind(said["kind"]),
        source=said["source"],
        replacement=said["replacement"],
        count=said["count"],
    )


def _spans(said: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in said)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
