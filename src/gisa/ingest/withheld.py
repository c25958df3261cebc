"""The words by which sources say that an article is not published, or for whom: one table for every source. Pure.

Nothing unpublished may leave, so a status in words that are not in the table withholds the article, and the run tells it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from gisa.ingest.fields import shown
from gisa.messages import ArticleCode, Message, Tell
from gisa.model import Access, WithheldAs


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PUBLISHED: Final = _words(
    "published publish public live active visible open usable approved done final released sent normal ok current "
    "inherit 공개 게시 게시됨 발행 발행됨 발행완료 게재 게재중 노출 노출중 승인 승인완료 완료 송고 송고완료 출고 출고완료 정상 배포 배포완료 전체공개 서비스 서비스중"
)
"""Words of a status that mean: readers may see it. Compared without case, spaces, hyphens and underscores."""

WITHHELD: Final[Mapping[WithheldAs, frozenset[str]]] = {
    WithheldAs.DRAFT: _words("draft autodraft unpublished unfinished 초안 임시 임시저장 임시글 작성중 미발행 미게시 미게재 미출고 미송고"),
    WithheldAs.PENDING: _words("pending review inreview submitted waiting 대기 승인대기 승인전 미승인 검토 검토중 검수 검수중 데스킹 보류 반려"),
    WithheldAs.SCHEDULED: _words("scheduled future planned 예약 예약발행 예약됨 발행예약 게시예약"),
    WithheldAs.EMBARGO: _words("embargo embargoed 엠바고"),
    WithheldAs.PRIVATE: _words(
        "private hidden invisible internal inactive closed off disabled 비공개 숨김 숨김처리 미노출 비노출 노출안함 내부 내부용 공개안함 차단"
    ),
    WithheldAs.PASSWORD: _words("password protected passwordprotected 암호 비밀번호 보호됨 암호보호 비밀글"),
    WithheldAs.TRASH: _words("trash trashed deleted delete removed archived expired 삭제 삭제됨 휴지통 폐기 게시종료 게시중단 노출종료"),
    WithheldAs.KILLED: _words("killed kill canceled cancelled withdrawn retracted recalled 전문취소 기사취소 취소 철회 회수"),
    WithheldAs.OTHER: _words("withheld other"),
}  # fmt: skip
"""Words of a status that mean: readers may not see it. WordPress, Ghost, Drupal, ninjs, NewsML-G2 and Korean CMS."""

FLAGS: Final[Mapping[str, tuple[bool, WithheldAs]]] = {
    "is_published": (True, WithheldAs.DRAFT),
    "is_visible": (True, WithheldAs.PRIVATE),
    "is_draft": (False, WithheldAs.DRAFT),
    "is_hidden": (False, WithheldAs.PRIVATE),
    "is_deleted": (False, WithheldAs.TRASH),
    "is_embargoed": (False, WithheldAs.EMBARGO),
    "has_password": (False, WithheldAs.PASSWORD),
}
"""Fields that say yes or no: which answer means published, and what the other one means."""

BARE_FLAGS: Final[Mapping[str, tuple[bool, WithheldAs]]] = {
    "published": (True, WithheldAs.DRAFT),
    "visible": (True, WithheldAs.PRIVATE),
    "draft": (False, WithheldAs.DRAFT),
    "hidden": (False, WithheldAs.PRIVATE),
    "private": (False, WithheldAs.PRIVATE),
    "deleted": (False, WithheldAs.TRASH),
    "embargoed": (False, WithheldAs.EMBARGO),
}
"""The same fields without ``is_``, as people write them in dicts of their own. They count if they say yes or no;
otherwise they are kept as unknown fields."""

_SUBSCRIBER: Final = _words(
    "subscriber subscribers premium paid paying members member metered locked plus 유료 유료회원 회원 회원전용 구독자 구독자전용 프리미엄 유료기사"
)
_PUBLIC: Final = _words("public free open everyone all 무료 전체 전체공개 공개")

YES: Final = _words("true 1 1.0 yes y t on 예 네 o ○")
NO: Final = _words("false 0 0.0 no n f off 아니오 아니요 x ×")

_WITHHELD_AS: Final = {word: reason for reason, words in WITHHELD.items() for word in words}
_STATUS_FIELDS: Final = frozenset({"status", "withheld_as", "visibility", *FLAGS, *BARE_FLAGS})
_ENDS_BY_ITSELF: Final = frozenset({WithheldAs.EMBARGO, WithheldAs.SCHEDULED})


@dataclass(frozen=True, slots=True)
class Visibility:
    """Whether an article is published, and from when on."""

    withheld_as: WithheldAs | None
    visible_from: datetime | None


def says_status(fields: Mapping[str, Any]) -> bool:
    """True if anything in the draft speaks of its status."""
    return not _STATUS_FIELDS.isdisjoint(fields)


def visibility_of(
    fields: Mapping[str, Any], *, published_at: datetime, visible_from: datetime | None, now: datetime, tell: Tell
) -> Visibility:
    """The article's visibility. If fields disagree, the one that withholds it wins.

    An embargo or a scheduled article opens by itself if its source says when: at ``visible_from``, or at a
    ``published_at`` that is still ahead.
    """
    reason = _reason(fields, tell)
    if reason in _ENDS_BY_ITSELF:
        if visible_from is not None:
            return Visibility(None, visible_from)
        if published_at > now:
            return Visibility(None, published_at)
    return Visibility(reason, visible_from)


def access_of(value: object, tell: Tell) -> Access:
    """Who may read it. An unknown word is told and means subscribers, so that a typing mistake never gives a paid
    text away."""
    if value is None or value is False:
        return Access.PUBLIC
    word = _plain(value)
    if word in _PUBLIC or word in NO or not word:
        return Access.PUBLIC
    if word not in _SUBSCRIBER and word not in YES:
        tell(Message(ArticleCode.ACCESS_UNKNOWN, value=shown(value)))
    return Access.SUBSCRIBER


def _reason(fields: Mapping[str, Any], tell: Tell) -> WithheldAs | None:
    for name in ("withheld_as", "status", "visibility"):
        if (found := _reason_of_word(fields.get(name), name, tell)) is not None:
            return found
    for name, (published_if, otherwise) in FLAGS.items():
        if (answer := yes_or_no(fields.get(name))) is not None:
            if answer is not published_if:
                return otherwise
        elif name in fields and _plain(fields[name]):
            if name == "has_password":  # the password itself
                return otherwise
            tell(Message(ArticleCode.FLAG_UNCLEAR, field=name, value=shown(fields[name])))
            return WithheldAs.OTHER
    for name, (published_if, otherwise) in BARE_FLAGS.items():
        if (answer := yes_or_no(fields.get(name))) is not None and answer is not published_if:
            return otherwise
    return None


def _reason_of_word(value: object, name: str, tell: Tell) -> WithheldAs | None:
    word = _plain(value)
    if not word or word in PUBLISHED or word in YES:
        return None
    if word in NO:
        return WithheldAs.DRAFT
    found = _WITHHELD_AS.get(word)
    if found is None:
        tell(Message(ArticleCode.STATUS_UNKNOWN, field=name, value=shown(value)))
        return WithheldAs.OTHER
    return found


def yes_or_no(value: object) -> bool | None:
    """True or false, as JSON or a column of a table writes it; None if it is neither."""
    if isinstance(value, bool):
        return value
    word = _plain(value)
    return True if word in YES else False if word in NO else None


def _plain(value: object) -> str:
    return "" if value is None else re.sub(r"[\s_\-]+", "", str(value)).casefold()
