"""Opening a data folder whose parts do not all open."""

from __future__ import annotations

from pathlib import Path

import pytest

import gisa
from gisa.archive import SqlArchive
from gisa.errors import ArchiveError
from gisa.index.tantivy_engine import TantivyEngine


@pytest.mark.parametrize("part", ["OwnFiles", "_open_archive"])
def test_what_was_opened_before_a_failure_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    """If one part raises, those that were opened before it are closed again."""
    closed: list[str] = []

    def refuse(*_: object, **__: object) -> None:
        raise ArchiveError("no answer")

    for kind in (SqlArchive, TantivyEngine):

        def close(self: SqlArchive | TantivyEngine, close: object = kind.close) -> None:
            closed.append(type(self).__name__)
            close(self)  # type: ignore[operator]

        monkeypatch.setattr(kind, "close", close)
    monkeypatch.setattr(f"gisa.library.wiring.{part}", refuse)

    with pytest.raises(ArchiveError, match="no answer"):
        gisa.open(tmp_path)

    assert closed == (["SqlArchive"] if part == "OwnFiles" else []) + ["TantivyEngine"]
