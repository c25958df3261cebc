"""Reads single fields of a draft: texts, names, addresses, ids, pictures. Raises ``ArticleInvalid``; decides nothing else.

Texts are kept as the source gave them (no Unicode normalisation), except for what no database and no page can hold: line
ends become ``\\n``, control characters go, lone surrogates become U+FFFD, white space at both ends goes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from gisa.errors import ArticleInvalid
from gisa.ingest.identity import is_web_url
from gisa.messages import ArticleCode, Message, PhraseCode
from gisa.model import Picture

MAX_ID: Final = 256
MAX_URL: Final = 4_096
MAX_NAME: Final = 200
"""Characters of a section, a publisher, one name of a byline, one keyword."""
MAX_NAMES: Final = 5_000
"""Entries of a byline or of keywords; exports of news archives list every noun of an article as a keyword."""
MAX_PICTURES: Final = 500
MAX_CAPTION: Final = 5_000
"""Characters of a picture's caption, credit or alternative text."""
_LONGEST_SHOWN: Final = 60

_CLEAN: Final = re.compile(r"[\t\n\x20-\ud7ff\ue000-\U0010ffff]*+").fullmatch
_CONTROLS: Final = dict.fromkeys(range(0x20)) | {0x09: "\t", 0x0A: "\n", 0x0B: "\n", 0x0C: "\n", 0x0D: "\n"}
"""Vertical tab and form feed break lines too; dropping them would glue two words together."""
_LINE_BREAKS: Final = re.compile(r"[ \t]*[\n\t\x85\u2028\u2029][\s]*")
_LANG: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_OWN_PATH: Final = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\s\\\ud800-\udfff]*")
NAME_MARKS: Final = re.compile(r"[,;/·ㆍ‧•・，；、\n]")
KEYWORD_MARKS: Final = re.compile(r"[,;，；、\n]|\s[/·ㆍ‧•・]\s")
"""A keyword holds middle dots and slashes of its own (12·3 비상계엄, TCP/IP): they part only between spaces."""
NOTHING: Final = frozenset({"", "\\n", "\\N", "null", "none", "nan", "nat", "n/a", "#n/a", "undefined", "(null)", "-"})
"""What databases and spreadsheets write for no value, in lower case; never said of a headline or a body."""
_NAMED_BY: Final = ("name", "title", "label", "term", "literal", "rendered", "url", "href", "value")
"""The key that holds an object's text, first one first: ninjs, REST answers, JSON Feed."""


def clean_text(text: str) -> str:
    """The text without what cannot be stored (see the top of this module); white space at the ends goes."""
    if _CLEAN(text) is None:
        text = text.replace("\r\n", "\n").translate(_CONTROLS)
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.strip()


def text_of(value: object, name: str | Message) -> str:
    """A text, cleaned; ``name`` is the field's, or a phrase for a part of one."""
    if not isinstance(value, str):
        raise ArticleInvalid(Message(ArticleCode.NOT_TEXT, field=name, kind=kind(value)))
    return clean_text(value)


def is_nothing(value: object) -> bool:
    """True for no value, as databases and spreadsheets write it."""
    return value is None or value != value or (isinstance(value, str) and value.strip().lower() in NOTHING)


def optional_text(value: object, name: str | Message, limit: int) -> str | None:
    """A text of several lines; None if there is none."""
    if is_nothing(value):
        return None
    text = text_of(value, name)
    _check_length(text, name, limit)
    return text or None


def one_line(text: str) -> str:
    """The text without line breaks."""
    return text if text.isprintable() else _LINE_BREAKS.sub(" ", text)


def name_of(value: object, name: str | Message) -> str | None:
    """A section, a publisher, an edition: one line. Of a list the first, of an object its name; None if there is none."""
    value = _named(value[0] if isinstance(value, list | tuple) and value else value)
    if is_nothing(value) or value in ([], ()):
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = f"{value:g}" if isinstance(value, float) else str(value)
    text = one_line(text_of(value, name))
    _check_length(text, name, MAX_NAME)
    return text or None


def names_of(value: object, name: str, marks: re.Pattern[str]) -> tuple[str, ...]:
    """A list as it is, one text parted at ``marks``; without blanks and repetitions, in the order given."""
    if is_nothing(value):
        return ()
    if isinstance(value, str):
        items: list[object] = list(marks.split(clean_text(value)))
    elif isinstance(value, list | tuple):
        items = list(value)
    elif isinstance(value, Mapping):
        items = [value]
    else:
        raise ArticleInvalid(Message(ArticleCode.NOT_NAMES, field=name, kind=kind(value)))
    entry = ENTRY_OF[name]
    names = dict.fromkeys(text for item in items if (text := name_of(item, entry)) is not None)
    if len(names) > MAX_NAMES:
        raise ArticleInvalid(Message(ArticleCode.TOO_MANY_NAMES, field=name, count=len(names), limit=MAX_NAMES))
    return tuple(names)


def id_of(value: object) -> str | None:
    """An id as text, without white space at its ends; None if there is none."""
    if isinstance(value, Mapping):
        value = value.get("$oid", value.get("id"))
    if is_nothing(value):
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        if value.bit_length() > 512:
            raise ArticleInvalid(Message(ArticleCode.ID_DIGITS, limit=MAX_ID))
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if not isinstance(value, str):
        raise ArticleInvalid(Message(ArticleCode.ID_NO_TEXT, kind=kind(value)))
    text = value.strip()
    if len(text) > MAX_ID:
        raise ArticleInvalid(Message(ArticleCode.ID_TOO_LONG, length=len(text), limit=MAX_ID))
    if not text.isprintable():
        raise ArticleInvalid(Message(ArticleCode.ID_UNPRINTABLE, value=shown(value)))
    if text in {".", ".."}:
        raise ArticleInvalid(Message(ArticleCode.ID_NO_ADDRESS, value=shown(value)))
    if _EXCEL_ROUNDED.fullmatch(text):
        raise ArticleInvalid(Message(ArticleCode.ID_ROUNDED, value=shown(value)))
    return text


_EXCEL_ROUNDED: Final = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{1,3}", re.IGNORECASE)
"""2.02511E+15: many articles share such a number."""


def web_address(value: object, name: str | Message) -> tuple[str | None, str | None]:
    """The address that a page may link to, or None, and what was given instead of one.

    Any other (a page's internal number, ``javascript:``) must not keep an article out, and is never linked.
    """
    value = _named(value[0] if isinstance(value, list | tuple) and value else value)
    if is_nothing(value) or value in ([], ()):
        return None, None
    text = text_of(value, name)
    if len(text) > MAX_URL:
        raise ArticleInvalid(Message(ArticleCode.TOO_LONG, field=name, length=len(text), limit=MAX_URL))
    if text.startswith("//") and is_web_url(f"https:{text}"):
        text = f"https:{text}"
    if text.startswith("www.") and is_web_url(f"https://{text}"):
        text = f"https://{text}"
    if is_web_url(text) or (name != "url" and _OWN_PATH.fullmatch(text)):
        return text, None
    return None, text


def pictures_of(value: object) -> tuple[Picture, ...]:
    """Pictures from a list of objects or addresses; those without a usable address are left out."""
    if is_nothing(value):
        return ()
    items = list(value) if isinstance(value, list | tuple) else [value]
    pictures = []
    for item in items[:MAX_PICTURES]:
        if isinstance(item, Picture):
            item = {name: getattr(item, name) for name in Picture.__dataclass_fields__}
        fields: Mapping[str, Any] = item if isinstance(item, Mapping) else {"url": item}
        given = next((fields[key] for key in ("url", "href", "src", "image_url") if fields.get(key)), None)
        url, _ = web_address(given, _PICTURE_ADDRESS)
        if url is not None:
            texts = {key: _caption(fields, *keys) for key, keys in _PICTURE_TEXTS.items()}
            pictures.append(Picture(url=url, **texts))
    return tuple(dict.fromkeys(pictures))


_PICTURE_TEXTS: Final = {
    "caption": ("caption", "description", "text", "설명"),
    "credit": ("credit", "byline", "author", "출처"),
    "alt": ("alt", "title"),
}
_PICTURE_ADDRESS: Final = Message(PhraseCode.PICTURE_ADDRESS)
_PICTURE_TEXT: Final = {field: Message(PhraseCode.PICTURE_TEXT, field=field) for field in _PICTURE_TEXTS}
ENTRY_OF: Final = {field: Message(PhraseCode.ENTRY_OF, field=field) for field in ("byline", "keywords")}
"""Made once: every name of every article is read by one of them."""


def _caption(fields: Mapping[str, Any], *keys: str) -> str | None:
    found = next((value for key in keys if not is_nothing(value := fields.get(key))), None)
    return optional_text(found, _PICTURE_TEXT[keys[0]], MAX_CAPTION) if isinstance(found, str) else None


def lang_of(value: object) -> str:
    """A language tag, its first part in lower case; ``ko`` if there is none."""
    if is_nothing(value):
        return "ko"
    text = text_of(value, "lang").replace("_", "-")
    if len(text) > 35 or not _LANG.fullmatch(text):
        raise ArticleInvalid(Message(ArticleCode.LANG_UNKNOWN, value=shown(text)))
    primary, *rest = text.split("-")
    return "-".join((primary.lower(), *rest))


def shown(value: object) -> str:
    """The value for a message: as text, and short."""
    text = value.isoformat() if isinstance(value, date) else str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def kind(value: object) -> Message:
    """What a value is, in the words of JSON."""
    if value is None:
        return Message(PhraseCode.KIND_NOTHING)
    for each, code in _KINDS:
        if isinstance(value, each):
            return Message(code)
    return Message(PhraseCode.KIND_PYTHON, name=type(value).__name__)


def _named(value: object) -> object:
    """The text of an object that holds one: ``{"name": "홍예담"}``; any other value as it is."""
    if not isinstance(value, Mapping):
        return value
    return next((value[key] for key in _NAMED_BY if isinstance(value.get(key), str)), value)


def _check_length(text: str, name: str | Message, limit: int) -> None:
    if len(text) > limit:
        raise ArticleInvalid(Message(ArticleCode.TOO_LONG, field=name, length=len(text), limit=limit))


_KINDS: Final[tuple[tuple[type | tuple[type, ...], PhraseCode], ...]] = (
    (str, PhraseCode.KIND_TEXT),
    (bool, PhraseCode.KIND_FLAG),
    ((int, float), PhraseCode.KIND_NUMBER),
    (Mapping, PhraseCode.KIND_OBJECT),
    ((list, tuple), PhraseCode.KIND_LIST),
    (datetime, PhraseCode.KIND_TIME),
    (date, PhraseCode.KIND_DATE),
)
