"""What commands print on a terminal: texts made safe, a line now and then, the language to speak. Results are theirs."""

from __future__ import annotations

import os
import sys
import time
import unicodedata
from collections.abc import Callable
from typing import Final

from gisa.model import Reject
from gisa.saying.choosing import language_of_terminal
from gisa.saying.figures import plain_number
from gisa.saying.messages import say_placed
from gisa.saying.speaker import Speaker

LINE_EVERY_S: Final = 2.0
"""How often a long run says how far it is: often enough to be seen to move, seldom enough for a log."""


def printable(text: str) -> str:
    r"""The text on one line, without the control characters that a terminal would obey; a space stands for each.

    >>> printable("\x1b[2J포항\t기사")
    ' [2J포항 기사'
    """
    return "".join(character if character.isprintable() else " " for character in text)


def padded(text: str, columns: int) -> str:
    """The text with spaces up to so many columns of a terminal: a Korean letter takes two."""
    taken = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * (columns - taken)


def speaker_of_terminal() -> Speaker:
    """The language of ``LC_ALL``, ``LC_MESSAGES`` or ``LANG``; numbers without babel, which takes 16 ms to load."""
    return Speaker(language_of_terminal(os.environ), number=plain_number)


def say_whom(speaker: Speaker, say: Callable[[str], None] | None = None) -> Callable[[str], None]:
    """What tells the desk for which writer a command waits; on stderr, unless ``say`` has another place."""

    def said(who: str) -> None:
        sentence = speaker.fill(speaker.wording.commands.waiting, who=who)
        if say is not None:
            say(sentence)
        else:
            print(sentence, file=sys.stderr, flush=True)

    return said


def say_rejected(reject: Reject, speaker: Speaker) -> str:
    """The sentence about an article that was not taken, with its place."""
    said = say_placed(reject.place, reject.reason, speaker)
    return speaker.fill(speaker.wording.commands.rejected, reject=said)


class NowAndThen:
    """Says whether a line about progress is due: at most one every ``LINE_EVERY_S``."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._shown = clock, clock()

    def is_due(self) -> bool:
        """True at most every two seconds, the first time two seconds after the start."""
        now = self._clock()
        if now - self._shown < LINE_EVERY_S:
            return False
        self._shown = now
        return True


class ProgressLines:
    """A line on stderr now and then, so that a long run is seen to move: ``indexed 12,000``."""

    def __init__(self, sentence: str, speaker: Speaker) -> None:
        """``sentence`` takes ``done``."""
        self._sentence, self._speaker, self._due = sentence, speaker, NowAndThen()

    def __call__(self, done: int) -> None:
        if self._due.is_due():
            print(self._speaker.fill(self._sentence, done=done), file=sys.stderr, flush=True)
