"""Creates, lists, revokes and checks keys of the API, kept hashed in one file. Decides no access.

A key is ``gisa_ID_SECRET``. The secret has 256 random bits, so a single SHA-256 of it is safe to store. Checking a key takes
microseconds; a slow password hash would take a tenth of a second.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hmac import compare_digest
from pathlib import Path
from typing import Any, Final

import orjson
from filelock import FileLock

from gisa.access import Scope
from gisa.durable import write_durably
from gisa.errors import ConfigError, KeyNotFound
from gisa.library.own_files import OwnLines, WatchedFile, own_lines
from gisa.messages import ConfigCode, Message

log: Final = logging.getLogger("gisa.library")

PREFIX: Final = "gisa_"
"""The prefix of every key, so that secret scanners recognise one."""
_ID_BYTES: Final = 4
_SECRET_BYTES: Final = 32
_NO_DIGEST: Final = bytes(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key without its secret."""

    id: str
    name: str
    """Whom it was made for, as the desk wrote it."""
    scopes: frozenset[Scope]
    per_minute: int | None
    """Requests that it may make in a minute; None: any number."""
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None = None
    digest: bytes
    """SHA-256 of the secret."""

    def holds(self, now: datetime) -> bool:
        """Whether it opens anything at this moment."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


class KeyFile:
    """The keys of one data folder. Thread-safe; a change of the file is seen by the next call."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._watched = WatchedFile(path)
        self._known: tuple[OwnLines, Mapping[str, Key]] | None = None

    def create(
        self,
        name: str,
        *,
        scopes: Collection[Scope],
        now: datetime,
        per_minute: int | None = None,
        expires_at: datetime | None = None,
    ) -> tuple[str, Key]:
        """A new key, shown this once, and what is stored of it. Raises ``ConfigError`` if the file is damaged."""
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        key = Key(
            id=secrets.token_hex(_ID_BYTES),
            name=name,
            scopes=frozenset(scopes),
            per_minute=per_minute,
            created_at=now,
            expires_at=expires_at,
            digest=_digest(secret),
        )
        with self._changing():
            self._write([*self.list(), key])
        return f"{PREFIX}{key.id}_{secret}", key

    def list(self) -> list[Key]:
        """Every key ever made, oldest first. Raises ``ConfigError`` naming the line that is none."""
        return [_read(line, place=f"{self._path}:{number}") for number, line in enumerate(own_lines(self._path), 1)]

    def revoke(self, key_id: str, *, now: datetime) -> Key:
        """Revoke a key in every process. Raises ``KeyNotFound``; revoking twice keeps the first time."""
        with self._changing():
            keys = {key.id: key for key in self.list()}
            if key_id not in keys:
                raise KeyNotFound(f"no key has the id {key_id!r} — `gisa keys list` shows them")
            if keys[key_id].revoked_at is None:
                keys[key_id] = replace(keys[key_id], revoked_at=now)
                self._write(keys.values())
        return keys[key_id]

    def find(self, given: str, *, now: datetime) -> Key | None:
        """The key that a client sent, if it exists and is valid now. Compares secrets in constant time."""
        _, _, rest = given.partition(PREFIX)
        key_id, _, secret = rest.partition("_")
        key = self._current().get(key_id)
        is_right = compare_digest(_digest(secret), _NO_DIGEST if key is None else key.digest)
        return key if key is not None and is_right and key.holds(now) else None

    def any_holds(self, *, now: datetime) -> bool:
        """Whether there is a key that opens anything at this moment."""
        return any(key.holds(now) for key in self._current().values())

    def _current(self) -> Mapping[str, Key]:
        """The keys by id, read again if the file has changed. A line that is no key opens nothing, and the log names it."""
        lines = self._watched.current()
        known = self._known
        if known is None or known[0] is not lines:
            keys: dict[str, Key] = {}
            for number, line in enumerate(lines.lines, 1):
                try:
                    key = _read(line, place=f"{self._path}:{number}")
                except ConfigError as error:
                    log.warning("%s", error)
                else:
                    keys[key.id] = key
            known = self._known = lines, keys
        return known[1]

    def _changing(self) -> FileLock:
        """Held while the file is changed. Not the writer lock, so that a key can be revoked during an import."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(self._path.with_suffix(".lock"))

    def _write(self, keys: Iterable[Key]) -> None:
        write_durably(self._path, [orjson.dumps(_as_dict(key)) + b"\n" for key in keys])


def key_as_dict(key: Key) -> dict[str, Any]:
    """A key as commands print it: nothing that helps to guess it."""
    return {
        "id": key.id,
        "name": key.name,
        "scopes": sorted(key.scopes),
        "per_minute": key.per_minute,
        "created_at": key.created_at.isoformat(timespec="seconds"),
        "expires_at": _iso(key.expires_at),
        "revoked_at": _iso(key.revoked_at),
    }


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _as_dict(key: Key) -> dict[str, Any]:
    return {**key_as_dict(key), "digest": key.digest.hex()}


def _read(line: str, *, place: str) -> Key:
    try:
        raw = orjson.loads(line)
        digest = bytes.fromhex(raw["digest"])
        if len(digest) != len(_NO_DIGEST):
            raise ValueError("its digest is not one")
        return Key(
            id=str(raw["id"]),
            name=str(raw["name"]),
            scopes=frozenset(map(Scope, raw["scopes"])),
            per_minute=None if raw["per_minute"] is None else int(raw["per_minute"]),
            created_at=datetime.fromisoformat(raw["created_at"]),
            expires_at=_moment(raw["expires_at"]),
            revoked_at=_moment(raw["revoked_at"]),
            digest=digest,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(Message(ConfigCode.KEY_DAMAGED), place) from error


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
