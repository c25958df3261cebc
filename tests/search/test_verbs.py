"""A word that is a noun and a form of a verb is the noun; the verb is counted and added on request."""

from __future__ import annotations

import pytest

from gisa.explanation import ReasonCode
from gisa.library import Library


@pytest.fixture
def both(library: Library) -> Library:
    """Articles with a noun that a verb's form is written like, with that form, and with others of the verb."""
    library.add(
        {"id": name, "title": "기록", "body": body, "published_at": f"2025-06-05T00:0{number}:00Z"}
        for number, (name, body) in enumerate(
            (
                ("noun", "아파트 하자 보수를 요구했다"),
                ("compound", "하자보수 보증금을 올린다"),
                ("particle", "하자를 숨긴 채 팔았다"),
                ("verb", "서로 돕기로 하자 모두 웃었다"),
                ("proposal", "다시 시작을 하자고 말을 꺼냈다"),
                ("past", "그는 노래를 했다"),
            )
        )
    )
    return library


def ids(library: Library, query: str, *, verbs: bool = False) -> set[str]:
    return {hit.article.id for hit in library.search(query, verbs=verbs).hits}


def test_the_noun_is_found_and_the_verb_counted(both: Library) -> None:
    """하자 finds defects, bare, before a particle and in a compound; forms of 하다 are promised exactly and come on request."""
    page = both.search("하자")

    assert ids(both, "하자") == {"noun", "compound", "particle"}
    assert page.verbs == 3
    assert ids(both, "하자", verbs=True) == {"noun", "compound", "particle", "verb", "proposal", "past"}
    assert both.search("하자", verbs=True).verbs is None


def test_compounds_meet_whatever_their_spacing(both: Library) -> None:
    """하자보수 and 하자 보수 find each other."""
    assert ids(both, "하자보수") == {"noun", "compound"}
    assert ids(both, "하자 보수") == {"noun", "compound"}


def test_the_verb_finds_its_form(both: Library) -> None:
    """하다 finds 하자 where it is the verb, and not the noun."""
    assert ids(both, "하다") == {"verb", "proposal", "past"}


def test_other_words_offer_no_verb(both: Library) -> None:
    """Nothing is promised for a word that is no verb's form, nor left out with an exclusion."""
    assert both.search("보수").verbs is None
    assert ids(both, "노래 -하자") == {"past"}
    assert ids(both, "노래 -하자", verbs=True) == {"past"}


def test_the_verb_is_given_as_the_reason(both: Library) -> None:
    """An article with the form alone says that it is a verb there."""
    [part] = both.explain("하자", "verb").parts

    assert part.reason.code is ReasonCode.AS_VERB


def test_a_noun_that_is_a_verbs_dictionary_form_is_the_noun(library: Library) -> None:
    """타다 finds the service of that name; forms of the verb are counted, come on request, and find each other."""
    library.add(
        {"id": name, "title": "기록", "body": body, "published_at": "2025-06-05T00:00:00Z"}
        for name, body in (
            ("noun", "차량 호출 서비스 타다 운영사"),
            ("particle", "타다를 불렀다"),
            ("form", "버스를 타다 다쳤다"),
            ("past", "자전거를 탔다"),
        )
    )

    assert ids(library, "타다") == {"noun", "particle"}
    assert library.search("타다").verbs == 2
    assert ids(library, "타다", verbs=True) == {"noun", "particle", "form", "past"}
    assert ids(library, "타고") == {"form", "past"}
