"""The article on a page: each field from the surest place that has it, and where that was. Pure; fetches nothing.

Order: JSON-LD → meta tags → microdata → the rule of the CMS → the general rule → the densest text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import html as lxml_html

from gisa.sources.links import web_url
from gisa.sources.pages import metadata
from gisa.sources.pages.rules import Rule, known_rules, rule_for
from gisa.sources.pages.selecting import selected, words_in
from gisa.sources.pages.text import body_element, cut, densest_element

_DAY: Final = r"20[0-9]{2}\s*[-./년]\s*[01]?[0-9]\s*[-./월]\s*[0-3]?[0-9]\s*[일.]?"
_CLOCK: Final = r"(?:\s*\(?[월화수목금토일]\)?)?\s*(?:오전|오후|AM|PM)?\s*[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?"
_WRITTEN: Final = re.compile(
    rf"(?P<label>입력|승인|등록|송고|발행|게재|게시|작성|기사입력|최초입력|수정|최종수정|업데이트|갱신)?\s*[:：|]?\s*(?P<date>{_DAY}(?:{_CLOCK})?)"
)
_CHANGED: Final = frozenset({"수정", "최종수정", "업데이트", "갱신"})
_NAME: Final = re.compile(
    r"(?P<name>[가-힣]{2,4})\s*(?P<role>(?:선임|수석|인턴|객원|전문|사진|시민)?\s*기자|특파원|논설위원|앵커|칼럼니스트)"
)
_MAIL: Final = re.compile(r"[(<\[]?\s*[\w.+-]+@[\w.-]+\s*[)>\]]?")


@dataclass(slots=True)
class Page:
    """What was found on a page."""

    fields: dict[str, Any] = field(default_factory=dict)
    """In the names of an article."""
    found_by: dict[str, str] = field(default_factory=dict)
    """Field → where it was found: ``JSON-LD``, ``meta``, ``microdata``, ``ndsoft``, ``general``, ``density``."""
    is_article: bool = False
    """True if the page calls itself one, or has a headline, a date and a text."""

    def take(self, found: Mapping[str, Any], place: str) -> None:
        """Keep the fields that nothing surer has given."""
        for name, value in found.items():
            if value and not self.fields.get(name):
                self.fields[name] = value
                self.found_by[name] = place


def extract(text: str, *, url: str | None = None, rules: Sequence[Rule] = ()) -> Page:
    """The article on a page. ``url`` completes relative addresses; ``rules`` come before those of Gisa."""
    page = Page()
    root = page_tree(text)
    if root is None:
        return page
    words = words_in(text)
    known = (*rules, *known_rules())
    rule, general = rule_for(root, known, words=words).on(words), known[-1].on(words)
    json_ld = metadata.of_json_ld(root)
    written = json_ld.pop("body", "")
    page.take(json_ld, "JSON-LD")
    page.take(metadata.of_meta(root), "meta")
    page.take(metadata.of_microdata(root), "microdata")
    for each in dict.fromkeys((rule, general)):
        page.take(_by_rule(root, each), each.name)
    calls_itself_one = bool(json_ld) or metadata.is_article_by_meta(root)
    _take_body(page, root, rule, general, written)
    page.is_article = bool(
        page.fields.get("title") and (calls_itself_one or (page.fields.get("published_at") and page.fields.get("body")))
    )
    _finish(page.fields, url)
    return page


def page_tree(text: str) -> Any | None:
    """The page as a tree of elements; None if there is nothing on it."""
    if not text.strip():
        return None
    parser = lxml_html.HTMLParser(encoding="utf-8", recover=True, huge_tree=False, remove_comments=True)
    try:
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (ValueError, lxml_html.etree.ParserError, lxml_html.etree.XMLSyntaxError):
        return None


def _by_rule(root: Any, rule: Rule) -> dict[str, Any]:
    found: dict[str, Any] = {
        "title": _first(root, rule.title),
        "section": _last_word(_first(root, rule.section)),
    }
    texts = [" ".join("".join(each.itertext()).split()) for each in selected(root, rule.dates)]
    texts += [value for each in selected(root, rule.dates) if (value := each.get("datetime"))]
    for label, moment in (match for text in texts for match in _moments(text)):
        found.setdefault("modified_at" if label in _CHANGED else "published_at", moment)
    for each in selected(root, rule.byline):
        if names := _names(" ".join("".join(each.itertext()).split())):
            found["byline"] = names
            break
    return found


def _take_body(page: Page, root: Any, rule: Rule, general: Rule, written: str) -> None:
    subtitles = (*rule.subtitle, *general.subtitle)
    for place, selectors in (
        (rule.name, rule.body),
        (general.name, general.body),
        ("article", ("article",)),
        ("density", None),
    ):
        found = densest_element(root) if selectors is None else body_element(root, selectors)
        if found is None:
            continue
        outside = _outside(root, found, subtitles)
        body, pictures, inside = cut(found, (*rule.drop, *general.drop), subtitles)
        page.take({"body": body, "subtitle": inside or outside}, place)
        has_captions = any(each.get("caption") for each in pictures)
        if pictures and (has_captions or len(pictures) >= len(page.fields.get("pictures", ()))):
            page.fields["pictures"], page.found_by["pictures"] = pictures, place
        break
    if not page.fields.get("body"):
        page.take({"body": written}, "JSON-LD")


def _outside(root: Any, body: Any, subtitles: Sequence[str]) -> str:
    """A subtitle that stands above the text."""
    for each in selected(root, subtitles):
        if body not in each.iterancestors() and (
            text := "\n".join(line for line in (" ".join(part.split()) for part in each.itertext()) if line)
        ):
            return text
    return ""


def _finish(fields: dict[str, Any], url: str | None) -> None:
    """Put right what pages write around the values: the paper's name behind the headline, mail in the byline."""
    address = web_url(url or "", fields.get("url")) or url
    if address:
        fields["url"] = address
    title, paper = str(fields.get("title") or ""), str(fields.get("publisher") or "")
    if paper and (match := re.fullmatch(rf"(.+?)\s*[-|:<>·]+\s*{re.escape(paper)}\s*", title)):
        fields["title"] = match[1]
    if isinstance(fields.get("byline"), str):
        fields["byline"] = _names(fields["byline"]) or [_MAIL.sub("", fields["byline"]).strip()]
    for picture in fields.get("pictures") or ():
        picture["url"] = _absolute(address, picture["url"])
    if fields.get("pictures"):
        fields.pop("image_url", None)
    elif image := fields.get("image_url"):
        fields["image_url"] = _absolute(address, image)
    if isinstance(lang := fields.get("lang"), str) and not re.fullmatch(
        r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", lang
    ):
        del fields["lang"]


def _absolute(address: str | None, url: str) -> str:
    """The picture's address; a path of the paper's own site stays one if the page's address is not known."""
    if address is None and not url.startswith(("http", "//")):
        return url
    return web_url(address or "", url) or url


def _moments(text: str) -> Iterator[tuple[str, str]]:
    for match in _WRITTEN.finditer(text):
        yield match["label"] or "", match["date"].strip()


def _names(text: str) -> list[str]:
    text = _MAIL.sub(" ", text)
    return list(dict.fromkeys(f"{match['name']} {' '.join(match['role'].split())}" for match in _NAME.finditer(text)))


def _first(root: Any, selectors: Sequence[str]) -> str:
    return next(
        (text for each in selected(root, selectors) if (text := " ".join("".join(each.itertext()).split()))), ""
    )


def _last_word(text: str) -> str:
    """The section of ``홈 > 사회 > 사건``: the first step behind the home page."""
    steps = [
        step.strip()
        for step in re.split(r"[>›»/]", text)
        if step.strip() and step.strip() not in ("홈", "HOME", "Home", "home")
    ]
    return steps[0] if steps and len(steps[0]) <= 20 else ""
