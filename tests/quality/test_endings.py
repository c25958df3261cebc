"""Every form of a word finds every other, through the public API: endings, irregular stems, contractions, particles."""

from __future__ import annotations

import pytest

from gisa.library import Library

WORDS = {
    "regular": "늘리다 늘렸다 늘린 늘릴 늘리는 늘려 늘리고 늘리기 늘림 늘렸으며 늘리겠다 늘렸습니다 늘리면서 늘리셨다",
    "ㅂ": "돕다 도왔다 돕는 도와 도울 돕고 도우며 도왔던",
    "ㅂ of an adjective": "아름답다 아름다운 아름다워 아름답게 아름다웠다 아름다움",
    "ㄷ": "걷다 걸었다 걷는 걷고 걸으며",
    "ㅅ": "짓다 지었다 짓는 짓고 지으며",
    "르": "부르다 불렀다 부르는 불러 부른",
    "러": "이르다 이르렀다 이르는",
    "ㅎ": "파랗다 파란",
    "우": "푸다 펐다 푸고",
    "ㄹ dropped": "만들다 만들었다 만드는 만든 만듭니다 만드시는",
    "으 dropped": "모으다 모았다 모으는 모아 모은",
    "여": "하다 했다 하였다 하여 하는 한다",
    "contracted": "되다 됐다 되었다 돼 된",
    "하다 of a noun": "발표하다 발표했다 발표하는 발표한 발표해 발표하였다 발표",
    "a vowel contracted": "높이다 높였다 높이는 높여",
    "particles": "혈당 혈당에서 혈당이 혈당은",
    "하다 of one syllable": "말하다 말했다 말하는 말한다 말하고 말해서 말합니다 말할",
    "하다 that the dictionary knows": "전하다 전했다 전하는 전한다 전하고",
    "지다 of an adjective": "높아지다 높아졌다 높아지는 높아진 높아집니다",
    "지다 that changes the stem": "어려워지다 어려워졌다 어려워지는 어려워진",
    "지다 that the dictionary knows": "숨지다 숨졌다 숨진다 숨져서 숨지는",
    "ㄴ다": "이끌다 이끈다 이끌었다 이끄는",
    "ㅂ니다": "바꾸다 바꿉니다 바꿨다 바꾼다 바꾸는",
    "a present that looks like two words": "다치다 다친다 다쳐서 다쳤다 다치는",
    "a passive": "잡히다 잡혔다 잡힌",
    "also another verb's form": "걸다 걸었다 걸고",
    "often another verb's form": "쓰다 썼다 쓰는 쓰고",
}
APART = [
    ("먹이다", "먹었다"),
    ("잡히다", "잡았다"),
    ("열리다", "열었다"),
    ("높이다", "높아졌다"),
    ("말하다", "말을 탔다"),
    ("피하다", "피해를 입었다"),
    ("전하다", "전을 부쳤다"),
    ("권하다", "권한을 줬다"),
    ("그리다", "그린 위에 섰다"),
    ("걸다", "걷는다"),
    ("걷다", "걸고 있다"),
]


@pytest.mark.parametrize("forms", WORDS.values(), ids=WORDS.keys())
def test_each_form_finds_each(library: Library, forms: str) -> None:
    """Whichever form is asked for, articles with any of them are found."""
    words = forms.split()
    library.add(
        {"id": word, "title": "기록", "body": f"그 일 {word}", "published_at": "2025-06-01T09:00:00+09:00"}
        for word in words
    )

    missed = [
        (query, word)
        for query in words
        for word in {*words} - {hit.article.id for hit in library.search(query, limit=100).hits}
    ]

    assert missed == []


@pytest.mark.parametrize(("query", "text"), APART)
def test_other_verbs_stay_apart(library: Library, query: str, text: str) -> None:
    """Passives and causatives, and verbs that share some forms, are not mixed up."""
    library.add([{"title": "기록", "body": text, "published_at": "2025-06-01T09:00:00+09:00"}])

    assert library.search(query).total == 0


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("돕다", "그를 도운 사람"),
        ("짓다", "새로 지은 집"),
        ("걷다", "오래 걸은 길"),
        ("채우다", "배를 채운 뒤"),
        ("세우다", "계획을 세울 때"),
        ("사라지다", "자취가 사라진 마을"),
        ("오르다", "값이 오를 전망"),
        ("정하다", "날짜를 정한 뒤"),
        ("향하다", "집으로 향한 발걸음"),
        ("잠그다", "문을 잠가서"),
        ("높다", "관심이 높아졌다"),
    ],
)
def test_forms_that_look_like_nouns(library: Library, query: str, text: str) -> None:
    """A verb finds the forms that are read as another word, and marks them."""
    library.add([{"title": "기록", "body": text, "published_at": "2025-06-01T09:00:00+09:00"}])
    page = library.search(query)

    assert page.total == 1
    assert page.hits[0].snippet.highlights
