"""The word that is being typed behind others, completed by the articles that hold those. Reads articles; asks no index."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from gisa.model import Article
from gisa.text.analyser import Analyser
from gisa.text.hangul import INITIALS, final_of, initial_of, is_hangul, syllables_of, with_final
from gisa.text.jamo import Typed, initials, strokes, typed
from gisa.text.normal import normalise
from gisa.text.phrases import searched_words
from gisa.text.runs import read_han

_REACH: Final = 2_000
"""Characters of a body that are looked through."""
_IN_HEADLINE: Final = 3
"""What a word of a headline counts for, beside one of a body."""
_ANALYSED: Final = 60
"""Words with their particles that are analysed, the commonest; they are half of what this costs."""


def next_words(last: str, articles: Iterable[Article], analyser: Analyser) -> list[tuple[str, int]]:
    """Words that begin with ``last``, by strokes or initials, and in how many articles each stands; the likeliest first.

    ``무ㅇ`` and ``ㅁㅇ`` give 무역. Particles and endings are left out, verbs are not offered.
    """
    asked = typed(_spoken(last))
    if not asked.strokes:
        return []
    begins = re.compile(_pattern(last))
    holding: dict[str, set[int]] = {}
    headlines: dict[str, set[int]] = {}
    for number, article in enumerate(articles):
        for written in _words(begins, article.title):
            headlines.setdefault(written, set()).add(number)
        for written in _words(begins, " ".join((*article.byline, *article.keywords, article.body[:_REACH]))):
            holding.setdefault(written, set()).add(number)
    weights = {
        written: len(holding.get(written, ())) + (_IN_HEADLINE - 1) * len(headlines.get(written, ()))
        for written in {**headlines, **holding}
        if not asked.initials or _fits(written, asked)
    }
    held: dict[str, set[int]] = {}
    liked = Counter[str]()
    for written in sorted(weights, key=lambda each: (-weights[each], each))[:_ANALYSED]:
        for word in searched_words(written, analyser):
            if _fits(word, asked):
                held.setdefault(word, set()).update(holding.get(written, ()), headlines.get(written, ()))
                liked[word] += weights[written]
    return [(word, len(held[word])) for word in sorted(held, key=lambda word: (-liked[word], word))]


def _fits(word: str, asked: Typed) -> bool:
    """Whether the word begins with what was typed."""
    spoken = _spoken(word)
    return strokes(spoken).startswith(asked.strokes) and (
        not asked.initials or initials(spoken).startswith(asked.initials)
    )


def _words(begins: re.Pattern[str], text: str) -> Iterable[str]:
    """The words that may begin with what was typed, with their particles, each once."""
    # that a word begins there is looked at afterwards: asked first, it costs five times as much
    return {match[0] for match in begins.finditer(text) if not match.start() or not text[match.start() - 1].isalnum()}


def _pattern(last: str) -> str:
    """What begins with the keys that were typed: 반 may become 발, 바나 or 반도; a lone consonant is an initial."""
    return "".join(map(_letter, last[:-1])) + _last_letter(last[-1]) + r"\w*"


def _letter(letter: str) -> str:
    if letter in INITIALS:
        return f"[{'-'.join(syllables_of(letter))}]"
    return f"[{letter.lower()}{letter.upper()}]" if letter.isascii() and letter.isalpha() else re.escape(letter)


def _last_letter(letter: str) -> str:
    if not is_hangul(letter):
        return _letter(letter)
    keys, (first, last) = strokes(letter), syllables_of(initial_of(letter))
    same = "".join(each for each in map(chr, range(ord(first), ord(last) + 1)) if strokes(each).startswith(keys))
    final = final_of(letter)
    if not final or final not in INITIALS:  # none, or one of two letters
        return f"[{same}]"
    return f"(?:[{same}]|{with_final(letter, '')}[{'-'.join(syllables_of(final))}])"


def _spoken(text: str) -> str:
    return read_han(normalise(text))
