"""JSON in any wrapping: what is read, what is refused and where, in every encoding and state of repair."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.model import Draft, Item, Reject, Remark
from gisa.sources.byte_reader import CHUNK, ByteReader
from gisa.sources.json_source import JsonSource
from gisa.sources.opening import open_source
from tests.said import line_of, reason_of

ROWS = [{"id": str(n), "title": f"제목 {n}", "body": "나루시가 AI센터를 연다."} for n in range(1, 21)]
LINES = [json.dumps(row, ensure_ascii=False) for row in ROWS]
TEXT = "".join(line + "\n" for line in LINES)


def read(content: bytes, *, value_limit: int = 32 << 20) -> list[Item]:
    reader = ByteReader(io.BytesIO(content), name="a.jsonl", total_bytes=len(content))
    return list(JsonSource(reader, value_limit=value_limit))


def drafts(content: bytes) -> list[dict[str, object]]:
    return drafts_of(read(content))


def drafts_of(items: list[Item]) -> list[dict[str, object]]:
    assert [item for item in items if isinstance(item, Reject)] == []
    return [dict(item.fields) for item in items if isinstance(item, Draft)]


def only_reject(items: list[Item]) -> Reject:
    (reject,) = (item for item in items if isinstance(item, Reject))
    return reject


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TEXT.encode(), id="UTF-8"),
        pytest.param(TEXT.rstrip().encode(), id="no line end at the end"),
        pytest.param(TEXT.encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param(TEXT.encode("utf-16"), id="UTF-16 with a mark"),
        pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), id="UTF-16 big end first"),
        pytest.param(TEXT.encode("cp949"), id="EUC-KR"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="Windows line ends"),
        pytest.param(TEXT.replace("\n", "\n\n  \n").encode(), id="blank lines"),
        pytest.param("".join(json.dumps(row) + "\n" for row in ROWS).encode(), id="escapes"),
        pytest.param(gzip.compress(TEXT.encode()), id="gzip"),
        pytest.param(b"".join(gzip.compress(f"{line}\n".encode()) for line in LINES), id="gzip of many members"),
        pytest.param(gzip.compress(TEXT.encode()) + bytes(512), id="gzip with padding"),
        pytest.param(gzip.compress(TEXT.encode("cp949")), id="EUC-KR in gzip"),
    ],
)
def test_every_record_is_read(content: bytes) -> None:
    """The twenty records come out of every encoding and packing alike."""
    assert drafts(content) == ROWS


def test_encodings_may_mix() -> None:
    """Files that were glued together from UTF-8 and EUC-KR, with a mark in the middle, are read line by line."""
    content = LINES[0].encode() + b"\n" + LINES[1].encode("cp949") + b"\n" + LINES[2].encode("utf-8-sig")

    assert drafts(content) == ROWS[:3]


def test_places_count_lines() -> None:
    """A draft's place is its line in the file, blank lines counted."""
    items = read(f"{LINES[0]}\n\n{LINES[1]}\n".encode())

    assert [item.place for item in items] == ["a.jsonl:1", "a.jsonl:3"]


def test_nothing_comes_of_nothing() -> None:
    """An empty file, and one of blank lines, yield nothing at all."""
    assert read(b"") == []
    assert read(b"\n \n\t\n") == []
    assert read(gzip.compress(b"")) == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(b'{"title": "a" "b"}', "not JSON: Expecting ',' delimiter at column 15 — write", id="broken"),
        pytest.param(b'{"title": "a"', "not JSON: Expecting ',' delimiter at column 14", id="half"),
        pytest.param(b'["a"]', "not a JSON object but an array of other things — an article is an object", id="array"),
        pytest.param(b'"a"', "not a JSON object but a string — an article is an object of its fields", id="string"),
        pytest.param(b"17", "not a JSON object but a number", id="number"),
        pytest.param(b"null", "not a JSON object but null", id="null"),
        pytest.param(b"true", "not a JSON object but true or false", id="true"),
        pytest.param(b'{"n": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "the JSON is nested too deeply", id="nesting"),
        pytest.param(b'{"a": "\xff\xff"}', "byte 8 is neither UTF-8 nor EUC-KR — save the", id="bytes"),
        pytest.param('{"제목": "나루'.encode() + b"\xec\x95" + b'"}', "byte 19 is neither", id="torn"),
        pytest.param(b"PK\x03\x04\x00\x00", "not JSON: Expecting value at column 1", id="zip"),
    ],
)
def test_one_bad_line_is_one_reject(line: bytes, reason: str) -> None:
    """A line that cannot be read is named with its number and cause; the nineteen others are read."""
    lines = [text.encode() for text in LINES]
    lines[16] = line

    items = read(b"\n".join(lines))

    reject = only_reject(items)
    assert len(items) == 20
    assert reject.place == "a.jsonl:17"
    assert reason_of(reject).startswith(reason)
    assert len(line_of(reject)) < 300


def test_half_surrogates_reach_acceptance() -> None:
    """``\\ud800`` alone is legal JSON; what becomes of it is decided where articles are accepted."""
    assert drafts(b'{"title": "\\ud800"}') == [{"title": "\ud800"}]


PRETTY = json.dumps(ROWS, ensure_ascii=False, indent=2)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PRETTY, id="a pretty array"),
        pytest.param(json.dumps(ROWS, ensure_ascii=False), id="an array on one line"),
        pytest.param("[\n" + ",\n".join(LINES) + "\n]", id="an array with an object a line"),
        pytest.param("".join(LINES), id="objects without anything between"),
        pytest.param("\n".join(json.dumps(row, ensure_ascii=False, indent=2) for row in ROWS), id="pretty objects"),
        pytest.param(json.dumps({"total": 20, "articles": ROWS}, ensure_ascii=False), id="an envelope"),
        pytest.param(json.dumps({"ok": True, "data": {"list": ROWS}}, indent=1), id="an envelope in an envelope"),
        pytest.param(
            json.dumps({"took": 1, "hits": {"total": 20, "hits": [{"_id": "x", "_source": row} for row in ROWS]}}),
            id="an answer of Elasticsearch",
        ),
        pytest.param(
            "".join(f'{{"index": {{"_id": "x"}}}}\n{line}\n' for line in LINES), id="a bulk request of Elasticsearch"
        ),
    ],
)
def test_every_wrapping_is_opened(content: str) -> None:
    """The twenty records come out of whatever holds them, in UTF-8 and in EUC-KR."""
    assert drafts(content.encode()) == ROWS
    assert drafts(content.encode("cp949")) == ROWS


def test_an_envelope_longer_than_a_value_may_be() -> None:
    """An envelope of any size is read in bounded memory: its list is opened."""
    rows = [{**row, "body": "나루 " * 20_000} for row in ROWS]
    content = json.dumps({"meta": {"page": 1}, "articles": rows, "end": {"next": None}}, ensure_ascii=False)

    assert drafts_of(read(content.encode(), value_limit=200_000)) == rows


def test_one_damaged_element_costs_itself_alone() -> None:
    """What is no JSON inside an array is one reject with the line it begins on; its neighbours are read."""
    lines = list(LINES)
    lines[4] = '{"title": "가" "나"}'

    items = read(("[\n" + ",\n".join(lines) + "\n]").encode())

    assert only_reject(items).place == "a.jsonl:6"
    assert len(items) == 20


@pytest.mark.parametrize(
    ("record", "fields"),
    [
        pytest.param({"제목": "가", "본문": "나", "일자": "2025-11-03", "기자": "홍예담"},
                     {"title": "가", "body": "나", "published_at": "2025-11-03", "byline": "홍예담"}, id="Korean keys"),
        pytest.param({"title": {"rendered": "가"}, "content": {"rendered": "<p>나</p>"}, "date": "2025-11-03T09:05:00"},
                     {"title": "가", "body": "<p>나</p>", "published_at": "2025-11-03T09:05:00"}, id="WordPress"),
        pytest.param({"_id": {"$oid": "65"}, "title": "가"}, {"id": "65", "title": "가"}, id="MongoDB"),
        pytest.param({"title": "가", "text": "나", "publish_date": "2025-11-03", "top_img": "https://naru.example/a.jpg"},
                     {"title": "가", "body": "나", "published_at": "2025-11-03", "image_url": "https://naru.example/a.jpg"},
                     id="newspaper4k"),
        pytest.param({"title": "가", "published": 1, "created_at": "2025-11-03"},
                     {"title": "가", "is_published": 1, "published_at": "2025-11-03"}, id="a flag beside a date"),
        pytest.param({"id": "x", "metadata": {"title": "가", "date": "20180101"},
                      "paragraph": [{"form": "가"}, {"form": "나"}, {"form": "다"}]},
                     {"id": "x", "title": "가", "published_at": "20180101", "body": "나\n다"}, id="a corpus of paragraphs"),
    ],
)  # fmt: skip
def test_keys_are_known_by_their_names(record: dict[str, object], fields: dict[str, object]) -> None:
    """The table of names holds for JSON as for CSV; objects that hold one value are opened."""
    assert drafts(json.dumps(record, ensure_ascii=False).encode()) == [fields]


def test_own_names_come_first() -> None:
    """A caller's own names of keys win over the table."""
    content = json.dumps({"title": "편집용", "웹제목": "가", "본문": "나"}, ensure_ascii=False).encode()
    reader = ByteReader(io.BytesIO(content), name="a.json", total_bytes=None)

    (fields,) = drafts_of(list(JsonSource(reader, names={"웹제목": "title"})))

    assert (fields["title"], fields["body"]) == ("가", "나")


def test_a_broken_first_line_does_not_hide_the_others() -> None:
    """A damaged first line is one reject among good lines."""
    items = read(('{"title": "가"\n' + "\n".join(LINES)).encode())

    assert len(items) == 21
    assert only_reject(items).place == "a.jsonl:1"


def test_a_line_too_long_is_passed_over() -> None:
    """A line beyond the limit is a reject; what follows is read."""
    long = json.dumps({"body": "x" * (3 << 20)}).encode()
    content = LINES[0].encode() + b"\n" + long + b"\n" + LINES[1].encode() + b"\n" + long

    items = read(content, value_limit=2 << 20)

    assert [item.place for item in items] == ["a.jsonl:1", "a.jsonl:2", "a.jsonl:3", "a.jsonl:4"]
    assert [reason_of(item) for item in items if isinstance(item, Reject)] == [
        "the value is longer than 2 MB — an article is one object"
    ] * 2


def test_an_article_of_many_chunks_is_read() -> None:
    """A record larger than what is read at a time arrives whole."""
    row = {"body": "가나다 " * CHUNK}

    assert drafts(json.dumps(row, ensure_ascii=False).encode() + b"\n" + LINES[0].encode()) == [row, ROWS[0]]


@pytest.mark.parametrize("missing", [1, 4, 8, 9, 30, 200])
def test_a_torn_gzip_file(missing: int) -> None:
    """Every complete record before the tear is read, then one reject says that the file is cut short."""
    lines = [json.dumps({"id": n, "noise": str(zlib.crc32(str(n).encode()))}) for n in range(5000)]
    torn = gzip.compress("\n".join(lines).encode())[:-missing]
    whole = zlib.decompressobj(wbits=31).decompress(torn).count(b"\n")

    items = read(torn)

    assert only_reject(items) is items[-1]
    assert line_of(items[-1]) == (
        "a.jsonl: it is cut short: its gzip data ends in the middle — what came before it was read; get the whole file"
    )
    assert len(items) - 1 in {whole, whole + 1}  # the last line has no end: complete when the tear is in the checksum
    assert [item.fields["id"] for item in items if isinstance(item, Draft)] == list(range(len(items) - 1))


def test_a_small_torn_gzip_file(tmp_path: Path) -> None:
    """The same for a file so small that deciding on its format has read all of it."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(TEXT.encode(), compresslevel=0)[:-40])

    with open_source(path) as source:
        items = list(source)

    assert [item.fields for item in items if isinstance(item, Draft)] == ROWS[:19]
    assert "cut short" in reason_of(only_reject(items))


def test_damaged_gzip_data() -> None:
    """Bytes changed inside a gzip file are noticed and named."""
    content = bytearray(gzip.compress(TEXT.encode()))
    content[-6] ^= 0xFF

    items = read(bytes(content))

    assert [item.fields for item in items if isinstance(item, Draft)] == ROWS
    assert reason_of(only_reject(items)).startswith("its gzip data is damaged (incorrect data check) — ")


def test_a_gzip_bomb_stays_small() -> None:
    """48 MB of nothing in 48 KB of gzip are read in small pieces and refused as one line."""
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(48)) + packer.flush()

    reader = ByteReader(io.BytesIO(bomb), name="a.jsonl", total_bytes=None)

    assert max(map(len, reader)) <= CHUNK
    assert reason_of(only_reject(read(bomb))).startswith("the value is longer than 32 MB")


def test_progress_counts_bytes_as_stored(tmp_path: Path) -> None:
    """A bar can be drawn from the position in the packed file: it starts at 0 or little, grows, and ends full."""
    path = tmp_path / "a.jsonl.gz"
    lines = "\n".join(json.dumps({"id": n, "hash": zlib.crc32(str(n).encode())}) for n in range(60_000))
    path.write_bytes(gzip.compress(lines.encode()))

    with open_source(path) as source:
        positions = [source.position() for _ in source]

    assert source.total_bytes == path.stat().st_size
    assert positions == sorted(positions)
    assert positions[0] < path.stat().st_size
    assert source.position() == path.stat().st_size


@given(st.binary(max_size=300) | st.text(alphabet='[]{}",:\n\\ 가NaN1', max_size=60).map(str.encode))
def test_any_bytes_are_drafts_or_rejects(content: bytes) -> None:
    """No content makes the reader raise, packed or not, torn or not."""
    for attempt in (content, gzip.compress(content)[:-3], gzip.compress(content) + content, b"\xff\xfe" + content):
        for item in read(attempt):
            assert isinstance(item, Draft | Reject | Remark)
            item.place.encode()
            if isinstance(item, Reject):
                reason_of(item).encode()
