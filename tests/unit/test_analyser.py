"""What the analyser makes of single words; each row is a rule of the module's docstring."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.text.analyser import MecabAnalyser, Nouns, RunMemo, TermsAndStarts, contribution, is_noun, parted

ANALYSER = MecabAnalyser()
NOUNS = Nouns(ANALYSER)


def contributed(*runs: str) -> TermsAndStarts:
    """What these runs give to a text's views."""
    return parted(contribution(run, ANALYSER, NOUNS) for run in runs)


CASES = {
    "particle dropped": ("서울시장은", "서울 시장 |", "서울 시장"),
    "compound split": ("대통령실은", "대통령 실 |", "대통"),
    "long compound": ("북한이탈주민", "북한 이탈 주민", "북한 이탈 주민"),
    "verb in its dictionary form": ("늘렸다", "늘리다", "늘렸"),
    "irregular verb": ("도왔다", "돕다", "도왔"),
    "adjective before a noun": ("노란봉투법", "노랗다 봉투 법", "노란 봉투"),
    "negating prefix stays": ("비급여", "비급여", "비급"),
    "negating part of a compound stays": ("미성년자에요", "미성년 자 |", "미성"),
    "what was not done": ("미분양이", "미분양 |", "미분"),
    "America is no negation": ("미대사", "미 대사", "미대 대사"),
    "not, before a verb": ("안돼", "안 되다", "안돼"),
    "the 수 of 할 수 있다": ("할수있다", "하다 수 있다", "할수 수있"),
    "a suffix begins nothing": ("대학생선교회", "대학 생 선교 회", "대학 선교"),
    "a meeting, not the suffix and a particle": ("정기회의", "정기 회의", "정기 회의"),
    "a syllable and a particle": ("법의", "법 |", "법의"),
    "a polite form": ("늘립니다", "늘리다", "늘립"),
    "a polite form of a verb that drops its ㄹ": ("팝니다", "팔다", "팝니"),
    "unplaced syllables kept together": ("에어팟이", "에어팟 |", "에어"),
    "unplaced syllables before nouns": ("나루항만공사", "나루 항만 공사", "나루 항만 공사"),
    "a name of surname and noun": ("배우정", "배우정", "배우"),
    "a name, its surname a common word": ("차우정", "차우정", "차우"),
    "not a name, for all its surname": ("손자녀", "손 자녀", "손자 자녀"),
    "a name the dictionary knows": ("심우정", "심우정", "심우"),
    "particle inside": ("서울에서부산까지", "서울 | 부산 |", "서울 부산"),
    "the particle 의": ("국민의", "국민 |", "국민"),
    "plural dropped": ("학생들이", "학생 |", "학생"),
    "other prefixes split": ("신기술", "신 기술", "신기 기술"),
    "vice is no negation": ("부회장", "부 회장", "부회 회장"),
    "the particle, not the end of a noun": ("미국의", "미국 |", "미국"),
    "the particle after a compound": ("지역사회의", "지역 사회 |", "지역 사회"),
    "a noun that does end so": ("대책회의", "대책 회의", "대책 회의"),
    "and": ("방안과", "방안 |", "방안"),
    "the suffix, not the end of a noun": ("홍보관을", "홍보 관 |", "홍보"),
    "no suffix after a prefix": ("재정비", "재 정비", "재정 정비"),
    "no particle before a last syllable": ("대회의실에서", "대 회의 실 |", "대회 회의"),
    "a dictionary form": ("잡히다", "잡히다", "잡히"),
    "a stem before a consonant": ("걸고", "걸다", "걸고"),
    "a changed stem before a vowel": ("걸었다", "걷다", "걸었"),
    "only a particle": ("의", "의", ""),
    "Latin": ("ai", "ai", ""),
}


@pytest.mark.parametrize(("run", "terms", "starts"), CASES.values(), ids=CASES.keys())
def test_terms(run: str, terms: str, starts: str) -> None:
    """A run gives these terms and starts, in article and query alike."""
    assert contributed(run).terms == terms
    assert [run[start : start + 2] for start in ANALYSER.analyse(run).starts] == starts.split()


@pytest.mark.parametrize(
    ("run", "starts"),
    [
        pytest.param("서울시장은", "", id="nouns"),
        pytest.param("대통령실은", "대통", id="the beginning of a longer noun"),
        pytest.param("노란봉투법", "노란", id="an adjective"),
        pytest.param("간다", "간다", id="a verb"),
        pytest.param("가다", "가다", id="a verb as its term, which is that of 간다, too"),
        pytest.param("법의", "법의", id="a syllable and a particle"),
        pytest.param("심우정", "심우", id="a name"),
        pytest.param("신기술", "신기", id="before a noun"),
    ],
)
def test_starts_leave_out_what_the_terms_say(run: str, starts: str) -> None:
    """A noun of two syllables that is a term of the run is not among its starts as well."""
    assert contributed(run).starts == starts.split()


@given(st.text(alphabet="가나다서울시장은의국민우정박했간법실", min_size=1, max_size=8))
def test_a_pair_is_among_the_starts_or_the_terms(run: str) -> None:
    """Whatever begins a run or a morpheme is found: by the starts, or by the term that a query for the pair asks for."""
    terms, starts = contributed(run)

    for start in ANALYSER.analyse(run).starts:
        pair = run[start : start + 2]
        assert pair in starts or (is_noun(pair, ANALYSER) and pair in terms.split())


@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=12))
def test_no_run_is_lost(run: str) -> None:
    """Every run of Hangul has a term, a start where it has two syllables, and spans inside it."""
    analysis = ANALYSER.analyse(run)

    assert analysis.terms
    assert all(0 <= term.start < term.end <= len(run) and term.text.strip() for term in analysis.terms)
    assert len(run) == 1 or 0 in analysis.starts
    assert " " not in "".join(term.text for term in analysis.terms)


@given(
    st.lists(
        st.sampled_from(["서울시장은", "늘렸다", "노란봉투법", "대통령실은", "|", "ai", "2026", "의", "%"]), max_size=8
    )
)
def test_contributions_of_runs_are_parted_again(runs: list[str]) -> None:
    """What runs contribute, joined, gives the terms and the starts of each in their order."""
    each = [contributed(run) for run in runs]

    assert contributed(*runs).terms == " ".join(one.terms for one in each)
    assert contributed(*runs).starts == [start for one in each for start in one.starts]


def test_memo_is_bounded_and_right() -> None:
    """The memo forgets its older half and still answers as the analyser does."""
    memo = RunMemo(ANALYSER, limit_bytes=4_000)
    words = [f"{syllable}센터" for syllable in "가나다라마바사아자차카타파하"] * 3

    for word in words:
        assert memo[word] == contribution(word, ANALYSER, NOUNS)

    assert len(memo) <= 10
