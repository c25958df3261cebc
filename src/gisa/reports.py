"""What commands report of a data folder as data: added, checked, copied, verified, its words, its state. Nothing of a search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from gisa.messages import Message
from gisa.model import Reject, WithheldAs


@dataclass(frozen=True, slots=True)
class AddReport:
    """What one run of adding did. Everything counted here is in the archive and searchable."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    """Nothing was written: the article was there as it is, or was to be removed and was not there."""
    removed: int = 0
    """Taken down, where a source said so (``"removed": true``)."""
    rejects: tuple[Reject, ...] = ()
    """At most the first 1,000 rejects are kept; ``rejected`` counts all of them."""
    rejected: int = 0
    remarked: int = 0
    """What was told and kept no article out: fields dropped, files passed over."""
    withheld: Mapping[WithheldAs, int] = field(default_factory=dict)
    """Of the articles that went in, or were there: how many readers may not see yet, and why."""

    @property
    def accepted(self) -> int:
        return self.added + self.updated + self.unchanged + self.removed


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsState:
    """How a paper's own words stand: what the index goes by, what its files would change, and what is wrong with them."""

    words: int
    """How many own words are in effect."""
    holders: int
    """How many own lines about office holders are in effect."""
    words_waiting: tuple[str, ...]
    """Lines of ``words.txt`` that the next ``gisa words apply`` or writer lets take effect."""
    words_leaving: tuple[str, ...]
    """Words in effect that are no longer in the file."""
    holders_waiting: tuple[str, ...]
    holders_leaving: tuple[str, ...]
    rejects: tuple[Reject, ...]
    """Lines of the files that cannot be used, and files that cannot be read."""
    version: int = 0
    """The version of the files that the machines share, which is what counts; 0 if the folder's own count."""
    edited: tuple[str, ...] = ()
    """Files of the folder with changes that are not shared yet."""

    @property
    def waiting(self) -> int:
        """How many changes wait."""
        return sum(map(len, (self.words_waiting, self.words_leaving, self.holders_waiting, self.holders_leaving)))


class WordsKind(StrEnum):
    """What a list of a paper's own holds."""

    WORDS = "words"
    SYNONYMS = "synonyms"


@dataclass(frozen=True, slots=True)
class Example:
    """An article by which a change is shown."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryChange:
    """What a query would find more and less of."""

    query: str
    before: int
    after: int
    gained: int
    lost: int
    gained_examples: tuple[Example, ...]
    lost_examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class WordChange:
    """A line of a list that is not in effect yet, or one in effect that the list lacks, and what that changes."""

    line: str
    added: bool
    """False: it would be taken away."""
    queries: tuple[QueryChange, ...]
    """For the word and what it is made of, or for each name of the group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsPreview:
    """What a list would change if it took effect."""

    kind: WordsKind
    changes: tuple[WordChange, ...]
    more: int
    """Changes beyond those: not looked at, and left out of the counts."""
    concerned: int
    """How many articles would be analysed again."""
    rejects: tuple[Reject, ...]
    """Lines of the list that cannot be used."""


class MissReason(StrEnum):
    """Why an article was not found as it should be."""

    NOT_INDEXED = "not_indexed"
    """The index does not hold the article."""
    NOT_FOUND = "not_found"
    """The search does not find it, or only when relaxed."""
    BEHIND = "behind"
    """Other articles come before it."""
    WORD = "word"
    """A word of its body does not find it."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A headline that did not find its own article first, or a word of its body that did not find it."""

    article_id: str
    title: str
    query: str
    """What was searched for: the headline as it is, or without its spaces."""
    reason: MissReason
    place: int | None
    """Where it stood among the results, from 1; None when it was not among the first hundred."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Whether every article is found first by its own headline, verbatim and without spaces."""

    articles: int
    """How many were checked."""
    found: int
    """How many of them every form of the headline finds first."""
    misses: tuple[Miss, ...]
    """One for each form that does not, and for each word of a body that does not find it; at most the first 1,000."""
    seconds: float
    words: int = 0
    """Words of bodies that were looked for, one of each article."""
    words_found: int = 0
    """How many of them find their article."""

    @property
    def rate(self) -> float:
        """The share of articles that are found; 1.0 for an empty archive."""
        return self.found / self.articles if self.articles else 1.0


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What a backup or a restore copied; each thing copied was read back and compared."""

    changes: int
    """Changes of the log that were copied, with their revisions; 0 when nothing was new."""
    change_seq: int
    """The change up to which the copy is whole."""
    articles: int
    """How many articles the copy holds."""
    files: int
    """Settings, words and pictures that were copied."""
    files_removed: int = 0
    """Files that a backup no longer holds because the data folder no longer does."""
    left_out: int = 0
    """Revisions that could not be read, and are blank in the copy."""
    rejects: tuple[Reject, ...] = ()
    """Files that were restored and are not shared with the archive's other machines, because they are no text."""


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """What a purge erased."""

    purged: tuple[str, ...]
    """The ids of the articles that were there."""
    backups: Mapping[str, str]
    """Backups made before, which still hold the text until they are made again: place, and when it was made (ISO 8601)."""


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What became of damaged articles, by id."""

    mended: tuple[str, ...]
    """Taken from the backup."""
    quarantined: tuple[str, ...]
    """Removed, and blank; they come back when their source is added again."""


@dataclass(frozen=True, slots=True)
class VerifyFinding:
    """Something that is wrong with a data folder, and what to do about it."""

    part: str
    """``archive``, ``index``, or the name of a follower."""
    what: Message
    remedy: Message


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What looking at every article found. ``findings`` is empty when archive and index are whole and agree."""

    articles: int
    changes: int
    findings: tuple[VerifyFinding, ...]

    @property
    def is_whole(self) -> bool:
        return not self.findings


@dataclass(frozen=True, slots=True)
class FollowerState:
    """How far a store that follows the archive's change log has come."""

    name: str
    change_seq: int | None
    """The last change it holds; None if there is no usable store: the next writer builds it."""
    lag: int
    """Changes of the archive that it lacks."""


@dataclass(frozen=True, slots=True)
class NodeState:
    """A server that follows an archive which several machines share."""

    name: str
    """Its host and data folder."""
    change_seq: int
    """The last change that it answers from."""
    words_version: int = 0
    """The version of the paper's shared files that it answers by; 0 if none is shared."""


@dataclass(frozen=True, slots=True)
class SharedFile:
    """One version of one of the paper's own files, as the machines of an archive share it."""

    name: str
    """``words.txt``"""
    version: int
    """Counted over all files, from 1 on."""
    content: bytes
    shared_at: datetime
    shared_by: str
    """A host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """What one run of a crawl did. Everything counted as added or updated is in the archive and searchable."""

    asked: int
    """Requests for pages and sitemaps."""
    added: int
    updated: int
    unchanged: int
    """Articles that were asked again and are as they were."""
    rejected: int
    other: int
    """Lists and pages without an article."""
    moved: int
    twins: int
    """Mobile and print versions, in whose place the article's own page was asked."""
    barred: int
    """robots.txt forbids them."""
    failed: int
    gone: tuple[str, ...]
    """Pages that were articles and that the site does not have any more; the archive still has them."""
    troubles: tuple[Reject, ...]
    """Why pages failed; at most 100."""
    waiting: int
    """Pages that are still to be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStatus:
    """How one followed feed stands."""

    url: str
    """Without name and password."""
    title: str
    section: str
    is_sitemap: bool
    is_full_text: bool
    standing: str
    """``active``, ``paused`` (it failed too often) or ``ended`` (it is gone for good)."""
    interval_s: int
    asked_at: datetime | None
    """None: never."""
    ok_at: datetime | None
    """When it was last read whole, or was unchanged."""
    next_at: datetime | None
    """When it is polled next; None: at once."""
    failures: int
    """In a row."""
    trouble: Reject | None
    """What the last failure was; None if the last poll went well."""
    items: int
    new: int
    """Of the last poll that was read: its items, and those that no earlier one had."""
    articles: int
    """New items since it was added."""
    missed_from: datetime | None
    missed_until: datetime | None
    """Between the two articles were probably missed: every item of a poll was new. None: never."""


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a data folder, for ``gisa status`` and ``/api/health``."""

    articles: int
    """Those that everybody may see now."""
    withheld: Mapping[str, int]
    """Those that nobody sees, by ``WithheldAs``; ``ahead``: published, but not open yet. For the desk's eyes only."""
    change_seq: int
    """The archive's last change."""
    indexed_change_seq: int
    """The last change the index holds; equal to ``change_seq`` when nothing is missing."""
    generation: str
    fingerprint: str
    archive_size_bytes: int
    index_size_bytes: int
    newest: datetime | None
    oldest: datetime | None
    writer: str | None
    """Who holds the writer lock, or None."""
    followers: tuple[FollowerState, ...]
    """The index first, then every other store that follows the archive."""
    rules: str
    """How the rules of analysis run here: ``compiled`` or ``python``."""
    unreadable: int = 0
    """Articles that this process has met and could not read: `gisa verify` names all of them."""
    nodes: tuple[NodeState, ...] = ()
    """Servers that follow the archive, if several machines share it."""
    words_version: int = 0
    """The version of the paper's shared files that this process answers by; 0 if none is shared."""
    behind_s: float = 0.0
    """For how long a shared archive may have held changes that this process's index lacks; 0 if it follows none."""
    is_level: bool = True
    """Whether that is short enough for readers."""
    holds_purged: bool = False
    """Whether files of this folder may hold words of purged articles: a server builds them anew, and so does `gisa reindex`."""
