"""What a correction is called, and the line that tells it."""

from __future__ import annotations

from gisa.model import Article, CorrectionKind
from gisa.saying.speaker import Speaker
from gisa.text.corrections import correction_of, notice_kind


def say_correction_kind(kind: CorrectionKind, speaker: Speaker) -> str:
    """``정정``, ``Reply``."""
    said: str = getattr(speaker.wording.corrections.kinds, kind.name.lower())
    return said


def correction_line(article: Article, speaker: Speaker) -> str:
    """``정정: 5월이 아니라 6월입니다.`` on one line, as a feed tells it; empty for an article that has no correction and is none."""
    notice, correction = notice_kind(article), correction_of(article)
    if correction is not None:
        text = " ".join(correction.text.split())
        kind = say_correction_kind(correction.kind, speaker)
        return f"{kind}: {text}" if text else kind
    return "" if notice is None else say_correction_kind(notice, speaker)
