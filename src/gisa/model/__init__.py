"""The words of Gisa as data: articles, changes, hits, pages. Frozen; no I/O, no rules. Reports of commands: ``reports``."""

from __future__ import annotations

from gisa.model.answers import (
    ArticleView,
    FacetCount,
    Hit,
    Notice,
    NoticeCode,
    ScopeCounts,
    SearchPage,
    Snippet,
    Span,
    Suggestion,
    VariantCount,
    VariantKind,
)
from gisa.model.article import SEOUL, Access, Article, CorrectionKind, Picture, Status, WithheldAs
from gisa.model.asking import Match, Mistake, MistakeCode, Period, Sort, StoryHead
from gisa.model.changes import (
    Addition,
    ArchivedArticle,
    Change,
    ChangeKind,
    Headline,
    LogEntry,
    Outcome,
    Purge,
    Removal,
)
from gisa.model.intake import Draft, Item, Reject, Remark

__all__ = [
    "SEOUL",
    "Access",
    "Addition",
    "ArchivedArticle",
    "Article",
    "ArticleView",
    "Change",
    "ChangeKind",
    "CorrectionKind",
    "Draft",
    "FacetCount",
    "Headline",
    "Hit",
    "Item",
    "LogEntry",
    "Match",
    "Mistake",
    "MistakeCode",
    "Notice",
    "NoticeCode",
    "Outcome",
    "Period",
    "Picture",
    "Purge",
    "Reject",
    "Remark",
    "Removal",
    "ScopeCounts",
    "SearchPage",
    "Snippet",
    "Sort",
    "Span",
    "Status",
    "StoryHead",
    "Suggestion",
    "VariantCount",
    "VariantKind",
    "WithheldAs",
]
