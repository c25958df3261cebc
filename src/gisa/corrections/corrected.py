"""What one article says of a correction: that it was corrected, or that it is a notice about another. Pure; keeps nothing."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from gisa.model import Article, CorrectionKind
from gisa.text.corrections import correction_of, notice_kind


class Corrected(NamedTuple):
    """A corrected article, or a notice that corrects another."""

    article: Article
    kind: CorrectionKind
    text: str
    """What was put right; of a notice its text."""
    at: datetime
    """When it was put right; of a notice, and of an article that does not say, when it was published."""
    is_notice: bool

    def as_dict(self) -> dict[str, object]:
        """What the API says of it."""
        return {
            "id": self.article.id,
            "title": self.article.title,
            "published_at": self.article.published_at.isoformat(),
            "kind": self.kind.value,
            "text": self.text,
            "at": self.at.isoformat(),
            "is_notice": self.is_notice,
        }


def corrected_of(article: Article) -> Corrected | None:
    """None for an article whose text, as it is given, tells of no correction. A notice is told as one, even if it was corrected itself."""
    kind = notice_kind(article)
    if kind is not None:
        return Corrected(article, kind, article.body, article.published_at, is_notice=True)
    correction = correction_of(article)
    if correction is None:
        return None
    return Corrected(article, correction.kind, correction.text, correction.at or article.published_at, is_notice=False)
