"""Which articles an own word affects: those whose views may change if it is listed or removed. Runs no query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gisa.clause import Clause, any_of, phrase
from gisa.query.word_forms import EVERYWHERE
from gisa.text.analyser import Analyser
from gisa.text.contributions import RunMemo, parted
from gisa.text.normal import normalise
from gisa.text.runs import BARRIER, cut
from gisa.text.stream import stream_tokens


def concerned_by(words: Iterable[str], written_as: Iterable[str], analyser: Analyser) -> Iterator[Clause]:
    """For each word the articles that hold its letters, and those whose shorthand stands for a word that holds them.

    ``words`` are runs of two syllables or more; ``written_as`` every word that shorthand may stand for; ``analyser`` the one
    with which the index was built. Articles in which a space parts the letters are among them: the stream has no spaces.
    """
    changed, memo = set(words), RunMemo(analyser)
    for word in sorted(changed):
        yield any_of(phrase(field.stream, stream_tokens([word])) for field in EVERYWHERE)
    for word in written_as:
        runs = cut(normalise(word))
        if any(_holds(run, changed) for run in runs):
            terms = parted(memo[run] for run in runs).terms.split()
            while terms[-1] == BARRIER:
                terms.pop()
            tokens = [None if term == BARRIER else term for term in terms]
            yield any_of(phrase(field.variants, tokens) for field in EVERYWHERE)


def _holds(run: str, words: set[str]) -> bool:
    return any(run[start:end] in words for start in range(len(run) - 1) for end in range(start + 2, len(run) + 1))
