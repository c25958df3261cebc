"""Bodies unpacked lately: recalled for their own frame alone, and bounded."""

from __future__ import annotations

import pytest

from gisa.archive.recent import RecentBodies


class Unpacking:
    """Counts what had to be unpacked."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []

    def __call__(self, frame: bytes) -> str:
        self.frames.append(frame)
        return frame.decode()


@pytest.fixture
def unpack() -> Unpacking:
    return Unpacking()


def recent(limit_bytes: int = 1_000_000) -> RecentBodies:
    return RecentBodies(limit_bytes=limit_bytes)


def test_a_body_is_unpacked_once(unpack: Unpacking) -> None:
    """The second time it is known."""
    bodies = recent()

    assert [bodies.body(1, b"sea", unpack) for _ in range(3)] == ["sea"] * 3
    assert unpack.frames == [b"sea"]


def test_another_frame_is_another_body(unpack: Unpacking) -> None:
    """A corrected article, or another archive in the old one's place, is read as it is now."""
    bodies = recent()

    assert [bodies.body(1, frame, unpack) for frame in (b"sea", b"lake", b"sea")] == ["sea", "lake", "sea"]
    assert len(unpack.frames) == 3


def test_what_is_kept_is_bounded(unpack: Unpacking) -> None:
    """The least recently used goes first; one that would drive out all others is not kept at all."""
    bodies = recent(limit_bytes=4_000)
    for seq in range(10):
        bodies.body(0, b"often", unpack)
        bodies.body(seq + 1, b"%d" % seq, unpack)
    bodies.body(99, b"x" * 1_000, unpack)
    unpack.frames.clear()

    for seq, frame in ((0, b"often"), (10, b"9"), (1, b"0"), (99, b"x" * 1_000)):
        bodies.body(seq, frame, unpack)
    assert unpack.frames == [b"0", b"x" * 1_000]


def test_what_does_not_unpack_is_not_kept() -> None:
    """It is tried again, and fails again."""
    bodies = recent()

    def fail(frame: bytes) -> str:
        raise ValueError(frame)

    for _ in range(2):
        with pytest.raises(ValueError, match="sea"):
            bodies.body(1, b"sea", fail)
    assert bodies.body(1, b"sea", bytes.decode) == "sea"
