"""Fetches one http(s) address that somebody has named, or says in one sentence why not and what to do. No retries."""

from __future__ import annotations

import math
from typing import Final
from urllib.parse import urlsplit

from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.sources.web import AGENT, DEFAULT_LIMITS, Answer, FetchLimits, Web, without_password


def fetch(url: str, *, limits: FetchLimits = DEFAULT_LIMITS) -> Answer:
    """GET ``url``. Raises ``SourceError`` with the address (without its password) and what to do about it.

    Its host may be a private one, for somebody has named it; one that it redirects to may not.
    """
    with Web(named=(host_named_by(url),), limits=limits) as web:
        answer = web.ask(url)
    if not answer.is_success:
        raise SourceError(refusal(answer), without_password(url))
    return answer


def host_named_by(url: str) -> str:
    """The host of an address that somebody has named, in lower case."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def refusal(answer: Answer, *, agent: str = AGENT) -> Message:
    """What a status that is no success means, and what to do: ``the server answers 404 Not Found — check the address``."""
    status = f"{answer.status} {answer.reason}".rstrip()
    return Message(SourceCode.FETCH_REFUSED, status=status, advice=_advice(answer, agent))


def _advice(answer: Answer, agent: str) -> Message:
    if answer.status in (429, 503):
        is_too_often = answer.status == 429
        if answer.retry_after_s is None:
            return Message(SourceCode.ADVICE_FEWER_LATER if is_too_often else SourceCode.ADVICE_LATER)
        code = SourceCode.ADVICE_FEWER_IN if is_too_often else SourceCode.ADVICE_IN
        return Message(code, seconds=math.ceil(answer.retry_after_s))
    if answer.status == 403:
        return Message(SourceCode.ADVICE_AGENT, agent=agent.partition(" ")[0])
    if answer.status >= 500:
        return Message(SourceCode.ADVICE_TELL)
    return Message(_ADVICE.get(answer.status, SourceCode.ADVICE_ADDRESS))


_ADVICE: Final = {
    401: SourceCode.ADVICE_SIGN_IN,
    402: SourceCode.ADVICE_SUBSCRIPTION,
    410: SourceCode.ADVICE_GONE,
    451: SourceCode.ADVICE_LAW,
}
