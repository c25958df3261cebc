"""Every setting of a data folder, with its default, and where its files stand. Reads nothing; ``docs/settings.md`` lists them all."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from gisa.language import Language
from gisa.model import StoryHead

DEFAULT_PREVIEW: Final = 200


class RevisionsShown(StrEnum):
    """What readers see of an article's earlier revisions."""

    NONE = "none"
    TIMES = "times"
    DIFF = "diff"
    """Which sentences were changed, too."""


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
    revisions: RevisionsShown = RevisionsShown.TIMES


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
    group: bool = False
    """Each story once."""
    story_head: StoryHead = StoryHead.NEWEST
    """Which article of a story stands for the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mining:
    """What machines may do with the articles beside showing them where they were found (``docs/agents.md``)."""

    allowed: bool = False
    """Text and data mining, training of models. One setting for robots.txt, TDMRep, llms.txt and the licence line."""
    policy: str | None = None
    """Web address of the paper's terms, or of who gives permission."""
    licence: str = ""
    """The line that goes with every answer to an agent; empty: the usual one."""


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
    mining: Mining = Mining()

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
    def stories_path(self) -> Path:
        """Which articles tell the same story; derived, too."""
        return self.index_dir / "stories.sqlite"

    @property
    def corrections_path(self) -> Path:
        """Which articles were corrected, and by which; derived, too."""
        return self.index_dir / "corrections.sqlite"

    @property
    def purge_mark_path(self) -> Path:
        """Which purges there had been when what is derived was built."""
        return self.index_dir / "erased"

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
