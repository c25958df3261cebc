"""Connects to OpenSearch with timeouts and retries, and turns the client's errors into Gisa's. Knows no articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from gisa.errors import ConfigError, IndexUnreachable, SearchIndexError
from gisa.messages import ConfigCode, Message

READ_TIMEOUT_S: Final = 10.0
"""Timeout of a search. Writing may take longer: ``WRITE_TIMEOUT_S``."""
WRITE_TIMEOUT_S: Final = 120.0
CONNECTIONS: Final = 16
"""Connections kept open to each node: as many as requests may run at once (``[serve] threads``). The client's default is 1."""
RETRIES: Final = 3
"""How often a request is retried on another node. All requests are idempotent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSearchAccess:
    """Address and credentials of a cluster. Its repr hides secrets."""

    hosts: tuple[str, ...]
    """``https://host:9200``, one or more nodes."""
    alias: str
    """The alias of the live index; names of generations begin with it."""
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    api_key: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    """Certificates to trust, in PEM; None for the system's."""
    shards: int = 1
    replicas: int = 0

    @property
    def place(self) -> str:
        """For messages, without a password."""
        return f"{', '.join(self.hosts)}/{self.alias}"


def access_from_url(
    url: str, *, env: Mapping[str, str], ca_file: str | None = None, shards: int = 1, replicas: int = 0
) -> OpenSearchAccess:
    """What ``index_url`` says: ``https://user@one:9200,two:9200/alias``; the alias is ``gisa`` if none is named.

    Secrets come from ``env``: ``GISA_INDEX_PASSWORD``, ``GISA_INDEX_API_KEY``. A password in the address works, too, but
    stands in a file that others may read. Raises ``ConfigError``.
    """
    scheme, _, rest = url.partition("://")
    authority, _, alias = rest.partition("/")
    login, _, nodes = authority.rpartition("@")
    user, _, password = login.partition(":")
    alias = alias.strip("/") or "gisa"
    hosts = tuple(f"{scheme}://{node.strip()}" for node in nodes.split(",") if node.strip())
    if not hosts or not all(urlsplit(host).hostname for host in hosts):
        raise ConfigError(Message(ConfigCode.INDEX_URL_HOSTLESS))
    if alias != alias.lower() or set(alias) & set('\\/*?"<>| ,#:') or alias[0] in "-_+.":
        raise ConfigError(Message(ConfigCode.INDEX_URL_NAME, name=alias))
    return OpenSearchAccess(
        hosts=hosts,
        alias=alias,
        user=unquote(user) or None,
        password=env.get("GISA_INDEX_PASSWORD") or unquote(password) or None,
        api_key=env.get("GISA_INDEX_API_KEY") or None,
        ca_file=ca_file,
        shards=shards,
        replicas=replicas,
    )


def connect(access: OpenSearchAccess) -> Any:
    """A client; asks nothing yet. Raises ``ConfigError`` if opensearch-py is not installed."""
    try:
        from opensearchpy import OpenSearch
    except ImportError:
        raise ConfigError(Message(ConfigCode.CLUSTER_MISSING)) from None
    signed: dict[str, Any] = {}
    if access.api_key is not None:
        signed["headers"] = {"Authorization": f"ApiKey {access.api_key}"}
    elif access.user is not None:
        signed["http_auth"] = (access.user, access.password or "")
    return OpenSearch(
        list(access.hosts),
        ca_certs=access.ca_file,
        timeout=READ_TIMEOUT_S,
        max_retries=RETRIES,
        retry_on_timeout=True,
        retry_on_status=(429, 502, 503, 504),
        http_compress=True,
        pool_maxsize=CONNECTIONS,
        **signed,
    )


@contextmanager
def opensearch_errors(place: str) -> Iterator[None]:
    """Raises the client's errors as ``IndexUnreachable`` (no answer in time) or ``SearchIndexError``, by their kind.

    What OpenSearch says beside it may quote the query, and messages go into the log.
    """
    from opensearchpy.exceptions import ConnectionError as Unreachable
    from opensearchpy.exceptions import OpenSearchException, TransportError

    try:
        yield
    except Unreachable as error:
        raise IndexUnreachable(f"{place}: OpenSearch does not answer ({error.info}) — see whether it runs") from error
    except TransportError as error:
        raise SearchIndexError(f"{place}: OpenSearch refused ({error.status_code}: {error.error})") from error
    except OpenSearchException as error:
        raise SearchIndexError(f"{place}: OpenSearch failed ({type(error).__name__})") from error
