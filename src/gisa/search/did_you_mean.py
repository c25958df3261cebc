"""Corrections: replaces words of a query that no article holds by words that may have been meant. Runs no search
itself.

Harm is worse than no offer. Somebody whom the archive does not know is not somebody else of nearly the same name, so a word
that is made as full names are is replaced only if a headline holds the other name beside the rest of the query, and so is a
word of two syllables. By itself a full name is not replaced at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, product, tee
from typing import Final

from gisa.lexicon.names import is_full_name
from gisa.lexicon.slips import Slip, slips
from gisa.model import Suggestion
from gisa.ports import Suggestions
from gisa.query.parse import ParsedQuery
from gisa.query.syntax import Word, positive_leaves
from gisa.text.hangul import is_hangul
from gisa.text.jamo import strokes
from gisa.text.normal import normalise

_MOST_WORDS: Final = 12
"""A longer query is a pasted text, and each of its words would cost a search."""
_WORDS: Final = 3
"""The most unknown words. A query with more is about something that the archive does not hold."""
_LIKE: Final = 3
"""Candidates tried for each word."""
_TRIED: Final = 6
"""The most whole queries that are tried, likeliest first."""
_FEWEST: Final = 2
"""The fewest articles that must hold a candidate: a word that one article holds may be a slip itself."""
_ANY: Final = 1 << 40
"""More articles than any index holds."""
_NEAR_WEIGHT: Final = 4
"""How much likelier a common slip is than others."""

_SHORT: Final = 2
"""Characters of a word that is near to many others (귀순, 귀신): beside other words it is replaced as names are. Of seven
wrong offers for 1,747 real searches, all of words that were right, five replaced such a word."""

_UNFINISHED: Final = re.compile("[가-힣][ㄱ-ㅎㅏ-ㅣ]$")
_PLAIN: Final = re.compile(r"[\w\s]+")
_HANGUL: Final = re.compile("[ㄱ-ㅎㅏ-ㅣ가-힣]+")

Ask = Callable[[Iterable[str]], Iterator[bool]]
"""Asks for words or queries, lazily and in order; ends early when time is up."""


@dataclass(frozen=True, slots=True)
class Corrector:
    """The lookups of a correction: in the suggestion store, and among articles within the gate and the request's
    filters."""

    suggestions: Suggestions
    are_somewhere: Ask
    """For each word, True if articles hold it."""
    count_letters: Callable[[Iterable[str]], Iterator[int]]
    """How many articles hold the letters of these words, inside other words too."""
    most_with_letters: Callable[[str], int]
    """At most so many do, of one word; 0 of every word if the index cannot tell. Takes a microsecond, where counting takes 60."""
    find: Ask
    """For each query, True if it finds something."""
    find_in_headlines: Ask
    """For each query, True if headlines alone hold it."""

    def corrected(self, parsed: ParsedQuery, *, seen: Collection[str] = (), missing: int = 1) -> str | None:
        """A query like this one that finds something, or None.

        Only words that are in no article by themselves are replaced (``seen`` are known to be in some). A query is
        proposed only if as a whole it finds something. ``missing`` is how many of the query's parts every article lacks,
        at least: where fewer words are nowhere than that, no other words can help, and none are looked for.
        """
        words = _words_of(parsed)
        lost = self._lost(words, seen=seen, missing=missing)
        alone = len(set(words)) < 2
        if not lost or (alone and is_full_name(lost[0])):
            return None
        is_doubtful = not alone and any(is_full_name(word) or len(word) <= _SHORT for word in lost)
        find = self.find_in_headlines if is_doubtful else self.find
        rest = _without(parsed.text, lost)
        if rest and _PLAIN.fullmatch(parsed.text) and not next(find([rest]), False):
            return None  # whatever stands for the lost words, it would have to stand beside the others
        choices = []
        for word in lost:
            meant = list(islice(self._meant(word), _LIKE))
            if not meant:
                return None
            choices.append(meant)
        queries = list(islice(_rewritten(parsed.text, lost, choices), _TRIED))
        # most mistyped queries are of nothing that the archive holds: of words alone, one search tells
        any_of_each = [[f"({' | '.join(meant)})"] for meant in choices]
        asks_first = len(queries) > 1 and all(map(_PLAIN.fullmatch, [parsed.text, *chain(*choices)]))
        found = find([*_rewritten(parsed.text, lost, any_of_each), *queries] if asks_first else queries)
        if asks_first and not next(found, False):
            return None
        return next((query for query, is_found in zip(queries, found, strict=False) if is_found), None)

    def _lost(self, words: list[str], *, seen: Collection[str], missing: int) -> list[str]:
        """The words that no article holds, each once; none if replacing them cannot help."""
        unsure = [word for word in words if word not in seen]
        if not unsure or len(unsure) < missing or len(words) > _MOST_WORDS:
            return []
        lost: list[str] = []
        is_somewhere: dict[str, bool] = {}
        answers = self.are_somewhere(dict.fromkeys(unsure))
        for place, word in enumerate(unsure):
            if len(lost) + len(unsure) - place < missing:
                return []
            if word not in is_somewhere:
                is_somewhere[word] = next(answers, True)  # what was not answered for want of time is not replaced
            if not is_somewhere[word]:
                lost.append(word)
        distinct = list(dict.fromkeys(lost))
        return distinct if len(lost) >= missing and len(distinct) <= _WORDS else []

    def _meant(self, word: str) -> Iterator[str]:
        """What may have been meant by a word, likeliest first: words of articles' bodies, then of headlines and names.

        The first need no room: every word that one slip makes of this one is made and asked for. A word whose last syllable
        is not finished (터ㄴ) is completed as suggestions are.
        """
        if _UNFINISHED.search(word):
            yield from (each.text for each in self._completed(word))
            return
        best = self._most_held(slips(word))
        words = [text for text, is_held in zip(best, self.are_somewhere(best), strict=False) if is_held]
        yield from words
        completed = self._completed(word) if is_hangul(word[-1]) else []  # 부동사 for 부동산; :A is not half of AI
        half = [each.text for each in completed if len(each.text) == len(word)]
        like = [each.text for each in self.suggestions.like(word, limit=_LIKE)]
        others = dict.fromkeys([*half, *(text for text in like if _beside_hangul(text) == _beside_hangul(word))])
        yield from (text for text in others if text not in words)

    def _most_held(self, made: Sequence[Slip]) -> list[str]:
        """The few of these words whose letters most articles hold, a near slip counting as several articles.

        Those that may be held most are counted first, and none that cannot come before what is counted already.
        """
        weights = [_NEAR_WEIGHT if each.is_near else 1 for each in made]
        bounds = [self.most_with_letters(each.text) for each in made]
        if not any(bounds):
            bounds = [_ANY] * len(made)
        places = [place for place, bound in enumerate(bounds) if bound >= _FEWEST]
        places.sort(key=lambda place: -bounds[place] * weights[place])
        best: list[tuple[int, int]] = []

        def worth_counting() -> Iterator[int]:
            for place in places:
                if len(best) == _LIKE and bounds[place] * weights[place] < -best[-1][0]:
                    return
                yield place

        counted, asked = tee(worth_counting())
        for place, count in zip(counted, self.count_letters(made[place].text for place in asked), strict=False):
            if count >= _FEWEST:
                best = sorted([*best, (-count * weights[place], place)])[:_LIKE]
        return [made[place].text for _, place in best]

    def _completed(self, word: str) -> list[Suggestion]:
        """Words that begin with the keys of this one."""
        keys = strokes(normalise(word))
        found = self.suggestions.suggest(word, limit=_LIKE)
        return [each for each in found if " " not in each.text and strokes(normalise(each.text)).startswith(keys)]


def _beside_hangul(word: str) -> str:
    """The letters, figures and marks that a correction leaves as they are: K-바이오 is not 바이오."""
    return _HANGUL.sub("", word).lower()


def _words_of(parsed: ParsedQuery) -> list[str]:
    if parsed.root is None:
        return []
    return [leaf.text for leaf in positive_leaves(parsed.root) if isinstance(leaf, Word)]


def _without(text: str, lost: list[str]) -> str:
    """The words of a query without marks that are not among these."""
    return " ".join(word for word in text.split() if word not in lost)


def _rewritten(text: str, lost: list[str], choices: list[list[str]]) -> Iterator[str]:
    for chosen in product(*choices):
        changed = text
        for word, other in zip(lost, chosen, strict=True):
            # what is offered holds no backslash, so that it stands for itself
            changed = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", other.replace("\\", ""), changed)
        yield changed
