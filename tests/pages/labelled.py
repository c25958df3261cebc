"""Forty pages in ten shapes, with what an editor says is on them. Written for this project; no page of a real paper.

A shape is the page of one system, with everything around the article that such pages have. Four articles stand in each.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One article, as its editor would write it down."""

    number: int
    title: str
    subtitle: str
    paragraphs: tuple[str, ...]
    reporter: str
    section: str
    published: str
    """``2025-11-03 09:05``, Seoul."""
    modified: str
    caption: str

    @property
    def iso(self) -> str:
        return f"{self.published.replace(' ', 'T')}:00+09:00"

    @property
    def modified_iso(self) -> str:
        return f"{self.modified.replace(' ', 'T')}:00+09:00"

    @property
    def dotted(self) -> str:
        return self.published.replace("-", ".")


ARTICLES = (
    Label(
        number=213450,
        title="나루대교 내년 3월 착공…2030년 개통",
        subtitle="총사업비 2천140억원",
        paragraphs=(
            "나루시가 나루대교를 내년 3월 착공해 2030년 개통한다고 3일 밝혔다. 총사업비는 2천140억원이다.",
            "김하늘 나루시장은 “출근길이 15분 줄 것”이라며 “안전을 가장 먼저 살피겠다”고 말했다.",
            "환경단체는 철새 도래지가 훼손될 수 있다며 재검토를 요구했다. 박바다 나루환경연대 대표는 “환경영향평가 결과를 공개해야 한다”고 주장했다.",
            "시는 이달 말 주민 설명회를 연다.",
        ),
        reporter="홍예담",
        section="사회",
        published="2025-11-03 09:05",
        modified="2025-11-03 11:20",
        caption="나루대교 조감도. 나루시 제공",
    ),
    Label(
        number=213451,
        title="[단독] 해온도 여객선, 정원 두 배 태웠다",
        subtitle="선사 “단체 예약 겹친 탓”",
        paragraphs=(
            "해온도를 오가는 여객선이 지난달 정원의 두 배에 가까운 승객을 태운 사실이 확인됐다.",
            "본지가 입수한 승선 명부를 보면 정원 120명인 해온호에는 지난달 18일 231명이 탔다. 구명조끼는 150벌뿐이었다.",
            "선사 관계자는 “단체 예약이 겹쳐 어쩔 수 없었다”고 해명했다. 해양경찰은 관련 법 위반 여부를 조사하고 있다.",
        ),
        reporter="김도담",
        section="사회",
        published="2025-11-04 17:42",
        modified="2025-11-05 08:01",
        caption="해온항에 정박한 해온호",
    ),
    Label(
        number=213452,
        title="나루은행 3분기 순이익 312억원 '사상 최대'",
        subtitle="이자이익 8.4% 늘어",
        paragraphs=(
            "나루은행은 올해 3분기 순이익이 312억원으로 지난해 같은 기간보다 12.7% 늘었다고 5일 공시했다.",
            "이자이익은 8.4% 늘어난 1,204억원, 비이자이익은 3<5%대 성장에 그쳐 96억원이었다. 연체율은 0.61%다.",
            "증권가에서는 4분기에도 실적 개선이 이어질 것으로 본다. 다만 대손충당금 적립 부담이 변수다.",
            "주가는 이날 전 거래일보다 2.1% 오른 1만4천550원에 마쳤다.",
            "나루은행은 올해 배당 성향을 30%로 높이기로 했다.",
        ),
        reporter="박가온",
        section="경제",
        published="2025-11-05 15:30",
        modified="2025-11-05 16:10",
        caption="나루은행 본점 전경",
    ),
    Label(
        number=213453,
        title="나루FC, 극장골로 4년 만의 우승",
        subtitle="이한결 후반 추가시간 결승골",
        paragraphs=(
            "나루FC가 후반 추가시간에 터진 이한결의 결승골로 4년 만에 리그 정상에 올랐다.",
            "나루FC는 8일 나루종합운동장에서 열린 해온시티와의 최종전에서 2-1로 이겼다. 관중 1만8천204명이 경기장을 메웠다.",
            "최다솔 감독은 “끝까지 믿어준 팬들 덕분”이라며 눈물을 보였다.",
        ),
        reporter="정라온",
        section="스포츠",
        published="2025-11-08 21:15",
        modified="2025-11-08 22:40",
        caption="이한결이 결승골을 넣고 기뻐하고 있다",
    ),
)

_OTHERS = (
    "시의회, 예산안 처리 두고 밤샘 공방",
    "해온도 관광객 백만 명 돌파",
    "나루시 청년 창업 지원금 접수 시작",
    "주말 전국에 비 소식",
)
_LIST = "".join(f'<li><a href="/news/{n}">{title}</a></li>' for n, title in enumerate(_OTHERS))
_FOOTER = "<footer>시험일보 등록번호 나루아00001 발행인 홍길동 청소년보호책임자 김철수 Copyright © 2025 시험일보. All rights reserved.</footer>"
_MENU = '<nav><ul><li><a href="/">홈</a></li><li><a href="/politics">정치</a></li><li><a href="/economy">경제</a></li></ul></nav>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _p(label: Label) -> str:
    return "".join(f"<p>{_escaped(each)}</p>" for each in label.paragraphs)


def _meta(label: Label, **names: str) -> str:
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{_escaped(value)}">' for name, value in names.items()
    )


def local_paper(label: Label) -> str:
    """The commonest system of local papers, on a desk."""
    half = len(label.paragraphs) // 2
    first, rest = label.paragraphs[:half], label.paragraphs[half:]
    return f"""<!DOCTYPE html><html lang="ko"><head><title>{label.title} - 시험일보</title>
{_meta(label, og__type="article", og__title=label.title, og__site_name="시험일보", article__section=label.section, article__published_time=label.iso, article__modified_time=label.modified_iso, og__article__author=label.reporter + " 기자")}
<link rel="canonical" href="https://paper.example/news/articleView.html?idxno={label.number}"></head><body>{_MENU}
<div id="article-view"><header><nav class="breadcrumbs"><a>홈</a> &gt; <a>{label.section}</a></nav><h3 class="heading">{label.title}</h3>
<ul class="infomation"><li>{label.reporter} 기자</li><li>입력 {label.dotted}</li></ul></header>
<article id="article-view-content-div" itemprop="articleBody"><h2 class="subheading">{label.subtitle}</h2>
<div style="text-align:center"><figure class="photo-layout"><img src="https://cdn.paper.example/{label.number}.jpg"><figcaption>▲{label.caption}</figcaption></figure></div>
{"".join(f"<p>{_escaped(each)}</p>" for each in first)}<div class="ad-template"><p>ADVERTISEMENT</p></div>
{"".join(f"<p>{_escaped(each)}</p>" for each in rest)}<p>&nbsp;</p><p>{label.reporter} 기자 hong@paper.example</p>
<div class="view-copyright">저작권자 © 시험일보 무단전재 및 재배포 금지</div></article></div><aside><h4>많이 본 뉴스</h4><ul>{_LIST}</ul></aside>{_FOOTER}</body></html>"""


def local_paper_old(label: Label) -> str:
    """An older make of it: no JSON-LD, dates in the text, a subtitle above the body, texts between line breaks."""
    text = "<br><br>\n".join(_escaped(each) for each in label.paragraphs)
    return f"""<html><head><meta charset="euc-kr"><title>시험일보 모바일 사이트, {label.title}</title>
<meta property="og:title" content="{label.title}"><meta property="og:image" content="/thumb.jpg"></head><body>
<div class="article-head-title">{label.title}</div><div class="article-head-sub">{label.subtitle}</div>
<div class="info-text"><ul><li>{label.reporter} 기자</li><li>승인 {label.dotted}</li><li>수정 {label.modified.replace("-", ".")}</li><li>댓글 0</li></ul></div>
<div class="article-head-nav">홈 &gt; {label.section}</div>
<div id="articleBody"><table width="300"><tr><td><img src="/news/photo/{label.number}.jpg" alt=""></td></tr><tr><td class="view_r_caption">{label.caption}</td></tr></table>
{text}<br><br>{label.reporter} 기자 hong@paper.example<br>&lt;저작권자 © 시험일보, 무단 전재 및 재배포 금지&gt;</div>
<div class="relation"><ul>{_LIST}</ul></div>{_FOOTER}</body></html>"""


def wordpress(label: Label) -> str:
    """A theme of WordPress with a graph of JSON-LD, buttons and related posts inside the content."""
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "시험일보"},
            {"@type": "NewsArticle", "headline": label.title, "alternativeHeadline": label.subtitle, "datePublished": label.iso, "dateModified": label.modified_iso,
             "author": {"@type": "Person", "name": f"{label.reporter} 기자"}, "articleSection": [label.section], "publisher": {"@type": "Organization", "name": "시험일보"}},
        ],
    }  # fmt: skip
    return f"""<!doctype html><html lang="ko-KR"><head><title>{label.title} | 시험일보</title><script type="application/ld+json">{json.dumps(graph, ensure_ascii=False)}</script></head>
<body class="single-post">{_MENU}<main><article class="post type-post"><header><h1 class="entry-title">{label.title}</h1></header>
<div class="entry-content"><figure class="wp-block-image"><img data-src="https://paper.example/wp/{label.number}.jpg" src="data:image/gif;base64,R0" alt="사진"><figcaption>{label.caption}</figcaption></figure>
{_p(label)}<div class="sharedaddy share"><a href="#">페이스북</a> <a href="#">트위터</a></div><div class="jp-relatedposts related"><h3>관련 글</h3><ul>{_LIST}</ul></div>
<script>console.log("x")</script></div></article></main><section id="comments" class="comments"><p>좋은 기사 감사합니다. 기자님 응원합니다!</p></section>{_FOOTER}</body></html>"""


def portal(label: Label) -> str:
    """A portal that shows the papers' articles: line breaks, a caption in the text, buttons everywhere."""
    text = "<br><br>".join(_escaped(each) for each in label.paragraphs)
    return f"""<!DOCTYPE html><html lang="ko"><head>{_meta(label, og__title=label.title, og__type="article", og__article__author="시험일보 | 포털")}
<meta property="article:section" content="{label.section}"></head><body><h2 id="title_area"><span>{label.title}</span></h2>
<div class="media_info"><span>입력</span><span class="date" data-date-time="{label.published}:00">{label.dotted}</span> <span>수정 {label.modified.replace("-", ".")}</span>
<em class="journalist_name">{label.reporter} 기자</em></div>
<article id="dic_area"><strong class="media_end_summary sub_title">{label.subtitle}</strong><span class="end_photo_org"><div class="nbd_im_w"><img id="img1" data-src="https://img.example/{label.number}.jpg"></div><em class="img_desc">{label.caption}</em></span>
{text}</article><div class="byline"><p>{label.reporter} 기자 (hong@paper.example)</p></div><div class="copyright">Copyright ⓒ 시험일보. All rights reserved.</div>
<div class="ranking"><ul>{_LIST}</ul></div></body></html>"""


def soup(label: Label) -> str:
    """A site whose classes are made by a machine; its JSON-LD alone can be relied on."""
    record = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": label.title, "alternativeHeadline": label.subtitle, "datePublished": label.iso,
        "dateModified": label.modified_iso, "author": [{"@type": "Person", "name": f"{label.reporter} 기자"}], "articleSection": label.section,
        "publisher": {"name": "시험일보"}, "image": [{"@type": "ImageObject", "url": "https://paper.example/i.jpg", "caption": label.caption}],
    }  # fmt: skip
    body = "".join(f'<p class="css-1x9">{_escaped(each)}</p>' for each in label.paragraphs)
    return f"""<!doctype html><html lang="ko"><head><script type="application/ld+json">[{json.dumps(record, ensure_ascii=False)}]</script></head><body>
<div class="css-aa"><div class="css-bb">{_MENU}</div><div class="css-cc"><h1 class="css-t">{label.title}</h1><div class="css-dd">{body}</div>
<div class="css-ee"><ul>{_LIST}</ul></div></div></div>{_FOOTER}</body></html>"""


def microdata(label: Label) -> str:
    """A site that marks its parts with ``itemprop``."""
    return f"""<html lang="ko"><head><title>{label.title}</title></head><body><div itemscope itemtype="https://schema.org/NewsArticle">
<span itemprop="articleSection">{label.section}</span><h1 itemprop="headline">{label.title}</h1><p class="sub_title">{label.subtitle}</p>
<meta itemprop="datePublished" content="{label.iso}"><meta itemprop="dateModified" content="{label.modified_iso}">
<span itemprop="author">{label.reporter} 기자</span><div itemprop="articleBody"><div class="photo"><img src="https://paper.example/m{label.number}.jpg" width="600"><p class="caption">{label.caption}</p></div>
{_p(label)}<div class="hashtag"><a>#나루</a> <a>#뉴스</a></div></div></div><div class="popular"><ul>{_LIST}</ul></div>{_FOOTER}</body></html>"""


def tables(label: Label) -> str:
    """A site of the nineties: tables in tables, no metadata at all."""
    text = "<br>\n<br>\n".join(_escaped(each) for each in label.paragraphs)
    return f"""<html><head><meta http-equiv="content-type" content="text/html; charset=euc-kr"><title>시험일보</title></head><body bgcolor="#ffffff">
<table width="900"><tr><td><table><tr>{"".join(f"<td><a href='/{n}'>{title}</a></td>" for n, title in enumerate(_OTHERS))}</tr></table></td></tr>
<tr><td><table><tr><td class="category">{label.section}</td></tr><tr><td><h1>{label.title}</h1></td></tr><tr><td class="subtitle">{label.subtitle}</td></tr>
<tr><td class="date">기사입력 {label.dotted} / 수정 {label.modified.replace("-", ".")}</td></tr><tr><td class="writer">{label.reporter} 기자 hong@paper.example</td></tr>
<tr><td class="view_con"><table align="left"><tr><td><img src="/photo/{label.number}.jpg"></td></tr><tr><td class="caption">△{label.caption}</td></tr></table>
{text}</td></tr></table></td></tr></table><table><tr><td>시험일보 대표전화 02-000-0000</td></tr></table></body></html>"""


def meta_tags(label: Label) -> str:
    """A daily with tags for recommendation services, and boxes in the middle of its text."""
    boxes = (
        '<div class="ad_wrap ad">광고 문구입니다</div>',
        f'<div class="relate_news"><b>관련기사</b><ul>{_LIST}</ul></div>',
        "",
    )
    body = "".join(f"<p>{_escaped(each)}</p>{boxes[min(n, 2)]}" for n, each in enumerate(label.paragraphs))
    return f"""<!DOCTYPE html><html lang="ko"><head>{_meta(label, dable__item_id=str(label.number), dable__author=label.reporter + " 기자", article__section=label.section, article__published_time=label.iso, article__modified_time=label.modified_iso, og__title=label.title + " - 시험일보", og__site_name="시험일보")}</head>
<body>{_MENU}<div class="view_head"><h1>{label.title}</h1><div class="sub_tit">{label.subtitle}</div></div><div class="article_txt"><div class="img_box"><img src="//img.paper.example/{label.number}.jpg"><div class="img_desc">{label.caption}</div></div>
{body}<p class="copyright">ⓒ 시험일보, 무단전재 및 재배포 금지</p></div>{_FOOTER}</body></html>"""


def modern(label: Label) -> str:
    """A page of semantic HTML and a ``time`` element, without any data for machines."""
    return f"""<!doctype html><html lang="ko"><body>{_MENU}<main><article><header><p class="category">{label.section}</p><h1>{label.title}</h1><p class="dek">{label.subtitle}</p>
<p class="byline"><span class="author">{label.reporter} 기자</span> <time datetime="{label.iso}">{label.dotted}</time></p></header>
<figure><img src="/img/{label.number}.webp" alt=""><figcaption>{label.caption}</figcaption></figure>{_p(label)}
<aside><h4>함께 읽기</h4><ul>{_LIST}</ul></aside><footer><p>무단 전재 및 재배포 금지</p></footer></article></main>{_FOOTER}</body></html>"""


def agency(label: Label) -> str:
    """An agency's own site: the wire's mark in front, a reporter's mail behind, a box to tip off the desk."""
    first, *rest = label.paragraphs
    return f"""<!doctype html><html lang="ko"><head>{_meta(label, og__type="article", og__title=label.title, article__section=label.section, article__published_time=label.iso, article__modified_time=label.modified_iso, article__author=label.reporter + " 기자")}</head>
<body><div class="content90"><h1 class="tit">{label.title}</h1><h2 class="subtitle">{label.subtitle}</h2><p class="update-time">송고 {label.dotted}</p>
<div class="story-news article"><div class="comp-box photo-group"><figure><img src="https://img.example/{label.number}.jpg"><figcaption><strong class="tit-cap">{label.caption}</strong></figcaption></figure></div>
<p>{_escaped(first)}</p><aside class="aside-bnr05">광고</aside>{"".join(f"<p>{_escaped(each)}</p>" for each in rest)}
<p>hong@agency.example</p><p class="txt-copyright adrs">&lt;저작권자(c) 시험통신, 무단 전재-재배포, AI 학습 및 활용 금지&gt;</p><div class="writer-zone01"><a>{label.reporter}</a></div></div></div>{_FOOTER}</body></html>"""


SHAPES: tuple[Callable[[Label], str], ...] = (
    local_paper, local_paper_old, wordpress, portal, soup, microdata, tables, meta_tags, modern, agency,
)  # fmt: skip


def pages() -> Iterator[tuple[str, str, Label]]:
    """Each page: its shape, its HTML, and what is on it."""
    for shape in SHAPES:
        for label in ARTICLES:
            yield shape.__name__, shape(label), label
