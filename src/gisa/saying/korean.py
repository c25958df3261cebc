"""What Gisa says in Korean: as a newspaper editor would print it, in the polite form, without blame or jargon."""

from __future__ import annotations

from typing import Final

from gisa.saying.wording import (
    ExplainText,
    FieldText,
    MistakeText,
    NoticeText,
    PageText,
    PeriodText,
    ProblemSaid,
    ProblemText,
    ReasonText,
    RuleText,
    ScoreText,
    SortText,
    VerdictText,
    Wording,
)

_DIGITS_WITH_FINAL: Final = frozenset("013678")
_LETTERS_WITH_FINAL: Final = frozenset("lmnr")


def particle(value: int | str, after_final: str, after_vowel: str) -> str:
    """The particle that fits a word's last sound: ``particle("우정", "은", "는")`` → ``은``."""
    last = str(value)[-1:].lower()
    if "가" <= last <= "힣":
        has_final = (ord(last) - ord("가")) % 28 > 0
    else:
        has_final = last in _DIGITS_WITH_FINAL or last in _LETTERS_WITH_FINAL
    return after_final if has_final else after_vowel


_PAGE: Final = PageText(
    search_label="찾아보고 싶은 뉴스가 있다면, 검색",
    search_button="검색",
    to_top="위로",
    recent="최근검색어",
    recent_delete="검색기록 지우기",
    recent_clear="전체삭제",
    recent_empty="저장된 검색어가 없습니다.",
    recent_off="검색어 저장 기능이 꺼져 있습니다.",
    recent_switch_off="검색어 저장 끄기",
    recent_switch_on="검색어 저장 켜기",
    recent_off_question="저장된 검색어 {count}개를 어떻게 할까요?",
    recent_off_delete="삭제하고 끄기",
    recent_off_keep="그대로 두고 끄기",
    recent_kept="저장해 둔 검색어 {count}개는 다시 켜면 보입니다.",
    recent_more="{count}개 더 보기",
    recent_where="검색어는 이 브라우저에만 저장됩니다.",
    cancel="취소",
    offers="검색어 제안",
    suggested="추천 검색어",
    offers_count="제안 {count}개",
    skip="본문으로 건너뛰기",
    home="검색 홈",
    foot_label="안내",
    powered_by="기사 검색 엔진 Gisa",
    api_link="개발자용 API",
    other_language="English",
    home_title="기사 검색",
    home_count="{since}부터 {until}까지 기사 {count}건을 검색할 수 있습니다.",
    home_newest="최신 기사",
    home_sections="분야별 기사",
    home_empty_title="등록된 기사가 없습니다",
    home_empty="아래 명령으로 기사를 등록하면 바로 검색할 수 있습니다.",
    home_empty_add="기사 파일(JSONL, CSV)이나 RSS 주소를 등록합니다.",
    home_empty_demo="먼저 둘러보고 싶다면, 견본 신문을 엽니다.",
    variants="함께 검색한 말",
    variant_off="빼기",
    variant_off_label="‘{variant}’ 빼고 검색",
    variant_on="다시 넣기",
    variant_on_label="‘{variant}’ 다시 넣어 검색",
    inside="다른 단어 속에 든 기사 {count}건 더 보기",
    inside_off="다른 단어 속에 든 기사 빼기",
    result_title="‘{query}’ 검색 결과",
    result_count="{total}건",
    result_range="{total}건 중 {first}–{last}",
    results_label="검색 결과",
    sort="정렬",
    period="기간",
    section="분야",
    all="전체",
    custom_range="직접 입력",
    range_from="시작일",
    range_until="종료일",
    range_apply="적용",
    range_since="{since}부터",
    range_to="{until}까지",
    range_both="{since} ~ {until}",
    range_day="{since} 하루",
    more_sections="분야 더 보기",
    pages="결과 페이지",
    page_previous="이전",
    page_next="다음",
    page_number="{number}페이지",
    beyond_title="마지막 페이지는 {last}페이지입니다",
    beyond="{page}페이지에는 보여 드릴 기사가 없습니다.",
    beyond_last="마지막 페이지로",
    beyond_first="첫 페이지로",
    did_you_mean="이것을 찾으셨나요?",
    none_title="‘{query}’ 검색 결과가 없습니다",
    none_filtered="조건을 줄이면 찾을 수 있습니다.",
    none_condition="{kind} ‘{value}’",
    none_remove="{condition} 빼기",
    none_remove_all="조건 모두 빼기",
    tips="이렇게 검색해 보세요",
    tips_none=(
        "단어 수를 줄이거나 더 짧은 단어로 검색해 보세요.",
        "맞춤법을 확인하거나 다른 표현으로 바꿔 보세요.",
    ),
    tips_syntax=(
        ("AI센터 포항", "두 단어가 모두 들어 있는 기사"),
        ('"국가 AI 센터"', "따옴표 안의 말이 그대로 들어 있는 기사"),
        ("반도체 -주가", "‘반도체’는 있고 ‘주가’는 없는 기사"),
        ("태풍 | 호우", "둘 중 하나라도 들어 있는 기사"),
        ("제목:선거", "제목에 들어 있는 기사"),
        ("2025-10-01..2025-12-31", "그 사이에 실린 기사"),
    ),
    back_to_results="‘{query}’ 검색 결과로 돌아가기",
    back_home="검색 홈",
    modified="수정 {when}",
    corrected="정정",
    correction="정정 내용",
    removed="{when}에 삭제되었습니다.",
    removed_why="사유: {reason}",
    keywords="키워드",
    original="원문 보기",
    picture="기사 사진",
    api_title="개발자용 API",
)

_EXPLAIN: Final = ExplainText(
    title="기사가 검색되는 이유",
    link="이 기사가 검색된 이유",
    ask="이 기사가 검색되는지 확인",
    ask_label="검색어",
    ask_button="확인",
    back="기사로 돌아가기",
    yes="검색됩니다",
    no="검색되지 않습니다",
    parts="검색어 풀이",
    holds="일치",
    lacks="불일치",
    terms="색인 단위",
    stream="글자 조각",
    pair="앞 두 글자",
    variants="함께 검색한 말",
    places="기사에서 이 글자가 있는 곳",
    score="정확도 점수",
    score_total="합계 {score}점",
    none="없음",
    verdicts=VerdictText(
        nothing_to_search="검색할 수 있는 글자가 없습니다. 한글, 영문, 숫자, 한자로 입력해 주세요.",
        not_indexed="이 기사의 최근 내용은 아직 검색에 반영되지 않았습니다. 잠시 뒤 검색됩니다.",
        is_headline="검색어가 이 기사의 제목과 같습니다.",
        found_all="검색어의 조건에 모두 맞는 기사입니다.",
        found_relaxed="모든 단어가 들어 있는 기사가 없어, 조건 {of}개 가운데 {held}개에 맞는 이 기사를 보여 드립니다.",
        not_found="이 기사보다 단어가 더 많이 들어 있는 기사를 보여 드립니다.",
    ),
    reasons=ReasonText(
        found="이 기사에 있습니다.",
        nowhere="‘{word}’{word:이/가} 제목과 본문 어디에도 없습니다.",
        not_in_field="‘{word}’{word:이/가} {field}에 없습니다.",
        other_field="{field}에는 있지만, 검색하라고 한 곳에는 없습니다.",
        inside_word="‘{word}’{word:은/는} ‘{place}’ 안에만 있습니다: 두 글자 단어는 단어의 처음에서만 찾습니다.",
        inside_letters="‘{word}’{word:은/는} ‘{place}’ 안에만 있습니다: 영문과 숫자는 전체가 같아야 찾습니다.",
        syllable="‘{word}’{word:은/는} ‘{place}’ 안에만 있습니다: 한 글자 단어는 따로 쓰인 것만 찾습니다.",
        apart="‘{word}’의 글자는 ‘{place}’에 나뉘어 있습니다: 한 단어로 이어진 것만 찾습니다.",
        excluded="제외한 ‘{word}’에 맞는 말이 이 기사에 있습니다.",
        not_excluded="제외한 ‘{word}’에 맞는 말이 없습니다.",
        days="게재일({value})이 기간 안입니다.",
        outside_days="게재일({value})이 기간 밖입니다.",
        section="분야({value})가 같습니다.",
        other_section="분야가 다릅니다. 이 기사의 분야: {value}",
        byline="기자({value}) 이름이 맞습니다.",
        other_byline="기자가 다릅니다. 이 기사의 기자: {value}",
        one_of="이 가운데 하나 이상에 맞습니다.",
        none_of="이 가운데 어느 것에도 맞지 않습니다.",
        all_of="이 조건에 맞습니다.",
        not_all_of="이 조건에 모두 맞지는 않습니다.",
    ),
    rules=RuleText(
        terms="{field}에 이 단어가 있습니다.",
        letters="{field}에 이 글자가 이어져 있습니다(띄어쓰기와 관계없이 찾습니다).",
        start="{field}에서 단어의 처음 두 글자가 같습니다.",
        variant="{field}에 같은 뜻의 말이 있습니다: {by}",
        shorthand="{field}에 줄여 쓴 말이 있습니다: {by}",
    ),
    fields=FieldText(title="제목", body="본문"),
    scores=ScoreText(
        headline="제목과 같음",
        title_phrase="제목에 검색어 그대로",
        title_terms="제목의 단어",
        body_terms="본문의 단어",
        body_letters="본문의 글자",
        neighbours="본문에 나란히 있는 단어",
        named_headline="검색어에 제목이 모두 있음",
        recency="최근 기사",
        other="그 밖",
    ),
)

_PROBLEMS: Final = ProblemText(
    not_found=ProblemSaid(
        "페이지를 찾을 수 없습니다", "주소가 바뀌었거나 없는 페이지입니다. 찾는 기사가 있다면 검색해 보세요."
    ),
    article_not_found=ProblemSaid(
        "기사를 찾을 수 없습니다", "주소가 바뀌었거나 등록되지 않은 기사입니다. 제목으로 검색해 보세요."
    ),
    article_removed=ProblemSaid("삭제된 기사입니다", "이 기사는 더는 볼 수 없습니다. 관련 기사를 검색해 보세요."),
    method_not_allowed=ProblemSaid("잘못된 접근입니다", "화면의 버튼을 이용해 주세요."),
    cross_site=ProblemSaid(
        "요청을 확인할 수 없습니다",
        "다른 사이트에서 보낸 요청이라 처리하지 않았습니다. 이 화면에서 다시 시도해 주세요.",
    ),
    too_large=ProblemSaid("요청이 너무 큽니다", "내용을 줄여 다시 시도해 주세요."),
    invalid_parameters=ProblemSaid("주소에 잘못된 값이 있습니다", "주소를 확인하거나 다시 검색해 주세요."),
    unavailable=ProblemSaid(
        "지금은 검색할 수 없습니다", "잠시 뒤 다시 시도해 주세요. 기사는 안전하게 보관되어 있습니다."
    ),
    overloaded=ProblemSaid("접속이 많아 검색이 지연되고 있습니다", "잠시 뒤 다시 시도해 주세요."),
    internal=ProblemSaid(
        "문제가 생겼습니다", "잠시 뒤 다시 시도해 주세요. 문제가 계속되면 신문사에 알려 주세요."
    ),
)

KOREAN: Final = Wording(
    name="한국어",
    day="y년 M월 d일",
    moment="y년 M월 d일 HH:mm",
    fitting=particle,
    notices=NoticeText(
        unparsed="따옴표나 괄호의 짝이 맞지 않아 일반 검색어로 찾았습니다.",
        too_long="검색어가 길어 앞의 {limit}자만 검색했습니다.",
        too_many_words="단어가 많아 앞의 {limit}개만 검색했습니다.",
        too_many_syllables="한 글자 검색어가 많아 앞의 {limit}개만 검색했습니다.",
        too_many_variants="비슷한 표기가 많아 {limit}가지까지만 함께 검색했습니다.",
        empty="검색할 수 있는 글자가 없습니다. 한글, 영문, 숫자, 한자로 입력해 주세요.",
        relaxed="모든 단어가 들어 있는 기사가 없어, 가장 많이 들어 있는 기사를 보여 드립니다.",
        partial="검색이 몰려 기사 목록부터 보여 드립니다. 분야·기간별 건수는 잠시 뒤 다시 확인해 주세요.",
    ),
    mistakes=MistakeText(
        date_unread="날짜({value})를 읽을 수 없어 빼고 검색했습니다. 2025-01-31처럼 적어 주세요.",
        dates_swapped="시작일이 종료일보다 늦어 두 날짜를 바꾸어 검색했습니다.",
    ),
    problems=_PROBLEMS,
    page=_PAGE,
    sorts=SortText(newest="최신순", oldest="오래된순", relevance="정확도순"),
    periods=PeriodText(week="1주", month="1개월", year="1년"),
    explain=_EXPLAIN,
)
