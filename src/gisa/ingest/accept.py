"""The rule that turns a draft into an article or says why not. Pure: no I/O, no clock; nothing is cut to fit.

Headline and time are required. Any other field that cannot be read is left out and told: it never keeps an article out.
``fields`` reads the single fields, ``plain`` takes markup and the page's own lines out of texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from gisa.errors import ArticleInvalid
from gisa.ingest.bylines import Names, byline_of
from gisa.ingest.dates import Moment, moment_of_value
from gisa.ingest.fields import (
    KEYWORD_MARKS,
    id_of,
    is_nothing,
    kind,
    lang_of,
    name_of,
    names_of,
    one_line,
    optional_text,
    pictures_of,
    shown,
    text_of,
    web_address,
)
from gisa.ingest.identity import derived_id, id_of_url
from gisa.ingest.plain import plain_body, plain_line
from gisa.ingest.unknown import unknown_fields
from gisa.ingest.withheld import FLAGS, Visibility, access_of, says_status, visibility_of, yes_or_no
from gisa.messages import ArticleCode, Message, Tell
from gisa.model import Access, Article, CorrectionKind, Draft, Picture, Removal, WithheldAs
from gisa.text.stretches import cut_stretches
from gisa.text.unseen import is_blank

MAX_TITLE: Final = 1_000
MAX_BODY: Final = 10_000_000
MAX_SUBTITLE: Final = 5_000
MAX_REASON: Final = 1_000
"""Characters of why an article was removed."""
MAX_CORRECTION: Final = 20_000
"""Characters of a correction notice; a court's 정정보도문 may quote at length."""
FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2200
LONGEST_AHEAD: Final = timedelta(days=3653)
"""Ten years: articles may be embargoed or planned, but a year 2205 is a typing mistake."""

_REMOVAL_FIELDS: Final = frozenset({"removed", "reason", "public_reason"})
_FIELDS: Final = (
    frozenset(Article.__dataclass_fields__)
    | {"image_url", "image_caption", "status", "visibility", "published_time", "is_subscriber_only"}
    | FLAGS.keys()
)
"""Names that ``accept`` reads; every other one is unknown and goes to ``extra``."""

T = TypeVar("T")


def _untold(_message: Message) -> None:
    """For callers that ignore what was left out."""


def accept(draft: Draft, *, now: datetime, tell: Tell = _untold) -> Article:
    """The article that ``draft`` describes. ``now`` (aware) bounds how far ahead its dates may lie.

    ``tell`` is called once for each field that was left out. Raises ``ArticleInvalid`` with one reason, the first found; the caller adds the draft's place.
    """
    fields = draft.fields
    if not isinstance(fields, Mapping):
        raise ArticleInvalid(Message(ArticleCode.NOT_AN_ARTICLE, kind=kind(fields)))
    if "removed" in fields:  # a column of the whole export, which is false for this article
        fields = {name: value for name, value in fields.items() if name not in _REMOVAL_FIELDS}
    get = fields.get
    title = _title(get("title"), tell)
    body, names = _body(get("body"), tell)
    published = _published(fields, now)

    def optional(read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except ArticleInvalid as error:
            tell(Message(ArticleCode.LEFT_OUT, why=error.reason))
            return otherwise

    def field(name: str, read: Callable[[Any], T], otherwise: T) -> T:
        value = get(name)
        return otherwise if value is None else optional(lambda: read(value), otherwise)

    def moment(name: str) -> datetime | None:
        value = get(name)
        if value is None:
            return None
        found = optional(lambda: _moment(value, name, now), None)
        return None if found is None else found.at

    odd: dict[str, str] = {}
    url = field("url", lambda value: _address(value, "url", odd), None)
    publisher = field("publisher", lambda value: name_of(value, "publisher"), None)
    article_id = id_of(get("id"))
    if article_id is None:
        article_id = derived_id(url=url, publisher=publisher, title=title, published_at=published.at)
    visible_from = moment("visible_from")
    visibility = Visibility(None, visible_from)
    if says_status(fields):
        visibility = visibility_of(fields, published_at=published.at, visible_from=visible_from, now=now, tell=tell)
    if visible_from is None and visibility.withheld_as is None and not is_nothing(get("visible_from")):
        visibility = Visibility(WithheldAs.EMBARGO, None)  # an embargo without a readable time does not end
    pictures = _pictures(fields, optional, odd)
    has_unknown = not fields.keys() <= _FIELDS or "extra" in fields or bool(odd)
    return Article(
        id=article_id,
        title=title,
        body=body,
        published_at=published.at,
        date_only=published.is_day or yes_or_no(get("date_only")) is True,
        subtitle=field("subtitle", _subtitle, None),
        modified_at=moment("modified_at"),
        section=field("section", lambda value: name_of(value, "section"), None),
        byline=optional(lambda: _byline(get("byline"), names), ()),
        publisher=publisher,
        url=url,
        pictures=pictures,
        keywords=field("keywords", lambda value: names_of(value, "keywords", KEYWORD_MARKS), ()),
        lang=field("lang", lang_of, "ko"),
        edition=field("edition", lambda value: name_of(value, "edition"), None),
        page=field("page", lambda value: name_of(value, "page"), None),
        withheld_as=visibility.withheld_as,
        visible_from=visibility.visible_from,
        access=_access(fields, tell),
        excerpt=yes_or_no(get("excerpt")) is True,
        correction=field("correction", lambda value: optional_text(value, "correction", MAX_CORRECTION), None),
        corrected_at=moment("corrected_at"),
        correction_kind=field("correction_kind", _correction_kind, None),
        extra=_extra({**fields, **odd}, tell) if has_unknown else {},
    )


def removal(article_id: str, *, reason: str | None = None, public_reason: str | None = None) -> Removal:
    """The removal of an article, its reasons cleaned as every text is. Raises ``ArticleInvalid``."""
    return Removal(
        article_id,
        optional_text(reason, "reason", MAX_REASON),
        optional_text(public_reason, "public_reason", MAX_REASON),
    )


def removal_of(draft: Draft) -> Removal | None:
    """The removal that ``draft`` asks for (``"removed": true``); None for one that describes an article.

    It needs the article's id, or the address that its id was derived from. Raises ``ArticleInvalid``.
    """
    fields = draft.fields
    if not isinstance(fields, Mapping) or is_nothing(fields.get("removed")):
        return None
    answer = yes_or_no(fields["removed"])
    if answer is None:
        raise ArticleInvalid(Message(ArticleCode.REMOVED_UNCLEAR, value=shown(fields["removed"])))
    if not answer:
        return None
    article_id = id_of(fields.get("id"))
    if article_id is None:
        url, _ = web_address(fields.get("url"), "url")
        if url is None:
            raise ArticleInvalid(Message(ArticleCode.REMOVAL_UNNAMED))
        article_id = id_of_url(url)
    return removal(article_id, reason=fields.get("reason"), public_reason=fields.get("public_reason"))


def _title(value: object, tell: Tell) -> str:
    if value is None:
        raise ArticleInvalid(Message(ArticleCode.TITLE_MISSING))
    title = one_line(plain_line(text_of(value, "title"), tell))
    if is_blank(title):
        raise ArticleInvalid(Message(ArticleCode.TITLE_BLANK))
    if len(title) > MAX_TITLE:
        raise ArticleInvalid(Message(ArticleCode.TITLE_TOO_LONG, length=len(title), limit=MAX_TITLE))
    return title


def _body(value: object, tell: Tell) -> tuple[str, str | None]:
    """The text, and the names of the reporter's line at its end. Empty for a flash, a picture, a table."""
    if value is None:
        return "", None
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        value = "\n".join(value)
    text = text_of(value, "body")
    if len(text) > MAX_BODY:
        raise ArticleInvalid(Message(ArticleCode.BODY_TOO_LONG, length=len(text), limit=MAX_BODY))
    found = plain_body(text, tell)
    if left_out := cut_stretches(found.body).left_out:
        tell(Message(ArticleCode.LETTERS_ONLY, count=left_out))
    return ("" if is_blank(found.body) else found.body), found.names


def _published(fields: Mapping[str, Any], now: datetime) -> Moment:
    value = fields.get("published_at")
    if value is None:
        raise ArticleInvalid(Message(ArticleCode.DATE_MISSING))
    time = fields.get("published_time")
    found = _moment(value, "published_at", now)
    if found is None:
        raise ArticleInvalid(Message(ArticleCode.DATE_BLANK))
    if found.is_day and not is_nothing(time):
        return _moment(f"{found.at:%Y-%m-%d} {str(time).strip()}", "published_at", now) or found
    return found


def _moment(value: object, name: str, now: datetime) -> Moment | None:
    """The moment a date field names; None when it is not given or blank."""
    if is_nothing(value):
        return None
    moment = moment_of_value(value)
    if moment is None:
        if not isinstance(value, str | int | float | Mapping) or isinstance(value, bool):
            raise ArticleInvalid(Message(ArticleCode.DATE_NO_TEXT, field=name, kind=kind(value)))
        raise ArticleInvalid(Message(ArticleCode.DATE_UNREAD, field=name, value=shown(value)))
    if not FIRST_YEAR <= moment.at.year <= LAST_YEAR:
        raise ArticleInvalid(
            Message(
                ArticleCode.DATE_YEAR,
                field=name,
                value=shown(value),
                year=str(moment.at.year),
                first=str(FIRST_YEAR),
                last=str(LAST_YEAR),
            )
        )
    if moment.at > now + LONGEST_AHEAD:
        raise ArticleInvalid(Message(ArticleCode.DATE_AHEAD, field=name, value=shown(value)))
    return moment


def _subtitle(value: object) -> str | None:
    if isinstance(value, list | tuple):
        value = "\n".join(str(each) for each in value)
    text = optional_text(value, "subtitle", MAX_SUBTITLE)
    return None if text is None else plain_body(text, _untold).body or None


def _byline(value: object, names: str | None) -> Names:
    return byline_of(value) or (byline_of(names) if names else ())


def _pictures(
    fields: Mapping[str, Any], optional: Callable[[Callable[[], Any], Any], Any], odd: dict[str, str]
) -> tuple[Picture, ...]:
    """``pictures``, or the one of ``image_url`` with its caption."""
    pictures: tuple[Picture, ...] = optional(lambda: pictures_of(fields.get("pictures")), ())
    given = fields.get("image_url")
    if pictures or given is None:
        return pictures
    if isinstance(given, list | tuple):
        return tuple(optional(lambda: pictures_of(given), ()))
    url = optional(lambda: _address(given, "image_url", odd), None)
    if url is None:
        return ()
    caption = optional(lambda: optional_text(fields.get("image_caption"), "image_caption", MAX_SUBTITLE), None)
    return (Picture(url=url, caption=caption),)


def _address(value: object, name: str, odd: dict[str, str]) -> str | None:
    """The address; one that no page may link to stays on record among the unknown fields as ``url_as_given``."""
    url, given = web_address(value, name)
    if given is not None:
        odd[f"{name}_as_given"] = given
    return url


def _access(fields: Mapping[str, Any], tell: Tell) -> Access:
    if yes_or_no(fields.get("is_subscriber_only")) is True:
        return Access.SUBSCRIBER
    return access_of(fields.get("access"), tell)


def _correction_kind(value: object) -> CorrectionKind | None:
    if is_nothing(value):
        return None
    text = text_of(value, "correction_kind")
    for each in CorrectionKind:
        if text.startswith(each.value) or text.casefold() == each.name.casefold():
            return each
    raise ArticleInvalid(
        Message(ArticleCode.CORRECTION_KIND_UNKNOWN, value=shown(text), known=", ".join(CorrectionKind))
    )


def _extra(fields: Mapping[Any, Any], tell: Tell) -> dict[str, Any]:
    """Every field that is not an article's own, and what ``extra`` itself holds; a field beside it comes first."""
    given = fields.get("extra")
    if given is not None and not isinstance(given, Mapping):
        tell(Message(ArticleCode.LEFT_OUT, why=Message(ArticleCode.EXTRA_NO_OBJECT, kind=kind(given))))
        given = None
    unknown = {key: value for key, value in fields.items() if key not in _FIELDS}
    return unknown_fields({**(given or {}), **unknown}, tell=tell)
