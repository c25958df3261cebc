"""Words of a query with their variants."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from gisa.lexicon.lexicon import Lexicon
from gisa.lexicon.variants.variant import Variant, VariantKind
from gisa.query.expansion import MAX_QUERY_VARIANTS, MAX_WORD_VARIANTS, QueryWords, WordExpander, query_words
from gisa.text.analyser import Analyser, MecabAnalyser


class _Lexicon(Lexicon):
    """Gives a word as many variants as its figure says: ``나9`` has nine."""

    def __init__(self) -> None:
        pass

    def written_as(self, terms: Iterable[str | None]) -> None:
        return None

    def variants(self, word: str, analyser: Analyser, *, on: date) -> Iterable[Variant]:  # type: ignore[override]
        return [
            Variant(VariantKind.SYNONYM, f"{name}대교", word, f"{name}대교")
            for name in "가나다라마바사아자"[: int(word[-1])]
        ]


def shared(*words: str) -> QueryWords:
    """The words as one query's."""
    return query_words(words, WordExpander(MecabAnalyser(), _Lexicon(), on=date(2025, 6, 1)))


@pytest.mark.parametrize(
    ("words", "shares"),
    [
        (["나2", "다0", "라3"], [2, 0, 3]),
        (["나9"], [MAX_WORD_VARIANTS]),
        (["나6", "다6", "라6", "마6"], [6, 6, 6, 6]),
        (["나6", "다6", "라6", "마6", "바1"], [6, 6, 6, 5, 1]),
        (["나6", "다6", "라6", "마6", "바6"], [5, 5, 5, 5, 4]),
    ],
    ids=["few", "one word with many", "just as many as may be", "one too many", "six too many"],
)
def test_words_share_what_one_query_may_cost(words: list[str], shares: list[int]) -> None:
    """Each word's likeliest variants come first, in turn, until the query has all it may; then it says so."""
    found = shared(*words)

    assert [found.shares[word] for word in words] == shares
    assert sum(shares) <= MAX_QUERY_VARIANTS
    assert found.variants_left_out == (sum(min(int(word[-1]), MAX_WORD_VARIANTS) for word in words) > sum(shares))
