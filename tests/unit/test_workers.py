"""Where articles are analysed: the views are the same, and what was learnt of runs is kept and passed on."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pytest

from gisa.ingest import workers
from gisa.ingest.analysis import Text, make_builder, views_of
from gisa.ingest.workers import INLINE, AnalysisPool
from gisa.lexicon.vocabulary import EMPTY, Vocabulary
from gisa.text.analyser import MecabAnalyser, RunAnalysis
from gisa.text.contributions import RunMemo
from gisa.text.own_words import OwnWord

DAY = date(2025, 6, 5)


def texts(count: int, *, first: int = 0) -> list[Text]:
    return [
        Text(f"나루시 예산 {number}호", f"나루시의회가 제{number}차 예산안을 심사했다.", ("홍예담 기자",), "사회", DAY)
        for number in range(first, first + count)
    ]


class NotingAnalyser:
    """An analyser that notes what it is asked."""

    def __init__(self) -> None:
        self._analyser = MecabAnalyser()
        self.asked: list[str] = []

    def analyse(self, run: str) -> RunAnalysis:
        self.asked.append(run)
        return self._analyser.analyse(run)


@pytest.fixture
def memos(monkeypatch: pytest.MonkeyPatch) -> list[RunMemo]:
    """Every memo that a pool makes."""
    made: list[RunMemo] = []

    def noted(analyser: NotingAnalyser) -> RunMemo:
        made.append(RunMemo(analyser))
        return made[-1]

    monkeypatch.setattr(workers, "RunMemo", noted)
    return made


def test_workers_say_what_this_process_says() -> None:
    """A run is long enough for workers or not: the views are the same, in the order of the texts."""
    batches = [texts(INLINE), texts(20, first=INLINE), texts(20, first=INLINE + 10)]
    with closing(AnalysisPool(workers=2)) as pool:
        waiting = [pool.submit(batch, EMPTY) for batch in batches]
        views = [each.result() for each in waiting]

    assert views == [views_of(batch, make_builder(EMPTY)) for batch in batches]


def test_what_was_learnt_outlives_a_turn(memos: list[RunMemo]) -> None:
    """A run of adding that gives the lock away and takes it again does not analyse its words again."""
    with closing(AnalysisPool(workers=0)) as pool:
        pool.submit(texts(2), EMPTY)
        pool.submit(texts(2), Vocabulary((), EMPTY.holders))

    assert len(memos) == 1


def test_other_words_are_learnt_anew(memos: list[RunMemo]) -> None:
    """Once the paper's own words change, nothing that was learnt by the old ones counts."""
    with closing(AnalysisPool(workers=0)) as pool:
        before = pool.submit(texts(1), EMPTY).result()
        after = pool.submit(texts(1), Vocabulary((OwnWord("나루시의회", ("나루시의회",)),), EMPTY.holders)).result()

    assert len(memos) == 2
    assert before != after


def test_a_memo_does_not_ask_for_what_another_has_learnt() -> None:
    """What one process has analysed the other takes over, and neither tells it twice."""
    analyser = NotingAnalyser()
    one, other = RunMemo(MecabAnalyser()), RunMemo(analyser)
    before = one.new_runs()
    said = one["나루시의회가"]
    learnt = one.new_runs()
    other.learn(learnt)

    assert (before, learnt, one.new_runs()) == ({}, {"나루시의회가": said}, {})
    assert (other["나루시의회가"], analyser.asked) == (said, [])
