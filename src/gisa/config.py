"""Settings of one data folder: where things stand and how the paper looks. Read once, passed down, never global.

Every line of ``DATA/gisa.toml`` is optional; docs/settings.md lists them all.
"""

from __future__ import annotations

import logging
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from gisa.errors import ConfigError
from gisa.language import Language
from gisa.messages import ConfigCode, Message

log: Final = logging.getLogger("gisa.config")

DEFAULT_DATA_DIR = "gisa-data"
DEFAULT_PREVIEW: Final = 200

_TOP_KEYS: Final = (
    "archive_url", "index_url", "index", "trust_proxy", "paper", "site", "embed", "serve", "fetch", "database", "login",
    "search",
)  # fmt: skip

_CONTACT: Final = re.compile(r"(?:https?://)?[\x21-\x27\x2a-\x7e]+[.@][\x21-\x27\x2a-\x7e]+")
"""ASCII without blanks and parentheses, which delimit it in ``User-Agent``."""
_BASE_PATH: Final = re.compile(r"(/[A-Za-z0-9._~-]*[A-Za-z0-9_~-])+")
"""Folders of an address, none of them ``.`` or ``..``, as browsers and proxies leave it."""
_HOST: Final = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?"
_ORIGIN: Final = re.compile(rf"https?://({_HOST})", re.IGNORECASE)
_ALLOWED_ORIGIN: Final = re.compile(rf"https://(\*\.)?({_HOST})", re.IGNORECASE)
"""What a page may load from: nothing that could be read along the way, and no part of the policy's own grammar."""

T = TypeVar("T")
C = TypeVar("C", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """How the paper presents itself on its pages."""

    name: str = "기사 검색"
    logo: str | None = None
    """File name inside the media folder, or None for the name in type."""
    logo_dark: str | None = None
    """The one for dark pages; None if ``logo`` can be seen there."""
    colour: str = "#0b5cad"
    """Accent colour as ``#rrggbb``; pages darken or lighten it where contrast asks for it."""
    about: str = ""
    preview: int = DEFAULT_PREVIEW
    """Characters of a subscriber's article that everybody may read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedOrigins:
    """Other sites that pages may load from, by what for. Each is an origin: ``https://www.example``, ``https://*.example``."""

    analytics: tuple[str, ...] = ()
    ads: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    """Players, maps and the like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the site stands, what it may load and what language it speaks. Articles are as they are."""

    lang: Language = Language.KOREAN
    follow_browser: bool = False
    """Whether ``Accept-Language`` may choose another one."""
    base_path: str = ""
    """What every path of the site begins with, ``/search`` behind a proxy's ``location /search/``; empty: nothing."""
    canonical: str | None = None
    """Scheme and host under which search engines know the site; None: the articles' pages stand elsewhere."""
    csp: AllowedOrigins = AllowedOrigins()


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedding:
    """Who may show the search on their own pages."""

    origins: tuple[str, ...] = ()
    """``https://www.paper.example``: may frame ``/embed`` and read the API from a script."""


class RequestLog(StrEnum):
    """What the server writes of each request, one line of JSON on stderr."""

    OFF = "off"
    REQUESTS = "requests"
    """Route, status and time; never a query."""
    QUERIES = "queries"
    """The query, too, unless the reader has switched saving off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Where the server listens, and what one of its processes may take."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    """Server processes."""
    cache_mb: int = 16
    """Megabytes of answers that it remembers; 0: none."""
    max_waiting: int = 64
    """Requests that may be under way at once: at 5 ms a search the last of them waits a third of a second."""
    budget_ms: int = 500
    """Milliseconds that a search may take, its waiting included, before it leaves out what it can do without; 0: no limit.
    A tenth of a second is an answer at once, a second is where a reader's thought is interrupted."""
    threads: int = 16
    """Requests that may ask an archive or index on another machine at once. Local ones need no thread."""
    timeout_ms: int = 10_000
    """Milliseconds that such a request may wait for the answer; then it is told to come back."""
    hosts: tuple[str, ...] = ()
    """Names that the server answers to; empty for any."""
    metrics_token: str = field(default="", repr=False)
    """What ``/metrics`` asks for; empty: nothing."""
    api_per_minute: int = 0
    """Requests to the API that one address may make in a minute without a key; 0: any number."""
    max_behind_s: int = 30
    """Seconds for which the index may lack what other machines write before ``/api/health`` says 503."""
    log: RequestLog = RequestLog.OFF

    @property
    def timeout_s(self) -> float:
        """``timeout_ms`` in seconds."""
        return self.timeout_ms / 1000

    @property
    def budget_s(self) -> float | None:
        """The time budget in seconds; None where there is none."""
        return self.budget_ms / 1000 if self.budget_ms else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Searching:
    """What a search shows where it does not say so itself."""

    about: bool = False
    """Only articles that are about the query."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """How the paper's own login tells Gisa who may read subscribers' articles (``docs/keys.md``)."""

    secret_file: Path | None = None
    """Holds the secrets that tokens are signed with, one a line. None: ``GISA_LOGIN_SECRET``, if that is set."""
    cookie: str = "gisa_login"
    """Name of the cookie that holds a token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteIndex:
    """How an index on a cluster is kept."""

    shards: int = 1
    """Parts of the index, decided when it is built. One is fastest up to some millions of articles."""
    replicas: int = 0
    """Copies of each shard on other nodes."""
    ca_file: str | None = None
    """Certificates to trust, in PEM; None for the system's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """How Gisa asks other sites."""

    contact: str = ""
    """A mail address or web address of the operator, told to every site that is followed or crawled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """Limits of the connections to a database server; an SQLite file needs none."""

    pool_size: int = 5
    """Connections that one process keeps open; up to ten more while many ask at once."""
    connect_timeout_s: int = 5
    """Seconds that connecting, and waiting for a free connection, may take."""
    statement_timeout_s: int = 60
    """Seconds that one statement may take; 0: no limit."""
    keepalive_s: int = 30
    """Seconds without traffic after which the other end is asked whether it is still there."""
    failover_s: int = 30
    """Seconds that a run of adding waits for a server that has gone away, or is replaced by its standby."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything configurable about one data folder."""

    data_dir: Path
    archive_url: str | None = None
    """SQLAlchemy URL; None for the SQLite file in the data folder."""
    index_url: str | None = None
    """Which engine keeps the index; None for the embedded one in the data folder."""
    index: RemoteIndex = RemoteIndex()
    trust_proxy: bool = False
    paper: Paper = Paper()
    site: Site = Site()
    embed: Embedding = Embedding()
    serving: Serving = Serving()
    database: Database = Database()
    login: Login = Login()
    fetching: Fetching = Fetching()
    search: Searching = Searching()

    @property
    def archive_path(self) -> Path:
        return self.data_dir / "archive.sqlite"

    @property
    def index_dir(self) -> Path:
        return self.data_dir / "index"

    @property
    def suggestions_path(self) -> Path:
        """What readers are offered while they type; derived, like everything in ``index_dir``."""
        return self.index_dir / "suggestions.sqlite"

    @property
    def quotations_path(self) -> Path:
        """Where articles quote somebody; derived, too."""
        return self.index_dir / "quotations.sqlite"

    @property
    def media_dir(self) -> Path:
        """Pictures the paper serves itself, at ``/media/``."""
        return self.data_dir / "media"

    @property
    def theme_dir(self) -> Path:
        """The paper's own templates, stylesheet and their files; need not exist."""
        return self.data_dir / "theme"

    @property
    def synonyms_path(self) -> Path:
        """The paper's own synonyms, one group a line, names separated by tabs; need not exist."""
        return self.data_dir / "synonyms.txt"

    @property
    def words_path(self) -> Path:
        """The paper's own words, one a line; need not exist."""
        return self.data_dir / "words.txt"

    @property
    def holders_path(self) -> Path:
        """The paper's own office holders, in the format of the packaged table; need not exist."""
        return self.data_dir / "holders.txt"

    @property
    def intake_path(self) -> Path:
        """What adding has brought and refused, in numbers."""
        return self.data_dir / "intake.json"

    @property
    def keys_path(self) -> Path:
        """The keys of the API, hashed; need not exist."""
        return self.data_dir / "keys.jsonl"

    @property
    def set_key_path(self) -> Path:
        """What ids of result sets are signed with; made when the first is asked for."""
        return self.data_dir / "sets.key"

    @property
    def reserve_path(self) -> Path:
        """Room kept back for when the disk is full; holds nothing."""
        return self.data_dir / "reserve"

    @property
    def feeds_path(self) -> Path:
        """The feeds that are followed, as OPML; need not exist."""
        return self.data_dir / "feeds.opml"

    @property
    def sites_path(self) -> Path:
        """What has been asked of feeds and sites; made by the first poll or crawl."""
        return self.data_dir / "sites.sqlite"

    @property
    def follow_lock_path(self) -> Path:
        """Held by the one process that polls feeds."""
        return self.data_dir / "follow.lock"

    @property
    def crawl_lock_path(self) -> Path:
        """Held by the one process that crawls."""
        return self.data_dir / "crawl.lock"

    @property
    def lock_path(self) -> Path:
        return self.data_dir / "writer.lock"

    @property
    def building_lock_path(self) -> Path:
        """Held while an index is built; writers go on meanwhile."""
        return self.data_dir / "reindex.lock"


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
        search=Searching(about=search.take("about", bool, Searching().about)),
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
