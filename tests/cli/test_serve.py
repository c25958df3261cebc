"""``gisa serve`` as a process of its own, with two workers: what only shows there."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from bench.processes import tree
from prometheus_client.parser import text_string_to_metric_families

import gisa

ARTICLE = {"id": "one", "title": "등대 소식", "body": "바다", "published_at": "2026-01-01T09:00:00+09:00"}
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg">' + "<g/>" * 500 + "</svg>"


def start(data_dir: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A server with two workers, and where it will answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gisa.cli.main", "serve", "--data", str(data_dir), "--workers", "2"]
    process = subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.DEVNULL)
    return process, f"http://127.0.0.1:{port}"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where a server of one article answers, until the test ends."""
    with gisa.open(tmp_path / "data") as library:
        library.add([ARTICLE])
    (tmp_path / "data" / "media").mkdir()
    (tmp_path / "data" / "media" / "sea.svg").write_text(PICTURE, encoding="utf-8")
    process, address = start(tmp_path / "data")
    with process:
        try:
            wait_until_answering(address)
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def test_metrics_add_up_over_the_workers(address: str) -> None:
    """Whichever worker is asked tells what all of them did."""
    for number in range(30):  # each on a connection of its own, so that both workers get some
        assert httpx.get(f"{address}/search?q=등대{number}", timeout=30).status_code == 200

    text = httpx.get(address + "/metrics", timeout=30).text

    counted = {
        (sample.name, sample.labels.get("route"), sample.labels.get("status")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert counted["gisa_requests_total", "search", "200"] == 30
    assert counted["gisa_articles", None, None] == 1


def test_pictures_and_pages_arrive_whole(address: str) -> None:
    """Files that the server sends by itself, and texts that it packs."""
    with httpx.Client(base_url=address, timeout=30, headers={"accept-encoding": "gzip, zstd"}) as client:
        picture, page = client.get("/media/sea.svg"), client.get("/search?q=등대")

    assert picture.text == PICTURE
    assert page.headers["content-encoding"] == "zstd"
    assert page.text.rstrip().endswith("</html>")


@pytest.mark.parametrize("after_s", [0.4, 0.7, 1.0, 1.3, 1.6])
def test_a_server_that_is_still_starting_stops_when_told_to(tmp_path: Path, after_s: float) -> None:
    """Whatever it and its workers are busy with at that moment, none of them is left."""
    with gisa.open(tmp_path / "data") as library:
        library.add([ARTICLE])
    process, address = start(tmp_path / "data")
    with process:
        time.sleep(after_s)
        process.send_signal(signal.SIGTERM)
        process.wait(30)

    with pytest.raises(httpx.TransportError):
        httpx.get(address + "/api/health", timeout=30)


def test_a_port_that_is_taken_is_refused(address: str, tmp_path: Path) -> None:
    """The kernel would let both servers have it, and readers would get now the one paper, now the other."""
    port = address.rpartition(":")[2]
    command = [sys.executable, "-m", "gisa.cli.main", "serve", "--data", str(tmp_path / "other"), "--port", port]

    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 1
    assert done.stderr.startswith(f"gisa: port {port} of 127.0.0.1 is taken")


def test_an_address_of_another_machine_is_refused(tmp_path: Path) -> None:
    """With the system's reason, and no traceback."""
    command = [sys.executable, "-m", "gisa.cli.main", "serve", "--data", str(tmp_path), "--host", "192.0.2.1"]

    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 1
    assert done.stderr.startswith("gisa: 192.0.2.1, port 8000 cannot be served: ")
    assert done.stderr.count("\n") == 1


CLEAR = b"POST /recent/clear HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize("query", ["등대".encode(), b"%B5%EE%B4%EB"], ids=["raw UTF-8", "escaped EUC-KR"])
def test_an_address_is_read_as_it_was_meant(address: str, query: bytes) -> None:
    """``curl`` sends raw bytes, a form on an old page its own encoding."""
    with socket.create_connection(server_of(address), timeout=30) as raw:
        raw.sendall(b"GET /api/search?q=" + query + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: raw.recv(65_536), b""))

    assert '"total":1' in answer.decode()


def test_bodies_that_do_not_come_keep_nobody_out(address: str) -> None:
    """Three hundred POSTs whose body never comes, half of them in chunks; every reader is answered, and they end within seconds."""
    heads = [CLEAR + b"Content-Length: 3000\r\n\r\nx", CLEAR + CHUNKED + b"1\r\nx\r\n"] * 150
    sleeping = [socket.create_connection(server_of(address), timeout=30) for _ in range(300)]
    try:
        for connection, head in zip(sleeping, heads, strict=True):
            connection.sendall(head)
        answered = [httpx.get(f"{address}/search?q=등대{number}", timeout=30).status_code for number in range(24)]
        refused = [connection.recv(100).split(b"\r\n")[0] for connection in sleeping]
    finally:
        for connection in sleeping:
            connection.close()

    assert answered == [200] * 24
    assert set(refused) == {b"HTTP/1.1 408 Request Timeout"}


@pytest.mark.parametrize(
    ("chunks", "status"),
    [
        pytest.param([b"query=", b"%EB%93%B1"], b"303 See Other", id="a form"),
        pytest.param([b"x" * 9_000] * 2, b"413 Payload Too Large", id="more than any form"),
    ],
)
def test_a_body_in_chunks_is_a_body(address: str, chunks: list[bytes], status: bytes) -> None:
    """Without a Content-Length the same limits hold."""
    parts = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    with socket.create_connection(server_of(address), timeout=30) as raw:
        raw.sendall(CLEAR + CHUNKED + parts + b"0\r\n\r\n")

        assert raw.recv(100).split(b"\r\n")[0] == b"HTTP/1.1 " + status


def test_a_worker_that_dies_again_and_again_is_started_again(tmp_path: Path) -> None:
    """Two kills within a second, and two more; the other worker answers, and so does the new one."""
    with gisa.open(tmp_path / "data") as library:
        library.add([ARTICLE])
    process, address = start(tmp_path / "data")
    with process:
        try:
            wait_until_answering(address)
            for _ in range(3):
                workers = tree(process.pid)[1:]
                os.kill(workers[-1], signal.SIGKILL)
                time.sleep(1.5)
            time.sleep(3)
            answers = {httpx.get(address + "/api/health", timeout=30).status_code for _ in range(6)}
            still_runs = process.poll() is None
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)

    assert still_runs
    assert answers == {200}


def server_of(address: str) -> tuple[str, int]:
    host, _, port = address.removeprefix("http://").partition(":")
    return host, int(port)


def wait_until_answering(address: str) -> None:
    for _ in range(300):
        try:
            httpx.get(address + "/api/health", timeout=30)
            return
        except httpx.TransportError:
            time.sleep(0.1)
