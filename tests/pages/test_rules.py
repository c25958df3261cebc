"""The rules that come with Gisa: a page of each system is known by its marks, and each field comes from its element."""

from __future__ import annotations

import pytest

from gisa.sources.pages.extract import extract
from gisa.sources.pages.rules import known_rules

TEXT = "나루시가 나루대교를 내년 3월 착공해 2030년 개통한다고 3일 밝혔다. 총사업비는 2천140억원이다."
JUNK = "저작권이 있는 광고 문구입니다"
PAGES = {
    "ndsoft": f'<h3 class="heading">제목</h3><ul class="infomation"><li>홍예담 기자</li><li>입력 2025.11.03 09:05</li></ul><div id="article-view-content-div"><p>{TEXT}</p><div class="ad-template">{JUNK}</div></div>',
    "naver": f'<h2 id="title_area">제목</h2><div class="media_end_head_info_datestamp">입력 2025.11.03. 오전 9:05</div><em class="media_end_head_journalist_name">홍예담 기자</em><div id="dic_area"><strong class="media_end_summary">부제</strong>{TEXT}<div class="vod_area">{JUNK}</div></div>',
    "daum": f'<div class="news_view"><h3 class="tit_view">제목</h3><div class="info_view"><span class="txt_info">홍예담 기자</span><span class="num_date">2025. 11. 3. 09:05</span></div><div class="article_view"><section><p>{TEXT}</p><div class="alex_ad">{JUNK}</div></section></div></div>',
    "tagdiv": f'<header class="td-post-title"><h1 class="entry-title">제목</h1><div class="td-post-author-name">홍예담 기자</div><span class="td-post-date"><time datetime="2025-11-03T09:05:00+09:00">2025-11-03 09:05</time></span></header><div class="td-post-content"><p>{TEXT}</p><div class="td-a-rec">{JUNK}</div></div>',
    "ghost": f'<article class="gh-article"><h1 class="gh-article-title">제목</h1><h4 class="gh-article-author-name">홍예담 기자</h4><time class="gh-article-meta-date" datetime="2025-11-03 09:05">11월 3일</time><section class="gh-content"><p>{TEXT}</p><div class="kg-signup-card">{JUNK}</div></section></article>',
    "gnuboard": f'<h2 id="bo_v_title"><span class="bo_v_cate">사회</span><span class="bo_v_tit">제목</span></h2><section id="bo_v_info">작성자 홍예담 기자 <strong class="if_date">2025-11-03 09:05</strong></section><div id="bo_v_atc"><div id="bo_v_con"><p>{TEXT}</p></div><div id="bo_v_share">{JUNK}</div></div>',
    "rhymix": f'<div class="rd_hd"><h1>제목</h1><span class="date">2025.11.03 09:05</span><span class="nick">홍예담 기자</span></div><div class="rhymix_content xe_content"><p>{TEXT}</p><div class="editor_related">{JUNK}</div></div>',
    "drupal": f'<article class="node--type-article"><h1 class="node__title">제목</h1><div class="node__submitted">홍예담 기자 2025-11-03 09:05</div><div class="field--name-body"><p>{TEXT}</p><div class="node__links">{JUNK}</div></div></article>',
}  # fmt: skip
"""A page of each system as it writes one, without any data for machines."""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_each_system(name: str) -> None:
    """Headline, text, reporter and time are found by the system's rule, and what it puts into the text is not."""
    page = extract(f"<!doctype html><html><body>{PAGES[name]}</body></html>", url="https://paper.example/1")

    assert page.is_article
    assert (page.fields["title"], page.fields["byline"]) == ("제목", ["홍예담 기자"])
    assert page.fields["published_at"].startswith("2025")
    assert TEXT in page.fields["body"]
    assert JUNK not in page.fields["body"]
    assert {page.found_by[field] for field in ("title", "body", "published_at", "byline")} == {name}


def test_every_rule_has_its_page() -> None:
    """A rule that comes with Gisa has a page above; the general one has the labelled pages."""
    assert {rule.name for rule in known_rules()} - {"general"} == PAGES.keys()
