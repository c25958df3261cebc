"""What a page says of a failure, by the name that the API gives the problem."""

from __future__ import annotations

from gisa.saying.speaker import Speaker
from gisa.saying.wording import ProblemSaid


def say_problem(name: str, speaker: Speaker) -> ProblemSaid:
    """Heading and advice for a problem such as ``article-not-found``. AttributeError for a name that has none."""
    said: ProblemSaid = getattr(speaker.wording.problems, name.replace("-", "_"))
    return said
