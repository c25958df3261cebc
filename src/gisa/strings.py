"""Every Korean string a person sees, in one place. Polite form, no blame, no jargon."""

from __future__ import annotations

from typing import Final

from gisa.explanation import Rule, ScoreSource
from gisa.model import NoticeCode, Period, Sort

NOTICES: Final = {
    NoticeCode.UNPARSED: "검색식에 짝이 맞지 않는 기호가 있어 낱말 그대로 찾았습니다.",
    NoticeCode.TOO_LONG: "검색어가 길어 앞의 {limit}자만으로 찾았습니다.",
    NoticeCode.TOO_MANY_WORDS: "낱말이 많아 앞의 {limit}개만으로 찾았습니다.",
    NoticeCode.TOO_MANY_SYLLABLES: "따옴표로 묶은 한 글자가 많아 앞의 {limit}개만으로 찾았습니다.",
    NoticeCode.TOO_MANY_VARIANTS: "다른 표기가 많아 그 가운데 {limit}가지만 함께 찾았습니다.",
    NoticeCode.EMPTY: "찾을 수 있는 글자가 없습니다. 한글, 영문, 숫자, 한자로 입력해 주세요.",
    NoticeCode.RELAXED: "모든 낱말이 들어 있는 기사가 없어, 가장 많이 들어 있는 기사를 보여 드립니다.",
    NoticeCode.PARTIAL: "시간이 오래 걸려 기사부터 보여 드립니다. 분야·기간별 건수나 제안이 빠져 있을 수 있습니다.",
}
"""What a search page says of how it was answered; ``{limit}`` is filled in."""

INSIDE_OFFER: Final = "단어 안에서 찾은 {count}건은 --inside로 볼 수 있습니다."
"""What ``gisa search`` says of articles that hold a short word inside other words only."""


DID_YOU_MEAN: Final = "이것을 찾으셨나요? {query}"


class PageText:
    """What the pages say. Templates read it as ``t``; braces are filled in with ``str.format``."""

    # The strings a reader of the paper's own search page knows; they stay as they are.
    SEARCH_LABEL: Final = "찾아보고 싶은 뉴스가 있다면, 검색"
    SEARCH_BUTTON: Final = "검색"
    RECENT: Final = "최근검색어"
    RECENT_DELETE: Final = "검색기록 지우기"
    RECENT_CLEAR: Final = "전체삭제"
    RECENT_EMPTY: Final = "저장된 검색어가 없습니다."
    RECENT_OFF: Final = "검색어 저장 기능이 꺼져 있습니다."
    RECENT_SWITCH_OFF: Final = "검색어 저장 끄기"
    RECENT_SWITCH_ON: Final = "검색어 저장 켜기"
    TO_TOP: Final = "위로"

    # Suggestions while typing; the script fills in {count}
    OFFERS: Final = "검색어 제안"
    SUGGESTED: Final = "기사에 나온 말"
    OFFERS_COUNT: Final = "제안 {count}개"

    # Recent searches, the rest
    RECENT_OFF_QUESTION: Final = "저장된 검색어 {count}개를 어떻게 할까요?"
    RECENT_OFF_DELETE: Final = "지우고 끄기"
    RECENT_OFF_KEEP: Final = "남겨 두고 끄기"
    RECENT_KEPT: Final = "남겨 둔 검색어 {count}개는 다시 켜면 보입니다."
    RECENT_MORE: Final = "{count}개 더 보기"
    RECENT_WHERE: Final = "검색어는 이 브라우저에만 저장됩니다."
    CANCEL: Final = "취소"

    # Frame
    SKIP: Final = "본문으로 건너뛰기"
    HOME: Final = "처음 화면"
    FOOT_LABEL: Final = "안내"
    POWERED_BY: Final = "기사 검색 엔진 Gisa"
    API_LINK: Final = "개발자용 API"

    # First page
    HOME_TITLE: Final = "기사 검색"
    HOME_COUNT: Final = "{since}부터 {until}까지, 기사 {count}건을 찾아볼 수 있습니다."
    HOME_NEWEST: Final = "새 기사"
    HOME_SECTIONS: Final = "분야별 기사"
    HOME_EMPTY_TITLE: Final = "아직 담긴 기사가 없습니다"
    HOME_EMPTY: Final = "아래 명령으로 기사를 담으면 바로 찾아볼 수 있습니다."
    HOME_EMPTY_ADD: Final = "가진 기사 파일(JSONL, CSV)이나 RSS 주소를 담습니다."
    HOME_EMPTY_DEMO: Final = "먼저 둘러보고 싶다면, 보기 신문이 담긴 화면을 엽니다."

    # Results
    VARIANTS: Final = "함께 찾은 말"
    VARIANT_OFF: Final = "빼기"
    VARIANT_OFF_LABEL: Final = "‘{variant}’ 빼고 찾기"
    VARIANT_ON: Final = "다시 넣기"
    VARIANT_ON_LABEL: Final = "‘{variant}’ 다시 넣어 찾기"
    INSIDE: Final = "단어 안에서 찾은 {count}건"
    INSIDE_OFF: Final = "단어 안에서 찾은 기사 빼기"
    RESULT_TITLE: Final = "‘{query}’ 검색 결과"
    RESULT_COUNT: Final = "{total}건"
    RESULT_RANGE: Final = "{first}–{last}번째"
    RESULTS_LABEL: Final = "검색 결과"
    SORT: Final = "정렬"
    PERIOD: Final = "기간"
    SECTION: Final = "분야"
    ALL: Final = "전체"
    CUSTOM_RANGE: Final = "직접 입력"
    RANGE_FROM: Final = "시작일"
    RANGE_UNTIL: Final = "종료일"
    RANGE_APPLY: Final = "적용"
    RANGE_SINCE: Final = "{since}부터"
    RANGE_TO: Final = "{until}까지"
    RANGE_BOTH: Final = "{since} ~ {until}"
    RANGE_DAY: Final = "{since} 하루"
    MORE_SECTIONS: Final = "분야 더 보기"

    # Pages of results
    PAGES: Final = "결과 쪽"
    PAGE_PREVIOUS: Final = "이전"
    PAGE_NEXT: Final = "다음"
    PAGE_NUMBER: Final = "{number}쪽"
    BEYOND_TITLE: Final = "결과는 {last}쪽까지 있습니다"
    BEYOND: Final = "{page}쪽에는 보여 드릴 기사가 없습니다."
    BEYOND_LAST: Final = "마지막 쪽 보기"
    BEYOND_FIRST: Final = "첫 쪽 보기"

    # No result
    DID_YOU_MEAN: Final = "이것을 찾으셨나요?"
    NONE_TITLE: Final = "찾은 기사가 없습니다"
    NONE_FILTERED: Final = "아래 조건을 빼고 다시 찾아보세요."
    NONE_REMOVE: Final = "{condition} 빼고 찾기"
    NONE_REMOVE_ALL: Final = "조건 모두 빼고 찾기"
    TIPS: Final = "이렇게 찾아보세요"
    TIPS_NONE: Final = (
        "낱말 수를 줄이거나 더 짧은 낱말로 찾아보세요.",
        "맞춤법을 확인하거나 다른 표현으로 바꿔 보세요.",
    )
    TIPS_SYNTAX: Final = (
        ("AI센터 포항", "두 낱말이 모두 들어 있는 기사"),
        ('"국가 AI 센터"', "따옴표 안의 말이 그대로 들어 있는 기사"),
        ("반도체 -주가", "‘반도체’는 있고 ‘주가’는 없는 기사"),
        ("태풍 | 호우", "둘 중 하나라도 들어 있는 기사"),
        ("제목:선거", "제목에 들어 있는 기사"),
        ("2025-10-01..2025-12-31", "그 사이에 실린 기사"),
    )

    # One article
    BACK_TO_RESULTS: Final = "‘{query}’ 검색 결과로 돌아가기"
    BACK_HOME: Final = "처음 화면으로"
    MODIFIED: Final = "{when} 고침"
    CORRECTED: Final = "정정"
    CORRECTION: Final = "정정 내용"
    REMOVED: Final = "{when}에 삭제되었습니다."
    REMOVED_WHY: Final = "사유: {reason}"
    KEYWORDS: Final = "핵심어"
    ORIGINAL: Final = "원문 보기"
    PICTURE: Final = "기사 사진"

    # What a page says of parameters it could not use
    DATE_UNREAD: Final = "읽을 수 없는 날짜({value})를 빼고 찾았습니다. 2025-01-31처럼 적어 주세요."
    DATES_SWAPPED: Final = "시작일이 종료일보다 늦어 두 날짜를 바꾸어 찾았습니다."

    # The API's own page
    API_TITLE: Final = "개발자용 API"


SORT_LABELS: Final = {Sort.NEWEST: "최신순", Sort.OLDEST: "오래된순", Sort.RELEVANCE: "정확도순"}
PERIOD_LABELS: Final = {Period.WEEK: "1주", Period.MONTH: "1개월", Period.YEAR: "1년"}

PROBLEMS: Final = {
    "not-found": (
        "페이지를 찾을 수 없습니다",
        "주소가 바뀌었거나 없는 페이지입니다. 찾는 기사가 있다면 검색해 보세요.",
    ),
    "article-not-found": (
        "기사를 찾을 수 없습니다",
        "주소가 바뀌었거나 담기지 않은 기사입니다. 제목으로 검색해 보세요.",
    ),
    "article-removed": ("삭제된 기사입니다", "이 기사는 더는 볼 수 없습니다. 관련 기사를 검색해 보세요."),
    "method-not-allowed": ("열 수 없는 방식입니다", "주소를 직접 여는 대신 화면의 단추를 이용해 주세요."),
    "cross-site": (
        "요청을 확인할 수 없습니다",
        "다른 사이트에서 보낸 요청이라 처리하지 않았습니다. 이 화면에서 다시 시도해 주세요.",
    ),
    "too-large": ("요청이 너무 큽니다", "내용을 줄여 다시 시도해 주세요."),
    "invalid-parameters": ("요청을 이해하지 못했습니다", "주소에 담긴 값을 확인해 주세요."),
    "unavailable": ("지금은 검색할 수 없습니다", "잠시 뒤 다시 시도해 주세요. 기사는 안전하게 보관되어 있습니다."),
    "overloaded": ("지금 찾는 분이 많습니다", "잠시 뒤 다시 시도해 주세요."),
    "internal": ("문제가 생겼습니다", "잠시 뒤 다시 시도해 주세요. 같은 일이 되풀이되면 언론사에 알려 주세요."),
}
"""What an error page says: its heading and one sentence, by the problem's name in the API."""


class ExplainText:
    """Why a query finds an article, or why not. Braces are filled in with ``str.format``."""

    TITLE: Final = "왜 나오나요? 왜 안 나오나요?"
    LINK: Final = "왜 이 기사가 나왔나요?"
    ASK: Final = "이 기사가 어떤 검색어로 나오는지 알아보기"
    ASK_LABEL: Final = "검색어"
    ASK_BUTTON: Final = "알아보기"
    BACK: Final = "기사로 돌아가기"
    YES: Final = "나옵니다"
    NO: Final = "나오지 않습니다"
    PARTS: Final = "검색어를 이렇게 읽었습니다"
    HOLDS: Final = "맞음"
    LACKS: Final = "맞지 않음"
    TERMS: Final = "색인어"
    STREAM: Final = "글자"
    PAIR: Final = "첫 두 글자"
    VARIANTS: Final = "함께 찾은 말"
    PLACES: Final = "기사에서 이 글자가 있는 곳"
    SCORE: Final = "정확도 점수"
    SCORE_TOTAL: Final = "모두 더하면 {score}"

    NOTHING_TO_SEARCH: Final = "찾을 수 있는 글자가 없습니다. 한글, 영문, 숫자, 한자로 입력해 주세요."
    NOT_INDEXED: Final = "이 기사의 최근 내용은 아직 색인되지 않았습니다. 잠시 뒤 나옵니다."
    IS_HEADLINE: Final = "검색어가 이 기사의 제목과 같습니다."
    FOUND_ALL: Final = "검색어의 조건에 모두 맞는 기사입니다."
    FOUND_RELAXED: Final = (
        "모든 낱말이 들어 있는 기사가 없어, 조건 {of}개 가운데 {held}개에 맞는 이 기사를 보여 드립니다."
    )
    NOT_FOUND: Final = "이 기사보다 낱말이 더 많이 들어 있는 기사를 보여 드립니다."

    FOUND: Final = "이 기사에 있습니다."
    RULES: Final = {
        Rule.TERMS: "{field}에 이 낱말이 있습니다.",
        Rule.LETTERS: "{field}에 이 글자가 이어져 있습니다(띄어쓰기와 관계없이 찾습니다).",
        Rule.START: "{field}에서 낱말의 처음 두 글자가 같습니다.",
        Rule.VARIANT: "{field}에 같은 뜻으로 읽은 말이 있습니다: {by}",
        Rule.SHORTHAND: "{field}에 줄여 쓴 말이 있습니다: {by}",
    }
    FIELDS: Final = {"title": "제목", "body": "본문"}
    QUERY_FIELDS: Final = {"title": "제목", "body": "본문", "byline": "기자", "section": "분야"}
    NONE: Final = "없음"
    NOWHERE: Final = "‘{word}’{subject} 제목과 본문 어디에도 없습니다."
    NOT_IN_FIELD: Final = "‘{word}’{subject} {field}에 없습니다."
    OTHER_FIELD: Final = "{field}에는 있지만, 찾으라고 한 곳에는 없습니다."
    INSIDE_WORD: Final = "‘{word}’{topic} ‘{place}’ 안에만 있습니다: 두 글자 낱말은 낱말의 처음에서만 찾습니다."
    INSIDE_LETTERS: Final = "‘{word}’{topic} ‘{place}’ 안에만 있습니다: 영문과 숫자는 전체가 같아야 찾습니다."
    SYLLABLE: Final = "‘{word}’{topic} ‘{place}’ 안에만 있습니다: 한 글자 낱말은 따로 쓰인 것만 찾습니다."
    APART: Final = "‘{word}’의 글자는 ‘{place}’에 나뉘어 있습니다: 한 낱말로 이어진 것만 찾습니다."
    EXCLUDED: Final = "빼라고 한 ‘{word}’에 맞는 말이 이 기사에 있습니다."
    NOT_EXCLUDED: Final = "빼라고 한 ‘{word}’에 맞는 말이 없습니다."
    DAYS: Final = "게재일({value})이 기간 안입니다."
    OUTSIDE_DAYS: Final = "게재일({value})이 기간 밖입니다."
    SECTION: Final = "분야({value})가 같습니다."
    OTHER_SECTION: Final = "분야가 다릅니다. 이 기사의 분야: {value}"
    BYLINE: Final = "기자({value}) 이름이 맞습니다."
    OTHER_BYLINE: Final = "기자가 다릅니다. 이 기사의 기자: {value}"
    ONE_OF: Final = "이 가운데 하나 이상에 맞습니다."
    NONE_OF: Final = "이 가운데 어느 것에도 맞지 않습니다."
    ALL_OF: Final = "이 조건에 맞습니다."
    NOT_ALL_OF: Final = "이 조건에 모두 맞지는 않습니다."
    SCORES: Final = {
        ScoreSource.HEADLINE: "제목과 같음",
        ScoreSource.TITLE_PHRASE: "제목에 검색어 그대로",
        ScoreSource.TITLE_TERMS: "제목 낱말",
        ScoreSource.BODY_TERMS: "본문 낱말",
        ScoreSource.BODY_LETTERS: "본문 글자",
        ScoreSource.NEIGHBOURS: "본문에 나란히 있는 낱말",
        ScoreSource.NAMED_HEADLINE: "검색어에 제목이 모두 있음",
        ScoreSource.RECENCY: "최근 기사",
        ScoreSource.OTHER: "그 밖",
    }


_FINAL_DIGITS: Final = frozenset("013678")
_FINAL_LETTERS: Final = frozenset("lmnr")


def particle(word: str, after_final: str, after_vowel: str) -> str:
    """The particle that fits a word's last sound: ``particle("우정", "은", "는")`` → ``은``."""
    last = word[-1:].lower()
    if "가" <= last <= "힣":
        has_final = (ord(last) - ord("가")) % 28 > 0
    else:
        has_final = last in _FINAL_DIGITS or last in _FINAL_LETTERS
    return after_final if has_final else after_vowel
