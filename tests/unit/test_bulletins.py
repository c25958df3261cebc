"""Lists and notices, told by their form."""

from __future__ import annotations

import pytest

from gisa.text.bulletins import is_bulletin

_NAMES = "\n".join(
    ["◇ 승진", *(f"▲ {place}과장 홍예담" for place in ("총무", "기획", "재무", "홍보", "법무", "시설", "안전", "문화"))]
)


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("[인사] 나루시", "", True),
        ("<부고> 한누리 씨 부친상", "", True),
        ("[나루시 인사]", "", True),
        ("부고: 오세림 씨 별세", "", True),
        ("오늘의 운세", "", True),
        ("이번 주 주요 일정", "", True),
        ("◇게시판", "", True),
        ("해온도 주요 일정", "", True),
        ("나루시 간부", _NAMES, True),
        ("나루시, 간부 인사 단행", "시장은 12일 국장 다섯을 바꿨다.", False),
        ("인사 청문회를 연다", "", False),
        ("오늘의 나루는 어제와 다르다", "", False),
        ("부고를 쓰는 기자", "", False),
        ("나루시 간부", f"나루시가 12일 간부를 바꾸었다.\n{_NAMES}", False),
        ("나루시 간부", "\n".join(["홍예담", "오세림"]), False),
    ],
)
def test_a_bulletin_is_told_by_its_form(title: str, body: str, expected: bool) -> None:
    """By what the headline calls itself, or a body of short lines without a sentence; never by what it is about."""
    assert is_bulletin(title, body) is expected
