"""The names that columns and keys have in the wild, and the fields of an article they fill. One table for every format.

A name in it is compared without case, spaces, ``_``, ``-``, ``*`` and what stands in brackets behind it: ``기사 제목(국문)*`` is
기사제목. Add a name here, and CSV, JSON, workbooks and databases all know it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from gisa.messages import Message, SourceCode
from gisa.model import Remark
from gisa.sources.shapes import Shape, shape_of


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": _split(
        "id _id 기사id 기사번호 기사고유번호 기사코드 식별자 기사식별자 뉴스식별자 뉴스id newsid news_id article_id articleid aid guid uid uuid "
        "uri post_id content_id idxno nid"
    ),
    "title": _split(
        "title headline 제목 기사제목 표제 뉴스제목 제목명 주제목 타이틀 헤드라인 news_title article_title post_title subject art_title"
    ),
    "subtitle": _split("subtitle sub_title subheadline subhead 부제 부제목 소제목 dek standfirst drophead art_subtitle"),
    "body": _split(
        "body content contents text 본문 내용 기사본문 기사내용 본문내용 뉴스내용 뉴스본문 기사전문 전문 원문 원고 article article_original "
        "news_content news_body maintext main_text body_text bodytext full_text fulltext article_text article_body articlebody "
        "post_content content_text plaintext plain_text cleaned_text raw_text body_html content_html html body_xhtml 기사 news "
        "내용요약 요약내용 본문요약 description desc summary excerpt_text art_content"
    ),
    "published_at": _split(
        "published_at published datetime pubdate publish_date published_date publication_date date_publish date_published "
        "publishing_date publish_time published_time_at publishedon posted_at post_date date_created versioncreated firstcreated "
        "first_published 게재일시 게재일자 게재일 발행일시 발행일자 발행일 발행날짜 보도일시 보도일 보도일자 송고일시 송고시간 송고일 송고일자 전송일시 전송일 "
        "출고일시 출고일 승인일시 승인일 기사입력 기사입력일시 기사입력일 입력일시 입력일 입력일자 입력날짜 입력시간 기사등록일시 기사등록일 등록일시 등록일 등록일자 "
        "등록날짜 게시일시 게시일 게시일자 업로드날짜 서비스일자 서비스일시 기사일시 기사일자 기사날짜 기사일 뉴스날짜 뉴스일자 작성일시 작성일 작성일자 작성시간 일시 "
        "date 날짜 일자 created_at created createdon regdate reg_date reg_dt regdt write_date wdate writedate insert_date "
        "news_date article_date service_date timestamp updated_on_date time"
    ),
    "published_time": _split("published_time 시간 시각 게재시간 게재시각 발행시간 발행시각 기사시간 time hour pubtime"),
    "modified_at": _split(
        "modified_at modified updated_at updated modified_date update_date date_modified last_modified moddate mod_date "
        "post_modified 수정일 수정일시 수정일자 최종수정 최종수정일 최종수정일시 변경일시 갱신일시"
    ),
    "section": _split(
        "section category categories 분야 섹션 분류 카테고리 통합분류1 기사분류 대분류 지면분류 section_name category_name topic 면명 뉴스분류 부서 desk"
    ),
    "byline": _split(
        "byline author authors reporter writer creator 기자 기자명 기고자 작성자 글쓴이 필자 취재기자 기사작성자 저자 reporter_name writer_name author_name"
    ),
    "publisher": _split(
        "publisher press media newspaper 언론사 언론사명 매체 매체명 신문사 신문명 sitename site_name source_name provider 제공사 press_name media_name"
    ),
    "url": _split(
        "url link permalink originallink original_link canonical canonical_url canonicalurl web_url news_url article_url source_url "
        "주소 링크 기사주소 원문주소 원문링크 뉴스링크 기사링크 기사url 원문url 뉴스url 기사원문 source"
    ),
    "image_url": _split(
        "image_url image 이미지 이미지주소 이미지url 사진 사진주소 사진url 대표이미지 썸네일 thumbnail thumbnail_url thumb top_image top_img "
        "feature_image featured_image img_url img lead_image main_image banner_image photo_url"
    ),
    "image_caption": _split("image_caption 사진설명 이미지설명 캡션 caption feature_image_caption"),
    "pictures": _split("pictures images photos 사진들 image_urls imageurls"),
    "keywords": _split("keywords keyword tags tag 키워드 태그 핵심어 주제어 해시태그 hashtags meta_keywords"),
    "lang": _split("lang language locale 언어"),
    "edition": _split("edition 판 판본 판수 지역판"),
    "page": _split("page print_page 면 지면 게재면 면수 페이지"),
    "status": _split("status post_status pubstatus state 상태 기사상태 게시상태 발행상태 처리상태"),
    "visibility": _split("visibility 공개범위 공개설정 공개상태"),
    "is_published": _split("is_published ispublished publish_yn published_yn pub_yn 발행여부 게시여부 게재여부 송고여부 출고여부 승인여부 is_public"),
    "is_visible": _split("is_visible visible 노출여부 공개여부 노출 공개 display_yn view_yn open_yn use_yn useyn 사용여부 전시여부 is_open"),
    "is_draft": _split("is_draft draft 초안 초안여부 임시저장여부"),
    "is_hidden": _split("is_hidden hidden 숨김 숨김여부 비공개 비공개여부 is_private private hide_yn"),
    "is_deleted": _split("is_deleted deleted del_yn delete_yn deleted_yn 삭제됨"),
    "is_embargoed": _split("is_embargoed 엠바고여부 embargo_yn"),
    "has_password": _split("has_password post_password password 암호 비밀번호"),
    "visible_from": _split("visible_from embargo embargoed embargo_until embargo_date 엠바고 엠바고해제 엠바고해제일시 공개일시 노출시작일 노출시작일시 publish_up release_date"),
    "access": _split("access paywall 유료구분 열람권한 구독구분"),
    "is_subscriber_only": _split("is_subscriber_only is_premium premium is_paid paid 유료 유료여부 유료기사 is_paywalled"),
    "excerpt": _split("excerpt is_excerpt 발췌"),
    "correction": _split("correction 정정문 정정보도문 정정내용"),
    "corrected_at": _split("corrected_at corrected 정정일 정정일시"),
    "correction_kind": _split("correction_kind 정정종류 정정구분"),
    "removed": _split("removed 삭제 삭제여부"),
    "reason": _split("reason 삭제사유"),
    "public_reason": _split("public_reason 공개사유"),
}  # fmt: skip
"""Field of an article → names, the surest first. Of two columns for one field the earlier name here wins if it holds
something, and the other is kept under its own name. The names of the BIG KINDS export are among them. 번호 is not: it counts
rows."""

NEEDED: Final = ("title", "published_at")

_BESIDE: Final = re.compile(r"\s*[(\[（<][^)\]）>]*[)\]）>]\s*$")
_MARKS: Final = re.compile(r"[\s_\-*:：.]+")
_FLAG: Final = frozenset({"0", "1", "y", "n", "yes", "no", "true", "false", "t", "f"})


def plain_name(name: str) -> str:
    """The name as the table compares it."""
    name = unicodedata.normalize("NFC", name)
    if name[-1:] in ")]）>" and (bare := _BESIDE.sub("", name)):
        name = bare
    return _MARKS.sub("", name).casefold() or name.strip()


def _ranked() -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for field, names in NAMES.items():
        for rank, name in enumerate(names):
            found.setdefault(plain_name(name), []).append((field, rank))
    return found


_FIELDS_OF: Final = _ranked()


def is_known(name: str) -> bool:
    """True if the table has the name."""
    return plain_name(name) in _FIELDS_OF


def korean_name(field: str) -> str:
    """The first name of the field that a Korean newsroom uses."""
    return next((name for name in NAMES[field] if not name.isascii()), field)


class Lacking(NamedTuple):
    """What a header lacks, as messages name it."""

    fields: str
    """With the names that a Korean newsroom uses: ``title (제목), published_at (게재일)``."""
    example: str
    """How ``--map`` would name them: ``title=…,published_at=…``."""


def lacking_fields(found: Collection[str]) -> Lacking:
    """Which of the needed fields are not among those found."""
    missing = [field for field in NEEDED if field not in found]
    return Lacking(
        ", ".join(f"{field} ({korean_name(field)})" for field in missing), ",".join(f"{field}=…" for field in missing)
    )


class _Plan(NamedTuple):
    """What each name of one shape of record fills."""

    fills: tuple[tuple[str, tuple[str, ...]], ...]
    """Field → the names that may fill it, the surest first."""
    others: tuple[str, ...]
    is_plain: bool
    """True if every name is a field already, so that the record may stay as it is."""
    shape: Shape | None = None
    """The product that writes records with these names, if its rules are known."""


class Renaming:
    """Gives the columns and keys of records the names of fields. Remembers what it found for each shape; for one thread."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        """``own``: the caller's own names → fields, which come before the table (``--map``)."""
        self._own = {plain_name(name): field for name, field in (own or {}).items()}
        self._mapped = frozenset(self._own.values())
        self._plans: dict[tuple[str, ...], _Plan] = {}
        self._told: Counter[Message] = Counter()

    def fields_in(self, names: Sequence[str]) -> set[str]:
        """The fields that records with these names fill."""
        plan = self._plan(tuple(names))
        return {field for field, _ in plan.fills} | ({*NEEDED} if plan.shape is not None else set())

    def apply(self, record: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The record by fields; what fills none keeps its own name. None for a record that is no article: ``remarks``
        says how many those were."""
        plan = self._plan(tuple(record))
        if plan.shape is not None:
            shaped = plan.shape.read(record, self._tell)
            if shaped is None:
                return None
            record, plan = shaped, self._make_plan(tuple(shaped))
        if plan.is_plain:
            return record
        named: dict[str, Any] = {}
        for field, names in plan.fills:
            rest = list(names)
            for name in names:
                value = record[name]
                if field == "published_at" and is_flag(value):
                    named["is_published"] = value
                    rest.remove(name)
                elif value not in (None, "", []):
                    named[field] = value
                    rest.remove(name)
                    break
            for name in rest:
                if record[name] not in (None, ""):
                    named.setdefault(name if name != field else f"{name} (2)", record[name])
        for name in plan.others:
            named.setdefault(name, record[name])
        return named

    def remarks(self, name: str) -> Iterator[Remark]:
        """What the records read so far had to say, counted; ``name`` is their file's."""
        for what, count in sorted(self._told.items(), key=lambda told: str(told[0])):
            yield Remark(name, Message(SourceCode.COUNTED, what=what, count=count))
        self._told.clear()

    def _tell(self, what: Message) -> None:
        self._told[what] += 1

    def _plan(self, names: tuple[str, ...]) -> _Plan:
        plan = self._plans.get(names)
        if plan is None:
            if len(self._plans) > 1_000:  # records without a common shape
                self._plans.clear()
            shape = None if self._own else shape_of(names)
            plan = self._plans[names] = self._make_plan(names)._replace(shape=shape)
        return plan

    def _make_plan(self, names: tuple[str, ...]) -> _Plan:
        candidates: dict[str, list[tuple[int, int, str]]] = {}
        others: list[str] = []
        for position, name in enumerate(names):
            plain = plain_name(name)
            own = self._own.get(plain)
            if own is not None:
                candidates.setdefault(own, []).append((-1, position, name))
                continue
            fields = [each for each in _FIELDS_OF.get(plain, ()) if each[0] not in self._mapped]
            if not fields:
                others.append(name)
            for field, rank in fields[:1]:
                candidates.setdefault(field, []).append((rank, position, name))
        _part_day_and_time(candidates)
        fills = tuple((field, tuple(name for *_, name in sorted(found))) for field, found in candidates.items())
        is_plain = all(field == only for field, (only, *more) in fills if not more) and not any(
            len(found) > 1 or (field == "published_at" and found[0] == "published") for field, found in fills
        )
        return _Plan(fills, tuple(others), is_plain)


def is_flag(value: object) -> bool:
    """True for yes and no as tables write them: a column ``published`` may hold them in place of a date."""
    return isinstance(value, bool) or value in (0, 1) or (isinstance(value, str) and value.strip().casefold() in _FLAG)


def _part_day_and_time(candidates: dict[str, list[tuple[int, int, str]]]) -> None:
    """A column ``time`` beside a column of dates holds the time of day; alone it holds the date."""
    dates = sorted(candidates.get("published_at", []))
    if len(dates) > 1 and plain_name(dates[-1][2]) == "time" and "published_time" not in candidates:
        candidates["published_at"] = dates[:-1]
        candidates["published_time"] = dates[-1:]
