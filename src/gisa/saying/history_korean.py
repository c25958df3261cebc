"""How articles changed, in Korean."""

from __future__ import annotations

from typing import Final

from gisa.saying.history_wording import CorrectionKindText, CorrectionsText, PartText, RevisionsText, SentenceChangeText

KOREAN_REVISIONS: Final = RevisionsText(
    title="수정 이력",
    about="기사가 나온 뒤의 수정 이력을 최신순으로 보여 드립니다.",
    none="기사가 나온 뒤 수정된 내용이 없습니다.",
    first="{when} 입력",
    changed="{when} 수정",
    only_marks="띄어쓰기나 문장부호만 바뀌었습니다.",
    more="이전 이력 더 보기",
    parts=PartText(title="제목", subtitle="부제", byline="기자", body="본문", correction="정정 내용"),
    changes=SentenceChangeText(same="그대로", changed="수정", moved="이동", added="추가", dropped="삭제"),
)

KOREAN_CORRECTIONS: Final = CorrectionsText(
    title="정정·반론보도",
    about="바로잡은 기사와 정정·반론·추후보도를 최신순으로 모았습니다.",
    none="바로잡은 기사가 없습니다.",
    more="이전 보도 더 보기",
    notice="이 기사에 대한 정정·반론보도",
    kinds=CorrectionKindText(correction="정정", reply="반론", follow_up="추후", amendment="수정"),
)
