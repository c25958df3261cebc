"""Fetches one http(s) address that somebody has named, or says in one sentence why not and what to do. No retries."""

from __future__ import annotations

import math
from typing import Final
from urllib.parse import urlsplit

from gisa.errors import SourceError
from gisa.sources.web import AGENT, DEFAULT_LIMITS, Answer, FetchLimits, Web, without_password


def fetch(url: str, *, limits: FetchLimits = DEFAULT_LIMITS) -> Answer:
    """GET ``url``. Raises ``SourceError`` with the address (without its password) and what to do about it.

    Its host may be a private one, for somebody has named it; one that it redirects to may not.
    """
    with Web(named=(host_named_by(url),), limits=limits) as web:
        answer = web.ask(url)
    if not answer.is_success:
        raise SourceError(f"{without_password(url)}: {refusal(answer)}")
    return answer


def host_named_by(url: str) -> str:
    """The host of an address that somebody has named, in lower case."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def refusal(answer: Answer, *, agent: str = AGENT) -> str:
    """What a status that is no success means, and what to do: ``the server answers 404 Not Found — check the address``."""
    said = f"the server answers {answer.status} {answer.reason}".rstrip()
    return f"{said} — {_advice(answer, agent)}"


def _advice(answer: Answer, agent: str) -> str:
    if answer.status in (429, 503):
        when = f"in {math.ceil(answer.retry_after_s):,} seconds" if answer.retry_after_s is not None else "later"
        what = "it wants fewer requests: " if answer.status == 429 else ""
        return f"{what}try again {when}"
    if answer.status == 403:
        return (
            f"if a browser may read it, ask whoever runs the site to let the User-Agent {agent.partition(' ')[0]!r} in"
        )
    if answer.status >= 500:
        return "try again later, and tell whoever runs the site if it stays so"
    return _ADVICE.get(answer.status, "check the address")


_ADVICE: Final = {
    401: "give name and password in the address: https://name:password@host/…",
    402: "it asks for a subscription: ask the site for a feed",
    410: "it is gone for good: take the address off your list",
    451: "it is withheld by law",
}
