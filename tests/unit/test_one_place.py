"""What is written once stays written once: each pattern stands in one module of the source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "src/gisa"


@pytest.mark.parametrize(
    ("pattern", "place"),
    [
        pytest.param(r"0xAC00|\b588\b|ord\([\"']가[\"']\)|[\"']가[\"'] <=", "text/hangul.py", id="Hangul arithmetic"),
        pytest.param(r"\\u3164|\\u200b|0x200B|0x3164", "text/unseen.py", id="characters nobody sees"),
        pytest.param(r"os\.fsync", "durable.py", id="durable writing"),
        pytest.param(r"__version__ = |version\([\"']gisa[\"']\)", "version.py", id="the version"),
        pytest.param(r"import mecab_ko", "text/dictionary.py", id="mecab"),
    ],
)
def test_written_once(pattern: str, place: str) -> None:
    """No other module does it by itself."""
    found = [
        str(path.relative_to(SOURCE))
        for path in sorted(SOURCE.rglob("*.py"))
        if re.search(pattern, path.read_text(encoding="utf-8"))
    ]

    assert found == [place]
    assert Path(SOURCE / place).exists()
