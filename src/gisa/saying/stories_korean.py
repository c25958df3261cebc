"""Stories and related articles, in Korean."""

from __future__ import annotations

from typing import Final

from gisa.saying.stories_wording import StoriesText

KOREAN_STORIES: Final = StoriesText(
    together="묶어 보기({stories}건)",
    together_hint="비슷한 기사끼리 묶어 보기",
    grouped="기사 {total}건을 비슷한 기사끼리 {stories}건으로 묶었습니다. 조건별 건수는 묶기 전의 기사 수입니다.",
    apart="묶지 않고 모두 보기",
    similar="비슷한 기사 {count}건",
    compare="기사 비교",
    title="비슷한 기사",
    back="기사로 돌아가기",
    about="같은 소식을 거의 같은 문장으로 전한 기사 {total}건입니다. 가장 먼저 나온 기사와 다른 문장을 보여 드립니다.",
    cut="이 가운데 먼저 나온 기사와 보던 기사 {shown}건을 보여 드립니다.",
    none="비슷한 기사가 없습니다.",
    first="가장 먼저 나온 기사",
    asked="보던 기사",
    counts="같은 문장 {same} · 추가 {added} · 삭제 {dropped} · 수정 {changed}",
    not_compared="일부만 볼 수 있어 비교하지 않았습니다",
    too_long="길어서 비교하지 않았습니다",
    sentences="다른 문장 보기",
    added="추가",
    dropped="삭제",
    changed="수정",
    related="관련 기사",
)
