"""Cutting a text in normal form into runs of one script and barriers. Does not analyse them.

A *run* is a stretch of 한글, 漢字, digits (thousands separators belong to the number), jamo or other letters. Spaces and
most marks vanish; sentence punctuation becomes the barrier ``|``, over which no phrase may match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from gisa.text import hanja
from gisa.text.hangul import is_hangul
from gisa.text.stretches import LONGEST

BARRIER: Final = "|"
JOIN: Final = "\x02"
"""Between two runs of 한글 that no space parts (아·태); ``cut_closed`` alone gives it."""

SIGNS: Final = frozenset("% + ++ +++ # - $ € £ ¥ ₩".split())
"""Marks that are runs of their own where they make the word: 50%, C++, C#, Rh-, 디즈니+, $100. ``C`` finds C++, not the reverse."""

HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""漢字, as the inside of a regular expression's class."""
_MARKS: Final = "!?,;…\n|▲△▶▷▼▽■□◆◇●○★☆※\u2026\u3002\u3001\u2028\u2029"
_ENDS: Final = r"(?=(?:(?:는|은|가|이|를|을|의|에|에서|로|와|과|도|형|등급|학점|급)(?![가-힣]))|[^a-z0-9가-힣+\#]|\Z)"  # what ends a name
_RUN: Final = re.compile(
    rf"""[ ]?(                                    # the space before it: 65 µs for 1,200 characters, not 109
      [가-힣]{{1,{LONGEST}}}                        # longer ones are cut: no word is
    | {JOIN}
    | \d{{1,3}}(?:,\d{{3}})+(?![\d,])             # 20,000,000
    | \d+
    | (?:(?<=\d)|(?<=\d[ ])|\A)%                 # 50% is not any 50
    | (?<![a-z0-9])[.:](?=.)|[.:](?![a-z0-9])     # the marks of 10.1, U.S. and 10:30 do not part
    | [{_MARKS}]
    | [{HAN}]{{1,{LONGEST}}}
    | [ㄱ-ㅎㅏ-ㅣ]+
    | [\u3040-\u30ff]+                            # kana
    | (?:(?![가-힣ㄱ-ㅣ\u3040-\u30ff{HAN}])[^\W\d_])+   # Latin and every other alphabet
    | (?=[+\#$€£¥₩-])(?:
        (?<=[a-z0-9가-힣])\+{{1,3}}{_ENDS}        # C++, 1++, S24+, 디즈니+
      | (?<=[a-z])\#{_ENDS}                      # C\#
      | (?:(?<=\b[a-z])|(?<=\b[a-z][a-z]))-(?![\w-])  # Rh-
      | [$€£¥₩](?=\d)                            # $100
      )
    )""",
    re.VERBOSE,
)
_BESIDE: Final = rf"[^\w\s{HAN}{_MARKS}.:*%+#$€£¥₩]"
"""A mark that may stand between two runs without parting them. The patterns begin with it and look back from there: 20 µs
for 1,000 characters, where looking behind first takes 30."""
_NO_FORM: Final = r"(?<!\([주사재유]\))"
"""(사)전남협회 and (주)기사 are no 사전 and 주기: the form of a body or company is a word by itself."""
_CLOSED: Final = re.compile(rf"{_BESIDE}(?<=[가-힣]{_BESIDE}){_NO_FORM}{_BESIDE}*+(?=[가-힣])")
_CLOSED_BY_HAN: Final = re.compile(rf"{_BESIDE}(?<=[가-힣{HAN}]{_BESIDE}){_NO_FORM}{_BESIDE}*+(?=[가-힣{HAN}])")
_BARRIERS: Final = dict.fromkeys(f"{_MARKS}.:", BARRIER)
_HAN_RUN: Final = re.compile(f"[{HAN}]+")
_NOT_HAN_BYTES: Final = bytes({*range(0x100)} - {*range(0x34, 0xA0), 0xF9, 0xFA, *range(0xD8, 0xDC)})
"""High bytes of UTF-16 units that no 漢字 has (``holds_han`` may take a rare other character for one, never the reverse)."""
_ODD: Final = re.compile("[^\x00-\x7f가-힣·\u2000-\u206f\u3001\u3002\u3008-\u3011]")
"""漢字, kana, ½, ⅲ, é: a text without any of them is cut in half the time."""


def cut(normal: str) -> list[str]:
    """The runs of a text in normal form, in order, with 漢字 read as 한글; every barrier is a ``|`` of its own.

    ``ai 센터 유치, 아·태`` → ``["ai", "센터", "유치", "|", "아", "태"]``; ``20,000원`` → ``["20000", "원"]``;
    ``李대통령`` → ``["이", "대통령"]``.
    """
    return _cut(normal.replace(JOIN, " ") if JOIN in normal else normal)


def cut_closed(normal: str) -> list[str]:
    """The same runs with a ``JOIN`` between two of 한글 that no space parts: ``아·태 지역`` → ``["아", JOIN, "태", "지역"]``."""
    clean = normal.replace(JOIN, " ") if JOIN in normal else normal
    if not holds_han(clean):
        return _cut(_CLOSED.sub(JOIN, clean))
    return _cut(_HAN_RUN.sub(_joined, _CLOSED_BY_HAN.sub(JOIN, clean)))


def _joined(han: re.Match[str]) -> str:
    """A run of 漢字 with a ``JOIN`` wherever 한글 is attached to it."""
    text, (start, end) = han.string, han.span()
    before = JOIN if start and is_hangul(text[start - 1]) else ""
    after = JOIN if is_hangul(text[end : end + 1]) else ""
    return f"{before}{han[0]}{after}"


def _cut(normal: str) -> list[str]:
    found: list[str] = _RUN.findall(normal)
    runs = list(map(_BARRIERS.get, found, found))
    if any(part[:1].isdigit() for part in normal.split(",")[1:]):
        runs = [run.replace(",", "") for run in runs]
    if _ODD.search(normal):
        odd = {run for run in set(runs) if not (is_hangul(run[0]) or "a" <= run[0] <= "z" or run[0].isdigit())} - {JOIN}
        for place in [place for place, run in enumerate(runs) if run in odd]:
            run = runs[place]
            if is_han(run[0]):
                runs[place] = _read(run, place > 0 and runs[place - 1].isdigit())
            elif run not in SIGNS and not run[0].isalpha():
                runs[place] = BARRIER
    return runs


def cut_with_spans(normal: str) -> list[tuple[str, int, int]]:
    """The same runs with the span of the normal form that each covers (characters)."""
    spans = [match.span(1) for match in _RUN.finditer(normal.replace(JOIN, " "))]
    return [(run, start, end) for run, (start, end) in zip(cut(normal), spans, strict=True)]


def read_han(normal: str) -> str:
    """The text with every 漢字 read as 한글, as long as before, so that offsets hold."""
    return _HAN_RUN.sub(_read_match, normal) if holds_han(normal) else normal


def other_han_readings(normal: str) -> Iterator[tuple[int, int, str]]:
    """Where a text has 漢字 with a second reading, and that reading: ``更新`` is read 갱신 and gives ``(0, 2, "경신")``."""
    for match in _HAN_RUN.finditer(normal):
        for reading in hanja.other_readings(match[0]):
            yield *match.span(), reading


def holds_han(text: str) -> bool:
    """Whether any character of the text is 漢字.

    Looks at the high bytes of its UTF-16 alone: 2 µs for an article of 1,200 characters, where a pattern takes 6.
    """
    return bool(text.encode("utf-16-le", "surrogatepass")[1::2].translate(None, _NOT_HAN_BYTES))


def _read_match(match: re.Match[str]) -> str:
    start = match.start()
    return _read(match[0], start > 0 and match.string[start - 1].isdigit())


def forget_readings() -> None:
    """Empty the cache of 漢字 that were read, which holds queries' words, too."""
    _read.cache_clear()


@lru_cache(maxsize=10_000)
def _read(run: str, after_digit: bool) -> str:
    return hanja.read(run, after_digit=after_digit)


def is_han(character: str) -> bool:
    """Whether the character is 漢字."""
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )
