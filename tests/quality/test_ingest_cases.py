"""What newsrooms really have: the cases of the shared list that concern reading, each against what a newsroom expects."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

import gisa
from gisa.archive import open_archive, sqlite_url
from gisa.errors import ArticleInvalid, SourceError
from gisa.ingest.accept import accept, removal_of
from gisa.model import Article, Reject, Remark
from gisa.sources.names import Renaming
from gisa.sources.opening import open_source
from gisa.sources.source import Source
from tests.conftest import data_file

FLOOR: Final = 0.95
"""The share of cases that must be as expected; it may only be raised."""
NOW: Final = datetime(2025, 12, 1, tzinfo=UTC)
_ELSEWHERE: Final = re.compile(r"u_.*|o_.*|.*_headers_.*|c_headers.*|a_dash|d_future|k_bigkinds_xlsx")
"""Cases about fetching, serving, the search and formats that other tests hold."""
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:+]+|\d{4}-\d\d-\d\d")


@dataclass(slots=True)
class Seen:
    """What became of the files of one case."""

    articles: list[Article] = field(default_factory=list)
    """What the archive holds afterwards."""
    said: list[str] = field(default_factory=list)
    """Rejects and errors."""
    told: list[str] = field(default_factory=list)
    """Remarks."""

    @property
    def first(self) -> Article:
        return self.articles[0]

    @property
    def public(self) -> list[Article]:
        return [article for article in self.articles if article.hidden_as(NOW) is None]

    def names(self, *words: str) -> bool:
        """Whether what was said or told holds one of the words."""
        text = " ".join(self.said + self.told).casefold()
        return any(word.casefold() in text for word in words)


def read(paths: list[Path], folder: Path) -> Seen:
    """The files, one run after the other, into one archive."""
    seen = Seen()
    with closing(open_archive(sqlite_url(folder / "archive.sqlite"))) as archive:
        for path in paths:
            said: list[Reject] = []
            told: list[Remark] = []
            try:
                with open_source(path) as source:
                    items = accepted_articles(source, now=lambda: NOW, on_reject=said.append, on_remark=told.append)
                    for place, item in items:
                        (addition,) = archive.add([item])
                        if addition.conflict is not None:
                            said.append(Reject(place, addition.conflict))
            except SourceError as error:
                seen.said.append(gisa.say(error))
            seen.said += map(gisa.say, said)
            seen.told += map(gisa.say, told)
        for batch in archive.each(batch=2_000):
            seen.articles += [archived.article for archived in batch]
    return seen


def accepted_articles(
    source: Source,
    *,
    now: Callable[[], datetime],
    on_reject: Callable[[Reject], None],
    on_remark: Callable[[Remark], None],
) -> Iterator[tuple[str, Article]]:
    """The articles of a source by the rule of acceptance."""
    for item in source:
        if isinstance(item, Reject):
            on_reject(item)
        elif isinstance(item, Remark):
            on_remark(item)
        else:
            try:
                if removal_of(item) is None:
                    yield item.place, accept(item, now=now(), tell=lambda message: on_remark(Remark("", message)))
            except ArticleInvalid as error:
                on_reject(Reject(item.place, error.reason))


Check = Callable[[Seen], bool]


def _count(number: int) -> Check:
    return lambda seen: len(seen.articles) == number


def _body(*lines: str) -> Check:
    return lambda seen: seen.first.body == "\n".join(lines)


def _read_or_named(*words: str) -> Check:
    return lambda seen: bool(seen.articles) or seen.names(*words)


CHECKS: Final[dict[str, Check]] = {
    "d_none": lambda seen: bool(seen.articles) or seen.names("date"),
    "d_chan": lambda seen: bool(seen.articles) or seen.names("date"),
    "f_same_guid": _count(3),
    "f_rel_file": lambda seen: seen.first.url == "https://naru.example/news/1",
    "f_base": lambda seen: (seen.first.url or "").startswith("http"),
    "f_proto_rel": lambda seen: seen.first.url == "https://naru.example/news/1",
    "f_nohttp": lambda seen: seen.first.url == "https://www.naru.example/news/1",
    "f_amp_link": lambda seen: len(seen.articles) == 2 and not seen.said,
    "f_nbsp": lambda seen: len(seen.articles) == 2 and not seen.said,
    "f_ctrl_ref": lambda seen: len(seen.articles) == 2 and not seen.said,
    "f_ctrl": lambda seen: len(seen.articles) == 2 and not seen.said,
    "f_lead_blank": lambda seen: len(seen.articles) == 1 and not seen.said,
    "f_trail_cmt": lambda seen: len(seen.articles) == 1 and not seen.said,
    "f_lt_title": lambda seen: len(seen.articles) == 2 and "<단독>" in seen.first.title + seen.articles[1].title,
    "f_cdata_lt": lambda seen: "<단독>" in seen.first.title,
    "f_cdata_math": lambda seen: "3%<5%" in seen.first.title,
    "f_cdata_nested": lambda seen: len(seen.articles) == 1 and "CDATA" not in seen.first.body and "나루대교" in seen.first.body,
    "f_dbl_title": lambda seen: seen.first.title == "시장 '나루대교' 방문",
    "f_tri_title": lambda seen: seen.first.title == '시장 "나루대교" 방문',
    "f_blank_body": _count(2),
    "f_img_media": lambda seen: seen.first.image_url is not None,
    "f_img_enc": lambda seen: seen.first.image_url is not None,
    "f_img_upper": lambda seen: seen.first.image_url is not None,
    "f_news_sitemap": _read_or_named("sitemap"),
    "f_opml": _read_or_named("OPML"),
    "f_jsonfeed": _read_or_named("JSON Feed"),
    "f_nitf": _read_or_named("NITF"),
    "f_newsml": _read_or_named("NewsML"),
    "f_html_disc": lambda seen: seen.names("gisa add http", "rss"),
    "f_wxr": lambda seen: len(seen.public) == 1,
    "f_wxr_private": lambda seen: not seen.public,
    "e_double_utf8_jsonl": lambda seen: "나루대교" in seen.first.title and bool(seen.told),
    "e_utf8_as_cp949": lambda seen: bool(seen.told or seen.said),
    "e_mixed_feed": lambda seen: len(seen.articles) == 2 or bool(seen.told or seen.said),
    "e_johab": lambda seen: all("나루" in article.title for article in seen.articles),
    "e_damaged": lambda seen: bool(seen.articles) and len(seen.said) + len(seen.told) >= 1,
    "h_csv_body": lambda seen: "<" not in seen.first.body and "var x" not in seen.first.body and '"기쁘다"' in seen.first.body,
    "h_title_b": lambda seen: seen.first.title == '나루대교 개통 "기쁘다"',
    "h_word_break": lambda seen: "나루대교" in seen.first.body,
    "h_attr": lambda seen: "광고배너" not in seen.first.body,
    "c_quote_lead": lambda seen: len(seen.articles) == 2 or bool(seen.said),
    "c_nohead": _read_or_named("header"),
    "c_formula": lambda seen: (seen.first.id, seen.first.url) == ("0012", "https://naru.example/1"),
    "c_x000d": lambda seen: "_x000D_" not in seen.first.body,
    "c_nan_section": lambda seen: seen.first.section is None and seen.first.byline == (),
    "c_noeol_bigq": lambda seen: len(seen.articles) >= 1000,
    "c_date_time_cols": lambda seen: (seen.first.published_at.hour, seen.first.published_at.minute) == (9, 5),
    "c_pub_bool": lambda seen: seen.first.published_at.day == 3,
    "c_status": lambda seen: [article.title for article in seen.public] == ["나루대교 공개"],
    "j_long_section": lambda seen: len(seen.articles) == 1 and seen.names("byline"),
    "j_status": lambda seen: not seen.public and len(seen.articles) == 2,
    "a_bz2": _read_or_named("bzip2"),
    "a_xz": _read_or_named("xz"),
    "a_folder_html": _read_or_named("HTML"),
    "a_folder_mixed": lambda seen: bool(seen.articles) and (seen.names("xlsx") or len(seen.articles) > 2),
    "a_folder_txt": _read_or_named("format", "txt"),
    "a_sql": _read_or_named("SQL"),
    "a_xls_html": _read_or_named("HTML"),
    "a_spreadsheetml": _read_or_named("Excel"),
    "a_hwpx": _read_or_named("Hangul"),
    "a_md": _read_or_named("format"),
    "a_feed_empty": lambda seen: not seen.said,
    "k_naver2": lambda seen: seen.names("published_at") and not seen.names("title ("),
    "k_bigkinds_csv": lambda seen: len(seen.articles) == 2 and seen.first.section is not None and bool(seen.first.keywords),
    "g_id_counter": lambda seen: len(seen.articles) == 2 or bool(seen.said),
    "g_same_url": lambda seen: len(seen.articles) == 2 or bool(seen.said),
    "g_csv_yn": lambda seen: [article.title for article in seen.public] == ["나루대교 공개"],
    "g_json_deleted": lambda seen: not seen.public,
    "g_br": _body("나루대교가 열렸다.", "시청은 기쁘다.", "끝"),
    "g_angle_keep": lambda seen: "<단독>" in seen.first.title and "3<5이고 <AI 시대>" in seen.first.body,
    "g_css_json": _body("나루대교가 열렸다."),
    "g_lost_p": _body("해온도", "나루대교"),
    "j_single_quotes": lambda seen: seen.names("Python"),
}  # fmt: skip
"""Expectations in words, as code. The others are read from the list by ``_check_of``."""


def _check_of(key: str, expected: str) -> Check | None:
    """The check for an expectation: a date, a number of articles, a byline, that it is read; None for words alone."""
    if key in CHECKS:
        return CHECKS[key]
    if expected.startswith("reject naming"):
        return lambda seen: not seen.articles and len(seen.said) == 1
    if (iso := _ISO.fullmatch(expected)) is not None:
        moment = datetime.fromisoformat(iso[0])
        if moment.tzinfo is None:
            return lambda seen: seen.first.published_at.date() == moment.date()
        return lambda seen: seen.first.published_at == moment
    if (names := re.fullmatch(r"\('(.+)',\)", expected)) is not None:
        return lambda seen: seen.first.byline == (names[1],)
    if (number := re.match(r"(\d+)(?: articles?\b|, exit 0|$)", expected)) is not None:
        return _count(int(number[1]))
    if re.match(r"article in|read\b|in or named|refused by name|found|both readable|only", expected):
        return lambda seen: bool(seen.articles) or bool(seen.said)
    return None


def cases() -> list[tuple[str, list[Path], Check]]:
    """The cases that concern reading, with the files of each and what is expected."""
    listed = data_file("cases/ingest.tsv")
    folder = data_file("cases/ingest")
    found = []
    for row in csv.DictReader(io.StringIO(listed.read_text(encoding="utf-8")), delimiter="\t", quoting=csv.QUOTE_NONE):
        key, expected = row["key"], row["expected"]
        paths = [folder / name.strip() for name in row["file_or_command"].split(",")]
        if _ELSEWHERE.fullmatch(key) or not all(path.exists() for path in paths):
            continue
        check = _check_of(key, expected)
        if check is not None:
            found.append((key, paths, check))
    return found


def test_cases_of_reading(tmp_path: Path) -> None:
    """At least 95 % of what newsrooms have is read as they expect; what is not, is printed."""
    missed, tried = [], cases()
    for number, (key, paths, check) in enumerate(tried):
        folder = tmp_path / str(number)
        folder.mkdir()
        seen = read(paths, folder)
        try:
            holds = check(seen)
        except IndexError:  # no article at all
            holds = False
        if not holds:
            missed.append(key)
            print(f"not as expected: {key}: {len(seen.articles)} articles; {seen.said[:2]} {seen.told[:2]}")

    print(f"{len(tried) - len(missed)} of {len(tried)} as expected")
    assert len(tried) > 130
    assert len(missed) <= len(tried) * (1 - FLOOR)


@pytest.mark.parametrize(
    ("name", "field"),
    [("publish_date", "published_at"), ("기사입력", "published_at"), ("뉴스 내용", "body"), ("articleBody", "body")],
)
def test_names_met_in_the_wild(name: str, field: str) -> None:
    """The table of names knows what exports call their columns."""
    assert Renaming().fields_in([name]) == {field}
