"""The reserve: made where there is room, given up once for what must work on a full disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from gisa.errors import ArchiveError
from gisa.library.reserve import SIZE_BYTES, Reserve


def reserve(folder: Path, monkeypatch: pytest.MonkeyPatch, *, free_bytes: int) -> Reserve:
    monkeypatch.setattr(Reserve, "_free_bytes", lambda _: free_bytes)
    return Reserve(folder / "reserve")


def test_it_is_made_where_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is nearly full is left alone; else the room is taken at once, not when it is written."""
    reserve(tmp_path, monkeypatch, free_bytes=2 * SIZE_BYTES).keep()
    before = list(tmp_path.iterdir())
    reserve(tmp_path, monkeypatch, free_bytes=100 * SIZE_BYTES).keep()

    [made] = tmp_path.iterdir()
    assert (before, made.stat().st_blocks * 512 >= SIZE_BYTES) == ([], True)


@pytest.mark.parametrize(
    ("free_bytes", "tries"),
    [
        pytest.param(0, 2, id="full: once more, with the reserve's room"),
        pytest.param(10**9, 1, id="not for want of room"),
    ],
)
def test_what_fails_for_want_of_room_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free_bytes: int, tries: int
) -> None:
    """The reserve is given up only if the disk is full; an error that stays is the caller's."""
    (tmp_path / "reserve").write_bytes(b"")
    seen = 0

    def work() -> None:
        nonlocal seen
        seen += 1
        raise ArchiveError("no room")

    with pytest.raises(ArchiveError):
        reserve(tmp_path, monkeypatch, free_bytes=free_bytes).with_room(work)

    assert (seen, (tmp_path / "reserve").exists()) == (tries, tries == 1)


def test_a_folder_without_a_reserve_fails_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing to give up: the error goes to the caller after one try."""
    with pytest.raises(ArchiveError):
        reserve(tmp_path, monkeypatch, free_bytes=0).with_room(lambda: (_ for _ in ()).throw(ArchiveError("no room")))
