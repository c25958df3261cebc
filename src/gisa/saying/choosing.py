"""Which language to speak: from an address, a browser's header or the variables of a terminal. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from gisa.language import Language

_LONGEST_HEADER: Final = 400
"""Characters of ``Accept-Language`` that are read; browsers send fewer than 100."""


def language_of_tag(tag: str) -> Language | None:
    """The language of a tag such as ``en``, ``en-GB``, ``ko_KR.UTF-8``; None for one that Gisa does not speak."""
    primary = tag.strip().lower().replace("_", "-").partition("-")[0].partition(".")[0]
    return next((language for language in Language if language.value == primary), None)


def language_of_header(accepted: str) -> Language | None:
    """The language that a browser likes best of those that Gisa speaks (``Accept-Language``, RFC 9110 §12.5.4).

    >>> language_of_header("fr, en-GB;q=0.8, ko;q=0.5")
    <Language.ENGLISH: 'en'>
    """
    best: tuple[float, Language] | None = None
    for item in accepted[:_LONGEST_HEADER].split(","):
        tag, _, weight = item.partition(";")
        language = language_of_tag(tag)
        quality = _quality(weight)
        if language is not None and quality > 0 and (best is None or quality > best[0]):
            best = quality, language
    return best[1] if best else None


def language_of_terminal(environment: Mapping[str, str]) -> Language:
    """The language of a command: that of ``LC_ALL``, ``LC_MESSAGES`` or ``LANG``, the first that is set; else English."""
    chosen = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    return language_of_tag(chosen) or Language.ENGLISH


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    if not name:
        return 1.0
    try:
        quality = float(value) if name.strip() == "q" else 0.0
    except ValueError:
        return 0.0
    return quality if 0 <= quality <= 1 else 0.0
