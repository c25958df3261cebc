"""The rule that turns a draft into an article or says why not. Pure: no I/O, no clock; nothing is cut to fit.

Texts are kept as the source gave them (no Unicode normalisation, HTML stays text), except for what no database and no
page can hold: line ends become ``\\n``, control characters go, lone surrogates become U+FFFD, white space at both ends
goes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from gisa.errors import ArticleInvalid
from gisa.ingest.dates import read_date
from gisa.ingest.identity import derived_id, id_of_url, is_web_url
from gisa.model import SEOUL, Article, Draft, Removal
from gisa.text.unseen import is_blank

MAX_TITLE: Final = 1_000
MAX_BODY: Final = 10_000_000
MAX_ID: Final = 256
MAX_URL: Final = 4_096
MAX_NAME: Final = 200
"""Characters of a section, a publisher, one name of a byline, one keyword."""
MAX_NAMES: Final = 5_000
"""Entries of a byline or of keywords; exports of news archives list every noun of an article as a keyword."""
MAX_REASON: Final = 1_000
"""Characters of why an article was removed."""
MAX_CORRECTION: Final = 20_000
"""Characters of a correction notice; a court's 정정보도문 may quote at length."""
MAX_EXTRA: Final = 200_000
"""Characters of all unknown fields together, a number counting 8."""
MAX_EXTRA_DEPTH: Final = 16
FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2200
LONGEST_AHEAD: Final = timedelta(days=3653)
"""Ten years: embargoed and planned articles exist, a year 2205 is a slip of the finger."""

_REMOVAL_FIELDS: Final = frozenset({"removed", "reason", "public_reason"})
_FIELDS: Final = frozenset(Article.__dataclass_fields__)
_CLEAN: Final = re.compile(r"[\t\n\x20-\ud7ff\ue000-\U0010ffff]*+").fullmatch
_CONTROLS: Final = dict.fromkeys(range(0x20)) | {0x09: "\t", 0x0A: "\n", 0x0B: "\n", 0x0C: "\n", 0x0D: "\n"}
"""Vertical tab and form feed break lines too; dropping them would glue two words together."""
_LINE_BREAKS: Final = re.compile(r"[ \t]*[\n\t\x85\u2028\u2029][\s]*")
_LANG: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_OWN_PATH: Final = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\s\\\ud800-\udfff]*")
_NAME_MARKS: Final = re.compile(r"[,;/·ㆍ‧•・，；、\n]")
_KEYWORD_MARKS: Final = re.compile(r"[,;，；、\n]|\s[/·ㆍ‧•・]\s")
"""A keyword holds middle dots and slashes of its own (12·3 비상계엄, TCP/IP): they part only between spaces."""


def accept(draft: Draft, *, now: datetime) -> Article:
    """The article that ``draft`` describes. ``now`` (aware) bounds how far ahead its dates may lie.

    Raises ``ArticleInvalid`` with one reason, the first found; the caller adds the draft's place.
    """
    fields = draft.fields
    if not isinstance(fields, Mapping):
        raise ArticleInvalid(f"not an article but {_kind(fields)} — give an object with title, body and published_at")
    get = fields.get
    if "removed" in fields:  # said of every article of an export, and not so of this one
        fields = {name: value for name, value in fields.items() if name not in _REMOVAL_FIELDS}
        get = fields.get
    title = _required(get("title"), "title", MAX_TITLE, hint=" — is the body in its place?")
    if not title.isprintable():
        title = _LINE_BREAKS.sub(" ", title)
    body = _required(get("body"), "body", MAX_BODY, hint=" — split the article")
    if get("published_at") is None:
        raise ArticleInvalid("published_at is missing — every article needs title, body and published_at")
    published_at = _moment(get("published_at"), "published_at", now)
    if published_at is None:
        raise ArticleInvalid("published_at is blank — every article needs title, body and published_at")
    odd: dict[str, str] = {}
    url = _url(get("url"), "url", odd)
    image_url = _url(get("image_url"), "image_url", odd)
    publisher = _name(get("publisher"), "publisher")
    article_id = _id(get("id"))
    if article_id is None:
        article_id = derived_id(url=url, publisher=publisher, title=title, published_at=published_at)
    return Article(
        id=article_id,
        title=title,
        body=body,
        published_at=published_at,
        modified_at=_moment(get("modified_at"), "modified_at", now),
        section=_name(get("section"), "section"),
        byline=_names(get("byline"), "byline", _NAME_MARKS),
        publisher=publisher,
        url=url,
        image_url=image_url,
        keywords=_names(get("keywords"), "keywords", _KEYWORD_MARKS),
        lang=_lang(get("lang")),
        correction=_correction(get("correction")),
        corrected_at=_moment(get("corrected_at"), "corrected_at", now),
        extra={} if fields.keys() <= _FIELDS and "extra" not in fields and not odd else _extra({**fields, **odd}),
    )


def removal(article_id: str, *, reason: str | None = None, public_reason: str | None = None) -> Removal:
    """The removal of an article, its reasons cleaned as every text is. Raises ``ArticleInvalid``."""
    return Removal(article_id, _reason(reason, "reason"), _reason(public_reason, "public_reason"))


def removal_of(draft: Draft) -> Removal | None:
    """The removal that ``draft`` asks for (``"removed": true``); None for one that describes an article.

    It needs the article's id, or the address that its id was derived from. Raises ``ArticleInvalid``.
    """
    fields = draft.fields
    if not isinstance(fields, Mapping) or not _yes_or_no(fields.get("removed"), "removed"):
        return None
    article_id = _id(fields.get("id"))
    url = _url(fields.get("url"), "url", {})
    if article_id is None:
        if url is None:
            raise ArticleInvalid("a removal needs the id of the article, or the url it was added with")
        article_id = id_of_url(url)
    return removal(article_id, reason=fields.get("reason"), public_reason=fields.get("public_reason"))


def _reason(value: object, name: str) -> str | None:
    if value is None:
        return None
    text = _text(value, name)
    if len(text) > MAX_REASON:
        raise ArticleInvalid(f"{name} has {len(text):,} characters, the limit is {MAX_REASON:,}")
    return text or None


def _correction(value: object) -> str | None:
    """The notice's text. ``true`` is refused: a page that says 정정 must say when or what."""
    if value is None:
        return None
    text = _text(value, "correction")
    if len(text) > MAX_CORRECTION:
        raise ArticleInvalid(f"correction has {len(text):,} characters, the limit is {MAX_CORRECTION:,}")
    return text or None


def _yes_or_no(value: object, name: str) -> bool:
    """True or false as JSON or a column of a table writes it; nothing is false."""
    if value is None or isinstance(value, bool):
        return bool(value)
    word = value.strip().casefold() if isinstance(value, str) else str(value) if isinstance(value, int) else None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ArticleInvalid(f"{name} {_shown(value)} is neither true nor false — write true, or leave it out")


def clean_text(text: str) -> str:
    """The text without what cannot be stored (see the top of this module); white space at the ends goes."""
    if _CLEAN(text) is None:
        text = text.replace("\r\n", "\n").translate(_CONTROLS)
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.strip()


def _required(value: object, name: str, limit: int, *, hint: str) -> str:
    if value is None:
        raise ArticleInvalid(f"{name} is missing — every article needs title, body and published_at")
    text = _text(value, name)
    if is_blank(text):
        raise ArticleInvalid(f"{name} is blank — every article needs title, body and published_at")
    if len(text) > limit:
        raise ArticleInvalid(f"{name} has {len(text):,} characters, the limit is {limit:,}{hint}")
    return text


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise ArticleInvalid(f"{name} must be text, not {_kind(value)}")
    return clean_text(value)


def _name(value: object, name: str) -> str | None:
    if value is None:
        return None
    text = _text(value, name)
    if not text.isprintable():
        text = _LINE_BREAKS.sub(" ", text)
    if len(text) > MAX_NAME:
        raise ArticleInvalid(f"{name} has {len(text):,} characters, the limit is {MAX_NAME}")
    return text or None


def _names(value: object, name: str, marks: re.Pattern[str]) -> tuple[str, ...]:
    """A list as it is, one text parted at ``marks``; without blanks and repetitions, in the order given."""
    if value is None:
        return ()
    if isinstance(value, str):
        items: list[object] = list(marks.split(clean_text(value)))
    elif isinstance(value, list | tuple):
        items = list(value)
    else:
        raise ArticleInvalid(f"{name} must be a list of texts, or one text with commas, not {_kind(value)}")
    names = dict.fromkeys(text for item in items if (text := _name(item, f"an entry of {name}")) is not None)
    if len(names) > MAX_NAMES:
        raise ArticleInvalid(f"{name} has {len(names):,} entries, the limit is {MAX_NAMES:,}")
    return tuple(names)


def _id(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        if value.bit_length() > 512:
            raise ArticleInvalid(f"id has too many digits, the limit is {MAX_ID} characters")
        return str(value)
    if not isinstance(value, str):
        raise ArticleInvalid(f"id must be text, not {_kind(value)} — write it in quotes, or leave it out")
    if not value or value.isspace():
        return None
    if len(value) > MAX_ID:
        raise ArticleInvalid(f"id has {len(value):,} characters, the limit is {MAX_ID}")
    if value != value.strip() or not value.isprintable():
        raise ArticleInvalid(f"id {_shown(value)} has white space at an end or characters that cannot be printed")
    if value in {".", ".."}:
        raise ArticleInvalid(f"id {_shown(value)} cannot stand in the address of a page")
    return value


def _url(value: object, name: str, odd: dict[str, str]) -> str | None:
    """The address, if it is one that a page may link to.

    Any other (a page's internal number, ``javascript:``) must not keep an article out: it is put into ``odd``, so that
    it stays on record among the unknown fields as ``url_as_given``, and is never linked.
    """
    if value is None:
        return None
    text = _text(value, name)
    if not text:
        return None
    if len(text) > MAX_URL:
        raise ArticleInvalid(f"{name} has {len(text):,} characters, the limit is {MAX_URL:,}")
    if is_web_url(text) or (name == "image_url" and _OWN_PATH.fullmatch(text)):
        return text
    odd[f"{name}_as_given"] = text
    return None


def _lang(value: object) -> str:
    if value is None:
        return "ko"
    text = _text(value, "lang").replace("_", "-")
    if not text:
        return "ko"
    if len(text) > 35 or not _LANG.fullmatch(text):
        raise ArticleInvalid(f"lang {_shown(text)} is not a language tag — use one such as ko, en or zh-Hant")
    primary, *rest = text.split("-")
    return "-".join((primary.lower(), *rest))


def _moment(value: object, name: str, now: datetime) -> datetime | None:
    """The moment a date field names; None when it is not given or blank."""
    if value is None:
        return None
    moment = _read_moment(value, name)
    if moment is None:
        return None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ArticleInvalid(
            f"{name} {_shown(value)} is in the year {moment.year} — years {FIRST_YEAR} to {LAST_YEAR} are taken"
        )
    if moment > now + LONGEST_AHEAD:
        raise ArticleInvalid(f"{name} {_shown(value)} is more than ten years ahead — check the year")
    return moment


def _read_moment(value: object, name: str) -> datetime | None:
    if isinstance(value, int) and not isinstance(value, bool) and 10_000_000 <= value <= 99_999_999:
        value = str(value)  # 20251224 loses its quotes on the way through a spreadsheet
    moment: datetime | None
    if isinstance(value, datetime):
        if type(value) is not datetime:  # pandas has its own, one of which is not a time at all
            moment = read_date(value.isoformat())
        else:
            moment = value if value.utcoffset() is not None else value.replace(tzinfo=SEOUL)
    elif isinstance(value, date):
        moment = datetime.combine(value, time(), SEOUL)
    elif isinstance(value, str):
        if not (text := value.strip()):
            return None
        moment = read_date(text)
    else:
        raise ArticleInvalid(f"{name} must be a date as text, not {_kind(value)} — {_USE_ISO}")
    if moment is None:
        raise ArticleInvalid(f"{name} {_shown(value)} is not a date — {_USE_ISO}")
    return moment


_YES: Final = frozenset({"true", "1", "yes", "y", "예"})
_NO: Final = frozenset({"", "false", "0", "no", "n", "아니오", "아니요"})
_USE_ISO: Final = "use ISO 8601, e.g. 2025-12-24T09:00:00+09:00"


def _extra(fields: Mapping[Any, Any]) -> dict[str, Any]:
    """Every field that is not an article's own, and what ``extra`` itself holds; a field beside it comes first."""
    given = fields.get("extra")
    if given is not None and not isinstance(given, Mapping):
        raise ArticleInvalid(f"extra must be an object, not {_kind(given)}")
    unknown = {key: value for key, value in fields.items() if key not in _FIELDS}
    walk = _ExtraWalk()
    return walk.copy_mapping({**(given or {}), **unknown}, depth=0, place="the unknown fields")


class _ExtraWalk:
    """Copies a value that JSON can hold, cleaned, and counts what it takes."""

    def __init__(self) -> None:
        self._left = MAX_EXTRA

    def copy_mapping(self, value: Mapping[Any, Any], *, depth: int, place: str) -> dict[str, Any]:
        copied: dict[str, Any] = {}
        for key, item in value.items():
            if not isinstance(key, str):
                raise ArticleInvalid(f"a field's name in {place} is {_kind(key)} — names must be text")
            name = self._string(key)
            copied[name] = self._copy(item, depth + 1, name if depth == 0 else place)
        return copied

    def _copy(self, value: object, depth: int, place: str) -> Any:
        if value is None or isinstance(value, bool):
            self._spend(8)
            return value
        if isinstance(value, str):
            return self._string(value)
        if isinstance(value, int):
            self._spend(8)
            if not -(2**63) <= value < 2**63:
                raise ArticleInvalid(f"the field {_shown(place)} holds a number beyond 64 bits — write it in quotes")
            return int(value)
        if isinstance(value, float):
            self._spend(8)
            if not math.isfinite(value):
                raise ArticleInvalid(f"the field {_shown(place)} holds {value}, which is not JSON — leave it out")
            return float(value)
        if depth > MAX_EXTRA_DEPTH:
            raise ArticleInvalid(f"the field {_shown(place)} is nested more than {MAX_EXTRA_DEPTH} deep")
        if isinstance(value, Mapping):
            self._spend(2)
            return self.copy_mapping(value, depth=depth, place=place)
        if isinstance(value, list | tuple):
            self._spend(2)
            return [self._copy(item, depth + 1, place) for item in value]
        raise ArticleInvalid(f"the field {_shown(place)} holds {_kind(value)}, which JSON cannot — give it as text")

    def _string(self, value: str) -> str:
        self._spend(len(value))
        return clean_text(value)

    def _spend(self, characters: int) -> None:
        self._left -= characters
        if self._left < 0:
            raise ArticleInvalid(f"the unknown fields together hold more than {MAX_EXTRA:,} characters")


def _shown(value: object) -> str:
    """The value in quotes for a message, short and without anything that could disturb a terminal."""
    text = value.isoformat() if isinstance(value, date) else str(value)
    if len(text) > 60:
        text = text[:60] + "…"
    return '"' + "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text) + '"'


def _kind(value: object) -> str:
    """What a value is, in the words of JSON."""
    for kind, words in _KINDS:
        if isinstance(value, kind):
            return words
    return "nothing" if value is None else f"a Python {type(value).__name__}"


_KINDS: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    (str, "text"),
    (bool, "true or false"),
    ((int, float), "a number"),
    (Mapping, "an object"),
    ((list, tuple), "a list"),
    (datetime, "a time"),
    (date, "a date"),
)
