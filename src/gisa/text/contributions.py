"""What a run gives to a text's views: its terms, and the words in it that the terms do not say. Remembers both. Analyses nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from gisa.text.analyser import Analyser, RunAnalysis, Term
from gisa.text.hangul import is_hangul
from gisa.text.homographs import VERB_OF
from gisa.text.runs import BARRIER


class RunMemo(dict[str, str]):
    """Remembers each run's ``contribution``; asks the analyser for new ones. Bounded in bytes; not thread-safe.

    When half of ``limit_bytes`` is reached, the older half is forgotten: a run used since then stays. 200 MB hold 820,000
    runs. Two workers that share 60,000 Wikipedia articles (20.6 million runs) so analyse 2.38 million; with boundless
    memories it would be 2.16 million, and with memories of 640,000 2.56.
    """

    def __init__(self, analyser: Analyser, *, limit_bytes: int = 200_000_000) -> None:
        super().__init__()
        self.analyser = analyser
        self._half_bytes = limit_bytes // 2
        self._left_bytes = self._half_bytes
        self._older: dict[str, str] = {}
        self._new: dict[str, str] | None = None
        self.asked = AskedTerms(analyser)

    def __missing__(self, run: str) -> str:
        answer = self._older.get(run)
        if answer is None:
            answer = contribution(run, self.analyser, self.asked)
            if self._new is not None:
                self._new[run] = answer
        return self._keep(run, answer)

    def new_runs(self) -> dict[str, str]:
        """The runs analysed since the last call, for ``learn`` in another process; none at first, for only then are they noted."""
        new, self._new = self._new, {}
        return new or {}

    def learn(self, runs: dict[str, str]) -> None:
        """Remember what another process has analysed by the same rules."""
        for run, answer in runs.items():
            if run not in self:
                self._keep(run, answer)

    def _keep(self, run: str, answer: str) -> str:
        self._left_bytes -= _ENTRY_BYTES + 2 * (len(run) + len(answer))
        if self._left_bytes < 0:
            self._older.clear()  # before its place is taken, which would be 15 MB more
            self._older = dict(self)
            self.clear()
            self._left_bytes = self._half_bytes
        self[run] = answer
        return answer


_ENTRY_BYTES: Final = 226
"""What a remembered run takes beside its characters: measured, with its place in the dictionary as that grows."""


class AskedTerms(dict[str, tuple[str | None, ...]]):
    """Remembers what ``asked_terms`` says of words. Bounded; not thread-safe."""

    def __init__(self, analyser: Analyser) -> None:
        super().__init__()
        self._analyser = analyser

    def __missing__(self, word: str) -> tuple[str | None, ...]:
        if len(self) >= _ASKED:
            self.clear()
        answer = self[word] = asked_terms(word, self._analyser.analyse(word))
        return answer


_ASKED: Final = 200_000
"""Words of which ``AskedTerms`` remembers the terms: 40 MB."""
_LONGEST: Final = 12
"""Syllables of a word that stands inside a longer run; no noun that anybody searches for has more."""
_LONGEST_JOINED: Final = 8
_LONE_PARTICLES: Final = frozenset("은는이가을를의에도와과로만")
_AFTER_STEMS: Final = frozenset("았었아어는은운왔웠")
"""Second syllables of forms that two verbs share: 걸었, 걸어, 여는, 도운 (``query/verbs.py`` asks for them)."""
_WORD: Final = " \x01"
"""Stands before a word among the terms; no term holds it."""


def contribution(run: str, analyser: Analyser, asked: AskedTerms) -> str:
    """What a run gives to a text's views, as one string: its terms, and its words (see ``parted``).

    Words are what stands in the run from where a word may begin to where one may end, two syllables or more, but for those
    that a query finds without: a term, two terms side by side, what it asks for by terms that stand here as a phrase, and
    three syllables or more whose terms it does not rely on. One string is a third less to remember than a tuple of both, and
    quicker to reach.
    """
    if not is_hangul(run[0]):
        return run
    analysis = analyser.analyse(run)
    terms, gaps, begins, ends = analysis
    tokens = [term.text for term in terms]
    # one term, or two that are found side by side, and no other place to begin or end at: three runs of four
    is_plain = (
        len(terms) == len(begins) < 3
        and ends[len(terms) - 1] == terms[-1].end
        and (len(terms) == 1 or terms[-1].end > 2)
    )
    candidates = set() if is_plain else _candidates(run, analysis)
    for number in reversed(gaps):
        tokens.insert(number, BARRIER)
    words = [word for word in sorted(candidates) if not _is_said(asked[word], word, tokens)] if candidates else []
    if (len(run) == 2 and not asked_terms(run, analysis)) or _is_of_two_verbs(run, terms[0].text):
        words.append(run[:2])
    answer = " ".join(tokens) + "".join([_WORD + word for word in words])
    return run if answer == run else answer


def _is_of_two_verbs(run: str, term: str) -> bool:
    """Whether the run may be a form of the verb whose stem it is written with, but is read otherwise: 쓰는, 걸었다, 그었다."""
    return run[1:2] in _AFTER_STEMS and term != run[0] + "다" and (term == run[0] or term.endswith("다"))


def _candidates(run: str, analysis: RunAnalysis) -> set[str]:
    """What stands between the places where words may begin and end, without single terms and two side by side."""
    terms, _, begins, ends = analysis
    plain = {(term.start, term.end) for term in terms}
    plain |= {
        (first.start, second.end)
        for first, second in pairwise(terms)
        if first.end == second.start and second.end - first.start > 2
    }
    head = terms[-1].end
    found = {
        run[begin:end]
        for begin in begins
        for end in ends
        if 2 <= end - begin <= _LONGEST and end <= head and (begin, end) not in plain and end - begin < len(run)
    }
    if VERB_OF.get(run[:2]) and terms[0].text != run[:2]:
        found.discard(run[:2])  # 하자 in 하자마자
    return found


def _is_said(phrase: tuple[str | None, ...], word: str, tokens: list[str]) -> bool:
    """Whether a query for the word needs no entry of its own, given the phrase by which it asks."""
    return stands_as_phrase(phrase, tokens) if phrase else len(word) > 2


def words_over_joins(runs: Sequence[str], memo: RunMemo) -> list[str]:
    """The words that go over the joins of runs of 한글 that no space parts, as far as terms do not say them: 아태 for 아, 태.

    Each begins or ends where a run does: 적정 is not in 심리적·정서적.
    """
    if runs[-1] in _LONE_PARTICLES and len(runs[-2]) > 1:  # ‘영암몰’이
        runs = runs[:-1]
    whole = "".join(runs)
    if not is_hangul(whole[0]) or not is_hangul(whole[-1]):
        return []
    places = list(accumulate(map(len, runs)))
    edges = {0, *places}
    joins = [
        place for place, (run, other) in zip(places, pairwise(runs), strict=False) if run != other
    ]  # 선線 is no 선선
    if not joins:
        return []
    tokens = parted(map(memo.__getitem__, runs)).terms.split()
    analysis = memo.analyser.analyse(whole)
    words = [
        whole[begin:end]
        for begin in sorted({*analysis.begins, *joins})
        for end in sorted({*analysis.ends, *joins})
        if 2 <= end - begin <= _LONGEST_JOINED
        and (begin in edges or end in edges)
        and any(begin < join < end for join in joins)
    ]
    memo.asked.setdefault(whole, asked_terms(whole, analysis))
    return [word for word in words if not _is_said(memo.asked[word], word, tokens)]


def stands_as_phrase(phrase: tuple[str | None, ...], tokens: list[str]) -> bool:
    """Whether the tokens hold the phrase, in which None is any one token; False for an empty phrase."""
    if len(phrase) == 1:
        return phrase[0] in tokens
    return bool(phrase) and any(
        all(term is None or term == tokens[at + place] for place, term in enumerate(phrase))
        for at in range(len(tokens) - len(phrase) + 1)
    )


class TermsAndWords(NamedTuple):
    """What runs contribute."""

    terms: str
    """Space-separated terms in order; ``|`` where a particle was dropped."""
    words: list[str]
    """What the terms do not say, in order."""


def parted(contributions: Iterable[str]) -> TermsAndWords:
    """The terms and the words of runs, one after the other."""
    pieces = " ".join(contributions).split(_WORD)
    terms, words = [pieces[0]], []
    for piece in pieces[1:]:
        word, space, rest = piece.partition(" ")
        words.append(word)
        terms.append(space + rest)
    return TermsAndWords("".join(terms), words)


_COUNTED: Final = re.compile("[한두세네][명개달번곳살채권대]")
"""두명 is 두 명: a native numeral and a counter, whose terms stand side by side whatever the spacing."""
_LIGHT: Final = frozenset("하다 되다 있다 없다 이다 아니다 보다 오다 가다 주다 나다 들다 받다 같다".split())
"""Verbs too common for a phrase to rest on, when the rest of it is single syllables."""


def asked_terms(run: str, analysis: RunAnalysis) -> tuple[str | None, ...]:
    """The phrase of terms by which a query asks for a run of 한글 (None: a gap); empty where it says less than the word.

    It does not when only single syllables and light verbs are left: 에스파 is no 에스 파 alone.
    """
    if len(run) > 1 and not _COUNTED.fullmatch(run) and not any(_carries(term, run) for term in analysis.terms):
        return ()
    phrase: list[str | None] = [term.text for term in analysis.terms]
    for number in reversed(analysis.gaps):
        if number < len(analysis.terms):
            phrase.insert(number, None)
    return tuple(phrase)


def _carries(term: Term, run: str) -> bool:
    if term.text in _LIGHT:
        # 했다 and 하였다 are 하다, but 해온바이오 and 하네다 are not
        return term.end == len(run) or len(run) == 2 or (term.end == 1 and run[1] in "였었았")
    return len(term.text) > 1
