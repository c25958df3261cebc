"""Reads ``DATA/gisa.toml`` into ``Settings``; a value that cannot be used is told with its file, table and key."""

from __future__ import annotations

import logging
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from gisa.config.settings import (
    AllowedOrigins,
    Database,
    Embedding,
    Fetching,
    Login,
    Mining,
    Paper,
    RemoteIndex,
    RequestLog,
    RevisionsShown,
    Searching,
    Serving,
    Settings,
    Site,
)
from gisa.errors import ConfigError
from gisa.language import Language
from gisa.messages import ConfigCode, Message
from gisa.model import StoryHead

log: Final = logging.getLogger("gisa.config")

DEFAULT_DATA_DIR = "gisa-data"

_TOP_KEYS: Final = (
    "archive_url", "index_url", "index", "trust_proxy", "paper", "site", "embed", "serve", "fetch", "database", "login",
    "search", "mining",
)  # fmt: skip

_CONTACT: Final = re.compile(r"(?:https?://)?[\x21-\x27\x2a-\x7e]+[.@][\x21-\x27\x2a-\x7e]+")
"""ASCII without blanks and parentheses, which delimit it in ``User-Agent``."""
_WEB_ADDRESS: Final = re.compile(r"https?://[!#-;=?-~]+")
"""ASCII without blanks, quotation marks and angle brackets: it stands in headers, JSON and HTML."""
_BASE_PATH: Final = re.compile(r"(/[A-Za-z0-9._~-]*[A-Za-z0-9_~-])+")
"""Folders of an address, none of them ``.`` or ``..``, as browsers and proxies leave it."""
_HOST: Final = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?"
_ORIGIN: Final = re.compile(rf"https?://({_HOST})", re.IGNORECASE)
_ALLOWED_ORIGIN: Final = re.compile(rf"https://(\*\.)?({_HOST})", re.IGNORECASE)
"""What a page may load from: nothing that could be read along the way, and no part of the policy's own grammar."""

T = TypeVar("T")
C = TypeVar("C", bound=StrEnum)


def _warn_of_open_secrets(path: Path, raw: Mapping[str, Any]) -> None:
    """Name settings that hold a password and that every user of the machine may read."""
    secret = [
        name for name in ("archive_url", "index_url") if "@" in (url := str(raw.get(name, ""))) and _has_password(url)
    ]
    if secret and path.stat().st_mode & 0o004:
        log.warning(
            "%s: holds a password (%s) and everybody may read it — run `chmod 640 %s`", path, ", ".join(secret), path
        )


def _has_password(url: str) -> bool:
    try:
        return urlsplit(url).password is not None
    except ValueError:
        return False


def load_settings(data_dir: str | os.PathLike[str] | None = None, *, env: Mapping[str, str] | None = None) -> Settings:
    """Settings for a data folder: its ``gisa.toml`` if there is one, defaults otherwise.

    The folder is ``data_dir``, or the variable ``GISA_DATA``, or ``./gisa-data``; it need not exist.
    Raises ``ConfigError`` naming file and key.
    """
    environment = os.environ if env is None else env
    folder = Path(data_dir or environment.get("GISA_DATA") or DEFAULT_DATA_DIR)
    path = folder / "gisa.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raw = {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(Message(ConfigCode.NOT_TOML, error=str(error)), str(path)) from error
    _warn_of_open_secrets(path, raw)
    top = _Table(raw, place=str(path), known=_TOP_KEYS)
    paper = top.table("paper", Paper, place=f"{path} [paper]")
    serve = top.table("serve", Serving, place=f"{path} [serve]")
    fetch = top.table("fetch", Fetching, place=f"{path} [fetch]")
    database = top.table("database", Database, place=f"{path} [database]")
    site = top.table("site", Site, place=f"{path} [site]")
    csp = site.table("csp", AllowedOrigins, place=f"{path} [site.csp]")
    embed = top.table("embed", Embedding, place=f"{path} [embed]")
    index = top.table("index", RemoteIndex, place=f"{path} [index]")
    search = top.table("search", Searching, place=f"{path} [search]")
    login = top.table("login", Login, place=f"{path} [login]")
    mining = top.table("mining", Mining, place=f"{path} [mining]")
    cookie = login.take("cookie", str, Login().cookie)
    if not re.fullmatch(r"[A-Za-z0-9_-]+", cookie):
        raise ConfigError(Message(ConfigCode.COOKIE_WRONG, value=cookie), f"{path} [login]")
    default = Paper()
    colour = paper.take("colour", str, default.colour)
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ConfigError(Message(ConfigCode.COLOUR_WRONG, value=colour), f"{path} [paper]")
    logo, logo_dark = (paper.take_file(key, folder=folder / "media") for key in ("logo", "logo_dark"))
    if logo_dark and not logo:
        raise ConfigError(Message(ConfigCode.LOGO_LACKING), f"{path} [paper]")
    return Settings(
        data_dir=folder,
        archive_url=top.take("archive_url", str, "") or None,
        index_url=top.take("index_url", str, "") or None,
        index=RemoteIndex(
            shards=index.take_number("shards", RemoteIndex().shards, at_least=1),
            replicas=index.take_number("replicas", RemoteIndex().replicas, at_least=0),
            ca_file=index.take("ca_file", str, "") or None,
        ),
        trust_proxy=top.take("trust_proxy", bool, False),
        paper=Paper(
            name=paper.take("name", str, default.name),
            logo=logo,
            logo_dark=logo_dark,
            colour=colour.lower(),
            about=paper.take("about", str, default.about),
            preview=paper.take_number("preview", default.preview, at_least=0),
            revisions=_choice(
                RevisionsShown, "revisions", paper.take("revisions", str, default.revisions), place=f"{path} [paper]"
            ),
        ),
        site=Site(
            lang=_choice(Language, "lang", site.take("lang", str, Site().lang.value), place=f"{path} [site]"),
            follow_browser=site.take("follow_browser", bool, False),
            base_path=_base_path(site.take("base_path", str, ""), place=f"{path} [site]"),
            canonical=site.take_origin("canonical"),
            csp=AllowedOrigins(**{key: csp.take_origins(key, _ALLOWED_ORIGIN) for key in _keys(AllowedOrigins)}),
        ),
        embed=Embedding(origins=embed.take_origins("origins")),
        serving=Serving(
            host=serve.take("host", str, Serving().host),
            port=serve.take_number("port", Serving().port, at_least=1),
            workers=serve.take_number("workers", Serving().workers, at_least=1),
            cache_mb=serve.take_number("cache_mb", Serving().cache_mb, at_least=0),
            max_waiting=serve.take_number("max_waiting", Serving().max_waiting, at_least=1),
            budget_ms=serve.take_number("budget_ms", Serving().budget_ms, at_least=0),
            threads=serve.take_number("threads", Serving().threads, at_least=1),
            timeout_ms=serve.take_number("timeout_ms", Serving().timeout_ms, at_least=1),
            hosts=serve.take_names("hosts"),
            metrics_token=serve.take("metrics_token", str, ""),
            max_behind_s=serve.take_number("max_behind_s", Serving().max_behind_s, at_least=1),
            api_per_minute=serve.take_number("api_per_minute", Serving().api_per_minute, at_least=0),
            log=_choice(RequestLog, "log", serve.take("log", str, RequestLog.OFF.value), place=f"{path} [serve]"),
        ),
        fetching=Fetching(contact=checked_contact(fetch.take("contact", str, ""), place=f"{path} [fetch]")),
        database=Database(
            pool_size=database.take_number("pool_size", Database().pool_size, at_least=1),
            connect_timeout_s=database.take_number("connect_timeout_s", Database().connect_timeout_s, at_least=1),
            statement_timeout_s=database.take_number("statement_timeout_s", Database().statement_timeout_s, at_least=0),
            keepalive_s=database.take_number("keepalive_s", Database().keepalive_s, at_least=1),
            failover_s=database.take_number("failover_s", Database().failover_s, at_least=0),
        ),
        login=Login(
            secret_file=folder / secret_file if (secret_file := login.take("secret_file", str, "")) else None,
            cookie=cookie,
        ),
        search=Searching(
            about=search.take("about", bool, Searching().about),
            group=search.take("group", bool, Searching().group),
            story_head=_choice(
                StoryHead,
                "story_head",
                search.take("story_head", str, Searching().story_head),
                place=f"{path} [search]",
            ),
        ),
        mining=Mining(
            allowed=mining.take("allowed", bool, False),
            policy=_web_address("policy", mining.take("policy", str, ""), place=f"{path} [mining]"),
            licence=" ".join(mining.take("licence", str, "").split()),
        ),
    )


def _choice(kind: type[C], key: str, value: str, *, place: str) -> C:
    try:
        return kind(value)
    except ValueError:
        raise ConfigError(
            Message(ConfigCode.SETTING_CHOICE, setting=key, value=value, known=", ".join(kind)), place
        ) from None


def checked_contact(given: str, *, place: str) -> str:
    """The operator's address, which goes into a header of requests. Raises ``ConfigError`` if it could not."""
    if given and not _CONTACT.fullmatch(given):
        raise ConfigError(Message(ConfigCode.CONTACT_WRONG, value=given), place)
    return given


def _web_address(setting: str, given: str, *, place: str) -> str | None:
    """An address that a header of answers may hold; None if left out."""
    if given and not _WEB_ADDRESS.fullmatch(given):
        raise ConfigError(Message(ConfigCode.ADDRESS_WRONG, setting=setting, value=given), place)
    return given or None


def _base_path(given: str, *, place: str) -> str:
    """The path without its last slash; ``/`` is none."""
    path = given.removesuffix("/")
    if path and not _BASE_PATH.fullmatch(path):
        raise ConfigError(Message(ConfigCode.BASE_PATH_WRONG, value=given), place)
    return path


def _keys(kind: type[Any]) -> tuple[str, ...]:
    """What a table may set: the fields of its dataclass."""
    return tuple(each.name for each in fields(kind))


class _Table:
    """One TOML table with its place, so that every complaint can say where."""

    def __init__(self, values: Mapping[str, Any], *, place: str, known: tuple[str, ...]) -> None:
        self._values, self._place = values, place
        for key in values:
            if key not in known:
                raise ConfigError(Message(ConfigCode.SETTING_UNKNOWN, setting=key, known=", ".join(known)), place)

    def take(self, key: str, kind: type[T], default: T) -> T:
        value = self._values.get(key, default)
        if not isinstance(value, kind):
            wrong = Message(ConfigCode.SETTING_TYPE, setting=key, type=kind.__name__, value=repr(value))
            raise ConfigError(wrong, self._place)
        return value

    def table(self, key: str, kind: type[Any], *, place: str) -> _Table:
        """The table of this name, empty if left out; its keys are the fields of ``kind``."""
        return _Table(self.take(key, dict, {}), place=place, known=_keys(kind))

    def take_file(self, key: str, *, folder: Path) -> str | None:
        """The name of a file in a folder."""
        name = self.take(key, str, "")
        if "/" in name or "\\" in name or name.startswith("."):
            raise ConfigError(Message(ConfigCode.LOGO_WRONG, setting=key, value=name, folder=str(folder)), self._place)
        return name or None

    def take_origin(self, key: str) -> str | None:
        """The scheme and host of a site; None if left out."""
        return self._origin(key, given, _ORIGIN) if (given := self.take(key, str, "")) else None

    def take_origins(self, key: str, form: re.Pattern[str] = _ORIGIN) -> tuple[str, ...]:
        return tuple(self._origin(key, given, form) for given in self.take_names(key))

    def _origin(self, key: str, given: str, form: re.Pattern[str]) -> str:
        origin = given.lower().removesuffix("/")
        if not form.fullmatch(origin):
            raise ConfigError(Message(ConfigCode.ORIGIN_WRONG, setting=key, value=given), self._place)
        return origin

    def take_names(self, key: str) -> tuple[str, ...]:
        names = self.take(key, list, [])
        if not all(isinstance(name, str) and name for name in names):
            raise ConfigError(Message(ConfigCode.SETTING_NAMES, setting=key, value=repr(names)), self._place)
        return tuple(names)

    def take_number(self, key: str, default: int, *, at_least: int) -> int:
        value = self.take(key, int, default)
        if isinstance(value, bool) or value < at_least:
            wrong = Message(ConfigCode.SETTING_NUMBER, setting=key, least=at_least, value=repr(value))
            raise ConfigError(wrong, self._place)
        return value
