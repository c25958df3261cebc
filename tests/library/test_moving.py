"""Moving an archive to another database, tried between two files."""

from __future__ import annotations

from pathlib import Path

import gisa
from gisa.archive import sqlite_url
from gisa.library.moving import migrate


def test_settings_keep_every_byte_but_the_address(tmp_path: Path) -> None:
    """Line ends of Windows and comments of ``gisa.toml`` are what they were, beside the line that names the archive."""
    settings = tmp_path / "data" / "gisa.toml"
    url = sqlite_url(tmp_path / "elsewhere.sqlite")
    with gisa.open(tmp_path / "data") as library:
        library.add([{"id": "a1", "title": "나루대교 착공", "body": "", "published_at": "2025-12-24"}])
    settings.write_bytes("# 우리 신문\r\n[paper]\r\nname = '나루일보'\r\n".encode())

    migrate(tmp_path / "data", archive_url=url)

    assert (
        settings.read_bytes() == f"archive_url = \"{url}\"\r\n# 우리 신문\r\n[paper]\r\nname = '나루일보'\r\n".encode()
    )
    with gisa.open(tmp_path / "data") as library:
        assert library.count() == 1
