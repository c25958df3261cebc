"""Stories and related articles, in Korean."""

from __future__ import annotations

from typing import Final

from gisa.saying.stories_wording import StoriesText

KOREAN_STORIES: Final = StoriesText(
    together="묶으면 {stories}건",
    together_hint="비슷한 기사를 하나로 묶어 보기",
    grouped="기사 {total}건을 비슷한 것끼리 {stories}건으로 묶었습니다. 조건별 숫자는 기사 수입니다.",
    apart="묶지 않고 모두 보기",
    similar="비슷한 기사 {count}건",
    compare="기사 견주어 보기",
    title="비슷한 기사",
    back="기사로 돌아가기",
    about="같은 일을 거의 같은 말로 전한 기사 {total}건입니다. 먼저 나온 기사와 다른 문장을 보여 드립니다.",
    none="비슷한 기사가 없습니다.",
    first="먼저 나온 기사",
    asked="보던 기사",
    counts="같은 문장 {same} · 더한 문장 {added} · 뺀 문장 {dropped} · 고친 문장 {changed}",
    not_compared="일부만 볼 수 있어 견주지 않았습니다",
    sentences="다른 문장 보기",
    added="추가",
    dropped="삭제",
    changed="고침",
    related="관련 기사",
)
