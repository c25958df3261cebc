"""The languages that Gisa speaks to people, by their tags. Its sentences are in ``gisa.saying``, not here."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """A language of pages, messages and commands; the value is its tag in BCP 47. Articles may be in any language."""

    KOREAN = "ko"
    ENGLISH = "en"
