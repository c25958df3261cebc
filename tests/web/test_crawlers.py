"""robots.txt, sitemaps and what browsers ask for: right, and never of more than everybody may see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fastapi import FastAPI

import gisa
from gisa.web import create_app
from gisa.web.pages import crawlers
from tests.web.conftest import NOW, clock, paper, still
from tests.web.visitor import HOST, Visitor, one

SITE = "https://www.naru.example"
ROOT = f"{SITE}/search"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
OPEN = {
    "title": "나루 <소식> & 말",
    "body": "본문",
    "published_at": "2020-02-29T12:00:00+09:00",
    "modified_at": "2020-03-01T00:00:00Z",
}


@pytest.fixture(scope="module")
def canonical(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """30 articles of this month and the last, one of 2020, and three that nobody may see."""
    folder = tmp_path_factory.mktemp("canonical")
    (folder / "gisa.toml").write_text(
        f'[site]\nbase_path = "/search"\ncanonical = "{SITE}/"\n[paper]\nname = "나루일보"\n', "utf-8"
    )
    with gisa.open(folder, clock=clock, monotonic=still) as library:
        library.add(
            [
                *paper()[:30],
                {"id": "old/1", **OPEN},
                {"id": "held", **OPEN, "title": "비밀", "status": "withheld"},
                {"id": "embargo", **OPEN, "title": "비밀 둘", "visible_from": (NOW + timedelta(hours=1)).isoformat()},
                {"id": "ahead", **OPEN, "title": "비밀 셋", "published_at": (NOW + timedelta(days=1)).isoformat()},
            ]
        )
        yield create_app(library, clock=clock, monotonic=still)


def locations(text: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(text).iter(f"{MAP}loc")]


def test_sitemaps_list_every_open_article_once(canonical: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index leads to sitemaps of months and their parts; together they hold what everybody may see, at canonical addresses."""
    monkeypatch.setattr(crawlers, "IN_ONE_SITEMAP", 12)
    visitor = Visitor(canonical)
    maps = locations(visitor.get("/search/sitemap.xml").text)
    found = [place for each in maps for place in locations(visitor.get(each.removeprefix(SITE)).text)]

    assert len(maps) == 4
    assert maps[0] == f"{ROOT}/sitemaps/2026-11-1.xml"
    assert len(set(found)) == len(found) == 31
    assert f"{ROOT}/articles/old%2F1" in found
    assert all(visitor.get(place.removeprefix(SITE)).status_code == 200 for place in found[:3])


def test_a_sitemap_says_when_an_article_changed(canonical: FastAPI) -> None:
    """``lastmod`` is the last change, in Seoul."""
    [url] = ET.fromstring(Visitor(canonical).get("/search/sitemaps/2020-02-1.xml").text)

    assert url.findtext(f"{MAP}lastmod") == "2020-03-01T09:00:00+09:00"


def test_the_news_sitemap_holds_two_days(canonical: FastAPI) -> None:
    """Newest first, with the names that Google asks for."""
    urls = list(ET.fromstring(Visitor(canonical).get("/search/sitemap-news.xml").text))
    first = urls[0].find(f"{NEWS}news")

    assert [url.findtext(f"{MAP}loc") for url in urls] == [f"{ROOT}/articles/sea-{n:02}" for n in range(8)]
    assert first is not None
    assert first.findtext(f"{NEWS}title") == "바다 소식 0호"
    assert first.findtext(f"{NEWS}publication/{NEWS}name") == "시험일보"
    assert first.findtext(f"{NEWS}publication/{NEWS}language") == "ko"


@pytest.mark.parametrize(
    "name", ["2026-10-9.xml", "2026-13-1.xml", "1999-01-1.xml", "0000-01-1.xml", "2026-11.xml", "x"]
)
def test_a_sitemap_that_is_none_is_not_found(canonical: FastAPI, name: str) -> None:
    """Months without articles, parts beyond the end, and what is no month."""
    assert Visitor(canonical).get(f"/search/sitemaps/{name}").status_code == 404


def test_robots_are_kept_from_searches_and_shown_the_sitemaps(canonical: FastAPI) -> None:
    """Paths carry the base, sitemaps the canonical address."""
    text = Visitor(canonical).get("/search/robots.txt").text

    assert "Disallow: /search/search\n" in text
    assert f"Sitemap: {ROOT}/sitemap.xml\n" in text
    assert "Disallow: /search/articles" not in text


def test_without_a_canonical_address_there_are_no_sitemaps(visitor: Visitor) -> None:
    """The articles' pages stand elsewhere: robots.txt names none."""
    assert [
        visitor.get(path).status_code for path in ("/sitemap.xml", "/sitemap-news.xml", "/sitemaps/2026-11-1.xml")
    ] == [404] * 3
    assert "Sitemap" not in visitor.get("/robots.txt").text


def test_an_empty_archive_has_an_empty_index(tmp_path: Path) -> None:
    """Well-formed, without sitemaps."""
    (tmp_path / "gisa.toml").write_text(f'[site]\ncanonical = "{SITE}"\n', "utf-8")
    with gisa.open(tmp_path, clock=clock, monotonic=still) as library:
        visitor = Visitor(create_app(library, clock=clock, monotonic=still))

        assert locations(visitor.get("/sitemap.xml").text) == []
        assert locations(visitor.get("/sitemap-news.xml").text) == []


def test_the_browsers_bar_searches_the_paper(visitor: Visitor) -> None:
    """The description that the page names leads to the results of what is typed."""
    href = one(visitor.page("/"), "link[rel=search]").attributes["href"] or ""
    answer = visitor.get(href)
    [url] = ET.fromstring(answer.text).iter("{http://a9.com/-/spec/opensearch/1.1/}Url")

    assert answer.headers["content-type"].startswith("application/opensearchdescription+xml")
    assert url.attrib == {"type": "text/html", "template": f"http://{HOST}/search?q={{searchTerms}}"}


def test_manifest_and_icon_are_there(visitor: Visitor) -> None:
    """The manifest's icon, and the address that browsers guess."""
    manifest = visitor.get(one(visitor.page("/", lang="en"), "link[rel=manifest]").attributes["href"] or "").json()
    guessed = visitor.get("/favicon.ico")

    assert (manifest["lang"], manifest["start_url"], manifest["theme_color"]) == ("en", "/?lang=en", "#b3261e")
    assert guessed.headers["location"] == manifest["icons"][0]["src"]
    assert visitor.get(manifest["icons"][0]["src"]).headers["content-type"] == "image/svg+xml"
