"""Names for the same thing, found in words and phrases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.lexicon.variants.synonyms import parse_synonyms
from tests.said import reason_of

LINES = """\
# 기관
한국은행\t한은
헌법재판소\t헌재
선거관리위원회\t선관위
고위공직자범죄수사처\t공수처
연방준비제도\t연준\tFed
세계보건기구\tWHO\t세계 보건 기구
# 말
인공지능\tAI
연구개발\tR&D
챗GPT\tChatGPT\t챗지피티
케이팝\tK팝\tK-POP
코로나19\t코로나바이러스감염증-19\tCOVID-19
지속 가능한 발전 목표\tSDGs
애플리케이션\t앱
워싱턴 D.C.\t워싱턴DC
""".splitlines()
TABLE, REJECTS = parse_synonyms(LINES)


def texts(word: str, *boundaries: int) -> list[str]:
    return [variant.text for variant in TABLE.variants(word, boundaries=boundaries)]


FOUND = {
    "a whole word": ("헌재", (), ["헌법재판소"]),
    "the other way": ("헌법재판소", (), ["헌재"]),
    "in another case": ("ai", (), ["인공지능"]),
    "inside a word": ("국가ai센터", (), ["국가인공지능센터"]),
    "inside Hangul": ("초거대인공지능센터", (), ["초거대ai센터"]),
    "before a particle": ("한은의", (), ["한국은행의"]),
    "three syllables at the beginning": ("공수처장", (), ["고위공직자범죄수사처장"]),
    "three syllables at the end": ("중앙선관위", (), ["중앙선거관리위원회"]),
    "three syllables before a last particle": ("중앙선관위가", (), ["중앙선거관리위원회가"]),
    "two syllables that the analyser knows": ("한은총재", (2,), ["한국은행총재"]),
    "after 漢字": ("美연준", (), ["美연방준비제도", "美fed"]),
    "with a mark inside": ("r&d예산", (), ["연구개발예산"]),
    "two scripts": ("챗gpt열풍", (), ["chatgpt열풍", "챗지피티열풍"]),
    "ending in one syllable": ("k팝은", (), ["케이팝은", "k-pop은", "kpop은"]),
    "with a hyphen": ("k-pop", (), ["케이팝", "k팝", "kpop"]),
    "without its hyphen": ("kpop가수", (), ["케이팝가수", "k팝가수", "k-pop가수"]),
    "with a figure": ("코로나19확진", (), ["코로나바이러스감염증-19확진", "covid-19확진"]),
    "written together": ("지속가능한발전목표", (), ["sdgs"]),
    "a name with spaces": ("sdgs이행", (), ["지속 가능한 발전 목표이행"]),
    "a name and its gloss": ("인공지능(ai)센터", (), ["인공지능센터", "ai센터"]),
    "a single syllable": ("앱", (), ["애플리케이션"]),
    "a single syllable that the analyser knows": ("배달앱", (2,), ["배달애플리케이션"]),
    "to a single syllable": ("배달애플리케이션", (), ["배달앱"]),
    "a name that ends in a stop": ("워싱턴dc", (), ["워싱턴d.c"]),
    "two names": ("ai연구개발", (), ["ai r&d", "인공지능연구개발"]),
}


@pytest.mark.parametrize(("word", "boundaries", "expected"), FOUND.values(), ids=FOUND.keys())
def test_synonym(word: str, boundaries: tuple[int, ...], expected: list[str]) -> None:
    """A name is found where it can be a word of its own, and every other name of its group takes its place."""
    assert [text.replace(" ", "") for text in texts(word, *boundaries)] == [text.replace(" ", "") for text in expected]


NONE = {
    "a part of a Latin word": "airport",
    "a Latin word that ends so": "bonsai",
    "a part of a Hangul word": "무한은하",
    "two syllables that begin a word": "한은하수",
    "two syllables that end a word": "무한은",
    "three syllables in the middle": "중앙선관위원장",
    "a part of a figure": "코로나195",
    "a single syllable inside a word": "앱솔루트",
    "a single syllable that ends a word": "랩앱",
    "another word": "우정",
    "nothing": "",
    "marks": "·()",
}


@pytest.mark.parametrize("word", NONE.values(), ids=NONE.keys())
def test_no_synonym(word: str) -> None:
    """A name is not found where it is a part of another word."""
    assert texts(word) == []


def test_boundary_is_needed_on_both_sides() -> None:
    """A short name counts inside a word when the analyser parts it off on both sides."""
    assert texts("무한은하", 1) == []
    assert texts("전국한은지부", 2, 4) == ["전국한국은행지부"]


def test_phrases() -> None:
    """Words side by side that make up a name are found, the longest stretch, with their places."""
    found = [
        (first, end, variant.text) for first, end, variant in TABLE.phrases(["세계", "보건", "기구", "인공", "지능"])
    ]

    assert found == [(0, 3, "who"), (3, 5, "ai")]


def test_phrases_of_many_words() -> None:
    """The longest name says how many words side by side are worth trying; a name written apart is found."""
    assert TABLE.max_words == 4
    assert [variant.text for _, _, variant in TABLE.phrases(["지속", "가능한", "발전", "목표"])] == ["sdgs"]
    assert list(TABLE.phrases(["헌재"])) == []


def test_groups_that_share_a_name_are_one() -> None:
    """A chain of groups, and a circle of them, becomes one group without repeats."""
    table, rejects = parse_synonyms(["가나\t다라", "마바\t사아", "다라\t마바", "사아\t가나", "가나\t다라"])

    assert not rejects
    assert table.groups == (("가나", "다라", "마바", "사아"),)
    assert [variant.text for variant in table.variants("사아")] == ["가나", "다라", "마바"]


BROKEN = {
    "one name": ("혼자", "two different names"),
    "the same name twice": ("인공지능\t인공 지능", "two different names"),
    "marks only": ("가나\t···", "cannot be searched for"),
    "a sentence": ("가나\t다라, 마바", "cannot be searched for"),
    "one letter": ("가나\tB", "single letter"),
    "one figure": ("가나\t5", "single letter or figure"),
    "a name without end": ("가나\t" + "다" * 61, "longer than 60"),
    "too many names": ("\t".join(f"이름{number}" for number in range(41)), "at most 40"),
}


def test_a_group_may_have_forty_names() -> None:
    """As many as the message says, and each stands for the others."""
    table, rejects = parse_synonyms(["\t".join(f"이름{number}" for number in range(40))])

    assert rejects == []
    assert table.variants("이름0")


@pytest.mark.parametrize(("line", "reason"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_line_is_named(line: str, reason: str) -> None:
    """A broken line is reported with its number and what to do; the others count."""
    table, rejects = parse_synonyms(["# 우리 말", "", line, "나루시\t나루"], source="synonyms.txt")

    assert [reject.place for reject in rejects] == ["synonyms.txt:3"]
    assert reason in reason_of(rejects[0])
    assert [variant.text for variant in table.variants("나루")] == ["나루시"]


def test_lines_load_whole() -> None:
    """The lines of this test are all in order; a byte order mark and Windows line ends do no harm."""
    assert REJECTS == []
    assert parse_synonyms(["\ufeff가나\t다라\r\n"])[1] == []


@given(
    st.lists(st.text(alphabet="가나다 aK-&19\t#,", max_size=15), max_size=8),
    st.text(alphabet="가나다aK-&19은", max_size=12),
)
def test_any_lines_load(lines: list[str], word: str) -> None:
    """Whatever a paper's file holds, it loads, and every name of a group finds all the others."""
    table, rejects = parse_synonyms(lines)

    assert len(rejects) <= len(lines)
    assert all(variant.text for variant in table.variants(word))
    for group in table.groups:
        for name in group:
            others = {variant.text for variant in table.variants(name)}
            assert len(group) > 8 or others >= set(group) - {name}
