"""``python -m bench.checkouts ARTICLES LABEL=CHECKOUT[:python] …``: ``gisa add`` by several checkouts, one after the other.

Each checkout has an environment of its own in ``.venv``; ``:python`` runs its rules as Python though they are compiled.
The first checkout is what the others are compared with. Processor time is what to compare: other work on the machine
lengthens it, too, but by tens of percent where it doubles the wall time.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from bench.machine import describe_machine
from bench.processes import Measured, run_measured
from bench.table import mb

_WITHIN_S: Final = 7_200.0


class Checkout(NamedTuple):
    """A version of Gisa that can be run."""

    label: str
    folder: Path
    is_compiled: bool


def checkout(said: str) -> Checkout:
    """``now=../gisa:python``. Raises ``ValueError`` for what is not written so."""
    label, equals, place = said.partition("=")
    folder, _, flavour = place.partition(":")
    if not (label and equals and folder) or flavour not in ("", "python"):
        raise ValueError(f"{said!r} is not LABEL=CHECKOUT or LABEL=CHECKOUT:python")
    return Checkout(label, Path(folder), is_compiled=not flavour)


def measure(articles: Path, checkouts: Sequence[Checkout]) -> Iterator[tuple[Checkout, Measured]]:
    """Each adds the articles to a folder of its own, with as many workers as it takes by itself."""
    for each in checkouts:
        with tempfile.TemporaryDirectory() as folder:
            kernel = "on" if each.is_compiled else "off"
            gisa = str(each.folder / ".venv" / "bin" / "gisa")
            command = ["env", f"GISA_KERNEL={kernel}", gisa, "add", str(articles), "--data", f"{folder}/data"]
            yield each, run_measured(command, within_s=_WITHIN_S)


def main(arguments: Sequence[str]) -> None:
    """Print a line for each checkout as it is done."""
    articles, checkouts = Path(arguments[0]), [checkout(each) for each in arguments[1:]]
    print("\n".join(describe_machine()))
    first: Measured | None = None
    for each, took in measure(articles, checkouts):
        first = first or took
        print(
            f"{each.label}: {took.cpu_s:.1f} s of the processor = {took.cpu_s / first.cpu_s:.2f} · "
            f"{took.seconds:.1f} s = {took.seconds / first.seconds:.2f} · {mb(took.peak_bytes)} · "
            f"load {os.getloadavg()[0]:.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
