"""Who a request comes from, as far as fairness between readers needs to know. Identifies nobody, keeps nothing."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from starlette.types import Scope

_SUBSCRIBER_BITS = 64
"""Of an IPv6 address: one household or office has at least so many addresses to itself."""


def client_of(scope: Scope, *, trust_proxy: bool) -> str:
    """The address that shares its turns: an IPv4 address or the /64 network of an IPv6 one.

    Behind a trusted proxy it is the last address in ``X-Forwarded-For``, the one that the proxy itself has seen.
    """
    if trust_proxy:
        told = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
        if told:
            return _network(told[-1].rpartition(b",")[2].strip().decode("latin-1"))
    client = scope.get("client")
    return _network(client[0]) if client else ""


def _network(address: str) -> str:
    if ":" not in address:
        return address
    try:
        parsed = ip_address(address.strip("[]"))
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return f"{int(parsed) >> _SUBSCRIBER_BITS:x}"
