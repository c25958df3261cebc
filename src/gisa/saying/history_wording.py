"""What is said of how articles changed, as fields; see ``wording``. Holds no sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class PartText:
    """Parts of an article: a field for each ``Part``."""

    title: str
    subtitle: str
    byline: str
    body: str
    correction: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class SentenceChangeText:
    """What became of a sentence: a field for each ``SentenceChange``."""

    same: str
    changed: str
    moved: str
    added: str
    dropped: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class RevisionsText:
    """How one article changed. Templates read it as ``r``."""

    title: str
    about: str
    none: str
    first: str
    """{when}: the day, and the time if there is one."""
    changed: str
    only_marks: str
    more: str
    parts: PartText
    changes: SentenceChangeText


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class CorrectionKindText:
    """What a correction is called: a field for each ``CorrectionKind``, by its name in small letters."""

    correction: str
    reply: str
    follow_up: str
    amendment: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class CorrectionsText:
    """What the paper has put right. Templates read it as ``c``."""

    title: str
    about: str
    none: str
    more: str
    notice: str
    """Before the notices that name an article."""
    kinds: CorrectionKindText
