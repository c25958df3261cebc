"""What is analysed of an article, and its entry in the index. Knows neither archive nor index, nor in which process it runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from gisa.access import gate_tokens, opens_later_s
from gisa.lexicon.lexicon import build_lexicon
from gisa.lexicon.vocabulary import Vocabulary
from gisa.model import SEOUL, ArchivedArticle
from gisa.ports import IndexEntry
from gisa.text.contributions import RunMemo
from gisa.text.views import GATE, ViewBuilder


class Text(NamedTuple):
    """The parts of an article that are analysed."""

    title: str
    body: str
    byline: tuple[str, ...]
    section: str | None
    published: date
    """The day in Asia/Seoul, which decides what shorthand in the text stands for."""


Views = dict[str, str]


def text_of(archived: ArchivedArticle) -> Text:
    """The parts of an archived article that are analysed."""
    article = archived.article
    day = article.published_at.astimezone(SEOUL).date()
    return Text(article.title, article.body, article.byline, article.section, day)


def entry(archived: ArchivedArticle, views: Views, *, now: datetime) -> IndexEntry:
    """The index entry of an article as of now. For a withheld article it holds that status and no words, so that not
    even the rarity of its words shows.
    """
    article = archived.article
    is_withheld, gate = article.withheld_as is not None, gate_tokens(article)
    return IndexEntry(
        seq=archived.seq,
        revision=archived.revision,
        published_at_s=article.published_at_s,
        section="" if is_withheld else (article.section or "").strip(),
        views={GATE: gate} if is_withheld else ({**views, GATE: gate} if gate else views),
        opens_at_s=opens_later_s(article, now=now),
    )


def views_of(texts: Sequence[Text], builder: ViewBuilder) -> list[Views]:
    """The views of each text."""
    return [
        builder.article(title=t.title, body=t.body, byline=t.byline, section=t.section, published=t.published)
        for t in texts
    ]


def make_builder(vocabulary: Vocabulary, memo: RunMemo | None = None) -> ViewBuilder:
    """A builder that knows the shorthand of headlines, and a paper's own words and office holders.

    ``memo``: what is known of runs, by the vocabulary's analyser; None: nothing yet.
    """
    lexicon, _ = build_lexicon(holders=vocabulary.holder_table)
    return ViewBuilder(memo if memo is not None else RunMemo(vocabulary.analyser()), expand=lexicon.expand)
