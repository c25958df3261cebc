"""What lone 漢字 stand for in a Korean text: 美연준 is 미국 연준, 李대통령 the president of the day. Reads no other 漢字.

Headlines write one character for a country, a party or an office, and a surname before a title. It is shorthand only where
it stands alone: a longer run of 漢字 is a word (中東, 北韓) and is read as such elsewhere, unless all of it are countries
(韓美日), perhaps after a prefix (對中, 訪美), or a surname goes on with its title (李大統領).

1. A character directly after 한글, a letter or a figure is a part of that word (회의中, 15日), except where the table says
   뒤 (20대女) and after prefixes (주한美대사).
2. A character alone in brackets is a numbering or a weekday: (日), <中>.
3. The table's own conditions (比 is 필리핀 only before what the Philippines have; 전년比 is not).
4. A surname before a title is its holder on the article's day, with 前 or 전 the one before. Alone it is the head of state
   whom headlines call so, and only between marks or spaces, never before another title (尹 장관).
5. A holder comes before a country: 韓총리 is 한덕수 in 2023, and 한국 on a day without a 총리 of that name.

A character that stands for its own reading (前 전, 反 반) gives nothing: the text is read so anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from gisa.lexicon.variants.edges import ends_noun
from gisa.lexicon.variants.holders import HolderTable, packaged_holders
from gisa.lexicon.variants.variant import Variant, VariantKind, distinct, replaced, table_lines
from gisa.text import hanja
from gisa.text.hangul import is_hangul
from gisa.text.runs import HAN, is_han, read_han

Expansion = tuple[int, int, str, VariantKind]
"""A span of the text (characters, end exclusive), the word it stands for there, and why."""

"""漢字 of the first plane only: no shorthand lies beyond it, and the search takes 3 µs for 900 characters instead of
20."""
_PREFIXES: Final = frozenset("對反親脫訪駐在抗嫌知")
_NOT_COUNTRIES: Final = frozenset(
    "北韓 南韓 北美 南美 中美 北中美 中南美 西獨 北西 西北 南西 西南 中西 北南 南北 日中韓日 北印 南印 北英 中露日 比日 日比".split()
)
"""Runs of country characters that are a word of their own."""
_AFTER_HANGUL: Final = re.compile(r"(?:주한|주일|주중|주미|(?<![가-힣])(?:방|대|반|친|탈|재|전|현))$")
_BARE_NOUN: Final = re.compile("(?![은는이가을를에의와과도로서한된할며고만께])[가-힣] $")
_BRACKETS: Final = frozenset(("()", "<>", "[]", "〈〉", "《》", "【】", "〔〕", "（）"))
_FORMER: Final = frozenset("前故")
_TITLE_GOES_ON: Final = re.compile(
    "실|측|직|께|님|취임|사퇴|사임|체제|발언|주재|담화|해임|지명|탄핵|후보자?(?![가-힣])|내정자"
)
_LONE_BEFORE: Final = re.compile(
    "측|정부|정권|탄핵|파면|체포|구속|석방|기소|소환|지지율|재판|취임|관저|사저|변호인|당선|임기|개각|心|표 |발언|담화|거부권|특사|정상회담"
)
"""What follows a surname directly where the surname alone is the president: 尹측, 李정부."""
_OTHER_TITLES: Final = re.compile(
    "전 |대표|총리|부총리|의원|장관|차관|시장|지사|도지사|군수|구청장|회장|부회장|사장|부사장|원장|위원|의장|교수|감독|선수|코치|총장|청장|"
    "실장|수석|비서관|대변인|판사|검사|재판관|변호사|기자|씨|양|군|모|전무|상무|이사|행장|총재|후보|대사|본부장|단장|처장|국장|과장|"
    "박사|작가|사무총장|원내대표|최고위원|당선인|대행|권한대행|여사|부장|팀장|대법관|검찰총장|경호처장|목사|신부|스님|배우|가수|화백|옹"
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the table."""

    words: tuple[str, ...]
    country: bool
    after_hangul: bool
    after_particle: bool
    only_before: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    not_with: frozenset[str]
    not_after: tuple[str, ...]


@lru_cache(maxsize=1)
def _table() -> dict[str, _Entry]:
    entries: dict[str, _Entry] = {}
    for line in table_lines("shorthand.tsv"):
        if not line or line.startswith("#"):
            continue
        character, words, conditions = [*line.split("\t"), ""][:3]
        given = {condition[0]: condition[1:] for condition in conditions.split()}
        entries[character] = _Entry(
            words=tuple(words.split("|")),
            country="나" in given,
            after_hangul="뒤" in given,
            after_particle="조" in given,
            only_before=re.compile(f" ?(?:{given['+']})") if "+" in given else None,
            not_before=re.compile(f" ?(?:{given['!']})") if "!" in given else None,
            not_with=frozenset(given["-"].split("|")) if "-" in given else frozenset(),
            not_after=tuple(given["~"].split("|")) if "~" in given else (),
        )
    return entries


def meanings(character: str) -> tuple[str, ...]:
    """What a character stands for in headlines, for a page's help: 美 → 미국, 女 → 여성, 여자; empty when nothing."""
    entry = _table().get(character)
    return entry.words if entry else ()


def shorthand_words() -> Iterator[tuple[str, str]]:
    """Every word that headlines shorten, with its character: ``("미국", "美")``."""
    for character, entry in _table().items():
        for word in entry.words:
            if word != hanja.read(character):
                yield word, character


def expansions(text: str, *, published: date | None, holders: HolderTable | None = None) -> Iterator[Expansion]:
    """Where a text in normal form uses shorthand, in order: ``美연준 "동결"`` gives ``(0, 1, "미국", SHORTHAND)``.

    ``published`` is the article's day in Asia/Seoul and decides who holds an office; None: only what has no dates.
    ``holders`` is the packaged table unless a paper's own is given. A character with several meanings gives each.
    """
    people = packaged_holders() if holders is None else holders
    initials = tuple(known for known in people.initials if known in text)
    for match in _candidates(initials).finditer(text):
        start, end = match.span()
        if not is_han(match[0][0]):
            name = _holder_at(text, start, end, end, published, people)
            if name:
                yield start, end, name, VariantKind.HOLDER
            continue
        held = _held(text, start, end, published, people)
        if held is not None:
            yield held
        else:
            yield from _shorthand(text, start, end)


def shorthand_variants(word: str, *, on: date | None, holders: HolderTable | None = None) -> Iterator[Variant]:
    """A query word with its shorthand read, as ``expansions`` reads a text of that day: 美연준 → 미국연준."""
    found = expansions(word, published=on, holders=holders)
    return distinct(word, (replaced(kind, word, start, end, by=name) for start, end, name, kind in found))


@lru_cache(maxsize=8)
def _candidates(initials: tuple[str, ...]) -> re.Pattern[str]:
    """Runs of 漢字, and these initials where they stand alone (not the 100 of 100mb)."""
    known = "|".join(map(re.escape, initials))
    return re.compile(f"[{HAN}]+" + (rf"|(?<![a-z0-9&-])(?<![0-9] )(?:{known})(?![a-z0-9&-])" if known else ""))


@lru_cache(maxsize=8)
def _title(titles: tuple[str, ...]) -> re.Pattern[str]:
    known = "|".join(map(re.escape, titles)) or "(?!)"
    return re.compile(rf" ?(?P<former>전 ?)?(?:국무(?=총리))?(?P<title>{known})")


def _held(text: str, start: int, end: int, published: date | None, people: HolderTable) -> Expansion | None:
    """The holder whom a run of 漢字 names at its beginning: 李, 李大統領, 李前, 故朴, 習近平."""
    if _inside_word(text, start) or _in_brackets(text, start, end):
        return None
    former = False
    if text[start] in "前故現" and end - start > 1:
        former = text[start] in _FORMER
        start += 1
    for length in range(min(end - start, 4), 1, -1):
        if text[start : start + length] in people.surnames:
            name = _holder_at(text, start, start + length, end, published, people)
            return (start, start + length, name, VariantKind.HOLDER) if name else None
    if text[start] not in people.surnames:
        return None
    name = _holder_at(text, start, start + 1, end, published, people, former=former)
    return (start, start + 1, name, VariantKind.HOLDER) if name else None


def _holder_at(
    text: str, start: int, end: int, run_end: int, published: date | None, people: HolderTable, *, former: bool = False
) -> str | None:
    """Who is meant by the surname from ``start`` to ``end``; its run of 漢字 must be over, or go on with a title."""
    surname = text[start:end]
    after = read_han(text[start : end + 24])[end - start :]
    match = _title(people.titles).match(after)
    if match is not None and (surname, match["title"]) not in people.holdings and end - start == 1:
        match = None
    if match is not None and end + match.end() >= run_end:
        title = match["title"]
        rest = after[match.end() :]
        if title != "대통령" and not ends_noun(rest) and not _TITLE_GOES_ON.match(rest):
            return None
        if former or match["former"]:
            return people.former_holder(surname, title, published) if published else None
        return people.holder(surname, title, published) or (
            people.holder(surname, "", None) if end - start > 1 else None
        )
    if end < run_end and not _LONE_BEFORE.match(after):
        return None
    if end - start == 1 or not is_han(surname[0]):
        goes_on = is_hangul(after[:1])
        if (
            former
            or (goes_on and not (ends_noun(after) or _LONE_BEFORE.match(after)))
            or _OTHER_TITLES.match(after.lstrip())
        ):
            return None
    return people.holder(surname, "", published)


def _shorthand(text: str, start: int, end: int) -> Iterator[Expansion]:
    """What a run of 漢字 stands for by the table: one character, or countries side by side."""
    table = _table()
    if end - start == 1 or text[start:end] in table:
        entry = table.get(text[start:end])
        if entry is not None and _applies(entry, text, start, end):
            yield from _each(text, start, end, entry)
        return
    first = start + 1 if text[start] in _PREFIXES else start
    countries = [table.get(character) for character in text[first:end]]
    if text[first:end] in _NOT_COUNTRIES or _inside_word(text, start):
        return
    if end - first <= 5 and all(entry is not None and entry.country for entry in countries):
        for place, entry in enumerate(countries, first):
            if entry is not None:
                yield from _each(text, place, place + 1, entry)


def _each(text: str, start: int, end: int, entry: _Entry) -> Iterator[Expansion]:
    reading = hanja.read(text[start:end])
    for word in entry.words:
        if word != reading:
            yield start, end, word, VariantKind.SHORTHAND


def _applies(entry: _Entry, text: str, start: int, end: int) -> bool:
    """Whether the conditions of this module and of the table's line hold for a lone character."""
    if _in_brackets(text, start, end) or (
        _inside_word(text, start) and not (entry.after_hangul and _after_hangul(text, start))
    ):
        return False
    if entry.after_particle and _BARE_NOUN.search(text, max(0, start - 3), start):
        return False
    after = text[end : end + 12]
    if entry.only_before is not None and not entry.only_before.match(after):
        return False
    if entry.not_before is not None and entry.not_before.match(after):
        return False
    if entry.not_after and text[max(0, start - 8) : start].rstrip().endswith(entry.not_after):
        return False
    return not any(after.startswith(part) and ends_noun(after[len(part) :]) for part in entry.not_with)


def _inside_word(text: str, start: int) -> bool:
    """True if 한글, a letter or a figure stands directly before the character (except 주한, 방 and the like)."""
    if start == 0 or not text[start - 1].isalnum():
        return False
    return not _AFTER_HANGUL.search(text, max(0, start - 3), start)


def _after_hangul(text: str, start: int) -> bool:
    return is_hangul(text[start - 1])


def _in_brackets(text: str, start: int, end: int) -> bool:
    return start > 0 and text[start - 1] + text[end : end + 1] in _BRACKETS
