"""The topology that docs/deploy describes, as processes: two web servers that only read, one writer, one index for all."""

from __future__ import annotations

import json
import re
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import gisa
from gisa.errors import ArchiveError
from tests.conftest import ROOT
from tests.servers import OPENSEARCH, POSTGRES, server_url

TOOL = ROOT / "tools/topology"


@pytest.fixture(scope="module")
def topology(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[str]]]:
    """The writer's folder, and the servers' addresses. On the servers that the environment names."""
    server_url(POSTGRES), server_url(OPENSEARCH)
    folder = tmp_path_factory.mktemp("topology")
    try:
        said = subprocess.run([TOOL, "start", folder], capture_output=True, text=True, timeout=120, check=False)
        assert said.returncode == 0, said.stderr
        yield folder / "writer", re.findall(r"http://[\d.:]+", said.stdout)
    finally:
        subprocess.run([TOOL, "stop", folder], timeout=60, check=False)


def ask(address: str, path: str) -> Any:
    with urllib.request.urlopen(address + path, timeout=20) as answer:
        return json.load(answer)["data"]


def titles(address: str, query: str) -> list[str]:
    found = ask(address, f"/api/search?q={urllib.parse.quote(query)}")
    return [] if found["relaxed"] else [hit["title"] for hit in found["hits"]]


def becomes(address: str, query: str, wanted: list[str]) -> bool:
    deadline = time.monotonic() + 20
    while titles(address, query) != wanted:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def test_what_the_writer_does_every_server_shows(topology: tuple[Path, list[str]]) -> None:
    """Articles, words and a takedown reach each server; none of them may write."""
    folder, servers = topology
    assert len(servers) == 2
    with gisa.open(folder) as writer:
        for number, title in enumerate(("우정 어린 손길", "고우정은 말했다"), 1):
            writer.add(
                [
                    gisa.Article(
                        id=f"a{number}", title=title, body="", published_at=datetime(2025, 6, number, tzinfo=UTC)
                    )
                ]
            )
        are_found = [becomes(server, "우정", ["고우정은 말했다", "우정 어린 손길"]) for server in servers]
        (folder / "words.txt").write_text("고우정\n", "utf-8")
        writer.apply_words()
        go_by_words = [becomes(server, "우정", ["우정 어린 손길"]) for server in servers]
        writer.remove(["a1"])
        are_gone = [titles(server, "우정") == [] for server in servers]

    assert (are_found, go_by_words, are_gone) == ([True] * 2, [True] * 2, [True] * 2)
    assert [ask(server, "/api/health")["words_version"] for server in servers] == [1, 1]
    with gisa.open(folder.parent / "web-1") as reading, pytest.raises(ArchiveError, match="lacks the rights"):
        reading.add([gisa.Article(id="a3", title="나루", body="", published_at=datetime(2025, 6, 3, tzinfo=UTC))])
