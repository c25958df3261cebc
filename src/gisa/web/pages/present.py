"""Results and articles → what the templates show: marked and escaped text, links, days in Seoul, in one language. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any, Final, NamedTuple

from markupsafe import Markup, escape

from gisa.corrections.corrected import Corrected
from gisa.errors import ArticleRemoved
from gisa.model import SEOUL, Access, Article, ArticleView, Hit, SearchPage, Sort
from gisa.quotes.asking import SaidBy
from gisa.saying.correcting import say_correction_kind
from gisa.saying.speaker import Speaker
from gisa.saying.wording import sentence_for
from gisa.search.facets import TIMELINE
from gisa.search.request import FILTERS, Param, SearchRequest
from gisa.search.timeline import Stretch, stretch_named
from gisa.search.values import Choice as ChoiceOf
from gisa.search.values import Day, Flag
from gisa.text.corrections import correction_of, notice_kind
from gisa.web.pages.line_breaks import keep_together
from gisa.web.pages.links import PLACE, Links, SearchLinks, anchor, web_url
from gisa.web.pages.marking import Paragraph, mark, marked_html, paragraphs
from gisa.web.pages.paging import last_page, page_window
from gisa.web.pages.stories import GroupingView, SimilarView, grouping, similar

FEED_TYPES: Final = {"rss": "rss+xml", "atom": "atom+xml", "json": "feed+json"}
"""By the ending of a feed's address."""

CHOICES_SHOWN: Final = 12
"""More choices of a filter than these stand behind a disclosure; they would fill a phone's first screen."""

_SHOWN: Final = tuple(param for param in FILTERS if not isinstance(param.kind, Day))
"""Filters with choices of their own; days are one of the choices of the filter that stands instead of them."""
_RANGE_INPUTS: Final = tuple(_param.name for _param in FILTERS if isinstance(_param.kind, Day) or _param.instead_of)

_SORTS: Final = (Sort.NEWEST, Sort.RECOMMENDED, Sort.OLDEST)
"""Orders that readers are offered; how well articles match alone is for programs."""
_HEADING_CHARS: Final = 60
"""Of a query of 500 characters a heading shows the beginning; the search box holds it all."""
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


class HitView(NamedTuple):
    """One result as the page shows it."""

    anchor: str
    href: str
    title: Markup
    snippet: Markup
    picture: str | None
    section: str | None
    is_mention: bool
    """Whether the article only mentions the query."""
    iso: str
    day: str
    byline: str
    correction: str
    """``정정`` with its day; empty for an article that was not corrected."""
    lang: str
    """The article's language if it is not the page's; else empty."""
    similar: SimilarView | None
    """The articles that tell the same and stand under it."""


class Choice(NamedTuple):
    """One choice of an order or a filter; ``href`` is None where it would lead to nothing."""

    label: str
    href: str | None
    amount: str
    """How many results it would leave; empty where that is not counted."""
    current: bool


class FilterGroup(NamedTuple):
    """The choices of one filter."""

    name: str
    label: str
    choices: list[Choice]
    more: list[Choice]
    """Choices behind a disclosure."""
    has_days: bool
    """Whether days set by hand are one of the choices."""
    chosen: str
    """The choice in force; empty if the filter is off."""
    is_switch: bool
    """Whether it is only on or off."""

    @property
    def switch(self) -> Choice:
        """The choice that is not in force, of a filter that is only on or off."""
        return self.choices[0 if self.chosen else -1]


class Bar(NamedTuple):
    """One stretch of the timeline."""

    label: str
    amount: str
    height: int
    """Percent of the highest bar."""
    href: Markup | None
    """The same search in that stretch; None where nothing is."""


class VariantLine(NamedTuple):
    """A variant that was searched for, or one that is switched off."""

    text: str
    """``AI = 인공지능``."""
    amount: str
    """``+120``; empty when switched off."""
    href: str
    """Switches it off, or on again."""


class FilterLink(NamedTuple):
    """A link that takes one filter off, for a page without results."""

    label: str
    href: str


class PageLink(NamedTuple):
    """A numbered page; ``number`` is None for a gap."""

    number: int | None
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class ResultView:
    """Everything the result page says about one ``SearchPage``."""

    query: str
    first: int
    last: int
    hits: list[HitView]
    also: list[HitView]
    """Articles that hold some of the words only; they stand apart."""
    sorts: list[Choice]
    scopes: list[Choice]
    """All results, and those about the query; empty if that makes no difference or was not counted."""
    grouping: GroupingView | None
    filters: list[FilterGroup]
    range_label: str
    range_fields: list[tuple[str, str]]
    """What the form for days carries beside them."""
    carried: list[tuple[str, str]]
    """What the search box carries on to another query."""
    pages: list[PageLink]
    previous: str | None
    next: str | None
    last_page: int
    here: str
    first_href: str
    last_href: str
    unfiltered: str
    filter_links: list[FilterLink]
    variants: list[VariantLine]
    """Variants that brought results."""
    variants_off: list[VariantLine]
    wider: list[VariantLine]
    """The ways to what the words find inside others, and as the verb of a noun; or back."""
    feeds: list[tuple[str, str]]
    """Media type and address of the search as a feed."""
    export_href: str
    """All results as a file; the format is added to it."""
    bars: list[Bar]
    """The results over time, oldest first; empty where there is one stretch or none."""
    as_typed: str
    """The way back from a correction to the query as it was typed; empty if there was none."""


class PictureView(NamedTuple):
    """A picture with what the paper printed under it; empty where it printed nothing."""

    url: str
    alt: str
    caption: str
    credit: str


class BylineLink(NamedTuple):
    """A reporter, and the search for what else they wrote."""

    name: str
    href: str


class TakedownNotice(NamedTuple):
    """What the page of a removed article says of it; ``reason`` is empty where the paper gives readers none."""

    when: str
    reason: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article as its page shows it."""

    title: Markup
    plain_title: str
    paragraphs: list[Paragraph]
    section: str | None
    iso: str
    published: str
    """``입력`` with its day, and its time unless the source gave the day alone."""
    modified_iso: str
    modified: str
    subtitle: list[str]
    bylines: list[BylineLink]
    publisher: str | None
    lang: str
    pictures: list[PictureView]
    is_for_subscribers: bool
    """Whether the rest of the text is for the paper's subscribers."""
    is_excerpt: bool
    """Whether the source gave only part of the text."""
    keywords: tuple[str, ...]
    original: str | None
    correction: str
    """``정정`` with its time; empty for an article that was not corrected."""
    correction_note: list[str]
    """What was put right, line by line."""


def view_results(page: SearchPage, asked: SearchRequest, speaker: Speaker, site: Links) -> ResultView:
    """The result page of an answer; every link carries the query as it was read, not as it was typed."""
    links = site.search(replace(asked, query=page.query))
    last = last_page(page.results, per_page=asked.limit)
    current = asked.page
    suffix = links.article_suffix()
    groups = (_filter_group(param, page, asked, links, speaker) for param in _SHOWN)
    return ResultView(
        query=page.query,
        first=page.offset + 1,
        last=page.offset + len(page.hits),
        hits=[
            view_hit(hit, speaker, site, suffix=suffix, place=place)
            for place, hit in enumerate(page.hits, page.offset + 1)
        ],
        also=[view_hit(hit, speaker, site, suffix=suffix) for hit in page.also],
        sorts=[
            Choice(sentence_for(speaker.wording.sorts, sort), links.to(sort=sort), "", sort is asked.sort)
            for sort in (*_SORTS, *((Sort.RELEVANCE,) if asked.sort is Sort.RELEVANCE else ()))
        ],
        scopes=_scopes(page, links, speaker),
        grouping=grouping(page, links, speaker),
        filters=[group for group in groups if group.choices],
        range_label=range_label(asked, speaker),
        range_fields=links.hidden(but=_RANGE_INPUTS),
        carried=links.carried(),
        pages=[
            PageLink(number, links.page(number) if number else "", number == current)
            for number in (page_window(current, last) if last > 1 and current <= last else ())
        ],
        previous=links.page(current - 1) if 1 < current <= last else None,
        next=links.page(current + 1) if current < last else None,
        last_page=last,
        here=links.here(),
        first_href=links.page(1),
        last_href=links.page(last),
        unfiltered=links.to(**{param.field: param.default for param in FILTERS}),
        filter_links=_filter_links(asked, links, speaker),
        variants=[
            VariantLine(
                f"{each.source} = {each.replacement}",
                "+" + speaker.number(each.count),
                links.to(without=asked.without | {each.key}),
            )
            for each in page.variants
        ],
        variants_off=[
            VariantLine(f"{each.source} = {each.replacement}", "", links.to(without=asked.without - {each.key}))
            for each in page.variants_off
        ],
        wider=list(_wider(page, asked, links, speaker)),
        feeds=[(f"application/{kind}", links.feed(form)) for form, kind in FEED_TYPES.items()],
        export_href=links.export(),
        bars=_bars(page, links, speaker),
        as_typed=site.search(replace(asked, query=page.corrected_from, as_typed=True, offset=0)).here()
        if page.corrected_from is not None
        else "",
    )


def _scopes(page: SearchPage, links: SearchLinks, speaker: Speaker) -> list[Choice]:
    counts, text = page.scopes, speaker.wording.page
    if counts is None or (counts.all == counts.about and not page.about):
        return []
    return [
        Choice(speaker.fill(text.scope_all, total=counts.all), links.to(about=False), "", not page.about),
        Choice(
            speaker.fill(text.scope_about, total=counts.about),
            links.to(about=True) if counts.about else None,
            "",
            page.about,
        ),
    ]


def _wider(page: SearchPage, asked: SearchRequest, links: SearchLinks, speaker: Speaker) -> Iterator[VariantLine]:
    text = speaker.wording.page
    if asked.inside:
        yield VariantLine(text.inside_off, "", links.to(inside=False))
    elif page.inside:
        yield VariantLine(speaker.fill(text.inside, count=page.inside), "", links.to(inside=True))
    if asked.verbs:
        yield VariantLine(text.verbs_off, "", links.to(verbs=False))
    elif page.verbs:
        yield VariantLine(speaker.fill(text.verbs, count=page.verbs), "", links.to(verbs=True))


def _bars(page: SearchPage, links: SearchLinks, speaker: Speaker) -> list[Bar]:
    """The timeline without the empty stretches at its ends. Its links differ in their days alone: one is written out."""
    counted = page.facets.get(TIMELINE, ()) if page.facets else ()
    held = [number for number, each in enumerate(counted) if each.count]
    if len(held) < 2:
        return []
    most = max(each.count for each in counted)
    sample = stretch_named(counted[held[0]].value)
    before, days, after = links.to(since=sample.first, until=sample.last).partition(_days_param(sample))
    assert days
    start, end = str(escape(before)), str(escape(after))
    bars = []
    for each in counted[held[0] : held[-1] + 1]:
        href, height = None, 0
        if each.count:
            days = _days_param(stretch_named(each.value)).replace("&", "&amp;")
            href = Markup(start + days + end)  # noqa: S704 - escaped above
            height = max(3, round(100 * each.count / most))
        bars.append(Bar(stretch_label(each.value, speaker), speaker.number(each.count), height, href))
    return bars


def _days_param(stretch: Stretch) -> str:
    return f"from={stretch.first.isoformat()}&to={stretch.last.isoformat()}"


def view_hit(hit: Hit, speaker: Speaker, site: Links, *, suffix: str = "", place: int | None = None) -> HitView:
    """One result; ``suffix`` is the query string that its article's link carries, ``place`` its number among the results."""
    article, snippet = hit.article, hit.snippet
    text = marked_html(snippet.text, snippet.highlights)
    if snippet.cut_before:
        text = "…" + text
    if snippet.cut_after:
        text += "…"
    published = article.published_at.astimezone(SEOUL)
    return HitView(
        anchor=anchor(article.id),
        href=site.article(article.id) + suffix + (f"&{PLACE}={place}" if place else ""),
        title=mark(article.title, hit.title_highlights),
        snippet=Markup(keep_together(text)),  # noqa: S704 - escaped by marked_html
        picture=site.picture(article.image_url),
        section=article.section,
        is_mention=hit.is_mention,
        iso=published.isoformat(),
        day=speaker.day(published.date()),
        byline=byline_text(article),
        correction=correction_text(article, speaker, show=lambda moment: speaker.day(moment.date())),
        lang="" if article.lang == speaker.language else _language(article),
        similar=similar(hit, speaker, site),
    )


def view_removal(error: ArticleRemoved, speaker: Speaker) -> TakedownNotice:
    """When an article was removed, and why if the paper says so to readers."""
    text = speaker.wording.page
    when = speaker.fill(text.removed, when=speaker.moment(error.removed_at.astimezone(SEOUL)))
    why = speaker.fill(text.removed_why, reason=error.public_reason) if error.public_reason else ""
    return TakedownNotice(when, why)


def view_article(view: ArticleView, speaker: Speaker, site: Links) -> ArticlePage:
    """The article as its page shows it."""
    article, text = view.article, speaker.wording.page
    published = article.published_at.astimezone(SEOUL)
    modified = article.modified_at.astimezone(SEOUL) if article.modified_at else None
    return ArticlePage(
        title=mark(article.title, view.title_highlights),
        plain_title=article.title,
        paragraphs=paragraphs(article.body, view.body_highlights),
        section=article.section,
        iso=published.date().isoformat() if article.date_only else published.isoformat(),
        published=speaker.fill(
            text.published, when=speaker.day(published.date()) if article.date_only else speaker.moment(published)
        ),
        modified_iso=modified.isoformat() if modified else "",
        modified=speaker.fill(text.modified, when=speaker.moment(modified)) if modified else "",
        subtitle=[line for line in (article.subtitle or "").split("\n") if line.strip()],
        bylines=[BylineLink(name, site.byline(name)) for name in article.byline],
        publisher=article.publisher,
        lang=_language(article),
        pictures=[
            PictureView(url, each.alt or each.caption or text.picture, each.caption or "", each.credit or "")
            for each in article.pictures
            if (url := site.picture(each.url)) is not None
        ],
        is_for_subscribers=article.excerpt and article.access is Access.SUBSCRIBER,
        is_excerpt=article.excerpt and article.access is Access.PUBLIC,
        keywords=article.keywords,
        original=web_url(article.url),
        correction=correction_text(article, speaker, show=speaker.moment),
        correction_note=_correction_note(article),
    )


def _correction_note(article: Article) -> list[str]:
    """The lines that stand above the text: none if the text begins with them."""
    correction = correction_of(article)
    if correction is None or correction.is_first:
        return []
    return [line for line in correction.text.split("\n") if line.strip()]


def _language(article: Article) -> str:
    """The article's language as an attribute of the page; Korean for a tag that is none."""
    return article.lang if _LANGUAGE.fullmatch(article.lang) else "ko"


def short_text(text: str) -> str:
    """The text as a heading can hold it: whole, or its first characters with an ellipsis."""
    return text if len(text) <= _HEADING_CHARS else text[:_HEADING_CHARS].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction as a page shows it."""

    kind: str
    title: str
    href: str
    lang: str
    iso: str
    day: str
    text: tuple[str, ...]
    """Line by line."""


def view_notice(corrected: Corrected, speaker: Speaker, site: Links, *, at_most: int | None = None) -> CorrectionView:
    """A correction, or a notice, as a page shows it. ``at_most``: characters of its text that are shown; None: all."""
    article = corrected.article
    at = corrected.at.astimezone(SEOUL)
    shown = corrected.text if at_most is None else corrected.text[:at_most] + "…" * (len(corrected.text) > at_most)
    return CorrectionView(
        kind=say_correction_kind(corrected.kind, speaker),
        title=article.title,
        href=site.to_article(article.id),
        lang=article.lang,
        iso=at.isoformat(),
        day=speaker.day(at.date()),
        text=tuple(line for line in shown.split("\n") if line.strip()),
    )


@dataclass(frozen=True, slots=True)
class SaidByView:
    """That a person is quoted, above the results of a search for the name."""

    title: str
    href: str
    words: str
    iso: str
    day: str


def view_said_by(found: SaidBy, speaker: Speaker, site: Links) -> SaidByView:
    """The newest quotation, and how many there are."""
    newest, text = found.newest, speaker.wording.quotes
    at = newest.archived.article.published_at.astimezone(SEOUL)
    name = newest.speaker or ""
    return SaidByView(
        title=speaker.fill(text.said_by, speaker=name, count=found.total),
        href=site.quotes(name),
        words=short_text(" ".join(newest.words.split())),
        iso=at.isoformat(),
        day=speaker.day(at.date()),
    )


def correction_text(article: Article, speaker: Speaker, *, show: Callable[[datetime], str]) -> str:
    """``정정 2025년 1월 3일``; the time of the last change stands in where the paper gave none for the correction. Of a notice about another
    article its kind alone; empty for an article without a correction."""
    correction, notice = correction_of(article), notice_kind(article)
    if correction is None:
        return "" if notice is None else say_correction_kind(notice, speaker)
    said, moment = say_correction_kind(correction.kind, speaker), correction.at
    return f"{said} {show(moment.astimezone(SEOUL))}" if moment else said


def byline_text(article: Article) -> str:
    return ", ".join(article.byline)


def iso_or_empty(day: date | None) -> str:
    """A day as a date field of a form takes it."""
    return day.isoformat() if day else ""


def range_label(asked: SearchRequest, speaker: Speaker) -> str:
    """How the days set by hand read as a choice; empty when there are none."""
    text, since, until = speaker.wording.page, asked.since, asked.until
    if since and until:
        form = text.range_day if since == until else text.range_both
        return speaker.fill(form, since=since.isoformat(), until=until.isoformat())
    if since:
        return speaker.fill(text.range_since, since=since.isoformat())
    return speaker.fill(text.range_to, until=until.isoformat()) if until else ""


def stretch_label(name: str, speaker: Speaker) -> str:
    """A stretch of the timeline as readers write it: ``2025년``, ``2025년 3월``, ``3월 14일``."""
    text = speaker.wording.page
    match name.split("-"):
        case [_, month, day]:
            return speaker.fill(text.timeline_day, month=str(int(month)), day=str(int(day)))
        case [year, month]:
            return speaker.fill(text.timeline_month, year=year, month=str(int(month)))
        case _:
            return speaker.fill(text.timeline_year, year=name)


def _filter_group(
    param: Param, page: SearchPage, asked: SearchRequest, links: SearchLinks, speaker: Speaker
) -> FilterGroup:
    """The choices of a filter: those it names itself, else those that were counted; a chosen one is always in sight."""
    counts = {facet.value: facet.count for facet in page.facets.get(param.field, ())} if page.facets else {}
    now = getattr(asked, param.field)
    values: list[Any]
    match param.kind:
        case ChoiceOf(options):
            values, uncounted = list(options), None
        case Flag():
            values, uncounted = [True], None
        case _:
            values, uncounted = list(dict.fromkeys((*counts, *(() if now is None else (now,))))), 0
    choices = [
        _choice(
            _shown(param, value, speaker),
            links.to(**{param.field: value}),
            counts.get(value, uncounted),
            speaker,
            current=value == now,
        )
        for value in values
    ]
    shown = [choice for number, choice in enumerate(choices) if number < CHOICES_SHOWN or choice.current]
    rest = [choice for number, choice in enumerate(choices) if number >= CHOICES_SHOWN and not choice.current]
    if choices:
        every = links.to(**{param.field: param.default})
        is_off = now == param.default and not _days_instead(param, asked)
        shown.insert(0, _choice(speaker.wording.page.all, every, counts.get("all"), speaker, current=is_off))
    label: str = getattr(speaker.wording.filters, param.field)
    is_switch = isinstance(param.kind, Flag)
    chosen = range_label(asked, speaker) if _days_instead(param, asked) else ""
    if now != param.default and not chosen:
        chosen = _shown(param, now, speaker)
    return FilterGroup(param.field, label, shown, rest, bool(param.instead_of), chosen, is_switch)


def _shown(param: Param, value: Any, speaker: Speaker) -> str:
    """A filter's value as readers know it."""
    if isinstance(value, Enum):
        return sentence_for(speaker.wording.filter_values, value)
    return str(getattr(speaker.wording.filter_values, param.field) if value is True else value)


def _days_instead(param: Param, asked: SearchRequest) -> bool:
    return any(name in asked.filters for name in param.instead_of)


def _choice(label: str, href: str, count: int | None, speaker: Speaker, *, current: bool) -> Choice:
    leads_nowhere = count == 0 and not current
    return Choice(label, None if leads_nowhere else href, "" if count is None else speaker.number(count), current)


def _filter_links(asked: SearchRequest, links: SearchLinks, speaker: Speaker) -> list[FilterLink]:
    """A way out of each filter that is set."""
    found: list[FilterLink] = []
    for param in _SHOWN:
        value = getattr(asked, param.field)
        if value != param.default or _days_instead(param, asked):
            shown = range_label(asked, speaker) if _days_instead(param, asked) else _shown(param, value, speaker)
            kind = getattr(speaker.wording.filters, param.field)
            label = speaker.fill(speaker.wording.page.none_condition, kind=kind, value=shown)
            found.append(FilterLink(label, links.to(**{param.field: param.default})))
    return found
