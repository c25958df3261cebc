"""The rule of acceptance: what becomes an article, what is refused and with which words, which id it gets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import gisa
from gisa.errors import ArticleInvalid
from gisa.ingest.accept import MAX_REASON, accept, removal, removal_of
from gisa.ingest.dates import read_date, read_moment
from gisa.ingest.identity import canonical_url
from gisa.ingest.unknown import MAX_EXTRA
from gisa.messages import Message
from gisa.model import SEOUL, Article, Draft, Picture, Removal
from tests.said import refused

NOW = datetime(2025, 12, 24, 12, 0, tzinfo=UTC)
FIELDS: dict[str, Any] = {
    "id": "naru-1",
    "title": "AI센터 문 연다",
    "body": "나루시가 AI센터를 연다.",
    "published_at": "2025-12-24T09:00:00+09:00",
}


DEEP: Any = "끝"
for _ in range(900):
    DEEP = [DEEP]


def accepted(**changes: Any) -> Article:
    return accept(Draft({**FIELDS, **changes}, "test:1"), now=NOW)


def told(changes: Mapping[Any, Any]) -> list[str]:
    """What an article that goes in is told to have lost."""
    messages: list[Message] = []
    accept(Draft({**FIELDS, **changes}, "test:1"), now=NOW, tell=messages.append)
    return [gisa.say(each) for each in messages]


def reason(fields: Mapping[str, Any]) -> str:
    with pytest.raises(ArticleInvalid) as caught:
        accept(Draft(fields, "test:1"), now=NOW)
    return gisa.say(caught.value)


def test_every_field_arrives() -> None:
    """An article with every field is accepted as it was given."""
    article = accepted(
        modified_at="2025-12-24T10:00:00+09:00",
        section="지역",
        byline=["김하늘 기자", "박바다 기자"],
        publisher="나루일보",
        url="https://news.naru.example/local/1",
        image_url="/media/ai-campus.svg",
        keywords=["AI센터", "북항"],
        lang="ko",
        면=3,
    )

    assert article == Article(
        id="naru-1",
        title="AI센터 문 연다",
        body="나루시가 AI센터를 연다.",
        published_at=datetime(2025, 12, 24, 9, tzinfo=SEOUL),
        modified_at=datetime(2025, 12, 24, 10, tzinfo=SEOUL),
        section="지역",
        byline=("김하늘 기자", "박바다 기자"),
        publisher="나루일보",
        url="https://news.naru.example/local/1",
        pictures=(Picture(url="/media/ai-campus.svg"),),
        keywords=("AI센터", "북항"),
        lang="ko",
        extra={"면": 3},
    )


@pytest.mark.parametrize("name", ["title", "published_at"])
@pytest.mark.parametrize(
    ("value", "word"),
    [
        pytest.param(None, "missing", id="null"),
        pytest.param("", "blank", id="empty"),
        pytest.param(" \n\t", "blank", id="white space"),
        pytest.param("\u3000\xa0", "blank", id="wide spaces"),
    ],
)
def test_required_fields(name: str, value: str | None, word: str) -> None:
    """Headline and date must be there and hold something."""
    assert reason({**FIELDS, name: value}).startswith(f"{name} is {word}")


@pytest.mark.parametrize("value", [None, "", " \n", "\u200b"])
def test_a_body_may_be_empty(value: str | None) -> None:
    """A flash, a picture and a table are found by their headlines."""
    assert accepted(body=value).body == ""


@pytest.mark.parametrize("value", ["\u200b\ufeff", "\u3164", "\x00\x01"])
def test_text_that_nobody_can_see_is_blank(value: str) -> None:
    """A headline of invisible characters only is no headline."""
    assert reason({**FIELDS, "title": value}).startswith("title is blank")


@pytest.mark.parametrize(
    ("given_body", "kept"),
    [
        pytest.param("첫 줄\r\n둘째 줄\r셋째 줄", "첫 줄\n둘째 줄\n셋째 줄", id="line ends"),
        pytest.param("가\x00나\x07다\x1b[0m", "가나다[0m", id="control characters"),
        pytest.param("가\x0b나\x0c다", "가\n나\n다", id="vertical tab and form feed break lines"),
        pytest.param("가\t나", "가\t나", id="tab"),
        pytest.param("가\ud800나", "가\ufffd나", id="high surrogate"),
        pytest.param("가\udc00", "가\ufffd", id="low surrogate"),
        pytest.param("\ud83d\ude00", "😀", id="a pair in two halves"),
        pytest.param("\n\u3000 나루 \n", "나루", id="ends"),
        pytest.param("한글", "한글", id="decomposed Hangul stays"),
        pytest.param("ㆍ㈜ＡＢ", "ㆍ㈜ＡＢ", id="compatibility characters stay"),
    ],
)
def test_texts_are_kept_save_what_cannot_be_stored(given_body: str, kept: str) -> None:
    """Only line ends, control characters, lone surrogates and white space at the ends are touched."""
    assert accepted(body=given_body).body == kept


@pytest.mark.parametrize(
    "title", ["나루역\n북항", "나루역\r\n북항", " 나루역 \n\n 북항 ", "나루역\t북항", "나루역\u2028북항"]
)
def test_a_headline_is_one_line(title: str) -> None:
    """Line breaks inside a headline become one space."""
    assert accepted(title=title).title == "나루역 북항"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"title": "가" * 1001}, "title has 1,001 characters, the limit is 1,000", id="title"),
        pytest.param({"body": "가" * 10_000_001}, "body has 10,000,001 characters", id="body"),
        pytest.param({"id": "x" * 257}, "id has 257 characters, the limit is 256", id="id"),
    ],
)
def test_what_is_too_long_is_refused_not_cut(changes: dict[str, Any], words: str) -> None:
    """Every limit is a reject that names the size and the limit."""
    assert reason({**FIELDS, **changes}).startswith(words)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"section": "가" * 201}, "left out: section has 201 characters, the limit is 200", id="section"),
        pytest.param({"byline": ["가" * 201]}, "left out: an entry of byline has 201 characters", id="byline"),
        pytest.param({"keywords": [str(n) for n in range(5001)]}, "left out: keywords has 5,001 entries", id="keywords"),
        pytest.param({"url": "https://a.example/" + "x" * 4096}, "left out: url has 4,114 characters", id="url"),
        pytest.param({"memo": "x" * (MAX_EXTRA + 1)}, 'the field "memo" was left out: the unknown', id="extra"),
        pytest.param({"byline": 3}, "left out: byline must be a list of texts, or one text with commas", id="byline 3"),
        pytest.param({"lang": "한국어"}, 'left out: lang "한국어" is not a language tag', id="lang"),
        pytest.param({"modified_at": "내일"}, 'left out: modified_at "내일" is not a date', id="second date"),
        pytest.param({"correction_kind": "사과"}, 'left out: correction_kind "사과" is none of 정정', id="correction"),
        pytest.param({"extra": 1}, "left out: extra must be an object, not a number", id="extra a number"),
        pytest.param({"score": float("nan")}, 'the field "score" was left out: it holds nan', id="NaN"),
        pytest.param({"when": NOW}, 'the field "when" was left out: it holds a time', id="a time in extra"),
        pytest.param({"n": 2**64}, 'the field "n" was left out: it holds a number beyond 64 bits', id="a huge number"),
        pytest.param({"set": {1}}, 'the field "set" was left out: it holds a Python set', id="a set"),
        pytest.param({1: "x"}, "a field was left out: its name is a number", id="a name that is no text"),
        pytest.param({"deep": DEEP}, 'the field "deep" was left out: it is nested more than 16 deep', id="deep"),
    ],
)  # fmt: skip
def test_a_bad_optional_field_is_left_out_and_told(changes: dict[str, Any], words: str) -> None:
    """No optional field keeps an article out: it is dropped, with one sentence that says why."""
    (message,) = told(changes)

    assert message.startswith(words)


def test_what_was_left_out_takes_nothing_with_it() -> None:
    """The good fields beside a bad one stay."""
    article = accepted(keywords=["가" * 201, "다리"], section="지역", score=float("nan"), 면=3)

    assert (article.section, dict(article.extra)) == ("지역", {"면": 3})


def test_an_article_of_five_megabytes_is_accepted() -> None:
    """A long report is an article like any other."""
    body = "가나다라마" * 350_000

    assert accepted(body=body).body == body


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"title": 3}, "title must be text, not a number", id="title a number"),
        pytest.param({"id": 1.5}, "id must be text, not a number", id="id a fraction"),
        pytest.param({"id": True}, "id must be text, not true or false", id="id a truth"),
        pytest.param({"id": "a\nb"}, "id", id="id with a line break"),
        pytest.param({"id": ".."}, 'id ".." cannot stand in the address of a page', id="id that climbs"),
    ],
)
def test_wrong_kinds_are_refused(changes: dict[str, Any], words: str) -> None:
    """A value of the wrong kind is refused with its field and what would be right."""
    assert reason({**FIELDS, **changes}).startswith(words)


@pytest.mark.parametrize("nothing", [None, 5, "기사", [], [FIELDS]])
def test_what_is_no_object_is_refused(nothing: Any) -> None:
    """The Python API takes anything iterable; what is not an article's fields says so."""
    assert reason(nothing).startswith("not an article but ")


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        pytest.param("김하늘, 박바다", ("김하늘", "박바다"), id="comma"),
        pytest.param("김하늘·박바다 기자", ("김하늘", "박바다 기자"), id="middle dot"),
        pytest.param("김하늘ㆍ박바다", ("김하늘", "박바다"), id="the other middle dot"),
        pytest.param("김하늘/박바다; 이산", ("김하늘", "박바다", "이산"), id="slash and semicolon"),
        pytest.param(
            ["김하늘·박바다", " ", "김하늘·박바다"], ("김하늘·박바다",), id="a list stays, without repetition"
        ),
        pytest.param(("김하늘",), ("김하늘",), id="tuple"),
        pytest.param("", (), id="blank"),
        pytest.param(None, (), id="null"),
    ],
)
def test_bylines(value: Any, kept: tuple[str, ...]) -> None:
    """A byline is a list of names, or one text with the marks that newsrooms put between names."""
    assert accepted(byline=value).byline == kept


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        pytest.param("AI센터,북항;나루역", ("AI센터", "북항", "나루역"), id="marks"),
        pytest.param("12·3 비상계엄, TCP/IP", ("12·3 비상계엄", "TCP/IP"), id="dots and slashes of its own"),
        pytest.param("AI센터 · 북항 / 나루역", ("AI센터", "북항", "나루역"), id="dots and slashes between spaces"),
    ],
)
def test_keywords(value: str, kept: tuple[str, ...]) -> None:
    """One text of keywords is parted where no keyword would be torn."""
    assert accepted(keywords=value).keywords == kept


@pytest.mark.parametrize(
    "url",
    [
        "https://news.naru.example/1",
        "HTTP://news.naru.example:8080/a?b=c#d",
        "https://나루.example/기사/1",
        "http://[::1]/1",
        "http://a.example:1/",
        "http://a.example:65535/",
        "https://a.example?x=1",
    ],
)
def test_web_addresses_are_kept_as_given(url: str) -> None:
    """An address is stored as it was given; only ids are made from its canonical form."""
    article = accepted(url=url, image_url=url)

    assert (article.url, article.image_url) == (url, url)


@pytest.mark.parametrize("name", ["url", "image_url"])
@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example/1",
        "/\\a.example",
        "https://",
        "https:///1",
        "https://a.example/a b",
        "https://user:secret@a.example/",
        "https://a.example:99999/",
        "https://a.example:65536/",
        "https://a.example:0/",
        "https://a.example\\@b.example/",
        "news.naru.example/1",
        "local/1",
    ],
)
def test_other_addresses_are_kept_but_never_linked(name: str, url: str) -> None:
    """What a page could not link to safely does not keep the article out; it stays on record as it was given."""
    article = accepted(**{name: url})

    assert (article.url, article.image_url) == (None, None)
    assert dict(article.extra) == {f"{name}_as_given": url}


def test_a_picture_may_be_a_path_of_this_site() -> None:
    """The paper's own pictures stand under /media/; an article's address cannot be a path."""
    assert accepted(image_url="/media/photo.jpg").image_url == "/media/photo.jpg"
    assert accepted(url="/media/photo.jpg").url is None


@pytest.mark.parametrize(
    ("lang", "kept"), [("ko", "ko"), ("KO", "ko"), ("ko_KR", "ko-KR"), ("zh-Hant", "zh-Hant"), ("", "ko"), (None, "ko")]
)
def test_language_tags(lang: str | None, kept: str) -> None:
    """A language is a tag like ko or zh-Hant; Korean when nothing is said."""
    assert accepted(lang=lang).lang == kept


SEOUL_9_05 = datetime(2025, 12, 24, 9, 5, tzinfo=SEOUL)
DATES = [
    ("2025-12-24T09:05:00+09:00", SEOUL_9_05),
    ("2025-12-24T00:05:00Z", SEOUL_9_05),
    ("2025-12-24T00:05:00.000000000Z", SEOUL_9_05),
    ("2025-12-24T09:05", SEOUL_9_05),
    ("2025-12-24 09:05", SEOUL_9_05),
    ("2025-12-24 09:05:00 +0900", SEOUL_9_05),
    ("2025-12-24 09:05 KST", SEOUL_9_05),
    ("2025-12-24 09:05 UTC+9", SEOUL_9_05),
    ("2025-12-23T20:35:00-03:30", SEOUL_9_05),
    ("20251224T090500", SEOUL_9_05),
    ("20251224090500", SEOUL_9_05),
    ("202512240905", SEOUL_9_05),
    ("20251224 09:05", SEOUL_9_05),
    ("2025.12.24 09:05", SEOUL_9_05),
    ("2025.12.24. 09:05", SEOUL_9_05),
    ("2025. 12. 24. 오전 9:05", SEOUL_9_05),
    ("2025.12.24.(수) 09:05", SEOUL_9_05),
    ("2025/12/24 09:05:00", SEOUL_9_05),
    ("2025-12-24 오전 9:05", SEOUL_9_05),
    ("2025-12-24 9:05 AM", SEOUL_9_05),
    ("2025년 12월 24일 오전 9시 5분", SEOUL_9_05),
    ("2025년 12월 24일 수요일 9시 5분", SEOUL_9_05),
    ("2025년12월24일 09:05", SEOUL_9_05),
    ("\u30002025-12-24\xa009:05 ", SEOUL_9_05),
    ("Wed, 24 Dec 2025 09:05:00 +0900", SEOUL_9_05),
    ("Wed, 24 Dec 2025 00:05:00 GMT", SEOUL_9_05),
    ("Wed, 24 Dec 2025 09:05:00 KST", SEOUL_9_05),
    ("24 Dec 25 09:05 KST", SEOUL_9_05),
    ("2025년 12월 24일 오후 3시 5분", datetime(2025, 12, 24, 15, 5, tzinfo=SEOUL)),
    ("2025-12-24 오후 3:05", datetime(2025, 12, 24, 15, 5, tzinfo=SEOUL)),
    ("2025-12-24 오후 15:05", datetime(2025, 12, 24, 15, 5, tzinfo=SEOUL)),
    ("2025-12-24 오전 12:05", datetime(2025, 12, 24, 0, 5, tzinfo=SEOUL)),
    ("2025-12-24 오후 12:05", datetime(2025, 12, 24, 12, 5, tzinfo=SEOUL)),
    ("2025-12-24T24:00:00", datetime(2025, 12, 25, tzinfo=SEOUL)),
    ("2025-12-24", datetime(2025, 12, 24, tzinfo=SEOUL)),
    ("2025.12.24", datetime(2025, 12, 24, tzinfo=SEOUL)),
    ("2025.12.24.", datetime(2025, 12, 24, tzinfo=SEOUL)),
    ("2025/12/24", datetime(2025, 12, 24, tzinfo=SEOUL)),
    ("20251224", datetime(2025, 12, 24, tzinfo=SEOUL)),
    ("2025년 1월 2일", datetime(2025, 1, 2, tzinfo=SEOUL)),
    ("1899-12-31", datetime(1899, 12, 31, tzinfo=SEOUL)),
    ("Wed, 24 12월 2025 09:05:00 +0900", SEOUL_9_05),
    ("수, 24 12월 2025 09:05:00 +0900", SEOUL_9_05),
    ("수, 24 Dec 2025 09:05:00 +0900", SEOUL_9_05),
    ("Wed Dec 24 09:05:00 2025", SEOUL_9_05),
    ("Wed Dec 24 09:05:00 KST 2025", SEOUL_9_05),
    ("Wed Dec 24 00:05:00 +0000 2025", SEOUL_9_05),
    ("Wed Dec 24 2025 09:05:00 GMT+0900 (한국 표준시)", SEOUL_9_05),
    ("Dec 24, 2025 9:05 AM", SEOUL_9_05),
    ("승인 2025.12.24 09:05", SEOUL_9_05),
    ("기사입력 : 2025.12.24. 오전 9:05", SEOUL_9_05),
    ("입력2025.12.24 09:05", SEOUL_9_05),
    ("2025.12.24 09:05 입력", SEOUL_9_05),
    ("2025-12-24T09:05:00+09:00[Asia/Seoul]", SEOUL_9_05),
    ("2025.12.24(水) 09:05", SEOUL_9_05),
    ("2025-12-24 (Wed) 09:05", SEOUL_9_05),
    ("1766534700", SEOUL_9_05),
    ("1766534700000", SEOUL_9_05),
    ("46015.378472", SEOUL_9_05),
    ("20251224.0", datetime(2025, 12, 24, tzinfo=SEOUL)),
    ("2.0251224E7", datetime(2025, 12, 24, tzinfo=SEOUL)),
    ("1930年 5月 3日", datetime(1930, 5, 3, tzinfo=SEOUL)),
]


@pytest.mark.parametrize(("text", "moment"), [pytest.param(*row, id=row[0].strip()) for row in DATES])
def test_dates_as_newsrooms_write_them(text: str, moment: datetime) -> None:
    """Dates are read in every usual form; without a zone they are Seoul's."""
    assert accepted(published_at=text).published_at == moment


@pytest.mark.parametrize(
    ("text", "is_day"),
    [("2025-12-24", True), ("20251224", True), ("1930年 5月 3日", True), ("46015", True), ("46015.5", False),
     ("2025-12-24 00:00", False), ("2025.12.24. 오전 12:00", False), ("2025-12-24T00:00:00Z", False)],
)  # fmt: skip
def test_a_day_without_a_time_is_known_as_one(text: str, is_day: bool) -> None:
    """A page shows no 00:00 for an article whose source named the day alone."""
    moment = read_moment(text)

    assert moment is not None
    assert moment.is_day is is_day
    assert accepted(published_at=text).date_only is is_day


def test_date_and_time_in_two_fields() -> None:
    """A time that stands beside the day belongs to it."""
    article = accepted(published_at="2025-12-24", published_time="09:05")

    assert (article.published_at, article.date_only) == (SEOUL_9_05, False)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        pytest.param(SEOUL_9_05, SEOUL_9_05, id="aware"),
        pytest.param(1766534700000, SEOUL_9_05, id="milliseconds"),
        pytest.param(20251224.0, datetime(2025, 12, 24, tzinfo=SEOUL), id="a float of figures"),
        pytest.param({"$date": {"$numberLong": "1766534700000"}}, SEOUL_9_05, id="MongoDB"),
        pytest.param(datetime(2025, 12, 24, 9, 5), SEOUL_9_05, id="naive"),  # noqa: DTZ001 - the case
        pytest.param(date(2025, 12, 24), datetime(2025, 12, 24, tzinfo=SEOUL), id="date"),
        pytest.param(20251224, datetime(2025, 12, 24, tzinfo=SEOUL), id="digits without quotes"),
    ],
)
def test_dates_of_python(value: Any, moment: datetime) -> None:
    """The Python API takes datetimes and dates too."""
    article = accepted(published_at=value)

    assert article.published_at == moment
    assert article.published_at.tzinfo is not None


@pytest.mark.parametrize(
    "text",
    [
        "어제",
        "3시간 전",
        "2025-02-30",
        "2025-13-01",
        "2025-12-24 25:00",
        "2025-12-24 오전 15:05",
        "2025-12-24 오전 9:05 PM",
        "25.12.24",
        "24/12/2025",
        "2025.12/24",
        "2025122409050",
        "2025.12.2409:05",
        "2025-12-24 09:05 XYZ",
        "2025-12-24T09:05:00+25:00",
        "2025.12.24 09:05 +09:75",
        "2025",
        "２０２５-12-24",
        "Wed, 24 Foo 2025 09:05:00 +0900",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """A guess would sort the article wrongly for ever; the message shows a form that is right."""
    assert reason({**FIELDS, "published_at": text}) == (
        f'published_at "{text}" is not a date — use ISO 8601, e.g. 2025-12-24T09:00:00+09:00'
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param("1700-01-01", 'published_at "1700-01-01" is in the year 1700 — years 1800 to 2200', id="too old"),
        pytest.param("2205-12-24", 'published_at "2205-12-24" is in the year 2205', id="too new"),
        pytest.param(
            "2055-12-24", 'published_at "2055-12-24" is more than ten years ahead — check the', id="far ahead"
        ),
        pytest.param("9999-12-31T24:00", "published_at", id="the end of time"),
        pytest.param(["2025-12-24"], "published_at must be a date as text, not a list", id="a list"),
        pytest.param("9" * 5000, 'published_at "99999', id="endless digits"),
    ],
)
def test_impossible_dates_are_refused(value: Any, words: str) -> None:
    """Years far off are slips of the finger."""
    assert reason({**FIELDS, "published_at": value}).startswith(words)


def test_an_article_for_next_year_is_accepted() -> None:
    """Embargoed articles lie ahead of the clock."""
    assert accepted(published_at="2026-12-24").published_at.year == 2026


def test_modified_at_is_read_like_published_at() -> None:
    """The second date follows the same rules under its own name."""
    assert accepted(modified_at="2025.12.25").modified_at == datetime(2025, 12, 25, tzinfo=SEOUL)
    assert accepted(modified_at="").modified_at is None


@given(st.datetimes(datetime(1800, 1, 2), datetime(2030, 1, 1), timezones=st.just(UTC)), st.integers(-1439, 1439))  # noqa: DTZ001 - hypothesis wants bounds without zones
def test_iso_dates_round_trip(moment: datetime, offset_minutes: int) -> None:
    """Every ISO 8601 moment is read as exactly that moment."""
    moment = moment.astimezone(timezone(timedelta(minutes=offset_minutes)))

    assert read_date(moment.isoformat()) == moment
    assert read_date(moment.isoformat(sep=" ", timespec="seconds")) == moment.replace(microsecond=0)


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_none(text: str) -> None:
    """Reading a date never raises."""
    moment = read_date(text)

    assert moment is None or moment.tzinfo is not None


def derived(**changes: Any) -> str:
    return accepted(id=None, **changes).id


def test_ids_are_kept() -> None:
    """A given id is the article's id, a number as its digits; a blank one counts as none."""
    assert accepted(id="naru-1/정치:3").id == "naru-1/정치:3"
    assert accepted(id=20251224001).id == "20251224001"
    assert accepted(id=" ").id == derived()


def test_derived_ids_never_change() -> None:
    """The forms of derived ids are stored in archives: these two must stay for ever."""
    assert derived(url="https://news.naru.example/1") == "u-f6ca0eadad574edd15b2"
    assert derived(publisher="나루일보") == "a-021ed831197f1e321ba4"


@pytest.mark.parametrize(
    "same",
    [
        "https://news.naru.example/1?a=1&b=2",
        "http://news.naru.example/1?a=1&b=2",
        "HTTPS://NEWS.naru.example:443/1?b=2&a=1",
        "https://news.naru.example/1?a=1&b=2#댓글",
        "https://news.naru.example/1?utm_source=x&a=1&UTM_Medium=y&b=2&fbclid=1&gclid=2&ref=home",
        "https://news.naru.example/1?a=1&&b=2&",
    ],
)
def test_addresses_of_one_article_give_one_id(same: str) -> None:
    """What only says where a reader came from does not make another article."""
    assert derived(url=same) == derived(url="https://news.naru.example/1?a=1&b=2")


@pytest.mark.parametrize(
    "other",
    [
        "https://news.naru.example/1",
        "https://news.naru.example/1?a=1&b=3",
        "https://news.naru.example/1/?a=1&b=2",
        "https://news.naru.example:8443/1?a=1&b=2",
        "https://m.naru.example/1?a=1&b=2",
        "https://news.naru.example/1?a=1&b=2&refid=3",
    ],
)
def test_addresses_of_two_articles_give_two_ids(other: str) -> None:
    """Every other part of the address may tell one article from another."""
    assert derived(url=other) != derived(url="https://news.naru.example/1?a=1&b=2")


def test_canonical_form_of_korean_addresses() -> None:
    """Hangul in an address is the same in letters and percent-encoded, in either case."""
    assert canonical_url("https://a.example/기사") == "https://a.example/%EA%B8%B0%EC%82%AC"
    assert canonical_url("https://a.example/%ea%b8%b0%ec%82%ac") == "https://a.example/%EA%B8%B0%EC%82%AC"
    assert canonical_url("https://a.example") == "https://a.example/"


def test_without_an_address_publisher_headline_and_moment_make_the_id() -> None:
    """The same moment written in another zone is the same article; another publisher's is not."""
    assert derived(published_at="2025-12-24T00:00:00Z") == derived()
    assert derived(body="다른 본문") == derived()
    assert (
        len({derived(), derived(title="다른 제목"), derived(publisher="나루일보"), derived(published_at="20251224")})
        == 4
    )


def test_unknown_fields_are_kept_clean() -> None:
    """``extra`` holds unknown fields and what ``extra`` itself held; a field beside it comes first."""
    article = accepted(면=[1, {"판": "나\x00"}], extra={"면": 2, "부": True, "점수": 1.5, "없음": None})

    assert article.extra == {"면": [1, {"판": "나"}], "부": True, "점수": 1.5, "없음": None}


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from([*Article.__dataclass_fields__, "memo", "status", "image_url", "published_time"])
SURROGATES = st.text(st.characters(), max_size=20)


@given(JSON_VALUES | st.dictionaries(NAMES, JSON_VALUES | SURROGATES))
@example({**FIELDS, "url": "https://[::1/"})
@example({**FIELDS, "id": 10**4400})
def test_any_json_value_is_an_article_or_a_reason(value: Any) -> None:
    """Acceptance raises nothing but ArticleInvalid, with a reason that can be shown."""
    filled = {**FIELDS, **value} if isinstance(value, dict) else value
    for fields in (value, filled):
        try:
            article = accept(Draft(fields, "test:1"), now=NOW)
        except ArticleInvalid as error:
            for message in (str(error), gisa.say(error), gisa.say(error, "ko")):
                assert message.isprintable()
                assert len(message) < 400
        else:
            json.dumps(dict(article.extra), allow_nan=False).encode()
            f"{article.id}{article.title}{article.body}{article.byline}{article.keywords}".encode()
            assert "\x00" not in article.body


@given(st.text(st.characters(), min_size=1))
def test_accepted_again_nothing_changes(text: str) -> None:
    """What was accepted is clean: accepting it again gives the same article."""
    try:
        once = accepted(title=text, body=text, section=text, keywords=text)
    except ArticleInvalid:
        return

    again = accept(Draft({name: getattr(once, name) for name in Article.__dataclass_fields__}, "test:1"), now=NOW)

    assert again == once


def test_a_reason_may_be_as_long_as_the_limit() -> None:
    """A removal's reason of just so many characters is kept whole; one more is refused."""
    assert removal("a1", reason="가" * MAX_REASON).reason == "가" * MAX_REASON
    with refused(ArticleInvalid, "the limit is"):
        removal("a1", reason="가" * (MAX_REASON + 1))


def test_removed_says_yes_or_no() -> None:
    """An export that has the column for every article takes down those alone that say yes."""
    given = {**FIELDS, "id": "a1"}

    assert removal_of(Draft({**given, "removed": False}, "x")) is None
    assert removal_of(Draft({**given, "removed": "true"}, "x")) == Removal("a1", None, None)


def test_an_article_without_pictures_has_an_empty_list_of_them() -> None:
    """As for every list of an article: nobody has to ask for None."""
    assert accepted(pictures=None).pictures == accepted().pictures == ()
