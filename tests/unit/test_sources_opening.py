"""Which reader a location gets, folders, and what is said of places that cannot be read."""

from __future__ import annotations

import gzip
import os
import threading
from pathlib import Path

import pytest

import gisa
from gisa.errors import SourceError
from gisa.model import Draft, Reject, Remark
from gisa.sources.opening import open_source
from tests.said import line_of, reason_of, refused

JSONL = '{"title": "가"}\n{"title": "나"}\n'
CSV = "제목,본문,날짜\n가,본문,2025-12-24\n나,본문,2025-12-24\n"
RSS = "<rss version='2.0'><channel><item><title>가</title></item><item><title>나</title></item></channel></rss>"


def titles(location: str | Path) -> list[str]:
    with open_source(location) as source:
        return [str(item.fields["title"]) if isinstance(item, Draft) else line_of(item) for item in source]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", JSONL),
        ("a.NDJSON", JSONL),
        ("a.json", JSONL),
        ("a", JSONL),
        ("a.csv", CSV),
        ("a.tsv", CSV.replace(",", "\t")),
        ("a.txt", CSV),
        ("a.xml", RSS),
        ("a.rss", RSS),
        ("a.atom", RSS),
        ("a", RSS),
        ("a.jsonl", RSS),
        ("a", "\ufeff \n" + RSS),
    ],
)
def test_the_reader_is_chosen(tmp_path: Path, name: str, content: str, *, packed: bool) -> None:
    """Content that begins with < is a feed; else the ending decides; else the content."""
    path = tmp_path / (f"{name}.gz" if packed else name)
    path.write_bytes(gzip.compress(content.encode()) if packed else content.encode())

    assert titles(path) == ["가", "나"]


@pytest.mark.parametrize(
    ("name", "content"), [("a.jsonl", JSONL), ("a", JSONL), ("a.csv", CSV), ("a", CSV), ("a", RSS)]
)
@pytest.mark.parametrize("coding", ["cp949", "utf-16"])
def test_the_reader_is_chosen_in_other_encodings(tmp_path: Path, name: str, content: str, coding: str) -> None:
    """Looking at the content works in EUC-KR and UTF-16 too."""
    path = tmp_path / name
    path.write_bytes(content.encode(coding))

    assert titles(path) == ["가", "나"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"PK\x03\x04abc", "a zip archive or a workbook that is cut short or damaged", id="zip"),
        pytest.param(b"\xd0\xcf\x11\xe0abc HWP Document File", "a Hangul or Word document", id="hwp"),
        pytest.param(b"%PDF-1.7", "a PDF", id="pdf"),
        pytest.param("그냥 글입니다.".encode(), "it is in no format that Gisa knows — it reads JSON", id="text"),
        pytest.param(bytes(range(128, 256)) + bytes(8), "it is in no format that Gisa knows", id="noise"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes, words: str) -> None:
    """A file of another kind is named for what it is, with what to do."""
    path = tmp_path / "a.bin"
    path.write_bytes(content)

    with pytest.raises(SourceError) as caught:
        open_source(path)

    assert gisa.say(caught.value).startswith(f"{path}: {words}")


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.xml", "a", "a.jsonl.gz"])
def test_an_empty_file_holds_nothing(tmp_path: Path, name: str) -> None:
    """An empty file is no error here; the caller sees that nothing came."""
    path = tmp_path / name
    path.touch()

    assert titles(path) == []


def test_what_is_not_there(tmp_path: Path) -> None:
    """A missing file is named."""
    with pytest.raises(SourceError) as caught:
        open_source(str(tmp_path / "a.jsonl"))

    assert gisa.say(caught.value) == f"{tmp_path / 'a.jsonl'}: no such file or folder"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    """A file without permission is named."""
    path = tmp_path / "a.jsonl"
    path.touch(mode=0)

    with refused(SourceError, "no permission to read it"):
        open_source(path)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_impossible_names(name: str) -> None:
    """A name that no file can have is an error like any other."""
    with pytest.raises(SourceError):
        open_source(name)


def test_a_folder_is_every_known_file_below_it(tmp_path: Path) -> None:
    """Files come in order of name, hidden ones aside; a bad one is a reject among the others, an unknown one is told."""
    files = {
        "b.csv": CSV,
        "a/2.jsonl": '{"title": "둘"}',
        "a/1.jsonl": '{"title": "하나"}',
        "a/broken.csv": "x,y\n1,2",
        "c.rss": RSS,
        ".hidden.jsonl": JSONL,
        ".git/a.jsonl": JSONL,
        "README.md": "# 나루일보",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)

    with open_source(tmp_path) as source:
        items = list(source)
        position, total = source.position(), source.total_bytes

    broken = tmp_path / "a/broken.csv"
    assert [item.fields["title"] for item in items if isinstance(item, Draft)] == ["하나", "둘", "가", "나", "가", "나"]
    (reject,) = (item for item in items if isinstance(item, Reject))
    (remark,) = (item for item in items if isinstance(item, Remark))
    assert reject.place == str(broken)
    assert reason_of(reject).startswith("there is no header row that names columns")
    assert items[0].place == f"{tmp_path / 'a/1.jsonl'}:1"
    assert line_of(remark) == f"{tmp_path}: passed over 1 file ending in .md: in no format that Gisa knows"
    assert position == total == sum(len(files[name].encode()) for name in files if name[0] != ".")


def test_a_folder_without_known_files(tmp_path: Path) -> None:
    """A folder that holds nothing to read says what could be read."""
    (tmp_path / "README.md").write_text("# 나루일보")

    with (
        open_source(tmp_path) as source,
        refused(SourceError, r"no file in this folder that Gisa reads: JSON \(\.json"),
    ):
        list(source)


def test_a_link_to_its_own_folder_does_not_turn_in_circles(tmp_path: Path) -> None:
    """Linked folders are not followed, and the report says so."""
    (tmp_path / "a.jsonl").write_text(JSONL)
    (tmp_path / "loop").symlink_to(tmp_path)

    told, *read = titles(tmp_path)

    assert read == ["가", "나"]
    assert "a link to a folder is not followed" in told


def test_names_need_not_be_utf8(tmp_path: Path) -> None:
    """A file named in EUC-KR is read, and its place can be printed."""
    path = os.fsencode(tmp_path) + b"/" + "기사".encode("cp949") + b".jsonl"
    Path(os.fsdecode(path)).write_text(JSONL + "{")

    with open_source(tmp_path) as source:
        places = [item.place for item in source]

    assert [place.rpartition(":")[2] for place in places] == ["1", "2", "3"]
    "".join(places).encode()


def test_a_pipe_has_no_total(tmp_path: Path) -> None:
    """What cannot be measured is read all the same."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(JSONL,))
    writer.start()

    with open_source(pipe) as source:
        assert source.total_bytes is None
        assert len(list(source)) == 2
    writer.join()


def test_closing_in_the_middle(tmp_path: Path) -> None:
    """A source may be left at any point and closed twice."""
    (tmp_path / "a.jsonl").write_text(JSONL)
    for location in (tmp_path, tmp_path / "a.jsonl"):
        with open_source(location) as source:
            next(iter(source))
        source.close()
