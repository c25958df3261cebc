"""Replacing a small file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gisa.durable import write_durably


def test_a_file_is_made_with_its_folder(tmp_path: Path) -> None:
    """The content is the chunks one after the other; nothing else is left in the folder."""
    path = tmp_path / "new" / "state.json"

    write_durably(path, [b"one", b"", b"two"])

    assert path.read_bytes() == b"onetwo"
    assert list(path.parent.iterdir()) == [path]


def test_an_error_leaves_the_old_content(tmp_path: Path) -> None:
    """If the content cannot be had or written, the file is as before and nothing stands beside it."""
    path = tmp_path / "state.json"
    write_durably(path, [b"old"])

    def torn() -> Iterator[bytes]:
        yield b"ne"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write_durably(path, torn())

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_content_is_synced_before_its_name_and_the_name_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash after the replacement finds the new content: file first, then the rename, then the folder."""
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(number: int) -> None:
        steps.append("folder" if os.path.isdir(f"/proc/self/fd/{number}") else "file")
        fsync(number)

    def noted_replace(source: Path, target: Path) -> None:
        steps.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)

    write_durably(tmp_path / "state.json", [b"x"])

    assert steps == ["file", "replace", "folder"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    """Settings with a password stay as private as they are, from the first byte that is written."""
    path = tmp_path / "gisa.toml"
    path.write_bytes(b"old")
    path.chmod(mode)
    meanwhile: list[int] = []

    def chunks() -> Iterator[bytes]:
        meanwhile.extend(each.stat().st_mode & 0o777 for each in tmp_path.iterdir())
        yield b"new"

    write_durably(path, chunks())

    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == mode
    assert meanwhile == [mode, mode]


def test_a_copy_has_the_permissions_of_its_original(tmp_path: Path) -> None:
    """A new file is as private as the one it is like."""
    original = tmp_path / "original"
    original.write_bytes(b"secret")
    original.chmod(0o600)

    write_durably(tmp_path / "copy", [b"secret"], like=original)

    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
