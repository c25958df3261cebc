"""The HTML routes: read the parameters, ask the archive, fill a template. Every page works without JavaScript.

What asks the archive is a plain function that ``Asking`` calls: in place, or in a thread if archive or index are remote.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from gisa.access import Asker
from gisa.config import Paper, RevisionsShown, Site
from gisa.errors import ArticleRemoved
from gisa.explanation import Explanation
from gisa.library.set_changes import SetChanges
from gisa.model import SEOUL, ArticleView, Mistake, NoticeCode, SearchPage
from gisa.quotes.verifying import QuoteCheck
from gisa.saying.problems import say_problem
from gisa.search.request import SearchRequest
from gisa.text.unseen import clean_line
from gisa.web.pages import recent as recents
from gisa.web.pages.editions import Edition, Editions, here
from gisa.web.pages.links import PLACE, anchor
from gisa.web.pages.metadata import article_metadata
from gisa.web.pages.own_part import OWN_PART_MARK, OwnPart, cleared_line, cookie_line, note_own_part
from gisa.web.pages.present import SaidByView, view_article, view_notice, view_removal, view_results, view_said_by
from gisa.web.pages.stories import BesideView, beside
from gisa.web.problems import CROSS_SITE, Problem
from gisa.web.serving.admission import time_left_s
from gisa.web.serving.askers import asker_in
from gisa.web.serving.asking import Asking
from gisa.web.serving.dear import Questions
from gisa.web.serving.metrics import Metrics
from gisa.web.serving.response import NOT_KEPT, Answer
from gisa.web.serving.security import is_https, is_same_site_change, local_path, origin_of

if TYPE_CHECKING:
    from gisa.library import Library

P = ParamSpec("P")
T = TypeVar("T")

_DEEP_PAGE: Final = 50
"""Past this page the total is asked first, so that ``page=999999`` costs no more than page 1: an index collects
everything before an offset (1,000 entries here) to give what stands after it."""
_ASKING: Final = "off"
_CHANGED: Final = "changed"
"""What ``recent=`` says in the address of a page after its list was changed: without it, deleting the search that a
page shows would store it again on the way back."""


class Pages:
    """The pages of one archive."""

    def __init__(
        self,
        g: Library,
        *,
        clock: Callable[[], datetime],
        editions: Editions,
        metrics: Metrics,
        asking: Asking,
        questions: Questions,
        agents_are_on: Callable[[], bool],
    ) -> None:
        """``agents_are_on``: whether ``/mcp`` answers anybody."""
        self.agents_are_on = agents_are_on
        self._g, self._clock, self._editions, self._metrics = g, clock, editions, metrics
        self._asking, self._questions = asking, questions

    def fill(self, request: Request, template: str, context: Mapping[str, Any]) -> Response:
        """A page without results of a search, in the language that the request asks for."""
        edition = self._editions.of(request.scope)
        return edition.templates.page(template, {"here": here(request.scope), "query": "", **context})

    async def find(self, asked: SearchRequest, request: Request) -> SearchPage:
        """A search's page, without counts beside it."""
        return await self._questions.search(asked, request, facets=False)

    async def verify_draft(self, draft: str, request: Request) -> Sequence[QuoteCheck]:
        """What the archive holds of a draft's quotations."""
        return await self._questions.verify_draft(draft, request)

    async def set_changes(self, set_id: str, request: Request) -> SetChanges:
        """What has become of a cited result set."""
        return await self._questions.set_changes(set_id, request)

    def edition(self, request: Request) -> Edition:
        """The site in the language that the request asks for."""
        return self._editions.of(request.scope)

    @property
    def paper(self) -> Paper:
        """How the paper presents itself."""
        return self._g.settings.paper

    @property
    def site(self) -> Site:
        """Where the site stands."""
        return self._g.settings.site

    @property
    def library(self) -> Library:
        """What is asked through ``ask``."""
        return self._g

    @property
    def now(self) -> datetime:
        return self._clock()

    @property
    def icon(self) -> str:
        """The site's icon."""
        return self._editions.asset("icon.svg")

    @property
    def embed_script(self) -> bytes:
        """The script that other sites load."""
        return self._editions.asset_content("embed.js")

    async def ask(self, request: Request, question: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Ask what may take as long as a search, in the way that this library is asked."""
        return await self._asking.of(request.scope)(question, *args, **named)

    def origin(self, request: Request) -> str:
        """The canonical scheme and host, else those that the reader asked; of what names them nothing may be cached."""
        return origin_of(request, self._g.settings)

    async def home(self, request: Request) -> Response:
        return await self._asking.of(request.scope)(self._show_home, request)

    async def search(self, request: Request) -> Response:
        asked, mistakes = SearchRequest.from_address(request.query_params)
        found = await self._questions.dear_search(asked, request, facets=True)
        return await self._asking.of(request.scope)(self._show_search, request, asked, mistakes, found)

    async def article(self, request: Request) -> Response:
        asked, _ = SearchRequest.from_address(request.query_params)
        found = await self._questions.article(request.path_params["article_id"], request, query=asked.query)
        return await self._asking.of(request.scope)(self._show_article, request, asked, found)

    async def explain(self, request: Request) -> Response:
        query = clean_line(request.query_params.get("q", ""))
        article_id = request.query_params.get("id", "")
        explained = await self._questions.explain(query, article_id, request) if query else None
        return await self._asking.of(request.scope)(self._show_explain, request, query, explained)

    def _show_home(self, request: Request) -> Response:
        return self._home(request, SearchRequest(), (), path="/")

    def _show_search(
        self, request: Request, asked: SearchRequest, mistakes: Sequence[Mistake], found: SearchPage | None
    ) -> Response:
        if not asked.query:
            return self._home(request, asked, mistakes, path="/search")
        edition = self._editions.of(request.scope)
        if found is None:
            page, beyond = self._find(asked, asker=asker_in(request.scope), within_s=time_left_s(request))
        else:
            page, beyond = found, asked.page > 1 and not found.hits
        view = view_results(page, asked, edition.speaker, edition.links)
        recent = recents.EMPTY
        nonsense = any(notice.code is NoticeCode.EMPTY for notice in page.notices)
        if asked.page == 1 and page.total and _is_new_search(request):
            recent = recent.record(asked.query, day=self._clock().astimezone(SEOUL).date())
        response = self._listing(
            request,
            edition,
            "search.html",
            {
                "query": page.query,
                "asked": asked,
                "mistakes": mistakes,
                "page": page,
                "view": view,
                "beyond": beyond,
                "nonsense": nonsense,
                "empty_archive_now": not page.total and edition.front.look().is_empty,
                "filtered": bool(view.filter_links),
                "cited": self._cited(asked, page, request, edition),
                "said_by": self._said_by(page, request, edition) if asked.page == 1 and page.total else None,
            },
            shown_at=view.here,
            recent=recent,
        )
        if page.is_partial:
            response.headers.update(NOT_KEPT)
        return response

    def _said_by(self, page: SearchPage, request: Request, edition: Edition) -> SaidByView | None:
        """What the person said whose name the query is."""
        found = self._g.said_by(page.query, asker=asker_in(request.scope))
        return None if found is None else view_said_by(found, edition.speaker, edition.links)

    def _cited(self, asked: SearchRequest, page: SearchPage, request: Request, edition: Edition) -> str | None:
        """Where the page's results are cited, if they can be."""
        set_id = self._g.set_id(asked, page, asker=asker_in(request.scope))
        return edition.links.to(f"/sets/{set_id}") if set_id else None

    def _show_article(self, request: Request, asked: SearchRequest, found: ArticleView) -> Response:
        article_id: str = request.path_params["article_id"]
        edition = self._editions.of(request.scope)
        links = edition.links.search(asked)
        notices = self._g.notices_on(found.article, asker=asker_in(request.scope))
        return edition.templates.page(
            "article.html",
            {
                "here": here(request.scope),
                "query": asked.query,
                "carried": links.carried(),
                "view": view_article(found, edition.speaker, edition.links),
                "back": links.here() + "#" + anchor(article_id) if asked.query else "",
                "place": place_in(request) if asked.query else None,
                "links": links,
                "metadata": article_metadata(
                    found.article,
                    self.paper,
                    edition.links,
                    canonical=self.site.canonical,
                    notices=[each.article for each in notices],
                ),
                "notices": [view_notice(each, edition.speaker, edition.links) for each in notices],
                "article_id": article_id,
                "revisions": self._revisions_of(found, edition),
                "beside": self._beside(article_id, request, edition),
                "similar": edition.links.similar(article_id),
                "why": edition.links.explain(asked.query, article_id),
            },
        )

    def _beside(self, article_id: str, request: Request, edition: Edition) -> BesideView:
        """What stands under an article."""
        asker = asker_in(request.scope)
        similar, related = self._g.similar_total(article_id, asker=asker), self._g.related(article_id, asker=asker)
        return beside(related, edition.speaker, edition.links, similar=similar)

    def _revisions_of(self, found: ArticleView, edition: Edition) -> str:
        """Where a page says how the article changed; empty if it has not, or the paper does not show it."""
        is_shown = found.revision > 1 and self.paper.revisions is not RevisionsShown.NONE
        return edition.links.revisions(found.article.id) if is_shown else ""

    def _show_explain(self, request: Request, query: str, explained: Explanation | None) -> Response:
        """Why a query finds an article, or why not. A query is not asked for a form that has none yet."""
        article_id = request.query_params.get("id", "")
        if explained is not None:
            title = explained.title
        else:
            title = self._g.article(article_id, asker=asker_in(request.scope)).article.title
        edition = self._editions.of(request.scope)
        context = {
            "here": here(request.scope),
            "query": query,
            "article_id": article_id,
            "title": title,
            "explained": explained,
            "back": edition.links.to_article(article_id, query),
        }
        return edition.templates.page("explain.html", context)

    async def delete_recent(self, request: Request) -> Response:
        form = await self.read_form(request)
        return self._changed(request, form, lambda recent: recent.delete(form.get("query", "")))

    async def clear_recent(self, request: Request) -> Response:
        form = await self.read_form(request)
        return self._changed(request, form, recents.RecentSearches.clear)

    async def restore_recent(self, request: Request) -> Response:
        form = await self.read_form(request)
        return self._changed(request, form, recents.RecentSearches.restore)

    async def switch_recent_off(self, request: Request) -> Response:
        """Off at once when nothing is kept; else the page asks what shall become of it, and sends the answer here."""
        form = await self.read_form(request)
        recent = recents.read(request.cookies) or recents.EMPTY
        choice = form.get("entries")
        if recent.entries and choice not in ("delete", "keep"):
            return self._back_to(form, _ASKING)
        return self._changed(request, form, lambda recent: recent.switch_off(keep=choice == "keep"))

    async def switch_recent_on(self, request: Request) -> Response:
        form = await self.read_form(request)
        return self._changed(request, form, recents.RecentSearches.switch_on)

    def problem(
        self, request: Request, problem: Problem, error: Exception | None, *, headers: Mapping[str, str]
    ) -> Response:
        """The page that tells a reader what went wrong, or when and why an article was removed."""
        edition = self._editions.of(request.scope)
        removed = view_removal(error, edition.speaker) if isinstance(error, ArticleRemoved) else None
        context = {
            "here": here(request.scope) if request.method == "GET" else "/",
            "query": "",
            "problem": problem,
            "said": say_problem(problem.name, edition.speaker),
            "removed": removed,
        }
        response = edition.templates.page("problem.html", context)
        response.status_code = problem.status
        response.headers.update(headers)
        return response

    def _home(self, request: Request, asked: SearchRequest, mistakes: Sequence[Mistake], *, path: str) -> Response:
        edition = self._editions.of(request.scope)
        said = {"carried": edition.links.search(asked).carried(), "mistakes": mistakes}
        context = {"query": "", "front": edition.front.look(), **said}
        shown_at = edition.links.to(path)
        return self._listing(request, edition, "home.html", context, shown_at=shown_at, recent=recents.EMPTY)

    def _listing(
        self,
        request: Request,
        edition: Edition,
        name: str,
        context: Mapping[str, Any],
        *,
        shown_at: str,
        recent: recents.RecentSearches,
    ) -> Response:
        """A page with the list of recent searches, as for a reader whom nobody knows: it holds at most this search."""
        part = edition.templates.recent_list(recent, here=shown_at, asking=False)
        text = edition.templates.text(name, {**context, "here": here(request.scope), "own_part": OWN_PART_MARK})
        before, found, after = text.partition(OWN_PART_MARK)
        if not found:  # a template of the paper's own that does without the list
            return HTMLResponse(text)
        pieces = before.encode(), part.encode(), after.encode()
        note_own_part(
            request,
            OwnPart(
                start=len(pieces[0]),
                end=len(pieces[0]) + len(pieces[1]),
                here=shown_at,
                asking=request.query_params.get("recent") == _ASKING,
                recorded=recent.entries[0] if recent.entries else None,
            ),
        )
        response = HTMLResponse(b"".join(pieces))
        if recent.entries:
            self._keep(response, request, recent)
        return response

    def personal(self, answer: Answer, recent: recents.RecentSearches, request: Request) -> Answer:
        """A page as a reader gets it who has these recent searches, made of what anybody gets."""
        own = answer.own_part
        assert own is not None
        after = recent if own.recorded is None else recent.record(own.recorded.query, day=own.recorded.day)
        asking = own.asking and after.saving and bool(after.entries)
        part = self._editions.of(request.scope).templates.recent_list(after, here=own.here, asking=asking)
        line = None if after == recent else self._cookie_line(after, request)
        return answer.rewritten(part.encode(), set_cookie=line)

    def _find(self, asked: SearchRequest, *, asker: Asker, within_s: float | None) -> tuple[SearchPage, bool]:
        """The answer, and whether the asked page lies beyond its end (the answer then holds no hits)."""
        if asked.page > _DEEP_PAGE:
            first = self._ask(replace(asked, offset=0, limit=1), asker=asker, within_s=within_s)
            if asked.offset >= first.results:
                return first, True
        page = self._ask(asked, asker=asker, within_s=within_s)
        return page, asked.page > 1 and not page.hits

    def _ask(self, asked: SearchRequest, *, asker: Asker, within_s: float | None) -> SearchPage:
        started = time.perf_counter()
        page = self._g.search(asked, asker=asker, facets=True, budget_s=within_s)
        self._metrics.searched(page, seconds=time.perf_counter() - started)
        return page

    async def read_form(self, request: Request) -> dict[str, str]:
        """The form's fields, one value each, of a body that is there (``bodies``). Refuses what another site sent."""
        if not is_same_site_change(request.headers):
            raise HTTPException(CROSS_SITE.status)
        body = await request.body()
        try:
            fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
        except ValueError:
            raise HTTPException(413) from None
        return {name: values[-1] for name, values in fields.items()}

    def _changed(
        self,
        request: Request,
        form: Mapping[str, str],
        change: Callable[[recents.RecentSearches], recents.RecentSearches],
    ) -> Response:
        """Change the list and go back to the page it was shown on. Of what was cleared, a further change leaves nothing."""
        before = recents.read(request.cookies) or recents.EMPTY
        after = change(before)
        response = self._back_to(form, _CHANGED)
        self._keep(response, request, after)
        if after.cleared or recents.CLEARED_COOKIE in request.cookies:
            settings = self._g.settings
            line = cleared_line(after, request, base=settings.site.base_path, trust_proxy=settings.trust_proxy)
            response.raw_headers.append((b"set-cookie", line))
        return response

    def way_back(self, form: Mapping[str, str]) -> str:
        """The page of this site that a form names; the first page if it names none."""
        home = self.site.base_path + "/"
        return local_path(form.get("next", home), home=home)

    def is_secure(self, request: Request) -> bool:
        """Whether the reader's own connection is encrypted."""
        return is_https(request.url.scheme, request.headers, trust_proxy=self._g.settings.trust_proxy)

    def _back_to(self, form: Mapping[str, str], state: str) -> Response:
        """To the page that the form names, at its list of recent searches, in the given state of the list."""
        target = self.way_back(form)
        return RedirectResponse(f"{target}{'&' if '?' in target else '?'}recent={state}#recent", status_code=303)

    def _keep(self, response: Response, request: Request, recent: recents.RecentSearches) -> None:
        response.raw_headers.append((b"set-cookie", self._cookie_line(recent, request)))

    def _cookie_line(self, recent: recents.RecentSearches, request: Request) -> bytes:
        settings = self._g.settings
        return cookie_line(recent, request, base=settings.site.base_path, trust_proxy=settings.trust_proxy)


def place_in(request: Request) -> int | None:
    """The how-manieth result an address speaks of, from 1; None if it does not say."""
    text = request.query_params.get(PLACE, "")
    return int(text) if text.isascii() and text.isdecimal() and 1 <= len(text) <= 7 and int(text) else None


def _is_new_search(request: Request) -> bool:
    """Whether a person has searched: not HEAD, not loaded ahead of a click, not back from changing the list."""
    return (
        request.method == "GET"
        and "recent" not in request.query_params
        and "prefetch" not in request.headers.get("sec-purpose", "")
    )
