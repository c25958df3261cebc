"""The word that is being typed behind others, completed by the articles that hold those. Reads articles; asks no index."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from gisa.model import Article
from gisa.text.analyser import Analyser
from gisa.text.hangul import INITIALS, initial_of, is_hangul, syllables_of
from gisa.text.jamo import initials, strokes, typed
from gisa.text.normal import normalise
from gisa.text.phrases import searched_words
from gisa.text.runs import read_han

_REACH: Final = 2_000
"""Characters of a body that are looked through."""
_IN_HEADLINE: Final = 3
"""What a word of a headline counts for, beside one of a body."""


def next_words(last: str, articles: Iterable[Article], analyser: Analyser) -> list[tuple[str, int]]:
    """Words that begin with ``last``, by strokes or initials, and in how many articles each stands; the likeliest first.

    ``무ㅇ`` and ``ㅁㅇ`` give 무역. Particles and endings are left out, verbs are not offered.
    """
    asked = typed(_spoken(last))
    if not asked.strokes:
        return []
    begins = re.compile(_pattern(last))
    held, weights = Counter[str](), Counter[str]()
    for article in articles:
        headline = set(_words(begins, article.title, analyser))
        body = set(_words(begins, " ".join((*article.byline, *article.keywords, article.body[:_REACH])), analyser))
        for word in headline | body:
            spoken = _spoken(word)
            if asked.initials:
                fits = strokes(spoken).startswith(asked.strokes) and initials(spoken).startswith(asked.initials)
            else:
                fits = strokes(spoken).startswith(asked.strokes)
            if fits:
                held[word] += 1
                weights[word] += _IN_HEADLINE if word in headline else 1
    return [(word, held[word]) for word in sorted(held, key=lambda word: (-weights[word], word))]


def _words(begins: re.Pattern[str], text: str, analyser: Analyser) -> Iterator[str]:
    # that a word begins there is looked at afterwards: asked first, it costs five times as much
    found = dict.fromkeys(
        match[0] for match in begins.finditer(text) if not match.start() or not text[match.start() - 1].isalnum()
    )
    return searched_words(" ".join(found), analyser) if found else iter(())


def _pattern(last: str) -> str:
    """A word that may begin with what is typed: its last letter, and each lone consonant, by the initial alone."""
    letters = [*last]
    return "".join(_letter(letter, is_last=place == len(letters) - 1) for place, letter in enumerate(letters)) + r"\w*"


def _letter(letter: str, *, is_last: bool) -> str:
    initial = initial_of(letter) if is_hangul(letter) and is_last else letter
    if initial in INITIALS:
        first, last = syllables_of(initial)
        return f"[{first}-{last}]"
    return f"[{letter.lower()}{letter.upper()}]" if letter.isascii() and letter.isalpha() else re.escape(letter)


def _spoken(text: str) -> str:
    return read_han(normalise(text))
