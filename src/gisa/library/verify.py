"""Checks that archive and index are whole and agree: each archived article is in the index once, and nothing else is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from gisa.errors import ArchiveError, SearchIndexError
from gisa.library.damage import damaged
from gisa.library.followers import Followers
from gisa.messages import Message, StoreCode
from gisa.ports import Archive, IndexEngine, IndexReader
from gisa.reports import VerifyFinding, VerifyReport

_RANGE: Final = 10_000
"""Article numbers compared at once: two lists of pairs, a few MB."""
_SHOWN: Final = 10
_RESTORE: Final = Message(StoreCode.RESTORE)
_REPAIR: Final = Message(StoreCode.RUN_REPAIR)
_REINDEX: Final = Message(StoreCode.RUN_REINDEX)
_CATCH_UP: Final = Message(StoreCode.RUN_STATUS)


def verify_folder(
    archive: Archive,
    engine: IndexEngine,
    followers: Followers,
    *,
    is_written: Callable[[], bool],
    progress: Callable[[int], None] | None = None,
) -> VerifyReport:
    """Look at everything, while others read and write; ``progress`` is told how many changes have been read."""
    findings = _problems(archive, progress)
    articles = changes = 0
    try:
        articles, changes = archive.count(), archive.last_change_seq()
        findings += [VerifyFinding("index", _detail(what), _REINDEX) for what in engine.damage()]
        findings += _compare(archive, engine.reader(), is_written=is_written)
        findings += _look_at(followers, is_written=is_written)
    except SearchIndexError as error:
        findings.append(VerifyFinding("index", _detail(str(error)), _REINDEX))
    except ArchiveError as error:
        findings.append(VerifyFinding("archive", _detail(str(error)), _RESTORE))
    return VerifyReport(articles, changes, tuple(findings))


def _problems(archive: Archive, progress: Callable[[int], None] | None) -> list[VerifyFinding]:
    """What is wrong with the archive. Articles can be repaired, the rest cannot. Checks twice if there is anything."""
    problems = list(archive.problems(progress=progress))
    if not problems:
        return []
    try:
        articles = [each.what for each in damaged(archive)]
    except ArchiveError:
        articles = []
    said = [*articles, *(["more revisions do not read back"] if articles else [])]
    others = [what for what in problems if not any(what in each or each in what for each in said)]
    return [VerifyFinding("archive", _detail(what), _REPAIR) for what in articles[:_SHOWN]] + [
        VerifyFinding("archive", _detail(what), _RESTORE) for what in others
    ]


def _detail(what: str) -> Message:
    """What a store reports about its files and rows, in English for whoever repairs them."""
    return Message(StoreCode.DETAIL, detail=what)


def _look_at(followers: Followers, *, is_written: Callable[[], bool]) -> Iterator[VerifyFinding]:
    """A follower without a store waits for the next writer; that is no finding."""
    for name, what in followers.problems():
        yield VerifyFinding(name, _detail(what), _REINDEX)
    for state in followers.states():
        if state.change_seq is not None and state.lag and not is_written():
            away = Message(StoreCode.FOLLOWER_AWAY, change=state.change_seq, away=abs(state.lag))
            yield VerifyFinding(state.name, away, _CATCH_UP)


def _compare(archive: Archive, index: IndexReader, *, is_written: Callable[[], bool]) -> Iterator[VerifyFinding]:
    """Articles changed since the index's commit are left out: a writer is at work on them."""
    indexed = index.change_seq
    last = archive.last_change_seq()
    if indexed > last:
        ahead = Message(StoreCode.INDEX_AHEAD, indexed=indexed, last=last)
        yield VerifyFinding("index", ahead, Message(StoreCode.RESTORE_OR_REINDEX))
    wrong: dict[int, Message] = {}
    for first in range(1, max(indexed, last) + 1, _RANGE):  # an article's number is never above its change's
        wrong |= _disagreements(archive, index, first, first + _RANGE - 1)
    changed: set[int] = set()
    after = indexed
    while since := archive.changes(after=after, limit=1_000):
        changed |= {change.article_seq for change in since}
        after = since[-1].change_seq
    named = 0
    for seq in sorted(wrong.keys() - changed):
        what = _disagreements(archive, index, seq, seq).get(seq)
        if what is not None and named < _SHOWN:
            yield VerifyFinding("index", what, _REINDEX)
            named += 1
    if named == _SHOWN and len(wrong) > _SHOWN:
        yield VerifyFinding("index", Message(StoreCode.INDEX_DISAGREES, count=len(wrong)), _REINDEX)
    if last > indexed and not is_written():
        yield VerifyFinding("index", Message(StoreCode.INDEX_LACKS, count=last - indexed), _CATCH_UP)


def _disagreements(archive: Archive, index: IndexReader, first: int, last: int) -> dict[int, Message]:
    """By number, what is wrong with the articles between two numbers."""
    kept = dict(archive.revisions_between(first, last))
    entries = index.revisions_between(first, last)
    times = Counter(seq for seq, _ in entries)
    held = dict(entries)
    wrong = {}
    for seq in kept.keys() | held.keys():
        if seq not in held:
            wrong[seq] = Message(StoreCode.ARTICLE_MISSING, seq=str(seq))
        elif seq not in kept:
            wrong[seq] = Message(StoreCode.ARTICLE_STRANGE, seq=str(seq))
        elif times[seq] > 1:
            wrong[seq] = Message(StoreCode.ARTICLE_REPEATED, seq=str(seq), times=times[seq])
        elif held[seq] != kept[seq]:
            wrong[seq] = Message(StoreCode.ARTICLE_OUTDATED, seq=str(seq), held=held[seq], newest=kept[seq])
    return wrong
