"""Plain text out of what sources give: markup, double encoding, the page's own lines."""

from __future__ import annotations

import pytest

from gisa.ingest.bylines import byline_of
from gisa.ingest.plain import plain_body, plain_line
from gisa.messages import Message


def told(_message: Message) -> None: ...


@pytest.mark.parametrize(
    ("given", "body"),
    [
        pytest.param("<p>하나</p><p>둘</p>", "하나\n둘", id="paragraphs"),
        pytest.param("하나<br><br/>둘", "하나\n둘", id="br"),
        pytest.param("하나\n<b>둘</b>\n셋", "하나\n둘\n셋", id="line breaks beside inline tags"),
        pytest.param("나루<b>대교</b>가", "나루대교가", id="a tag inside a word"),
        pytest.param("A &amp; B &lt;단독&gt;", "A & B <단독>", id="entities"),
        pytest.param("R&D;예산 AT&T", "R&D;예산 AT&T", id="what is no entity"),
        pytest.param("3<5이고 <AI 시대> 연재", "3<5이고 <AI 시대> 연재", id="what is no tag"),
        pytest.param("<p>글</p><script>var x=1;</script><style>p{}</style>", "글", id="scripts and styles"),
        pytest.param("[caption id=\"1\"]<p>글</p>[/caption]", "글", id="shortcodes"),
        pytest.param("본문이다.\n홍예담 기자 hong@naru.example", "본문이다.", id="the reporter's line"),
        pytest.param("본문이다.\n저작권자 © 나루일보, 무단 전재 및 재배포 금지", "본문이다.", id="copyright"),
        pytest.param("본문이다.\n<저작권자(c) 나루통신, 무단 전재-재배포 금지>", "본문이다.", id="an agency's copyright"),
        pytest.param("본문이다.\nⓒ 나루일보 무단전재 및 재배포 금지", "본문이다.", id="ⓒ"),
        pytest.param("본문이다.\n카카오톡 페이스북 트위터 URL복사", "본문이다.", id="sharing"),
        pytest.param("공유하기\n글자크기 작게 크게\n본문이다.", "본문이다.", id="buttons in front"),
        pytest.param("본문이다.\n▶ 나루일보 뉴스레터 구독하기", "본문이다.", id="subscribing"),
        pytest.param("저작권자의 권리를 넓히는 법이 통과됐다.\n시행은 내년이다.", "저작권자의 권리를 넓히는 법이 통과됐다.\n시행은 내년이다.",
                     id="an article about copyright"),
        pytest.param("무단 전재 및 재배포 금지", "무단 전재 및 재배포 금지", id="nothing else"),
        pytest.param("그는 © 표시를 지웠다.\n끝.", "그는 © 표시를 지웠다.\n끝.", id="a mark in a sentence"),
    ],
)  # fmt: skip
def test_bodies(given: str, body: str) -> None:
    """HTML becomes paragraphs, and lines of the page leave from the ends alone."""
    assert plain_body(given, told).body == body
    assert plain_body(body, told).body == body


def test_the_reporter_of_the_last_line_is_the_byline() -> None:
    """The name beside the mail address is not lost with the line."""
    assert byline_of(plain_body("본문이다.\n홍예담 기자 hong@naru.example", told).names) == ("홍예담 기자",)


def test_utf8_encoded_twice_is_mended_and_told() -> None:
    """UTF-8 that was read as Windows-1252 is read back; a French headline stays."""
    messages: list[Message] = []
    twice = "나루대교 개통".encode().decode("latin-1")

    assert plain_line(twice, messages.append) == "나루대교 개통"
    assert len(messages) == 1
    assert plain_line("Été à Naru", messages.append) == "Été à Naru"
    assert len(messages) == 1


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("홍예담 기자 hong@naru.example", ("홍예담 기자",)),
        ("hong@naru.example (홍예담 기자)", ("홍예담 기자",)),
        ("홍예담(hong@naru.example)", ("홍예담",)),
        ("홍예담 <hong@naru.co.kr>", ("홍예담",)),
        ([{"name": "홍예담", "email": "hong@naru.example"}, {"name": "김하늘"}], ("홍예담", "김하늘")),
        ("hong@naru.example", ("hong@naru.example",)),
        ("By 홍예담", ("홍예담",)),
        ([7], ()),
        (None, ()),
    ],
)
def test_bylines(given: object, names: tuple[str, ...]) -> None:
    """Names and addresses are taken apart."""
    assert byline_of(given) == names
