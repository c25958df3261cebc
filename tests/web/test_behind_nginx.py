"""The documented nginx site in front of a real server: TLS, a path, and what readers do there."""

from __future__ import annotations

import os
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import feedparser
import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

import gisa
from tests.browser.serving import free_port, serve
from tests.conftest import ROOT
from tests.web.conftest import paper

NAME = "localhost"
BASE = "/search"


@dataclass(frozen=True)
class Behind:
    """The ports of nginx, and whom its readers trust."""

    plain: int
    secure: int
    trusted: ssl.SSLContext


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    """nginx in front of ``gisa serve``."""
    if not shutil.which("nginx") or not shutil.which("openssl"):
        pytest.skip("nginx or openssl is not installed (Debian: apt install nginx-light openssl)")
    folder = tmp_path_factory.mktemp("behind")
    data = folder / "data"
    data.mkdir()
    (data / "gisa.toml").write_text(
        f'trust_proxy = true\n[site]\nbase_path = "{BASE}"\n[serve]\nbudget_ms = 0\nhosts = ["{NAME}", "127.0.0.1"]\n',
        "utf-8",
    )
    with gisa.open(data) as library:
        library.add(paper()[:25])
    with serve(data, {}, base=BASE) as site, nginx(folder, upstream=site.address.removeprefix("http://")) as ports:
        yield Behind(*ports, ssl.create_default_context(cafile=str(folder / "own.pem")))


@pytest.fixture
def reader(behind: Behind) -> Iterator[httpx.Client]:
    """A browser without a screen that has not been here before."""
    with httpx.Client(base_url=f"https://{NAME}:{behind.secure}", verify=behind.trusted) as client:
        yield client


@contextmanager
def nginx(folder: Path, *, upstream: str) -> Iterator[tuple[int, int]]:
    """The documented site until the block ends, with other names, ports and certificate; gives its ports for http and https."""
    plain, secure = free_port(), free_port()
    key, certificate, log = folder / "own.key", folder / "own.pem", folder / "error.log"
    of_this_name = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    new = [
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        str(key),
        "-out",
        str(certificate),
    ]
    subprocess.run(["openssl", "req", "-x509", *new, *of_this_name], check=True, capture_output=True)
    site = (ROOT / "docs/deploy/nginx.conf").read_text("utf-8")
    for pattern, own in (
        (r"listen 80;", f"listen 127.0.0.1:{plain};"),
        (r"listen 443", f"listen 127.0.0.1:{secure}"),
        (r"www\.naru\.example;", f"{NAME};"),
        (r"127\.0\.0\.1:8000;", f"{upstream};"),
        (r"(?<=ssl_certificate) +\S+;", f" {certificate};"),
        (r"(?<=ssl_certificate_key) +\S+;", f" {key};"),
        (r"/var/log/nginx/gisa\.log", str(folder / "access.log")),
    ):
        site, changed = re.subn(pattern, own, site)
        assert changed, pattern
    places = "".join(
        f"{each}_temp_path {folder / each};" for each in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""  # the test's folder is closed to others
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; worker_processes 1; pid {folder / 'pid'}; events {{}} http {{ {places}\n{site}\n}}",
        "utf-8",
    )
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(log)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 20
        while time.monotonic() < end and not (folder / "pid").exists():
            assert process.poll() is None, log.read_text()
            time.sleep(0.02)
        yield plain, secure
    finally:
        process.terminate()
        process.wait(10)


def test_a_reader_searches_reads_and_goes_back(reader: httpx.Client) -> None:
    """Each step follows a link of the page before, all under https below the path."""
    home = LexborHTMLParser(reader.get(BASE + "/").text)
    form = home.css_first("form.finder")
    assert form is not None
    results = reader.get(form.attributes["action"] or "", params={"q": "바다"})
    listed = LexborHTMLParser(results.text)
    second = LexborHTMLParser(reader.get(listed.css("a[rel=next]")[0].attributes["href"] or "").text)
    article = reader.get(second.css(".hit h2 a")[0].attributes["href"] or "")
    back = LexborHTMLParser(article.text).css(".back a")[0].attributes["href"] or ""

    assert "Secure" in results.headers["set-cookie"]
    assert f"Path={BASE}/;" in results.headers["set-cookie"]
    assert article.status_code == 200
    assert reader.get(back.partition("#")[0]).status_code == 200
    assert back.startswith(f"{BASE}/search?q=")


def test_every_file_of_a_page_arrives(reader: httpx.Client) -> None:
    """Styles, scripts and icon of the page, at the addresses it names."""
    page = LexborHTMLParser(reader.get(f"{BASE}/search", params={"q": "바다"}).text)
    files = [
        node.attributes.get("href") or node.attributes.get("src") or ""
        for node in page.css("link[rel=stylesheet], script[src], link[rel=icon]")
    ]

    assert len(files) >= 5
    assert {reader.get(file).status_code for file in files} == {200}


def test_the_list_of_searches_can_be_changed(reader: httpx.Client) -> None:
    """A form of the page is taken, one of another site is not, and the way back lies below the path."""
    reader.get(f"{BASE}/search", params={"q": "등대"})
    form = {"query": "등대", "next": f"{BASE}/search?q=x"}
    own = reader.post(f"{BASE}/recent/delete", data=form, headers={"origin": str(reader.base_url).rstrip("/")})
    foreign = reader.post(f"{BASE}/recent/delete", data=form, headers={"origin": "https://evil.example"})

    assert (own.status_code, own.headers["location"].partition("?")[0]) == (303, f"{BASE}/search")
    assert foreign.status_code == 403


def test_addresses_that_leave_the_site_are_whole(reader: httpx.Client) -> None:
    """A feed's links carry https, host, port and path."""
    feed = feedparser.parse(reader.get(f"{BASE}/search.rss", params={"q": "바다"}).content)

    assert feed.entries[0].link == f"{str(reader.base_url).rstrip('/')}{BASE}/articles/sea-00"


@pytest.mark.parametrize("encoding", ["utf-8", "euc-kr"])
def test_a_query_arrives_in_either_encoding(reader: httpx.Client, encoding: str) -> None:
    """nginx passes the bytes on, Gisa reads them."""
    answer = reader.get(f"{BASE}/api/search?q={quote('바다'.encode(encoding))}")

    assert answer.json()["data"]["total"] == 25


def test_an_export_passes_through_whole(reader: httpx.Client) -> None:
    """A row for each result, besides the heading and the note."""
    answer = reader.get(f"{BASE}/api/export", params={"q": "바다", "format": "jsonl"})

    assert len(answer.text.splitlines()) == 26


@pytest.mark.parametrize(
    ("path", "status"), [("/search", 308), ("/search/metrics", 404), ("/", 404), ("/search/nothing", 404)]
)
def test_nothing_else_is_open(reader: httpx.Client, path: str, status: int) -> None:
    """Figures are the operator's; what is beside the path is not Gisa's."""
    assert reader.get(path).status_code == status


def test_plain_http_is_sent_to_tls(behind: Behind) -> None:
    """With the whole address."""
    answer = httpx.get(f"http://127.0.0.1:{behind.plain}/search/?q=a", headers={"host": NAME})

    assert (answer.status_code, answer.headers["location"]) == (301, f"https://{NAME}/search/?q=a")
