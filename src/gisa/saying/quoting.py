"""What is said of a quotation that was checked."""

from __future__ import annotations

from gisa.model import SEOUL
from gisa.quotes.verifying import QuoteCheck, Standing
from gisa.saying.speaker import Speaker
from gisa.saying.wording import sentence_for


def say_standing(check: QuoteCheck, speaker: Speaker) -> str:
    """How the sentence stands in the archive; of one that does not stand there so, what was searched."""
    text = speaker.wording.quotes
    said = speaker.fill(sentence_for(text.standings, check.standing), articles=check.articles)
    if check.standing in (Standing.EXACT, Standing.SPACING):
        return said
    searched = speaker.fill(
        text.searched,
        when=speaker.moment(check.checked_at.astimezone(SEOUL)),
        whole=check.articles - check.excerpts,
        excerpts=check.excerpts,
    )
    return f"{said} {searched}"
