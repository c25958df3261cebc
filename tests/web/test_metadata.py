"""What programs read of an article's page: all of it true, none of it more than the page shows."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from gisa.config import Paper
from gisa.model import Access, Article, Picture
from gisa.web.pages.links import Links
from gisa.web.pages.metadata import PageMetadata, article_metadata, in_script
from tests.web.visitor import Visitor, one

ARTICLE = Article(
    id="a/1",
    title="바다 소식",
    subtitle="등대에서",
    body="첫 줄.\n둘째 줄.",
    published_at=datetime(2026, 1, 1, 15, 30, tzinfo=UTC),
    section="지역",
    byline=("오세림 기자", "홍예담"),
    keywords=("바다", "등대"),
    url="https://www.naru.example/1",
    pictures=(Picture(url="/media/a.jpg"), Picture(url="https://cdn.example/b.jpg")),
)
SITE = "https://search.naru.example"


def said(article: Article = ARTICLE, *, canonical: str | None = SITE, base: str = "") -> PageMetadata:
    return article_metadata(article, Paper(name="나루일보"), Links(base=base), canonical=canonical)


def json_ld(article: Article = ARTICLE, **given: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(said(article, **given).json_ld)
    return data


@given(st.text(alphabet=st.sampled_from("가나. \n\t\u3000\u00a0\u2028"), max_size=400))
@example("가나 " * 99)
@example("가" * 150 + " 나")
def test_a_description_is_the_beginning_on_one_line(text: str) -> None:
    """150 characters of it at most, with one space between words."""
    line = re.sub(r"\s+", " ", text).strip()

    description = said(replace(ARTICLE, subtitle="", body=text)).description

    assert description == (line if len(line) <= 150 else line[:150].rstrip() + "…")


def test_search_engines_read_a_news_article() -> None:
    """The fields of schema.org, with days and times in Seoul and absolute addresses."""
    assert json_ld() == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "바다 소식",
        "alternativeHeadline": "등대에서",
        "description": "등대에서",
        "datePublished": "2026-01-02T00:30:00+09:00",
        "author": [{"@type": "Person", "name": "오세림 기자"}, {"@type": "Person", "name": "홍예담"}],
        "publisher": {"@type": "NewsMediaOrganization", "name": "나루일보"},
        "image": [f"{SITE}/media/a.jpg", "https://cdn.example/b.jpg"],
        "articleSection": "지역",
        "keywords": ["바다", "등대"],
        "inLanguage": "ko",
        "url": f"{SITE}/articles/a%2F1",
        "mainEntityOfPage": f"{SITE}/articles/a%2F1",
        "isAccessibleForFree": True,
    }


def test_a_correction_and_a_paywall_are_said() -> None:
    """What was put right, when; that the text is for subscribers, and where it stands on the page."""
    corrected = replace(ARTICLE, correction="등대가 아니라 항구", corrected_at=datetime(2026, 1, 3, tzinfo=UTC))
    data = json_ld(replace(corrected, access=Access.SUBSCRIBER))

    assert data["correction"] == {
        "@type": "CorrectionComment",
        "text": "등대가 아니라 항구",
        "datePublished": "2026-01-03T09:00:00+09:00",
    }
    assert data["dateModified"] == "2026-01-03T09:00:00+09:00"
    assert data["isAccessibleForFree"] is False
    assert data["hasPart"]["cssSelector"] == ".text"


def test_a_reference_manager_reads_title_author_date_and_publication() -> None:
    """The ``citation_*`` names that Zotero and Google Scholar map to them."""
    assert said().named == [
        ("citation_title", "바다 소식"),
        ("citation_author", "오세림 기자"),
        ("citation_author", "홍예담"),
        ("citation_publication_date", "2026/01/02"),
        ("citation_journal_title", "나루일보"),
        ("citation_language", "ko"),
        ("citation_public_url", f"{SITE}/articles/a%2F1"),
        ("twitter:card", "summary_large_image"),
    ]


def test_without_a_canonical_address_no_host_is_named() -> None:
    """The page is cached for all who ask for it, whatever they call the host: the article's own address stands instead."""
    metadata = said(canonical=None)
    properties = dict(metadata.properties)

    assert metadata.canonical == properties["og:url"] == "https://www.naru.example/1"
    assert properties["og:image"] == "https://cdn.example/b.jpg"
    assert said(replace(ARTICLE, url=None), canonical=None).canonical == ""


def test_addresses_lie_below_the_base() -> None:
    """Of the page and of the paper's pictures."""
    properties = dict(said(base="/search").properties)

    assert properties["og:url"] == f"{SITE}/search/articles/a%2F1"
    assert properties["og:image"] == f"{SITE}/search/media/a.jpg"


def test_an_article_without_anything_says_little() -> None:
    """Nothing empty is written; a day without a time stays one."""
    bare = Article(id="x", title="제목", body="", published_at=datetime(2026, 1, 1, 15, tzinfo=UTC), date_only=True)
    metadata = said(bare)

    assert all(content for _, content in metadata.named + metadata.properties)
    assert json_ld(bare)["datePublished"] == "2026-01-02"
    assert dict(metadata.named)["twitter:card"] == "summary"


@given(st.text(alphabet=st.sampled_from("</script>&<!-- 가\"'\u2028"), max_size=40))
def test_no_text_ends_the_script(text: str) -> None:
    """Whatever an article holds, the block is one script and reads back as it was."""
    page = LexborHTMLParser(f'<script type="application/ld+json">{in_script({"t": text})}</script><p>after</p>')

    assert json.loads(one(page, "script").text()) == {"t": text}
    assert one(page, "p").text() == "after"


@pytest.mark.parametrize("article_id", ["sea-01", "bad%2F..%2F%22id%22%3Fx%23y"])
def test_a_page_carries_it(visitor: Visitor, article_id: str) -> None:
    """One block of JSON-LD that parses, a description, and the title as it is."""
    page = visitor.page(f"/articles/{article_id}")
    data = json.loads(one(page, "script[type='application/ld+json']").text())

    assert data["headline"] == one(page, "h1").text()
    assert one(page, "meta[property='og:title']").attributes["content"] == data["headline"]
    assert len(page.css("script:not([src])")) == 1
