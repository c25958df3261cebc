"""Terms for text and data mining: one setting decides every place where machines look, closed unless the paper opens it."""

from __future__ import annotations

from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest

import gisa
from gisa.config import Mining, load_settings
from gisa.errors import ConfigError
from gisa.saying.terms import licence_line
from gisa.web import create_app
from gisa.web.pages.mining import TRAINING_CRAWLERS
from tests.said import refused
from tests.web.conftest import clock, paper, still
from tests.web.visitor import HOST, Visitor, links, one

POLICY = "https://www.naru.example/terms"
SETTINGS = {
    "closed": ("", 1, ""),
    "closed, with terms": (f'[mining]\npolicy = "{POLICY}"\n', 1, POLICY),
    "open": ("[mining]\nallowed = true\n", 0, ""),
    "open, with terms": (f'[mining]\nallowed = true\npolicy = "{POLICY}"\n', 0, POLICY),
    "below a path": ('[site]\nbase_path = "/search"\n', 1, ""),
}


@pytest.mark.parametrize(("settings", "reserved", "policy"), SETTINGS.values(), ids=SETTINGS)
def test_every_place_says_the_same(tmp_path: Path, settings: str, reserved: int, policy: str) -> None:
    """Headers of every answer, the meta element of pages, TDMRep's file, robots.txt, llms.txt."""
    (tmp_path / "gisa.toml").write_text(settings, "utf-8")
    with gisa.open(tmp_path, clock=clock, monotonic=still) as library:
        library.add(paper()[:1])
        base = library.settings.site.base_path
        visitor = Visitor(create_app(library, clock=clock, monotonic=still))
        for path in ("/", "/search?q=바다", "/articles/sea-00", "/api/search?q=바다", "/search.rss?q=바다", "/nowhere"):
            headers = visitor.get(base + path).headers
            assert headers["tdm-reservation"] == str(reserved), path
            assert headers.get("tdm-policy", "") == policy, path
        page = visitor.page(base + "/articles/sea-00")
        [rule] = visitor.get(base + "/.well-known/tdmrep.json").json()
        robots, said = visitor.get(base + "/robots.txt").text, visitor.get(base + "/llms.txt").text

    assert one(page, "meta[name=tdm-reservation]").attributes["content"] == str(reserved)
    assert [each.attributes["content"] for each in page.css("meta[name=tdm-policy]")] == ([policy] if policy else [])
    assert rule == {"location": f"{base}/", "tdm-reservation": reserved} | ({"tdm-policy": policy} if policy else {})
    assert f"(tdm-reservation: {reserved})" in said
    assert licence_line("기사 검색", Mining(allowed=not reserved, policy=policy or None)) in said
    rules = RobotFileParser()
    rules.parse(robots.splitlines())
    for name in TRAINING_CRAWLERS:
        assert rules.can_fetch(name, f"{base}/articles/sea-00") is not bool(reserved), name
    assert rules.can_fetch("Googlebot", f"{base}/articles/sea-00")
    assert not rules.can_fetch("Googlebot", f"{base}/search")


def test_llms_txt_leads_to_what_is_there(visitor: Visitor) -> None:
    """The paper's name and line, and addresses of this site that answer."""
    said = visitor.get("/llms.txt").text

    assert said.startswith("# 시험일보\n\n> 시험의 소식\n")
    for path in ("/api/docs", "/"):
        assert f"](http://{HOST}{path})" in said
        assert visitor.get(path).status_code == 200
    assert links(visitor.page("/"), "nav a")


def test_the_papers_own_line_goes_with_every_answer(tmp_path: Path) -> None:
    """As it is written, on one line."""
    (tmp_path / "gisa.toml").write_text('[mining]\nlicence = """CC BY 4.0,\n  나루일보"""\n', "utf-8")

    assert licence_line("나루일보", load_settings(tmp_path).mining) == "CC BY 4.0, 나루일보"


@pytest.mark.parametrize(
    "policy", ["terms", "ftp://naru.example/", "https://naru.example/\\nx: y", 'https://a/"b', "https://a/<b>"]
)
def test_terms_that_are_no_web_address_stop_the_start(tmp_path: Path, policy: str) -> None:
    """The address stands in headers and pages."""
    (tmp_path / "gisa.toml").write_text(f"[mining]\npolicy = '{policy}'\n", "utf-8")

    with refused(ConfigError, f"policy {policy!r} is no web address"):
        load_settings(tmp_path)
