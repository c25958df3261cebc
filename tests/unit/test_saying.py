"""What Gisa says: both languages whole, the same values filled in, forms that fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from string import Formatter

import pytest

from gisa import errors
from gisa.explanation import ReasonCode, Rule, ScoreSource, VerdictCode
from gisa.language import Language
from gisa.messages import ConfigCode, Message
from gisa.model import SEOUL, MistakeCode, Notice, NoticeCode, Period, Sort, WithheldAs
from gisa.reports import MissReason
from gisa.saying.choosing import language_of_header, language_of_tag, language_of_terminal
from gisa.saying.english import ENGLISH
from gisa.saying.failures import say_failure
from gisa.saying.korean import KOREAN
from gisa.saying.notices import say_notice
from gisa.saying.reports_wording import MissText
from gisa.saying.speaker import WORDINGS, Speaker
from gisa.saying.wording import (
    FilterValueText,
    MistakeText,
    NoticeText,
    ReasonText,
    RuleText,
    ScoreText,
    SortText,
    VerdictText,
    WithheldText,
)
from gisa.web.problems import EVERY_PROBLEM

HANGUL = re.compile("[가-힣ㄱ-ㅣ]")
SPEAKERS = {language.value: Speaker(language) for language in Language}


def sentences(surface: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence below a surface, by its place."""
    if isinstance(surface, str):
        yield place, surface
    elif isinstance(surface, tuple):
        for number, each in enumerate(surface):
            yield from sentences(each, f"{place}[{number}]")
    elif is_dataclass(surface):
        for field in fields(surface):
            yield from sentences(getattr(surface, field.name), f"{place}.{field.name}")


def values(sentence: str) -> set[str]:
    """The names that a sentence fills in."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_every_language_has_a_wording() -> None:
    """A language that can be asked for can be spoken."""
    assert set(WORDINGS) == set(Language)


def test_every_sentence_of_one_language_exists_in_the_other() -> None:
    """The same places, none of them empty, with the same values to fill in."""
    korean, english = dict(sentences(KOREAN)), dict(sentences(ENGLISH))

    assert korean.keys() == english.keys()
    assert all(each.strip() for each in [*korean.values(), *english.values()])
    assert {place: values(korean[place]) for place in korean} == {place: values(english[place]) for place in english}


def test_english_holds_hangul_in_queries_alone() -> None:
    """What is Korean in English is a query that finds Korean articles, or what the desk writes in Korean: columns, words, names."""
    left = {place for place, said in sentences(ENGLISH) if HANGUL.search(said)}

    assert all(
        re.fullmatch(
            r"\.page\.tips_syntax\[\d+\]\[0\]|\.messages\..*|\.quotes\.none|\.page\.advanced_\w+_example", place
        )
        for place in left
    ), left


CODES = [
    pytest.param(NoticeCode, NoticeText, set(), id="notices"),
    pytest.param(MistakeCode, MistakeText, set(), id="mistakes"),
    pytest.param(WithheldAs, WithheldText, set(), id="withheld"),
    pytest.param(MissReason, MissText, set(), id="misses"),
    pytest.param(Sort, SortText, set(), id="sorts"),
    pytest.param(ReasonCode, ReasonText, {"found_by"}, id="reasons"),
    pytest.param(VerdictCode, VerdictText, {"lacks"}, id="verdicts"),
    pytest.param(Rule, RuleText, set(), id="rules"),
    pytest.param(ScoreSource, ScoreText, set(), id="scores"),
]


@pytest.mark.parametrize(("codes", "surface", "said_otherwise"), CODES)
def test_every_code_has_its_sentence(codes: type[Enum], surface: type, said_otherwise: set[str]) -> None:
    """And no sentence is left without a code."""
    assert {code.value for code in codes} - said_otherwise == {field.name for field in fields(surface)}


def test_every_period_has_its_name() -> None:
    """Beside flags of a search, which are named in the same place."""
    assert {period.value for period in Period} <= {field.name for field in fields(FilterValueText)}


def test_every_error_has_its_sentence() -> None:
    """Each class of the tree, and a class that nobody has foreseen as the one above it."""
    kinds = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.GisaError)]
    names = {re.sub("(?<!^)(?=[A-Z])", "_", kind.__name__).lower() for kind in kinds}

    class Unforeseen(errors.ConfigError):
        pass

    assert names == {field.name for field in fields(KOREAN.failures)}
    assert (
        say_failure(Unforeseen(Message(ConfigCode.FILE_MISSING), "x"), SPEAKERS["ko"])
        == "설정을 확인해 주세요: x: 그런 파일이 없습니다"
    )


def test_every_problem_has_its_page() -> None:
    """Heading and advice for whatever the API names."""
    names = {field.name for field in fields(KOREAN.problems)}

    assert {problem.name.replace("-", "_") for problem in EVERY_PROBLEM} == names


FORMS = {
    "a final consonant": ("ko", "{word}{word:은/는}", "우정", "우정은"),
    "a vowel": ("ko", "{word}{word:은/는}", "포도", "포도는"),
    "a digit read with a final": ("ko", "{word}{word:이/가}", "AI3", "AI3이"),
    "a digit read without": ("ko", "{word}{word:이/가}", "AI2", "AI2가"),
    "a letter read with a final": ("ko", "{word}{word:이/가}", "KTL", "KTL이"),
    "one": ("en", "{word} {word:article/articles}", 1, "1 article"),
    "none": ("en", "{word} {word:article/articles}", 0, "0 articles"),
    "thousands": ("en", "{word} {word:article/articles}", 12_345, "12,345 articles"),
    "thousands in Korean": ("ko", "{word}건", 12_345, "12,345건"),
    "braces in a value": ("en", "‘{word}’", "{0} {x}", "‘{0} {x}’"),
}


@pytest.mark.parametrize(("language", "sentence", "value", "said"), FORMS.values(), ids=FORMS.keys())
def test_forms_fit_what_is_filled_in(language: str, sentence: str, value: int | str, said: str) -> None:
    """Particles in Korean, singular and plural in English, numbers with their commas."""
    assert SPEAKERS[language].fill(sentence, word=value) == said


def test_a_notice_names_its_bound() -> None:
    """The limit that the query met stands in the sentence."""
    notice = Notice(NoticeCode.TOO_LONG, 500)

    assert say_notice(notice, SPEAKERS["ko"]) == "검색어가 길어 앞의 500자만 검색했습니다."
    assert say_notice(notice, SPEAKERS["en"]) == "The search is long: only its first 500 characters were used."


def test_days_and_times_are_written_as_newspapers_do() -> None:
    """In the zone of the time that is given."""
    day, moment = date(2025, 1, 3), datetime(2025, 1, 3, 0, 5, tzinfo=UTC).astimezone(SEOUL)

    assert (SPEAKERS["ko"].day(day), SPEAKERS["en"].day(day)) == ("2025년 1월 3일", "January 3, 2025")
    assert SPEAKERS["ko"].moment(moment) == "2025년 1월 3일 09:05"
    assert SPEAKERS["en"].moment(moment) == "January 3, 2025, 09:05"


TAGS = {
    "plain": ("en", Language.ENGLISH),
    "a region": ("en-GB", Language.ENGLISH),
    "a locale": ("ko_KR.UTF-8", Language.KOREAN),
    "capitals": ("KO", Language.KOREAN),
    "another language": ("fr", None),
    "a longer tag": ("eng", None),
    "nothing": ("", None),
    "C": ("C.UTF-8", None),
}


@pytest.mark.parametrize(("tag", "language"), TAGS.values(), ids=TAGS.keys())
def test_a_tag_names_a_language_that_is_spoken_or_none(tag: str, language: Language | None) -> None:
    """By its primary subtag alone."""
    assert language_of_tag(tag) is language


HEADERS = {
    "the first": ("ko-KR,ko;q=0.9,en;q=0.8", Language.KOREAN),
    "by weight": ("ko;q=0.3, en;q=0.7", Language.ENGLISH),
    "passing over others": ("fr, de;q=0.9, en;q=0.1", Language.ENGLISH),
    "refused": ("en;q=0", None),
    "a weight that is none": ("en;q=x, ko;q=0.1", Language.KOREAN),
    "a weight that is no number": ("en;q=nan", None),
    "none spoken": ("fr", None),
    "empty": ("", None),
    "endless": ("x," * 10_000 + "en", None),
}


@pytest.mark.parametrize(("header", "language"), HEADERS.values(), ids=HEADERS.keys())
def test_a_browser_is_answered_in_the_language_it_likes_best(header: str, language: Language | None) -> None:
    """Of those that are spoken; what is malformed counts for nothing."""
    assert language_of_header(header) is language


TERMINALS = {
    "LANG": ({"LANG": "ko_KR.UTF-8"}, Language.KOREAN),
    "LC_ALL first": ({"LANG": "ko_KR.UTF-8", "LC_ALL": "en_US.UTF-8"}, Language.ENGLISH),
    "LC_MESSAGES before LANG": ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ko_KR.UTF-8"}, Language.KOREAN),
    "an empty one is not set": ({"LANG": "ko_KR.UTF-8", "LC_ALL": ""}, Language.KOREAN),
    "C": ({"LANG": "C.UTF-8"}, Language.ENGLISH),
    "nothing": ({}, Language.ENGLISH),
}


@pytest.mark.parametrize(("environment", "language"), TERMINALS.values(), ids=TERMINALS.keys())
def test_a_command_speaks_the_terminal_s_language(environment: dict[str, str], language: Language) -> None:
    """As POSIX orders the variables; English where they name none that is spoken."""
    assert language_of_terminal(environment) is language
