"""Names that no dictionary has are found wherever they stand in a longer word: nothing new is lost."""

from __future__ import annotations

import random

from gisa.library import Library

_PLACES = ("{}는", "{} 공장", "{}공장", "주식회사{}", "{}에서는", "‘{}’이라는", "({})", "{}·나루", "서울{}", "{}시장")

_FEWEST = 8
"""Of these places in which a name stands without looking inside words."""


def invented(count: int) -> list[str]:
    """Names of three syllables that are no words, drawn by a seed."""
    draw = random.Random(11)
    syllables = [chr(code) for code in range(ord("가"), ord("힣") + 1, 28)] + list("뮤욥켈퓨룬쥬넥칸텐폰")
    return ["".join(draw.sample(syllables, 3)) for _ in range(count)]


def test_unknown_names_are_found_where_they_stand(library: Library) -> None:
    """Each name, planted once in every kind of place, is found in it, or counted inside words."""
    names = invented(12)
    library.add(
        {
            "id": f"{number}-{place}",
            "title": "소식",
            "body": f"어제 {pattern.format(name)} 이야기가 나왔다",
            "published_at": "2025-06-05T09:00:00+09:00",
        }
        for number, name in enumerate(names)
        for place, pattern in enumerate(_PLACES)
    )
    lost = []
    for number, name in enumerate(names):
        page = library.search(name, limit=100, as_typed=True)
        held = {hit.article.id for hit in library.search(name, limit=100, inside=True, as_typed=True).hits}
        lost += [f"{name}: {_PLACES[place]}" for place in range(len(_PLACES)) if f"{number}-{place}" not in held]
        found = sum(hit.article.id.startswith(f"{number}-") for hit in page.hits)
        if found < _FEWEST:
            lost.append(f"{name}: {found} of {len(_PLACES)} without looking inside words")

    assert lost == []
