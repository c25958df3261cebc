"""Keeps the suggestion store in step with the archive by its change log. The caller holds the writer lock.

For each change the phrases of the revision it ended are taken away and those of the one it made current are added. The
log alone decides which those are, so a rebuild replays it from the beginning.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from gisa.clock import Clock, system_clock
from gisa.follower_file import taking_in
from gisa.model import Change, ChangeKind, Headline
from gisa.ports import Archive
from gisa.suggest.counts import Count, Place, number_of, place_of, weight_of
from gisa.suggest.store import keep_words, suggestions_file, words_of
from gisa.text.analyser import Analyser, MecabAnalyser, RememberingAnalyser
from gisa.text.dictionary import Dictionary
from gisa.text.jamo import initials, strokes
from gisa.text.normal import normalise
from gisa.text.own_words import OwnWord, OwnWordsAnalyser, parse_own_words
from gisa.text.phrases import phrases_of
from gisa.text.runs import read_han

_CHANGES_AT_ONCE: Final = 5_000
"""Changes in one transaction of a rebuild: their phrases take some 20 MB."""
_IDS_AT_ONCE: Final = 500
_COMMON: Final = 4
"""How many times less a common noun of the dictionary counts than a name or a phrase: ㅅㅅ is 삼성 before 수사 and 시설."""

OwnWords = tuple[OwnWord, ...]


class SuggestionsFollower:
    """``ports.Follower`` over one file: the phrases of the headlines that the archive holds."""

    name = "suggestions"

    def __init__(
        self, path: Path, archive: Archive, *, words: Callable[[], OwnWords | None], clock: Clock = system_clock
    ) -> None:
        """``words``: the paper's own words that the index uses now, so that 새별이 is offered and not 새별. If it returns
        None they are not known now, and the store keeps those it was built with.
        """
        self._file, self._archive, self._words, self._clock = suggestions_file(path), archive, words, clock

    @property
    def change_seq(self) -> int:
        wanted = self._words()
        held = self._file.change_seq
        return held if wanted is None or self._held_words() == _lines(wanted) else -1

    def follow(self, changes: Sequence[Change]) -> None:
        try:
            with self._file.writing() as store:
                analyser = _analyser(words_of(store))
                _take_in(store, self._archive, changes, analyser, Dictionary(), now_s=self._now_s())
        except (sqlite3.Error, TypeError):
            self.rebuild()

    def rebuild(self) -> None:
        wanted = self._words()
        words = self._held_words() if wanted is None else _lines(wanted)
        analyser, dictionary = _analyser(words), Dictionary()

        def fill(store: sqlite3.Connection) -> None:
            keep_words(store, words)
            after = 0
            while changes := self._archive.changes(after=after, limit=_CHANGES_AT_ONCE):
                _take_in(store, self._archive, changes, analyser, dictionary, now_s=self._now_s())
                after = changes[-1].change_seq

        self._file.rebuild(fill)

    def problems(self) -> Iterator[str]:
        return self._file.problems()

    def _now_s(self) -> int:
        return int(self._clock().timestamp())

    def _held_words(self) -> str:
        """The words that the store was built with, as lines; none if it does not say."""
        try:
            with closing(self._file.reading()) as store:
                return words_of(store)
        except (sqlite3.Error, TypeError):
            return ""


def _lines(words: OwnWords) -> str:
    return "\n".join(word.line for word in words)


def _analyser(words: str) -> Analyser:
    own, _ = parse_own_words(words.splitlines())
    return RememberingAnalyser(OwnWordsAnalyser(own, MecabAnalyser()) if own else MecabAnalyser(), limit=100_000)


def _take_in(
    store: sqlite3.Connection,
    archive: Archive,
    changes: Sequence[Change],
    analyser: Analyser,
    dictionary: Dictionary,
    *,
    now_s: int,
) -> None:
    """Apply the changes and store the last change_seq, in one transaction."""
    with taking_in(store, change_seq=changes[-1].change_seq):
        _apply(store, _differences(_counted(store, archive, changes, now_s=now_s), analyser, dictionary))


def _counted(
    store: sqlite3.Connection, archive: Archive, changes: Sequence[Change], *, now_s: int
) -> list[tuple[Headline, int]]:
    """The headlines to add (1) and to take away (-1), including those whose embargo has ended since. Headlines that
    readers may not see are left out.
    """
    waiting = {
        (seq, revision): at for seq, revision, at in store.execute("SELECT seq, revision, opens_at_s FROM waiting")
    }
    due = [key for key, opens_at_s in waiting.items() if opens_at_s <= now_s]
    steps = [step for change in changes for step in _steps(change)]
    headlines = archive.headlines([*due, *((seq, revision) for seq, revision, _ in steps)])
    counted = [(headlines[key], 1) for key in due]
    for key in due:
        del waiting[key]
    for seq, revision, sign in steps:
        key, headline = (seq, revision), headlines[seq, revision]
        if headline.opens_at is None or (sign < 0 and waiting.pop(key, None) is not None):
            continue
        opens_at_s = int(headline.opens_at.timestamp())
        if sign > 0 and opens_at_s > now_s:
            waiting[key] = opens_at_s
        else:
            counted.append((headline, sign))
    store.execute("DELETE FROM waiting")
    store.executemany("INSERT INTO waiting VALUES (?, ?, ?)", ((*key, at) for key, at in waiting.items()))
    return counted


def _differences(
    counted: Iterable[tuple[Headline, int]], analyser: Analyser, dictionary: Dictionary
) -> dict[str, Count]:
    """By how much each phrase's count changes."""
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for headline, sign in counted:
        phrases = phrases_of(headline, analyser)
        weight = weight_of(headline.published_at)
        for name in phrases.names:
            sums = found[name]
            sums[0] += sign
            sums[1] += sign
            sums[2] += sign * (weight // _COMMON if dictionary.is_common_noun(name) else weight)
        for text in phrases.plain:
            sums = found[text]
            sums[0] += sign
            sums[2] += sign * weight
    return {text: Count(*sums) for text, sums in found.items() if any(sums)}


def _steps(change: Change) -> list[tuple[int, int, int]]:
    """Which revisions a change ends (-1) and makes current (+1): article number, revision, sign."""
    seq, revision = change.article_seq, change.revision
    match change.kind:
        case ChangeKind.ADD:
            return [(seq, revision, 1)]
        case ChangeKind.UPDATE:
            return [(seq, revision - 1, -1), (seq, revision, 1)]
        case ChangeKind.REMOVE:
            return [(seq, revision, -1)]


def _apply(store: sqlite3.Connection, differences: dict[str, Count]) -> None:
    texts = {number_of(text): text for text in differences}
    before = _counts(store, list(texts))
    gone: list[tuple[int]] = []
    kept: list[tuple[int, int, int, int, str | None]] = []
    moved: list[tuple[int, str, Place | None, Place | None]] = []
    for number, text in texts.items():
        was, by = before.get(number), differences[text]
        if was is None:
            now, place_before = by, None
        else:
            now = Count(was.articles + by.articles, was.names + by.names, was.weight + by.weight)
            place_before = place_of(text, was)
        place = place_of(text, now)
        if now.articles:
            kept.append((number, *now, text if place is not None else None))
        else:
            gone.append((number,))
        if place_before != place:
            moved.append((number, text, place_before, place))
    store.executemany("DELETE FROM phrases WHERE id = ?", gone)
    store.executemany("INSERT OR REPLACE INTO phrases VALUES (?, ?, ?, ?, ?)", sorted(kept))
    _move(store, moved)


def _counts(store: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, Count]:
    found = {}
    for start in range(0, len(numbers), _IDS_AT_ONCE):
        some = numbers[start : start + _IDS_AT_ONCE]
        marks = ",".join("?" * len(some))
        for number, *count in store.execute(
            f"SELECT id, articles, names, weight FROM phrases WHERE id IN ({marks})",  # noqa: S608 - marks only
            some,
        ):
            found[number] = Count(*count)
    return found


def _move(store: sqlite3.Connection, moved: Iterable[tuple[int, str, Place | None, Place | None]]) -> None:
    leaving: dict[str, list[tuple[int, str, int]]] = {"strokes": [], "initials": [], "ending": []}
    coming: dict[str, list[tuple[int, str, int]]] = {"strokes": [], "initials": [], "ending": []}
    for number, text, before, now in moved:
        spoken = read_han(normalise(text))
        keys = {"strokes": strokes(spoken), "initials": initials(spoken)}
        keys["ending"] = keys["strokes"][::-1]
        for place, rows in ((before, leaving), (now, coming)):
            if place is None:
                continue
            for name, key in keys.items():
                if name != "ending" or place.corrects:
                    rows[name].append((place.tier, key, number))
    for name in leaving:
        store.executemany(f"DELETE FROM by_{name} WHERE tier = ? AND {name} = ? AND id = ?", leaving[name])  # noqa: S608 - ours
        store.executemany(f"INSERT INTO by_{name} VALUES (?, ?, ?)", sorted(coming[name]))  # noqa: S608 - ours
