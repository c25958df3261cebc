"""What machines may do with the articles, said where machines look: robots.txt, TDMRep, ``llms.txt``. ``[mining]`` decides all.

TDMRep is the W3C community group's TDM Reservation Protocol (https://www.w3.org/2022/tdmrep/): a file, headers and a meta
element say the same. It reserves a right; it keeps nobody out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from gisa.config import Mining
from gisa.saying.terms import licence_line
from gisa.web.problems import AGENTS_PATH

if TYPE_CHECKING:
    from gisa.web.pages.routes import Pages

TRAINING_CRAWLERS: Final = (
    "AI2Bot",
    "Amazonbot",
    "anthropic-ai",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-ai",
    "Diffbot",
    "Google-Extended",
    "GPTBot",
    "ImagesiftBot",
    "meta-externalagent",
    "omgili",
)
"""Names by which their operators collect what models are trained on (or decide it, as Google-Extended does). Search engines' own
crawlers are not among them, nor those that fetch one page for one person."""
_TOOLS: Final = "- [Tools for agents]({address}): Model Context Protocol, if the paper has given you a key"
_DAY: Final = {"cache-control": "public, max-age=86400"}


def robots_lines(mining: Mining, *, base: str) -> list[str]:
    """What robots.txt says to crawlers that collect for training; nothing if they may."""
    if mining.allowed:
        return []
    return [*(f"User-agent: {name}" for name in TRAINING_CRAWLERS), f"Disallow: {base}/", ""]


def tdm_headers(mining: Mining) -> list[tuple[bytes, bytes]]:
    """The headers of every answer."""
    headers = [(b"tdm-reservation", str(_reserved(mining)).encode())]
    if mining.policy:
        headers.append((b"tdm-policy", mining.policy.encode()))
    return headers


async def tdmrep(pages: Pages, request: Request) -> Response:
    """``/.well-known/tdmrep.json``. Below a base path nobody asks for it: the paper puts its line into its own."""
    del request
    mining = pages.library.settings.mining
    rule: dict[str, object] = {"location": f"{pages.site.base_path}/", "tdm-reservation": _reserved(mining)}
    if mining.policy:
        rule["tdm-policy"] = mining.policy
    return Response(orjson.dumps([rule]), media_type="application/json", headers=_DAY)


async def llms(pages: Pages, request: Request) -> Response:
    """``/llms.txt`` (https://llmstxt.org/): what a language model finds here, how it asks, and on which terms."""
    root = pages.origin(request) + pages.site.base_path
    paper, mining = pages.paper, pages.library.settings.mining
    about = f"\n\n> {' '.join(paper.about.split())}" if paper.about else ""
    lines = [
        f"# {paper.name}{about}",
        "",
        "A searchable archive of news articles. Totals are exact; every search, article and result set has an address.",
        "",
        "## Terms",
        "",
        f"- {licence_line(paper.name, mining)}",
        f"- Text and data mining: {'allowed' if mining.allowed else 'reserved'} (tdm-reservation: {_reserved(mining)})",
        "",
        "## Ask",
        "",
        *([_TOOLS.format(address=root + AGENTS_PATH)] if pages.agents_are_on() else []),
        f"- [REST API]({root}/api/docs): search, articles, quotations, whether a sentence is printed",
        f"- [Search page]({root}/): for people",
        "",
    ]
    return PlainTextResponse("\n".join(lines), headers={"cache-control": "private, no-cache"})


def _reserved(mining: Mining) -> int:
    return 0 if mining.allowed else 1
