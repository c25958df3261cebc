"""Fetches one http(s) address into memory, within limits of time, size and redirects. No parsing, no retries."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import httpx

from gisa.errors import SourceError
from gisa.sources.unpacking import PackedError, inflate
from gisa.version import __version__


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """How long and how large an answer may be."""

    connect_s: float = 10.0
    total_s: float = 60.0
    """Looked at whenever bytes arrive; a server that then falls silent is left ``silence_s`` later."""
    silence_s: float = 20.0
    size_bytes: int = 64 * 1024 * 1024
    """Of the decoded body: a small answer that unpacks to gigabytes is stopped here."""
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address answered."""

    content: bytes
    url: str
    """Where it was found, after redirects."""
    media_type: str
    """Lower case, without parameters; empty when the server did not say."""
    charset: str | None


DEFAULT_LIMITS: Final = FetchLimits()


def fetch(url: str, *, limits: FetchLimits = DEFAULT_LIMITS) -> Fetched:
    """GET ``url``. Raises ``SourceError`` with the address and what to do about it; honours the proxy variables."""
    deadline = time.monotonic() + limits.total_s

    def check_time(_: object) -> None:
        if time.monotonic() > deadline:
            raise SourceError(f"{url}: took longer than {limits.total_s:g} seconds — try again later")

    timeout = httpx.Timeout(limits.silence_s, connect=limits.connect_s)
    headers = {"User-Agent": f"Gisa/{__version__} (+feed reader)", "Accept-Encoding": "gzip"}
    hooks = {"request": [check_time], "response": [check_time]}
    try:
        with (
            httpx.Client(
                timeout=timeout,
                headers=headers,
                follow_redirects=True,
                max_redirects=limits.redirects,
                event_hooks=hooks,
            ) as client,
            client.stream("GET", url) as response,
        ):
            if not response.is_success:
                reason = f"{response.status_code} {response.reason_phrase}".strip()
                raise SourceError(f"{url}: the server answers {reason} — check the address")
            content = bytearray()
            for chunk in _body(response, url):
                check_time(None)
                content += chunk
                if len(content) > limits.size_bytes:
                    size = limits.size_bytes // 1024 // 1024
                    raise SourceError(f"{url}: larger than {size} MB — download it and add the file")
            return Fetched(
                content=bytes(content),
                url=str(response.url),
                media_type=response.headers.get("content-type", "").partition(";")[0].strip().lower(),
                charset=response.charset_encoding,
            )
    except httpx.TooManyRedirects as error:
        raise SourceError(f"{url}: more than {limits.redirects} redirects — check the address in a browser") from error
    except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise SourceError(f"{url}: it is, or leads to, no http or https address ({error})") from error
    except httpx.ConnectTimeout as error:
        raise SourceError(f"{url}: no connection within {limits.connect_s:g} seconds — try again later") from error
    except httpx.TimeoutException as error:
        raise SourceError(f"{url}: silent for {limits.silence_s:g} seconds — try again later") from error
    except httpx.ConnectError as error:
        raise SourceError(f"{url}: cannot be reached ({error}) — check the address and the network") from error
    except httpx.HTTPError as error:
        raise SourceError(f"{url}: the transfer broke off ({error}) — try again") from error
    except UnicodeError as error:  # a host name that no name server could know
        raise SourceError(f"{url}: not an address ({error})") from error


def _body(response: httpx.Response, url: str) -> Iterator[bytes]:
    """The decoded body, in small chunks whatever it unpacks to."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    raw: Iterable[bytes] = response.iter_raw()
    if encoding in {"", "identity"}:
        yield from raw
    elif encoding in {"gzip", "x-gzip"}:
        try:
            yield from inflate(raw)
        except PackedError as error:
            raise SourceError(f"{url}: the transfer is damaged ({error}) — try again") from error
    else:
        raise SourceError(f"{url}: answers in the encoding {encoding!r}, which was not asked for")
