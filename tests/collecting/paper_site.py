"""A newspaper's site on the loopback, made for tests: three systems, lists, feeds of twenty, sitemaps, twins and traps.

Articles can be published, corrected, moved and deleted while it runs; what it answers next to an address can be planned.
"""

from __future__ import annotations

import hashlib
import html
import threading
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from gisa.model import SEOUL
from tests.pages.labelled import Label, local_paper, meta_tags, wordpress

START = datetime(2025, 11, 3, 6, 0, tzinfo=SEOUL)
SECTIONS = ("사회", "경제", "스포츠")
FEED_SIZE = 20
LIST_SIZE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article of the site."""

    number: int
    published: datetime
    text: str = "나루시가 나루대교를 내년에 착공해 다섯 해 뒤에 개통한다고 밝혔다."
    title: str = ""
    corrected: datetime | None = None
    is_gone: bool = False
    has_moved: bool = False
    guid: str = ""

    @property
    def headline(self) -> str:
        return self.title or f"나루시 소식 {self.number}호"

    @property
    def section(self) -> str:
        return SECTIONS[self.number % 3]

    @property
    def path(self) -> str:
        """Where it stands now: each system has its own form."""
        prefix = "/new" if self.has_moved else ""
        if self.number % 3 == 0:
            return f"{prefix}/news/articleView.html?idxno={self.number}"
        if self.number % 3 == 1:
            return f"{prefix}/{self.published:%Y/%m/%d}/story-of-naru-{self.number}/"
        return f"{prefix}/article/{self.number}"

    @property
    def first_path(self) -> str:
        return replace(self, has_moved=False).path


class PaperSite:
    """The site's content, and a record of what has been asked."""

    def __init__(self) -> None:
        self.root = ""
        self.stories: dict[int, Story] = {}
        self.asked: list[str] = []
        self.planned: defaultdict[str, deque[tuple[int, dict[str, str]]]] = defaultdict(deque)
        """Address → what it answers the next times, before it answers as ever."""
        self.has_new_guids = False
        """Whether the feed gives every item a new guid each time."""
        self.has_whole_sitemap = False
        """Whether the news sitemap lists the articles of the first system, too."""
        self.has_feeds = True
        """Whether pages name feeds, and a news sitemap is there."""
        self._polls = 0

    def publish(self, number: int, at: datetime) -> None:
        self.stories[number] = Story(number=number, published=at)

    def change(self, number: int, **what: object) -> None:
        self.stories[number] = replace(self.stories[number], **what)  # type: ignore[arg-type]

    @property
    def newest(self) -> list[Story]:
        live = [story for story in self.stories.values() if not story.is_gone]
        return sorted(live, key=lambda story: (story.published, story.number), reverse=True)

    def answer(self, target: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body for a path with its query."""
        if plan := self.planned[target]:
            status, headers = plan.popleft()
            return status, headers, b""
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if target in self._by_path:
            return self._page(self._by_path[target])
        if target in self._by_first_path:
            return 301, {"Location": self._by_first_path[target].path}, b""
        match parts.path.strip("/").split("/"):
            case ["robots.txt"]:
                return self._text(
                    f"User-agent: *\nDisallow: /secret/\nSitemap: {self.root}/sitemap.xml\n", "text/plain"
                )
            case [""]:
                return self._html(
                    self._links(
                        "/list", "/secret/1234", "/calendar/1", "/about", "/m/list", "https://other.example/1234"
                    )
                )
            case ["list"]:
                return self._list(int(query.get("page", "1")))
            case ["m", "list"]:
                return self._html(self._links(*(f"/m{story.path}" for story in self.newest[:5])))
            case ["m", *_] if target.removeprefix("/m") in self._by_path:
                return self._page(self._by_path[target.removeprefix("/m")])
            case ["calendar", day] if int(day) < 9:
                return self._html(self._links(f"/calendar/{int(day) + 1}"))
            case ["about"]:
                return self._html("<p>나루일보는 나루시의 신문입니다.</p>")
            case ["secret", _]:
                return self._html("<p>여기는 보지 마세요.</p>")
            case ["feed"] if self.has_feeds:
                return self._feed("all")
            case ["rss", name] if self.has_feeds:
                return self._feed(name.removesuffix(".xml"))
            case ["sitemap.xml"]:
                entries = "".join(
                    f"<sitemap><loc>{self.root}/{each}</loc></sitemap>"
                    for each in ("sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "news-sitemap.xml")
                )
                return self._text(
                    f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>',
                    "application/xml",
                )
            case ["sitemap-1.xml" | "sitemap-2.xml"]:
                return self._sitemap([story for story in self.newest if story.number % 3 == int(target[9])])
            case ["news-sitemap.xml"] if self.has_feeds:
                return self._sitemap(
                    [story for story in self.newest[:100] if story.number % 3 or self.has_whole_sitemap], is_news=True
                )
        return 404, {}, b""

    @property
    def _by_path(self) -> dict[str, Story]:
        return {story.path: story for story in self.stories.values()}

    @property
    def _by_first_path(self) -> dict[str, Story]:
        return {story.first_path: story for story in self.stories.values() if story.has_moved}

    def _page(self, story: Story) -> tuple[int, dict[str, str], bytes]:
        if story.is_gone:
            return 410 if story.number % 2 else 404, {}, b""
        label = Label(
            number=story.number,
            title=story.headline,
            subtitle="",
            paragraphs=(story.text, f"나루일보가 {story.number}번째로 전하는 소식이다."),
            reporter="홍예담",
            section=story.section,
            published=f"{story.published:%Y-%m-%d %H:%M}",
            modified=f"{story.corrected or story.published:%Y-%m-%d %H:%M}",
            caption="나루대교 조감도",
        )
        shape = (local_paper, wordpress, meta_tags)[story.number % 3]
        own = f"{self.root}{story.path}"
        text = shape(label).replace(f"https://paper.example/news/articleView.html?idxno={story.number}", own)
        if 'rel="canonical"' not in text:
            text = text.replace("<head>", f'<head><link rel="canonical" href="{own}">', 1)
        return self._html(text)

    def _list(self, page: int) -> tuple[int, dict[str, str], bytes]:
        """Articles of the first system stand in lists alone, under the address that they had first."""
        stories = [story for story in self.newest if story.number % 3 == 0]
        shown = stories[(page - 1) * LIST_SIZE : page * LIST_SIZE]
        paths = [story.first_path for story in shown]
        if page * LIST_SIZE < len(stories):
            paths.append(f"/list?page={page + 1}")
        return self._html(self._links(*paths))

    def _feed(self, name: str) -> tuple[int, dict[str, str], bytes]:
        self._polls += 1
        sections = dict(zip(("society", "economy", "sports"), SECTIONS, strict=True))
        stories = [story for story in self.newest if name == "all" or story.section == sections.get(name)]
        items = "".join(self._item(story) for story in stories[:FEED_SIZE])
        feed = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>나루일보</title><link>{self.root}/</link>{items}</channel></rss>'
        return self._text(feed, "application/rss+xml")

    def _item(self, story: Story) -> str:
        guid = f"{self._polls}-{story.number}" if self.has_new_guids else str(story.number)
        return (
            f"<item><title>{story.headline}</title><link>{html.escape(self.root + story.path)}</link><guid isPermaLink='false'>{guid}</guid>"
            f"<description>{story.text}</description><pubDate>{format_datetime(story.published)}</pubDate></item>"
        )

    def _sitemap(self, stories: list[Story], *, is_news: bool = False) -> tuple[int, dict[str, str], bytes]:
        def entry(story: Story) -> str:
            news = f"<news:news><news:title>{story.headline}</news:title><news:publication_date>{story.published.isoformat()}</news:publication_date></news:news>"
            changed = (story.corrected or story.published).isoformat()
            return f"<url><loc>{html.escape(self.root + story.path)}</loc><lastmod>{changed}</lastmod>{news if is_news else ''}</url>"

        names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
        return self._text(
            f'<?xml version="1.0"?><urlset {names}>{"".join(map(entry, stories))}</urlset>', "application/xml"
        )

    def _links(self, *paths: str) -> str:
        return "<ul>" + "".join(f'<li><a href="{html.escape(path)}">소식</a></li>' for path in paths) + "</ul>"

    def _html(self, content: str) -> tuple[int, dict[str, str], bytes]:
        if "<html" not in content:
            feeds = "".join(
                f'<link rel="alternate" type="application/rss+xml" href="/rss/{name}.xml">'
                for name in ("all", "society", "economy", "sports")
                if self.has_feeds
            )
            content = f"<!doctype html><html><head><title>나루일보</title>{feeds}</head><body>{content}</body></html>"
        return self._text(content, "text/html")

    def _text(self, content: str, media_type: str) -> tuple[int, dict[str, str], bytes]:
        body = content.encode()
        tag = hashlib.sha256(body).hexdigest()[:16]
        return 200, {"Content-Type": f"{media_type}; charset=utf-8", "ETag": f'"{tag}"'}, body


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # headers and body in one packet
    site: ClassVar[PaperSite]

    def do_GET(self) -> None:
        self.site.asked.append(self.path)
        status, headers, body = self.site.answer(self.path)
        if status == 200 and self.headers.get("If-None-Match") == headers.get("ETag"):
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Tests print nothing."""


@contextmanager
def served(site: PaperSite) -> Iterator[str]:
    """The site on a port of the loopback; gives its address without a slash at the end."""
    handler = type("Handler", (_Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    site.root = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site.root
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def paper_of(count: int, *, start: datetime = START, every: timedelta = timedelta(minutes=20)) -> PaperSite:
    """A site with ``count`` articles, numbered from 1001, one every twenty minutes."""
    site = PaperSite()
    for number in range(count):
        site.publish(1001 + number, start + number * every)
    return site
