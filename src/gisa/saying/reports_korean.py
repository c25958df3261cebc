"""What commands print of reports, in Korean."""

from __future__ import annotations

from typing import Final

from gisa.saying.reports_wording import EvaluationText, MissText, ReportText, ResultText, StatusText, WordsText

KOREAN_REPORTS: Final = ReportText(
    status=StatusText(
        articles="기사",
        withheld="비공개",
        ahead="공개 전",
        changes="변경",
        generation="색인",
        generation_is="{name}, 지문 {fingerprint}",
        rules="규칙",
        size="크기",
        size_is="보관소 {archive}, 색인 {index}",
        published="게재일",
        published_is="{oldest}~{newest}",
        writer="등록 중",
        no_writer="없음",
        purged="영구 삭제",
        purged_is="이 폴더의 파일에 영구 삭제된 기사의 단어가 남아 있을 수 있습니다. 서버가 다시 만들고, gisa reindex로도 다시 만들 수 있습니다",
        node="서버",
        node_is="{name}, 변경 {count}건 뒤처짐",
        node_words=", 단어 {version}판",
        words="단어",
        feed="피드",
        not_built="아직 없음: 다음에 등록할 때 만듭니다",
        behind="변경 {count}건 뒤처짐",
        up_to_date="최신",
    ),
    words=WordsText(
        words="단어",
        holders="직함",
        waiting="대기",
        in_effect="{count}개 적용 중",
        changes_wait="바뀐 {count}건 대기(`gisa words apply`)",
        how_to_apply="{count} — `gisa words apply`",
        unusable="쓸 수 없는 줄 {count}개(`gisa words`)",
        shared="공유",
        shared_is="{version}판, 모든 서버에 적용",
        shared_now="{name}{name:을/를} {version}판으로 공유했습니다",
        edited="{name}: 이 폴더에서 고친 내용을 아직 공유하지 않았습니다 — `gisa words apply`",
        fetched="{name}: {version}판, {at} {host}에서 공유",
        nothing_to_fetch="이 폴더의 파일이 가장 새것입니다",
        applied="바뀐 {changes}건 적용 · 기사 {analysed}건 다시 분석",
        from_to="{before} → {after}",
        as_before="{before}, 그대로",
        gains="더 찾는 기사 {count}",
        loses="못 찾게 되는 기사 {count}",
        nothing="바뀌는 것이 없습니다",
        not_looked_at="… 그 밖에 바뀐 {count}건은 살펴보지 않았습니다",
        concerned="기사 {count}건을 다시 분석하게 됩니다",
        more_lines="… 외 {count}개(--json으로 모두 볼 수 있습니다)",
        more_rejects="… 쓸 수 없는 줄 {count}개 더(--json으로 모두 볼 수 있습니다)",
    ),
    misses=MissText(
        not_indexed="색인에 없음", not_found="찾지 못함", behind="{place}번째로 찾음", word="본문 단어로 찾지 못함"
    ),
    evaluation=EvaluationText(
        nothing="관련 기사가 판정된 검색어가 없어 아무것도 재지 못했습니다",
        unjudged="관련 기사가 판정되지 않은 검색어 {count}개는 뺐습니다",
        missing="보관소에 없는 관련 기사 {count}건은 못 찾은 것으로 셌습니다",
    ),
    results=ResultText(withheld="비공개 {count}", published="공개 {count}", next_page="다음: --cursor {cursor}"),
)
