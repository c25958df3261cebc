"""The command line as a user meets it, on real files: in this process, and the commonest in a process of its own."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from gisa.cli.main import commands_of_terminal

ROW = {
    "id": "a1",
    "title": "나루시 AI센터 착공",
    "body": "나루시가 AI센터의 첫 삽을 떴다.",
    "published_at": "2025-06-01T09:00:00+09:00",
}


def run(*arguments: str | Path, data: Path, stdin: str = "", lang: str = "C.UTF-8") -> subprocess.CompletedProcess[str]:
    """Run ``gisa`` in this process, in the terminal's environment, and never let an exception pass."""
    with patch.dict(os.environ, {"GISA_DATA": str(data), "LC_ALL": lang}):
        done = CliRunner().invoke(commands_of_terminal(), list(map(str, arguments)), input=stdin, prog_name="gisa")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def run_apart(*arguments: str | Path, data: Path) -> subprocess.CompletedProcess[str]:
    """Run ``gisa`` in a process of its own, and never let a traceback pass."""
    done = subprocess.run(
        [sys.executable, "-m", "gisa.cli.main", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "GISA_DATA": str(data), "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"},
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return done


def jsonl(path: Path, *rows: dict[str, Any] | str) -> Path:
    """A JSONL file; a row given as text is written as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def rows(count: int) -> list[dict[str, Any]]:
    """Acceptable articles."""
    return [{**ROW, "id": f"n{number}", "title": f"나루시 소식 {number}"} for number in range(1, count + 1)]


def test_check_says_whether_every_headline_finds_its_article(tmp_path: Path) -> None:
    """Exit 0 and the rate; the misses as JSONL; the report as JSON."""
    run("add", jsonl(tmp_path / "a.jsonl", *rows(3)), data=tmp_path / "d")
    text = run("check", "--misses", tmp_path / "misses.jsonl", data=tmp_path / "d")
    report = json.loads(run("check", "--json", "--limit", "2", data=tmp_path / "d").stdout)

    assert text.returncode == 0
    assert "found 3 of 3 (100.00%)" in text.stdout
    assert (tmp_path / "misses.jsonl").read_text() == ""
    assert {name: report[name] for name in ("articles", "found", "rate", "misses")} == {
        "articles": 2, "found": 2, "rate": 1.0, "misses": [],
    }  # fmt: skip


def test_diff_says_how_an_article_changed(tmp_path: Path) -> None:
    """Newest first, whatever readers are shown: drafts, too; as JSON the same."""
    draft = {**ROW, "body": "첫 삽을 떴다. 비가 왔다.", "status": "draft"}
    run("add", jsonl(tmp_path / "a.jsonl", draft, ROW), data=tmp_path / "d")

    said = run("diff", "a1", data=tmp_path / "d", lang="ko_KR.UTF-8").stdout
    told = json.loads(run("diff", "a1", "--json", data=tmp_path / "d").stdout)
    missing = run("diff", "a9", data=tmp_path / "d")

    assert said.index("수정") < said.index("입력")
    assert "  - 비가 왔다." in said
    assert f"  + {ROW['body']}" in said
    assert [each["number"] for each in told["revisions"]] == [2, 1]
    assert missing.returncode != 0
    assert "a9" in missing.stderr


def test_add_search_remove(tmp_path: Path) -> None:
    """An added article is found, in text and as the JSON of the contract; a removed one is not."""
    added = run_apart("add", jsonl(tmp_path / "a.jsonl", ROW), data=tmp_path / "d")
    found = run_apart("search", "AI센터", "--json", data=tmp_path / "d")
    text = run_apart("search", "AI센터", data=tmp_path / "d")
    removed = run_apart("remove", "a1", data=tmp_path / "d")
    after = run_apart("search", "AI센터", "--json", data=tmp_path / "d")
    again = run_apart("remove", "a1", data=tmp_path / "d")

    assert (added.returncode, removed.returncode, again.returncode) == (0, 0, 1)
    assert "added 1" in added.stdout
    page = json.loads(found.stdout)
    assert list(page) == [
        "query",
        "total",
        "stories",
        "hits",
        "notices",
        "next_cursor",
        "scopes",
        "did_you_mean",
        "corrected_from",
    ]
    assert list(page["hits"][0]) == [
        "id",
        "title",
        "published_at",
        "section",
        "url",
        "snippet",
        "score",
        "similar",
        "similar_total",
    ]
    assert (page["total"], page["hits"][0]["id"]) == (1, "a1")
    assert "나루시 AI센터 착공" in text.stdout
    assert json.loads(after.stdout)["total"] == 0


def test_short_words_inside_others(tmp_path: Path) -> None:
    """What stands inside other words is counted on stderr and found with ``--inside``."""
    run("add", jsonl(tmp_path / "a.jsonl", {**ROW, "title": "심우정 검사", "body": "본문"}), data=tmp_path / "d")
    text = run("search", "우정", data=tmp_path / "d", lang="ko_KR.UTF-8")
    asked = run("search", "우정", "--inside", "--json", data=tmp_path / "d")

    assert text.stdout.startswith("0건")
    assert text.stderr == "다른 단어의 일부로 쓰인 기사 1건은 --inside로 볼 수 있습니다.\n"
    assert json.loads(asked.stdout)["total"] == 1


def test_remove_says_why(tmp_path: Path) -> None:
    """Reasons go in with the removal, ``--json`` counts, and an export may carry takedowns."""
    path = jsonl(tmp_path / "a.jsonl", *rows(3), {"id": "n3", "removed": True, "reason": "오보"})
    added = run("add", path, data=tmp_path / "d")
    removed = run(
        "remove", "n1", "n9", "--reason", "법원 결정", "--public-reason", "요청", "--json", data=tmp_path / "d"
    )

    assert "added 3 · updated 0 · unchanged 0 · removed 1 · rejected 0" in added.stdout
    assert json.loads(removed.stdout) == {"removed": 1, "missing": 1}
    assert removed.returncode == 1
    assert json.loads(run("search", "나루시", "--json", data=tmp_path / "d").stdout)["total"] == 1


def test_broken_line_among_good_ones(tmp_path: Path) -> None:
    """Broken JSON on line 17 of 20: 19 go in, one reject names file and line, exit 1."""
    lines: list[dict[str, Any] | str] = [*rows(20)]
    lines[16] = '{"id": "n17", "title": "끊긴'
    path = jsonl(tmp_path / "a.jsonl", *lines)
    done = run("add", path, "--rejects", tmp_path / "rejects.jsonl", data=tmp_path / "d")

    assert done.returncode == 1
    assert "added 19" in done.stdout
    assert "rejected 1" in done.stdout
    assert "a.jsonl:17:" in done.stderr
    [reject] = (tmp_path / "rejects.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(reject)["place"].endswith("a.jsonl:17")


def test_empty_file(tmp_path: Path) -> None:
    """A file without articles is named, and is a failure."""
    (tmp_path / "a.jsonl").write_text("")
    done = run("add", tmp_path / "a.jsonl", data=tmp_path / "d")

    assert done.returncode == 1
    assert "no articles" in done.stderr


def test_missing_file_does_not_stop_the_others(tmp_path: Path) -> None:
    """Of several sources the good ones go in; the missing one is named."""
    done = run("add", tmp_path / "no.jsonl", jsonl(tmp_path / "a.jsonl", ROW), data=tmp_path / "d")

    assert done.returncode == 1
    assert "no.jsonl" in done.stderr
    assert "added 1" in done.stdout


def test_truncated_gzip(tmp_path: Path) -> None:
    """Every whole record before the tear goes in, and the tear is named."""
    packed = gzip.compress("".join(json.dumps(row) + "\n" for row in rows(2_000)).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    done = run("add", tmp_path / "a.jsonl.gz", "--json", data=tmp_path / "d")

    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert report["added"] > 100
    assert report["rejected"] == 1
    assert "a.jsonl.gz" in report["rejects"][0]["place"]


def test_euc_kr_csv(tmp_path: Path) -> None:
    """A CSV as Korean spreadsheets write it: EUC-KR, Korean headers, quoted newlines."""
    text = '제목,본문,게재일,분야,기자\n"도다리 축제, 개막","봄 도다리\n축제가 열렸다",2025.04.01,문화,홍예담\n'
    (tmp_path / "a.csv").write_bytes(text.encode("euc-kr"))
    added = run("add", tmp_path / "a.csv", data=tmp_path / "d")
    found = json.loads(run("search", "기자:홍예담 도다리", "--json", data=tmp_path / "d").stdout)

    assert added.returncode == 0, added.stderr
    assert [hit["title"] for hit in found["hits"]] == ["도다리 축제, 개막"]
    assert found["hits"][0]["published_at"] == "2025-04-01T00:00:00+09:00"


FEED = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0"><channel><title>나루일보</title><link>https://naru.example/</link><description>뉴스</description>
<item><title>해상풍력 첫 발전</title><link>https://naru.example/1</link><category>경제</category>
<description>&lt;p&gt;해온도 앞바다 &lt;b&gt;풍력&lt;/b&gt; 단지가 돌기 시작했다.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description>
<pubDate>Mon, 04 May 2026 09:00:00 +0900</pubDate></item>
</channel></rss>"""


@pytest.mark.parametrize("encoding", ["utf-8", "euc-kr"])
def test_feed_from_a_file(tmp_path: Path, encoding: str) -> None:
    """An RSS file goes in whatever Korean encoding it declares; its markup does not."""
    (tmp_path / "feed.xml").write_bytes(FEED.format(encoding=encoding).encode(encoding))
    added = run("add", tmp_path / "feed.xml", data=tmp_path / "d")
    found = json.loads(run("search", "풍력", "--json", data=tmp_path / "d").stdout)

    assert added.returncode == 0, added.stderr
    assert [hit["title"] for hit in found["hits"]] == ["해상풍력 첫 발전"]
    assert "<" not in found["hits"][0]["snippet"]
    assert "alert" not in found["hits"][0]["snippet"]


RECORDS: dict[str, tuple[dict[str, Any], str]] = {
    "no title": ({"body": "x", "published_at": "2025-01-01"}, "title"),
    "no time": ({"title": "x", "body": "x"}, "published_at"),
    "a date that is no date": ({**ROW, "published_at": "어제"}, "ISO 8601"),
    "an impossible date": ({**ROW, "published_at": "2025-13-45"}, "published_at"),
    "a list for a title": ({**ROW, "title": ["x"]}, "title"),
}


@pytest.mark.parametrize(("record", "said"), RECORDS.values(), ids=RECORDS.keys())
def test_bad_record(tmp_path: Path, record: dict[str, Any], said: str) -> None:
    """An unacceptable record is a reject that names the line, the field, and the way out."""
    done = run("add", jsonl(tmp_path / "a.jsonl", record, {**ROW, "id": "good"}), data=tmp_path / "d")

    assert done.returncode == 1
    assert "a.jsonl:1:" in done.stderr
    assert said in done.stderr
    assert "added 1" in done.stdout


def test_odd_but_good_records(tmp_path: Path) -> None:
    """NFD text, markup, emoji, NUL, five megabytes, duplicates and an odd web address all go in and are found."""
    import unicodedata

    big = {
        **ROW,
        "id": "big",
        "title": "다섯 메가바이트",
        "body": "첫머리 " + "가나다라 마바사아 자차카타 파하. " * 120_000 + "끝머리",
    }
    assert len(big["body"].encode()) > 5_000_000
    path = jsonl(
        tmp_path / "a.jsonl",
        {**ROW, "id": "nfd", "title": unicodedata.normalize("NFD", "풀어쓴 제목")},
        {**ROW, "id": "markup", "title": "표시 <script>alert('제목')</script>", "body": "<b>굵은</b> &amp; 본문"},
        {**ROW, "id": "emoji", "title": "돌핀스 우승 🎉", "body": "만세\x00 🐬"},
        {**ROW, "id": "twice", "title": "처음 제목"},
        {**ROW, "id": "twice", "title": "고친 제목"},
        {**ROW, "id": "address", "title": "주소가 이상한 기사", "url": "naru591764"},
        big,
    )
    done = run("add", path, data=tmp_path / "d")

    assert done.returncode == 0, done.stderr
    assert "added 6 · updated 1" in done.stdout
    for query, expected in {
        "풀어쓴": "nfd",
        "굵은": "markup",
        "우승": "emoji",
        "고친": "twice",
        "이상한": "address",
        "끝머리": "big",
    }.items():
        page = json.loads(run("search", query, "--json", data=tmp_path / "d").stdout)
        assert [hit["id"] for hit in page["hits"]] == [expected], query
    assert json.loads(run("search", "처음", "--json", data=tmp_path / "d").stdout)["total"] == 0


MISUSE: dict[str, tuple[str, ...]] = {
    "no command": ("fly",),
    "no query": ("search",),
    "bad sort": ("search", "x", "--sort", "best"),
    "bad day": ("search", "x", "--from", "2025-13-45"),
    "bad limit": ("search", "x", "--limit", "1000"),
    "no source": ("add",),
}


@pytest.mark.parametrize("arguments", MISUSE.values(), ids=MISUSE.keys())
def test_misuse_is_exit_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """What the command line does not allow is exit 2 with usage, before anything is touched."""
    done = run(*arguments, data=tmp_path / "d")

    assert done.returncode == 2
    assert not (tmp_path / "d").exists()


def test_search_options(tmp_path: Path) -> None:
    """Sort, days, section, limit, offset and match do what the API's do."""
    path = jsonl(
        tmp_path / "a.jsonl",
        *[
            {**ROW, "id": f"n{day}", "section": "정치" if day % 2 else "경제", "published_at": f"2025-06-{day:02}"}
            for day in range(1, 11)
        ],
    )
    run("add", path, data=tmp_path / "d")

    def ids(*arguments: str) -> list[str]:
        done = run("search", *arguments, "--json", data=tmp_path / "d")
        return [hit["id"] for hit in json.loads(done.stdout)["hits"]]

    assert ids("나루시", "--sort", "oldest", "--limit", "2", "--offset", "1") == ["n2", "n3"]
    assert ids("나루시", "--from", "2025-06-03", "--to", "2025-06-04") == ["n4", "n3"]
    assert ids("나루시", "--section", "정치", "--limit", "2") == ["n9", "n7"]
    assert ids("나루시 없는말", "--match", "any", "--limit", "1") == ["n10"]


def test_status_and_reindex(tmp_path: Path) -> None:
    """Status says what the folder holds; reindex builds the index anew and says how many."""
    run("add", jsonl(tmp_path / "a.jsonl", *rows(5)), data=tmp_path / "d")
    reindexed = run("reindex", data=tmp_path / "d")
    status = json.loads(run("status", "--json", data=tmp_path / "d").stdout)

    assert "indexed 5" in reindexed.stdout
    assert (status["articles"], status["change_seq"], status["indexed_change_seq"]) == (5, 5, 5)
    assert "articles" in run("status", data=tmp_path / "d").stdout


def test_backup_verify_restore(tmp_path: Path) -> None:
    """What was backed up is restored; verify says so, and exits 1 with the remedy when something is wrong."""
    run("add", jsonl(tmp_path / "a.jsonl", *rows(5)), data=tmp_path / "d")
    first = run("backup", tmp_path / "b", "--json", data=tmp_path / "d")
    second = run("backup", tmp_path / "b", data=tmp_path / "d")
    restored = run("restore", tmp_path / "b", data=tmp_path / "new")
    whole = run("verify", "--json", data=tmp_path / "new")
    (tmp_path / "new" / "index" / "CURRENT").unlink()
    broken = run("verify", data=tmp_path / "new")

    assert json.loads(first.stdout)["changes"] == 5
    assert "copied 0 changes and 0 files; the copy holds 5 articles up to change 5" in second.stdout
    assert "restored 5 changes" in restored.stdout
    assert (whole.returncode, json.loads(whole.stdout)["findings"]) == (0, [])
    assert broken.returncode == 1
    assert "gisa reindex" in broken.stdout


def test_demo_loads_the_sample(tmp_path: Path) -> None:
    """The sample newspaper goes in whole, and again unchanged."""
    first = run("demo", "--no-serve", "--data", tmp_path / "demo", data=tmp_path / "d")
    again = run("demo", "--no-serve", "--data", tmp_path / "demo", data=tmp_path / "d")

    assert first.returncode == again.returncode == 0
    assert "added 176" in first.stderr
    assert "unchanged 176" in again.stderr


def test_data_folder_that_is_a_file(tmp_path: Path) -> None:
    """A data folder that cannot be one is named in one line."""
    (tmp_path / "d").write_text("x")
    done = run("search", "x", data=tmp_path / "d")

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def test_eval_measures_and_names_what_is_bad(tmp_path: Path) -> None:
    """Figures on stdout as a table or JSON; bad lines on stderr and in the exit status, while the rest counts."""
    run("add", jsonl(tmp_path / "a.jsonl", ROW), data=tmp_path / "d")
    queries = jsonl(tmp_path / "q.jsonl", {"id": "q1", "text": "나루시 AI센터"})
    qrels, bad = tmp_path / "good.tsv", tmp_path / "bad.tsv"
    qrels.write_text("q1\ta1\t1\n", encoding="utf-8")
    bad.write_text("q1\ta1\t1\nq1\ta2\tyes\n", encoding="utf-8")

    table = run("eval", "--queries", queries, "--qrels", qrels, data=tmp_path / "d")
    as_json = run("eval", "--queries", queries, "--qrels", bad, "--match", "all", "--json", data=tmp_path / "d")
    nothing = run("eval", "--queries", queries, "--qrels", jsonl(tmp_path / "none.tsv"), data=tmp_path / "d")

    assert (table.returncode, as_json.returncode, nothing.returncode) == (0, 1, 1)
    assert table.stdout.splitlines()[1].split() == ["all", "1", "1.000", "1.000", "1.000"]
    found = json.loads(as_json.stdout)
    assert found["classes"]["all"] == {"queries": 1, "nDCG@10": 1.0, "RR@10": 1.0, "R@100": 1.0}
    assert found["rejects"][0]["place"] == "bad.tsv:2"
    assert "bad.tsv:2" in as_json.stderr
    assert "nothing was measured" in nothing.stderr


def test_words_of_the_paper(tmp_path: Path) -> None:
    """`gisa words` names what waits and what is broken, `apply` lets it take effect, and `status` mentions both."""
    data = tmp_path / "d"
    run("add", jsonl(tmp_path / "a.jsonl", {**ROW, "title": "고우정은 말했다"}, *rows(3)), data=data)
    (data / "words.txt").write_text("고우정\n심\n", encoding="utf-8")
    (data / "synonyms.txt").write_text("혼자\n", encoding="utf-8")
    listed = run("words", data=data)
    status = run("status", data=data)
    applied = run("words", "apply", "--json", data=data)
    state = json.loads(run("words", "--json", data=data).stdout)
    health = json.loads(run("status", "--json", data=data).stdout)

    assert listed.returncode == applied.returncode == 1
    assert "+ 고우정" in listed.stdout
    assert "words.txt:2: the word '심' is a single syllable" in listed.stderr
    assert "synonyms.txt:1: a group needs two different names" in listed.stderr
    assert "1 change waits (`gisa words apply`), 2 lines cannot be used" in status.stdout
    assert {key: json.loads(applied.stdout)[key] for key in ("changes", "analysed")} == {"changes": 1, "analysed": 1}
    assert (state["words"], state["waiting"], len(state["rejects"])) == (1, 0, 2)
    assert health["words"]["words"] == 1
    assert json.loads(run("search", "우정", "--json", data=data).stdout)["total"] == 0


def test_words_preview(tmp_path: Path) -> None:
    """`gisa words preview` shows what a list would change, as text and as JSON, and changes nothing."""
    data = tmp_path / "d"
    run("add", jsonl(tmp_path / "a.jsonl", {**ROW, "title": "고우정은 말했다"}), data=data)
    draft = tmp_path / "draft.txt"
    draft.write_text("고우정\n", encoding="utf-8")
    shown = run("words", "preview", draft, data=data)
    found = json.loads(run("words", "preview", draft, "--kind", "words", "--json", data=data).stdout)
    missing = run("words", "preview", tmp_path / "none.txt", data=data)

    assert (shown.returncode, missing.returncode) == (0, 1)
    assert "우정: 1 → 0" in shown.stdout
    assert "loses 1" in shown.stdout
    assert "고우정은 말했다" in shown.stdout
    assert [query["lost"] for query in found["changes"][0]["queries"]] == [0, 1]
    assert json.loads(run("search", "우정", "--json", data=data).stdout)["total"] == 1


def test_words_in_another_encoding(tmp_path: Path) -> None:
    """A list in EUC-KR is one line on stderr that says how to convert it."""
    data = tmp_path / "d"
    run("add", jsonl(tmp_path / "a.jsonl", ROW), data=data)
    (data / "words.txt").write_bytes("나루호\n".encode("euc-kr"))
    done = run("words", "apply", data=data)

    assert done.returncode == 1
    assert "iconv -f CP949 -t UTF-8" in done.stderr


def test_suggest_offers_what_may_be_typed(tmp_path: Path) -> None:
    """Phrases with their counts, as text and as JSON; a mistyped query gets a question on standard error."""
    rows = [{**ROW, "id": f"a{number}"} for number in range(2)]
    run("add", jsonl(tmp_path / "a.jsonl", *rows), data=tmp_path / "d")
    text = run("suggest", "나루ㅅ", data=tmp_path / "d")
    found = run("suggest", "ai센", "--json", "--limit", "1", data=tmp_path / "d")
    mistyped = run("search", "나르시", data=tmp_path / "d", lang="ko_KR.UTF-8")

    assert "나루시\t2" in text.stdout.splitlines()
    assert json.loads(found.stdout) == [{"text": "AI센터", "articles": 2}]
    assert "‘나루시’ 검색 결과를 보여 드립니다" in mistyped.stderr


def test_a_command_speaks_the_terminal_s_language(tmp_path: Path) -> None:
    """Counts, complaints and results in Korean or English; JSON keeps its keys and codes."""
    source = jsonl(tmp_path / "a.jsonl", ROW)
    said = {lang: run("add", source, data=tmp_path / lang, lang=f"{lang}.UTF-8").stdout for lang in ("ko_KR", "en_US")}
    failed = {
        lang: run("explain", "나루", "none", data=tmp_path / lang, lang=lang).stderr for lang in ("ko_KR", "en_US")
    }
    found = run("search", '"나루', "--json", data=tmp_path / "ko_KR", lang="ko_KR.UTF-8")

    assert said["ko_KR"].startswith("등록 1 · 수정 0 · 변동 없음 0 · 등록 안 됨 0 · ")
    assert said["en_US"].startswith("added 1 · updated 0 · unchanged 0 · rejected 0 · ")
    assert failed["ko_KR"].startswith("gisa: 그런 기사가 없습니다: ")
    assert failed["en_US"].startswith("gisa: no article has the id")
    assert [notice["code"] for notice in json.loads(found.stdout)["notices"]] == ["unparsed"]


def test_keys_are_made_listed_and_revoked(tmp_path: Path) -> None:
    """The key alone is printed on stdout, once; the list shows none; an unknown id is exit 1."""
    run("add", jsonl(tmp_path / "a.jsonl", ROW), data=tmp_path / "d")

    made = run(
        "keys",
        "create",
        "연구소",
        "--scope",
        "subscriber",
        "--per-minute",
        "60",
        "--expires",
        "2030-01-01",
        data=tmp_path / "d",
    )
    [listed] = json.loads(run("keys", "list", "--json", data=tmp_path / "d").stdout)
    shown = run("keys", "list", data=tmp_path / "d").stdout
    revoked = run("keys", "revoke", listed["id"], data=tmp_path / "d")
    unknown = run("keys", "revoke", "nobody", data=tmp_path / "d")

    assert made.stdout.startswith(f"gisa_{listed['id']}_")
    assert shown == f"{listed['id']}  연구소  subscriber · 60/min · → 2030-01-02 00:00\n"
    assert made.stdout.strip() not in shown + made.stderr + str(listed)
    assert (revoked.returncode, unknown.returncode) == (0, 1)
    assert "no key has the id" in unknown.stderr
    assert "ended" in run("keys", "list", data=tmp_path / "d").stdout
