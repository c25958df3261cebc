"""Reading: articles/s and peak memory of each reader over generated articles, each in a process of its own.

``python -m bench.formats [ARTICLES]``; ``python -m bench.formats --large`` reads a WXR of 2 GB and a JSON array of 5 GB, one
after the other. Adding an article costs about 2 ms a core; a reader should cost a tenth of it.
"""

from __future__ import annotations

import bz2
import csv
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

ARTICLES: Final = 20_000
_PARAGRAPH: Final = "나루시가 나루대교를 내년 3월 착공해 2030년 개통한다고 3일 밝혔다. 김하늘 시장은 “안전을 가장 먼저 살피겠다”고 말했다. "


def _body(number: int) -> list[str]:
    """Five paragraphs, some 700 characters: the median article of a local paper."""
    return [f"{number}번째 기사. {_PARAGRAPH * 2}" for _ in range(5)]


def _records(count: int) -> Iterator[dict[str, str]]:
    for number in range(count):
        yield {
            "id": f"a{number}",
            "title": f"나루대교 {number} 내년 3월 착공",
            "body": "\n".join(_body(number)),
            "published_at": f"2025-11-{number % 28 + 1:02d}T09:05:00+09:00",
            "byline": "홍예담 기자",
            "section": "사회",
            "url": f"https://paper.example/{number}",
        }


def _jsonl(count: int) -> Iterator[str]:
    for record in _records(count):
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _csv(count: int) -> Iterator[str]:
    names = list(next(_records(1)))
    line = io.StringIO()
    writer = csv.DictWriter(line, names)
    writer.writeheader()
    for record in _records(count):
        writer.writerow(record)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _wxr(count: int) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>나루일보</title>'
        "<wp:wxr_version>1.2</wp:wxr_version>\n"
    )
    for number, record in enumerate(_records(count)):
        text = "".join(
            f"<!-- wp:paragraph --><p>{each}</p><!-- /wp:paragraph -->" for each in record["body"].split("\n")
        )
        yield (
            f"<item><title>{record['title']}</title><link>{record['url']}</link><dc:creator>hong</dc:creator>"
            f'<guid isPermaLink="false">https://paper.example/?p={number}</guid><content:encoded><![CDATA[{text}]]></content:encoded>'
            f"<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2025-11-03 00:05:00</wp:post_date_gmt><wp:status>publish</wp:status>"
            f'<wp:post_type>post</wp:post_type><category domain="category"><![CDATA[사회]]></category></item>\n'
        )
    yield "</channel></rss>"


def _newsml(count: int) -> Iterator[str]:
    yield '<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>'
    for record in _records(count):
        text = "".join(f"<p>{each}</p>" for each in record["body"].split("\n"))
        yield (
            f'<newsItem guid="{record["id"]}"><itemMeta><itemClass qcode="ninat:text"/><versionCreated>{record["published_at"]}</versionCreated>'
            f'<pubStatus qcode="stat:usable"/></itemMeta><contentMeta><headline>{record["title"]}</headline></contentMeta><contentSet><inlineXML>'
            f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{text}</body></html></inlineXML></contentSet></newsItem>'
        )
    yield "</itemSet></newsMessage>"


def _table(count: int) -> Iterator[str]:
    yield "<html><body><table><tr>" + "".join(f"<th>{name}</th>" for name in next(_records(1))) + "</tr>"
    for record in _records(count):
        yield "<tr>" + "".join(f"<td>{value.replace(chr(10), '<br>')}</td>" for value in record.values()) + "</tr>\n"
    yield "</table></body></html>"


def _ninjs(count: int) -> Iterator[str]:
    for record in _records(count):
        text = "".join(f"<p>{each}</p>" for each in record["body"].split("\n"))
        item = {
            "uri": record["id"],
            "type": "text",
            "versioncreated": record["published_at"],
            "headline": record["title"],
            "body_xhtml": text,
        }
        yield json.dumps(item, ensure_ascii=False) + "\n"


def _array(count: int) -> Iterator[str]:
    """One JSON array over many lines, as databases export it."""
    yield "[\n"
    for number, record in enumerate(_records(count)):
        yield (",\n" if number else "") + json.dumps(record, ensure_ascii=False, indent=1)
    yield "\n]\n"


def _write(texts: Iterator[str], path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(texts)


def _write_bz2(texts: Iterator[str], path: Path) -> None:
    with bz2.open(path, "wt", encoding="utf-8") as file:
        file.writelines(texts)


def _write_zip(texts: Iterator[str], path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.jsonl", "w") as file:
        for text in texts:
            file.write(text.encode())


def _write_xlsx(count: int, path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for column, name in enumerate(next(_records(1))):
            sheet.write_string(0, column, name)
        for row, record in enumerate(_records(count), start=1):
            for column, value in enumerate(record.values()):
                sheet.write_string(row, column, value)


def _write_parquet(count: int, path: Path) -> None:
    from arro3.core import Array, DataType, Field, RecordBatch, Schema
    from arro3.io import write_parquet

    records = list(_records(count))
    schema = Schema([Field(name, DataType.utf8(), nullable=True) for name in records[0]])
    arrays = [Array([record[name] for record in records], DataType.utf8()) for name in records[0]]
    with path.open("wb") as file:
        write_parquet(RecordBatch.from_arrays(arrays, schema=schema), file)


def _write_pages(count: int, folder: Path) -> None:
    folder.mkdir()
    for number, record in enumerate(_records(count)):
        text = "".join(f"<p>{each}</p>" for each in record["body"].split("\n"))
        (folder / f"{number}.html").write_text(
            f'<!DOCTYPE html><html lang="ko"><head><meta property="og:type" content="article"><meta property="og:title" content="{record["title"]}">'
            f'<meta property="article:published_time" content="{record["published_at"]}"></head><body><nav><ul>{"<li><a href=/x>정치</a></li>" * 30}</ul></nav>'
            f'<div id="article-view-content-div">{text}</div><aside><ul>{"<li><a href=/y>많이 본 뉴스</a></li>" * 30}</ul></aside></body></html>',
            encoding="utf-8",
        )


FILES: Final[dict[str, Callable[[int, Path], None]]] = {
    "a.jsonl": lambda count, path: _write(_jsonl(count), path),
    "a.csv": lambda count, path: _write(_csv(count), path),
    "a.wxr": lambda count, path: _write(_wxr(count), path),
    "newsml-g2.xml": lambda count, path: _write(_newsml(count), path),
    "ninjs.jsonl": lambda count, path: _write(_ninjs(count), path),
    "table.xls": lambda count, path: _write(_table(count), path),
    "a.xlsx": _write_xlsx,
    "a.parquet": _write_parquet,
    "a.zip": lambda count, path: _write_zip(_jsonl(count), path),
    "a.jsonl.bz2": lambda count, path: _write_bz2(_jsonl(count), path),
    "pages": lambda count, path: _write_pages(count // 10, path),
}
"""The files, by format; pages are a tenth, as each is a file of its own."""


LARGE: Final[dict[str, tuple[Callable[[int], Iterator[str]], int]]] = {
    "large.wxr": (_wxr, 2_000_000_000),
    "large.json": (_array, 5_000_000_000),
}
"""Files that a reader may not hold in memory: what writes one, and about how many bytes it has."""


class Reading(NamedTuple):
    """What reading one file took."""

    articles: int
    cpu_s: float
    peak_mb: int
    """Beside what the process held before."""


def read(path: str) -> None:
    """Read one file and print its articles, seconds, and the peak of this process's memory in MB."""
    from gisa.model import Draft
    from gisa.sources.opening import open_source

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    with open_source(path) as source:
        count = sum(isinstance(item, Draft) for item in source)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(count, f"{seconds:.3f}", (peak - before) // 1024)


def main(count: int) -> None:
    """Print the table."""
    print(
        f"| file | articles | MB | articles/s (CPU) | µs an article | MB of memory beside {_idle()} MB |\n|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, write in FILES.items():
            path = Path(folder, name)
            write(count, path)
            size = sum(each.stat().st_size for each in path.rglob("*")) if path.is_dir() else path.stat().st_size
            taken = _read_apart(path)
            rate = taken.articles / max(taken.cpu_s, 1e-9)
            print(
                f"| {name} | {taken.articles:,} | {size / 1e6:.1f} | {rate:,.0f} | {1e6 / rate:,.0f} | {taken.peak_mb} |",
                flush=True,
            )


def main_large() -> None:
    """Print what reading each of the large files takes."""
    for name, (texts, size) in LARGE.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, name)
            _write(texts(size // (sum(len(text.encode()) for text in texts(1_000)) // 1_000)), path)
            taken = _read_apart(path)
            size_mb = path.stat().st_size / 1e6
            print(
                f"{name}: {taken.articles:,} articles, {size_mb:,.0f} MB, {taken.cpu_s:.3f} s of CPU, {taken.peak_mb} MB of memory",
                flush=True,
            )


def _read_apart(path: Path) -> Reading:
    """``read`` in a process of its own."""
    command = [sys.executable, "-m", "bench.formats", "--read", str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    count, seconds, peak = told.stdout.split()
    return Reading(int(count), float(seconds), int(peak))


def _idle() -> int:
    """MB of a process that has imported the readers and read nothing."""
    code = "import resource, gisa.sources; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    return int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        read(sys.argv[2])
    elif sys.argv[1:2] == ["--large"]:
        main_large()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES)
