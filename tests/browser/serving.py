"""A real ``gisa serve`` to read from: data folders for it, and its process. Knows nothing of browsers."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import gisa
from gisa.model import SEOUL
from gisa.sample import install_media, open_articles

REMOVED_ID: Final = "browser-removed"
HOSTILE_ID: Final = "browser-hostile"
LONE_WORD: Final = "가람솔빛"
"""A word of the hostile article alone."""
_SCRIPT: Final = "<script>document.title='broken'</script>"
_HOSTILE: Final = {
    "id": HOSTILE_ID,
    "title": f"{LONE_WORD} {_SCRIPT} <b>제목</b>",
    "body": f"{LONE_WORD} 본문 {_SCRIPT}\n{'가' * 400}\n{'https://' + 'x' * 200}",
    "section": _SCRIPT,
    "byline": [_SCRIPT],
    "image_url": "/media/not-there.png",
    "keywords": [_SCRIPT, "나" * 90],
    "url": "javascript:alert(1)",
}
_START_S: Final = 30.0


@dataclass(frozen=True, slots=True)
class Site:
    """A server that runs, and what it serves."""

    address: str
    """Scheme, host and port, without a slash at the end."""
    articles: dict[str, dict[str, Any]]
    """What is in its archive, by id, as it was added."""
    log: Path
    """What the server wrote to its standard streams."""


def fill_paper(folder: Path, *, hostile: bool = True) -> dict[str, dict[str, Any]]:
    """The sample newspaper, moved in whole days so that its last article is two days old; one article removed.

    With ``hostile``, one more whose every field tries to break the page.

    Moved, because periods of a page end now: with the dates as written, a test would mean less each week.
    """
    install_media(folder)
    with (folder / "gisa.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[serve]\nbudget_ms = 0\n")  # a busy machine changes nothing on the pages
    drafts = [dict(draft.fields) for draft in open_articles()]
    newest = max(_moment(draft["published_at"]) for draft in drafts)
    shift = datetime.now(SEOUL).date() - timedelta(days=2) - newest.astimezone(SEOUL).date()
    for draft in drafts:
        for name in ("published_at", "modified_at"):
            if name in draft:
                draft[name] = (_moment(draft[name]) + shift).isoformat()
    oldest = min(_moment(draft["published_at"]) for draft in drafts)
    if hostile:
        drafts.append({**_HOSTILE, "published_at": (oldest - timedelta(days=1)).isoformat()})
    removed = {"id": REMOVED_ID, "title": "지운 기사", "body": "지운 본문", "published_at": oldest.isoformat()}
    with gisa.open(folder) as archive:
        report = archive.add([*drafts, removed])
        assert report.rejected == 0, report.rejects
        archive.remove([REMOVED_ID])
    return {draft["id"]: draft for draft in drafts}


@contextmanager
def serve(folder: Path, articles: dict[str, dict[str, Any]], *, base: str = "") -> Iterator[Site]:
    """``gisa serve`` on the folder and a free port of the loopback, until the block ends; ``base``: its base path."""
    command = shutil.which("gisa", path=str(Path(sys.executable).parent)) or "gisa"
    log = folder.with_name(folder.name + "-server.log")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [command, "serve", "--data", str(folder), "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    try:
        _await(address + base, process, log)
        yield Site(address, articles, log)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _await(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Returns when the server answers; raises with its log when it does not."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + _START_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with direct.open(address + "/api/health", timeout=2) as answer:
                answer.read()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"gisa serve did not answer at {address}:\n{log.read_text('utf-8', 'replace')}")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=SEOUL)
