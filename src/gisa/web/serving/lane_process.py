"""The process behind ``Lane``: ``python -m gisa.web.serving.lane_process FOLDER``."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import IO, Any, Final

from gisa.errors import GisaError
from gisa.library import Library
from gisa.library import open as open_library

_NICENESS: Final = 10
"""The lane gets what the processes that answer cheap pages leave over."""


def serve(folder: str, questions: IO[bytes], answers: IO[bytes]) -> None:
    """Questions in, answers out, until the input ends."""
    os.nice(_NICENESS)
    with open_library(folder) as library:
        answers.write(b"ready\n")
        answers.flush()
        with suppress(EOFError):
            while True:
                answer_one(library, questions, answers)


def answer_one(library: Library, questions: IO[bytes], answers: IO[bytes]) -> None:
    """One question and its answer; neither is held any more when it returns. Raises ``EOFError`` after the last one."""
    method, args, named, forgets = pickle.load(questions)  # noqa: S301 - our own parent wrote it
    ask = partial(getattr(library, method), *args, **named)
    answer = _forgotten(ask, library) if forgets else _answer(ask)
    pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _answer(ask: Callable[[], Any]) -> Any:
    """What the library returns, or an error of its own."""
    try:
        return ask()
    except GisaError as error:
        return error


def _forgotten(ask: Callable[[], Any], library: Library) -> Any:
    """The same, of which no word stays: what a thread remembers ends with it. See ``Asking.alone``."""
    with ThreadPoolExecutor(1) as once:
        answer = once.submit(_answer, ask).result()
    library.forget_words()
    return answer


if __name__ == "__main__":
    serve(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer)
