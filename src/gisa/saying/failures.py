"""Errors as the desk reads them: what kind of trouble, in its language, then the error's own message."""

from __future__ import annotations

import re
from typing import Final

from gisa.errors import GisaError
from gisa.saying.messages import say_placed
from gisa.saying.speaker import Speaker

_CAPITAL: Final = re.compile("(?<!^)(?=[A-Z])")


def say_failure(error: GisaError, speaker: Speaker) -> str:
    """One line. A class of its own that the wording does not know is said as the class above it."""
    failures = speaker.wording.failures
    sentence = next(
        found
        for kind in type(error).__mro__
        if (found := getattr(failures, _CAPITAL.sub("_", kind.__name__).lower(), None)) is not None
    )
    return speaker.fill(sentence, message=say_placed(error.place, error.reason, speaker))
