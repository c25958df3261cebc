"""Fills sentences in, in one language. Which language: ``choosing``; which sentence: the modules beside this one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import Final

from gisa.language import Language
from gisa.saying.english import ENGLISH
from gisa.saying.figures import Figures
from gisa.saying.korean import KOREAN
from gisa.saying.wording import Wording

WORDINGS: Final[dict[Language, Wording]] = {Language.KOREAN: KOREAN, Language.ENGLISH: ENGLISH}


class Speaker:
    """One language: its wording, and how it writes numbers and days. Safe from many threads."""

    def __init__(self, language: Language, *, number: Callable[[int], str] | None = None) -> None:
        """``number`` writes whole numbers; None: as the language does, by babel."""
        self.language: Final = language
        self.wording: Final = WORDINGS[language]
        self._number = number

    def fill(self, sentence: str, **values: int | str) -> str:
        """The sentence with its values, each with the forms around it that fit (see ``wording``).

        >>> Speaker(Language.KOREAN).fill("‘{word}’{word:은/는} 없습니다.", word="우정")
        '‘우정’은 없습니다.'
        >>> Speaker(Language.ENGLISH).fill("{count} {count:article/articles}", count=1)
        '1 article'
        """
        return sentence.format(**{name: _Filled(value, self) for name, value in values.items()})

    def number(self, number: int) -> str:
        """``12,345``."""
        return self._figures.number(number) if self._number is None else self._number(number)

    def day(self, day: date) -> str:
        """``2025년 1월 3일``, ``January 3, 2025``."""
        return self._figures.day(day)

    def moment(self, moment: datetime) -> str:
        """A day with its time, in the time's own zone."""
        return self._figures.moment(moment)

    @cached_property
    def _figures(self) -> Figures:
        return Figures(self.language, day_pattern=self.wording.day, moment_pattern=self.wording.moment)


class _Filled:
    """A value of a sentence, which knows the forms that fit it."""

    __slots__ = ("_speaker", "_value")

    def __init__(self, value: int | str, speaker: Speaker) -> None:
        self._value, self._speaker = value, speaker

    def __format__(self, forms: str) -> str:
        if forms:
            one, _, other = forms.partition("/")
            return self._speaker.wording.fitting(self._value, one, other)
        return self._value if isinstance(self._value, str) else self._speaker.number(self._value)
