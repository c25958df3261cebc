"""What the analyser makes of single words; each row is a rule of the module's docstring."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.text.analyser import MecabAnalyser
from gisa.text.contributions import (
    AskedTerms,
    RunMemo,
    TermsAndWords,
    asked_terms,
    contribution,
    parted,
    stands_as_phrase,
    words_over_joins,
)

ANALYSER = MecabAnalyser()
ASKED = AskedTerms(ANALYSER)


def contributed(*runs: str) -> TermsAndWords:
    """What these runs give to a text's views."""
    return parted(contribution(run, ANALYSER, ASKED) for run in runs)


def marked(run: str) -> str:
    """The run with ``[`` where a word may begin and ``]`` where one may end."""
    _, _, begins, ends = ANALYSER.analyse(run)
    marks = ["]" * (place in ends) + "[" * (place in begins) for place in range(len(run) + 1)]
    return "".join(mark + letter for mark, letter in zip(marks, [*run, ""], strict=True))


CASES = {
    "particle dropped": ("[서울][시]장]은]", "서울 시장 |"),
    "compound split": ("[대통령]실]은]", "대통령 실 |"),
    "long compound": ("[북한][이탈][주민]", "북한 이탈 주민"),
    "verb in its dictionary form": ("[늘렸]다]", "늘리다"),
    "irregular verb": ("[도왔]다]", "돕다"),
    "adjective before a noun": ("[노란][봉투][법]", "노랗다 봉투 법"),
    "negating prefix stays": ("[비급여]", "비급여"),
    "negating part of a compound stays": ("[미성년]자]에]요]", "미성년 자 |"),
    "what was not done": ("[미분양]이]", "미분양 |"),
    "America is no negation": ("[미][대사]", "미 대사"),
    "not, before a verb": ("[안][돼]", "안 되다"),
    "the 수 of 할 수 있다": ("[할][수][있]다]", "하다 수 있다"),
    "a suffix begins nothing": ("[대학]생][선교]회]", "대학 생 선교 회"),
    "a meeting, not the suffix and a particle": ("[정기][회의]", "정기 회의"),
    "a syllable and a particle": ("[법]의]", "법 |"),
    "a polite form": ("[늘립]니다]", "늘리다"),
    "a polite form of a verb that drops its ㄹ": ("[팝]니]다]", "팔다"),
    "unplaced syllables kept together": ("[에어팟]이]", "에어팟 |"),
    "unplaced syllables before nouns": ("[나][루][항만][공사]", "나루 항만 공사"),
    "a name of surname and noun": ("[배우정]", "배우정"),
    "a name, its surname a common word": ("[차우정]", "차우정"),
    "not a name, for all its surname": ("[손][자녀]", "손 자녀"),
    "a name the dictionary knows": ("[심우정]", "심우정"),
    "particle inside": ("[서울]에서][부산]까지]", "서울 | 부산 |"),
    "the particle 의": ("[국민]의]", "국민 |"),
    "plural dropped": ("[학생]들]이]", "학생 |"),
    "other prefixes split": ("[신][기술]", "신 기술"),
    "vice is no negation": ("[부][회]장]", "부 회장"),
    "the particle, not the end of a noun": ("[미국]의]", "미국 |"),
    "the particle after a compound": ("[지역][사회]의]", "지역 사회 |"),
    "a noun that does end so": ("[대책][회의]", "대책 회의"),
    "and": ("[방안]과]", "방안 |"),
    "the suffix, not the end of a noun": ("[홍보]관]을]", "홍보 관 |"),
    "no suffix after a prefix": ("[재][정비]", "재 정비"),
    "no particle before a last syllable": ("[대][회의]실]에서]", "대 회의 실 |"),
    "a dictionary form": ("[잡히]다]", "잡히다"),
    "a stem before a consonant": ("[걸]고]", "걸다"),
    "a changed stem before a vowel": ("[걸]었]다]", "걷다"),
    "only a particle": ("[의]", "의"),
    "Latin": ("[ai]", "ai"),
    "unknown to the dictionary": ("[두][쫀][쿠][열][풍]", "두 쫀쿠열풍"),
    "a place's suffix and who lives there": ("[서울][시민]", "서울 시민"),
    "two common nouns that the dictionary has as one": ("[체크][카드]", "체크카드"),
    "a loan that only looks like two": ("[프로그램]", "프로그램"),
    "two suffixes that are no word": ("[선거]구]제]를]", "선거 구 제 |"),
}


@pytest.mark.parametrize(("expected", "terms"), CASES.values(), ids=CASES.keys())
def test_terms_and_places(expected: str, terms: str) -> None:
    """A run gives these terms, and words may begin and end at these places of it, in article and query alike."""
    run = expected.replace("[", "").replace("]", "")

    assert contributed(run).terms == terms
    assert marked(run) == expected


@pytest.mark.parametrize(
    ("run", "words"),
    [
        pytest.param("서울시민은", "", id="terms say what stands there"),
        pytest.param("대통령실은", "", id="two terms side by side"),
        pytest.param("이번", "이번", id="two syllables whose terms are not relied on"),
        pytest.param("먹었다", "", id="a form that is read as its verb"),
        pytest.param("걸었다", "걸었", id="a form of two verbs"),
        pytest.param("공수처장", "공수처", id="up to a body's head"),
        pytest.param(
            "두쫀쿠열풍", "두쫀 두쫀쿠 두쫀쿠열 열풍 쫀쿠 쫀쿠열 쿠열 쿠열풍", id="any part of what is unknown"
        ),
        pytest.param("심우정", "", id="a name"),
    ],
)
def test_words_are_what_the_terms_do_not_say(run: str, words: str) -> None:
    """A run's words are those that a query would not find by terms."""
    assert contributed(run).words == words.split()


@given(st.text(alphabet="가나다서울시장은의국민우정박했간법실쿠", min_size=2, max_size=8))
def test_what_stands_between_boundaries_can_be_asked_for(run: str) -> None:
    """Each word of the run is found: as a term, as two terms side by side, by its own terms, or as one of the words.

    Three syllables or more whose terms are not relied on are looked for in the stream.
    """
    analysis = ANALYSER.analyse(run)
    terms, words = contributed(run)
    tokens = terms.split()
    pairs = {one.text + other.text for one, other in pairwise(analysis.terms) if one.end == other.start}

    for begin, end in product(analysis.begins, analysis.ends):
        word = run[begin:end]
        if len(word) < 2 or end > analysis.terms[-1].end:
            continue
        phrase = ASKED[word]
        is_stem = (begin, end) in {(term.start, term.end) for term in analysis.terms}  # of a verb
        assert (
            is_stem
            or word in tokens
            or word in pairs
            or any(word == run[one.start : other.end] for one, other in pairwise(analysis.terms))
            or stands_as_phrase(phrase, tokens)
            or word in words
            or (not phrase and len(word) > 2)
        )


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        (["아", "태"], ["아태"]),
        (["미", "군은"], ["미군", "미군은"]),
        (["유럽", "미국"], []),
        (["한", "國"], []),
        (["심리적", "정서적"], ["심리적정", "심리적정서적", "적정서적"]),
        (["영암몰", "이"], []),
        (["전남", "북"], ["전남북", "남북"]),
    ],
    ids=[
        "a dot",
        "漢字 before 한글",
        "two nouns say it",
        "漢字 without a reading",
        "no end of a run",
        "a particle",
        "half a run",
    ],
)
def test_words_go_over_joins(runs: list[str], words: list[str]) -> None:
    """Runs that no space parts make words together."""
    assert words_over_joins(runs, RunMemo(ANALYSER)) == words


@pytest.mark.parametrize(
    ("run", "terms"),
    [
        ("서울시장", ("서울", "시장")),
        ("서울에서부산까지", ("서울", None, "부산")),
        ("버카충", ()),
        ("두명", ("두", "명")),
        ("있다", ("있다",)),
    ],
)
def test_asked_terms(run: str, terms: tuple[str | None, ...]) -> None:
    """A query asks for a word by its terms, or not by terms at all where they say too little."""
    assert asked_terms(run, ANALYSER.analyse(run)) == terms


@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=12))
def test_no_run_is_lost(run: str) -> None:
    """Every run of Hangul has a term, begins and ends as a word, and has its places inside it and in order."""
    terms, _, begins, ends = ANALYSER.analyse(run)

    assert terms
    assert all(0 <= term.start < term.end <= len(run) and term.text.strip() for term in terms)
    assert begins[0] == 0
    assert ends[-1] == len(run)
    assert list(begins) == sorted(set(begins))
    assert list(ends) == sorted(set(ends))
    assert " " not in "".join(term.text for term in terms)


@given(
    st.lists(
        st.sampled_from(["서울시장은", "늘렸다", "이번", "노란봉투법", "대통령실은", "|", "ai", "2026", "의", "%"]),
        max_size=8,
    )
)
def test_contributions_of_runs_are_parted_again(runs: list[str]) -> None:
    """What runs contribute, joined, gives the terms and the words of each in their order."""
    each = [contributed(run) for run in runs]

    assert contributed(*runs).terms == " ".join(one.terms for one in each)
    assert contributed(*runs).words == [word for one in each for word in one.words]


def test_memo_is_bounded_and_right() -> None:
    """The memo forgets its older half and still answers as the analyser does."""
    memo = RunMemo(ANALYSER, limit_bytes=4_000)
    words = [f"{syllable}센터" for syllable in "가나다라마바사아자차카타파하"] * 3

    for word in words:
        assert memo[word] == contribution(word, ANALYSER, ASKED)

    assert len(memo) <= 10


@pytest.mark.parametrize("run", ["가鷗서", "나〇다", "鷗가鷗도", "졌", "지", "줬"])
def test_a_run_may_hold_a_character_without_a_reading(run: str) -> None:
    """A run in which a 漢字 could not be read is taken apart like any other."""
    assert MecabAnalyser().analyse(run).terms


@pytest.mark.parametrize(
    ("run", "terms"),
    [
        ("은행이자", ["은행", "이자"]),
        ("조합설립인가", ["조합", "설립", "인가"]),
        ("산업재해", ["산업", "재해"]),
        ("가수이자", ["가수"]),
        ("무엇인가", ["무엇"]),
        ("되풀이해", ["되", "풀이"]),
    ],
)
def test_a_noun_like_an_ending_is_one_behind_its_own_nouns(run: str, terms: list[str]) -> None:
    """이자 is interest behind money, 인가 a permit behind a deed, 재해 a disaster behind a compound; elsewhere endings."""
    assert [term.text for term in MecabAnalyser().analyse(run).terms] == terms


@pytest.mark.parametrize(
    ("run", "terms"),
    [
        ("연합회의", ["연합", "회"]),
        ("새마을부녀회의", ["새", "마을", "부녀", "회"]),
        ("국제회의", ["국제", "회의"]),
        ("대책회의", ["대책", "회의"]),
        ("화순만의", ["화순"]),
        ("팸투어의", ["팸", "투어"]),
        ("러시아로의", ["러시아"]),
        ("정부와의", ["정부"]),
        ("국회에서의", ["국회"]),
        ("고속도로의", ["고속", "도로"]),
        ("민주주의", ["민주", "주의"]),
        ("직고소하였고", ["직고", "소"]),
        ("당하였고", ["당하다"]),
        ("영유아들은", ["영", "유아"]),
        ("아들은", ["아들"]),
        ("초청자", ["초청", "자"]),
        ("대기업", ["대", "기업"]),
        ("조회수", ["조회", "수"]),
        ("남가수", ["남", "가수"]),
    ],
)
def test_a_noun_that_is_the_end_of_a_word_and_a_tail(run: str, terms: list[str]) -> None:
    """A body and its particle, 하다, the plural, a person or a number are no noun of their own behind a noun."""
    assert [term.text for term in MecabAnalyser().analyse(run).terms] == terms


@pytest.mark.parametrize(
    ("run", "terms"),
    [
        ("위원회의결정", ["위원", "회", "결정"]),
        ("구독자를보유하고", ["구독", "자", "보유"]),
        ("들은척도", ["들은", "척도"]),
    ],
)
def test_a_particle_behind_a_suffix_ends_the_word(run: str, terms: list[str]) -> None:
    """Where a space was forgotten, the particle behind a suffix of one syllable makes no word with it."""
    assert [term.text for term in MecabAnalyser().analyse(run).terms] == terms
