"""What is said in an article between quotation marks, and by whom, as far as the article says so. Pure.

Between quotation marks stand words that somebody said, and titles, names and words that are only set apart. Words were said
if what follows says so (“…”고, “…”라며, “…”는 지적), if a speaker is named beside them (“…”(김 시장), 김 시장: “…”), or if they
stand as a sentence of their own. Who said them is the topic of the sentence, or of the one beside it. Nobody is a speaker
by guess: where no words name one, there is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import Enum
from functools import cached_property
from typing import Final, NamedTuple

from gisa.quotes.marks import Quoted, quoted_stretches
from gisa.quotes.noun_phrases import QUOTED, NounPhraseReader, Role
from gisa.quotes.speakers import HolderOf, People, Speaker, no_holder
from gisa.quotes.words import GOING_ON, PASSIVE, SAYING, UNSAID, VOICES
from gisa.text.dictionary import Dictionary


class Quotation(NamedTuple):
    """Words that an article quotes."""

    start: int
    """Of the first character behind the opening mark, in characters of the text."""
    end: int
    """Of the closing mark."""
    speaker: Speaker | None
    """Who said it; None if the article does not say."""


class _Link(Enum):
    """How a quotation is bound to what follows."""

    VERB = "고"
    NOUN = "는"
    ASIDE = "("
    LIST = ","
    ALONE = "."


class _Said(NamedTuple):
    quoted: Quoted
    link: _Link
    rest: int
    """Where what follows the link begins."""


_REACH: Final = 1_000
"""Characters on either side of a quotation that are looked at. So the time is linear in the text, also where a line of a million
characters is full of quotations."""
_LINK: Final = re.compile(
    r"(?:이?라)?(고도|고만|고는|고|며|면서도|면서|기보다)(?![가-힣])|(으?로)(?=\s(?:전망|예상|추정|내다|분석|판단|평가))|이?라?(는|던)(?![가-힣])"
)
_ASIDE: Final = re.compile(r"\s?\(([^()\n]{2,40})\)")
_LISTED: Final = re.compile(r"\s?[,·]\s?(?=[“\"「])")
_SENTENCE_END: Final = re.compile(r"[.?!…][\x01\s]*$")
_LABEL: Final = re.compile(r"[^\w\n]*([^\n:=,.]{2,30}?)\s*[:=]\s*$")
_STOP: Final = r"[.?!…]+(?=[\s\x01“\"「]|$)"
_SENTENCES: Final = re.compile(rf"[^\n][^\n.?!…]*(?:(?!{_STOP})[.?!…][^\n.?!…]*)*(?:{_STOP}|\n|$)", re.MULTILINE)
"""As ``[^\\n]+?(?:{_STOP}|\\n|$)``, a third of its time: not each character is tried as an end."""
_UNSAID: Final = re.compile(rf"\s*(?:\S+\s+)?(?:{'|'.join(UNSAID)})")
_VOICE: Final = re.compile(rf"\s*(?:\S+\s+){{0,2}}?(?:\S*(?:{'|'.join(VOICES)}))(?=[가-힣]{{0,4}}(?:[\s.,]|$))")
_PASSIVE: Final = re.compile(rf"(?:이|가|도|은|는|만)?\s+(?:\S+\s+)?(?:{'|'.join(PASSIVE)})")
_OF: Final = re.compile(rf"\s*(?:것|게|점)(?:이|은|을)?\s+([^\s].{{0,30}}?)의\s+(?:{'|'.join(VOICES)})")
_SOMEBODY: Final = re.compile(r"\s+\S+(?:\(\d+\))?\s?\S*(?:은|는|의)\s")
_THING: Final = re.compile(r"\s*(?:것|게|점|데|식|이유|까닭)")
_SAYING: Final = re.compile(SAYING)
_THUS: Final = re.compile("이렇게|이같이|이처럼|다음과 같이|한 말이다|의 말이다|말을 꺼냈")
_FINAL: Final = re.compile(r"[다요까자라네죠오소군냐니지해돼음함]\W*$")


_OTHER_CLAUSE: Final = re.compile(r"[가-힣]+(?:지만|으나|는데|하자|했고|혔고|였고|았고|었고)(?=[\s,])")
"""A verb behind which another subject follows."""


_ACTING: Final = (Role.TOPIC, Role.SUBJECT)


class QuotationFinder:
    """Finds quotations. Not thread-safe: one for each thread."""

    def __init__(self, dictionary: Dictionary | None = None) -> None:
        self._dictionary = dictionary if dictionary is not None else Dictionary()
        self._reader = NounPhraseReader(self._dictionary)

    def find(self, text: str, *, holder_of: HolderOf = no_holder) -> list[Quotation]:
        """The quotations of an article's body, in order. ``holder_of`` says who held an office on its day."""
        quoted = quoted_stretches(text)
        said = [found for each in quoted if (found := _said(text, each)) is not None]
        if not said:
            return []
        return _Reading(text, quoted, said, self._reader, self._dictionary, holder_of).quotations()


def _said(text: str, quoted: Quoted) -> _Said | None:
    """How the words were said; None if they are only set apart."""
    inner, after = text[quoted.start : quoted.end].strip(), quoted.end + 1
    link = _LINK.match(text, after)
    if link is not None:
        rest = text[link.end() : link.end() + _REACH].partition("\n")[0]
        if link[1] or link[2]:
            return None if _UNSAID.match(rest) else _Said(quoted, _Link.VERB, link.end())
        if _UNSAID.match(rest) and not (link[0] in ("는", "던") and "말" in rest[:4]):
            return None
        is_of_somebody = link[0] not in ("는", "던") and (_VOICE.match(rest) or _SOMEBODY.match(rest))
        if is_of_somebody or _FINAL.search(inner):
            return _Said(quoted, _Link.NOUN, link.end())
        return None
    aside = _ASIDE.match(text, after)
    if aside is not None and not aside[1].strip().isdigit() and _FINAL.search(inner):
        return _Said(quoted, _Link.ASIDE, after)
    if _LISTED.match(text, after):
        return _Said(quoted, _Link.LIST, after)
    if (_SENTENCE_END.search(inner) or _label(text, quoted.start - 1)) and (
        after >= len(text) or text[after].isspace()
    ):
        return _Said(quoted, _Link.ALONE, after)
    return None


def _label(text: str, end: int) -> re.Match[str] | None:
    """The name before a colon that a quotation stands behind in its line: 김하늘 시장: “…”."""
    line = text.rfind("\n", max(0, end - _REACH), end) + 1
    return _LABEL.match(text, line, end)


class _Reading:
    """One article being read, from its beginning to its end."""

    def __init__(
        self,
        text: str,
        quoted: Sequence[Quoted],
        said: Sequence[_Said],
        reader: NounPhraseReader,
        dictionary: Dictionary,
        holder_of: HolderOf,
    ) -> None:
        self._text, self._said, self._reader = text, said, reader
        self._people = People(dictionary, holder_of, self._look_back)
        shown, at = [], 0
        for start, end in (each.outer for each in quoted):
            shown += [text[at:start], QUOTED * (end - start)]
            at = end
        self._masked = "".join(shown) + text[at:]
        self._sentences = [match.span() for match in _SENTENCES.finditer(self._masked)]
        self._starts = [start for start, _ in self._sentences]
        self._ends = [end for _, end in self._sentences]
        self._known_to = self._reading = 0
        """Sentences whose persons are known, and the one that is read."""

    def quotations(self) -> list[Quotation]:
        """Each with its speaker. Quotations side by side (“…”, “…”, “…”는 세 가지) have one."""
        found: list[Quotation] = []
        row: list[Quoted] = []
        for said in self._said:
            row.append(said.quoted)
            if said.link is _Link.LIST:
                continue
            speaker = self._speaker(said, row[0], found)
            found += [Quotation(*each, speaker) for each in row]
            row = []
        return found

    @cached_property
    def _worded(self) -> list[int]:
        """Numbers of the sentences that are more than a quotation."""
        return [number for number, span in enumerate(self._sentences) if self._holds_words(*span)]

    def _number_of(self, at: int) -> int:
        return max(0, bisect_right(self._starts, at) - 1)

    def _speaker(self, said: _Said, first: Quoted, found: Sequence[Quotation]) -> Speaker | None:
        number = self._number_of(first.start - 1)
        self._reading = number
        start, end = self._sentences[number]
        last = found[-1] if found else None
        previous = last.end + 1 if last is not None and last.end > start else start
        match said.link:
            case _Link.ASIDE:
                aside = _ASIDE.match(self._text, said.rest)
                return self._first_named(aside[1]) if aside is not None else None
            case _Link.ALONE:
                return self._of_sentence_alone(said)
            case _Link.NOUN:
                return self._behind_noun(said, (previous, first.start - 1), end, last)
            case _:
                return self._behind_verb(said, (previous, first.start - 1), end, last)

    def _behind_verb(self, said: _Said, before: tuple[int, int], end: int, last: Quotation | None) -> Speaker | None:
        """Of “…”고 말했다: who stands before the words, or else between them and the verb, or else who spoke last."""
        speaker = self._subject(*before)
        if speaker is not None:
            return speaker
        behind = self._behind(said, end)
        return self._subject(said.rest, said.rest + len(behind)) or self._inherited(before, last)

    def _behind_noun(self, said: _Said, before: tuple[int, int], end: int, last: Quotation | None) -> Speaker | None:
        """Of “…”는 지적: whose it is said to be; nobody's if it is only heard (지적이 나온다)."""
        rest = self._behind(said, end)
        owner = _OF.match(rest)
        if owner is not None:
            return self._first_named(owner[1])
        if _THING.match(rest):
            return self._subject(*before)
        voice = _VOICE.match(rest)
        if voice is not None:
            if _PASSIVE.match(rest, voice.end()):
                return None
            return self._subject(*before, owners=True) or self._inherited(before, last)
        speaker = self._first_named(rest)
        if speaker is not None and speaker.is_person:
            return speaker
        return self._subject(*before) if _SAYING.search(rest) else None

    def _behind(self, said: _Said, end: int) -> str:
        """What stands between a quotation and the next, or the sentence's end. A clause that has another subject (“…”고 했지만 박 의원은)
        ends it."""
        behind = self._masked[said.rest : min(end, said.rest + _REACH)].partition(QUOTED)[0]
        other = _OTHER_CLAUSE.search(behind)
        return behind if other is None else behind[: other.end()]

    def _inherited(self, before: tuple[int, int], last: Quotation | None) -> Speaker | None:
        """Who spoke the words just before, in the same sentence or, if this names nobody, in the one before."""
        number = self._number_of(before[1])
        start, _ = self._sentences[number]
        if last is not None and last.end > start:
            between = self._reader.phrases(self._masked[max(last.end, before[1] - _REACH) : before[1]])
            return None if any(each.role is Role.TOPIC for each in between) else last.speaker
        opening = self._masked[start : min(before[1], start + _REACH)].split()
        goes_on = bool(opening) and opening[0].rstrip(",") in GOING_ON
        if goes_on and number and QUOTED not in self._masked[slice(*self._sentences[number - 1])]:
            return self._subject(*self._sentences[number - 1])
        if last is None or "\n" in self._text[last.end : before[1]] or self._number_of(last.start) < number - 1:
            return None
        return last.speaker if goes_on or not opening else None

    def _of_sentence_alone(self, said: _Said) -> Speaker | None:
        label = _label(self._text, said.quoted.start - 1)
        if label is not None:
            return self._first_named(label[1])
        before, after = self._beside(said)
        for stretch in (after, before):
            if stretch is not None and _THUS.search(self._masked[slice(*stretch)]):
                return self._subject(*stretch, owners=True)
        if before is not None and QUOTED not in self._masked[slice(*before)]:
            told = self._masked[slice(*before)].rstrip(" .")
            if re.search(r"(?:말했다|물었다|답했다|외쳤다|입을 열었다)$", told):
                return self._subject(*before)
        if after is not None and self._is_own_paragraph(said.quoted):
            subject = self._subject(*after)
            return subject if subject is not None and subject.is_person else None
        return None

    def _is_own_paragraph(self, quoted: Quoted) -> bool:
        end = quoted.start - 1
        line = self._text.rfind("\n", max(0, end - _REACH), end) + 1
        return not self._text[max(line, end - _REACH) : end].strip()

    def _beside(self, said: _Said) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
        """The sentences before and behind a quotation that is a sentence by itself."""
        start, end = said.quoted.outer
        own, following = self._number_of(start), bisect_right(self._ends, end)
        before = self._part_before(own, start)
        if before is None and (earlier := bisect_left(self._worded, own)):
            before = self._sentences[self._worded[earlier - 1]]
        after = self._part_behind(following, end)
        if after is None and (later := bisect_right(self._worded, following)) < len(self._worded):
            after = self._sentences[self._worded[later]]
        return before, None if after is None else (after[0], min(after[1], after[0] + _REACH))

    def _part_before(self, number: int, start: int) -> tuple[int, int] | None:
        """What of a sentence stands before a place, if those are words."""
        begin, end = self._sentences[number]
        part = max(begin, min(end, start) - _REACH), min(end, start)
        return part if self._holds_words(*part) else None

    def _part_behind(self, number: int, end: int) -> tuple[int, int] | None:
        """What of a sentence stands behind a place, if those are words."""
        if number == len(self._sentences):
            return None
        begin, last = self._sentences[number]
        part = max(begin, end), min(last, max(begin, end) + _REACH)
        return part if self._holds_words(*part) else None

    def _holds_words(self, start: int, end: int) -> bool:
        return bool(self._masked[start:end].strip(QUOTED + ' \n."”'))

    def _subject(self, start: int, end: int, *, owners: bool = False) -> Speaker | None:
        """Who a stretch is about: its last topic, or its last subject if it has no topic."""
        phrases = list(self._reader.phrases(self._masked[max(start, end - _REACH) : end]))
        for each in phrases:
            if each.role is Role.OTHER:
                self._people.speaker(each.words)
        topics = [each for each in phrases if each.role is Role.TOPIC]
        subjects = [each for each in phrases if each.role is Role.SUBJECT]
        owned = [each for each in phrases if each.role is Role.OF] if owners else []
        for each in (*reversed(topics), *subjects[-1:], *owned[-1:]):
            speaker = self._people.speaker(each.words)
            if speaker is not None:
                self._people.remember_last(speaker)
                return speaker
        return None

    def _first_named(self, stretch: str) -> Speaker | None:
        for phrase in self._reader.phrases(stretch):
            return self._people.speaker(phrase.words)
        return None

    def _look_back(self) -> None:
        """Remember the persons of the sentences before this one; the topic of each is spoken of last."""
        start, self._known_to = self._known_to, max(self._known_to, self._reading)
        for span in self._sentences[start : self._known_to]:
            phrases = list(self._reader.phrases(self._masked[slice(*span)]))
            for phrase in sorted(phrases, key=lambda each: each.role in _ACTING):
                self._people.remember(phrase.words)
                self._people.speaker(phrase.words)
