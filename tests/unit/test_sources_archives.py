"""Archives and packed streams as folders: what is read, what is refused by name, and that no bomb goes off."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from gisa.errors import SourceError
from gisa.model import Draft, Item, Reject, Remark
from gisa.sources import archives
from gisa.sources.opening import open_stream
from gisa.sources.unpacking import PackedError, unpacked
from tests.said import line_of, reason_of, refused

LINE = '{"title": "나루대교 개통", "published_at": "2025-11-03"}\n'
CSV = "제목,게재일\n나루대교 통제,2025-11-04\n"
Files = dict[str, str | bytes]


def zipped(files: Files) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def tarred(files: Files, mode: str = "w") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def read(content: bytes, name: str = "a.zip") -> list[Item]:
    with open_stream(io.BytesIO(content), name) as source:
        return list(source)


def titles(items: list[Item]) -> list[str]:
    return [item.fields["title"] for item in items if isinstance(item, Draft)]


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("packing", PACKERS)
def test_packed_files_are_read(packing: str) -> None:
    """A file that gzip, bzip2, xz or Zstandard packed is read as what it is, also of several streams."""
    pack = PACKERS[packing]

    assert titles(read(pack(LINE.encode()) + pack(LINE.encode()), f"a.jsonl.{packing}")) == ["나루대교 개통"] * 2


@pytest.mark.parametrize("packing", PACKERS)
def test_packed_files_that_are_cut_short(packing: str) -> None:
    """What could be unpacked is read, and one reject says that there was more."""
    items = read(
        PACKERS[packing](
            "".join(f'{{"title": "제목 {n}", "published_at": "2025-11-03"}}\n' for n in range(200)).encode()
        )[:-9],
        "a.jsonl",
    )

    (reject,) = (item for item in items if isinstance(item, Reject))
    assert "cut short" in reason_of(reject)


@given(st.binary(max_size=2_000), st.integers(1, 100), st.sampled_from([*PACKERS]))
def test_unpacking_gives_back_what_was_packed(content: bytes, size: int, packing: str) -> None:
    """Whatever the content and however the stream is cut."""
    packed = PACKERS[packing](content)
    blocks = [packed[at : at + size] for at in range(0, len(packed), size)] if size > 6 else [packed]

    assert b"".join(unpacked(blocks)) == content


@given(st.sampled_from([b"\x1f\x8b", b"BZh9", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"]), st.binary(max_size=200))
def test_unpacking_never_fails_but_by_name(magic: bytes, rest: bytes) -> None:
    """Damaged packings raise ``PackedError`` alone."""
    with contextlib.suppress(PackedError):
        list(unpacked([magic + rest]))


@pytest.mark.parametrize(
    "pack", [zipped, tarred, lambda files: tarred(files, "w:gz"), lambda files: tarred(files, "w:xz")]
)
def test_an_archive_is_a_folder(pack: Callable[[Files], bytes]) -> None:
    """Each file is read in its own format; unknown ones are told, hidden ones are no newsroom's."""
    items = read(pack({"1.jsonl": LINE, "b/2.csv": CSV, "b/쉼.bin": b"\0\1", "__MACOSX/x": "x", ".DS_Store": "x"}))

    assert titles(items) == ["나루대교 개통", "나루대교 통제"]
    assert [item.place for item in items if isinstance(item, Draft)] == ["a.zip/1.jsonl:1", "a.zip/b/2.csv:2"]
    assert [line_of(item) for item in items if isinstance(item, Remark)] == [
        "a.zip: passed over 1 file ending in .bin: in no format that Gisa knows"
    ]


def test_archives_in_archives() -> None:
    """An archive in an archive is a folder in a folder, three deep."""
    content = zipped({"a.jsonl": LINE})
    for _ in range(2):
        content = zipped({"in.zip": content})
    assert titles(read(content)) == ["나루대교 개통"]

    items = read(zipped({"in.zip": content}))

    assert [line_of(item) for item in items] == [
        "a.zip/in.zip/in.zip/in.zip: an archive inside 3 others — unpack the outer ones first"
    ]


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x.jsonl", "/etc/x.jsonl", "C:\\x.jsonl", "a/../../x.jsonl", "..\\x.jsonl"]
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_that_point_out_are_refused(pack: Callable[[Files], bytes], name: str) -> None:
    """A name that leads out of the archive is refused; the file beside it is read."""
    items = read(pack({name: LINE, "ok.jsonl": LINE}))

    assert titles(items) == ["나루대교 개통"]
    (reject,) = (item for item in items if isinstance(item, Reject))
    assert reason_of(reject).startswith("its name points out of the archive")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_links_and_devices_are_refused(kind: bytes) -> None:
    """A link out of an archive could be any file of the machine."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        info = tarfile.TarInfo("passwd.jsonl")
        info.type, info.linkname = kind, "/etc/passwd"
        archive.addfile(info)

    (reject,) = read(file.getvalue(), "a.tar")

    assert isinstance(reject, Reject)
    assert reject.place == "a.tar/passwd.jsonl"
    assert "link" in reason_of(reject) or "device" in reason_of(reject)


def test_a_link_in_a_zip_is_refused() -> None:
    """Zip archives of Unix hold links as well."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo("a.jsonl")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")

    (reject,) = read(file.getvalue())

    assert line_of(reject) == "a.zip/a.jsonl: a link — pack the file itself"


@pytest.mark.parametrize("pack", [zipped, lambda files: tarred(files, "w:gz")])
def test_a_bomb_is_stopped(pack: Callable[[Files], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that unpacks to more than its size allows is left at once; what came before stays read."""
    monkeypatch.setattr(archives, "RATIO_FROM", 1_000_000)

    items = read(pack({"a.jsonl": LINE, "b.jsonl": b" " * 30_000_000, "c.jsonl": LINE}))

    assert titles(items) == ["나루대교 개통"]
    assert ["as bombs do" in reason_of(item) for item in items if isinstance(item, Reject)] == [True]


def test_a_zip_with_a_password_is_named() -> None:
    """A locked file is a reject that says so."""
    content = bytearray(zipped({"a.jsonl": LINE}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1

    (reject,) = read(bytes(content))

    assert line_of(reject) == "a.zip/a.jsonl: it is locked by a password — unpack it first"


def test_names_in_the_encoding_of_korean_windows() -> None:
    """Places show the names that the newsroom gave."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("name.jsonl", LINE)
    content = file.getvalue().replace(b"name.jsonl", "기사.jsonl".encode("cp949").ljust(10, b"l"))

    (draft,) = read(content)

    assert draft.place.startswith("a.zip/기사.jsonl")


@pytest.mark.parametrize("at", [30, 60, -10])
def test_a_zip_that_is_cut_short(at: int) -> None:
    """Half an archive is refused with the next step."""
    with refused(SourceError, "cut short or damaged"):
        read(zipped({"a.jsonl": LINE})[:at])


def test_a_tar_that_is_cut_short() -> None:
    """What came before the tear is read."""
    items = read(tarred({"a.jsonl": LINE, "b.jsonl": LINE * 100})[:2_000], "a.tar")

    assert "나루대교 개통" in titles(items)
    assert [item for item in items if isinstance(item, Reject)]
