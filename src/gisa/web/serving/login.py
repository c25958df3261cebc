"""Tokens of the paper's own login: verifies what its site signed. Knows no reader, keeps nothing.

A token is a JWT (RFC 7519) with ``{"aud": "gisa", "scope": "subscriber", "exp": …}``, signed with HS256 and a secret that
the paper's site and Gisa share. What else it says is not read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gisa.access import Scope
from gisa.config import Login
from gisa.errors import ConfigError
from gisa.messages import ConfigCode, Message

SECRET_VARIABLE: Final = "GISA_LOGIN_SECRET"  # noqa: S105 - the name of a variable
_AUDIENCE: Final = "gisa"
_ALGORITHM: Final = "HS256"
_LEAST_BYTES: Final = 32
"""Of a secret: RFC 7518 §3.2 asks for as many bits as the hash has."""
_LONGEST_S: Final = 24 * 3600
"""A token that is valid for longer is refused: who has copied one reads on until it ends."""
_LONGEST_TOKEN: Final = 2_000
"""Characters. Nothing longer is looked at."""


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """What a good token says."""

    scopes: frozenset[Scope]
    until_s: int
    """When it ends, in seconds since 1970."""


class Logins:
    """Verifies tokens with the paper's secrets; without a secret no token is good."""

    def __init__(self, secrets: Sequence[str], *, cookie: str) -> None:
        """``secrets``: more than one while they are being changed. ``cookie`` is the name of the cookie that holds a token."""
        self._secrets, self.cookie = tuple(secrets), cookie
        self.cookie_bytes = cookie.encode()

    @property
    def are_on(self) -> bool:
        return bool(self._secrets)

    def verify(self, token: str, *, now: datetime) -> LoggedIn | None:
        """What the token opens; None if it is not signed with one of the secrets, has ended, or says nothing of use."""
        if not self._secrets or not 0 < len(token) <= _LONGEST_TOKEN:
            return None
        claims = self._claims(token)
        if claims is None:
            return None
        ends, begins, now_s = claims.get("exp"), claims.get("nbf", 0), now.timestamp()
        if not isinstance(ends, int) or not isinstance(begins, int):
            return None
        if not begins <= now_s < ends <= now_s + _LONGEST_S:
            return None
        named = claims.get("scope")
        is_subscriber = isinstance(named, str) and Scope.SUBSCRIBER in named.split()
        return LoggedIn(frozenset({Scope.SUBSCRIBER}), ends) if is_subscriber else None

    def _claims(self, token: str) -> Mapping[str, object] | None:
        import jwt  # a paper without a login never loads it

        # Times are compared with the clock that everything else here goes by.
        options: jwt.types.Options = {
            "require": ["exp", "aud"], "verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_sub": False,
            "verify_jti": False,
        }  # fmt: skip
        for secret in self._secrets:
            try:
                claims: dict[str, object] = jwt.decode(
                    token, secret, algorithms=[_ALGORITHM], audience=_AUDIENCE, options=options
                )
            except (jwt.InvalidTokenError, ValueError, RecursionError):
                continue
            return claims
        return None


def logins_of(login: Login, env: Mapping[str, str] = os.environ) -> Logins:
    """The paper's logins. Raises ``ConfigError`` for a secret that is missing, short, or that everybody may read."""
    path = login.secret_file
    if path is None:
        given = env.get(SECRET_VARIABLE, "")
        return Logins(_checked([given], SECRET_VARIABLE) if given else (), cookie=login.cookie)
    place = f"[login] secret_file {path}"
    try:
        mode, text = path.stat().st_mode, path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(Message(ConfigCode.FILE_UNREAD, error=str(error)), place) from error
    if mode & (stat.S_IROTH | stat.S_IWOTH):
        raise ConfigError(Message(ConfigCode.LOGIN_OPEN, path=str(path)), place)
    secrets = [line.strip() for line in text.splitlines() if line.strip()]
    if not secrets:
        raise ConfigError(Message(ConfigCode.LOGIN_EMPTY, least=_LEAST_BYTES), place)
    return Logins(_checked(secrets, place), cookie=login.cookie)


def _checked(secrets: Sequence[str], place: str) -> Sequence[str]:
    for secret in secrets:
        if len(secret.encode()) < _LEAST_BYTES:
            raise ConfigError(Message(ConfigCode.LOGIN_SHORT, least=_LEAST_BYTES), place)
    return secrets
