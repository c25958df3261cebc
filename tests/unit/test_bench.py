"""What benchmarks compute without measuring: the larger corpus, true totals, tables, charts, what other engines are asked."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from typing import Any

import orjson
import pytest
from bench.chart import Panel, svg
from bench.corpus import pieces_of, split_articles
from bench.engines.groonga import words_of
from bench.engines.opensearch import SETTINGS, bulk_body, page_body
from bench.growth import Result, exactness, result_from, table
from bench.table import Spread
from bench.truth import Exactness, compare, count_true, letters_of, sample_literals
from hypothesis import given
from hypothesis import strategies as st

from gisa.model import Sort

BODY = "첫 문장이다. 둘째 문장은 조금 더 길다. 셋째!\n넷째 문단이 여기서 시작한다. 다섯째는 끝이다. 마지막."


def articles(count: int) -> list[dict[str, Any]]:
    return [
        {"id": f"a{number}", "title": f"제목 {number}", "body": f"{number}: {BODY}", "section": "사회"}
        for number in range(count)
    ]


@given(text=st.text("가나다 .\n", min_size=1, max_size=300), parts=st.integers(1, 12))
def test_no_text_is_lost_by_splitting(text: str, parts: int) -> None:
    """The pieces join to the text, there are no more than asked for, and none is blank unless all of it is."""
    pieces = pieces_of(text, parts)

    assert "".join(pieces) == text
    assert len(pieces) <= parts
    assert not text.strip() or all(piece.strip() for piece in pieces)


def test_pieces_end_with_sentences() -> None:
    """A cut goes to the end of a sentence near its place."""
    assert all(piece.rstrip()[-1] in ".!" for piece in pieces_of(BODY, 3))


def test_every_article_becomes_so_many() -> None:
    """Each article gives its number of parts, with ids of their own, its section, and dates within thirty years."""
    made = list(split_articles(articles(20), parts=10))

    assert len(made) == len({fields["id"] for fields in made}) == 200
    assert {fields["section"] for fields in made} == {"사회"}
    assert all("1996" <= fields["published_at"][:4] <= "2025" for fields in made)
    assert len({fields["published_at"][:4] for fields in made}) > 20
    assert "".join(fields["body"] for fields in made[:10]) == articles(1)[0]["body"]
    assert made[3]["title"] == "제목 0 (4)"


def test_the_same_seed_makes_the_same_articles() -> None:
    """Splitting is repeatable, and another seed gives other days."""
    once, again = (list(split_articles(articles(5), parts=4)) for _ in range(2))
    other = list(split_articles(articles(5), parts=4, seed=1))

    assert once == again
    assert [fields["published_at"] for fields in once] != [fields["published_at"] for fields in other]


HELD = {
    "inside a word": ("센터장", "AI센터장 임명", True, True),
    "over a space": ("센터장", "AI 센터 장날", True, False),
    "over a mark": ("아태", "아·태 지역", True, False),
    "not over a sentence": ("다국가", "끝났다. 국가", False, False),
    "Latin words are whole": ("AI", "KAIST", False, True),
    "Latin words in any case": ("ai", "국가AI센터", True, True),
    "figures are whole": ("2", "12월", False, True),
    "with a thousands separator": ("20000원", "20,000원", True, False),
}


@pytest.mark.parametrize(("literal", "body", "by_letters", "by_substring"), HELD.values(), ids=HELD)
def test_what_holds_a_literal(literal: str, body: str, by_letters: bool, by_substring: bool) -> None:
    """Letters pass over spaces and marks and keep Latin words and figures whole; a substring is what is written."""
    truth = count_true([{"title": "제목", "body": body}], [literal])

    assert truth.letters == (by_letters,)
    assert truth.substring == (by_substring,)


def test_headline_and_body_are_apart() -> None:
    """No literal is found over the end of the headline, and an article counts once."""
    truth = count_true([{"title": "국가", "body": "센터 국가"}], ["국가센터", "국가"])

    assert truth.letters == truth.substring == (0, 1)


def test_letters_of_a_text() -> None:
    """What is whole is marked on both sides; a sentence's end is a barrier."""
    assert letters_of("아·태 AI 센터. 끝") == "아태\x01ai\x01센터|끝"


def test_totals_beside_the_true_ones() -> None:
    """What is too many and too few is added up apart; what cannot be asked counts as not exact."""
    found = compare([5, 7, 1, None], [5, 4, 3, 9])

    assert found == Exactness(asked=3, exact=1, over=3, under=2, true=12, unasked=1)
    assert found.share == 0.25
    assert exactness(found) == "25.0% exact; +3 −2 of 12; 1 not askable"


def test_literals_are_words_of_the_queries() -> None:
    """The sample holds words and neighbours of the log, the same each time, and no single letters."""
    queries = ["한라장사 3연패", "나 결혼식 비용", "나루시, 시장"]
    sample = sample_literals(queries, 9)

    assert sample == sample_literals(queries, 9)
    assert set(sample) == {"한라장사", "3연패", "결혼식", "비용", "시장", "한라장사 3연패", "나 결혼식", "결혼식 비용"}


def result(engine: str, size: int, factor: float) -> Result:
    times = Spread(0.001 * factor, 0.002 * factor, 0.003 * factor, 0.001 * factor)
    exact = Exactness(asked=1, exact=1, over=0, under=0, true=1, unasked=0)
    return Result(
        engine=engine, version="1", size=size, corpus="c", characters=size * 100, raw_bytes=size * 300,
        measured_at="2026-01-01 00:00 KST", commit="abc", add_s=factor, add_cpu_s=2 * factor, add_peak_bytes=None,
        disk_bytes=int(1e6 * factor), newest=times, relevance=times, index=times, asked=10, resident_bytes=int(2e6),
        own_bytes=None, letters=exact, substring=exact,
        serving=((1, 1), (10_000_000, 2_000_000), (20_000_000, 4_000_000)) if engine == "Gisa" else (),
    )  # fmt: skip


def cells(report: str, name: str, engine: str) -> list[str]:
    """The figures of one line of the table."""
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in report.splitlines()]
    for number, line in enumerate(lines):
        if line[0] == name:
            return next(line[2:] for line in lines[number:] if line[1] == engine)
    raise AssertionError(name)


def test_the_table_says_how_each_cost_grows() -> None:
    """A column for each size, larger ÷ smaller between them, and Gisa ÷ the peer at the largest size that both have."""
    report = table(
        [result("Gisa", 600, 1), result("Gisa", 6_000, 8), result("Gisa", 60_000, 80), result("X", 6_000, 2)]
    )

    assert cells(report, "adding, s", "Gisa") == ["1.0 s", "8.0 s", "80.0 s", "8×", "10×", ""]
    assert cells(report, "adding, s", "X") == ["—", "2.0 s", "—", "—", "—", "4×"]
    assert cells(report, "newest first, p95", "Gisa")[:3] == ["2.00 ms", "16.00 ms", "160.00 ms"]
    assert cells(report, "memory of `gisa serve`, a worker", "Gisa")[0] == "15 MB"
    assert "adding, peak memory" not in report
    assert "6k ÷ 600" in report


def test_results_survive_their_file() -> None:
    """What is written as JSON reads as the same result."""
    written = result("Gisa", 600, 1)

    assert result_from(orjson.loads(orjson.dumps(written))) == written
    assert result_from(orjson.loads(orjson.dumps(replace(written, serving=())))).serving == ()


def test_the_chart_is_svg() -> None:
    """Every name has its line in each panel; what cannot stand on a logarithmic axis is left out."""
    picture = svg([Panel("a < b", {"Gisa": [(10, 1), (100, 0), (1000, 30)], "X": []}), Panel("none", {})])
    root = ElementTree.fromstring(picture)
    lines = root.findall(".//{*}polyline")

    assert [line.get("points", "").count(",") for line in lines] == [2, 0]
    assert "nan" not in picture


def test_what_groonga_is_asked() -> None:
    """Every word is quoted, with what Groonga would read as syntax escaped."""
    assert words_of('AI 센터 "우정\\') == '"AI" "센터" "\\"우정\\\\"'


def test_what_opensearch_is_asked() -> None:
    """All words, exact totals, newest first or by score; a bulk load has two lines an article and ends with a line's end."""
    newest, relevance = (page_body("AI 센터", sort=sort) for sort in (Sort.NEWEST, Sort.RELEVANCE))
    rows = [{**fields, "published_at": "2025-01-01T00:00:00+09:00"} for fields in articles(2)]
    lines = bulk_body(rows).split(b"\n")

    assert newest["query"]["multi_match"]["operator"] == "and"
    assert newest["track_total_hits"] is True
    assert newest["sort"] == [{"published_at": "desc"}]
    assert relevance["sort"] == ["_score"]
    assert [orjson.loads(line) for line in lines[:-1]][0::2] == [{"index": {"_id": "a0"}}, {"index": {"_id": "a1"}}]
    assert set(orjson.loads(lines[1])) == set(SETTINGS["mappings"]["properties"])
    assert lines[-1] == b""
