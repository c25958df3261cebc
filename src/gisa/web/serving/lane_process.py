"""The process behind ``Lane``: ``python -m gisa.web.serving.lane_process FOLDER``."""

from __future__ import annotations

import os
import pickle
import sys
from typing import IO, Any, Final

from gisa.errors import GisaError
from gisa.library import open as open_library

_NICENESS: Final = 10
"""The lane gets what the processes that answer cheap pages leave over."""


def serve(folder: str, questions: IO[bytes], answers: IO[bytes]) -> None:
    """Questions in, answers out, until the input ends."""
    os.nice(_NICENESS)
    with open_library(folder) as library:
        answers.write(b"ready\n")
        answers.flush()
        while True:
            try:
                method, args, named = pickle.load(questions)  # noqa: S301 - our own parent wrote it
            except EOFError:
                return
            answer: Any
            try:
                answer = getattr(library, method)(*args, **named)
            except GisaError as error:
                answer = error
            pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
            answers.flush()


if __name__ == "__main__":
    serve(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer)
