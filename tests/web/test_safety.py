"""Headers on every answer, who may change a cookie, and the pure rules behind both."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from fastapi import FastAPI
from selectolax.lexbor import LexborHTMLParser

from gisa.config import Settings
from gisa.library import Library
from gisa.web import create_app
from gisa.web.serving.security import MEDIA_POLICY, is_https, is_same_site_change, local_path
from tests.web.conftest import PICTURE, clock, still
from tests.web.visitor import Visitor, links, one

EVERYWHERE = [
    "/",
    "/search?q=바다",
    "/search?q=우주엘리베이터",
    "/articles/sea-01",
    "/articles/none",
    "/articles/sea-99",
    "/nowhere",
    "/recent/clear",
    "/static/none.css",
    "/media/sea.svg",
    "/media/none.svg",
    "/api/search?q=바다",
    "/api/search?limit=0",
    "/api/articles/none",
    "/api/health",
    "/api/docs",
    "/api/openapi.json",
    "/api/nowhere",
]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_carries_the_safety_headers(visitor: Visitor, path: str) -> None:
    """Pages, files, API and failures alike."""
    headers = visitor.get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "cache-control" in headers
    for name in ("content-security-policy", "cache-control"):
        assert len(headers.get_list(name)) == 1


@pytest.mark.parametrize("path", [path for path in EVERYWHERE if not path.startswith("/media/sea")])
def test_the_policy_allows_only_what_the_pages_need(visitor: Visitor, path: str) -> None:
    """No inline script or style, no foreign script, no framing, no foreign form target."""
    policy = dict(
        part.strip().split(" ", 1) for part in visitor.get(path).headers["content-security-policy"].split(";")
    )

    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["img-src"] == "'self' https: data:"


@pytest.mark.parametrize("path", ["/", "/search?q=바다", "/articles/sea-01?q=바다", "/nowhere", "/api/docs"])
def test_pages_obey_the_policy(visitor: Visitor, path: str) -> None:
    """No inline script, style or handler stands in a page, and everything it loads is its own."""
    nodes = LexborHTMLParser(visitor.get(path).text).css("*:not(script[type='application/ld+json'])")  # data, not run

    assert not [node for node in nodes if node.tag == "style" or (node.tag == "script" and node.text())]
    for node in nodes:
        assert not [name for name in node.attributes if name == "style" or name.startswith("on")]
        assert (node.attributes.get("src") or "/static/").startswith(("/static/", "/media/"))


@pytest.mark.parametrize("path", ["/", "/search?q=바다", "/nowhere"])
def test_no_shared_cache_keeps_a_reader_s_page(visitor: Visitor, path: str) -> None:
    """Pages that may show recent searches are private."""
    assert visitor.get(path).headers["cache-control"] == "private, no-cache"


def test_static_files_are_kept_for_ever_under_their_hash(visitor: Visitor) -> None:
    """Stylesheet, theme, icon and script carry their content's hash; any other address is not found."""
    page = visitor.page("/")
    addresses = [*links(page, "link[rel=stylesheet], link[rel=icon]"), one(page, "script").attributes["src"] or ""]

    assert len(addresses) == 4
    for address in addresses:
        response = visitor.get(address)
        assert re.fullmatch(r"/static/\w+\.[0-9a-f]{12}\.(css|svg|js)", address)
        assert response.status_code == 200
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert visitor.get(re.sub(r"\.[0-9a-f]{12}", "." + "0" * 12, address)).status_code == 404
    assert "--accent:#" in visitor.get(addresses[0]).text


def test_a_picture_is_served_but_may_run_nothing(visitor: Visitor) -> None:
    """An SVG comes with a sandbox, can be asked for again cheaply, and HEAD works."""
    response = visitor.get("/media/sea.svg")

    assert (response.text, response.headers["content-type"]) == (PICTURE, "image/svg+xml")
    assert response.headers["content-security-policy"] == MEDIA_POLICY
    assert "sandbox" in MEDIA_POLICY
    assert visitor.get("/media/sea.svg", {"if-none-match": response.headers["etag"]}).status_code == 304
    assert visitor.ask("HEAD", "/media/sea.svg").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/media/notes.txt",
        "/media/.hidden.svg",
        "/media/outside.svg",
        "/media/..%2Fgisa.toml",
        "/media/%2e%2e/gisa.toml",
        "/media/%2Fetc%2Fpasswd",
        "/media/",
        "/media",
        "/media/a%00.svg",
        "/media/" + "a" * 5000 + ".svg",
        "/static/..%2Fapp.py",
    ],
)
def test_nothing_but_pictures_of_the_folder_is_served(visitor: Visitor, path: str) -> None:
    """Other files, hidden files, links out of the folder and steps up are not found."""
    assert visitor.get(path).status_code == 404


def test_a_missing_media_folder_is_no_failure(empty_app: FastAPI) -> None:
    """A paper without pictures has no such folder."""
    assert Visitor(empty_app).get("/media/sea.svg").status_code == 404


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://a.example", "host": "a.example"}, False),
        ({"origin": "http://a.example", "host": "a.example"}, True),
        ({"origin": "https://A.example:8443", "host": "a.example:8443"}, True),
        ({"origin": "http://a.example:8080", "host": "a.example"}, False),
        ({"origin": "http://b.example", "host": "a.example"}, False),
        ({"origin": "http://a.example.b.example", "host": "a.example"}, False),
        ({"origin": "null", "host": "a.example"}, False),
        ({"origin": "http://[", "host": "a.example"}, False),
        ({"origin": "", "host": ""}, False),
        ({"host": "a.example"}, False),
        ({"origin": "http://a.example"}, False),
        ({}, False),
    ],
)
def test_only_this_site_may_change_something(headers: dict[str, str], *, allowed: bool) -> None:
    """What the browser says of a request's origin decides; silence is a refusal."""
    assert is_same_site_change(headers) is allowed


@pytest.mark.parametrize(
    ("scheme", "headers", "trust_proxy", "secure"),
    [
        ("https", {}, False, True),
        ("http", {}, True, False),
        ("http", {"x-forwarded-proto": "https"}, True, True),
        ("http", {"x-forwarded-proto": "https"}, False, False),
        ("https", {"x-forwarded-proto": "http"}, True, False),
        ("http", {"x-forwarded-proto": "HTTPS, http"}, True, True),
    ],
)
def test_the_proxy_is_believed_only_where_it_is_trusted(
    scheme: str, headers: dict[str, str], *, trust_proxy: bool, secure: bool
) -> None:
    """``trust_proxy`` decides whether X-Forwarded-Proto says what the reader's connection is."""
    assert is_https(scheme, headers, trust_proxy=trust_proxy) is secure


def test_a_trusted_proxy_makes_the_cookie_secure(paper_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a proxy that ends TLS the cookie is Secure all the same."""
    monkeypatch.setattr(paper_library, "settings", Settings(data_dir=Path("none"), trust_proxy=True))
    response = Visitor(create_app(paper_library, clock=clock, monotonic=still)).get(
        "/search", {"x-forwarded-proto": "https"}, q="바다"
    )

    assert response.headers["set-cookie"].endswith("; Secure")


@pytest.mark.parametrize("target", ["/", "/search?q=%EA%B0%80&page=2", "/articles/a%2Fb?q=x#y"])
def test_paths_of_this_site_are_kept(target: str) -> None:
    """A way back on this site is taken as it is."""
    assert local_path(target) == target


@pytest.mark.parametrize("name", ["site.js", "suggest.js"])
def test_the_script_is_sound(name: str) -> None:
    """Each of the site's scripts parses (where node is at hand)."""
    from gisa.web.pages.assets import STATIC_DIR

    try:
        checked = subprocess.run(["node", "--check", str(STATIC_DIR / name)], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("node is not here")
    assert checked.returncode == 0, checked.stderr
