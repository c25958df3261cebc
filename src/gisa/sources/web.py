"""Asks web addresses: one answer for each request, whatever its status, within limits. Parses nothing and retries nothing."""

from __future__ import annotations

import ipaddress
import re
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from gisa.clock import Clock, Monotonic, system_clock
from gisa.closing import Closing
from gisa.errors import SourceError
from gisa.messages import Message, SourceCode
from gisa.sources.unpacking import CHUNK, PackedError, inflate
from gisa.version import __version__

AGENT: Final = f"Gisa/{__version__} (+feed reader)"


def agent_for(contact: str) -> str:
    """The ``User-Agent`` of an operator who gives an address."""
    return f"Gisa/{__version__} (+{contact})" if contact else AGENT


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


DEFAULT_LIMITS: Final = FetchLimits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave with an answer, to ask later whether it has changed."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The conditional headers of a request (RFC 9110, 13.1); none if there are no validators."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}


NO_VALIDATORS: Final = Validators()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address answered."""

    status: int
    reason: str
    url: str
    """Where it was found, after redirects, without name and password."""
    content: bytes = b""
    """The decoded body of a success; empty for every other status."""
    media_type: str = ""
    """Lower case, without parameters; empty if the server did not say."""
    charset: str | None = None
    validators: Validators = NO_VALIDATORS
    fresh_s: float | None = None
    """``Cache-Control: max-age``: asking again sooner brings nothing new."""
    retry_after_s: float | None = None
    """How long the server wants to be left alone."""
    moved_to: str | None = None
    """Where permanent redirects (301, 308) led, up to the first that is not; None if the first is not."""
    location: str | None = None
    """Where a redirect that was not followed leads."""

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


class Web(Closing):
    """A client for one thread, which keeps connections open between requests. Close it, or use it in ``with``.

    Honours the proxy variables. Private addresses (loopback, 10/8, link-local …) are asked only on ``named`` hosts: what a
    feed or a redirect names must not lead into the operator's own network. The connected address is checked, not the name.
    """

    def __init__(
        self,
        *,
        named: Iterable[str] = (),
        agent: str = AGENT,
        limits: FetchLimits = DEFAULT_LIMITS,
        tls: ssl.SSLContext | None = None,
        clock: Clock = system_clock,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        """``named``: hosts that the operator has named, in lower case. ``tls``: of ``tls_of_web``, for whoever opens many."""
        self._named, self._limits = frozenset(named), limits
        self._clock, self._monotonic = clock, monotonic
        self._deadline = 0.0
        self._asked = self._connecting_to = ""
        self._client = httpx.Client(
            timeout=httpx.Timeout(limits.silence_s, connect=limits.connect_s),
            headers={"User-Agent": agent, "Accept-Encoding": "gzip"},
            max_redirects=limits.redirects,
            verify=tls if tls is not None else True,
            event_hooks={"request": [self._before], "response": [lambda _: self._check_time()]},
        )

    def ask(
        self,
        url: str,
        *,
        validators: Validators = NO_VALIDATORS,
        follows: bool = True,
        wanted: Callable[[str], bool] = lambda _media_type: True,
    ) -> Answer:
        """GET ``url``. ``follows``: go on to where redirects lead. The body of a media type that is not ``wanted`` is not read.

        Raises ``SourceError`` (with the address, without its password) if there is no answer, or none within the limits.
        """
        shown, limits = without_password(url), self._limits
        self._deadline = self._monotonic() + limits.total_s
        try:
            with self._client.stream(
                "GET",
                url,
                headers=validators.headers(),
                follow_redirects=follows,
                extensions={"trace": self._check_connection},
            ) as response:
                content = bytearray()
                media_type = _media_type(response.headers)
                if response.is_success and wanted(media_type):
                    for chunk in _body(response, shown):
                        self._check_time()
                        content += chunk
                        if len(content) > limits.size_bytes:
                            size = limits.size_bytes // 1024 // 1024
                            raise SourceError(Message(SourceCode.FETCH_TOO_LARGE, megabytes=size), shown)
                return self._answer(response, bytes(content), media_type)
        except _TooSlowError as error:
            raise SourceError(Message(SourceCode.FETCH_SLOW, seconds=f"{limits.total_s:g}"), shown) from error
        except _PrivateError as error:
            raise SourceError(Message(SourceCode.FETCH_PRIVATE, host=str(error)), shown) from error
        except httpx.TooManyRedirects as error:
            raise SourceError(Message(SourceCode.FETCH_REDIRECTS, limit=limits.redirects), shown) from error
        except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise SourceError(Message(SourceCode.FETCH_NO_WEB, error=str(error)), shown) from error
        except httpx.ConnectTimeout as error:
            raise SourceError(
                Message(SourceCode.FETCH_NO_CONNECTION, seconds=f"{limits.connect_s:g}"), shown
            ) from error
        except httpx.TimeoutException as error:
            raise SourceError(Message(SourceCode.FETCH_SILENT, seconds=f"{limits.silence_s:g}"), shown) from error
        except httpx.ConnectError as error:
            raise SourceError(Message(SourceCode.FETCH_UNREACHABLE, error=str(error)), shown) from error
        except httpx.HTTPError as error:
            raise SourceError(Message(SourceCode.FETCH_BROKEN_OFF, error=str(error)), shown) from error
        except UnicodeError as error:  # a host name that no name server could know
            raise SourceError(Message(SourceCode.FETCH_NO_ADDRESS, error=str(error)), shown) from error

    def close(self) -> None:
        self._client.close()

    def _answer(self, response: httpx.Response, content: bytes, media_type: str) -> Answer:
        headers = response.headers
        url = without_password(str(response.url))
        location = headers.get("location") if response.is_redirect else None
        return Answer(
            status=response.status_code,
            reason=response.reason_phrase,
            url=url,
            content=content,
            media_type=media_type,
            charset=response.charset_encoding,
            validators=Validators(etag=headers.get("etag"), last_modified=headers.get("last-modified")),
            fresh_s=_max_age(headers.get("cache-control", "")),
            retry_after_s=retry_after(headers.get("retry-after", ""), now=self._clock()),
            moved_to=_moved_to(response),
            location=urljoin(url, location) if location else None,
        )

    def _before(self, request: httpx.Request) -> None:
        """Before each request, those of redirects too. A proxy connects for us: then names are all there is to check."""
        self._check_time()
        self._asked = request.url.host.lower()
        if _is_private(self._asked) and self._asked not in self._named:
            raise _PrivateError(self._asked)

    def _check_connection(self, event: str, info: Mapping[str, Any]) -> None:
        """Told by httpcore of every step; a connection to a private address is given up before anything is sent."""
        if event == "connection.connect_tcp.started":
            self._connecting_to = str(info["host"]).lower()
        elif event == "connection.connect_tcp.complete":
            is_proxy, stream = self._connecting_to != self._asked, info["return_value"]
            address = stream.get_extra_info("server_addr")
            if not is_proxy and self._asked not in self._named and address and _is_private(str(address[0])):
                stream.close()
                raise _PrivateError(self._asked)

    def _check_time(self) -> None:
        if self._monotonic() > self._deadline:
            raise _TooSlowError


def tls_of_web() -> ssl.SSLContext:
    """What every client needs to check certificates; loading the authorities takes 30 ms."""
    return httpx.create_ssl_context()


class _TooSlowError(Exception):
    """The whole answer took longer than it may."""


class _PrivateError(Exception):
    """The host's address is a private one."""


def without_password(url: str) -> str:
    """The address as it may be shown and stored: without the name and password before an ``@``."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return re.sub(r"(?<=://)[^/?#]*@", "", url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if "@" in parts.netloc else url


def retry_after(value: str, *, now: datetime) -> float | None:
    """Seconds that a ``Retry-After`` asks for: a number, or a date (RFC 9110, 10.2.3); None if it is neither."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def _is_private(host: str) -> bool:
    """Whether a host is an address that is not the world's; False for a name, but for ``localhost``."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return not (mapped or address).is_global


def _media_type(headers: httpx.Headers) -> str:
    return str(headers.get("content-type", "")).partition(";")[0].strip().lower()


def _max_age(value: str) -> float | None:
    if re.search(r"(?:^|[,\s])(?:no-cache|no-store)(?:[,\s]|$)", value, re.IGNORECASE):
        return None
    match = re.search(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", value, re.IGNORECASE)
    return float(match[1]) if match else None


def _moved_to(response: httpx.Response) -> str | None:
    moved = None
    for hop in (*response.history, response):
        if hop.status_code not in (301, 308) or not (location := hop.headers.get("location")):
            break
        moved = urljoin(str(hop.url), location)
    return moved


def _body(response: httpx.Response, url: str) -> Iterator[bytes]:
    """The decoded body, in small chunks whatever it unpacks to."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    raw: Iterable[bytes] = response.iter_raw()
    if encoding in {"", "identity"}:
        yield from raw
    elif encoding in {"gzip", "x-gzip", "deflate"}:
        try:
            yield from inflate(raw) if encoding != "deflate" else _deflated(raw)
        except PackedError as error:
            raise SourceError(Message(SourceCode.FETCH_DAMAGED, error=error.reason), url) from error
    else:
        raise SourceError(Message(SourceCode.FETCH_ENCODING, encoding=encoding), url)


def _deflated(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """What ``Content-Encoding: deflate`` holds: zlib's format, or the bare stream that some servers send."""
    inflater = None
    for block in blocks:
        if inflater is None:
            inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS if block[0] & 0x0F == 8 else -zlib.MAX_WBITS)
        left = block
        try:
            while left:
                yield inflater.decompress(left, CHUNK)
                left = inflater.unconsumed_tail
        except zlib.error as error:
            raise PackedError(Message(SourceCode.PACKING_DAMAGED, packing="deflate", error=str(error))) from error
    if inflater is not None and not inflater.eof:
        raise PackedError(Message(SourceCode.PACKING_SHORT, packing="deflate"))
