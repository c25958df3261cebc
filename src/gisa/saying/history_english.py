"""How articles changed, in English."""

from __future__ import annotations

from typing import Final

from gisa.saying.history_wording import CorrectionKindText, CorrectionsText, PartText, RevisionsText, SentenceChangeText

ENGLISH_REVISIONS: Final = RevisionsText(
    title="Revisions",
    about="How the article has changed since it was published, newest first.",
    none="The article has not changed since it was published.",
    first="Published {when}",
    changed="Changed {when}",
    only_marks="Only spaces or marks were changed.",
    more="Earlier revisions",
    parts=PartText(title="Headline", subtitle="Subtitle", byline="Byline", body="Text", correction="Correction"),
    changes=SentenceChangeText(same="Unchanged", changed="Changed", moved="Moved", added="Added", dropped="Removed"),
)

ENGLISH_CORRECTIONS: Final = CorrectionsText(
    title="Corrections and replies",
    about="Articles that were corrected, and notices of correction, reply and follow-up, newest first.",
    none="Nothing has been corrected.",
    more="Earlier ones",
    notice="Notices about this article",
    kinds=CorrectionKindText(correction="Corrected", reply="Reply", follow_up="Follow-up", amendment="Amended"),
)
