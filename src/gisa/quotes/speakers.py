"""Who a noun phrase names: a person by the full name, or a body or role as the paper calls it. Reads no sentences.

An article gives the full name once (김하늘 나루시장) and then the surname with a title (김 시장), or 그. ``People`` remembers
whom it has named. Where it names nobody by that surname, whoever held the office that day is meant, if the tables say.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Final, NamedTuple

from gisa.quotes.words import BODIES, FORMER, HONORIFICS, PRONOUNS, ROLES_OF_NOBODY, SURNAMES, can_speak, title_of
from gisa.text.dictionary import Dictionary
from gisa.text.hangul import is_hangul

HolderOf = Callable[[str, str], str | None]
"""Who held an office when the article was published: ``("이", "대통령")`` → 이재명; None if nobody is known to have."""


def no_holder(surname: str, title: str) -> str | None:
    """Nobody is known to have held an office."""
    del surname, title
    return None


_LETTERS: Final = frozenset("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ")
_MAYOR_OR_MARKET: Final = "시장"
_LONGEST_FOREIGN: Final = 4
"""Words of a foreign name: 루이스 이나시우 룰라 다시우바."""


class Speaker(NamedTuple):
    """Somebody who can have said something."""

    name: str
    """The full name of a person; or what a body or role is called: 교육부, 시 관계자, 최모씨."""
    is_person: bool
    """It is the name of one person."""


class _Named(NamedTuple):
    name: str
    title: str


class People:
    """The persons that an article has named so far. One for each article."""

    def __init__(self, dictionary: Dictionary, holder_of: HolderOf, look_back: Callable[[], None]) -> None:
        """``look_back`` reads what stands before, for the persons it names: only a short form needs to know them."""
        self._dictionary, self._holder_of, self._look_back = dictionary, holder_of, look_back
        self._by_surname: dict[str, dict[str, str]] = {}
        """By surname and title who was named last; the title that was named last stands last."""
        self._by_title: dict[str, set[str]] = {}
        self._last: Speaker | None = None

    def speaker(self, words: tuple[str, ...]) -> Speaker | None:
        """Whom the nouns name; None if that is nobody who can speak. Remembers persons."""
        if words[-1] in PRONOUNS:
            self._look_back()
            return self._last
        if (words[-1][0].isdigit() and self._title(words[-1]) is None) or (
            len(words) == 1 and words[0] in ROLES_OF_NOBODY
        ):
            return None
        words = self._apart(words)
        named = self._full_name(words)
        if named is not None:
            return self._remember(named)
        if len(words) == 1 and self._title(words[0]) == words[0]:
            self._look_back()
            holders = self._by_title.get(words[0], set())
            if len(holders) == 1:
                return self._remember(_Named(next(iter(holders)), words[0]))
        short = self._short_form(words)
        if short is not None:
            self._look_back()
            known = self._known(*short)
            if known is not None:
                return self._remember(_Named(known, short[1]))
        is_somebody = can_speak(words[-1]) or self._is_proper_name(words[-1])
        return Speaker(" ".join(words), is_person=False) if is_somebody else None

    def _title(self, word: str) -> str | None:
        """The title that a word is or ends with; None for a market, which is called as a mayor is: 나루 수산시장."""
        kind = word.removesuffix(_MAYOR_OR_MARKET)
        is_market = word != kind != "" and self._dictionary.is_common_noun(kind)
        return None if is_market else title_of(word)

    def _is_proper_name(self, word: str) -> bool:
        morphemes = self._dictionary.parse(word)
        return len(morphemes) == 1 and morphemes[0].tag == "NNP"

    def remember(self, words: tuple[str, ...]) -> None:
        """Remember a person that the nouns name anywhere: 윤하늘 시장 명의."""
        for name, title in pairwise(self._apart(words)):
            known = self._title(title)
            if known is not None and self._is_korean_name(name, with_title=True):
                self._remember(_Named(name, known))

    def _apart(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The nouns, a surname apart from its title (황의원), without what says since when it is held (조국 전 수석)."""
        last = words[-1]
        if len(last) > 2 and last[0] in SURNAMES and last[1:] == self._title(last):
            words = (*words[:-1], last[0], last[1:])
        return tuple(word for word in words if word not in FORMER) or words

    def remember_last(self, speaker: Speaker) -> None:
        """Whom 그 stands for from here on."""
        self._last = speaker

    def _remember(self, named: _Named) -> Speaker:
        self._by_title.setdefault(named.title, set()).add(named.name)
        for surname in _surnames(named.name):
            titles = self._by_surname.setdefault(surname, {})
            titles.pop(named.title, None)
            titles[named.title] = named.name
        self._last = Speaker(named.name, is_person=True)
        return self._last

    def _known(self, surname: str, title: str) -> str | None:
        """The person of this surname who was named last, sooner one with the same title; else the office's holder."""
        named = self._by_surname.get(surname, {})
        with_title = [name for held, name in named.items() if title and held.endswith(title)]
        for found in (with_title, list(named.values())):
            if found:
                return found[-1]
        return self._holder_of(surname, title) if title not in ("", *HONORIFICS) else None

    def _short_form(self, words: tuple[str, ...]) -> tuple[str, str] | None:
        """A surname and a title: 김 시장, 최씨, 스미스 CEO."""
        last = words[-1]
        if len(words) == 1:
            for honorific in HONORIFICS:
                base = last.removesuffix(honorific)
                if base != last and base in SURNAMES:
                    return base, honorific
            return None
        title = self._title(last)
        if title is None:
            return None
        return words[-2], title

    def _full_name(self, words: tuple[str, ...]) -> _Named | None:
        last = words[-1]
        for honorific in HONORIFICS:
            base = last.removesuffix(honorific)
            if base != last and ((len(base) > 2 and self._is_korean_name(base, with_title=True)) or _is_hidden(base)):
                return _Named(base if not _is_hidden(base) else last, honorific)
        title = self._title(last)
        if title is None:
            return self._bare_name(words)
        before = words[:-1]
        for word in (*before[-1:], *before[:1], *before[1:-1]):
            if self._is_korean_name(word):
                return _Named(word, title)
        if before and self._is_korean_name(before[-1], with_title=True):
            return _Named(before[-1], title)
        foreign = self._foreign_name(before)
        return _Named(foreign, title) if foreign else None

    def _bare_name(self, words: tuple[str, ...]) -> _Named | None:
        """A name with nothing behind it: 감독 윤태호, 감독 카를로스 산체스."""
        last = words[-1]
        title = (self._title(words[-2]) if len(words) > 1 else None) or ""
        if self._is_korean_name(last, with_title=title != "" and not last.endswith(BODIES)):
            return _Named(last, title)
        if len(words) > 2 and self._title(words[-3]) is not None:
            foreign = self._foreign_name(words[-2:])
            return _Named(foreign, self._title(words[-3]) or "") if foreign else None
        return None

    def _foreign_name(self, words: tuple[str, ...]) -> str | None:
        kept: list[str] = []
        for word in reversed(words):
            if not is_hangul(word[-1]) or len(word) == 1 + (word in SURNAMES) or not self._is_like_a_name(word):
                if len(word) == 1 and kept and word not in SURNAMES:
                    kept.append(word)
                break
            kept.append(word)
        return " ".join(reversed(kept)) if 2 <= len(kept) <= _LONGEST_FOREIGN else None

    def _is_like_a_name(self, word: str) -> bool:
        return not word.endswith(BODIES) and self._title(word) is None and not self._dictionary.is_common_noun(word)

    def _is_korean_name(self, word: str, *, with_title: bool = False) -> bool:
        """Whether the word is a surname and a given name; ``with_title``: a title or 씨 stands right behind it."""
        if not 2 <= len(word) <= 4 or not all(map(is_hangul, word)):
            return False
        surname = word[:2] if word[:2] in SURNAMES and len(word) > 2 else word[0]
        if surname not in SURNAMES or len(word) - len(surname) > 2 or self._title(word) is not None:
            return False
        if len(word) == 2 and not (with_title and word not in SURNAMES and self._dictionary.is_given_name(word)):
            return False
        if self._dictionary.is_common_noun(word):
            return False
        morphemes = self._dictionary.parse(word)
        if len(morphemes) == 1 and morphemes[0].tag == "NNP" and not morphemes[0].kind:
            return True
        if morphemes[0].kind == "Compound" and (len(morphemes) == 1 or not with_title):
            return False
        if not with_title and self._is_noun_and_syllable(word):
            return False
        return with_title or not word.endswith(BODIES)

    def _is_noun_and_syllable(self, word: str) -> bool:
        """은퇴식, 한국말, 두메초: a word of three syllables that begins with a known noun."""
        noun = word[:2]
        return len(word) == 3 and (self._dictionary.is_common_noun(noun) or self._dictionary.is_learnt_name(noun))


def _surnames(name: str) -> list[str]:
    """What of a name may stand before a title in its place: the last of several words, the first syllables of one."""
    return [name.split()[-1]] if " " in name else [name[:length] for length in range(1, len(name))]


def _is_hidden(base: str) -> bool:
    """Whether a paper hides the name: 유모(42)씨, ㄱ씨, A씨."""
    return (len(base) in (2, 3) and base[-1] == "모" and base[:-1] in SURNAMES) or (
        len(base) == 1 and (base in _LETTERS or base.isascii())
    )
