"""Names for the same thing, both ways and inside words: 국가AI센터 → 국가인공지능센터. Holds no names itself.

The format, of the packaged table and of a paper's own file alike: one group a line, its names separated by tabs, ``#``
begins a comment line. Each name stands for every other one of its group; groups that share a name become one group.
Case, spaces and middle dots need no name of their own, nor does a hyphen: with K-POP, KPOP is in the group too.

    인공지능⇥AI
    세계보건기구⇥WHO⇥세계 보건 기구

A name is found in a word where it can be a word of its own:

1. A name in Latin letters or digits only as whole runs: ``ai`` in ``국가ai센터``, never in ``airport``.
2. A Hangul name of four syllables or more anywhere (초거대인공지능센터); one of three at a run's beginning or end
   (공수처장, 중앙선관위); one of two only as the whole run, particles aside (한은의; not 무한은하);
   one of a single syllable (앱) only as the whole word.
3. Any name where the caller's analyser has a morpheme begin at its start and another at its end (한은총재: ``boundaries``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from gisa.errors import LineInvalid
from gisa.lexicon.variants.edges import ends_noun
from gisa.lexicon.variants.variant import MAX_VARIANTS, Variant, VariantKind, distinct, replaced, sameness
from gisa.messages import ListCode, Message
from gisa.model import Reject
from gisa.text.hangul import is_hangul
from gisa.text.listing import entries
from gisa.text.normal import normalise
from gisa.text.runs import BARRIER, cut, cut_with_spans

MAX_NAME_CHARACTERS: Final = 60
MAX_NAMES: Final = 40
"""Names in one group as written; a group grown larger by sharing names gives its first ones."""
_HANGUL: Final = re.compile("[가-힣]+")
_HYPHEN: Final = re.compile("(?<=[a-z])-(?=[a-z])")
_LEAST_WORDS: Final = 3
"""Words side by side that are tried as one name, even when no name has spaces: 인공 지능, 국가 인권 위원회."""

Group = tuple[str, ...]
"""Names in normal form, in the order in which they were first written."""


class _Name(NamedTuple):
    runs: tuple[str, ...]
    """Its runs, 한글 written apart joined."""
    text: str
    group: int


class _Run(NamedTuple):
    text: str
    start: int
    end: int
    hangul: bool


class _Place(NamedTuple):
    """Where a name of a group stands in a word (characters)."""

    start: int
    end: int
    group: int


@dataclass(frozen=True, slots=True)
class SynonymTable:
    """Groups of names, ready to be found in words. Immutable; safe from many threads."""

    groups: tuple[Group, ...]
    max_words: int
    """How many words side by side a caller should offer to ``phrases`` at most."""
    _by_start: dict[str, tuple[_Name, ...]]
    """Names by their first two syllables, or by their first run when that is not 한글; longest first."""
    _by_sameness: dict[str, int]

    def variants(self, word: str, *, boundaries: Collection[int] = ()) -> Iterator[Variant]:
        """The word with the names in it replaced by the others of their groups; the longest name first.

        ``boundaries`` are offsets in the word (characters) where the caller knows that a morpheme begins or ends.
        """
        return distinct(word, self._variants(word, boundaries))

    def _variants(self, word: str, boundaries: Collection[int]) -> Iterator[Variant]:
        runs = _runs(word)
        whole = self._by_sameness.get(_sameness(runs))
        if whole is not None:
            for name in self.groups[whole][: MAX_VARIANTS + 1]:
                yield Variant(VariantKind.SYNONYM, name, word, name)
        found = _without_glosses(word, self._places(runs, boundaries))
        places = sorted(found, key=lambda place: (place[0] - place[1], place[0]))
        taken: list[tuple[int, int]] = []
        for start, end, group in places:
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            for name in self.groups[group][: MAX_VARIANTS + 1]:
                yield replaced(VariantKind.SYNONYM, word, start, end, by=name)

    def phrases(self, words: Sequence[str]) -> Iterator[tuple[int, int, Variant]]:
        """Names that two or more words side by side make up: ``words[first:end]``, and what they may be replaced by.

        ``["세계", "보건", "기구", "총장"]`` gives 0, 3 and the variant ``who``. The longest stretch at each word only.
        """
        for first, word in enumerate(words):
            start = word[:2]
            if len(start) == 2 and _HANGUL.fullmatch(start) and start not in self._by_start:
                continue  # no name begins so: most words
            for end in range(min(len(words), first + self.max_words), first + 1, -1):
                typed = " ".join(words[first:end])
                group = self._by_sameness.get(sameness(typed))
                if group is not None:
                    found = (Variant(VariantKind.SYNONYM, name, typed, name) for name in self.groups[group])
                    yield from ((first, end, variant) for variant in distinct(typed, found))
                    break

    def _places(self, runs: list[_Run], boundaries: Collection[int]) -> Iterator[_Place]:
        """Where names stand in the word."""
        by_start = self._by_start
        for place, run in enumerate(runs):
            if not run.hangul:
                for name in by_start.get(run.text, ()):
                    if (end := _matches(runs, place, 0, name, boundaries)) is not None:
                        yield _Place(run.start, end, name.group)
                continue
            text = run.text
            for offset in range(len(text) - 1):
                names = by_start.get(text[offset : offset + 2])
                for name in names or ():
                    if (end := _matches(runs, place, offset, name, boundaries)) is not None:
                        yield _Place(run.start + offset, end, name.group)
            names = by_start.get(text[-1])  # 앱, and names like 챗gpt
            for name in names or ():
                if (end := _matches(runs, place, len(text) - 1, name, boundaries)) is not None:
                    yield _Place(run.start + len(text) - 1, end, name.group)


def _runs(word: str) -> list[_Run]:
    """The runs of a word with their spans; Hangul runs that a mark parts stay apart, so that offsets hold."""
    if _HANGUL.fullmatch(word):  # most words: three times faster than cutting
        return [_Run(word, 0, len(word), True)]
    return [_Run(run, start, end, is_hangul(run[0])) for run, start, end in cut_with_spans(word)]


def _sameness(runs: list[_Run]) -> str:
    """``sameness`` of the word that was cut into these runs."""
    if len(runs) == 1:
        return runs[0].text
    out: list[str] = []
    hangul = False
    for run in runs:
        if hangul and run.hangul:
            out[-1] += run.text
        else:
            out.append(run.text)
        hangul = run.hangul
    return " ".join(out)


def _without_glosses(word: str, places: Iterable[_Place]) -> list[_Place]:
    """The places, with a name and its gloss made one: 인공지능(ai) says one thing twice."""
    out: list[_Place] = []
    for place in sorted(places):
        before = out[-1] if out else None
        if (
            before
            and before.group == place.group
            and word[before.end : place.start] + word[place.end : place.end + 1] == "()"
        ):
            out[-1] = _Place(before.start, place.end + 1, place.group)
        else:
            out.append(place)
    return out


def _matches(runs: list[_Run], place: int, offset: int, name: _Name, boundaries: Collection[int]) -> int | None:
    """Where the name that begins at ``offset`` of run number ``place`` ends; None if the name is not there."""
    first, last = runs[place], place + len(name.runs) - 1
    if last >= len(runs):
        return None
    start = first.start + offset
    if last == place:
        if not first.hangul:
            return first.end  # the index has found the whole run
        length = len(name.runs[0])
        if not first.text.startswith(name.runs[0], offset) or not _stands(first, offset, offset + length, boundaries):
            return None
        return start + length
    if first.text[offset:] != name.runs[0] or (offset and start not in boundaries and len(name.runs[0]) < 3):
        return None
    if any(runs[place + step].text != name.runs[step] for step in range(1, len(name.runs) - 1)):
        return None
    final = runs[last]
    wanted = name.runs[-1]
    end = final.start + len(wanted)
    if not final.hangul:
        return final.end if final.text == wanted else None
    rest = final.text[len(wanted) :]
    if not final.text.startswith(wanted) or not (len(wanted) > 1 or end in boundaries or ends_noun(rest)):
        return None
    return end


def _stands(run: _Run, start: int, end: int, boundaries: Collection[int]) -> bool:
    """Rules 2 and 3 of this module, for a name within one Hangul run (offsets in the run)."""
    length = end - start
    if length >= 4:
        return True
    begins, ends = start == 0, ends_noun(run.text[end:])
    if length == 3 and (begins or ends):
        return True
    return (begins or run.start + start in boundaries) and (ends or run.start + end in boundaries)


EMPTY: Final = SynonymTable((), _LEAST_WORDS, {}, {})


def parse_synonyms(lines: Iterable[str], *, source: str = "synonyms.txt") -> tuple[SynonymTable, list[Reject]]:
    """The table of the lines that can be used, and a reject for each that cannot.

    The table of the package and a paper's own are read together by chaining their lines.
    """
    groups: list[_Group] = []
    rejects: list[Reject] = []
    for number, text in entries(lines):
        try:
            groups.append(_names(text))
        except LineInvalid as error:
            rejects.append(Reject(f"{source}:{number}", error.reason))
    return _build(_merged(groups)), rejects


_Group = dict[str, str]
"""Names in normal form by what makes two of them one (``sameness``)."""


def _names(line: str) -> _Group:
    """The names of a line. Raises ``LineInvalid``."""
    fields = [" ".join(normalise(field).split()).strip(".") for field in line.split("\t")]
    fields = [field for field in fields if field]
    if len(fields) > MAX_NAMES:
        raise LineInvalid(Message(ListCode.NAMES_TOO_MANY, count=len(fields), limit=MAX_NAMES))
    names: dict[str, str] = {}
    for field in fields:
        runs = cut(field)
        if len(field) > MAX_NAME_CHARACTERS:
            raise LineInvalid(Message(ListCode.NAME_TOO_LONG, name=field[:20], limit=MAX_NAME_CHARACTERS))
        if not runs or BARRIER in runs:
            raise LineInvalid(Message(ListCode.NAME_UNSEARCHABLE, name=field))
        if len(runs) == 1 and len(runs[0]) == 1 and not is_hangul(runs[0]):
            raise LineInvalid(Message(ListCode.NAME_LETTER, name=field))
        names.setdefault(sameness(field), field)
    if len(names) < 2:
        raise LineInvalid(Message(ListCode.NAMES_TOO_FEW))
    for name in list(names.values()):
        unhyphened = _HYPHEN.sub("", name)
        if unhyphened != name:
            names.setdefault(sameness(unhyphened), unhyphened)
    return names


def _merged(groups: list[_Group]) -> list[_Group]:
    """Groups that share a name made one, in the order of their first lines."""
    owner: dict[str, int] = {}
    merged: list[_Group] = []
    for names in groups:
        owners = sorted({owner[key] for key in names if key in owner})
        if not owners:
            owners = [len(merged)]
            merged.append({})
        target = owners[0]
        for other in owners[1:]:
            for key in merged[other]:
                owner[key] = target
            merged[target].update(merged[other])
            merged[other] = {}
        for key, name in names.items():
            merged[target].setdefault(key, name)
            owner[key] = target
    return [names for names in merged if names]


def _build(groups: list[_Group]) -> SynonymTable:
    by_start: dict[str, list[_Name]] = {}
    by_sameness: dict[str, int] = {}
    max_words = _LEAST_WORDS
    for number, names in enumerate(groups):
        for same, text in names.items():
            by_sameness[same] = number
            max_words = max(max_words, text.count(" ") + 1)
            runs = tuple(same.split(" "))
            start = runs[0][:2] if is_hangul(runs[0][0]) else runs[0]
            by_start.setdefault(start, []).append(_Name(runs, text, number))
    return SynonymTable(
        groups=tuple(tuple(names.values()) for names in groups),
        max_words=max_words,
        _by_start={
            start: tuple(sorted(found, key=lambda name: -len("".join(name.runs)))) for start, found in by_start.items()
        },
        _by_sameness=by_sameness,
    )
