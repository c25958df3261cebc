"""Addresses: a real server on the loopback that redirects, dawdles, floods, lies and breaks off."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import gisa
from gisa.errors import SourceError
from gisa.model import Draft
from gisa.sources.fetch import fetch
from gisa.sources.opening import Wishes, open_source
from gisa.sources.web import FetchLimits, Web, retry_after
from tests.said import refused

FEED = """<?xml version="1.0" encoding="EUC-KR"?><rss version="2.0"><channel><title>나루일보</title>
<item><title>AI센터 문 연다</title><link>/local/1</link><description>나루시가 연다.</description>
<pubDate>Wed, 24 Dec 2025 09:05:00 +0900</pubDate></item></channel></rss>"""
JSONL = '{"title": "AI센터 문 연다"}\n'.encode()
CSV = "제목,본문,날짜\nAI센터 문 연다,나루시가 연다.,2025-12-24\n".encode("cp949")

Answer = Callable[[BaseHTTPRequestHandler], None]


def answer(body: bytes, *, status: int = 200, **headers: str) -> Answer:
    def write(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return write


def redirect(target: str, *, status: int = 302) -> Answer:
    return answer(b"", status=status, Location=target)


def redirect_to_query(request: BaseHTTPRequestHandler) -> None:
    redirect(request.path.partition("?")[2])(request)


def answer_once(request: BaseHTTPRequestHandler) -> None:
    """304 to whoever has it already."""
    if request.headers.get("If-None-Match") == '"1"':
        answer(b"", status=304)(request)
    else:
        answer(JSONL, ETag='"1"', Cache_Control="public, max-age=300")(request)


def dawdle(request: BaseHTTPRequestHandler) -> None:
    """A byte every 50 ms, without end."""
    request.send_response(200)
    request.end_headers()
    while True:
        request.wfile.write(b"<")
        request.wfile.flush()
        time.sleep(0.05)


def fall_silent(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "100")
    request.end_headers()
    request.wfile.flush()
    time.sleep(2)


def break_off(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "1000000")
    request.end_headers()
    request.wfile.write(FEED.encode())


def flood(request: BaseHTTPRequestHandler) -> None:
    """More than any limit, without saying how much."""
    request.send_response(200)
    request.end_headers()
    for _ in range(1000):
        request.wfile.write(b"<" * 65536)


def bomb() -> bytes:
    """64 MB in 64 KB."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(64)) + packer.flush()


def show_agent(request: BaseHTTPRequestHandler) -> None:
    answer(request.headers["User-Agent"].encode())(request)


XML = "application/rss+xml"
ANSWERS: dict[str, Answer] = {
    "/euc-kr.xml": answer(FEED.encode("cp949"), Content_Type="text/xml; charset=EUC-KR"),
    "/undeclared": answer(FEED.replace(' encoding="EUC-KR"', "").encode("cp949"), Content_Type=XML),
    "/wrong-charset": answer(FEED.encode("cp949"), Content_Type="text/xml; charset=utf-8"),
    "/packed": answer(gzip.compress(FEED.encode("cp949")), Content_Type=XML, Content_Encoding="gzip"),
    "/feed.xml.gz": answer(gzip.compress(FEED.encode("cp949")), Content_Type="application/gzip"),
    "/twice.xml.gz": answer(gzip.compress(gzip.compress(FEED.encode("cp949"))), Content_Encoding="gzip"),
    "/unlabelled": answer(FEED.encode("cp949"), Content_Type="text/html"),
    "/moved": redirect("/really-moved"),
    "/really-moved": redirect("/euc-kr.xml"),
    "/articles.jsonl": answer(JSONL, Content_Type="text/plain"),
    "/articles.jsonl.gz": answer(gzip.compress(JSONL)),
    "/ndjson": answer(JSONL, Content_Type="application/x-ndjson"),
    "/guess": answer(JSONL),
    "/articles.csv": answer(CSV, Content_Type="text/csv"),
    "/sheet": answer(CSV, Content_Type="text/csv; charset=utf-8"),
    "/page": answer(b"<!DOCTYPE html><html><body>404", Content_Type="text/html"),
    "/gone": answer(b"", status=404),
    "/down": answer(b"<rss/>", status=503),
    "/down-for-now": answer(b"<rss/>", status=503, Retry_After="120"),
    "/too-often": answer(b"", status=429, Retry_After="120"),
    "/refused": answer(b"", status=403),
    "/password": answer(b"", status=401),
    "/gone-for-good": answer(b"", status=410),
    "/broken-server": answer(b"", status=500),
    "/deflated": answer(
        zlib.compress(FEED.encode("cp949")), Content_Type="application/rss+xml", Content_Encoding="deflate"
    ),
    "/deflated-bare": answer(
        zlib.compress(FEED.encode("cp949"))[2:-4], Content_Type="application/rss+xml", Content_Encoding="deflate"
    ),
    "/deflated-torn": answer(zlib.compress(FEED.encode("cp949"))[:-9], Content_Encoding="deflate"),
    "/none": answer(b"", status=204),
    "/loop": redirect("/loop"),
    "/away": redirect("ftp://a.example/"),
    "/nowhere": redirect("mailto:kim@naru.example"),
    "/dawdle": dawdle,
    "/silent": fall_silent,
    "/broken": break_off,
    "/flood": flood,
    "/bomb": answer(bomb(), Content_Encoding="gzip"),
    "/torn": answer(gzip.compress(FEED.encode())[:-9], Content_Encoding="gzip"),
    "/brotli": answer(b"x", Content_Encoding="br"),
    "/agent": show_agent,
    "/to": redirect_to_query,
    "/tagged": answer_once,
    "/for-good": redirect("/moved", status=301),
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        try:
            ANSWERS[self.path.partition("?")[0]](self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Tests print nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


SHORT = FetchLimits(connect_s=1, total_s=0.4, silence_s=0.3, size_bytes=1 << 20)


@pytest.mark.parametrize(
    "path",
    [
        "/euc-kr.xml",
        "/undeclared",
        "/wrong-charset",
        "/packed",
        "/deflated",
        "/deflated-bare",
        "/feed.xml.gz",
        "/twice.xml.gz",
        "/unlabelled",
        "/moved",
        "/articles.jsonl",
        "/articles.jsonl.gz",
        "/articles.jsonl?day=1",
        "/ndjson",
        "/guess",
        "/articles.csv",
        "/sheet",
    ],
)
def test_an_address_is_read(site: str, path: str) -> None:
    """Feeds, JSON Lines and CSV are read from addresses, packed or redirected, whatever the server calls them."""
    with open_source(site + path) as source:
        (draft,) = source

    assert isinstance(draft, Draft)
    assert draft.fields["title"] == "AI센터 문 연다"
    assert draft.place.startswith(site + path)
    assert source.position() == source.total_bytes


def test_relative_links_are_completed(site: str) -> None:
    """A link without a host belongs to the place where the feed was found, after redirects."""
    with open_source(site + "/moved") as source:
        (draft,) = source

    assert isinstance(draft, Draft)
    assert draft.fields["url"] == site + "/local/1"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/gone", "the server answers 404 Not Found — check the address"),
        ("/gone-for-good", "the server answers 410 Gone — it is gone for good: take the address off your list"),
        ("/down", "the server answers 503 Service Unavailable — try again later"),
        ("/down-for-now", "the server answers 503 Service Unavailable — try again in 120 seconds"),
        ("/too-often", "the server answers 429 Too Many Requests — it wants fewer requests: try again in 120 seconds"),
        ("/refused", "the server answers 403 Forbidden — if a browser may read it, ask whoever runs the site to let"),
        ("/password", "the server answers 401 Unauthorized — give name and password in the address"),
        ("/broken-server", "the server answers 500 Internal Server Error — try again later"),
        ("/deflated-torn", "the transfer is damaged (it is cut short"),
        ("/loop", "more than 5 redirects — check the address in a browser"),
        ("/away", "it is, or leads to, no http or https address"),
        ("/nowhere", "it is, or leads to, no http or https address"),
        ("/dawdle", "took longer than 0.4 seconds — try again later"),
        ("/silent", "silent for 0.3 seconds — try again later"),
        ("/broken", "the transfer broke off"),
        ("/flood", "larger than 1 MB — download it and add the file"),
        ("/bomb", "larger than 1 MB — download it and add the file"),
        ("/torn", "the transfer is damaged (it is cut short"),
        ("/brotli", "answers in the encoding 'br', which was not asked for"),
        ("/page", "an HTML page, not an RSS or Atom feed, and no article"),
    ],
)
def test_a_failing_address_says_why(site: str, path: str, words: str) -> None:
    """Each way to fail is one sentence that begins with the address and ends with what to do."""
    started = time.monotonic()

    with pytest.raises(SourceError) as caught:
        open_source(site + path, wishes=Wishes(limits=SHORT))

    assert gisa.say(caught.value).startswith(f"{site}{path}: {words}")
    assert time.monotonic() - started < 5


def test_an_empty_answer_holds_nothing(site: str) -> None:
    """204 No Content is an answer, and an empty one."""
    with open_source(site + "/none") as source:
        assert list(source) == []


def test_nobody_listens() -> None:
    """A refused connection names the address."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"

        with refused(SourceError, r"cannot be reached .* — check the address and the network"):
            fetch(url, limits=SHORT)


@pytest.mark.parametrize(
    "url", ["http://", "http://[::1", "https://a b.example/", "http://127.0.0.1:99999/", "http:///x"]
)
def test_what_is_no_address(url: str) -> None:
    """An address that cannot be one is refused before any connection."""
    with pytest.raises(SourceError) as caught:
        fetch(url, limits=SHORT)

    assert gisa.say(caught.value).startswith(f"{url}: ")


@pytest.mark.parametrize("url", ["ftp://a.example/feed.xml", "file:///etc/passwd", "gopher://a"])
def test_only_the_web_is_fetched(url: str) -> None:
    """Other schemes are refused, file:// among them."""
    with refused(SourceError, "cannot be read — give a path, or an http:// or https:// address"):
        open_source(url)


@pytest.mark.parametrize("path", ["/gone", "/moved", "/page", "/gone-for-good"])
def test_a_password_is_never_said(site: str, path: str) -> None:
    """Name and password of an address stand in no message, no place and no link."""
    url = site.replace("//", "//kim:geheim7@") + path

    try:
        with open_source(url) as source:
            said = f"{source.name} {list(source)}"
    except SourceError as error:
        said = str(error)

    assert "geheim7" not in said
    assert site in said


def test_a_redirect_does_not_lead_into_the_private_network(site: str) -> None:
    """A host of a private network is asked if somebody names it, not because another address leads there."""
    inside = site.replace("127.0.0.1", "localhost")

    with refused(SourceError, "leads to localhost, an address of a private network"):
        fetch(f"{site}/to?{inside}")
    with Web() as web, refused(SourceError, r"leads to 127\.0\.0\.1, an address of a private network"):
        web.ask(site + "/guess")
    assert fetch(inside + "/guess").is_success


def test_a_name_that_leads_into_the_private_network(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is the address that a name leads to: nothing is sent there."""
    port = int(site.rpartition(":")[2])
    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **named: resolve("127.0.0.1", *rest, **named))

    with Web() as web, refused(SourceError, r"leads to paper\.example, an address of a private network"):
        web.ask(f"http://paper.example:{port}/never-asked")
    with Web(named=["paper.example"]) as web:
        assert web.ask(f"http://paper.example:{port}/guess").is_success


def test_what_is_told_beside_an_answer(site: str) -> None:
    """Validators, freshness, and where an address has moved for good; an answer without a body has none."""
    with Web(named=["127.0.0.1"]) as web:
        first = web.ask(site + "/tagged")
        again = web.ask(site + "/tagged", validators=first.validators)
        moved, asked = web.ask(site + "/for-good"), web.ask(site + "/for-good", follows=False)

    assert (first.validators.etag, first.fresh_s) == ('"1"', 300.0)
    assert (again.status, again.content) == (304, b"")
    assert (moved.moved_to, moved.url, moved.status) == (site + "/moved", site + "/euc-kr.xml", 200)
    assert (asked.location, asked.status) == (site + "/moved", 301)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Fri, 27 Nov 2026 00:02:00 GMT", 120.0),
        ("Thu, 26 Nov 2026 00:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("１２", None),
    ],
)
def test_how_long_a_server_wants_to_be_left_alone(value: str, seconds: float | None) -> None:
    """``Retry-After`` is a number of seconds or a date; what is neither asks for nothing."""
    assert retry_after(value, now=datetime(2026, 11, 27, tzinfo=UTC)) == seconds


def test_gisa_says_who_it_is(site: str) -> None:
    """Servers see the name and version of the reader."""
    assert fetch(site + "/agent").content.decode().startswith("Gisa/")
    assert fetch(site + "/agent").content.decode().endswith(" (+feed reader)")
