"""The words by which speech is told in Korean news: verbs, nouns of speech, titles, surnames. Lists of our own making."""

from __future__ import annotations

from typing import Final

SURNAMES: Final = frozenset(
    "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 전 홍 유 고 문 양 손 배 백 허 남 심 노 하 곽 성 차 주 우 구 나 민 류 진 지 "
    "엄 채 원 천 방 공 현 함 변 염 여 추 도 소 석 선 설 마 길 연 위 표 명 기 반 라 왕 금 옥 육 인 맹 제 모 탁 국 어 은 편 용 예 경 봉 "
    "사 부 황보 남궁 제갈 사공 선우 서문 독고 동방 감 단 빈 피 범 두 옹 탄 견 간 태 여 계 시 좌 갈 형 승 화 팽 호 복 목 상 개 군 "
    "갈 곡 빙 동방 가 야 필 내 묵 돈 점 십 초 만 매 순 운 창 누 동 려 리 량 림".split()
)
"""Surnames of Korea, the rare ones too. Public record (the census of 2015); a given name or a title has to follow."""

TITLES: Final = frozenset(
    "대통령 총리 장관 차관 처장 청장 시장 군수 지사 도지사 구청장 교육감 의원 시의원 도의원 구의원 의장 부의장 대표 원내대표 위원장 위원 비대위원장 사무총장 "
    "대변인 후보 후보자 당선인 당선자 수석 비서관 비서실장 실장 국장 과장 팀장 부장 차장 계장 주무관 서기관 사무관 정책관 심의관 담당관 감사관 연구관 "
    "회장 부회장 이사장 이사 사장 부사장 전무 상무 본부장 지점장 지부장 지회장 대리 주임 최고경영자 최고재무책임자 CEO CFO CTO 창업자 총재 행장 은행장 "
    "총장 부총장 학장 교수 명예교수 석좌교수 박사 연구원 연구위원 선임연구원 원장 소장 센터장 관장 단장 학예사 교사 교장 교감 강사 "
    "판사 부장판사 검사 검사장 부장검사 검찰총장 대법관 재판관 변호사 법무사 노무사 회계사 경위 경감 경정 총경 경무관 서장 소방장 소방위 소방관 "
    "감독 코치 선수 주장 단원 지휘자 배우 가수 작가 소설가 시인 화가 평론가 감독관 해설위원 기자 특파원 앵커 아나운서 프로듀서 PD "
    "읍장 면장 동장 교육장 대장 점장 권한대행 총괄관 직무대행 이장 통장 선장 조합장 노조위원장 간사 사무국장 국장 활동가 운동가 대리인 사무처장 집행위원장 심사위원장 "
    "신부 목사 스님 주교 추기경 교무 할머니 할아버지 어르신 여사 선생 선생님 씨 군 양 옹 님 예보관 전문의 간호사 약사 의사 병원장 재판장 분석관 연구사 심판 공격수 수비수 미드필더 골키퍼 투수 포수 타자 세터 스킵 사령탑 장사 "
    "연출가 지휘자 기타리스트 피아니스트 첼리스트 바이올리니스트 연주자 안무가 무용가 사진가 만화가 선원 어부 농부 수사관 간사 대변인 학예연구사 저자".split()
)
"""What may stand behind a name. A longer word that ends so is a title, too: 교통정책과장."""
_LONGEST_TITLE: Final = max(map(len, TITLES))
_ENDS_OF_TITLES: Final = frozenset(title[-1] for title in TITLES)
"""Most words end otherwise, and no part of them need be looked up."""

BODIES: Final = tuple(
    "부 처 청 시 도 구 소 원 대 단 회 당 사 과 국 실 측 은행 공사 공단 협회 연합 연대 학교 병원 법원 검찰 경찰 노조 위원회 재단 센터 그룹 전자 건설 "
    "증권가 증권 업계 학계 경영계 재계 정부 의회 재판부 업체 기업 언론 매체 신문 방송 통신 대사관 연구소 연구원 진흥원 박물관 미술관 도서관 네트워크 모임 기구 본부 지부 "
    "들 팀".split()
)
"""How the names of bodies end, of which a name of three syllables is told by them: 나루대, 소방청."""

SAYING: Final = (
    "말하|말했|말한|밝히|밝혔|밝힌|전하|전했|전한|설명|강조|주장|지적|비판|반박|해명|답하|답했|답변|대답|덧붙|당부|촉구|요구|호소|토로|하소연|고백|털어놓|"
    "털어놨|약속|다짐|선언|발표|예고|진술|증언|언급|평가|평했|분석|진단|전망|내다봤|내다보|예상|우려|경고|조언|제안|건의|주문|지시|명령|질문|물었|묻|되물|"
    "외치|외쳤|소리|속삭|중얼|고함|적었|적는|썼|올렸|남겼|인사|사과|축하|위로|격려|칭찬|치켜|자평|비꼬|꼬집|일침|쏘아|맞받|받아치|받아쳤|맞섰|반발|"
    "반문|일축|선을 그|못 박|잘라|단언|확언|장담|공언|귀띔|귀뜸|안내|소개|회상|회고|기억|떠올|판시|판단|선고|주문|결론|짚|했|한다|하였|이야기|얘기|"
    "말씀|입을 모|입장을|환영|기뻐|아쉬워|답답해|울먹|웃|강변|역설|당부|부탁|요청|권고|권했|고개를"
)
"""Beginnings of what tells that somebody spoke; joined by ``|``."""

VOICES: Final = (
    "지적 비판 목소리 반응 전망 의견 여론 우려 평가 관측 불만 민원 해석 분석 주장 설명 입장 호소 발언 말 논평 소감 뜻 취지 계획 방침 견해 탄식 환호 고함 "
    "하소연 제안 요구 답변 반박 해명 다짐 각오 당부 이야기 얘기 진술 판단 생각 의지 구상 시각 성토 볼멘소리 푸념 질문 물음 대답 인사 글 메시지 전언 "
    "공감대 원칙 결론 경고 조언 약속 포부 바람 지시 주문 문제의식 말씀 응답 후기 댓글 증언 고백 선언 후문 회고".split()
)
"""Nouns that stand for what was said, behind ``는``: “…”는 지적."""

UNSAID: Final = (
    "적힌 쓰인 써진 새겨진 새긴 붙은 걸린 인쇄된 불리 불렸 불린 부른 부르 불렀 이름 명명 읽 번역 표기 표현 제목 별명 문자 현수막 구호 주제 노래 책 영화 "
    "문구 글자 글귀 팻말 간판 슬로건 표어 단어 용어 호칭 꼬리표 수식어 칭호 곡 작품 소설 프로그램 행사 캠페인 안내문 대본 각본 말까지 별칭 속담 격언 뜻의 뜻이".split()
)
"""What follows words that nobody said, behind ``라고`` or ``라는``: “…”라고 적힌 종이."""

PASSIVE: Final = "나온 나왔 나오 제기 높 많 이어 있 우세 잇따 쏟아 커지 커졌 지배적 팽배 들린 들렸 터져 엇갈 일고 일었 빗발 고개를 끊이 거세 적지 확산 알려".split()
"""What follows a noun of speech that belongs to nobody: “…”는 지적이 나온다."""

GOING_ON: Final = "이어 또 또한 그러면서 다만 특히 아울러 이어서 그리고 그러나 하지만 반면 나아가 끝으로 마지막으로 계속해서 더불어 하지만 그래서".split()
"""Words that begin a sentence whose speaker is that of the sentence before."""

PRONOUNS: Final = frozenset(("그", "그녀"))
"""What stands for the person that was spoken of last."""

ROLES_OF_NOBODY: Final = frozenset(
    "업계 학계 시장 금융시장 정치권 안팎 일각 현장 온라인 누리꾼 방청석 재계 주변 항간".split()
)

NO_SUBJECTS: Final = frozenset(
    "이날 올해 내년 지난해 작년 오늘 내일 어제 당시 현재 최근 앞서 이번 이후 이전 것 게 데 때 등 수 점 바 줄 중 뿐 만큼 이곳 그곳 여기 저기 무엇 "
    "이것 그것 저것 나 저 우리 내 네 제 너 누구 이때 요즘 지금 결국 처음 마지막 문제 이유 원인 사실 다음 하나 사람의".split()
)
"""What a sentence may begin with and nobody is."""
PLACES_OF_SUBJECTS: Final = ("에서", "에게", "에", "으로", "까지", "부터", "보다", "만", "대해", "때문")
"""What a topic that is no subject ends in: 나루시에서는."""
SHORT_BODIES: Final = frozenset("시군구도당측")
"""Bodies of one syllable: 시는, 군은."""
HONORIFICS: Final = ("씨", "군", "양", "옹")


def title_of(word: str) -> str | None:
    """The title that a word is or ends with: 교통정책과장 is a 과장, 9단 itself; None if it is none."""
    if word[-1:] in _ENDS_OF_TITLES:
        for length in range(min(len(word), _LONGEST_TITLE), 1 if len(word) > 1 else 0, -1):
            if word[-length:] in TITLES:
                return word[-length:]
    return word if word.endswith("단") and word[:-1].isdigit() else None


DETERMINERS: Final = frozenset("다른 어느 어떤 모든 일부 여러 두 세 네".split())
"""What may begin a noun phrase so that it names nobody in particular: 다른 의원."""

PERSONS: Final = tuple(
    "관계자 소식통 주민 시민 국민 도민 군민 학생 대학생 학부모 보호자 관람객 관광객 방문객 참가자 참여자 참석자 수강생 수료생 봉사자 어르신 부부 아동 청소년 "
    "청년 농민 어민 농업인 상인 손님 고객 환자 유족 피해자 목격자 가해자 피의자 피고인 전문가 사람 주부 직장인 회사원 이웃 회원 조합원 노동자 직원 기사 "
    "주인 업주 세대주 아버지 어머니 부모 아들 딸 아이 남편 아내 당국자 담당자 책임자 기부자 운영자 이용자 소비자 투자자 이들 소장 대원 단원 부모님 동료 친구 "
    "자매 형제 가족 연구진 제작진 의료진 의원실 캠프 여당 야당".split()
)
"""How those end whom a paper does not name: 시 관계자, 한 주민."""
FORMER: Final = frozenset("전 현 신임 초대 前 現 임시".split())
"""What stands between a name and its title: 조국 전 수석."""


def can_speak(word: str) -> bool:
    """Whether a noun is one of somebody who can say something: a title, a body, persons."""
    return title_of(word) is not None or word.endswith((*PERSONS, *BODIES))
