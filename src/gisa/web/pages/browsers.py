"""What browsers ask for beside pages: the search for their address bar, the site's manifest and icon."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import quoteattr

import orjson
from starlette.requests import Request
from starlette.responses import Response

from gisa.web.pages.feeds import xml_text
from gisa.web.pages.routes import Pages

_DAY: Final = {"cache-control": "public, max-age=86400"}


async def opensearch(pages: Pages, request: Request) -> Response:
    """``/opensearch.xml`` (OpenSearch 1.1): the browser's bar searches the paper. Written for the host that was asked."""
    edition, paper = pages.edition(request), pages.paper
    page = pages.origin(request) + edition.links.to("/search")
    template = f"{page}{'&' if '?' in page else '?'}q={{searchTerms}}"
    icon = pages.origin(request) + pages.icon
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{xml_text(paper.name[:16])}</ShortName><Description>{xml_text(paper.about or paper.name)}</Description>"
        f'<InputEncoding>UTF-8</InputEncoding><Image type="image/svg+xml">{xml_text(icon)}</Image>'
        f'<Url type="text/html" template={quoteattr(template)}/></OpenSearchDescription>\n'
    )
    return Response(text, media_type="application/opensearchdescription+xml")


async def manifest(pages: Pages, request: Request) -> Response:
    """``/manifest.webmanifest`` (https://www.w3.org/TR/appmanifest/): the site on a phone's first screen."""
    edition, paper = pages.edition(request), pages.paper
    said = {
        "name": f"{paper.name} {edition.speaker.wording.page.home_title}",
        "short_name": paper.name[:12],
        "lang": edition.speaker.language.value,
        "start_url": edition.links.to("/"),
        "scope": edition.links.base + "/",
        "display": "minimal-ui",
        "theme_color": paper.colour,
        "icons": [{"src": pages.icon, "type": "image/svg+xml", "sizes": "any", "purpose": "any"}],
    }
    return Response(orjson.dumps(said), media_type="application/manifest+json", headers=_DAY)


async def favicon(pages: Pages, request: Request) -> Response:
    """``/favicon.ico``, for what does not read the page: leads to the icon."""
    del request
    return Response(status_code=302, headers={"location": pages.icon, **_DAY})
