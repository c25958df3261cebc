"""What an article says that was put right: in itself, or as a notice about another article. Pure; looks nothing up.

Told by a field of the source, by a labelled paragraph of the text (``[정정보도문] …``), or by a label of the headline. A label that papers
print before the headline of the corrected article itself (``[정정] 나루대교 …``) is told apart from that of a notice (``[정정보도] …``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from gisa.model import SEOUL, Article, CorrectionKind
from gisa.text.addresses import address_key
from gisa.text.sentences import letters_of

CORRECTS: Final = "corrects"
"""The field of ``extra`` by which a source says which article a notice is about: its id or its address, or a list of such."""

_HINTS: Final = ("정정", "반론보도", "추후보도", "바로잡", "알려왔", "고침")
"""One of them stands in every label. Most articles hold none: 7 µs for 880 characters."""
_REPORT: Final = r"(?:정정\s*(?:및|·|ㆍ|,)?\s*반론\s*보도|정정\s*보도|반론보도|추후보도)\s*(?:문|청구)?"
_NOTICE: Final = rf"(?:{_REPORT}|바로잡습니다|바로잡음|알려왔습니다)"
_OPEN, _CLOSE = r"[\[<〈《【(［]\s*", r"\s*[\]>〉》】)］]"
_NOTICE_TITLE: Final = re.compile(
    rf"\s*(?:{_OPEN}({_NOTICE})[^\]>〉》】)］]{{0,10}}{_CLOSE}|({_NOTICE})(?=\s*$|\s*[:：]|\s))"
)
_OWN_TITLE: Final = re.compile(rf"\s*{_OPEN}(정정|고침|수정){_CLOSE}")
_PARAGRAPH: Final = re.compile(  # some sources hand a whole text over as one line
    rf"(?:^|(?<=[.?!…]))[ \t]*(?:[※■▲◆▶*]\s*)?(?:{_OPEN}(정정|고침|{_NOTICE})[^\]>〉》】)］\n]{{0,10}}{_CLOSE}|({_NOTICE})(?=\s*[:：]|[ \t]*$)|정정(?=\s*[:：]))",
    re.MULTILINE,
)
_URL: Final = re.compile(r"https?://[^\s<>\"'”’)\]]+")
_HEADLINE: Final = re.compile(r"[“\"‘'「『<〈《]([^“”\"‘’「」『』<>〈〉《》\n]{4,150})[”\"’'」』>〉》]")
_DAY: Final = re.compile(r"(?:(\d{4})년\s*)?(?:(\d{1,2})월\s*)?(\d{1,2})일")
_REACH: Final = 1_000
"""Characters at either end of a text, or twice as many up to the end of a paragraph, where corrections stand. Twenty articles of 10,700
characters read whole were a sixth of a page of results."""
_MOST_NAMES: Final = 200
"""By which a notice may name articles."""


class Correction(NamedTuple):
    """What was put right in an article."""

    kind: CorrectionKind
    text: str
    """In the paper's words; empty if it only says that something was."""
    at: datetime | None
    """When; None if the article does not say."""
    is_first: bool = False
    """The text begins with it, so that it need not be shown before the text."""


def correction_of(article: Article) -> Correction | None:
    """What an article says was put right in it; None for a notice about another, and for an article without a correction.

    >>> from datetime import UTC
    >>> at = datetime(2025, 1, 3, tzinfo=UTC)
    >>> correction_of(Article(id="1", title="다리", body="연다.\\n[정정] 5월이 아니라 6월입니다.", published_at=at)).text
    '[정정] 5월이 아니라 6월입니다.'
    """
    at = article.corrected_at or article.modified_at
    if article.is_corrected or article.correction_kind is not None:
        label = _PARAGRAPH.match(article.correction or "")
        kind = article.correction_kind or (CorrectionKind.CORRECTION if label is None else _kind(label[0]))
        return Correction(kind, article.correction or "", at)
    if notice_kind(article) is not None:
        return None
    label = _label_in(article.body)
    if label is not None:
        found = _from(article.body, label)
        if found is not None:
            return Correction(_kind(label[0]), found, at, is_first=not article.body[: label.start()].strip())
    own = _OWN_TITLE.match(article.title)
    return Correction(CorrectionKind.CORRECTION, "", at) if own is not None else None


def is_correction(line: str) -> bool:
    """Whether a paragraph is a labelled correction."""
    return any(hint in line for hint in _HINTS) and _PARAGRAPH.match(line) is not None


def notice_kind(article: Article) -> CorrectionKind | None:
    """The kind of an article that is itself a notice about another one; None for all others."""
    if CORRECTS in article.extra:
        return article.correction_kind or _kind(article.title)
    label = _NOTICE_TITLE.match(article.title) if any(hint in article.title for hint in _HINTS) else None
    return _kind(label[0]) if label is not None else None


def names_in(notice: Article) -> frozenset[bytes]:
    """By what a notice names the articles that it is about, as ``names_of`` writes it.

    Its source's field, addresses in its text, and headlines with the day on which they stood (``3월 4일자 「나루대교, 5월 개통」``).
    """
    given = notice.extra.get(CORRECTS, ())
    named = [given] if isinstance(given, str) else [each for each in given if isinstance(each, str)]
    found = {_name("id", each) for each in named}
    addresses = (address_key(url.rstrip(".,")) for url in (*named, *_URL.findall(notice.body)))
    found |= {_name("url", str(key)) for key in addresses if key is not None}
    days = set(_days(notice.body, before=notice.published_at.astimezone(SEOUL).date()))
    for headline in _HEADLINE.findall(notice.body):
        found |= {_headline(headline, day) for day in days}
        if len(found) > _MOST_NAMES:
            break
    return frozenset(found)


def names_of(article: Article) -> frozenset[bytes]:
    """What a notice may call an article: its id, its address, its headline with its day or the next, that of the print edition."""
    day = article.published_at.astimezone(SEOUL).date()
    found = {_name("id", article.id), *(_headline(article.title, each) for each in (day, day + timedelta(days=1)))}
    key = address_key(article.url)
    return frozenset(found if key is None else found | {_name("url", str(key))})


def _label_in(body: str) -> re.Match[str] | None:
    """The first label of a paragraph near the beginning or the end of a text."""
    stretches = [(0, len(body))]
    if len(body) > 4 * _REACH:
        first, last = body.find("\n", _REACH, 2 * _REACH), body.rfind("\n", -2 * _REACH, -_REACH)
        stretches = [(0, first if first >= 0 else 2 * _REACH), (last + 1 or len(body) - 2 * _REACH, len(body))]
    for start, end in stretches:
        if any(body.find(hint, start, end) >= 0 for hint in _HINTS):
            label = _PARAGRAPH.search(body, start, end)
            if label is not None:
                return label
    return None


def _from(body: str, label: re.Match[str]) -> str | None:
    """The labelled paragraph; what follows it, if it is nothing but the label."""
    paragraph, _, rest = body[label.start() :].partition("\n")
    alone = not paragraph[label.end() - label.start() :].strip(" :：\t")
    found = (rest if alone else paragraph).strip()
    return found or None


def _kind(label: str) -> CorrectionKind:
    if "정정" in label or "바로" in label or "고침" in label:
        return CorrectionKind.CORRECTION
    if "추후" in label:
        return CorrectionKind.FOLLOW_UP
    return CorrectionKind.REPLY if "반론" in label or "알려" in label else CorrectionKind.CORRECTION


def _days(text: str, *, before: date) -> Iterator[date]:
    """The days that a text names, as of ``before``: without a year or a month the last such day."""
    for year, month, day in _DAY.findall(text)[:_MOST_NAMES]:
        try:
            if year and month:
                yield date(int(year), int(month), int(day))
            elif month:
                found = date(before.year, int(month), int(day))
                yield found if found <= before else found.replace(year=before.year - 1)
            elif not year:
                found = before.replace(day=int(day))
                yield found if found <= before else (before.replace(day=1) - timedelta(days=1)).replace(day=int(day))
        except ValueError:  # 2월 30일
            continue


def _headline(headline: str, day: date) -> bytes:
    return _name("headline", f"{day.isoformat()} {letters_of(headline)}")


def _name(kind: str, value: str) -> bytes:
    """12 bytes: a store of them holds no words of an article."""
    return hashlib.blake2b(f"{kind} {value}".encode("utf-8", "replace"), digest_size=12).digest()
